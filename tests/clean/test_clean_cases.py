"""The cases are the specification: every row of ``tests/cases/clean`` is cleaned as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean_text

CASES = Path(__file__).parents[1] / "cases" / "clean"


def rows(name: str) -> list[Any]:
    """Return the rows of one case file as parameters named by their labels."""
    loaded = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["original"], row["fixed"], id=row["label"]) for row in loaded]


@pytest.mark.parametrize(("original", "fixed"), rows("in_the_wild") + rows("synthetic"))
def test_damaged_text_is_repaired(original: str, fixed: str) -> None:
    assert clean_text(original).text == fixed


@pytest.mark.parametrize(("original", "fixed"), rows("negative"))
def test_look_alike_is_left_alone(original: str, fixed: str) -> None:
    cleaned = clean_text(original)
    assert cleaned.text == fixed
    assert cleaned.repairs == ()


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("original", "fixed"), rows("known_failures"))
def test_known_failure(original: str, fixed: str) -> None:
    assert clean_text(original).text == fixed


@pytest.mark.parametrize(("original", "fixed"), rows("in_the_wild") + rows("synthetic") + rows("negative"))
def test_clean_result_needs_no_repair(original: str, fixed: str) -> None:
    again = clean_text(fixed)
    assert (again.text, again.repairs) == (fixed, ())
