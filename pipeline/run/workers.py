"""Who does the work: this process, processes beside it, or machines of a Dask cluster.

Work comes in chunks and every chunk's result depends on that chunk alone; results are yielded in the order
of the chunks. So the number and the speed of the workers show in no byte of the outputs. Imports the errors.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from typing import Generic, Protocol, TypeVar

from pipeline.errors import UsageError

C = TypeVar("C")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

_PRELOADED = ("pipeline.run.job",)
_WAITING = 2
"""Chunks that wait for each worker: enough to keep it busy, few enough to bound the memory they take."""


class Engine(Protocol):
    """Applies a function to chunks of work."""

    def map(self, function: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield *function* of each chunk, in their order."""


class Promise(Protocol[R_co]):
    """A result that is on its way."""

    def result(self) -> R_co:
        """Wait for it and return it, or raise what went wrong."""


class LocalEngine(Engine, Protocol):
    """An engine of this machine, whose workers may write files here."""

    def begin(self, function: Callable[..., R], *arguments: object) -> Promise[R]:
        """Begin *function* of *arguments* and return the promise of its result."""


class InProcess:
    """One worker: this process."""

    def begin(self, function: Callable[..., R], *arguments: object) -> Promise[R]:
        """Return the result of *function*, as a promise that is kept already."""
        kept: Future[R] = Future()
        kept.set_result(function(*arguments))
        return kept

    def map(self, function: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield *function* of each chunk, in their order."""
        return map(function, chunks)


class Processes:
    """Workers beside this process; they end when it ends, however it ends."""

    def __init__(self, pool: ProcessPoolExecutor, workers: int) -> None:
        self._pool = pool
        self._workers = workers

    def begin(self, function: Callable[..., R], *arguments: object) -> Promise[R]:
        """Give *function* of *arguments* to a worker and return the promise of its result."""
        return _Errand(self._pool.submit(function, *arguments))

    def map(self, function: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield *function* of each chunk, in their order.

        Raises:
            UsageError: a worker died.
        """
        rest = iter(chunks)
        first = list(islice(rest, 2))
        if len(first) < 2:  # starting processes would take longer
            yield from map(function, first)
            return
        yield from in_order(
            lambda chunk: _Errand(self._pool.submit(function, chunk)), chain(first, rest), self._workers
        )


@dataclass(frozen=True, slots=True)
class _Errand(Generic[R]):
    """The result of a worker process, which may die before it is there."""

    future: Future[R]

    def result(self) -> R:
        try:
            return self.future.result()
        except BrokenProcessPool as error:
            raise UsageError(
                "a worker process died, perhaps for want of memory; what is done is kept, so run again, "
                "with fewer --workers"
            ) from error


def in_order(submit: Callable[[C], Promise[R]], chunks: Iterable[C], workers: int) -> Iterator[R]:
    """Yield the results of *chunks* in their order, with few of them on their way at any time."""
    rest = iter(chunks)
    running: deque[Promise[R]] = deque()
    while True:
        for chunk in islice(rest, workers * _WAITING - len(running)):
            running.append(submit(chunk))
        if not running:
            return
        yield running.popleft().result()


@contextmanager
def beside(work: Iterable[object]) -> Iterator[None]:
    """Go through *work* in a thread while the block runs; wait for it, and raise what it raised, at the end.

    Where the block fails, the work is left as it is.
    """
    stopped = threading.Event()

    def follow() -> None:
        for _ in work:
            if stopped.is_set():
                return

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(follow)
        try:
            yield
        except BaseException:
            stopped.set()
            raise
        done.result()


@contextmanager
def local_engine(workers: int) -> Iterator[LocalEngine]:
    """Yield *workers* processes, or this one where one is enough; none is left behind."""
    if workers == 1:
        yield InProcess()
        return
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    others = active_children()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)
    try:
        yield Processes(pool, workers)
    except BaseException:
        for process in set(active_children()) - set(others):
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def collect_rarely() -> None:
    """Let the garbage collector look less often: records hold no cycles, and it takes a tenth of a run."""
    gc.set_threshold(50_000, 20, 100)


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, and leave when the parent does."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
