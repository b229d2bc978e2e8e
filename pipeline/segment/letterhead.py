"""Lines of the block above the body, cut into pieces that can be recognised on their own.

One printed line may hold several: a scan read across two columns yields "BỘ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ
NGHĨA VIỆT NAM" and "Số: 12/BTC-CST Hà Nội, ngày 3 tháng 5 năm 2024"; a table row holds cells. The
fixed phrases are looked up without tone marks, which scans lose. Imports ``lexicon`` and ``lines``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rapidfuzz.fuzz import partial_ratio_alignment

from pipeline.lexicon import load
from pipeline.records import DocType
from pipeline.segment.lines import fold

_LONGEST_LINE = 600  # code points; what is longer is no line of the block
_LONGEST_COLUMNS = 90  # code points; a longer line that starts with words is a title or a sentence

# Folded: "Cộng hòa xã hội chủ nghĩa Việt Nam", which a narrow column breaks in two; "Đảng Cộng sản Việt Nam".
_NATION = (
    r"c[o0]ng\s?h[o0]a\s?xa\s?h[o0][il]"
    r"(?:\s?chu\s?nghia\s?viet\s?nam|(?:\s?chu)?(?:\s?nghia)?(?=\s*(?:\||$)))"
    r"|dang\s?cong\s?san\s?viet\s?nam"
)
# Folded: "Độc lập - Tự do - Hạnh phúc"; a line may be cut off after "Độc lập - T".
_MOTTO = (
    r"d[o0]c\s?lap\s?[-–—.]\s?(?:t[uwy]\s?d[o0]\s?[-–—.]\s?hanh\s?phuc"
    r"|t(?:[uwy](?:\s?d[o0]?)?)?\s?[-–—]?(?=\s*$))"
)
# A digit of a date as read: recognition takes O and Q for 0, I and l for 1.
_DIGIT = r"[\doqil]"
# Folded: "Hà Nội, ngày 07 tháng 5 năm 2025"; a space may have crept in between two digits: "ngayQ 8 thang 4";
# the words between figures that make a day need only be near.
_DATE = (
    r"(?:(?P<place>[a-z][^,|\d:;]{1,40}?)\s?[,.;]\s?)?"
    rf"n[gq]?a[yvg]\s?(?P<day>{_DIGIT}\s?{_DIGIT}?)\s?[tf][hbn]?[aoe][nu][gq]"
    rf"\s?(?P<month>{_DIGIT}\s?{_DIGIT}?)[ˆ'´`]?\s?[nuhm][aeo]m\s?(?P<year>\d{{4}})(?!\d)"
)
# Folded: "Hà Nội, ngày     tháng     năm 2025", never filled in; "ngàv⁄22 tháng Zƒ năm 2018", not read.
_BLANK_DATE = (
    r"(?:[a-z][^,|\d:;]{1,40}?\s?[,.;]\s?)?"
    r"nga[yv][^|]{0,16}?th[au]ng[^|]{0,16}?n[aei]{1,2}m\s?[\d.…]{2,6}[})\]]?"
)
# Folded: "V/v triển khai ...", "V/v: ..."; read as "VW", "V/y", "Viv".
_SUBJECT = r"v(?:\s?/\s?[vwy]|w|[il]v)\b\s?[:.]?\s*"
# Folded: "Kính gửi:"; with its colon also "Klnh gul:".
_ADDRESSED = r"(?:kinh\s?g[uiưr]{1,2}i?\b\s?[:;.]?|k\w?n\w?\s?g\w{1,2}\s?:)\s*"
# Folded: "Số:", "Luật số:", "Nghị quyết số:".
_NUMBERED = r"(?:[a-z]{2,6}\s[a-z]{2,6}\s|luat\s)?s[o0]\s?(?:[:;!]\s*|[.]\s*(?=[\d/.…_]|$)|(?=\d))"

_STARTS = {
    kind: re.compile(pattern)
    for kind, pattern in (
        ("nation", _NATION),
        ("motto", _MOTTO),
        ("date", _DATE),
        ("blank_date", _BLANK_DATE),
        ("subject", _SUBJECT),
        ("addressed", _ADDRESSED),
        ("numbered", _NUMBERED),
    )
}
_DATED = re.compile(rf"(?:{_BLANK_DATE})\s*(?:\||$)")
# Where words of unknown meaning end.
_BOUNDARY = re.compile(
    rf"{_NATION}|{_MOTTO}|\s\||\|\s|_{{3,}}|-{{3,}}|\bs[o0]\s?:\s?(?=\S{{0,10}}[\d/.…])|\bv\s?/\s?v\b"
    r"|\bn[gq]?a[yv]\s?\d{1,2}\s?[tf]h[ao]n[gq]"
)
_FILLER = re.compile(r"[\s|_*=~.,:;–—-]*")

# "06/CT-BCA-V05", "22/2013/QĐ-TTg", "12-CT/TU", "3210/QĐ - U B ND", "773 /QĐ-TTg"; letters must follow.
NUMBER = re.compile(
    r"\d[\d.]{0,7}[a-z]?\s?(?:/\s?\d{4}\s?)?[-/–]\s?(?=[^\W\d_a-zà-ỹ])"
    r"[^\W_]{1,12}\d{0,2}(?:(?<=\s[^\W\d_])\s[^\W\d_]{1,3}(?=[\s/-]|$))?"
    r"(?:\s?[-–/&]\s?[^\W_]{1,12}(?:(?:(?<=\s[^\W\d_])|(?<=-[^\W\d_]))\s[A-ZĐ]{1,3}(?=[\s/-]|$)){0,3}){0,4}"
)
# What is left of a number that was written by hand and not read: "§Ø0 /TCT-TTr", "861913 /TCHQ-TXNK".
_UNREAD_NUMBER = re.compile(
    r"(?P<digits>[^|\s]{0,10})\s?[-–_]?\s?/\s?"
    r"(?P<symbol>[A-ZĐ][^\W\d_]{1,9}(?:[-/][A-ZĐ][^\W\d_]{1,9}){0,3})(?![^\W_])"
)
# ": 300 /TCHQ-GSQL": the word before the colon is lost.
_LOST_LABEL = re.compile(r"^[^\w|]{0,3}:\s?$")

# What recognition may damage beyond any pattern, folded, and how alike what was read must be, of 100.
_FIXED = {"nation": "cong hoa xa hoi chu nghia viet nam", "motto": "doc lap - tu do - hanh phuc"}
_ALIKE = 78
_SHORTEST_FIXED = 20  # code points of a line that may hold one of them


class PieceKind(Enum):
    """What a piece of the block was recognised as."""

    NATION = "nation"  # quốc hiệu
    MOTTO = "motto"  # tiêu ngữ
    NUMBER = "number"  # số, ký hiệu
    UNFILLED = "unfilled"  # the symbol of a number whose digits were left open
    UNREAD = "unread"  # the symbol of a number whose digits are not as printed
    BLANK = "blank"  # the place of a date that is not there
    DATE = "date"  # địa danh, ngày tháng
    SUBJECT = "subject"  # trích yếu after "V/v"
    ADDRESSED = "addressed"  # kính gửi
    WORDS = "words"  # anything else


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its kind, its words, and where they start in the line.

    ``match`` is the match on the folded line, for dates.
    """

    kind: PieceKind
    words: str
    start: int
    match: re.Match[str] | None = None

    def group(self, name: str) -> str:
        """Return the words of one group of ``match`` as printed, empty where it has no part in it."""
        start, end = self.match.span(name) if self.match else (-1, -1)
        return self.words[start - self.start : end - self.start] if start >= 0 else ""


