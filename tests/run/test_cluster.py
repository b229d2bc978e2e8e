"""The same bytes from a cluster of separate processes, also when one of them dies at work."""

import hashlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.run import incremental
from pipeline.run.job import run
from pipeline.run.progress import Progress

distributed = pytest.importorskip("distributed", reason="the extra scale is not installed")

TEXT = """CHỈ THỊ
Về tăng cường bảo vệ rừng
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
{number}. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày 15/11 hằng năm.
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator["distributed.LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as started:
        yield started


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(2, 9):
        (folder / f"kh{number}.txt").write_text(TEXT.format(number=number), encoding="utf-8")
    (folder / "manifest.csv").write_text("doc_id,level\nkh2,central\n", encoding="utf-8")
    return folder


def tables(out: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (out / "tables").glob("*.parquet")
    }


def kill_one_worker_at_work(address: str, cache: Path) -> None:
    """Wait for the first result, then kill a worker."""
    with distributed.Client(address, set_as_default=False) as client:
        victim = min(client.run(os.getpid).values())
    while not list(cache.glob("??/*")):
        time.sleep(0.01)
    os.kill(victim, signal.SIGKILL)


def test_killed_worker_shows_in_no_byte(
    cluster: "distributed.LocalCluster", corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "CHUNK", 1)
    run(corpus, tmp_path / "alone", workers=1, progress=Progress())
    address, cache = cluster.scheduler_address, tmp_path / "cache"
    killer = threading.Thread(target=kill_one_worker_at_work, args=(address, cache), daemon=True)
    killer.start()
    run(corpus, tmp_path / "many", workers=1, progress=Progress(), cache=cache, scheduler=address)
    killer.join()
    assert tables(tmp_path / "many") == tables(tmp_path / "alone")


def test_scheduler_that_is_not_there_is_one_line(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.cluster._PATIENCE", "200ms")
    with pytest.raises(UsageError, match="no scheduler answers"):
        run(corpus, tmp_path / "out", workers=1, progress=Progress(), scheduler="tcp://127.0.0.1:9")
