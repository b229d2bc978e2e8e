"""Recognised words to pieces of text with places: a line's words share a base line and a size.

Recognition gives a box around the ink of every word, and "ngày" reaches lower than "năm": the base line shows
under the words without a tail only. Imports ``layout`` and ``tesseract``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from statistics import fmean, median

from pipeline.read.layout import Piece
from pipeline.read.line_starts import lines_of
from pipeline.read.tesseract import DPI, Word

POINT = 72 / DPI
"""Points in a pixel."""

_TAILS = frozenset("gjpqyQ,;()[]|_/\N{COMBINING DOT BELOW}")
_TAIL = 0.25  # of the size of the letters

_LIKE = 0.3  # a line that differs by less from the usual size of its page has the usual size


def pieces_of(words: Iterable[Word]) -> tuple[Piece, ...]:
    """Return the words of a page as pieces, places in points."""
    lines = lines_of(words)
    usual = median(_size(line) for line in lines) if lines else 1.0
    return tuple(piece for line in lines for piece in _pieces(line, usual))


def _pieces(line: Sequence[Word], usual: float) -> list[Piece]:
    size = _size(line)
    size = usual if abs(size - usual) < _LIKE * usual else size
    standing = [word for word in line if not _has_tail(word.text)]
    tail = 0.0 if standing else _TAIL * size
    bottoms = [(word.left, word.bottom - tail) for word in standing or line]
    slope = _slope(bottoms)
    base = median(bottom - slope * left for left, bottom in bottoms)
    pieces = []
    for word in line:
        places = (word.left, word.right, base + slope * word.left, size)
        pieces.append(Piece(f"{word.text} ", *(place * POINT for place in places)))
    return pieces


def _size(line: Sequence[Word]) -> float:
    return max(1.0, median(word.bottom - word.top for word in line))


def _has_tail(text: str) -> bool:
    return not _TAILS.isdisjoint(unicodedata.normalize("NFD", text))


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Return how far a line falls per pixel, from its first to its last third; 0 for short lines."""
    third = len(points) // 3
    if third < 2:
        return 0.0
    first, last = points[:third], points[-third:]
    run = fmean(x for x, _ in last) - fmean(x for x, _ in first)
    drop = fmean(y for _, y in last) - fmean(y for _, y in first)
    return drop / run if run else 0.0
