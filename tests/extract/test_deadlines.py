"""Deadlines: the sentences of ``tests/cases/deadlines``, and whole documents."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.deadlines import deadlines_of, find_deadlines
from pipeline.records import Closing, Deadline, Header, Layout, Provision, ProvisionKind, ProvisionRole
from tests.clean.timing import assert_linear

_CASES = Path(__file__).parents[1] / "cases" / "deadlines"


def _cases(name: str) -> list[Any]:
    rows = tomllib.loads((_CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def _as_row(deadline: Deadline, fields: dict[str, str]) -> dict[str, Any]:
    return {field: _plain(getattr(deadline, field)) for field in fields}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _assert_found(case: dict[str, Any]) -> None:
    found = find_deadlines(case["text"])
    assert [row.text for row in found] == [row["text"] for row in case["expect"]]
    for deadline, expected in zip(found, case["expect"], strict=True):
        assert _as_row(deadline, expected) == expected
        assert case["text"][deadline.start : deadline.end] == deadline.text


@pytest.mark.parametrize("case", _cases("positives"))
def test_deadline_is_read_from_its_sentence(case: dict[str, Any]) -> None:
    _assert_found(case)


@pytest.mark.parametrize("case", _cases("look_alikes"))
def test_look_alike_sets_no_deadline(case: dict[str, Any]) -> None:
    assert find_deadlines(case["text"]) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", _cases("known_failures"))
def test_known_failure(case: dict[str, Any]) -> None:
    _assert_found(case)


def test_year_is_never_guessed() -> None:
    [deadline] = find_deadlines("Gửi báo cáo trước ngày 15/4.", issued_on=dt.date(2026, 1, 5))
    assert deadline.due_on is None


def test_day_before_the_document_was_issued_is_no_deadline() -> None:
    text = "Hộ có đăng ký thường trú trước ngày 15 tháng 6 năm 2013 được hỗ trợ."
    assert find_deadlines(text, issued_on=dt.date(2014, 6, 28)) == []
    assert len(find_deadlines(text, issued_on=dt.date(2012, 6, 28))) == 1


def test_day_just_before_the_signature_still_counts() -> None:
    text = "Thời gian hoàn tất: trước ngày 27 tháng 6 năm 2014."
    assert len(find_deadlines(text, issued_on=dt.date(2014, 6, 28))) == 1


def test_impossible_day_is_no_deadline() -> None:
    assert find_deadlines("Hoàn thành trước ngày 31/02/2026.") == []


def test_nothing_is_matched_across_lines() -> None:
    assert find_deadlines("báo cáo trước\nngày 15/11/2026") == []


def test_words_between_times_are_no_action() -> None:
    [deadline] = find_deadlines("Sau đó, trước ngày 20/6/2026.")
    assert deadline.action is None


def test_empty_text() -> None:
    assert find_deadlines("") == []


def _provision(path: str, text: str, start: int, role: ProvisionRole, parent: str | None = None) -> Provision:
    return Provision(
        path=path,
        parent_path=parent,
        ordinal=start,
        depth=path.count("/"),
        marker=None,
        kind=ProvisionKind.NUMBERED,
        role=role,
        text=text,
        start=start,
        end=start + len(text),
        leaf=parent is not None,
        alignable=parent is not None,
    )


def _layout(text: str, provisions: list[Provision]) -> Layout:
    return Layout(header=Header(), provisions=tuple(provisions), closing=Closing())


def test_document_offsets_point_into_the_whole_text() -> None:
    lines = ["Hằng năm, phong trào được sơ kết.", "Lập danh sách các hộ", "Thời gian: trước ngày 15/5/2026."]
    text = "\n".join(lines)
    provisions = [
        _provision("pre/p1", lines[0], 0, ProvisionRole.PREAMBLE),
        _provision("1", lines[1], text.index(lines[1]), ProvisionRole.TASK),
        _provision("1/p1", lines[2], text.index(lines[2]), ProvisionRole.TASK, parent="1"),
    ]
    [deadline] = deadlines_of(text, _layout(text, provisions))
    assert text[deadline.start : deadline.end] == "trước ngày 15/5/2026"
    assert deadline.provision_path == "1/p1"
    assert deadline.action == "Lập danh sách các hộ"


def test_document_without_a_date_is_no_older_than_what_it_cites() -> None:
    text = "Căn cứ Quyết định số 22/QĐ-TTg ngày 26/4/2020; hộ được lập sổ trước ngày 01/01/2010 được hỗ trợ."
    provision = _provision("1", text, 0, ProvisionRole.TASK)
    assert deadlines_of(text, _layout(text, [provision])) == ()


@pytest.mark.parametrize(
    "unit",
    [" ", "1.1.1.1", "trước ngày ", "số 1/1", "“", "trong 10 ngày "],
    ids=["spaces", "numbers", "words", "citations", "quotes", "deadlines"],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    assert_linear(find_deadlines, unit)
