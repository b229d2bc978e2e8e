"""Clean text to a Word file as an office would type it: head and end in tables, numbers made by Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

# "II. ", "1. ", "a) ", "- ", "+ "
_MARKER = re.compile(r"(?P<roman>[IVX]{1,5})\. |(?P<number>\d{1,3})\. |(?P<letter>[a-z])\) |(?P<sign>[-+]) ")
_LEVELS = {"roman": 0, "number": 1, "letter": 2, "sign": 3}
_FORMATS = {"roman": "upperRoman", "number": "decimal", "letter": "lowerLetter", "sign": "bullet"}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_TITLE = re.compile(r"(?:CHỈ THỊ|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CÔNG ĐIỆN)$")


_TITLE_LINES = 2  # the type of the document and what it is about
_MOST_CLOSING_LINES = 40  # recipients and signature


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a document: beside the national name, the body, recipients and signature."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]


def split(text: str) -> Parts:
    """Divide a clean text where its head ends and where its recipients begin.

    >>> split("Số: 06/CT-BCA\\nCHỈ THỊ\\n1. Rà soát.\\nNơi nhận:\\n- Lưu: VT.\\nBỘ TRƯỞNG").signature
    ('BỘ TRƯỞNG',)
    """
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if _TITLE.match(line)), 0)
    end = next((i for i, line in enumerate(lines) if line.startswith("Nơi nhận")), len(lines))
    if len(lines) - end > _MOST_CLOSING_LINES:  # a plan is attached below the signature
        end = len(lines)
    closing = lines[end:]
    recipients = [line for line in closing if line.startswith(("Nơi nhận", "-", "("))]
    signature = [line for line in closing if line not in recipients]
    return Parts(tuple(lines[:start]), tuple(lines[start:end]), tuple(recipients), tuple(signature))


def word_file(text: str, font: str) -> bytes:
    """Return a .docx of a clean text; markers of provisions become numbering of Word's own."""
    parts = split(text)
    document = docx.Document()
    _set_page(document, font)
    _columns(document, parts.head, MOTTO if parts.head else ())
    lists = _Lists(document)
    for number, line in enumerate(parts.body):
        if number < _TITLE_LINES:
            document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            lists.add(line)
    _columns(document, parts.recipients, parts.signature)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: Any, font: str) -> None:
    """A4 and margins as Decree 30/2020 has them, the page number at the top."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(13)
    normal.paragraph_format.space_after = Pt(6)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _columns(document: Any, left: Sequence[str], right: Sequence[str]) -> None:
    if not (left and right):
        for line in (*left, *right):
            document.add_paragraph(line)
        return
    table = document.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.text = "\n".join(lines)


class _Lists:
    """Adds paragraphs; a marker goes on with the list that it follows, or starts a list at its number."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._root = document.part.numbering_part.element
        self._open: dict[int, tuple[int, int]] = {}  # level -> list and last number
        self._next = 1 + max((int(n.get(qn("w:numId"))) for n in self._root.findall(qn("w:num"))), default=0)

    def add(self, line: str) -> None:
        """Add one paragraph."""
        match = _MARKER.match(line)
        paragraph = self._document.add_paragraph(line[match.end() :] if match else line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if match and match.lastgroup:
            self._number(paragraph, match.lastgroup, match[match.lastgroup])

    def _number(self, paragraph: Any, kind: str, sign: str) -> None:
        level, number = _LEVELS[kind], _value(kind, sign)
        for deeper in [other for other in self._open if other > level]:
            del self._open[deeper]
        list_id, last = self._open.get(level, (0, 0))
        if not list_id or (kind != "sign" and number != last + 1) or (kind == "sign" and number != last):
            list_id = self._define(kind, sign, number)
        self._open[level] = (list_id, number)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = list_id

    def _define(self, kind: str, sign: str, start: int) -> int:
        """Define a list whose level of this kind starts at a number."""
        list_id = self._next
        self._next += 1
        level = _LEVELS[kind]
        text = sign if kind == "sign" else f"%{level + 1}" + (")" if kind == "letter" else ".")
        values = {"start": str(start), "numFmt": _FORMATS[kind], "lvlText": text}
        definition = _element("abstractNum", {"abstractNumId": str(list_id + 100)})
        definition.append(_element("lvl", {"ilvl": str(level)}, values.items()))
        first_list = self._root.find(qn("w:num"))
        first_list.addprevious(definition)
        self._root.append(_element("num", {"numId": str(list_id)}, [("abstractNumId", str(list_id + 100))]))
        return list_id


def _value(kind: str, sign: str) -> int:
    """Return the number that a marker stands for; of signs, a number that tells them apart."""
    if kind == "roman":
        return _ROMAN.index(sign) + 1
    return int(sign) if kind == "number" else ord(sign) - ord("a") + 1


def _element(name: str, attributes: dict[str, str], children: Iterable[tuple[str, str]] = ()) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    for key, value in children:
        element.append(_element(key, {"val": value}))
    return element
