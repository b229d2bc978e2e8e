"""The block above the body: type, number, place and date, issuing body, title, addressees.

The lines of the block come in any order, so the block is scanned once for what can be recognised; it ends
after the last line that was, or where the body plainly begins. Imports ``captions``, ``head_start``,
``letterhead``, ``lines``, ``markers``, ``names`` and ``lexicon``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.lexicon import load
from pipeline.records import DocType, Header, Span
from pipeline.segment.captions import adopted_on, read_caption
from pipeline.segment.head_start import WIDEST_COLUMN, find_start, starts_body
from pipeline.segment.letterhead import Piece, PieceKind, cut_line, type_words
from pipeline.segment.lines import Line, fold, is_capitals
from pipeline.segment.markers import read_marker
from pipeline.segment.names import is_superior, issuer_by_symbol, name_body, name_office, name_place

_LONGEST_BLOCK = 60  # lines
_LONGEST_UNKNOWN = 110  # code points of a line that may stand in the block without being understood
_LONGEST_TITLE_LINE = 700
_LONGEST_ADDRESSEE = 300

# Folded, lines of the incoming stamp and of the register: "ĐẾN", "Chuyển:", "Số và ký hiệu HS:", "HỎA TỐC".
_STAMP = re.compile(
    r"(?:cong van )?den\s*(?:so|ngay|lai|gio|\W|$)|ngay\s?:|chuyen\s?:|so va ky hieu|luu ho so"
    r"|(?:so|gio)\s?:\s?[\d.]*$|hoa toc|thuong khan|khan$|mat$"
)
# Folded: the second line of the national name.
_NATION_REST = re.compile(r"(?:(?:chu )?nghia )?viet nam")
# "(Ban hành kèm theo Quyết định số ...)", "(Kèm theo Công văn số ...)".
ISSUED_WITH = re.compile(r"\(\s?(?:được )?(?:ban hành|kèm theo|phê duyệt|theo quyết định)", re.IGNORECASE)
# Folded: how a title begins and no sentence; only such a line may end in a full stop.
_TITLE_STARTS = re.compile(
    r"(?:ve (?:viec )?|v/v |huong dan |quy dinh |ban hanh |sua doi)(?![^.]*\.\s)[^;:]*$"
)
# Folded: who decides, printed in capitals between the title and the body.
_AUTHORITY = re.compile(
    r"(?:pho )?(?:chu tich|bo truong|thu tuong|chinh phu|uy ban|hoi dong|(?:tong )?giam doc"
    r"|(?:tong )?cuc truong|thong doc|quoc hoi|chanh|vien truong|ban chap hanh|ban thuong vu"
    r"|ban chi dao|khoa )"
)
# Folded: "Thủ tướng Chính phủ điện:", the words with which a telegram addresses.
_WIRES = re.compile(r"\bdien\s?:\s*")
_ADDRESS = ("(", "dia chi", "mst", "ma so thue", "dien thoai")


@dataclass(slots=True)
class _Block:
    """What the scan has found so far. ``end`` counts the lines that belong to the block."""

    end: int = 0
    half_nation: bool = False  # the national name goes on in the next line
    small: bool = False  # typed in small letters, for a font that draws capitals
    doc_type: DocType | None = None
    number: str | None = None
    symbol: str = ""  # of a number that is not there
    unread: bool = False  # the number is there and could not be read
    issued_on: dt.date | None = None
    short_date: bool = False  # day and month have one digit each
    place: str | None = None
    title: list[Line] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    has_subject: bool = False  # "V/v" was seen: the title stands in a narrow column below the number
    addressed: bool = False
    open_list: bool = False  # addressees may go on in the next line


@cache
def _type_symbols() -> dict[str, DocType]:
    return {
        symbol: DocType(entry["type"])
        for entry in load("document_types")["type"]
        for symbol in entry["symbols"]
    }


def parse_header(lines: Sequence[Line]) -> tuple[Header, int]:
    """Return what the block above the body says, and how many of *lines* belong to it.

    A text that lost its block yields an empty header and 0. Numbers and dates that were never filled in, or
    that the scan lost, are None; a law bears the date on which it was adopted, which its last article tells.
    """
    first, small = find_start(lines)
    block = _Block(small=small)
    for index, line in enumerate(lines[first : first + _LONGEST_BLOCK], first):
        if _take_line(block, line):
            block.end = index + 1
        elif _is_body(block, line):
            break
    header = _header(block)
    if header.issued_on is None and header.number is not None:
        header = replace(header, issued_on=adopted_on(lines[block.end :]))
    return header, block.end


# --- one line ------------------------------------------------------------------------------------


def _take_line(block: _Block, line: Line) -> bool:
    """Take in *line* if it belongs to the block, and say whether it does."""
    if block.open_list and _take_next_addressee(block, line):
        return True
    block.open_list = False
    if _take_caption(block, line):
        return True
    if starts_body(line.text):
        return _take_words(block, line)
    pieces = cut_line(line.text)
    if not pieces:
        return block.end > 0
    taken = [_take_piece(block, line, piece) for piece in pieces]
    return any(taken)


def _take_caption(block: _Block, line: Line) -> bool:
    """Take a caption that stands in place of the block, whole or below the word of the type."""
    if block.number is not None or block.bodies:
        return False
    caption = read_caption(line)
    if caption is None or bool(caption.type) == bool(block.doc_type):
        return False
    doc_type = type_words().get(fold(caption.type)) or block.doc_type
    if doc_type is None:
        return False
    block.doc_type, block.number, block.issued_on = doc_type, _tidy_number(caption.number), caption.issued_on
    block.authority = [caption.body]
    block.title = [caption.title] if caption.title else []
    return True


def _take_piece(block: _Block, line: Line, piece: Piece) -> bool:
    if piece.kind is PieceKind.WORDS:
        return _take_words(block, Line(line.start + piece.start, piece.words))
    if piece.kind is PieceKind.NATION:
        block.half_nation = not fold(piece.words).endswith("nam")
    elif piece.kind is PieceKind.NUMBER and block.number is None:
        block.number = _tidy_number(piece.words)
    elif piece.kind in (PieceKind.UNFILLED, PieceKind.UNREAD) and not block.symbol:
        block.symbol = piece.words
        block.unread = piece.kind is PieceKind.UNREAD
    elif piece.kind is PieceKind.DATE:
        _take_date(block, piece)
    elif piece.kind is PieceKind.SUBJECT and not block.title:
        block.has_subject = True
        if piece.words:
            block.title.append(Line(line.start + piece.start, piece.words))
    elif piece.kind is PieceKind.ADDRESSED:
        _take_addressees(block, piece.words)
    return True


def _tidy_number(printed: str) -> str:
    """Return a number without the spaces of a scan: "773 /QĐ-TTg", "3210/QĐ - U B ND"."""
    return printed.replace(" ", "").replace("–", "-").rstrip(".,;:")


def _take_date(block: _Block, piece: Piece) -> None:
    if block.issued_on is not None:
        return
    day, month, year = (_digits(piece.group(name)) for name in ("day", "month", "year"))
    try:
        block.issued_on = dt.date(int(year), int(month), int(day))
    except ValueError:
        return
    block.short_date = len(day) == len(month) == 1
    block.place = name_place(piece.group("place").strip())


def _digits(printed: str) -> str:
    """Return digits without the letters and spaces of a scan: "Q 8" is 08."""
    return printed.translate(str.maketrans(load("misreadings")["digits"])).replace(" ", "")


def _take_words(block: _Block, line: Line) -> bool:
    """Take words that only their place explains: type, title, name of a body, authority, stamp."""
    text, folded = line.text, fold(line.text[:200])
    if block.half_nation and _NATION_REST.fullmatch(folded):
        block.half_nation = False
        return True
    if _take_type(block, text, folded):
        return True
    if len(text) < 60 and _STAMP.match(folded):
        return block.end > 0
    if block.doc_type is DocType.TELEGRAM and (wires := _WIRES.search(fold(text))):
        block.authority = [text[: wires.start()].strip()]
        _take_addressees(block, text[wires.end() :])
        return True
    capitals = is_capitals(text) or (block.small and name_office([text], None) is not None)
    if capitals and _AUTHORITY.match(folded) and (block.doc_type or block.title) and not block.addressed:
        block.authority.append(text)
        return True
    if block.addressed:
        return False
    return _take_title(block, line, folded, capitals) or _take_body(block, text, capitals)


def _take_type(block: _Block, text: str, folded: str) -> bool:
    """Take the word of the type, alone or with who issues: "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ Y TẾ"."""
    word, of, body = folded.partition(" cua ")
    doc_type = type_words().get(word.strip(" .:*"))
    if doc_type is None or block.doc_type is not None or not (is_capitals(text) or block.small):
        return False
    issuer = text[len(word) + len(of) :].strip(" .:*")
    if body and name_office([issuer], None) is None:
        return False
    block.doc_type = doc_type
    block.authority += [issuer] if body else []
    return True


def _take_title(block: _Block, line: Line, folded: str, capitals: bool) -> bool:
    if block.title:
        narrow = (
            block.has_subject and len(line.text) < WIDEST_COLUMN and not block.title[-1].text.endswith(".")
        )
        goes_on = narrow or _continues_title(block.title, line, capitals)
        if goes_on:
            block.title.append(line)
        return goes_on or ISSUED_WITH.match(line.text) is not None
    if (block.doc_type is None and not block.has_subject) or len(line.text) > _LONGEST_TITLE_LINE:
        return False
    sentence = starts_body(line.text) and line.text.endswith((";", ":", ".", ","))
    ended = line.text.endswith((".", ";", ":")) and not _TITLE_STARTS.match(folded)
    if sentence or ended or (read_marker(line.text) and not capitals):
        return False
    block.title.append(line)
    return True


def _continues_title(title: list[Line], line: Line, capitals: bool) -> bool:
    last = title[-1]
    if last.end + 2 < line.start or len(line.text) > _LONGEST_TITLE_LINE // 2:
        return False
    whole = " ".join(part.text for part in title)
    open_quote = whole.count("“") > whole.count("”")
    both_capitals = is_capitals(last.text) and capitals and not read_marker(line.text)
    return line.text[0].islower() or last.text.endswith(",") or open_quote or both_capitals


def _take_body(block: _Block, text: str, capitals: bool) -> bool:
    """Take a line in capitals above the type: the name of the issuing body or of the body above it."""
    if not capitals or len(text) > 160 or read_marker(text) or block.title:
        return False
    if block.doc_type is None:
        block.bodies.append(text)
    return block.end > 0 or name_body([text]) is not None


# --- addressees ----------------------------------------------------------------------------------


def _take_addressees(block: _Block, words: str) -> None:
    block.addressed = block.open_list = True
    block.addressees += [name for part in words.split(";") if (name := part.strip(" -–+.:*"))]


def _take_next_addressee(block: _Block, line: Line) -> bool:
    text = line.text
    if text[0] in "-–+•":
        _take_addressees(block, text)
        return True
    if fold(text[:20]).startswith(_ADDRESS):
        return True
    if not block.addressees and len(text) < _LONGEST_ADDRESSEE and not starts_body(text):
        _take_addressees(block, text)
        return True
    return False


# --- the result ----------------------------------------------------------------------------------


def _is_body(block: _Block, line: Line) -> bool:
    """Whether the block cannot go on with a line that it does not understand."""
    if block.addressed or (block.title and not block.has_subject):
        return block.addressed or not is_capitals(line.text) or len(line.text) > _LONGEST_UNKNOWN
    known = read_marker(line.text) is not None or line.text.endswith((".", ";", ":"))
    return known or len(line.text) > _LONGEST_UNKNOWN


def _header(block: _Block) -> Header:
    title, span = _title(block.title)
    return Header(
        doc_type=block.doc_type or _type_of_untitled(block),
        number=block.number,
        issued_on=None if _lost_digits(block) else block.issued_on,
        place=block.place,
        issuer=_issuer(block),
        title=title,
        title_span=span,
        addressees=tuple(block.addressees),
    )


def _lost_digits(block: _Block) -> bool:
    """Whether "ngày 4 tháng 1" may be what is left of "ngày 14 tháng 11".

    Number and date are filled in by one hand; where the number was not read, half a date is none.
    """
    return block.unread and block.number is None and block.short_date


def _issuer(block: _Block) -> str | None:
    """Return who issues: the authority below the title, else the body above, else what the symbol says.

    Where the symbol names another body than the one above, the line of the issuer was lost and its superior
    stands there alone.
    """
    body = name_body(block.bodies)
    number = block.number or f"/{block.symbol}"
    named = issuer_by_symbol(number)
    if named and is_superior(body, number):
        body = named
    return name_office(block.authority, body) or body or named


def _title(lines: list[Line]) -> tuple[str | None, Span | None]:
    """Return the title as one line, and where it stands; "(Ban hành kèm theo ...)" is left out."""
    if not lines:
        return None, None
    whole = " ".join(line.text for line in lines)
    annex = ISSUED_WITH.search(whole)
    kept = whole[: annex.start() if annex else None].strip()
    if not kept:
        return None, None
    end = lines[0].start + len(kept) if len(lines) == 1 else lines[-1].end
    return kept, Span(lines[0].start, end)


def _type_of_untitled(block: _Block) -> DocType | None:
    """Return the type of a document without its word: a letter is a dispatch, else the symbol tells.

    The symbol of a dispatch names its issuer, so "CT" may stand for a tax office and not for a directive.
    """
    if block.addressed or block.has_subject:
        return DocType.OFFICIAL_DISPATCH if block.title or block.number else None
    symbols = re.findall(r"[^\W\d_]+", block.number or "")
    return next((_type_symbols()[symbol] for symbol in symbols if symbol in _type_symbols()), None)
