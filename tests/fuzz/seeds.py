"""Sound files of every format, small enough to be read in a moment: what the mutations start from."""

from __future__ import annotations

import io
import quopri
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline.roundtrip.bench import office_file
from pipeline.roundtrip.web import web_page
from pipeline.roundtrip.word import word_file
from tests.read.conftest import encode_legacy

_LENGTH = 5_000  # code points of each document
_LARGEST = 200_000  # bytes of other files
_FONT = "DejaVu Serif"
_PICTURE = (0, 0, 900, 500)  # of the first page, in pixels: the letterhead and a few lines

_TYPED = str.maketrans("“”‘’–—…•", "\"\"''--.-")  # what old encodings have no codes for

KINDS = frozenset({"txt", "html", "mht", "docx", "rtf", "doc", "pdf", "png", "jpg", "tif"})
SLOW = frozenset({"doc", "png", "jpg", "tif"})
"""Formats that another program reads: a second a file, not a hundredth."""


@dataclass(frozen=True)
class Seed:
    """A sound file and its format."""

    kind: str
    data: bytes


def seeds(corpus: Path, more: Path | None = None) -> list[Seed]:
    """Return files of every format made of the texts of *corpus*, and those of a folder as they are."""
    found = [seed for path in sorted(corpus.glob("*.txt")) for seed in _made(path.read_text("utf-8"))]
    if more is not None:
        found += [
            Seed(path.suffix[1:].lower(), path.read_bytes())
            for path in sorted(more.rglob("*.*"))
            if path.suffix[1:].lower() in KINDS and path.stat().st_size < _LARGEST
        ]
    return found


def _made(text: str) -> Iterator[Seed]:
    text = text[:_LENGTH]
    yield Seed("txt", text.encode())
    yield Seed("txt", text.encode("utf-16"))
    typed = text.translate(_TYPED)
    yield Seed("tcvn3", encode_legacy(typed, "tcvn3"))
    yield Seed("vni", encode_legacy(typed, "vni"))
    page = web_page(text)
    yield Seed("html", page)
    yield Seed("mht", _mht(page))
    yield Seed("docx", word_file(text, _FONT))
    if shutil.which("soffice"):
        yield Seed("rtf", office_file(text, _FONT, "rtf"))
        yield Seed("doc", office_file(text, _FONT, "doc"))
        pdf = office_file(text, _FONT, "pdf")
        yield Seed("pdf", pdf)
        yield from _pictures(pdf)


def _mht(page: bytes) -> bytes:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"; type="text/html"\n\n--x\n'
    part = b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    return head + part + quopri.encodestring(page) + b"\n--x--\n"


def _pictures(pdf: bytes) -> Iterator[Seed]:
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[0].render(scale=1.5).to_pil().convert("L").crop(_PICTURE)
    for kind, name in (("png", "PNG"), ("jpg", "JPEG"), ("tif", "TIFF")):
        stream = io.BytesIO()
        picture.save(stream, name)
        yield Seed(kind, stream.getvalue())
