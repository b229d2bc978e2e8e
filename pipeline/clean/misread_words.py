"""Words that recognition damaged, put right where the words around decide.

A word is doubtful where the genre never sets it beside its neighbours. It is changed when exactly one
confusable syllable fits, and the evidence asked for grows with the innocence of the word: a scrap that is no
syllable needs one neighbour, a good syllable both. Names of persons and places are never guessed: a word
with a capital counts only before a word without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.clean.confusions import (
    MAX_LENGTH,
    fold,
    has_pair_like,
    is_odd,
    is_pair,
    is_used,
    lost_marks,
    other_marks,
    other_shapes,
    same_spelling,
)
from pipeline.clean.offsets import Edit
from pipeline.clean.syllables import is_syllable

MAX_GLUED: Final = 14  # letters of two syllables without their space
SHORTEST_GLUED: Final = 5
MIN_REPEATED: Final = 4  # times that a pair of words stands in a document before it is evidence

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
    touching = _touching(words)
    fits = _Company(words, touching)
    edits: list[Edit] = []
    for index, word in enumerate(words):
        left = read[index - 1] if index and touching[index - 1] else None
        right = read[index + 1] if touching[index] else None
        if _is_at_home(read[index].lower(), left, right):
            continue
        follower = right or ""
        if not 2 <= len(word[0]) <= MAX_GLUED or not _may_change(word[0], follower):
            continue
        if (seam := _seam(word[0])) is not None:
            edits.append(Edit(word.start(), word.end(), f"{word[0][:seam]} {word[0][seam:]}", "ocr-glued"))
            continue
        after, rule = _reading(word[0].lower(), left, right, fits)
        if after and (word[0].islower() or fits(after, right, often=True)):
            read[index] = _in_case_of(word[0], after)
            edits.append(Edit(word.start(), word.end(), read[index], rule))
    return edits


def _is_at_home(word: str, left: str | None, right: str | None) -> bool:
    """Tell whether a word is a syllable and the genre sets it beside a neighbour: nearly every word is."""
    return is_syllable(word) and (is_pair(left, word) or is_pair(word, right))


class _Company:
    """Which words stand side by side: in the genre, and in this document over and over.

    A pair of the document counts where the genre knows none that differs in marks only, and the document
    sets no such pair more often: recognition repeats its errors.
    """

    def __init__(self, words: Sequence[re.Match[str]], touching: Sequence[bool]) -> None:
        spelled = [same_spelling(word[0]) for word in words]
        counted = Counter(pair for pair, touch in zip(pairwise(spelled), touching, strict=False) if touch)
        repeated = Counter({pair: count for pair, count in counted.items() if count >= MIN_REPEATED})
        self._own: dict[tuple[str, str], tuple[str, str]] = {}
        for pair, _ in repeated.most_common():
            self._own.setdefault((fold(pair[0]), fold(pair[1])), pair)

    def repeats(self, first: str | None, second: str | None) -> bool:
        """Tell whether the document sets the two side by side over and over, and nothing like them more."""
        if first is None or second is None:
            return False
        return self._own.get((fold(first), fold(second))) == (same_spelling(first), same_spelling(second))

    def __call__(self, first: str | None, second: str | None, often: bool = False) -> bool:
        """Tell whether ``first`` and ``second`` belong side by side, or do so often."""
        if first is None or second is None:
            return False
        if is_pair(first, second, often=often):
            return True
        return self.repeats(first, second) and not has_pair_like(fold(first), fold(second))


def _touching(words: Sequence[re.Match[str]]) -> list[bool]:
    """Return, for each word, whether one space and nothing else stands between it and the next."""
    text = words[0].string if words else ""
    return [*(text[word.end() : after.start()] == " " for word, after in pairwise(words)), False]


def _may_change(word: str, follower: str) -> bool:
    """Tell whether the word cannot be part of a name: small letters, or a capital before a small word."""
    return word.islower() or (word.istitle() and follower.islower())


def _reading(word: str, left: str | None, right: str | None, fits: _Company) -> tuple[str | None, str]:
    """Return what the word must have been, and the rule; None where nothing decides."""
    if len(word) > MAX_LENGTH or fits(left, word) or fits(word, right):
        return None, ""
    if is_odd(word):
        return _one_fitting((*other_marks(word), *other_shapes(word)), left, right, fits), "ocr-odd-syllable"
    if not is_used(word):
        return _one_fitting(other_marks(word), left, right, fits), "ocr-rare-syllable"
    return _between(word, left, right, fits), "ocr-syllable"


def _seam(word: str) -> int | None:
    """Return where a word that is no syllable falls into two that stand side by side often.

    >>> [_seam(w) for w in ("tínhthuế", "Căncứ", "Internet", "thuế")]
    [4, 3, None, None]
    """
    if len(word) < SHORTEST_GLUED or is_syllable(word.lower()):
        return None
    seams = [i for i in range(2, len(word) - 1) if is_pair(word[:i].lower(), word[i:].lower(), often=True)]
    return seams[0] if len(seams) == 1 else None


def _one_fitting(
    candidates: Iterable[str], left: str | None, right: str | None, fits: _Company
) -> str | None:
    """Return the only candidate that fits both neighbours; else the only one that fits one of them well."""
    spelled = {same_spelling(c): c for c in candidates}.values()
    fitting = [c for c in spelled if fits(left, c) and fits(c, right)]
    if not fitting:
        fitting = [c for c in spelled if fits(left, c, often=True) or fits(c, right, often=True)]
    return fitting[0] if len(fitting) == 1 else None


def _between(word: str, left: str | None, right: str | None, fits: _Company) -> str | None:
    """Return what a good syllable must have been: one letter's marks apart, and fitting its neighbours.

    Where it fits only one of them well, the word must have lost marks, not changed them, or the document
    must print it beside that neighbour over and over; so it must where a comma leaves one neighbour only.
    """
    near = [s for s in other_marks(word) if sum(a != b for a, b in zip(s, word, strict=False)) == 1]
    fitting = [c for c in near if (left is None or fits(left, c)) and (right is None or fits(c, right))]
    if len(fitting) != 1:
        return None
    [reading] = fitting
    well = fits(left, reading, often=True) + fits(reading, right, often=True)
    if well == 1 and left and right and lost_marks(word, reading):
        return reading
    repeated = fits.repeats(left, reading) or fits.repeats(reading, right)
    return reading if well == 2 or (well == 1 and repeated) else None


def _in_case_of(word: str, after: str) -> str:
    return after if word.islower() else after.capitalize()
