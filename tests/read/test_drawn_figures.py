"""Figures that are drawn as outlines are read where the document prints the same ones."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from pipeline.read.limits import Limits, silent
from pipeline.read.pdf import read_pdf
from tests.read.test_pdf import pdf, show

SIZE = 13.0  # points, in which ``show`` sets text
PRINTED = show("Nghi dinh 0123456789", 80, 600)
HEAD = show("So:                 /QD-UBND", 80, 760)


def drawn(figures: str, x: float, y: float, *, font: str) -> str:
    """Return the content stream that fills the outlines of figures, set in 13 points."""
    page = pdfium.PdfDocument(pdf([show(figures, 0, 0)], font=font))[0]
    letters = pdfium_c.FPDFTextObj_GetFont(next(page.get_objects()).raw)
    strokes = []
    for figure in figures:
        path = pdfium_c.FPDFFont_GetGlyphPath(letters, ord(figure), SIZE)
        strokes += _strokes(path, x, y)
        x += 7.2
    return " ".join(strokes)


def _strokes(path: object, x: float, y: float) -> list[str]:
    operators = {pdfium_c.FPDF_SEGMENT_MOVETO: "m", pdfium_c.FPDF_SEGMENT_LINETO: "l"}
    points: list[str] = []
    found: list[str] = []
    dx, dy = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium_c.FPDFGlyphPath_CountGlyphSegments(path)):
        segment = pdfium_c.FPDFGlyphPath_GetGlyphPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, dx, dy)
        points.append(f"{x + SIZE * dx.value:.3f} {y + SIZE * dy.value:.3f}")
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind in operators or len(points) == 3:
            found.append(f"{' '.join(points)} {operators.get(kind, 'c')}")
            points = []
    return [*found, "f"]


@pytest.mark.parametrize(
    ("content", "font", "head"),
    [
        pytest.param(
            drawn("2362", 104, 760, font="Times-Roman"), "Times-Roman", "So: 2362 /QD-UBND", id="read"
        ),
        pytest.param(
            drawn("2362", 104, 760, font="Helvetica"), "Times-Roman", "So: /QD-UBND", id="another face"
        ),
        pytest.param("104 760 6 9 re f 112 760 6 9 re f", "Times-Roman", "So: /QD-UBND", id="boxes"),
        pytest.param("", "Times-Roman", "So: /QD-UBND", id="nothing drawn"),
    ],
)
def test_outline_is_read_where_the_document_prints_the_figure(content: str, font: str, head: str) -> None:
    data = pdf([f"{HEAD} {PRINTED} {content}"], font=font)
    text = read_pdf(data, Limits(), silent).pages[0]
    assert " ".join(text.partition("Nghi")[0].split()) == head


def test_outline_stays_open_where_no_figure_is_printed() -> None:
    content = drawn("45", 104, 760, font="Times-Roman")
    pages = read_pdf(pdf([f"{HEAD} {content}"], font="Times-Roman"), Limits(), silent).pages
    assert "45" not in pages[0]
