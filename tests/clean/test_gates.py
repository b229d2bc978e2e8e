"""What spares work hides no repair: looks that tell that there is nothing to do, and what is remembered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean_text, cleaning, damage, furniture, letterspacing, misread_numbers, stamps
from pipeline.clean.misread_phrases import restore_phrases
from pipeline.clean.misread_specks import count_specks
from pipeline.clean.offsets import Edit
from tests.clean.test_clean_properties import RAW

ROOT = Path(__file__).parents[2]
PRINTED = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]
PRINTED += [
    row["original"]
    for path in sorted((ROOT / "tests" / "cases" / "clean").glob("*.json"))
    for row in json.loads(path.read_text(encoding="utf-8"))
]
NUMBERS = st.lists(
    st.sampled_from(("số ", "O", "l", "6", "2", "/", "CT-BCA", "NĐ", "Q", " ", "\n")), max_size=20
)
ALWAYS = re.compile("")

GATES: list[tuple[ModuleType, str, Callable[[str], list[Edit]]]] = [
    (misread_numbers, "_NUMBER_HINT", misread_numbers.restore_numbers),
    (furniture, "_CONVERTER_HINT", furniture.drop_converter_lines),
    (furniture, "_NUMBER_LINE", furniture.drop_page_numbers),
    (stamps, "_SIGNED_HINT", stamps.drop_digital_signature),
    (letterspacing, "_LONE_CONSONANT", letterspacing.join_letters),
    (letterspacing, "_SPACED_STROKE", letterspacing.join_numbers),
]


@pytest.mark.parametrize(("module", "gate", "fixer"), GATES, ids=[gate for _, gate, _ in GATES])
def test_gate_of_a_fixer_hides_no_edit(
    module: ModuleType, gate: str, fixer: Callable[[str], list[Edit]]
) -> None:
    @settings(max_examples=150, deadline=None)
    @given(RAW | NUMBERS.map("".join))
    def check(text: str) -> None:
        gated = fixer(text)
        opened = (ALWAYS,) if isinstance(getattr(module, gate), tuple) else ALWAYS
        with patch.object(module, gate, opened):
            assert fixer(text) == gated

    check()
    for text in PRINTED:
        check.hypothesis.inner_test(text)  # type: ignore[attr-defined]


def test_no_fixer_of_characters_touches_plain_text() -> None:
    """None of the plain characters is changed, and none composes with the one before it."""
    for character in filter(lambda c: not cleaning._UNUSUAL.search(c), map(chr, range(0x11000))):
        text = f"a{character}e{character}{character}Đ"
        assert [fixer(text) for fixer in cleaning._CHARACTER_FIXERS] == [[], [], [], []], text


@settings(max_examples=150, deadline=None)
@given(RAW)
def test_looking_at_characters_first_changes_no_result(raw: str) -> None:
    cleaned = clean_text(raw)
    with patch.object(cleaning, "_UNUSUAL", ALWAYS):
        assert clean_text(raw) == cleaned


@pytest.mark.parametrize("text", PRINTED)
def test_damage_of_the_lines_is_the_damage_of_the_text(text: str) -> None:
    words, odd, specks = damage._in_line(text)
    measured = damage.measure(text)
    assert measured == damage.Damage(words, len(odd), len(set(odd)), count_specks(text))
    assert measured.specks == specks
    assert sum(map(damage._phrases_in_line, text.split("\n"))) == len(restore_phrases(text))
