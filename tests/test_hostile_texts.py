"""Texts that nobody would write: whatever they are, they end in a document or a reject, soon."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.__main__ import main
from pipeline.align import align_documents
from pipeline.analyse import analyse_text
from pipeline.errors import TooLongToCompare
from pipeline.tables import read_rows
from tests.clean.timing import assert_linear
from tests.fuzz.__main__ import check_spans, fuzz
from tests.fuzz.mutations import TOKENS
from tests.fuzz.seeds import Seed

TEXT = "CHỈ THỊ\nVề tăng cường bảo vệ rừng\n1. Tổ chức tuyên truyền pháp luật đến từng hộ gia đình.\n"
LINES = (
    "1.1.1.1\n",
    "- a\n",
    "1. a\n",
    "a) b\n",
    "Điều 1.\n",
    "a | b\n",
    "I. A\n",
    "PHỤ LỤC\n",
    "Số: 1/KH-UBND\n",
)
ONE_LINE = (
    *(" ", "a", "1", ". ", "1/", "“a ", "(a ", "* a ** ", "ñ ", "số 1/QĐ-UBND ", "phối hợp với Sở Y tế; "),
    *("Công an tỉnh báo cáo trước ngày 15/11, ", "thay thế Quyết định số 1/QĐ-UBND, ", "Nếu quý I, "),
)
FRAGMENTS = (
    *(token.decode("utf-8", "replace") for token in TOKENS),
    *(
        "Công an tỉnh ",
        "chủ trì, phối hợp với ",
        "trước ngày 15/11 ",
        "hằng năm ",
        "của ",
        "Điều 1. ",
        "(",
        ") ",
    ),
    *(
        "Chỉ thị số 06/CT-BCA ngày 07/5/2025 ",
        "(sau đây gọi tắt là Chỉ thị 06) ",
        "\nII. ",
        "\n- ",
        "\n1.1. ",
    ),
)


@pytest.mark.parametrize("unit", [*LINES, *ONE_LINE])
def test_analysis_of_a_repeated_text_takes_linear_time(unit: str) -> None:
    assert_linear(analyse_text, unit)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=30).map("".join))
def test_any_text_is_analysed_and_its_spans_read_back(text: str) -> None:
    check_spans(analyse_text(text))


@pytest.mark.parametrize("line", ["| " * 100, "-" * 200, "." * 200, "\0 " * 200])
def test_a_line_without_words_is_no_line_of_a_letterhead(line: str) -> None:
    check_spans(analyse_text(f"{line}\n{TEXT}"))


def test_damaged_files_end_in_a_document_or_a_reject(tmp_path: Path) -> None:
    page = "<html><body><table border=1><tr><td>1<td>Rà soát<td>quý I</table><p>Điều 1. Giao</body></html>"
    files = [
        Seed("txt", TEXT.encode()),
        Seed("html", page.encode()),
        Seed("rtf", b"{\\rtf1 1. R\\u224? so\\par}"),
    ]
    counts = fuzz(files, 150, 7, tmp_path / "failures")
    assert not any(result == "FAILED" for _, result in counts), counts
    assert counts.total() == 150


@pytest.mark.parametrize(
    "unit",
    ["1. Kiểm tra bếp ăn tập thể.\n", "Điều {n}. Kiểm tra chợ số {n}.\n"],
    ids=["repeated", "long"],
)
def test_documents_too_large_to_compare_say_so(unit: str) -> None:
    text = "KẾ HOẠCH\n" + "".join(unit.format(n=n) for n in range(2_600))
    with pytest.raises(TooLongToCompare):
        align_documents(text, text)


def test_what_cannot_be_compared_harms_nothing_else(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (corpus / "ct.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "kh.txt").write_text(TEXT.replace("CHỈ THỊ", "KẾ HOẠCH"), encoding="utf-8")
    (corpus / "long.txt").write_text("KẾ HOẠCH\n" + "1. Kiểm tra chợ.\n" * 6_000, encoding="utf-8")
    (corpus / "longer.txt").write_text("- a\n" * 60_000, encoding="utf-8")
    (corpus / "manifest.csv").write_text("doc_id,path,level\nct,ct.txt,central\n", encoding="utf-8")
    assert main(["align", "--corpus", str(corpus), "--out", str(out), "--workers", "1"]) == 0
    rejects = {row["source_path"]: row["reason"] for row in read_rows(out, "rejects")}
    assert rejects == {"long.txt": "not_compared", "longer.txt": "too_large"}
    assert {row["doc_id"] for row in read_rows(out, "documents")} == {"ct", "kh", "long"}
    assert {row["local_doc_id"] for row in read_rows(out, "coverage")} == {"kh"}


def test_a_bound_can_be_raised_and_lowered_on_the_command_line(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (corpus / "ct.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "kh.txt").write_text(TEXT + "2. Báo cáo.\n", encoding="utf-8")
    arguments = ["align", "--corpus", str(corpus), "--out", str(out), "--workers", "1"]
    main([*arguments, "--max-chars", str(len(TEXT) + 2)])
    assert [row["source_path"] for row in read_rows(out, "rejects")] == ["kh.txt"]
    main([*arguments, "--max-chars", str(2 * len(TEXT))])
    assert not read_rows(out, "rejects")
