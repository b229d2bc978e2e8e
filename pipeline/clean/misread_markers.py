"""Markers that recognition damaged at the start of a line: "l." for "1.", "II1." for "III.", "|." for "I.".

A marker is one of a sequence. It is put right only where the markers before and after it in the text leave a
single gap, and the letters are those that stand for that number; a well-formed marker is never touched, for a
wrong number may be the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.clean.charset import LOWER, UPPER
from pipeline.clean.offsets import Edit

# l. I1. II1. |. S. at the start of a line, then a word; well-formed 1. and II. too, as evidence
_MARKER: Final = re.compile(r"(?m)^[ ]{0,40}([0-9IVXlOSBZ|]{1,5})[.)](?=[ ]?[^\W\d_])")
# for a text with a line feed before it: the engine skips to a line feed, not to "^"
_NUMBERED: Final = re.compile(r"\n[ ]{0,40}(\d{1,2})\.[ ]?(?=[^\W\d_])")
# What is left where a number should be, before the first word of a provision: "Si. Nâng cao", "cì / Tổ chức"
_SCRAP: Final = re.compile(
    r"(?m)^[ ]{0,40}("
    r"(?:[A-Za-z]{1,2}\.|[SZB])[ ]"  # Si. Nâng cao
    r"|(?:[^\s\d|•+–-][^\s\d|]{0,2}|\d)[ ]?\n{1,2}"  # on a line of its own
    rf")(?=[{UPPER}][{LOWER}])"
)
# a) and what is left of one: ø) ©)
_LETTERED: Final = re.compile(r"(?m)^[ ]{0,40}([^\s\d])\)(?=[ ]?[^\W\d_])")
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
MAX_LOST: Final = 3  # markers in a row

_ROMAN_LIKE: Final = str.maketrans("1l|", "III")
_ARABIC_LIKE: Final = str.maketrans("lI|OSBZ", "1110582")
_ROMAN: Final = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
)  # fmt: skip


def restore_markers(text: str) -> list[Edit]:
    """Return edits that put damaged markers right where their neighbours decide.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "I. Mục đích\\nl. Nâng cao.\\n2. Bảo đảm.\\n1I. Nhiệm vụ\\nII1. Tổ chức"
    >>> apply_edits(raw, restore_markers(raw))
    'I. Mục đích\\n1. Nâng cao.\\n2. Bảo đảm.\\nII. Nhiệm vụ\\nIII. Tổ chức'
    """
    markers = list(_MARKER.finditer(text))
    if all(_is_well_formed(m[1]) for m in markers):
        return []
    return sorted([*_in_series(markers, roman=True), *_in_series(markers, roman=False)])


def restore_lost_markers(text: str) -> list[Edit]:
    """Return edits that put back markers of which recognition left scraps: "Si. Nâng cao" between 2. and 4.

    There must be as many scraps between two markers of the series as numbers are missing.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "2. Rà soát.\\nSi.\\nNâng cao ý thức.\\n4. Báo cáo."
    >>> apply_edits(raw, restore_lost_markers(raw))
    '2. Rà soát.\\n3. Nâng cao ý thức.\\n4. Báo cáo.'
    """
    edits: list[Edit] = []
    for before, after in pairwise(_NUMBERED.finditer("\n" + text)):
        first, last = int(before[1]) + 1, int(after[1])
        if first < last <= first + MAX_LOST:
            scraps = list(_SCRAP.finditer(text, before.end() - 1, after.start()))
            if len(scraps) == last - first:
                edits += [
                    Edit(m.start(1), m.end(1), f"{number}. ", "ocr-marker")
                    for number, m in enumerate(scraps, first)
                ]
    return edits


def restore_letters(text: str) -> list[Edit]:
    """Return edits that put lettered markers right between two that leave as many places: "e) ø) h)".

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "đ) Rà soát;\\n©) Bố trí;\\nØ) Ban hành;\\nh) Báo cáo."
    >>> apply_edits(raw, restore_letters(raw))
    'đ) Rà soát;\\ne) Bố trí;\\ng) Ban hành;\\nh) Báo cáo.'
    """
    edits: list[Edit] = []
    before, damaged = -1, []
    for marker in _LETTERED.finditer(text):
        at = _LETTERS.find(marker[1])
        if at < 0:
            damaged.append(marker)
            continue
        if before >= 0 and at - before == len(damaged) + 1:
            edits += [
                Edit(m.start(1), m.end(1), _LETTERS[before + step], "ocr-marker")
                for step, m in enumerate(damaged, 1)
            ]
        before, damaged = at, []
    return edits


def _is_well_formed(marker: str) -> bool:
    return marker.isdigit() or marker in _ROMAN


def _in_series(markers: list[re.Match[str]], roman: bool) -> Iterator[Edit]:
    """Yield edits of the damaged markers that go on with the series, or lead to its second."""
    values = [_value(m[1], roman) for m in markers]
    last = 0
    for index, (marker, value) in enumerate(zip(markers, values, strict=True)):
        if value is None:
            continue
        if not _is_well_formed(marker[1]):
            begins = value == 1 and last != 1 and next(filter(None, values[index + 1 :]), None) == 2
            if not begins and not (last and value == last + 1):
                continue
            yield Edit(marker.start(1), marker.end(1), _ROMAN[value] if roman else str(value), "ocr-marker")
        last = value


def _value(marker: str, roman: bool) -> int | None:
    """Return the number that the marker stands for in that kind of numbering; None where it does not."""
    if roman:
        letters = marker.translate(_ROMAN_LIKE)
        return _ROMAN.index(letters) if not marker.isdigit() and letters in _ROMAN[1:] else None
    digits = marker.translate(_ARABIC_LIKE)
    return int(digits) if digits.isdigit() and len(digits) <= 2 and marker not in _ROMAN else None
