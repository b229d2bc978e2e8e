"""Whatever happens to a run, outputs are whole, and the next run makes what an undisturbed one makes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.errors import UsageError
from pipeline.run import publish as publishing
from pipeline.run.publish import empty_slot, locked, publish

RUNS_TO_KILL = Path(__file__).with_name("runs_to_kill.py")
DIRECTIVE = """CHỈ THỊ
Về tăng cường bảo vệ rừng
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày {day}/11 hằng năm.
"""
TWO_SLEEPERS = """
import signal
import time
from pipeline.run.workers import local_engine
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits it ignored
with local_engine(2) as engine:
    results = engine.map(time.sleep, [0, 0, 60, 60])
    next(results), next(results)
    print('working', flush=True)
    list(results)
"""

HOLDER = """
import time
from pathlib import Path
from pipeline.run.publish import locked
with locked(Path({folder!r})):
    print('held', flush=True)
    time.sleep(60)
"""


def write_corpus(folder: Path, day: int = 15) -> Path:
    folder.mkdir(parents=True)
    (folder / "ct.txt").write_text(DIRECTIVE.format(day=day), encoding="utf-8")
    (folder / "kh.txt").write_text(DIRECTIVE.format(day=day - 5), encoding="utf-8")
    (folder / "manifest.csv").write_text("doc_id,level\nct,central\nkh,province\n", encoding="utf-8")
    return folder


def align(corpus: Path, out: Path) -> int:
    return main(["align", "--corpus", str(corpus), "--out", str(out), "--workers", "1"])


def children(pid: int) -> set[int]:
    """Return the processes that descend from *pid*."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Return those of *pids* that still do something; what is dead and only not yet buried does not."""
    return {pid for pid in pids if state(pid) not in "ZX"}


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def gone_within(seconds: float, pids: set[int]) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pids)


def test_killed_and_failing_runs_leave_whole_outputs(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a", day=15)
    write_corpus(tmp_path / "b", day=16)
    answer = subprocess.run(
        [sys.executable, str(RUNS_TO_KILL), str(tmp_path), "6", "6"],
        capture_output=True,
        check=True,
        text=True,
    )
    counts = json.loads(answer.stdout)
    assert (counts["not whole"], counts["lost"]) == (0, 0)
    assert counts["killed"] + counts["failed"] > 0


def test_full_disk_is_one_line_and_leaves_the_former_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out"
    align(write_corpus(tmp_path / "a"), out)
    before = (out / "tables/deadlines.parquet").read_bytes()
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_sync", full)
        assert align(write_corpus(tmp_path / "b", day=16), out) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (out / "tables/deadlines.parquet").read_bytes() == before
    assert len(list((out / ".runs").glob("[ab]"))) == 1
    assert align(tmp_path / "b", out) == 0
    assert (out / "tables/deadlines.parquet").read_bytes() != before


def test_everything_is_on_disk_before_the_outputs_are_switched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut only what was synced is sure to be there."""
    events: list[Path] = []
    flip = publishing._replace_link
    monkeypatch.setattr(publishing, "_sync", events.append)
    monkeypatch.setattr(os, "sync", lambda: events.extend(tmp_path.rglob("*")))

    def watched(link: Path, target: Path) -> None:
        events.append(link)
        flip(link, target)

    monkeypatch.setattr(publishing, "_replace_link", watched)
    with locked(tmp_path):
        slot = empty_slot(tmp_path)
        (slot / "report/doc").mkdir(parents=True)
        (slot / "report/doc/kh.html").write_text("kế hoạch")
        publish(slot, tmp_path)
    switched = events.index(tmp_path / ".runs/current")
    synced = {slot, slot.parent, *slot.rglob("*")}
    assert synced <= set(events[:switched])
    assert {tmp_path, tmp_path / ".runs"} <= set(events[switched + 1 :])


def test_lock_of_a_killed_run_does_not_outlive_it(tmp_path: Path) -> None:
    code = HOLDER.format(folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match="another run"), locked(tmp_path):
            pass
        holder.kill()
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_go_with_their_run(blow: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TWO_SLEEPERS],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "working\n"
        workers = children(run.pid)
        assert len(workers) >= 2
        struck = time.monotonic()
        os.killpg(run.pid, blow) if blow is signal.SIGINT else run.send_signal(blow)
        run.wait(2)
        assert gone_within(2 - (time.monotonic() - struck), workers)


def test_ctrl_c_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.run.reporting.write_views", interrupted)
    assert align(write_corpus(tmp_path / "a"), tmp_path / "out") == 130
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out/tables").exists()
