"""The process that reads untrusted files may die, hang or run out of memory; the run goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from pipeline.errors import UnreadableFile
from pipeline.read.limits import MIB, Limits
from pipeline.read.sandbox import Sandbox

RTF = rb"{\rtf1 Ch\u7881? th\u7883?\par}"


@pytest.fixture(name="sandbox")
def sandbox_fixture() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def test_file_after_file_is_read_by_one_process(sandbox: Sandbox) -> None:
    first = sandbox.read(RTF, "text/rtf", Limits())
    process = sandbox._process
    assert sandbox.read("<p>Kế hoạch</p>".encode(), "text/html", Limits()).pages == ("Kế hoạch",)
    assert first.pages == ("Chỉ thị",)
    assert sandbox._process is process


def test_rejects_come_back_as_they_were_raised(sandbox: Sandbox) -> None:
    with pytest.raises(UnreadableFile) as caught:
        sandbox.read(rb"{\rtf1}", "text/rtf", Limits())
    assert caught.value.reason == "no_text"
    with pytest.raises(UnreadableFile, match="unsupported"):
        sandbox.read(b"x", "application/zip", Limits())


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        pytest.param("import os; os.abort()", "crashed", id="crash"),
        pytest.param("import sys; sys.stdin.readline()", "crashed", id="quiet end"),
        pytest.param("import time; time.sleep(60)", "timeout", id="hang"),
        pytest.param("print('no answer', flush=True); import time; time.sleep(60)", "crashed", id="nonsense"),
    ],
)
def test_process_that_fails_costs_one_file(program: str, reason: str) -> None:
    sandbox = Sandbox((sys.executable, "-c", program))
    with pytest.raises(UnreadableFile) as caught:
        sandbox.read(RTF, "text/rtf", Limits(seconds=0.5 if reason == "timeout" else 20))
    assert caught.value.reason == reason
    assert sandbox._process is None


def test_process_is_replaced_after_it_died(sandbox: Sandbox) -> None:
    sandbox.read(RTF, "text/rtf", Limits())
    assert sandbox._process is not None
    sandbox._process.kill()
    sandbox._process.wait()
    assert sandbox.read(RTF, "text/rtf", Limits()).pages == ("Chỉ thị",)


def test_memory_is_bounded(sandbox: Sandbox) -> None:
    greedy = rb"{\rtf1 " + b"a" * 30_000_000
    with pytest.raises(UnreadableFile, match="too_large"):
        sandbox.read(greedy, "text/rtf", Limits(memory_bytes=120 * MIB, max_chars=10**9))
    assert sandbox.read(RTF, "text/rtf", Limits()).pages == ("Chỉ thị",)
