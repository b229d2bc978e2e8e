"""Which lines of a page go on in the next one, where their places leave no doubt.

A line goes on if the first word of the next line had no more room on it, and if the page shows that no
paragraph begins there: paragraphs begin with an indent, or stand apart. A blank line marks the breaks that
certainly end a paragraph; all others are left for cleaning, which decides by the words. Imports nothing of
ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from statistics import quantiles

# All in sizes of the letters.
_ALIGNED = 0.6  # lines whose left ends differ by less are aligned
_SPACE = 0.25  # room that a blank needs
_LONGEST_WORD = 5.0  # room that any syllable finds enough
_SLACK = 0.3  # room that may be left over at the right margin

_APART = 1.22  # times the usual distance of lines; what stands further off begins a paragraph
_MIN_APART = 2  # so many distances in a document show that its paragraphs stand apart

# "- ", "+ ", "• ", "1. ", "2) ", "(3)", "4/ ", "2.1 Giao", "a) ", "II. ", "Điều 3": so a paragraph may begin.
# A date (22/01/2019) or an amount (12.500 đồng) begins none.
_STARTS_UNIT = re.compile(
    r"[-–—+•*]|\(?\d{1,3}(?:\.\d{1,2}){0,4}[.)](?!\d)|\d{1,2}/ |\d{1,2}(?:\.\d{1,2}){1,3} [^\W\da-z]"
    r"|\(?[^\W\d_][.)/]|[IVX]{1,6}[.)/ -]|(?:Điều|Chương|Mục) \d"
)

# "3", "- 3 -", "3/12": what stands above or below the text of a page.
_PAGE_NUMBER = re.compile(r"[-–— ]{0,3}\d{1,4}(?:/\d{1,4})?[-–— ]{0,3}")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text on a page; ``base`` grows downwards, ``size`` is the height of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class _Page:
    """What the lines of a page have in common."""

    left: float
    right: float
    distance: float
    stands_apart: bool

    @classmethod
    def of(cls, lines: Sequence[PlacedLine], *, stands_apart: bool) -> _Page:
        lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
        ninth = len(lines) // 10
        return cls(lefts[ninth], rights[-1 - ninth], _distance(lines), stands_apart)

    def ends_short(self, line: PlacedLine) -> bool:
        """Whether so much room is left on a line that any word would have fitted."""
        return self.right - line.right > _LONGEST_WORD * line.size

    def is_centred(self, line: PlacedLine) -> bool:
        """Whether about as much room is left on both sides of a line."""
        left, right = line.left - self.left, self.right - line.right
        return min(left, right) > 2 * line.size and abs(left - right) < 4 * line.size


def _distance(lines: Sequence[PlacedLine]) -> float:
    """Return the usual distance of neighbouring lines within a paragraph."""
    steps = [below.base - line.base for line, below in pairwise(lines) if below.base > line.base]
    return quantiles(steps, n=4)[0] if len(steps) > 1 else max(steps, default=0.0)


def stand_apart(pages: Iterable[Sequence[PlacedLine]]) -> bool:
    """Tell whether the paragraphs of a document have more room between them than their lines have."""
    wide = 0
    for lines in pages:
        most = _APART * _distance(lines)
        wide += sum(below.base - line.base > most for line, below in pairwise(lines))
    return wide >= _MIN_APART


class _Break(Enum):
    """What lies between two lines."""

    WIDTH = auto()  # only the width of the page
    PARAGRAPH = auto()
    UNKNOWN = auto()


def join_wrapped(lines: Sequence[PlacedLine], *, stands_apart: bool) -> list[str]:
    """Return the texts of the lines in order, joined where they go on, "" where a paragraph ends.

    ``stands_apart``: paragraphs of this document have more room between them than their lines have.

    >>> first = PlacedLine("Công an các đơn vị, địa phương báo cáo", 20, 200, 10, 10)
    >>> second = PlacedLine("Bộ Công an.", 0, 60, 24, 10)
    >>> third = PlacedLine("Nơi nhận:", 0, 50, 38, 10)
    >>> join_wrapped([first, second, third], stands_apart=False)
    ['Công an các đơn vị, địa phương báo cáo Bộ Công an.', '', 'Nơi nhận:', '']
    """
    if not lines:
        return []
    page = _Page.of(lines, stands_apart=stands_apart)
    texts = [lines[0].text]
    is_first = True
    for line, below in pairwise(lines):
        kind = _break(line, below, page, is_first=is_first)
        is_first = kind is not _Break.WIDTH
        if kind is _Break.WIDTH:
            texts[-1] += f" {below.text}"
        else:
            texts += ["", below.text] if kind is _Break.PARAGRAPH else [below.text]
    ended = page.ends_short(lines[-1]) and not _PAGE_NUMBER.fullmatch(lines[-1].text)
    return [*texts, ""] if ended else texts


def _break(line: PlacedLine, below: PlacedLine, page: _Page, *, is_first: bool) -> _Break:
    """Judge the break between two lines; ``is_first``: the upper one begins its paragraph."""
    size = max(line.size, below.size)
    if _PAGE_NUMBER.fullmatch(line.text):
        return _Break.UNKNOWN
    if _PAGE_NUMBER.fullmatch(below.text):
        return _Break.PARAGRAPH if page.ends_short(line) else _Break.UNKNOWN
    if page.stands_apart and below.base - line.base > _APART * page.distance:
        return _Break.PARAGRAPH
    if not _has_no_room(line, below, page.right):
        return _Break.UNKNOWN if page.is_centred(line) else _Break.PARAGRAPH
    if _STARTS_UNIT.match(below.text) or min(line.size, below.size) < 0.8 * size:
        return _Break.UNKNOWN
    if line.text.endswith(("-", "/")) or below.text.startswith(("-", "/")):
        return _Break.UNKNOWN
    return _judge_edges(line, below, page, is_first=is_first)


def _has_no_room(line: PlacedLine, below: PlacedLine, right: float) -> bool:
    """Whether the first word of the line below, by its share of that line, would have been too long."""
    word = len(below.text.split(" ", 1)[0]) / max(1, len(below.text)) * (below.right - below.left)
    return line.right + _SPACE * line.size + word > right - _SLACK * line.size


def _judge_edges(line: PlacedLine, below: PlacedLine, page: _Page, *, is_first: bool) -> _Break:
    """Judge by where the lines begin: a paragraph goes on at its edge, behind its indent or marker."""
    shift = (below.left - line.left) / max(line.size, below.size)
    if abs(shift) < _ALIGNED:
        return _Break.WIDTH if not is_first or page.stands_apart else _Break.UNKNOWN
    hangs = shift > 0 and bool(_STARTS_UNIT.match(line.text))
    if is_first:
        return _Break.WIDTH if shift < 0 or hangs else _Break.UNKNOWN
    return _Break.PARAGRAPH if shift > 0 else _Break.UNKNOWN
