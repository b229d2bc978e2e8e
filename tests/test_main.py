"""The command line as a user meets it: exit codes, one-line errors, outputs on a small corpus."""

import json
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.tables import read_rows

DIRECTIVE = """CHỈ THỊ
Về tăng cường bảo vệ rừng
Bộ trưởng Bộ Nông nghiệp và Môi trường yêu cầu:
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Rà soát, lập hồ sơ quản lý từng lô rừng theo quy định; cập nhật diễn biến rừng hằng năm.
3. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày 15/11 hằng năm.
"""
PLAN = """KẾ HOẠCH
Thực hiện Chỉ thị số 05/CT-BNNMT ngày 02/6/2025 của Bộ Nông nghiệp và Môi trường
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Các xã báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường trước ngày 30/10 hằng năm.
"""
MANIFEST = "doc_id,level,number,issued_on\nct,central,05/CT-BNNMT,2025-06-02\nkh,province,,\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "ct.txt").write_text(DIRECTIVE, encoding="utf-8")
    (folder / "kh.txt").write_text(PLAN, encoding="utf-8")
    (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    return folder


def align(corpus: Path, out: Path, *more: str) -> int:
    return main(["align", "--corpus", str(corpus), "--out", str(out), "--workers", "1", *more])


def test_align_says_what_was_kept_and_what_was_dropped(corpus: Path, tmp_path: Path) -> None:
    assert align(corpus, tmp_path / "out") == 0
    statuses = {row["parent_path"]: row["status"] for row in read_rows(tmp_path / "out", "coverage")}
    assert statuses["1"] == "verbatim"
    assert statuses["2"] == "dropped"
    assert statuses["3"] in {"adapted", "partial"}


def test_parent_is_found_from_the_reference_it_implements(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out")
    rows = {row["doc_id"]: row for row in read_rows(tmp_path / "out", "documents")}
    assert (rows["kh"]["parent_doc_id"], rows["kh"]["parent_basis"]) == ("ct", "implements")
    assert rows["ct"]["parent_doc_id"] is None


def test_moved_deadline_is_drift_that_reads_back_both_texts(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out")
    texts = {row["doc_id"]: row["text"] for row in read_rows(tmp_path / "out", "documents")}
    (row,) = [row for row in read_rows(tmp_path / "out", "drift") if row["type"] == "deadline"]
    assert texts["ct"][row["from_start"] : row["from_end"]] == row["from"] == "trước ngày 15/11 hằng năm"
    assert texts["kh"][row["to_start"] : row["to_end"]] == row["to"] == "trước ngày 30/10 hằng năm"


def test_nothing_but_progress_and_summary_is_printed(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    align(corpus, tmp_path / "out")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "2 documents" in printed.err
    assert "dropped" in printed.err


def test_bad_files_become_rejects_and_the_rest_is_done(corpus: Path, tmp_path: Path) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "program.bin").write_bytes(bytes(range(256)) * 64)
    assert align(corpus, tmp_path / "out") == 0
    rejects = {row["source_path"]: row["reason"] for row in read_rows(tmp_path / "out", "rejects")}
    assert set(rejects) == {"empty.txt", "program.bin"}
    assert [row["doc_id"] for row in read_rows(tmp_path / "out", "documents")] == ["ct", "kh"]


def test_strict_turns_a_reject_into_exit_code_one(corpus: Path, tmp_path: Path) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    assert align(corpus, tmp_path / "out", "--strict") == 1


def test_unusable_corpus_is_one_line_and_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert align(tmp_path / "nowhere", tmp_path / "out") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_same_input_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "one")
    align(corpus, tmp_path / "two")
    first = {path.name: path.read_bytes() for path in (tmp_path / "one" / "tables").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "two" / "tables").iterdir()}
    assert first == second


def test_run_file_tells_version_inputs_rows_and_seconds(corpus: Path, tmp_path: Path) -> None:
    align(corpus, tmp_path / "out")
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert set(run["inputs"]) == {"ct.txt", "kh.txt"}
    assert run["rows"]["documents"] == 2
    assert {"analyse", "compare", "tables"} <= set(run["seconds"])


def test_manifest_wins_over_the_text_and_the_contradiction_is_a_finding(corpus: Path, tmp_path: Path) -> None:
    text = "Số: 09/CT-BNNMT\n" + DIRECTIVE
    (corpus / "ct.txt").write_text(text, encoding="utf-8")
    align(corpus, tmp_path / "out")
    rows = {row["doc_id"]: row["number"] for row in read_rows(tmp_path / "out", "documents")}
    assert rows["ct"] == "05/CT-BNNMT"
    rules = {row["rule"] for row in read_rows(tmp_path / "out", "findings") if row["doc_id"] == "ct"}
    assert "manifest-contradicts-text" in rules


def test_clean_prints_the_clean_text_and_explain_the_repairs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scan.txt"
    path.write_text("CHỈ THỊ\nCác ñơn vị  ñẩy mạnh công tác ñảm bảo\nan ninh, trật tự.\n", encoding="utf-8")
    assert main(["clean", str(path)]) == 0
    assert "Các đơn vị đẩy mạnh công tác đảm bảo an ninh, trật tự." in capsys.readouterr().out
    assert main(["clean", str(path), "--explain"]) == 0
    assert "ñ" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "json"])
def test_schema_prints_the_data_dictionary(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--format", form]) == 0
    printed = capsys.readouterr().out
    assert "nearest_path" in printed
    if form == "json":
        assert {table["table"] for table in json.loads(printed)} >= {"documents", "coverage"}


def test_rates_that_leave_nothing_to_choose_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    operations = ("keep", "reword", "localise", "shorten", "split", "drop")
    rates = [argument for name in operations for argument in (f"--{name}", "0")]
    assert main(["simulate", "--out", str(tmp_path / "plans"), "--documents", "1", *rates]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "plans").exists()
