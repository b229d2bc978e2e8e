"""A run as a whole: the same bytes whoever works, and only what changed is done again."""

import hashlib
import shutil
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.report import pages
from pipeline.run import incremental, tabling

DIRECTIVE = """CHỈ THỊ
Về tăng cường bảo vệ rừng
Bộ trưởng Bộ Nông nghiệp và Môi trường yêu cầu:
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày 15/11 hằng năm.
"""
PLAN = """KẾ HOẠCH
Thực hiện Chỉ thị số 05/CT-BNNMT ngày 02/6/2025 của Bộ Nông nghiệp và Môi trường
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Các xã báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường trước ngày 30/10 hằng năm.
"""
MANIFEST = "doc_id,level,number,issued_on\nct,central,05/CT-BNNMT,2025-06-02\nkh1,province,,\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "ct.txt").write_text(DIRECTIVE, encoding="utf-8")
    for number in range(1, 4):
        (folder / f"kh{number}.txt").write_text(f"{PLAN}{number + 2}. Việc riêng.\n", encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    return folder


def align(corpus: Path, out: Path, *more: str) -> int:
    return main(["align", "--corpus", str(corpus), "--out", str(out), "--workers", "1", *more])


def outputs(out: Path) -> dict[str, str]:
    """Return the hash of every published file but ``run.json``, which tells the time."""
    folder = out / ".runs" / "current"
    files = (path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "run.json"
    }


def times(out: Path) -> dict[Path, int]:
    return {path: path.lstat().st_mtime_ns for path in out.rglob("*")}


def page_files(out: Path) -> dict[str, int]:
    """Return which file of the disk each page is."""
    report = out / "report"
    found = [*report.glob("doc/*"), *report.glob("data/doc/*")]
    return {path.name: path.stat().st_ino for path in found}


def remade(capsys: pytest.CaptureFixture[str]) -> list[str]:
    lines = capsys.readouterr().err.splitlines()
    return [line.removeprefix("made anew: ") for line in lines if line.startswith("made anew: ")]


def test_number_of_workers_shows_in_no_byte(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "CHUNK", 1)
    monkeypatch.setattr(tabling, "CHUNK", 2)
    monkeypatch.setattr(pages, "_CHUNK", 1)
    align(corpus, tmp_path / "one")
    align(corpus, tmp_path / "three", "--workers", "3")
    assert outputs(tmp_path / "one") == outputs(tmp_path / "three")


def test_nothing_changed_rewrites_nothing(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    align(corpus, tmp_path / "out")
    before = times(tmp_path / "out")
    capsys.readouterr()
    assert align(corpus, tmp_path / "out") == 0
    assert times(tmp_path / "out") == before
    assert "nothing changed" in capsys.readouterr().err
    assert align(corpus, tmp_path / "out", "--strict") == 1


def test_changed_plan_costs_that_plan(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    align(corpus, tmp_path / "out")
    (corpus / "kh2.txt").write_text(PLAN, encoding="utf-8")
    capsys.readouterr()
    align(corpus, tmp_path / "out", "--explain")
    assert remade(capsys) == ["kh2: changed: file", "kh2 against ct: changed: document"]
    align(corpus, tmp_path / "fresh", "--no-cache")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


def test_page_that_says_the_same_is_not_written_again(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out")
    before = page_files(tmp_path / "out")
    (corpus / "kh2.txt").write_text(PLAN, encoding="utf-8")
    align(corpus, tmp_path / "out")
    after = page_files(tmp_path / "out")
    assert {name for name in before if before[name] != after[name]} == {"kh2.html", "kh2.js"}


def test_edited_page_is_not_carried_on(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out")
    (tmp_path / "out/report/doc/kh1.html").write_text("edited", encoding="utf-8")
    (corpus / "kh2.txt").write_text(PLAN, encoding="utf-8")
    align(corpus, tmp_path / "out")
    align(corpus, tmp_path / "fresh", "--no-cache")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


def test_changed_row_is_told_from_changed_file(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    align(corpus, tmp_path / "out")
    (corpus / "manifest.csv").write_text(MANIFEST + "kh3,commune,,\n", encoding="utf-8")
    capsys.readouterr()
    align(corpus, tmp_path / "out", "--explain")
    assert remade(capsys)[0] == "kh3: changed: row of the manifest"


def test_damaged_entry_is_made_anew(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    align(corpus, tmp_path / "out")
    expected = outputs(tmp_path / "out")
    for entry in (tmp_path / "out/.cache").glob("??/*"):
        entry.write_bytes(entry.read_bytes()[:-1])
    shutil.rmtree(tmp_path / "out/.runs")
    capsys.readouterr()
    align(corpus, tmp_path / "out", "--explain")
    reasons = remade(capsys)
    assert len(reasons) == 9
    assert all(reason.endswith("its entry in the cache is damaged") for reason in reasons)
    assert outputs(tmp_path / "out") == expected


def test_edited_output_is_written_again(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out")
    expected = outputs(tmp_path / "out")
    (tmp_path / "out/report/index.html").write_text("edited")
    (tmp_path / "out/tables/findings.parquet").unlink()
    align(corpus, tmp_path / "out")
    assert outputs(tmp_path / "out") == expected


def test_no_cache_keeps_nothing(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out", "--no-cache")
    assert not (tmp_path / "out/.cache").exists()


def test_cache_can_be_shared_between_outputs(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    align(corpus, tmp_path / "a", "--cache", str(tmp_path / "cache"))
    capsys.readouterr()
    align(corpus, tmp_path / "b", "--cache", str(tmp_path / "cache"), "--explain")
    assert remade(capsys) == []
    assert outputs(tmp_path / "a") == outputs(tmp_path / "b")


def test_corpus_without_a_readable_file_leaves_the_former_outputs(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    align(corpus, tmp_path / "out")
    before = outputs(tmp_path / "out")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/kh.txt").write_bytes(b"")
    capsys.readouterr()
    assert align(tmp_path / "other", tmp_path / "out") == 2
    assert "none of its files could be read (kh.txt" in capsys.readouterr().err
    assert outputs(tmp_path / "out") == before
