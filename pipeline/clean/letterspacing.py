"""Words that a converter tore into letters: "B Ộ TÀI CHÍNH", "T h ủ tướng", "QĐ - U B ND", "773 /QĐ-TTg".

Spaces were put in, never taken out; so the syllables of a torn stretch are found by joining neighbours
until each piece is a possible syllable or an abbreviation. Where no such reading exists, nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipeline.clean.charset import CONSONANTS
from pipeline.clean.offsets import Edit
from pipeline.clean.syllables import is_syllable
from pipeline.lexicon import load

MIN_TORN: Final = 2  # spaces to take out; a single one may be a typist's slip or a reader's misreading
MAX_PIECES: Final = 7  # letters of the longest syllable, "nghiêng"
# A consonant that stands alone before a word: "B Ộ", "h ọc"
_TORN: Final = re.compile(rf"(?<![^\s(“\"/-])[{CONSONANTS}] (?=[^\W\d_])")
# Two looks that tell that there is none, in a text with a line feed before it: after a blank, which is the
# most frequent character, and after the others, to which the engine skips.
_LONE_CONSONANT: Final = (
    re.compile(rf" [{CONSONANTS}] [^\W\d_]"),
    re.compile(rf"[\n(“\"/-][{CONSONANTS}] [^\W\d_]"),
)
_STRETCH: Final = re.compile(r"[^\W\d_]{1,7}(?: [^\W\d_]{1,7}){1,79}")
_TORN_NUMBER: Final = re.compile(
    r"(?:Số:? |số )(\d{1,5}(?: ?/ ?\d{4})? ?/ ?[A-ZĐ]{1,8}(?: ?- ?[A-ZĐ][\w&]{0,12}){0,2})"
)
_SPACED_STROKE: Final = re.compile(r"/(?:(?<= /)|(?= )|[A-ZĐ]{1,8}(?: -|- ))")  # 773 /, 773/ QĐ, /QĐ -TTg
_TORN_DAY: Final = re.compile(r"ngày (\d) (\d) tháng \d")
_TORN_MONTH: Final = re.compile(r"tháng (\d) (\d) năm \d")
_COST_SYLLABLE, _COST_LETTER, _COST_CAPITALS, _COST_BROKEN = 2, 5, 4, 40


def join_letters(text: str) -> list[Edit]:
    """Return edits that take out the spaces inside torn words.

    A stretch is read only where a consonant stands alone in it, a document changed only if it was torn in
    several places; so "điểm b khoản 2" and "hạng B ô tô" keep their letters.

    >>> from pipeline.clean.offsets import apply_edits
    >>> torn = "- T hủ tướ ng C h í nh ph ủ ; ỦY B AN NHÂN D Â N; điểm b khoản 2"
    >>> apply_edits(torn, join_letters(torn))
    '- Thủ tướng Chính phủ ; ỦY BAN NHÂN DÂN; điểm b khoản 2'
    """
    if not any(lone.search("\n" + text) for lone in _LONE_CONSONANT):
        return []
    readings: list[list[Edit]] = []
    done = 0
    for torn in _TORN.finditer(text):
        if torn.start() < done:
            continue
        line_start = max(text.rfind("\n", done, torn.start()) + 1, done)
        stretch = next((m for m in _STRETCH.finditer(text, line_start) if m.end() > torn.start()), None)
        if stretch is None:
            continue
        readings.append(_stretch_edits(stretch))
        done = stretch.end()
    edits = [edit for reading in readings for edit in reading]
    return edits if len(edits) >= MIN_TORN else []


def _stretch_edits(stretch: re.Match[str]) -> list[Edit]:
    """Return the edits of the best reading of one stretch, none where it has no good reading."""
    tokens = stretch[0].split(" ")
    groups = _best_reading(tokens)
    edits: list[Edit] = []
    position = stretch.start()
    for size in groups:
        for token in tokens[: size - 1]:
            position += len(token)
            edits.append(Edit(position, position + 1, "", "torn-word"))
            position += 1
        position += len(tokens[size - 1]) + 1
        tokens = tokens[size:]
    return edits


def _best_reading(tokens: Sequence[str]) -> list[int]:
    """Return the sizes of the groups of tokens that cost least; all ones where nothing should change."""
    best = [0] + [10**9] * len(tokens)
    sizes = [1] * (len(tokens) + 1)
    for end in range(1, len(tokens) + 1):
        for size in range(1, min(MAX_PIECES, end) + 1):
            cost = best[end - size] + _cost(tokens, end - size, end)
            if cost < best[end]:
                best[end], sizes[end] = cost, size
    groups: list[int] = []
    end = len(tokens)
    while end:
        groups.append(sizes[end])
        end -= sizes[end]
    return groups[::-1]


def _cost(tokens: Sequence[str], start: int, end: int) -> int:
    """Return what reading ``tokens[start:end]`` as one word costs: little for syllables, much for scraps."""
    group = tokens[start:end]
    word = "".join(group)
    if len(group) == 1:
        if len(word) == 1:
            return _COST_LETTER if word.lower() not in _consonants() else _COST_BROKEN
        return _COST_SYLLABLE if is_syllable(word) or word.isupper() else _COST_BROKEN
    # joining needs a reason: a piece that cannot stand alone, and no label such as "hạng B" before it
    if not any(len(piece) == 1 or not is_syllable(piece) for piece in group):
        return 10**6
    if start and tokens[start - 1].lower() in _labels() and len(group[0]) == 1:
        return 10**6
    if is_syllable(word) and (word.islower() or word.istitle() or word.isupper()):
        # "CHÍ MINH" rather than "CHÍM INH": most syllables have an onset
        return _COST_SYLLABLE + (word[0].lower() not in _consonants())
    return _COST_CAPITALS if word.isupper() and len(word) <= 5 and all(len(p) < 3 for p in group) else 10**6


@cache
def _consonants() -> frozenset[str]:
    return frozenset(CONSONANTS.lower())


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("line_words")["letter_labels"])


def join_numbers(text: str) -> list[Edit]:
    """Return edits that take the spaces out of a document number after "Số" and out of a torn day or month.

    >>> [e[:2] for e in join_numbers("Số: 773 /QĐ-TTg, ngày 26 tháng 0 6 năm 2018")]
    [(7, 8), (32, 33)]
    """
    edits: list[Edit] = []
    if _SPACED_STROKE.search(text):
        for number in _TORN_NUMBER.finditer(text):
            start = number.start(1)
            gaps = re.finditer(" +", number[1])
            edits += [Edit(start + m.start(), start + m.end(), "", "torn-number") for m in gaps]
    for date in (_TORN_DAY, _TORN_MONTH):
        edits += [Edit(m.end(1), m.start(2), "", "torn-number") for m in date.finditer(text)]
    return sorted(edits)
