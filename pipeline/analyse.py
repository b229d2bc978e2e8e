"""One document, from raw text to everything that it says by itself.

What needs other documents (identity of instruments, parents, alignment) comes later, in `run`.
Imports ``clean``, ``segment`` and ``extract``.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.clean import CleanText, clean_text
from pipeline.corpus import Source
from pipeline.errors import UnreadableFile
from pipeline.extract.assignments import assignments_of
from pipeline.extract.deadlines import deadlines_of
from pipeline.extract.references import references_of
from pipeline.read import Limits, read_file
from pipeline.records import (
    DocType,
    Document,
    Header,
    Layout,
    ManifestRow,
    Provision,
    RawDocument,
)
from pipeline.segment import parse_document

PAGE_BREAK = "\f"
_LINES = 4  # of a paragraph as it is printed, on an average of a long document, blank ones included


def analyse_source(source: Source, limits: Limits | None = None) -> Document:
    """Return everything that the file of *source* and its row of the manifest say.

    *limits*: what the file may cost; ``Limits()`` unless given.

    Raises:
        UnreadableFile: the file cannot be read; the reason is for ``rejects``.
    """
    bounds = limits or Limits()
    raw = read_file(source.path, limits=bounds)
    document = analyse_pages(
        raw, doc_id=source.doc_id, manifest=source.manifest, max_paragraphs=bounds.max_paragraphs
    )
    return replace(
        document,
        source_path=source.relative_path,
        sha256=sha256_of(source.path),
    )


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of the bytes of *path* in hexadecimal, or None where they cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def analyse_text(text: str, *, doc_id: str = "document", manifest: ManifestRow | None = None) -> Document:
    """Return everything that *text*, raw or clean, says by itself.

    >>> document = analyse_text("CHỈ THỊ\\nVề an ninh\\n1. Công an tỉnh báo cáo trước ngày 15/11 hằng năm.")
    >>> [provision.path for provision in document.provisions]
    ['1']
    """
    raw = RawDocument(pages=(text,), media_type="text/plain", text_source="text")
    return analyse_pages(raw, doc_id=doc_id, manifest=manifest or ManifestRow())


def analyse_pages(
    raw: RawDocument, *, doc_id: str, manifest: ManifestRow, max_paragraphs: int | None = None
) -> Document:
    """Return the document that the pages of *raw* hold; the manifest wins over the text.

    Raises:
        UnreadableFile: ``too_large``, where there are more than *max_paragraphs* lines of clean text, or so
            many lines that cleaning them takes too long.
    """
    text = PAGE_BREAK.join(raw.pages)
    _require_lines(text, max_paragraphs, each=_LINES)
    clean = clean_text(text, recognised=raw.text_source == "ocr")
    _require_lines(clean.text, max_paragraphs)
    layout = parse_document(clean.text)
    header = _with_manifest(layout.header, manifest)
    return Document(
        doc_id=doc_id,
        text=clean.text,
        header=header,
        printed_header=layout.header,
        closing=layout.closing,
        stamp=clean.stamp,
        level=manifest.level,
        province=manifest.province,
        commune=manifest.commune,
        provisions=_with_pages(layout, clean) if raw.paged else layout.provisions,
        references=references_of(clean.text, layout),
        deadlines=deadlines_of(clean.text, layout),
        assignments=assignments_of(layout),
        repairs=clean.repairs,
        media_type=raw.media_type,
        text_source=raw.text_source,
        pages=len(raw.pages) if raw.paged else None,
        doubtful=raw.doubtful,
    )


def _require_lines(text: str, max_paragraphs: int | None, *, each: int = 1) -> None:
    if max_paragraphs is not None and text.count("\n") >= each * max_paragraphs:
        raise UnreadableFile("too_large", f"More than {max_paragraphs} paragraphs; raise max_paragraphs.")


def _with_manifest(header: Header, manifest: ManifestRow) -> Header:
    doc_type = manifest.doc_type or header.doc_type or DocType.OTHER
    return replace(
        header,
        doc_type=doc_type,
        number=manifest.number or header.number,
        issued_on=manifest.issued_on or header.issued_on,
        issuer=manifest.issuer or header.issuer,
    )


def _with_pages(layout: Layout, clean: CleanText) -> tuple[Provision, ...]:
    return tuple(replace(provision, page=clean.page_of(provision.start)) for provision in layout.provisions)
