"""Figures that a PDF draws as outlines and does not set as text: number and day of a signed document.

Systems for electronic signing fill "Số:      /QĐ-UBND" with the curves of figures, which no text layer
holds. Each outline is compared with the figures that the same document prints, so that a figure is read
where it is one of them and looks like no other; the rest stays open. Imports ``layout`` and ``page``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageOps, ImageStat

from pipeline.read.layout import Piece
from pipeline.read.page import PageContent

_MAX_OBJECTS = 2_000  # paths of one page that are looked at
_MAX_OUTLINES = 200  # of one document; where there are more, all of its text is drawn
_MAX_PAGES = 20  # that are looked at, and from which printed figures are taken
_MAX_SHAPES = 12  # printed shapes of one figure on one page
_MIN_SEGMENTS = 6  # of an outline; a box has five
_HEIGHTS = (4.0, 24.0)  # points
_WIDTHS = (0.15, 1.1)  # of the height
_SCALE = 4.0  # pixels a point
_INK = 96  # of 255; what is lighter is the edge of a letter
_SHAPE = (16, 24)  # pixels to which all figures are brought
_ASPECT = 0.25  # part by which the shapes of one figure may differ in width
_ALIKE = 30.0  # of 255, mean difference of the pixels: the same figure of the same typeface has below 20
_APART = 1.5  # times as far must the next figure be
_FIGURE_HEIGHT = 0.67  # of the size of the letters
_SAME_LINE = 0.25  # of the height, by which figures of one line may be off it
_GAP = 0.6  # of the height, between the figures of one number


@dataclass(frozen=True, slots=True)
class _Figure:
    """The shape of one figure on a page; places are those of the file, y growing upwards."""

    left: float
    bottom: float
    right: float
    top: float
    aspect: float
    shape: Image.Image

    @property
    def height(self) -> float:
        """Height in points."""
        return self.top - self.bottom


_Box = tuple[float, float, float, float]


def add_drawn_figures(document: pdfium.PdfDocument, pages: Sequence[PageContent]) -> list[PageContent]:
    """Return the pages with the drawn figures that could be read among their pieces."""
    boxes = {index: list(_outlines(document[index])) for index in range(min(len(pages), _MAX_PAGES))}
    drawn = {index: found for index, found in boxes.items() if found}
    if not drawn or sum(map(len, drawn.values())) > _MAX_OUTLINES:
        return list(pages)
    printed = _printed_figures(document)
    result = list(pages)
    for index, found in drawn.items():
        height = document[index].get_size()[1]
        numbers = _numbers(_figures(document[index], found))
        pieces = (_piece(number, printed, height) for number in numbers)
        result[index] = replace(result[index], pieces=(*result[index].pieces, *filter(None, pieces)))
    return result


def _outlines(page: pdfium.PdfPage) -> Iterator[_Box]:
    """Yield the boxes of paths that may be the outline of a figure; pages that are turned have none."""
    if page.get_rotation():
        return
    for item in islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3), _MAX_OBJECTS):
        if pdfium_c.FPDFPath_CountSegments(item) < _MIN_SEGMENTS:
            continue
        left, bottom, right, top = item.get_bounds()
        height, width = top - bottom, right - left
        if _HEIGHTS[0] <= height <= _HEIGHTS[1] and _WIDTHS[0] * height <= width <= _WIDTHS[1] * height:
            yield left, bottom, right, top


def _printed_figures(document: pdfium.PdfDocument) -> dict[str, list[_Figure]]:
    """Return the figures that the first pages set as text, by the figure."""
    printed: dict[str, list[_Figure]] = defaultdict(list)
    for index in range(min(len(document), _MAX_PAGES)):
        textpage = document[index].get_textpage()
        boxes: dict[str, list[_Box]] = defaultdict(list)
        for place in range(textpage.count_chars()):
            char = chr(pdfium_c.FPDFText_GetUnicode(textpage, place))
            if char in "0123456789" and len(boxes[char]) < _MAX_SHAPES:
                boxes[char].append(textpage.get_charbox(place))
        for char, found in boxes.items():
            printed[char] += _figures(document[index], found)
    return printed


def _figures(page: pdfium.PdfPage, boxes: Iterable[_Box]) -> list[_Figure]:
    picture = ImageOps.invert(page.render(scale=_SCALE).to_pil().convert("L"))
    height = page.get_size()[1]
    cut = ((box, _ink(picture, box, height)) for box in boxes)
    return [
        _Figure(*box, ink.width / ink.height, ink.resize(_SHAPE, Image.Resampling.BOX))
        for box, ink in cut
        if ink is not None
    ]


def _ink(picture: Image.Image, box: _Box, height: float) -> Image.Image | None:
    """Cut out what is printed in a box, without the paper around it."""
    left, bottom, right, top = (int(at * _SCALE) for at in (box[0], height - box[1], box[2], height - box[3]))
    cut = picture.crop((left - 1, top - 1, right + 2, bottom + 2))
    inked = cut.point([0 if level <= _INK else 255 for level in range(256)]).getbbox()
    return cut.crop(inked) if inked else None


def _numbers(figures: Iterable[_Figure]) -> list[list[_Figure]]:
    """Return the figures that stand close to each other on one line, from left to right."""
    lines: list[list[_Figure]] = []
    for figure in sorted(figures, key=lambda figure: figure.bottom):
        if lines and figure.bottom - lines[-1][-1].bottom < _SAME_LINE * figure.height:
            lines[-1].append(figure)
        else:
            lines.append([figure])
    return [number for line in lines for number in _split(sorted(line, key=lambda figure: figure.left))]


def _split(line: Sequence[_Figure]) -> Iterator[list[_Figure]]:
    """Yield the numbers of a line, which is cut where figures stand apart."""
    number: list[_Figure] = []
    for figure in line:
        if number and figure.left - number[-1].right > _GAP * figure.height:
            yield number
            number = []
        number.append(figure)
    if number:
        yield number


def _piece(number: Sequence[_Figure], printed: dict[str, list[_Figure]], height: float) -> Piece | None:
    """Return the number as a piece of text, None where one of its figures cannot be told."""
    read = [_read(figure, printed) for figure in number]
    if None in read:
        return None
    size = max(figure.height for figure in number) / _FIGURE_HEIGHT
    base = height - max(figure.bottom for figure in number)
    return Piece("".join(filter(None, read)), number[0].left, number[-1].right, base, size)


def _read(figure: _Figure, printed: dict[str, list[_Figure]]) -> str | None:
    """Return the printed figure that the outline is, None where it is none, or two are near."""
    nearest = ((min(_distances(figure, shapes), default=255.0), char) for char, shapes in printed.items())
    distances = sorted(nearest)
    if not distances or distances[0][0] > _ALIKE:
        return None
    alone = len(distances) == 1 or distances[1][0] > _APART * distances[0][0]
    return distances[0][1] if alone else None


def _distances(figure: _Figure, shapes: Iterable[_Figure]) -> Iterator[float]:
    for shape in shapes:
        if abs(shape.aspect - figure.aspect) <= _ASPECT * figure.aspect:
            yield ImageStat.Stat(ImageChops.difference(shape.shape, figure.shape)).mean[0]
