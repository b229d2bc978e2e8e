"""What a PDF page holds, as pypdfium2 sees it: pieces of text, rules, images.

Places are in points, y growing downwards from the top of the page as it is shown. Imports ``layout``,
``legacy`` and ``ruled_tables``.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.read.layout import Piece
from pipeline.read.legacy import decode_runs
from pipeline.read.ruled_tables import Rule

_MAX_OBJECTS = 20_000  # paths of one page that are looked at for rules
_LEVEL = 0.2  # rise by run of a line that counts as level
_MIN_SIZE = 1.0  # points; hidden layers have letters without height
_MIN_RULE = 8.0  # points; shorter strokes are no rules
_STRAIGHT = 1.5  # points by which a rule may be off its direction

# The library marks a hyphen at the end of a line so, expecting it to go when the lines are joined.
_LINE_END_HYPHEN = "\x02"

# A piece of text ends where the base line or the place jumps by more than this part of the letters' size.
_BASE_JUMP = 0.25
_GAP = 0.75


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character; ``generated`` ones are blanks that the library put between words."""

    char: str
    left: float
    right: float
    base: float
    size: float
    font: str
    generated: bool


def pieces_of(page: pdfium.PdfPage, fences: Sequence[Rule] = ()) -> list[Piece]:
    """Return the text of a page in pieces without wide gaps, letters of old fonts decoded.

    No piece reaches across a fence, a vertical rule between two columns of a table.
    """
    pieces: list[Piece] = []
    run: list[Glyph] = []
    for glyph in _glyphs(page):
        last = next((printed for printed in reversed(run[-2:]) if not printed.generated), None)
        if last and (_jumps(last, glyph) or _fenced(last, glyph, fences)):
            pieces.append(_piece(run))
            run = []
        if run or not glyph.generated:
            run.append(glyph)
    if run:
        pieces.append(_piece(run))
    return [piece for piece in pieces if piece.text.strip()]


def _jumps(last: Glyph, glyph: Glyph) -> bool:
    """Whether a piece ends between two glyphs; a generated blank has no place of its own."""
    if glyph.generated:
        return glyph.char in "\r\n"
    size = max(last.size, glyph.size)
    gap = glyph.left - last.right
    return abs(last.base - glyph.base) > _BASE_JUMP * size or gap > _GAP * size or gap < -2 * size


def _fenced(last: Glyph, glyph: Glyph, fences: Sequence[Rule]) -> bool:
    if not fences or glyph.generated or glyph.left - last.left < 1.0:
        return False
    height = glyph.base - glyph.size / 4
    return any(last.left < f.at <= glyph.left + 1.0 and f.start <= height <= f.end for f in fences)


def _piece(run: list[Glyph]) -> Piece:
    """Join glyphs, decoded as their fonts want it."""
    text = decode_runs((glyph.char, glyph.font) for glyph in run)
    inked = [glyph for glyph in run if not glyph.char.isspace()] or run
    bases = sorted(glyph.base for glyph in inked)
    sizes = sorted(glyph.size for glyph in inked)
    middle = len(inked) // 2
    return Piece(text.strip("\r\n"), inked[0].left, inked[-1].right, bases[middle], sizes[middle])


def _glyphs(page: pdfium.PdfPage) -> Iterator[Glyph]:
    """Yield the level characters of a page in the order in which the file draws them.

    What stands askew or upright on the page as shown is a watermark or the note of a signing service.
    """
    textpage = page.get_textpage()
    place = _Place(page)
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    for index in range(textpage.count_chars()):
        pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
        if not place.is_level(matrix.a, matrix.b):
            continue
        pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium_c.FPDFText_GetFontInfo(textpage, index, name, len(name), flags)
        left, right = place.extent(box)
        char = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        yield Glyph(
            "-" if char == _LINE_END_HYPHEN else char,
            left,
            right,
            place.point(x.value, y.value)[1],
            max(_MIN_SIZE, pdfium_c.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)),
            name.value.decode("utf-8", "replace"),
            pdfium_c.FPDFText_IsGenerated(textpage, index) == 1,
        )


class _Place:
    """Turns places of the file into places on the page as shown: rotated, y downwards."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 90:
                return y, x
            case 180:
                return self.width - x, y
            case 270:
                return self.width - y, self.height - x
        return x, self.height - y

    def is_level(self, along: float, up: float) -> bool:
        """Whether text that runs in this direction in the file runs from left to right as shown."""
        turned = {90: (up, -along), 180: (-along, -up), 270: (-up, along)}.get(self.rotation, (along, up))
        return abs(turned[1]) <= _LEVEL * abs(turned[0]) or turned == (0, 0)

    def extent(self, box: pdfium_c.FS_RECTF) -> tuple[float, float]:
        """Return the left and the right end of a box."""
        x0, x1 = self.point(box.left, box.bottom)[0], self.point(box.right, box.top)[0]
        return min(x0, x1), max(x0, x1)


def rules_of(page: pdfium.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """Return the horizontal and the vertical rules that are drawn on a page."""
    place = _Place(page)
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for item in islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=1), _MAX_OBJECTS):
        for start, end in _strokes(item):
            (x0, y0), (x1, y1) = place.point(*start), place.point(*end)
            if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _MIN_RULE:
                horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _MIN_RULE:
                vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return horizontal, vertical


_Point = tuple[float, float]


def _strokes(item: pdfium.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight strokes of a path; the edges of a box are strokes too."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(min(pdfium_c.FPDFPath_CountSegments(item), _MAX_OBJECTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield last, point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield point, first
        last = point


def image_share(page: pdfium.PdfPage) -> float:
    """Return the part of the page, in [0, 1], that its largest image covers."""
    width, height = page.get_size()
    largest = 0.0
    for item in islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), 500):
        left, bottom, right, top = item.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return min(1.0, largest / (width * height)) if width and height else 0.0
