"""Who does the work shows in nothing but the time it takes."""

import os
import signal
import time

import pytest

from pipeline.errors import UsageError
from pipeline.run.workers import local_engine


def double(number: int) -> int:
    return 2 * number


def sleep_less_and_less(number: int) -> int:
    time.sleep((5 - number) / 50)
    return number


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def process_of(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_chunks(workers: int) -> None:
    with local_engine(workers) as engine:
        assert list(engine.map(sleep_less_and_less, range(5))) == list(range(5))


def test_one_worker_and_one_chunk_need_no_process() -> None:
    with local_engine(1) as engine:
        assert set(engine.map(process_of, range(3))) == {os.getpid()}
    with local_engine(2) as engine:
        assert list(engine.map(process_of, range(1))) == [os.getpid()]


def test_lost_worker_is_one_line() -> None:
    with pytest.raises(UsageError, match="worker process died"), local_engine(2) as engine:
        list(engine.map(die, range(4)))


def test_workers_are_gone_when_the_work_is_stopped() -> None:
    with pytest.raises(KeyboardInterrupt), local_engine(2) as engine:
        first = next(iter(engine.map(process_of, range(4))))
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_errand_is_done_beside_the_chunks(workers: int) -> None:
    with local_engine(workers) as engine:
        errand = engine.begin(double, 21)
        assert list(engine.map(double, range(3))) == [0, 2, 4]
        assert errand.result() == 42


def test_worker_that_dies_on_an_errand_is_one_line() -> None:
    with local_engine(2) as engine, pytest.raises(UsageError, match="a worker process died"):
        engine.begin(die, 1).result()
