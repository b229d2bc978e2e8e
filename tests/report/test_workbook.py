"""The workbook: its sheets say what the tables say, and no cell of it computes anything."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.names import labels, page_name
from pipeline.tables import read_table_rows
from tests.report.build_tables import gold_rows, write_rows

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")

from pipeline.report import workbook  # noqa: E402
from pipeline.report.workbook import write_workbook  # noqa: E402

SHEETS = ["matrix", "dropped", "deadlines", "references", "assignments", "findings"]
SIGNS = {"verbatim": "=", "adapted": "≈", "partial": "½", "dropped": "×"}


@pytest.fixture(scope="module")
def path(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "doi-chieu.xlsx"
    write_workbook(tables, path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def test_sheets_stand_in_their_order_with_heads_in_view(book: Any) -> None:
    assert book.sheetnames == SHEETS
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        assert len(set(heads)) == len(heads)
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])


def test_matrix_says_what_coverage_says(book: Any, tables: Path) -> None:
    documents = {row["doc_id"]: row for row in read_table_rows(tables, "documents")}
    names = labels(documents)
    heads = [cell.value for cell in book["matrix"][1]]
    shown = {
        (row[1].value, heads[column], row[column].value.split()[0])
        for row in book["matrix"].iter_rows(min_row=2)
        for column in range(8, len(heads))
    }
    coverage = read_table_rows(tables, "coverage")
    assert shown == {
        (row["parent_path"], names[row["local_doc_id"]], SIGNS[row["status"]]) for row in coverage
    }
    counts = Counter(row["status"] for row in coverage)
    columns = [sum(row[4 + at].value for row in book["matrix"].iter_rows(min_row=2)) for at in range(4)]
    assert columns == [counts[status] for status in SIGNS]


def test_dropped_has_every_dropped_item(book: Any, tables: Path) -> None:
    dropped = [row for row in read_table_rows(tables, "coverage") if row["status"] == "dropped"]
    shown = [row[4].value for row in book["dropped"].iter_rows(min_row=2)]
    assert sorted(shown) == sorted(row["parent_path"] for row in dropped)


@pytest.mark.parametrize("name", SHEETS[2:])
def test_sheet_has_every_row_of_its_table(book: Any, tables: Path, name: str) -> None:
    assert book[name].max_row - 1 == len(read_table_rows(tables, name))


def test_links_lead_to_pages_of_the_report(book: Any, tables: Path) -> None:
    pages = {f"report/doc/{page_name(row['doc_id'])}.html" for row in read_table_rows(tables, "documents")}
    checked = 0
    for name in SHEETS[2:]:
        for row in book[name].iter_rows(min_row=2):
            assert row[1].hyperlink.target.replace("\\", "/") in pages
            checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 24", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "https://x.vn", "{=1}", "a\x07b\u202ec"],
)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    rows = gold_rows()
    for row in rows["deadlines"]:
        row["action"] = text
    write_workbook(write_rows(rows, tmp_path / "tables"), tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["deadlines"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("Việc phải làm"))
    cell = sheet.cell(2, column)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == text.replace("\x07", "\ufffd").replace("\u202e", "\ufffd")


def test_text_longer_than_a_cell_is_cut(tmp_path: Path) -> None:
    rows = gold_rows()
    rows["findings"][0]["evidence"] = "đ" * 40_000
    write_workbook(write_rows(rows, tmp_path / "tables"), tmp_path / "book.xlsx")
    values = [
        cell.value for row in openpyxl.load_workbook(tmp_path / "book.xlsx")["findings"] for cell in row
    ]
    assert max(len(str(value)) for value in values) == 32_767


def test_full_sheet_says_where_the_rest_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 4)
    monkeypatch.setattr(workbook, "_MOST_COLUMNS", 5)
    write_workbook(write_rows(gold_rows(), tmp_path / "tables"), tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["assignments"]
    assert (sheet.max_row, sheet.max_column) == (4, 5)
    assert "The sheet is full" in sheet.cell(4, 1).value


def test_same_tables_give_the_same_bytes(path: Path, tables: Path, tmp_path: Path) -> None:
    write_workbook(tables, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_empty_tables_give_a_workbook(tmp_path: Path) -> None:
    write_workbook(write_rows({}, tmp_path / "tables"), tmp_path / "book.xlsx")
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames == SHEETS
