"""Comparable words: what two texts are compared by, each with its place in the text.

A word here is a syllable as printed. Its key folds what is no difference of substance: case, the place of
the tone mark, spelling variants and abbreviations. Imports ``lexicon``, ``nlp`` and the
word list of alignment.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from pipeline.align.terms import known_abbreviations, substitutions
from pipeline.lexicon import load
from pipeline.nlp import tone_key

# "hoà", "20/10", "06/2013/NĐ-CP"
_WORD = re.compile(r"\w+(?:[/.-]\w+)*")
# "đẩy", "GDĐT"
_SYLLABLE = re.compile(r"[^\W\d_]+")
# "ANTQ", "UBND", "HĐND"
_ABBREVIATION = re.compile(r"[A-ZĐ]{3,8}")

Expansions = Mapping[str, tuple[str, ...]]

REMEMBERED = 2048
"""Texts whose reading is kept: localities repeat the directive's, so most are read again and again."""


class Word(NamedTuple):
    """One syllable: offsets into the text that was read, and the key it is compared by.

    ``content`` is False for function words. An abbreviation yields one word for each syllable it stands
    for, all with the offsets of the abbreviation.
    """

    start: int
    end: int
    key: str
    content: bool


def read_words(text: str, expansions: Expansions | None = None) -> tuple[Word, ...]:
    """Return the words of *text* in order.

    >>> [word.key for word in read_words("trong CAND", expansions={"CAND": ("công", "an", "nhân", "dân")})]
    ['trong', 'công', 'an', 'nhân', 'dân']
    """
    expansions = expansions or {}
    spans: list[tuple[int, int]] = []
    keys: list[str] = []
    for match in _WORD.finditer(text):
        printed = match.group()
        if printed in expansions:
            spelt = expansions[printed]
            spans += [match.span()] * len(spelt)
            keys += spelt
        else:
            spans.append(match.span())
            keys.append(syllable_key(printed))
    _respell(keys)
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return tuple(map(Word, starts, ends, keys, _content_flags(keys)))


@cache
def syllable_key(syllable: str) -> str:
    """Return *syllable* in lower case, its tone mark in the standard place; numbers as printed.

    >>> syllable_key("Hoà") == syllable_key("hòa")
    True
    """
    lower = syllable.casefold()
    return tone_key(lower) if lower.isalpha() else lower


def find_expansions(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what the abbreviations in *texts* stand for: keys of the commonest run with those initials.

    An abbreviation that no text spells out stands for what it does in the genre, or else for itself.

    >>> sorted(find_expansions(["giữ gìn an ninh Tổ quốc", "xây dựng phong trào bảo vệ ANTQ"]))
    ['ANTQ']
    """
    texts = tuple(texts)
    wanted = frozenset[str]().union(*map(abbreviations, texts))
    runs: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for name, run in chain.from_iterable(_spelt_out(text, wanted) for text in texts):
        runs[name][run] += 1
    known = {name: known_abbreviations().get(name.casefold(), (name.casefold(),)) for name in wanted}
    spelt = {name: min(found, key=lambda run: (-found[run], run)) for name, found in runs.items()}
    return {**known, **spelt}


@lru_cache(REMEMBERED)
def abbreviations(text: str) -> frozenset[str]:
    """Return what stands in *text* in capitals alone, as abbreviations do.

    >>> sorted(abbreviations("UBND tỉnh, phong trào bảo vệ ANTQ"))
    ['ANTQ', 'UBND']
    """
    return frozenset(_ABBREVIATION.findall(text))


@lru_cache(REMEMBERED)
def _spelt_out(text: str, names: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each run of syllables of *text* whose initials are one of *names*, with that name."""
    syllables = _SYLLABLE.findall(text)
    initials = "".join(_plain_letter(word[0]) for word in syllables)
    found = []
    for name in names:
        place = initials.find(name)
        while place >= 0:
            run = syllables[place : place + len(name)]
            if not any(_ABBREVIATION.fullmatch(word) for word in run):
                found.append((name, tuple(syllable_key(word) for word in run)))
            place = initials.find(name, place + 1)
    return tuple(found)


def phrase_keys(phrase: str) -> tuple[str, ...]:
    """Return the keys of the syllables of *phrase*, a word of a lexicon.

    >>> phrase_keys("Kịp thời") == phrase_keys("kịp thời")
    True
    """
    return tuple(syllable_key(syllable) for syllable in phrase.split())


def joined_keys(words: Sequence[Word]) -> str:
    """Return the keys of *words* as one padded string without what joins the members of a list.

    Made so that ``joined_keys(a) in joined_keys(b)`` asks whether the list *a* stands in *b*.

    >>> joined_keys(read_words("sở, ngành")) in joined_keys(read_words("UBND tỉnh và các sở, các ngành"))
    True
    >>> joined_keys(read_words("Công an tỉnh")) in joined_keys(read_words("Công an các tỉnh, thành phố"))
    False
    """
    plurals, joiners = _listed("plurals"), _listed("joiners")
    kept = [""]
    for before, word in zip((None, *words), words, strict=False):
        begins = before is None or before.end + 1 < word.start or before.key in joiners
        if word.key not in joiners and not (begins and word.key in plurals):
            kept.append(word.key)
    return " ".join([*kept, ""])


@cache
def _plain_letter(letter: str) -> str:
    """Return *letter* as an abbreviation has it: a capital without marks, but Đ stays Đ."""
    return unicodedata.normalize("NFD", letter)[0].upper()


def _respell(keys: list[str]) -> None:
    """Replace in *keys* the pairs that are another spelling of a pair."""
    table = substitutions()
    for place, pair in enumerate(pairwise(keys)):
        new = table.get(pair)
        if new:
            keys[place : place + 2] = new


def is_function(key: str) -> bool:
    """Return whether *key* is of a function word."""
    return key in _listed("function")


def _content_flags(keys: list[str]) -> list[bool]:
    function = _listed("function")
    flags = [key not in function for key in keys]
    light = _light()
    for place, pair in enumerate(pairwise(keys)):
        if pair in light:
            flags[place] = flags[place + 1] = False
    return flags


@cache
def _listed(name: str) -> frozenset[str]:
    """Return the keys of a list of single syllables of the lexicon."""
    return frozenset(syllable_key(word) for word in load("drift_words")[name])


@cache
def _light() -> frozenset[tuple[str, ...]]:
    words = (*load("drift_words")["light"], *load("modality")["degrees"])
    return frozenset(phrase_keys(word) for word in words)
