"""Texts to what is compared: clauses (vế) of syllables, and their grams.

A gram is a syllable, two neighbouring syllables, a concept of the genre ("@inspect") or two concepts close
together ("build@model"), which tell what is to be done to what. Imports ``masks`` and ``terms`` of this room
and the fence ``nlp``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, pairwise

from pipeline import lexicon
from pipeline.align import terms
from pipeline.align.masks import mask
from pipeline.nlp import tone_key

Syllables = tuple[str, ...]
Abbreviations = Mapping[str, Syllables]
_Found = tuple[int, str]

MIN_CLAUSE = 5
"""Syllables under which a piece is joined to its neighbour: too short to be told apart by its words."""

CLOSE = 6
"""Syllables between the beginnings of two concepts up to which they belong to one action."""

_SYLLABLE = re.compile(r"[^\W_]+")
# ". ", "; ", ": ", and the bar between the cells of a table row
_STOP = re.compile(r"[.;:!?…]{1,8}(?=\s|$)|\s\|\s")
# an ninh Tổ quốc (ANTQ)
_DECLARED = re.compile(r"\(([A-ZĐ]{2,8})\)")


def declared_abbreviations(text: str) -> dict[str, Syllables]:
    """Return the abbreviations that *text* declares in parentheses, in lower case, with their syllables.

    A declaration counts where the words before it begin with its letters, in order.

    >>> declared_abbreviations("bảo vệ an ninh Tổ quốc (ANTQ)")
    {'antq': ('an', 'ninh', 'tổ', 'quốc')}
    """
    declared = {}
    for match in _DECLARED.finditer(text):
        short = match[1].casefold()
        window = text[max(0, match.start() - 12 * len(short)) : match.start()].casefold()
        before = _SYLLABLE.findall(window)[-len(short) :]
        if "".join(word[0] for word in before) == short:
            declared[short] = tuple(map(tone_key, before))
    return declared


def spell_out(text: str, abbreviations: Abbreviations) -> list[str]:
    """Return the syllables of *text* in lower case, tone marks in the standard place, written out.

    >>> spell_out("Hàng năm, UBND xã…", {"ubnd": ("ủy", "ban", "nhân", "dân")})
    ['hàng', 'năm', 'ủy', 'ban', 'nhân', 'dân', 'xã']
    """
    syllables: list[str] = []
    for word in _SYLLABLE.findall(text.casefold()):
        if word in abbreviations:
            syllables.extend(abbreviations[word])
        else:
            syllables.append(tone_key(word))
    return syllables


def read_syllables(text: str, abbreviations: Abbreviations) -> list[str]:
    """Return the syllables of *text* as compared: spelled out, of two dresses of a word always the same.

    >>> read_syllables("Hàng năm đảm bảo kinh phí", {})
    ['hằng', 'năm', 'bảo', 'đảm', 'kinh', 'phí']
    """
    return _substitute(spell_out(text, abbreviations))


def read_clauses(text: str, abbreviations: Abbreviations) -> list[Syllables]:
    """Return the clauses of *text*, masked, as syllables without stop words; at least one, maybe empty.

    A clause ends at a stop, a semicolon or a colon, and before a comma with a verb of the genre behind it.

    >>> read_clauses("Định kỳ tổ chức sơ kết, rút kinh nghiệm; hướng dẫn các đơn vị xây dựng nội quy.", {})
    [('định', 'kỳ', 'tổ', 'chức', 'sơ', 'kết', 'rút', 'kinh', 'nghiệm'), \
('hướng', 'dẫn', 'đơn', 'vị', 'xây', 'dựng', 'nội', 'quy')]
    """
    clauses: list[list[str]] = []
    for sentence in _STOP.split(mask(text)):
        for piece in _opener().split(sentence):
            syllables = read_syllables(piece, abbreviations)
            if clauses and min(len(syllables), len(clauses[-1])) < MIN_CLAUSE:
                clauses[-1].extend(syllables)
            else:
                clauses.append(syllables)
    stop = terms.stop_words()
    return [tuple(word for word in clause if word not in stop) for clause in clauses] or [()]


def grams(clause: Syllables) -> frozenset[str]:
    """Return the grams of one clause.

    >>> sorted(grams(("sơ", "kết", "mô", "hình")))
    ['@model', '@review', 'hình', 'kết', 'kết mô', 'model@review', 'mô', 'mô hình', 'sơ', 'sơ kết']
    """
    found = list(_concepts(clause))
    actions = map(_action, filter(_close, combinations(found, 2)))
    concepts = (concept for _, concept in found)
    return frozenset((*clause, *map(" ".join, pairwise(clause)), *concepts, *actions))


def _concepts(clause: Syllables) -> Iterator[_Found]:
    """Yield where each concept begins in *clause*, in order."""
    openings = terms.concepts_by_opening()
    for start, word in enumerate(clause):
        for phrase, concept in openings.get(word, ()):
            if clause[start : start + len(phrase)] == phrase:
                yield start, concept


def _close(pair: tuple[_Found, _Found]) -> bool:
    (start, concept), (other_start, other) = pair
    return other_start - start <= CLOSE and concept != other


def _action(pair: tuple[_Found, _Found]) -> str:
    first, second = sorted(concept.removeprefix(terms.CONCEPT_MARK) for _, concept in pair)
    return first + terms.CONCEPT_MARK + second


def _substitute(syllables: list[str]) -> list[str]:
    table = terms.substitutions()
    for place, pair in enumerate(pairwise(syllables)):
        if pair in table:
            syllables[place : place + 2] = table[pair]
    return syllables


@cache
def _opener() -> re.Pattern[str]:
    words = lexicon.load("terms")["openers"]
    verbs = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    # ", | hướng dẫn các đơn vị"
    return re.compile(rf",\s{{1,3}}(?=(?:{verbs})\b)", re.IGNORECASE)
