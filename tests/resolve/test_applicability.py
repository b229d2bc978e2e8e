"""Applicability: the items of ``tests/cases/applicability/items.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.bodies import find_assignments
from pipeline.records import (
    Coverage,
    CoverageStatus,
    Document,
    Header,
    Level,
    Provision,
    ProvisionKind,
    ProvisionRole,
)
from pipeline.resolve.applicability import apply_applicability
from pipeline.resolve.bodies import identify_bodies

FILE = Path(__file__).parents[1] / "cases" / "applicability" / "items.toml"
ANSWERS = {"yes": True, "no": False, "": None}


def cases() -> list[Any]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def directive(text: str) -> Document:
    item = Provision(
        path="1",
        parent_path=None,
        ordinal=0,
        depth=0,
        marker="1.",
        kind=ProvisionKind.NUMBERED,
        role=ProvisionRole.TASK,
        text=text,
        start=0,
        end=len(text),
        leaf=True,
        alignable=True,
    )
    told = tuple(replace(row, provision_path="1") for row in find_assignments(text))
    header = Header(issuer="Bộ Y tế")
    document = Document("bo", text, header=header, level=Level.CENTRAL, provisions=(item,), assignments=told)
    return identify_bodies([document])[0]


def judged(text: str, level: Level) -> Coverage:
    commune = "Tân An" if level is Level.COMMUNE else None
    local = Document("local", "", level=level, province="Đắk Lắk", commune=commune)
    row = Coverage(parent_path="1", status=CoverageStatus.DROPPED, score=0.1)
    (found,) = apply_applicability(directive(text), local, [row])
    return found


@pytest.mark.parametrize("case", cases())
def test_an_item_applies_to_those_it_addresses(case: dict[str, Any]) -> None:
    found = judged(case["text"], Level(case["local"]))
    assert found.applicable is ANSWERS[case["applicable"]]
    assert (found.addressee or "") == case["addressee"]


def test_the_status_stays() -> None:
    assert judged("Giao Cục Quản lý dược chủ trì.", Level.PROVINCE).status is CoverageStatus.DROPPED


def test_a_locality_of_unknown_level_is_not_judged_by_its_level() -> None:
    directive_ = directive("Công an các tỉnh tham mưu ban hành kế hoạch.")
    row = Coverage(parent_path="1", status=CoverageStatus.DROPPED, score=0.1)
    (found,) = apply_applicability(directive_, Document("local", ""), [row])
    assert found.applicable is None
