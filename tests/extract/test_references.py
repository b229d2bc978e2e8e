"""References in sentences and in documents; the cases are the specification."""

from __future__ import annotations

import datetime as dt
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.references import find_references, references_of
from pipeline.records import Closing, Header, Layout, Provision, ProvisionKind, ProvisionRole, Reference, Span

CASES = Path(__file__).parents[1] / "cases" / "references"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def columns(reference: Reference) -> list[object]:
    return [
        reference.text,
        reference.doc_type or "",
        reference.number or "",
        reference.issued_on.isoformat() if reference.issued_on else "",
        reference.issuer or "",
        reference.relation.value,
        reference.short_form,
    ]


@pytest.mark.parametrize("case", cases("in_the_wild") + cases("laws") + cases("short_forms"))
def test_find_references_reads_what_is_printed(case: dict[str, Any]) -> None:
    assert [columns(reference) for reference in find_references(case["text"])] == case["expected"]


@pytest.mark.parametrize("case", cases("look_alikes"))
def test_look_alikes_are_no_references(case: dict[str, Any]) -> None:
    assert find_references(case["text"]) == []


@pytest.mark.parametrize("case", cases("relations"))
def test_relations_follow_title_and_clause(case: dict[str, Any]) -> None:
    title = case.get("title", "")
    text = f"{title}\n{case['text']}" if title else case["text"]
    found = find_references(text, title_end=len(title) or None)
    assert [reference.relation.value for reference in found] == case["relations"]


@pytest.mark.xfail(strict=True, reason="the name and its date stand on both sides of a relative clause")
def test_law_whose_date_is_far_away() -> None:
    (law,) = find_references("Luật Giá, đã được Quốc hội thông qua ngày 19/6/2023.")
    assert law.issued_on == dt.date(2023, 6, 19)


@pytest.mark.xfail(strict=True, reason="a list of repealed instruments on lines of their own")
def test_repealed_instruments_on_their_own_lines() -> None:
    text = "Bãi bỏ các văn bản sau:\nQuyết định số 1/2010/QĐ-UBND;\nQuyết định số 2/2011/QĐ-UBND."
    assert {reference.relation.value for reference in find_references(text)} == {"replaces"}


def test_references_read_back_their_text_and_stay_in_order() -> None:
    text = "Căn cứ Luật Giá; Nghị định số 5/2020/NĐ-CP\nvà Chỉ thị số 6/CT-TTg ngày 1/2/2020 của Chính phủ."
    found = find_references(text)
    assert [text[reference.start : reference.end] for reference in found] == [r.text for r in found]
    assert [reference.ordinal for reference in found] == [0, 1, 2]
    assert not any("\n" in reference.text for reference in found)


def test_references_of_gives_each_mention_its_place() -> None:
    title = "Thực hiện Chỉ thị số 6/CT-TTg ngày 1/2/2020"
    body = "Phổ biến Chỉ thị số 6/CT-TTg."
    text = f"Số: 5/KH-UBND theo Quyết định số 1/QĐ-UBND\n{title}\n{body}"
    title_start, body_start = text.index(title), text.index(body)
    provision = Provision(
        path="1",
        parent_path=None,
        ordinal=0,
        depth=0,
        marker="1.",
        kind=ProvisionKind.NUMBERED,
        role=ProvisionRole.TASK,
        text=body,
        start=body_start,
        end=len(text),
        leaf=True,
        alignable=True,
    )
    header = Header(title=title, title_span=Span(title_start, title_start + len(title)))
    found = references_of(text, Layout(header, (provision,), Closing()))
    assert [(r.provision_path, r.ordinal, r.relation.value) for r in found] == [
        ("title", 0, "implements"),
        ("1", 1, "implements"),
    ]


@pytest.mark.parametrize(
    "text",
    [" " * 10**6, "1.1." * 250_000, "Luật " + "A" * 10**6, "Chỉ thị số 1" + "/a" * 500_000, "(" * 10**6],
    ids=["spaces", "1.1.1", "one long word", "slashes", "parentheses"],
)
def test_hostile_text_costs_linear_time(text: str) -> None:
    started = time.perf_counter()
    find_references(text)
    assert time.perf_counter() - started < 2
