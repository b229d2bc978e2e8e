"""The word list of alignment (``lexicon/terms.toml``) in the shapes that comparing needs.

Imports `lexicon` alone.
"""

from __future__ import annotations

from functools import cache

from pipeline import lexicon

CONCEPT_MARK = "@"
"""First letter of a concept among the grams, and between two of them; no word holds it."""


@cache
def stop_words() -> frozenset[str]:
    """Return the syllables that tell nothing of what is to be done."""
    return frozenset(lexicon.load("terms")["stop"])


@cache
def light_words() -> frozenset[str]:
    """Return the syllables whose loss leaves the task as it is.

    Those of exhortation and of doing as such ("kịp thời", "triển khai"), and of the common nouns for bodies
    ("sở, ngành"), which localising swaps.

    >>> {"kịp", "ngành"} <= light_words(), "mô" in light_words()
    (True, False)
    """
    phrases = [*lexicon.load("terms")["light"], *lexicon.load("bodies")["collectives_bare"]]
    return frozenset(word for phrase in phrases for word in phrase.replace(",", "").split())


@cache
def known_abbreviations() -> dict[str, tuple[str, ...]]:
    """Return undeclared abbreviations of the genre, in lower case, with their syllables.

    >>> known_abbreviations()["ubnd"]
    ('ủy', 'ban', 'nhân', 'dân')
    """
    return {short: tuple(full.split()) for short, full in lexicon.load("terms")["abbreviations"].items()}


@cache
def substitutions() -> dict[tuple[str, str], tuple[str, str]]:
    """Return pairs of syllables that are another spelling of a pair, with that pair.

    >>> substitutions()["hàng", "năm"]
    ('hằng', 'năm')
    """
    return {_two(old): _two(new) for old, new in lexicon.load("terms")["substitutions"].items()}


@cache
def concepts_by_opening() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the phrases of every concept by first syllable, as (syllables, concept).

    Stop words are taken out of the phrases, as they are of the texts.

    >>> (("sơ", "kết"), "@review") in concepts_by_opening()["sơ"]
    True
    """
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for concept in lexicon.load("terms")["concept"]:
        for phrase in concept["phrases"]:
            syllables = tuple(word for word in phrase.split() if word not in stop_words())
            phrases.setdefault(syllables[0], []).append((syllables, CONCEPT_MARK + concept["name"]))
    return {opening: tuple(sorted(found)) for opening, found in phrases.items()}


def _two(phrase: str) -> tuple[str, str]:
    first, second = phrase.split()
    return first, second