def cut_line(text: str) -> list[Piece]:
    """Return the pieces of one line of the block; a line too long for the block is one piece of words.

    >>> [(piece.kind.value, piece.words) for piece in cut_line("BỘ Y TẾ | Độc lập - Tự do - Hạnh phúc")]
    [('words', 'BỘ Y TẾ'), ('motto', 'Độc lập - Tự do - Hạnh phúc')]
    """
    whole = [Piece(PieceKind.WORDS, text, 0)]
    if len(text) > _LONGEST_LINE:
        return whole
    folded = fold(text)
    pieces = list(_pieces(text, folded, _damaged_phrases(folded)))
    kinds = {piece.kind for piece in pieces}
    is_sentence = len(text) > _LONGEST_COLUMNS and bool(pieces) and pieces[0].kind is PieceKind.WORDS
    is_sentence = is_sentence or any(map(_is_told_of, pieces, pieces[1:]))
    return whole if is_sentence and not kinds & {PieceKind.NATION, PieceKind.MOTTO} else pieces


def _is_told_of(before: Piece, piece: Piece) -> bool:
    """Whether a date is told of ("trước ngày 25 tháng 7"); that of a document follows a place and a comma."""
    is_date = piece.kind is PieceKind.DATE and before.kind is PieceKind.WORDS
    return is_date and not before.words.endswith((",", ";", ".")) and not before.words.isupper()


