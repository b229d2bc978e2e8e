"""Which reader reads which kind of file.

A reader is imported when the first file of its kind comes: the libraries behind it are large, and most
corpora hold few kinds.
"""

from __future__ import annotations

from pipeline.errors import UnreadableFile
from pipeline.read.limits import Limits, Progress
from pipeline.records import RawDocument

_OFFICE = frozenset(
    {"application/msword", "application/vnd.oasis.opendocument.text", "application/vnd.ms-wordml"}
)


def read_untrusted(data: bytes, media_type: str, limits: Limits, progress: Progress) -> RawDocument:
    """Read a file of a format whose parser others may attack; call it in a process that may die.

    Raises:
        UnreadableFile: ``unsupported`` where there is no reader, and what the reader raises.
    """
    if media_type == "application/pdf":
        from pipeline.read.pdf import read_pdf

        return read_pdf(data, limits, progress)
    if media_type.startswith("image/"):
        from pipeline.read.image import read_image

        return read_image(data, media_type, limits, progress)
    if media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
        from pipeline.read.docx import read_docx

        return read_docx(data, limits)
    if media_type in _OFFICE:
        from pipeline.read.office import read_office

        return read_office(data, media_type, limits)
    return _read_markup(data, media_type, limits)


def _read_markup(data: bytes, media_type: str, limits: Limits) -> RawDocument:
    if media_type == "text/rtf":
        from pipeline.read.rtf import read_rtf

        return read_rtf(data, limits)
    if media_type in ("text/html", "multipart/related"):
        from pipeline.read.html import read_html, read_mhtml

        return read_html(data, limits) if media_type == "text/html" else read_mhtml(data, limits)
    raise UnreadableFile("unsupported", f"No reader for {media_type}; save it as text, Word or PDF.")
