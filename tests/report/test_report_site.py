"""What the files of the report promise: whole, inert, offline, the same each time."""

from __future__ import annotations

import filecmp
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.report import write_report
from pipeline.report.escape import chunk
from pipeline.report.names import page_name
from pipeline.tables import read_table_rows
from tests.report.build_tables import gold_rows, write_rows

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \"'{{ 7*7 }} \u202ecod.exe\u2028 \u0007"


def read_chunk(path: Path) -> Any:
    """Return the value that a data chunk hands to the page."""
    text = path.read_text(encoding="utf-8")
    name, value = json.loads("[" + text.removeprefix("dc.receive(").removesuffix(");\n") + "]")
    assert path.as_posix().endswith(f"data/{name}.js")
    return value


def test_every_document_has_a_page_and_a_chunk(tables: Path, report: Path) -> None:
    for row in read_table_rows(tables, "documents"):
        name = page_name(row["doc_id"])
        assert (report / "doc" / f"{name}.html").is_file()
        assert (report / "data/doc" / f"{name}.js").is_file()


def test_page_of_a_document_reads_whole_without_a_script(tables: Path, report: Path) -> None:
    page = (report / "doc/dak-lak-kh-2025.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", "", page)
    for row in read_table_rows(tables, "provisions"):
        if row["doc_id"] == "dak-lak-kh-2025":
            assert row["text"].replace('"', "&#34;") in text


def test_cells_of_the_matrix_are_the_rows_of_coverage(tables: Path, report: Path) -> None:
    index = read_chunk(report / "data/index.js")
    shown = {
        (item["path"], index["documents"][local["document"]]["doc_id"], local["cells"][at])
        for directive in index["directives"]
        for local in directive["locals"]
        for at, item in enumerate(directive["items"])
    }
    rows = read_table_rows(tables, "coverage")
    assert shown == {(row["parent_path"], row["local_doc_id"], row["status"][0]) for row in rows}


def test_spans_in_a_chunk_read_back_the_drift(tables: Path, report: Path) -> None:
    upper = read_chunk(report / "data/doc/bca-ct-06-2025.js")
    texts = {row["path"]: row["text"] for row in upper["provisions"]}
    checked = 0
    for row in read_chunk(report / "data/doc/long-bien-kh-2025.js")["drift"]:
        if row["from_span"]:
            start, end = row["from_span"]
            assert texts[row["parent_path"]][start:end] == row["from"]
            checked += 1
    assert checked > 10


def test_same_tables_give_the_same_bytes(tables: Path, report: Path, tmp_path: Path) -> None:
    write_report(tables, tmp_path)
    files = [path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()]
    match, mismatch, errors = filecmp.cmpfiles(report, tmp_path, files, shallow=False)
    assert (sorted(match), mismatch, errors) == (sorted(files), [], [])


def test_no_file_names_a_network_address(report: Path) -> None:
    for path in report.rglob("*.*"):
        if path.is_file():
            assert not re.search(r"https?:|[\"'(]//", path.read_text(encoding="utf-8")), path


def test_hostile_text_comes_out_inert(tmp_path: Path) -> None:
    rows = gold_rows()
    for table in rows.values():
        for row in table:
            for name in ("text", "title", "body", "message_vi", "evidence", "issuer", "from", "number"):
                if isinstance(row.get(name), str):
                    row[name] = HOSTILE
    write_report(write_rows(rows, tmp_path / "tables"), tmp_path / "report")
    for path in (tmp_path / "report").rglob("*.*"):
        if path.is_file() and path.name not in ("report.js", "report.css"):
            text = path.read_text(encoding="utf-8")
            assert "<script>alert" not in text, path
            assert "<img" not in text, path
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", text), path
            assert path.suffix != ".js" or "\u2028" not in text, path


@pytest.mark.parametrize(
    "doc_id", ["../../etc/passwd", "a/b", "Kế hoạch số 1", "con?x=1#y", "." * 300, "A", ""]
)
def test_page_names_stay_in_the_folder(doc_id: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", page_name(doc_id))


def test_chunk_reads_back_what_it_was_given() -> None:
    value = {"text": "</script>\u2028 & 'Đ'"}
    text = chunk("a", value)
    assert "<" not in text and "\u2028" not in text
    assert json.loads(text[len('dc.receive("a",') : -len(");\n")]) == value


def test_missing_table_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no readable table"):
        write_report(tmp_path, tmp_path / "report")


def test_empty_tables_give_a_report(tmp_path: Path) -> None:
    write_report(write_rows({}, tmp_path / "tables"), tmp_path / "report")
    assert "Chưa có văn bản" in (tmp_path / "report/index.html").read_text(encoding="utf-8")
