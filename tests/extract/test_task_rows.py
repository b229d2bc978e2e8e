"""Rows of tables of tasks: times in cells, bodies in cells, and tables in whole documents."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.analyse import analyse_text
from pipeline.extract.deadline_cells import read_time_cell
from pipeline.records import Document
from pipeline.segment.task_tables import Column, column_of
from tests.clean.timing import assert_linear

_CELLS = Path(__file__).parents[1] / "cases/deadlines/cells.toml"


@pytest.mark.parametrize(
    "case", tomllib.loads(_CELLS.read_text(encoding="utf-8"))["case"], ids=lambda case: case["cell"]
)
def test_time_cell_is_read(case: dict[str, Any]) -> None:
    deadline = read_time_cell(case["cell"])
    if "kind" not in case:
        assert deadline is None
        return
    assert deadline is not None
    due_on = deadline.due_on.isoformat() if deadline.due_on else None
    assert (deadline.kind, deadline.bound, due_on, deadline.rrule) == tuple(
        case.get(field) for field in ("kind", "bound", "due_on", "rrule")
    )
    assert case["cell"][deadline.start : deadline.end] == deadline.text


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("STT", Column.NUMBER),
        ("Nội dung nhiệm vụ", Column.TASK),
        ("CƠ QUAN CHỦ TRÌ", Column.LEAD),
        ("Cơ quan, đơn vị phối hợp", Column.COORDINATE),
        ("Cơ quan chủ trì, phối hợp", Column.SHARED),
        ("Phòng, ban thực hiện", Column.IMPLEMENT),
        ("Đơn vị", Column.IMPLEMENT),
        ("Đơn vị tính", Column.FOREIGN),
        ("Kết quả hoàn thành", Column.OTHER),
        ("Thời gian thực hiện nhiệm vụ", Column.DEADLINE),
        ("Các bước", Column.FOREIGN),
        ("Sở Y tế", None),
        ("Phối hợp với Sở Y tế", None),
    ],
)
def test_head_of_a_column(head: str, column: Column | None) -> None:
    assert column_of(head) is column


def _document(*rows: str) -> Document:
    return analyse_text("\n".join(["1. Thực hiện theo bảng sau:", *rows]))


def _assigned(document: Document) -> list[tuple[str | None, str, str]]:
    rows = ((r.provision_path, r.role.value, r.text) for r in document.assignments if not r.inherited)
    return list(dict.fromkeys(rows))


def test_columns_that_are_absent_are_not_missed() -> None:
    document = _document("Nhiệm vụ | Thời hạn", "Rà soát quy hoạch | 30/6/2025", "Công bố quy hoạch | Quý IV")
    assert _assigned(document) == []
    assert [(d.text, d.action) for d in document.deadlines] == [
        ("30/6/2025", "Rà soát quy hoạch"),
        ("Quý IV", "Công bố quy hoạch"),
    ]


def test_bodies_first_and_no_number() -> None:
    document = _document(
        "Cơ quan thực hiện | Nhiệm vụ | Ghi chú",
        "Sở Y tế; Công an tỉnh | Tổ chức tập huấn | Xem Phụ lục",
        "Đ/c Nguyễn Văn A | Theo dõi chung",
    )
    assert [row[1:] for row in _assigned(document)] == [
        ("implement", "Sở Y tế"),
        ("implement", "Công an tỉnh"),
    ]


def test_cells_say_their_roles_themselves() -> None:
    document = _document(
        "TT | Nhiệm vụ | Cơ quan chủ trì, phối hợp | Thời hạn",
        "1 | Lập bản đồ | Chủ trì: Sở Xây dựng; phối hợp: Sở Tài chính, UBND các xã | Tháng 5/2025",
    )
    assert [row[1:] for row in _assigned(document)] == [
        ("lead", "Sở Xây dựng"),
        ("coordinate", "Sở Tài chính, UBND các xã"),
    ]


def test_head_in_two_rows_without_covered_cells() -> None:
    document = _document(
        "TT | Nhiệm vụ | Cơ quan thực hiện | Thời hạn",
        "Chủ trì | Phối hợp",
        "1 | Lập bản đồ | Sở Xây dựng | Sở Tài chính | Tháng 5/2025",
    )
    assert [row[1:] for row in _assigned(document)] == [
        ("lead", "Sở Xây dựng"),
        ("coordinate", "Sở Tài chính"),
    ]
    assert [d.text for d in document.deadlines] == ["Tháng 5/2025"]


def test_table_ends_with_the_next_sentence() -> None:
    document = _document(
        "TT | Nhiệm vụ | Cơ quan chủ trì",
        "1 | Lập bản đồ | Sở Xây dựng",
        "2. Các xã gửi kết quả theo mẫu dưới đây để Sở Xây dựng tổng hợp chung. Mẫu gồm hai cột.",
        "Tên xã | Số hộ | Sở Tài chính",
        "Xã A | 120 | Sở Nội vụ",
    )
    assert ("lead", "Sở Xây dựng") in [row[1:] for row in _assigned(document)]
    assert "Sở Nội vụ" not in [row[2] for row in _assigned(document)]


@pytest.mark.parametrize(
    "unit", ["| ", "a | ", "STT | Nhiệm vụ | Cơ quan chủ trì\n", "1 | b | c | d\n", "Sở, ", "; "]
)
def test_hostile_tables_take_linear_time(unit: str) -> None:
    head = "STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n"
    assert_linear(lambda text: analyse_text(f"{head}1 | a | {text}"), unit)
