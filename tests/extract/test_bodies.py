"""Assignments: the sentences of ``tests/cases/bodies``, and whole documents."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.assignments import assignments_of
from pipeline.extract.bodies import find_assignments
from pipeline.extract.body_lists import read_body_lists
from pipeline.records import (
    Assignment,
    AssignmentRole,
    Closing,
    Header,
    Layout,
    Provision,
    ProvisionKind,
    ProvisionRole,
)
from tests.clean.timing import assert_linear

_CASES = Path(__file__).parents[1] / "cases" / "bodies"


def _cases(name: str) -> list[Any]:
    rows = tomllib.loads((_CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row.get("label", row["text"])) for row in rows]


def _lists(rows: list[Assignment] | tuple[Assignment, ...]) -> list[list[str]]:
    """Return role and list of *rows*, one for each list."""
    return [[role, text] for role, text in dict.fromkeys((row.role.value, row.text) for row in rows)]


@pytest.mark.parametrize("case", _cases("positives"))
def test_assignments_of_a_sentence(case: dict[str, Any]) -> None:
    rows = find_assignments(case["text"])
    assert _lists(rows) == case["expect"]
    for row in rows:
        assert case["text"][row.start : row.end] == row.text
        assert case["text"][row.body_start : row.body_end] == row.body


@pytest.mark.parametrize("case", _cases("look_alikes"))
def test_look_alike_assigns_nobody(case: dict[str, Any]) -> None:
    assert _lists(find_assignments(case["text"])) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", _cases("known_failures"))
def test_known_failure(case: dict[str, Any]) -> None:
    assert _lists(find_assignments(case["text"])) == case["expect"]


@pytest.mark.parametrize("case", _cases("members"))
def test_members_of_a_list(case: dict[str, Any]) -> None:
    body_list = next(read_body_lists(case["text"]))
    assert [case["text"][member.start : member.end] for member in body_list.members] == case["members"]


def _layout(rows: list[tuple[str, str, ProvisionKind, ProvisionRole]]) -> tuple[str, Layout]:
    """Return a text of one line for each (path, own text, kind, role), and its layout."""
    text = "\n".join(row[1] for row in rows)
    paths = [row[0] for row in rows]
    provisions, start = [], 0
    for ordinal, (path, own, kind, role) in enumerate(rows):
        parent = path.rpartition("/")[0]
        leaf = not any(other.startswith(f"{path}/") for other in paths)
        provisions.append(
            Provision(
                path=path,
                parent_path=parent if parent in paths else None,
                ordinal=ordinal,
                depth=path.count("/"),
                marker=None,
                kind=kind,
                role=role,
                text=own,
                start=start,
                end=start + len(own),
                leaf=leaf,
                alignable=leaf and role is not ProvisionRole.PREAMBLE,
            )
        )
        start += len(own) + 1
    return text, Layout(header=Header(), provisions=tuple(provisions), closing=Closing())


_NUMBERED, _ITEM, _PARAGRAPH = ProvisionKind.NUMBERED, ProvisionKind.ITEM, ProvisionKind.PARAGRAPH
_ASSIGNMENT, _TASK, _PREAMBLE = ProvisionRole.ASSIGNMENT, ProvisionRole.TASK, ProvisionRole.PREAMBLE


def test_heading_hands_its_body_down() -> None:
    text, layout = _layout(
        [
            ("III/1", "Sở Y tế:", _NUMBERED, _ASSIGNMENT),
            ("III/1/-1", "Xây dựng kế hoạch tiêm chủng.", _ITEM, _ASSIGNMENT),
            ("III/1/-2", "Trung tâm Y tế dự phòng tổ chức tập huấn.", _ITEM, _ASSIGNMENT),
            ("III/2", "Chủ đề năm", _NUMBERED, _ASSIGNMENT),
        ]
    )
    rows = assignments_of(layout)
    heading, handed, own = rows
    assert (heading.provision_path, heading.inherited, heading.role) == (
        "III/1",
        False,
        AssignmentRole.IMPLEMENT,
    )
    assert (handed.provision_path, handed.inherited, handed.body) == ("III/1/-1", True, "Sở Y tế")
    assert text[handed.start : handed.end] == "Sở Y tế"
    assert (own.provision_path, own.inherited) == ("III/1/-2", False)


def test_nearest_heading_wins() -> None:
    _, layout = _layout(
        [
            ("1", "Trách nhiệm của các Bộ, ngành", _NUMBERED, _ASSIGNMENT),
            ("1/a", "Bộ Xây dựng:", _NUMBERED, _ASSIGNMENT),
            ("1/a/-1", "Bố trí kinh phí.", _ITEM, _ASSIGNMENT),
        ]
    )
    assert [row.body for row in assignments_of(layout) if row.inherited] == ["Bộ Xây dựng"]


def test_item_that_says_lead_makes_its_heading_lead() -> None:
    _, layout = _layout(
        [
            ("1", "Sở Tư pháp", _NUMBERED, _ASSIGNMENT),
            ("1/-1", "Là cơ quan chủ trì tham mưu triển khai Kế hoạch.", _ITEM, _ASSIGNMENT),
        ]
    )
    printed = [row.role.value for row in assignments_of(layout) if not row.inherited]
    assert printed == ["implement", "lead"]


def test_lead_in_of_a_preamble_hands_down_to_the_tasks() -> None:
    _, layout = _layout(
        [
            ("pre/p1", "Lực lượng Công an phối hợp với các sở, ngành đạt kết quả.", _PARAGRAPH, _PREAMBLE),
            (
                "pre/p2",
                "Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:",
                _PARAGRAPH,
                _PREAMBLE,
            ),
            ("1", "Đẩy mạnh tuyên truyền.", _NUMBERED, _TASK),
        ]
    )
    rows = assignments_of(layout)
    assert _lists(rows) == [["implement", "các sở, ngành"]]
    assert [(row.provision_path, row.inherited) for row in rows if row.body == "ngành"] == [
        ("pre/p2", False),
        ("1", True),
    ]


def test_lead_in_paragraph_hands_down_to_the_items_beside_it() -> None:
    _, layout = _layout(
        [
            ("2", "Tổ chức cao điểm", _NUMBERED, _TASK),
            ("2/p1", "Giao Sở Công Thương thực hiện:", _PARAGRAPH, _TASK),
            ("2/-1", "Kiểm tra chợ.", _ITEM, _TASK),
            ("2/p2", "Việc kiểm tra phải kịp thời.", _PARAGRAPH, _TASK),
            ("2/-2", "Lập biên bản.", _ITEM, _TASK),
        ]
    )
    assert [row.provision_path for row in assignments_of(layout) if row.inherited] == ["2/-1"]


def test_empty_text() -> None:
    assert find_assignments("") == []


@pytest.mark.parametrize(
    ("opening", "unit"),
    [("", " "), ("", "1.1.1.1"), ("", "Sở, "), ("", "Phối hợp "), ("Cục A", " b"), ("", "(qua ")],
    ids=["spaces", "numbers", "heads", "cues", "long name", "parentheses"],
)
def test_hostile_text_takes_linear_time(opening: str, unit: str) -> None:
    assert_linear(lambda text: find_assignments(opening + text), unit)
