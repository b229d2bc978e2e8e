"""Words that recognition damaged, put right where the words around decide.

A word is doubtful where the genre never sets it beside its neighbours. It is changed when exactly one
confusable syllable fits, and the evidence asked for grows with the innocence of the word: a scrap that is no
syllable needs one neighbour, a good syllable both. Names of persons and places are never guessed: a word
with a capital counts only before a word without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.clean.confusions import (
    MAX_LENGTH,
    is_odd,
    is_pair,
    is_used,
    other_marks,
    other_shapes,
    same_spelling,
)
from pipeline.clean.offsets import Edit

# A word of letters only; 60m, 1a and aspx_id are none
_WORD: Final = re.compile(r"(?<![\w/&@.-])[^\W\d_]+(?![\w/&@]|[.-]\w)")


def restore_words(text: str) -> list[Edit]:
    """Return edits that put misread words right.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "sửa đổi, bd sung Luật Bảo hiém y tế; cơ cấu tô chức của Bảo hiểm"
    >>> apply_edits(raw, restore_words(raw))
    'sửa đổi, bổ sung Luật Bảo hiểm y tế; cơ cấu tổ chức của Bảo hiểm'
    """
    words = list(_WORD.finditer(text))
    read = [m[0] for m in words]
    edits: list[Edit] = []
    for index, word in enumerate(words):
        if not 2 <= len(word[0]) <= MAX_LENGTH or not _may_change(words, index):
            continue
        left = read[index - 1] if _touches(words, index - 1) else None
        right = read[index + 1] if _touches(words, index) else None
        after, rule = _reading(word[0].lower(), left, right)
        if after:
            read[index] = _in_case_of(word[0], after)
            edits.append(Edit(word.start(), word.end(), read[index], rule))
    return edits


def _touches(words: Sequence[re.Match[str]], index: int) -> bool:
    """Tell whether one space stands between the words at ``index`` and after it."""
    if index < 0 or index + 1 >= len(words):
        return False
    start, end = words[index].end(), words[index + 1].start()
    return end - start == 1 and words[index].string[start] == " "


def _may_change(words: Sequence[re.Match[str]], index: int) -> bool:
    """Tell whether the word cannot be part of a name: small letters, or a capital before a small word."""
    word = words[index][0]
    return word.islower() or (word.istitle() and _touches(words, index) and words[index + 1][0].islower())


def _reading(word: str, left: str | None, right: str | None) -> tuple[str | None, str]:
    """Return what the word must have been, and the rule; None where nothing decides."""
    if is_pair(left, word) or is_pair(word, right):
        return None, ""
    if is_odd(word):
        return _fitting((*other_marks(word), *other_shapes(word)), left, right), "ocr-odd-syllable"
    if not is_used(word):
        return _fitting(other_marks(word), left, right), "ocr-rare-syllable"
    return _fitting(_near(word), left, right, both=True), "ocr-syllable"


def _near(word: str) -> list[str]:
    """Return the syllables that differ from the word in the marks of one letter."""
    return [s for s in other_marks(word) if sum(a != b for a, b in zip(s, word, strict=False)) == 1]


def _fitting(
    candidates: Iterable[str], left: str | None, right: str | None, both: bool = False
) -> str | None:
    """Return the one candidate that fits both neighbours; else, unless it must, the one that fits one well.

    None where two candidates fit as well.
    """
    spelled = {same_spelling(c): c for c in candidates}.values()
    between = [c for c in spelled if is_pair(left, c) and is_pair(c, right)]
    if between or both:
        return between[0] if len(between) == 1 else None
    beside = [c for c in spelled if is_pair(left, c, often=True) or is_pair(c, right, often=True)]
    return beside[0] if len(beside) == 1 else None


def _in_case_of(word: str, after: str) -> str:
    return after if word.islower() else after.capitalize()
