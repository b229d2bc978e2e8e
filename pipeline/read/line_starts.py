"""Second thoughts about recognised lines: markers at their start, and dirt.

Recognition expects words; a lone "I.", "7." or "-" before a gap is none, and comes out as "L", "2." or "¬".
The shape tells a dash, and a reader of figures alone tells numbers. Imports ``tesseract``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from statistics import median

from PIL import Image

from pipeline.read.tesseract import LATIN, LINE, Word, languages, recognise_picture

Line = list[Word]

_FIGURES = "0123456789IVX.)"
_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]?")

# What a number is taken for: "L", "Il.", "IH.", "1l", "]", "ˆ".
_MAYBE_NUMBER = re.compile(r"[IVXLHTlil1\d|\]\[!ˆ.,:)]{1,5}|[^\w]{1,3}")

_DOUBTED = 80.0  # of 100; a number read with less is read again
_BELIEVED = 50.0  # of 100; so sure must the second reading be
_DIRT = 30.0  # of 100; signs without a letter or digit below it are specks
_NO_WORDS = frozenset("ˆ`´¨¬¦~^")  # marks without their letter are specks too
_DASH_SHAPE, _DASH_HEIGHT = 2.0, 0.4  # a dash: width by height, height by size of the letters
_MARGIN = 30  # pixels of white that recognition wants around a line


def reconsider(words: Iterable[Word], picture: Image.Image, seconds: float) -> tuple[Word, ...]:
    """Return the words of a page with the markers at the starts of lines put right and dirt left out."""

    def read_figures(line: Line) -> Word | None:
        return _read_figures(line, picture, seconds)

    return tuple(
        word
        for line in lines_of(words)
        for word in without_specks(with_number(with_dash(line), read_figures))
    )


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Group words by the line they stand on, in reading order."""
    lines: dict[int, Line] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def with_dash(line: Line) -> Line:
    """Read a flat mark at the start of a line as a dash, whatever sign it was taken for (¬, :, _)."""
    first, *others = line
    size = median(word.bottom - word.top for word in others) if others else 0.0
    height = first.bottom - first.top
    is_flat = first.right - first.left >= _DASH_SHAPE * height and height < _DASH_HEIGHT * size
    if is_flat and not any(map(str.isalnum, first.text)):
        return [replace(first, text="-", confidence=_DOUBTED), *others]
    return line


def with_number(line: Line, read_figures: Callable[[Line], Word | None]) -> Line:
    """Read the start of a line again as a number, where it may be one and was read with doubt.

    ``read_figures`` reads the picture of the first word and knows nothing but figures.
    """
    first = line[0]
    if len(line) < 2 or first.confidence >= _DOUBTED or not _MAYBE_NUMBER.fullmatch(first.text):
        return line
    found = read_figures(line)
    if found is None or found.confidence < _BELIEVED or not _NUMBER.fullmatch(found.text):
        return line
    stop = "." if first.text.endswith(".") and found.text[-1].isalnum() else ""
    return [replace(first, text=found.text + stop, confidence=found.confidence), *line[1:]]


def without_specks(line: Line) -> Line:
    """Leave out signs that are nothing but dirt, by all appearances."""
    return [word for word in line if not _is_speck(word)]


def _is_speck(word: Word) -> bool:
    doubtful = word.confidence < _DIRT and not any(map(str.isalnum, word.text))
    return doubtful or set(word.text) <= _NO_WORDS


def _read_figures(line: Line, picture: Image.Image, seconds: float) -> Word | None:
    """Recognise what stands before the second word of a line, as figures."""
    if LATIN not in languages():
        return None
    first, second = line[:2]
    top, bottom = min(first.top, second.top), max(first.bottom, second.bottom)
    start = picture.crop((first.left - 20, top - 8, max(first.right, second.left - 8), bottom + 8))
    framed = Image.new("L", (start.width + 2 * _MARGIN, start.height + 2 * _MARGIN), 255)
    framed.paste(start, (_MARGIN, _MARGIN))
    words = recognise_picture(framed, seconds, language=LATIN, shows=LINE, only=_FIGURES)
    return words[0] if len(words) == 1 else None