def _damaged_phrases(folded: str) -> dict[int, tuple[PieceKind, int]]:
    """Return the fixed phrases that no pattern finds but that are still there: kind and end, by their start.

    >>> _damaged_phrases(fold("BỘ TÀI CHÍNH CONG E 1ÔI CHỦ NGHĨA VIỆT NAM"))[13][0].value
    'nation'
    """
    found: dict[int, tuple[PieceKind, int]] = {}
    if len(folded) < _SHORTEST_FIXED:
        return found
    for kind, phrase in _FIXED.items():
        if not re.search(_NATION if kind == "nation" else _MOTTO, folded):
            at = partial_ratio_alignment(phrase, folded, score_cutoff=_ALIKE)
            if at is not None:
                start = folded.rfind(" ", 0, at.dest_start + 2) + 1
                end = folded.find(" ", max(start, at.dest_end - 1))
                found[start] = (PieceKind(kind), end if end >= 0 else len(folded))
    return found


def _pieces(text: str, folded: str, damaged: dict[int, tuple[PieceKind, int]]) -> Iterator[Piece]:
    position = _filled(text, 0)
    while position < len(text):
        kind, end = damaged.get(position, (None, 0))
        piece = (
            (Piece(kind, text[position:end], position) if kind else None)
            or _known_piece(text, folded, position)
            or _unlabelled_number(text, folded, position)
            or _words(text, folded, position, damaged)
        )
        yield piece
        position = _filled(text, max(piece.start + len(piece.words), position + 1))


def _filled(text: str, position: int) -> int:
    match = _FILLER.match(text, position)
    return match.end() if match else position


@cache
def type_words() -> dict[str, DocType]:
    """Return the types of documents by their words, folded.

    >>> type_words()["nghi dinh"].value
    'decree'
    """
    return {fold(entry["word"]): DocType(entry["type"]) for entry in load("document_types")["type"]}


def _known_piece(text: str, folded: str, position: int) -> Piece | None:
    for name, pattern in _STARTS.items():
        match = pattern.match(folded, position)
        if match is None:
            continue
        if name == "numbered":
            if text[match.start()] == "s" and match[0].strip()[-1] not in ":;!.":
                continue  # "số 12/QĐ-UBND" within a sentence
            return _number(text, match)
        if name in ("subject", "addressed"):
            return _rest_of_cell(PieceKind(name), text, match.end())
        kind = PieceKind.BLANK if name == "blank_date" else PieceKind(name)
        if name in ("date", "blank_date") and not _ends_cell(folded, match.end()):
            continue
        return Piece(kind, text[position : match.end()], position, match)
    return None


def _ends_cell(folded: str, position: int) -> bool:
    """Whether a date stands at the end of its cell, as it does above the body and not within a sentence."""
    rest = folded[_filled(folded, position) :]
    if not rest or folded[position:].lstrip()[:1] == "|" or re.match(_SUBJECT, rest):
        return True
    return rest.partition(" cua ")[0].strip(" :") in type_words()


def _number(text: str, opening: re.Match[str]) -> Piece | None:
    match = NUMBER.match(text, opening.end())
    if match is not None:
        return Piece(PieceKind.NUMBER, match.group(), match.start())
    unread = _UNREAD_NUMBER.match(text, opening.end())
    if unread is not None:
        kind = PieceKind.UNREAD if unread["digits"].strip(".…_") else PieceKind.UNFILLED
        return Piece(kind, unread["symbol"], unread.start("symbol"))
    return Piece(PieceKind.UNFILLED, "", opening.end())


def _unlabelled_number(text: str, folded: str, position: int) -> Piece | None:
    """Return the number that lost its "Số", known by the date beside it.

    What the word was read as may stick to the digits ("861913" for "Số: 1913"), so that they count only
    where its colon is still there.
    """
    unread = _UNREAD_NUMBER.match(text, position)
    if unread is None or not _DATED.match(folded, _filled(text, unread.end())):
        return None
    number = NUMBER.match(text, position)
    if number is not None and _LOST_LABEL.match(text[:position]):
        return Piece(PieceKind.NUMBER, number.group(), number.start())
    return Piece(PieceKind.UNREAD, unread["symbol"], unread.start("symbol"))


def _rest_of_cell(kind: PieceKind, text: str, start: int) -> Piece:
    end = text.find(" |", start)
    return Piece(kind, text[start : end if end >= 0 else None], start)


def _words(text: str, folded: str, position: int, damaged: Iterable[int]) -> Piece:
    boundary = _BOUNDARY.search(folded, position + 1)
    ends = [start for start in damaged if start > position] + [len(text)]
    end = min(boundary.start() if boundary else len(text), *ends)
    return Piece(PieceKind.WORDS, text[position:end].rstrip(), position)
