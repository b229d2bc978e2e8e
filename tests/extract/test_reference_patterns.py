"""The lexicons of references: no entry without a match, no match cut short."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.extract.reference_patterns import instrument_words, issuer_pattern, law_name_pattern
from pipeline.extract.references import find_references
from pipeline.lexicon import load


def names(kind: str) -> list[str]:
    entries: list[dict[str, Any]] = load("issuers")[kind]
    return [
        name for entry in entries for name in (entry.get("name") or entry["head"], *entry.get("aliases", ()))
    ]


@pytest.mark.parametrize(
    "name", [name for kind in ("body", "ministry", "party", "local") for name in names(kind)]
)
def test_each_issuer_is_read_whole(name: str) -> None:
    match = issuer_pattern().match(f"{name} về việc")
    assert match is not None
    assert match.group() == name


def test_each_ministry_is_also_its_minister() -> None:
    for name in names("ministry"):
        minister = f"Bộ trưởng {name}"
        match = issuer_pattern().match(f"{minister} quy định")
        assert match is not None
        assert match.group() == minister


@pytest.mark.parametrize("kind", ["law", "code", "ordinance", "constitution"])
def test_each_name_of_a_law_is_read_whole_and_stands_once(kind: str) -> None:
    entries: list[str] = load("laws")[kind]["names"]
    assert len({entry.lower() for entry in entries}) == len(entries)
    for name in entries:
        match = law_name_pattern(kind).match(f" {name};")
        assert match is not None
        assert match.group() == f" {name}"


@pytest.mark.parametrize("word", sorted(instrument_words()))
def test_each_word_for_an_instrument_is_found_in_each_casing(word: str) -> None:
    for printed in (word, word.capitalize(), word.upper()):
        (reference,) = find_references(f"theo {printed} số 12/2020/XX-YYY.")
        assert reference.text.startswith(printed)
        assert reference.doc_type == word.capitalize()
