"""Word files (.docx): paragraphs and tables in document order, automatic numbering made visible.

What the reader of the printed page sees is what is returned: numbers and bullets of lists, tracked changes
as accepted, text boxes, letters in capitals where the style draws them so, letters of old fonts decoded.
Headers, footers and footnotes are not part of the text and stand in the notes. Imports ``numbering``,
``cells`` and ``legacy``.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from pipeline.errors import UnreadableFile
from pipeline.read.cells import Cell, is_layout, table_lines
from pipeline.read.legacy import decode_runs
from pipeline.read.limits import MIB, Limits
from pipeline.read.numbering import Element, Numbering, W, integer
from pipeline.read.sniff import DOCX
from pipeline.read.text import repair_surface
from pipeline.records import RawDocument

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_CHUNK = 1 << 20  # bytes unpacked at a time

# Content of a paragraph that is not printed: deleted text, the source of fields, properties.
_SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sdtPr", "rt")}

_BREAKS = {
    f"{W}tab": " ",
    f"{W}cr": "\n",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\xad",
}

_MAX_COLUMNS = 60  # that one cell may cover
_NOTE_LENGTH = 300  # characters of a header or footnote that its note quotes


def read_docx(data: bytes, limits: Limits, *, text_source: str = "docx") -> RawDocument:
    """Read a Word file; it has no pages of its own, so that all text is one page.

    Raises:
        UnreadableFile: ``too_large`` where the parts unpack to more than allowed, ``encrypted``,
            ``truncated`` or ``no_text``.
    """
    _require_bounded(data, limits)
    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document)
        lines = list(reader.block_lines(document.element.body))
    except (
        *(PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile),
        AttributeError,  # an element that is not what its place says
    ) as error:
        raise UnreadableFile("truncated", f"The Word file is damaged: {type(error).__name__}.") from None
    text, _ = repair_surface("\n".join(lines).replace("\xad", ""))
    if not text.strip():
        raise UnreadableFile("no_text", "The Word file holds no text; perhaps only pictures of pages.")
    return RawDocument((text,), DOCX, text_source, notes=tuple(reader.notes()))


def _require_bounded(data: bytes, limits: Limits) -> None:
    """Unpack every part without keeping it: sizes that a file declares may be lies."""
    left = limits.max_unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                with archive.open(member) as part:
                    while left >= 0 and (chunk := part.read(_CHUNK)):
                        left -= len(chunk)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error):
        raise UnreadableFile("truncated", "The Word file is damaged or incomplete; get it again.") from None
    except RuntimeError:
        raise UnreadableFile("encrypted", "The Word file asks for a password; save it without one.") from None
    if left < 0:
        allowed = limits.max_unpacked_bytes // MIB
        raise UnreadableFile("too_large", f"Unpacks to more than {allowed} MiB; raise max_unpacked_bytes.")


class _Reader:
    """Walks through one document; numbering counts on from paragraph to paragraph."""

    def __init__(self, document: Any) -> None:
        self._document = document
        styles = document.styles.element
        self._numbering = Numbering(_numbering_of(document), styles)
        self._styles = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
        self._carried = ""  # text of a paragraph whose end a tracked change deletes
        self._boxes: list[Element] = []

    def block_lines(self, container: Element) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables in a container, in document order."""
        for block in container:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self._table(block)
            elif block.tag not in _SKIPPED and isinstance(block.tag, str):
                yield from self.block_lines(_content_of(block))

    def notes(self) -> Iterator[str]:
        """Yield what stands outside of the text: headers, footers and footnotes."""
        seen: set[str] = set()
        for kind, root in _apart(self._document):
            text = " ".join(" ".join(self.block_lines(root)).split())
            if text and (note := f"{kind}: {text[:_NOTE_LENGTH]}") not in seen:
                seen.add(note)
                yield note

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        boxes, self._boxes = self._boxes, []
        text = self._carried + self._text(paragraph)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried = text
        else:
            self._carried = ""
            marker = self._numbering.marker(paragraph)
            yield from f"{marker} {text}".lstrip(" ").split("\n") if text.strip() else ()
        inside, self._boxes = self._boxes, boxes
        for box in inside:
            yield from self.block_lines(box)

    def _table(self, table: Element) -> Iterator[str]:
        rows = [
            [lines for cell in row.iter(f"{W}tc") if _row_of(cell) is row for lines in self._cells(cell)]
            for row in table.iter(f"{W}tr")
            if row.find(f"{W}trPr/{W}del") is None and _table_of(row) is table
        ]
        yield from table_lines(rows, layout=is_layout(rows, bordered=self._has_borders(table)))

    def _cells(self, cell: Element) -> list[Cell]:
        """Return the lines of a cell, and an empty cell for every other column that it covers."""
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        covered = min(_MAX_COLUMNS, integer(span.get(f"{W}val"), 1) if span is not None else 1) - 1
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return [[] for _ in range(covered + 1)]
        lines = [line.strip() for line in self.block_lines(cell) if line.strip()]
        return [lines, *([] for _ in range(covered))]

    def _has_borders(self, table: Element) -> bool:
        """Whether the table, its style or any of its cells draws a border."""
        style = self._styles.get(_style_id(table.find(f"{W}tblPr/{W}tblStyle")))
        owners = [table.find(f"{W}tblPr/{W}tblBorders"), *table.iter(f"{W}tcBorders")]
        if owners[0] is None and style is not None:
            owners.append(style.find(f"{W}tblPr/{W}tblBorders"))
        edges = [edge for owner in owners if owner is not None for edge in owner]
        return any(edge.get(f"{W}val") not in (None, "nil", "none") for edge in edges)

    def _text(self, paragraph: Element) -> str:
        """Return the printed text; neighbouring runs in one font are decoded together."""
        style = _style_id(paragraph.find(f"{W}pPr/{W}pStyle"))
        stretches: list[tuple[bool, list[tuple[str, str | None]]]] = []
        for properties, text in self._inline(paragraph, None):
            capitals = bool(self._property(properties, style, _capitals))
            if not stretches or stretches[-1][0] != capitals:
                stretches.append((capitals, []))
            stretches[-1][1].append((text, self._property(properties, style, _font)))
        return "".join(decode_runs(runs).upper() if caps else decode_runs(runs) for caps, runs in stretches)

    def _inline(self, element: Element, properties: Element | None) -> Iterator[tuple[Element | None, str]]:
        """Yield (properties of the run, text), depth first; text boxes are put aside."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                own = child.find(f"{W}rPr")
                if own is None or not _is_on(own.find(f"{W}vanish")):
                    yield from self._inline(child, own)
            elif tag == f"{W}t":
                yield properties, child.text or ""
            elif tag == f"{W}br":
                yield properties, "\n"
            elif tag == f"{W}sym":
                yield properties, "•"
            elif tag in _BREAKS:
                yield properties, _BREAKS[tag]
            elif tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif tag not in _SKIPPED and isinstance(tag, str):
                yield from self._inline(_content_of(child), properties)

    def _property(self, run: Element | None, style: str | None, read: Any) -> Any:
        """Ask the run, its style and the paragraph's style, and the styles that those are based on."""
        value = read(run) if run is not None else None
        own_style = _style_id(run.find(f"{W}rStyle")) if run is not None else None
        for style_id in (own_style, style):
            for _ in range(10):
                found = self._styles.get(style_id)
                if value is not None or found is None:
                    break
                properties = found.find(f"{W}rPr")
                value = read(properties) if properties is not None else None
                style_id = _style_id(found.find(f"{W}basedOn"))
        return value


