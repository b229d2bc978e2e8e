"""Corpora and outputs behind an address, told from folders by nothing but where they lie."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.errors import UsageError
from pipeline.run.remote import fetch_folder, send_outputs
from pipeline.tables import read_rows

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")

PLAN = "KẾ HOẠCH\nVề bảo vệ rừng\n1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ rừng.\n"


@pytest.fixture
def store() -> Iterator["fsspec.AbstractFileSystem"]:
    store = fsspec.filesystem("memory")
    store.pipe_file("/plans/kh1.txt", PLAN.encode())
    store.pipe_file("/plans/sub/kh2.txt", PLAN.encode())
    yield store
    store.rm("/", recursive=True)


def align(tmp_path: Path, *options: str) -> int:
    return main(["align", "--workers", "1", "--mirror", str(tmp_path / "mirror"), *options])


def test_corpus_and_outputs_may_lie_in_a_store(
    store: "fsspec.AbstractFileSystem", tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert align(tmp_path, "--corpus", "memory://plans", "--out", "memory://done") == 0
    fetch_folder("memory://done", tmp_path / "back")
    tables = tmp_path / "back/files"
    assert [row["doc_id"] for row in read_rows(tables, "documents")] == ["kh1", "kh2"]
    assert (tables / "report/index.html").exists()
    assert (tables / "run.json").exists()
    capsys.readouterr()
    assert align(tmp_path, "--corpus", "memory://plans", "--out", "memory://done") == 0
    told = capsys.readouterr().err
    assert "nothing changed" in told
    assert "sent: 0 files" in told


def test_only_what_changed_is_fetched_again(store: "fsspec.AbstractFileSystem", tmp_path: Path) -> None:
    folder = fetch_folder("memory://plans", tmp_path)
    before = (folder / "sub/kh2.txt").stat().st_mtime_ns
    store.pipe_file("/plans/kh1.txt", b"KE HOACH")
    fetch_folder("memory://plans", tmp_path)
    assert (folder / "kh1.txt").read_bytes() == b"KE HOACH"
    assert (folder / "sub/kh2.txt").stat().st_mtime_ns == before
    (folder / "sub/kh2.txt").unlink()
    fetch_folder("memory://plans", tmp_path)
    assert (folder / "sub/kh2.txt").exists()
    store.rm_file("/plans/kh1.txt")
    fetch_folder("memory://plans", tmp_path)
    assert not (folder / "kh1.txt").exists()


def test_run_file_is_sent_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/kh1.txt").write_text(PLAN, encoding="utf-8")
    main(["align", "--corpus", str(tmp_path / "corpus"), "--out", str(tmp_path / "out"), "--workers", "1"])
    sent: list[str] = []
    store = fsspec.filesystem("memory")
    monkeypatch.setattr(type(store), "put_file", lambda self, source, target, **_: sent.append(target))
    send_outputs(tmp_path / "out", "memory://done", tmp_path / "mirror")
    assert sent[-1].endswith("/run.json")
    assert not [name for name in sent if "/." in name]


@pytest.mark.parametrize("address", ["memory://nothing", "nosuchstore://plans"])
def test_what_does_not_answer_is_one_line(address: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=address):
        fetch_folder(address, tmp_path)


def test_name_that_leads_out_of_the_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = fsspec.filesystem("memory")
    monkeypatch.setattr(type(store), "find", lambda self, root, **_: [f"{root}/../../evil.txt"])
    monkeypatch.setattr(type(store), "ukey", lambda self, name: "1")
    with pytest.raises(UsageError, match="leads out"):
        fetch_folder("memory://plans", tmp_path)
