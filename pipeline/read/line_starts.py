"""Second thoughts about recognised lines: markers at their start, and dirt.

Recognition expects words; a lone "I.", "7." or "-" before a gap is none, and comes out as "L", "2." or "¬".
The shape tells a dash, and a reader of figures alone tells numbers. Imports ``ink`` and
``tesseract``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import median

from PIL import Image

from pipeline.read.ink import ink_box, upright_strokes
from pipeline.read.tesseract import LATIN, LINE, WORD, Word, languages, recognise_picture

Line = list[Word]

_FIGURES = "0123456789IVX.)"
_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]?")

# What a number is taken for: "L", "Il.", "IH.", "1l", "]", "ˆ".
_MAYBE_NUMBER = re.compile(r"[IVXLHTlil1\d|\]\[!ˆ.,:)]{1,5}|[^\w]{1,3}")

# The same as far from the text as a marker: "ở:", "Si."; but "a)", "đ)", "c." are markers in their own right.
_SCRAP = re.compile(r"(?![^\W\d_][).]$)\S{1,2}[.,:;)]?")

# What I, II and III are taken for, and what they are: "L.", "IH.", "II.ˆ".
_MAYBE_ONES = re.compile(r"[IHLl|\]\[!ˆ]{1,4}[.,_]{0,2}ˆ?")
_MOST_PARTS = 4  # words in which a misread number and the heading after it begin

_DOUBTED = 80.0  # of 100; a number read with less is read again
_DOUBTED_IN_HEADING = 92.0  # "II." before a heading comes out as "I." without much doubt
_TAB = 1.5  # sizes of the letters: blanks are narrower, but in lines of few words
_LONGEST = 4  # characters of what a number is taken for
_BELIEVED = 50.0  # of 100; so sure must the second reading be
_DIRT = 30.0  # of 100; signs without a letter or digit below it are specks
_NO_WORDS = frozenset("ˆ`´¨¬¦~^")  # marks without their letter are specks too
_DASH_SHAPE, _DASH_HEIGHT = 2.0, 0.4  # a dash: width by height, height by size of the letters
_DASH_REACH = 6  # sizes of the letters before a line in which its dash may stand
_MARKS = 0.45  # of the usual height of a line: marks without their letters are lower
_MARGIN = 30  # pixels of white that recognition wants around a line


def reconsider(words: Iterable[Word], picture: Image.Image, seconds: float) -> tuple[Word, ...]:
    """Return the words of a page with the markers at the starts of lines put right and dirt left out."""

    def look_again(start: Line, end: int) -> tuple[str, float]:
        counted = _count_ones(start, end, picture)
        return counted if counted[0] else _read_figures(start, end, picture, seconds)

    lines = lines_of(word for word in words if _shows_ink(word, picture))
    dashed = (with_dash(_with_lost_dash(line, picture)) for line in without_stray_marks(lines))
    numbered = (with_number(line, look_again) for line in dashed)
    return tuple(word for line in numbered for word in without_specks(line))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Group words by the line they stand on, in reading order."""
    lines: dict[int, Line] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def without_stray_marks(lines: Sequence[Line]) -> list[Line]:
    """Leave out lines that are nothing but the marks above the letters of the line below them.

    They are far lower than the lines of their page; a line of signs, such as a dash alone, stays.
    """
    heights = [median(word.bottom - word.top for word in line) for line in lines]
    least = _MARKS * median(heights) if heights else 0.0
    return [
        line
        for line, height in zip(lines, heights, strict=True)
        if height >= least or not any(char.isalnum() for word in line for char in word.text)
    ]


def with_dash(line: Line) -> Line:
    """Read a flat mark at the start of a line as a dash, whatever it was taken for (¬, :, š).

    No letter is flat.
    """
    first, *others = line
    size = median(word.bottom - word.top for word in others) if others else 0.0
    if _is_flat(first.right - first.left, first.bottom - first.top, size):
        return [replace(first, text="-", confidence=_DOUBTED), *others]
    return line