def _font(properties: Element) -> str | None:
    fonts = properties.find(f"{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")


def _capitals(properties: Element) -> bool | None:
    caps = properties.find(f"{W}caps")
    return None if caps is None else _is_on(caps)


def _is_on(toggle: Element | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val") not in ("0", "false", "off")


def _style_id(reference: Element | None) -> str | None:
    return None if reference is None else reference.get(f"{W}val")


def _content_of(element: Element) -> Element:
    """Return what is shown of an element that holds the same content in several forms."""
    if element.tag == f"{_MC}AlternateContent":
        shown = element.find(f"{_MC}Choice")
        return shown if shown is not None else element.find(f"{_MC}Fallback") or ()
    return element


def _row_of(cell: Element) -> Element:
    return next(cell.iterancestors(f"{W}tr"))


def _table_of(row: Element) -> Element:
    return next(row.iterancestors(f"{W}tbl"))


def _numbering_of(document: Any) -> Element | None:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None


def _apart(document: Any) -> Iterator[tuple[str, Element]]:
    """Yield the roots of headers, footers and footnotes, with what they are."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in ("header", "footer", "footnotes"):
            continue
        root = parse_xml(relation.target_part.blob)
        if kind != "footnotes":
            yield kind, root
            continue
        for note in root.findall(f"{W}footnote"):
            if note.get(f"{W}type") in (None, "normal"):
                yield "footnote", note
