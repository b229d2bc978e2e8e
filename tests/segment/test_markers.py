"""Markers of single lines, with their look-alikes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.segment.markers import read_marker, roman_numeral, roman_value

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/segment/markers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["label"])
def test_read_marker_reads_what_is_printed(case: dict[str, str]) -> None:
    marker = read_marker(case["line"])
    if "marker" not in case:
        assert marker is None
        return
    assert marker is not None
    assert (marker.printed, marker.style.name) == (case["marker"], case["style"])
    assert case["line"][marker.length :] == case["line"][marker.length :].lstrip()


def test_roman_value_reads_back_every_numeral() -> None:
    assert [roman_value(roman_numeral(value)) for value in range(1, 90)] == list(range(1, 90))