def _with_lost_dash(line: Line, picture: Image.Image) -> Line:
    """Put back a mark that stands alone before a line and was passed over, if it is as flat as a dash."""
    size = max(1, round(median(word.bottom - word.top for word in line)))
    first = line[0]
    left, top = max(0, first.left - _DASH_REACH * size), first.top
    ink = ink_box(picture.crop((left, top, max(left + 1, first.left - size // 3), first.bottom)))
    if ink is None or ink[0] == 0 or not _is_flat(ink[2] - ink[0], ink[3] - ink[1], size):
        return line
    places = (left + ink[0], top + ink[1], left + ink[2], top + ink[3])
    return [Word("-", _DOUBTED, *places, first.line), *line]


def _is_flat(width: int, height: int, size: float) -> bool:
    return width >= _DASH_SHAPE * height and height < _DASH_HEIGHT * size and width < size


def with_number(line: Line, look_again: Callable[[Line, int], tuple[str, float]]) -> Line:
    """Read the start of a line again as a number, where it may be one and was read with doubt.

    A short word alone on a line may be the number of the page.

    ``look_again`` is given the words at the start and the place where the next word begins; it knows
    nothing but numbers, and returns one with its confidence.
    """
    size = _start_size(line)
    start, rest = line[:size], line[size:]
    if not _is_doubtful(start, rest):
        return line
    text, confidence = look_again(start, rest[0].left if rest else start[-1].right + _MARGIN)
    if confidence < _BELIEVED or not _NUMBER.fullmatch(text):
        return line
    stop = "." if "." in start[0].text and text[-1].isalnum() else ""
    return [replace(start[0], text=text + stop, right=start[-1].right, confidence=confidence), *rest]


def _start_size(line: Line) -> int:
    """Return how many words stand before a heading in capitals, 1 before anything else."""
    heads = (n for n, word in enumerate(line[1:_MOST_PARTS], 1) if len(word.text) > 1 and word.text.isupper())
    return next(heads, 1)


def _is_doubtful(start: Line, rest: Line) -> bool:
    """Whether a start may be a misread number.

    Nearly any may that stands alone, before a heading in capitals, or as far from the text as markers do.
    """
    text = "".join(word.text for word in start)
    confidence = min(word.confidence for word in start)
    if not rest or (len(rest[0].text) > 1 and rest[0].text.isupper()):
        doubted = confidence < _DOUBTED_IN_HEADING or _MAYBE_ONES.fullmatch(text) is not None
        return doubted and len(text) <= _LONGEST
    if rest[0].left - start[-1].right > _TAB * (rest[0].bottom - rest[0].top):
        return confidence < _DOUBTED and _SCRAP.fullmatch(text) is not None
    return confidence < _DOUBTED and _MAYBE_NUMBER.fullmatch(text) is not None


def without_specks(line: Line) -> Line:
    """Leave out signs that are nothing but dirt, by all appearances."""
    return [word for word in line if not _is_speck(word)]


def _shows_ink(word: Word, picture: Image.Image) -> bool:
    """Whether a sign stands on the page at all: recognition sees some in the gap behind a marker."""
    if any(map(str.isalnum, word.text)):
        return True
    return ink_box(picture.crop((word.left, word.top, word.right, word.bottom))) is not None


def _is_speck(word: Word) -> bool:
    doubtful = word.confidence < _DIRT and not any(map(str.isalnum, word.text))
    return doubtful or set(word.text) <= _NO_WORDS


def _count_ones(start: Line, end: int, picture: Image.Image) -> tuple[str, float]:
    """Count the strokes of I, II and III, which are easily misread; ("", 0) for anything else."""
    text = "".join(word.text for word in start)
    if not _MAYBE_ONES.fullmatch(text):
        return "", 0.0
    top, bottom = min(word.top for word in start), max(word.bottom for word in start)
    right = max(start[-1].right, end - (bottom - top) // 3)
    strokes, stop = upright_strokes(picture.crop((start[0].left - 2, top - 2, right, bottom + 2)))
    return ("I" * strokes + "." * stop, 100.0) if 1 <= strokes <= 3 else ("", 0.0)


def _read_figures(start: Line, end: int, picture: Image.Image, seconds: float) -> tuple[str, float]:
    """Recognise the start of a line as figures; ("", 0) where that gives nothing."""
    if LATIN not in languages():
        return "", 0.0
    top, bottom = min(word.top for word in start), max(word.bottom for word in start)
    cut = picture.crop((start[0].left - 20, top - 8, max(start[-1].right, end - 8), bottom + 8))
    framed = Image.new("L", (cut.width + 2 * _MARGIN, cut.height + 2 * _MARGIN), 255)
    framed.paste(cut, (_MARGIN, _MARGIN))
    for shows in (LINE, WORD):  # a lone figure is seen as the one or as the other
        words = recognise_picture(framed, seconds, language=LATIN, shows=shows, only=_FIGURES)
        if len(words) == 1 and words[0].confidence >= _BELIEVED:
            return words[0].text, words[0].confidence
    return "", 0.0
