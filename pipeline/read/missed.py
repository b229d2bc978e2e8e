"""Ink on a page where recognition read no words: lines under a seal, taken for a picture, and signatures.

Imports ``ink`` and ``tesseract``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from PIL import Image

from pipeline.read.ink import ink_of
from pipeline.read.tesseract import BLOCK, Word, confidence, recognise_picture

_CELL = 16  # pixels; a page is looked at in squares of this size, a third of a line high
_INKED = 0.05  # of a square: as much is dark where a letter passes through
_MARGIN = 8  # pixels around a word that belong to it: its marks
_WIDE, _HIGH, _LARGE = 8, 2, 30  # squares: what is less is dirt or a stroke of the pen

_BELIEVED = 60.0  # of 100; so sure must the words of a line be on average
_FEWEST = 3  # words; ornaments give fewer


def with_missed_lines(words: tuple[Word, ...], picture: Image.Image, seconds: float) -> tuple[Word, ...]:
    """Return the words of a page with those of lines that were left out.

    Taking a page apart, recognition leaves out what it takes for a picture. Where ink is left without words
    the page is read once more as one block of text, and lines that come out well are added.

    Raises:
        UnreadableFile: as recognition does.
    """
    if not missed_areas(words, picture):
        return words
    again = recognise_picture(picture, seconds, shows=BLOCK)
    new = [word for word in again if not any(_holds(known, word) for known in words)]
    lines = [list(line) for _, line in groupby(new, key=lambda word: word.line)]
    good = [line for line in lines if len(line) >= _FEWEST and confidence(line) >= _BELIEVED]
    first = 1 + max((word.line for word in words), default=0)
    return (*words, *(replace(word, line=first + n) for n, line in enumerate(good) for word in line))


def missed_areas(words: Iterable[Word], picture: Image.Image) -> int:
    """Return how many areas of a page, one below the other, have ink but no words."""
    cells = _inked_cells(picture)
    for word in words:
        top, left = ((edge - _MARGIN) // _CELL for edge in (word.top, word.left))
        bottom, right = ((edge + _MARGIN) // _CELL + 1 for edge in (word.bottom, word.right))
        cells[max(0, top) : bottom, max(0, left) : right] = False
    return sum(1 for area in _bands(cells.sum(axis=1).tolist()) if len(area) >= _HIGH and sum(area) >= _LARGE)


def _inked_cells(picture: Image.Image) -> np.typing.NDArray[np.bool_]:
    ink = ink_of(picture)
    height, width = (size // _CELL for size in ink.shape)
    squares = ink[: height * _CELL, : width * _CELL].reshape(height, _CELL, width, _CELL)
    return np.asarray(squares.mean(axis=(1, 3)) >= _INKED)


def _bands(inked: Sequence[int]) -> Iterator[list[int]]:
    """Yield the stretches of rows of squares that hold much ink, as how many squares hold it."""
    for is_wide, rows in groupby(inked, key=lambda count: count >= _WIDE):
        if is_wide:
            yield list(rows)


def _holds(known: Word, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return known.left <= x <= known.right and known.top <= y <= known.bottom
