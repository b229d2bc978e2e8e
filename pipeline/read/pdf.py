"""PDF: the text layer where it can be trusted, recognition of the picture where it cannot.

A page may have no text layer (a scan), one in an old font's codes, one whose map to Unicode is broken, or
one that a scanner's own recognition hid behind the picture. What the layer says is measured; the page goes
to recognition where that is not Vietnamese, and the better of the two is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from pipeline.errors import UnreadableFile
from pipeline.read.drawn_figures import add_drawn_figures
from pipeline.read.legacy import evidence
from pipeline.read.limits import Limits, Progress
from pipeline.read.ocr import ScannedPage, recognise
from pipeline.read.page import PageContent, page_texts
from pipeline.read.pdf_page import image_share, pieces_of, rules_of
from pipeline.read.tesseract import DPI
from pipeline.read.text import repair_surface
from pipeline.records import Doubt, RawDocument

MEDIA_TYPE = "application/pdf"

_FEW_WORDS = 12  # words that a page number or a signing note may leave on a scanned page
_SCAN_SHARE = 0.4  # part of a page; a picture larger than this may be a scan of the page
_GOOD_LAYER = 0.30  # known marked syllables in all words; Vietnamese text shows 0.4 to 0.65
_MANY_SIGNS = 0.35  # of all characters; printed text has 0.05, tables of figures 0.2
_DAMAGE_WEIGHT = 3.0  # a third of the characters without a meaning spoils the rest
_MAX_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class _Layer:
    """The text layer of one page, and whether a picture may know more."""

    text: str
    suspect: bool


def read_pdf(data: bytes, limits: Limits, progress: Progress) -> RawDocument:
    """Read a PDF page by page.

    ``text_source`` is "ocr" where more than half of the pages were recognised, else "pdf_text"; what was
    recognised with doubt stands beside the text.

    Raises:
        UnreadableFile: ``encrypted``, ``truncated``, ``too_many_pages``, ``no_text`` and what recognition
            raises.
    """
    document = _open(data)
    if len(document) > limits.max_pages:
        message = f"{len(document)} pages, more than {limits.max_pages}; raise max_pages to read it."
        raise UnreadableFile("too_many_pages", message)
    try:
        return _read(document, limits, progress)
    except pdfium.PdfiumError:
        raise UnreadableFile("truncated", "A page of the PDF is damaged; get it again.") from None


def _read(document: pdfium.PdfDocument, limits: Limits, progress: Progress) -> RawDocument:
    contents = add_drawn_figures(document, [page_content(page) for page in document])
    texts = page_texts(contents)
    layers = [_layer(page, text) for page, text in zip(document, texts, strict=True)]
    suspects = [index for index, layer in enumerate(layers) if layer.suspect]
    pictures = _pictures(document, suspects)
    scanned = recognise(pictures, len(suspects), limits, progress) if suspects else []
    scan_texts = page_texts([scan.content for scan in scanned])
    return _assemble(layers, dict(zip(suspects, zip(scanned, scan_texts, strict=True), strict=True)))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise UnreadableFile("encrypted", "The PDF asks for a password; save it without one.") from None
        raise UnreadableFile("truncated", "The PDF is damaged or incomplete; get it again.") from None
    if pages == 0:
        raise UnreadableFile("truncated", "The PDF has no pages; get it again.")
    return document


def _layer(page: pdfium.PdfPage, raw: str) -> _Layer:
    text, _ = repair_surface(raw)
    words = len(text.split())
    scanned = image_share(page) >= _SCAN_SHARE
    if words < _FEW_WORDS:
        return _Layer(text, scanned or (words == 0 and _draws_something(page)))
    return _Layer(text, trust(text) < _GOOD_LAYER and (scanned or _is_garbled(text)))


def _is_garbled(text: str) -> bool:
    """Whether the letters are not those that are printed: signs for letters, or words that are none.

    A layer without any marks, of a page that is no picture, is what somebody typed.
    """
    found = evidence(text)
    signs = sum(not (char.isalnum() or char.isspace()) for char in text)
    foreign = found.marked > _FEW_WORDS and found.share < _GOOD_LAYER
    return foreign or signs > _MANY_SIGNS * len(text)


def trust(text: str) -> float:
    """Return how much of a text is Vietnamese: known marked syllables in all words, in [0, 1].

    >>> trust("Ủy ban nhân dân các cấp có trách nhiệm thực hiện") > 0.8
    True
    >>> trust("Uy ban nhan dan cac cap co trach nhiem thuc hien")
    0.0
    """
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    damaged = sum(char == "\N{REPLACEMENT CHARACTER}" or "\ue000" <= char <= "\uf8ff" for char in text)
    intact = max(0.0, 1 - _DAMAGE_WEIGHT * damaged / len(text)) if text else 0.0
    return evidence(text).known / len(words) * intact if words else 0.0


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Return what the text layer and the drawings of a page hold."""
    horizontal, vertical = rules_of(page)
    return PageContent(tuple(pieces_of(page, vertical)), tuple(horizontal), tuple(vertical))


def _draws_something(page: pdfium.PdfPage) -> bool:
    """A page of curves without a text layer was printed by a program that turns letters into outlines."""
    return next(page.get_objects(max_depth=1), None) is not None


def _pictures(document: pdfium.PdfDocument, indexes: Sequence[int]) -> Iterator[Image.Image]:
    for index in indexes:
        page = document[index]
        width, height = page.get_size()
        scale = min(DPI / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        yield page.render(scale=scale).to_pil()


def _assemble(layers: Sequence[_Layer], scans: dict[int, tuple[ScannedPage, str]]) -> RawDocument:
    """Keep, page by page, the text layer or what was recognised, whichever is more Vietnamese."""
    pages: list[str] = []
    doubtful: list[Doubt] = []
    recognised = 0
    for index, layer in enumerate(layers):
        scan, text = scans.get(index, (None, ""))
        if scan is not None and scan.words and trust(text) >= trust(layer.text):
            recognised += 1
            pages.append(text)
            doubtful += scan.doubts(index + 1)
        else:
            pages.append(layer.text)
    if not any(page.strip() for page in pages):
        raise UnreadableFile("no_text", "No text could be recognised on any page; scan it again.")
    source = "ocr" if 2 * recognised > len(pages) else "pdf_text"
    return RawDocument(tuple(pages), MEDIA_TYPE, source, paged=True, doubtful=tuple(doubtful))
