"""The block above the body: type, number, place and date, issuing body, title, addressees.

The lines of the block come in any order: scans read two columns across, web pages put them in table cells.
So the block is scanned once for what can be recognised; it ends after the last line that was, or where the
body plainly begins. Imports ``lines``, ``markers``, ``names`` and ``lexicon``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.lexicon import load
from pipeline.records import DocType, Header, Span
from pipeline.segment.lines import CELL_SEPARATOR, Line, fold, is_capitals
from pipeline.segment.markers import read_marker
from pipeline.segment.names import body_name, issuer_by_symbol

_LONGEST_BLOCK = 60  # lines
_LONGEST_UNKNOWN = 110  # code points of a line that may stand in the block without being understood

# Patterns over folded text (small letters, no marks).
# "Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", "Đảng Cộng sản Việt Nam".
_NATION = re.compile(r"c[o0]ng\s?h[o0]a\s?xa\s?h[o0]i\s?chu\s?nghia\s?vi[e]t\s?nam|dang cong san viet nam")
_MOTTO = re.compile(r"d[o0]c\s?lap\s?[-–—.]\s?t[uw]\s?d[o0]\s?[-–—.]\s?hanh\s?phuc")
# "-------", "* * *".
_RULE = re.compile(r"[\W_]+")
# "Số: 06/CT-BCA-V05", "Số 12-CT/TU", "Số: 3210/QĐ - UBND"; on the line itself, not folded.
_NUMBER = re.compile(
    r"(?i:s[ốôo0ó])\s?[:.;]?\s?(?P<number>\d[\d.]{0,7}[a-z]?\s?[/-]\s?[^\W_a-zà-ỹđ]?[^\s|,;]{0,24}"
    r"(?:\s?[-–/&]\s?[A-ZĐƯ][A-Za-zĐƯđư0-9&,]{0,12}){0,4})"
)
# "Số:     /KH-UBND": the place of a number that was never filled in.
_BLANK_NUMBER = re.compile(r"s[o0]\s?[:.]\s?[.…_\s]{0,40}/\s?\w")
# "Hà Nội, ngày 07 tháng 5 năm 2025".
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,|\d]{1,40})?[,.;]?\s?\bngay\s?(?P<day>\d{1,2})\s?thang\s?(?P<month>\d{1,2})\s?nam\s?(?P<year>\d{4})\W{0,20}$"
)
# "Hà Nội, ngày     tháng   năm 2025".
_BLANK_DATE = re.compile(r"ngay[\s.…_\d]{0,20}thang[\s.…_\d]{0,20}nam\s?[\d.…]{2,4}")
# "V/v triển khai ...", "Về việc ...".
_SUBJECT = re.compile(r"v\s?/\s?v\b\s?:?\s*|ve viec\s+")
_ADDRESSED = re.compile(r"kinh g[uiưr]{1,2}i?\s?[:;.]?\s*")
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:", "Thủ tướng Chính phủ điện:".
_WIRES = re.compile(r"\bdien\s?:")
# Lines of the incoming stamp and of the register.
_STAMP = re.compile(
    r"(?:cong van )?den\s*(?:so|ngay|$)|ngay\s?:|chuyen\s?:|so va ky hieu|luu ho so|(?:so|gio)\s?:\s?[\d.]*$|hoa toc|khan$|mat$"
)
# "(Ban hành kèm theo Quyết định số ...)".
ISSUED_WITH = re.compile(r"\(?\s?(?:Ban hành )?[Kk]èm theo\s|\(Ban hành", re.IGNORECASE)
# The word that opens the operative part: "QUYẾT ĐỊNH:", "QUYẾT NGHỊ:", "CHỈ THỊ:".
_BODY_STARTS = re.compile(
    r"(?:can cu|thuc hien|de (?:tiep tuc|thuc hien|trien khai)|theo de nghi|xet de nghi|ngay \d)"
)


@dataclass(slots=True)
class _Block:
    """What the scan has found so far. ``end`` counts the lines that belong to the block."""

    end: int = 0
    doc_type: DocType | None = None
    number: str | None = None
    issued_on: dt.date | None = None
    place: str | None = None
    title: list[Line] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    titled: bool = False  # the next unknown line may be the title
    addressing: bool = False  # addressees may go on in the next line


@cache
def type_words() -> dict[str, DocType]:
    """Return the folded words that head documents, with their types.

    >>> type_words()["chi thi"]
    <DocType.DIRECTIVE: 'directive'>
    """
    return {fold(entry["word"]): DocType(entry["type"]) for entry in load("document_types")["type"]}


@cache
def _type_symbols() -> dict[str, DocType]:
    return {
        symbol: DocType(entry["type"])
        for entry in load("document_types")["type"]
        for symbol in entry["symbols"]
    }


def parse_header(lines: Sequence[Line]) -> tuple[Header, int]:
    """Return what the block above the body says, and how many of *lines* belong to it.

    A text that lost its block yields an empty header and 0. Unfilled numbers and dates are None.
    """
    block = _Block()
    for index, line in enumerate(lines[:_LONGEST_BLOCK]):
        if _recognise(block, line):
            block.end = index + 1
        elif _is_body(block, line):
            break
    return _header(block), block.end


def _recognise(block: _Block, line: Line) -> bool:
    """Take in *line* if it belongs to the block, and say whether it does."""
    if block.addressing and _goes_on_addressing(block, line):
        return True
    block.addressing = False
    cells = line.text.split(CELL_SEPARATOR)
    found = [_recognise_cell(block, line, cell.strip()) for cell in cells if cell.strip()]
    return any(found) if len(cells) > 1 or found else False


def _recognise_cell(block: _Block, line: Line, cell: str) -> bool:
    folded = fold(cell)
    if _RULE.fullmatch(cell):
        return bool(block.end)
    nation = _NATION.search(folded) or _MOTTO.search(folded)
    if nation:
        _take_body(block, cell[: nation.start()].strip(" -–|"))
        return True
    if len(folded) < 160 and not _BODY_STARTS.match(folded) and _take_reference_line(block, cell, folded):
        return True
    if _take_type(block, line, folded):
        return True
    if folded.startswith("kinh g") and (match := _ADDRESSED.match(folded)):
        return _start_addressing(block, cell[match.end() :])
    if len(folded) < 400 and (match := _WIRES.search(folded)) and block.doc_type is DocType.TELEGRAM:
        block.authority = [cell[: match.start()].strip()]
        return _start_addressing(block, cell[match.end() :])
    if _STAMP.match(folded) and len(folded) < 60 and block.end:
        return True
    return _take_words(block, line, cell, folded)


def _take_reference_line(block: _Block, cell: str, folded: str) -> bool:
    """Take number, place and date; both may stand on one line."""
    date = _DATE.search(folded)
    number = _NUMBER.match(cell)
    if number and block.number is None and not block.title:
        block.number = _tidy_number(number["number"])
    if date and block.issued_on is None and not block.title:
        block.issued_on = _date(date)
        block.place = (
            _place(cell[: date.end("place")], number.end() if number else 0) if date["place"] else None
        )
    if (date is not None and date.start() == 0) or number is not None or (date and folded.startswith("s")):
        return True
    blank = _BLANK_NUMBER.match(folded) or _BLANK_DATE.search(folded)
    return blank is not None and len(folded) < 90


def _place(before_date: str, start: int) -> str | None:
    return before_date[start:].strip(" ,.;|*") or None


def _tidy_number(printed: str) -> str:
    return re.sub(r"\s?([-–/&])\s?", lambda match: "-" if match[1] == "–" else match[1], printed).rstrip(
        ".,;:"
    )


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _take_type(block: _Block, line: Line, folded: str) -> bool:
    word = folded.strip(" .:*")
    doc_type = type_words().get(word)
    if doc_type is None or not is_capitals(line.text):
        return False
    if block.doc_type is None:
        block.doc_type = doc_type
        block.titled = True
    return True


def _start_addressing(block: _Block, rest: str) -> bool:
    block.addressing = True
    block.titled = False
    _add_addressees(block, rest)
    return True


def _add_addressees(block: _Block, text: str) -> None:
    block.addressees += [name for part in text.split(";") if (name := part.strip(" -–+.:"))]


def _goes_on_addressing(block: _Block, line: Line) -> bool:
    text = line.text
    if text[0] in "-–+•":
        _add_addressees(block, text)
        return True
    if text[0] == "(" or fold(text).startswith(("dia chi", "mst", "ma so thue")):
        return True
    if not block.addressees and len(text) < _LONGEST_UNKNOWN:
        _add_addressees(block, text)
        return True
    return False


def _take_words(block: _Block, line: Line, cell: str, folded: str) -> bool:
    """Take a line that only its place explains: subject, title, name of a body."""
    subject = _SUBJECT.match(folded)
    if subject and not block.titled and not block.title and folded.startswith("v"):
        return _take_title(block, line)
    if block.titled and not block.title and not _starts_body(cell, folded):
        return _take_title(block, line)
    if block.title and not block.addressees and _continues_title(block, line):
        block.title.append(line)
        return True
    if is_capitals(cell) and len(cell) < 160 and read_marker(cell) is None:
        return _take_body(block, cell)
    return ISSUED_WITH.match(cell) is not None and bool(block.title)


def _take_title(block: _Block, line: Line) -> bool:
    block.title.append(line)
    block.titled = False
    return True


def _starts_body(cell: str, folded: str) -> bool:
    return (_BODY_STARTS.match(folded) is not None and cell.endswith((";", ":", "."))) or (
        read_marker(cell) is not None and not is_capitals(cell)
    )


def _continues_title(block: _Block, line: Line) -> bool:
    last = block.title[-1]
    if last.end + 2 < line.start or len(line.text) > 300:
        return False
    whole = " ".join(part.text for part in block.title)
    open_quote = whole.count("“") > whole.count("”")
    both_capitals = is_capitals(last.text) and is_capitals(line.text) and not _names_authority(line.text)
    return line.text[0].islower() or last.text.endswith(",") or open_quote or both_capitals


_AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|[ỦU][YỶ] BAN|UỶ BAN|HỘI ĐỒNG|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|THỐNG ĐỐC|QUỐC HỘI|BAN )"
)


def _names_authority(text: str) -> bool:
    return _AUTHORITY.match(text) is not None


def _take_body(block: _Block, words: str) -> bool:
    """Take a line in capitals: above the type a body, below it the authority that decides."""
    if not words:
        return True
    if block.doc_type is None and not block.title:
        block.bodies.append(words)
    elif _names_authority(words):
        block.authority.append(words)
    return bool(block.end) or body_name([words]) is not None


def _is_body(block: _Block, line: Line) -> bool:
    """Whether the block cannot go on with a line that it does not understand."""
    if (block.title and block.end) or block.addressees:
        return True
    known = read_marker(line.text) is not None or line.text.endswith((".", ";", ":"))
    return known or len(line.text) > _LONGEST_UNKNOWN


def _header(block: _Block) -> Header:
    title, span = _title(block.title)
    return Header(
        doc_type=block.doc_type or _type_from_number(block),
        number=block.number,
        issued_on=block.issued_on,
        place=block.place,
        issuer=body_name(block.authority) or body_name(block.bodies) or issuer_by_symbol(block.number),
        title=title,
        title_span=span,
        addressees=tuple(block.addressees),
    )


def _title(lines: list[Line]) -> tuple[str | None, Span | None]:
    """Return the title as one line, without "V/v", and where it stands."""
    if not lines:
        return None, None
    whole = " ".join(line.text for line in lines)
    skipped = match.end() if (match := re.match(r"(?i:v\s?/\s?v\s?:?)\s*", whole)) else 0
    annex = ISSUED_WITH.search(whole, skipped + 1)
    kept = whole[skipped : annex.start() if annex else None].strip()
    if not kept:
        return None, None
    end = lines[0].start + skipped + len(kept) if len(lines) == 1 else lines[-1].end
    return kept, Span(lines[0].start + skipped, end)


def _type_from_number(block: _Block) -> DocType | None:
    """Return the type that the symbol of the number names; a letter without one is a dispatch."""
    symbols = re.findall(r"[^\W\d_]+", block.number or "")
    for symbol in symbols:
        if symbol in _type_symbols():
            return _type_symbols()[symbol]
    return DocType.OFFICIAL_DISPATCH if block.addressees and (block.title or block.number) else None
