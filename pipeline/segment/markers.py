"""Markers: what stands before a provision and numbers it ("I.", "1.1.", "a)", "Điều 3.", "-").

Reading a marker looks at one line alone; whether it fits the sequence is for `tree` to judge. Look-alikes
that a single line gives away are no markers: dates ("15/11"), thousands ("1.000"), initials and
negative numbers. Imports ``records`` and ``lines``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from pipeline.records import ProvisionKind
from pipeline.segment.lines import CELL_SEPARATOR, EMPTY_CELL


class Style(IntEnum):
    """Form of a marker. The order is the usual nesting, outermost first."""

    PART = 0  # PHẦN I
    CHAPTER = 1  # CHƯƠNG II
    DIVISION = 2  # MỤC 1
    CAPITAL = 3  # A.
    ROMAN = 4  # I.
    ARTICLE = 5  # Điều 1.
    ARABIC = 6  # 1.
    ARABIC_BRACKET = 7  # 1)
    ARABIC_BRACKETS = 8  # (1)
    DECIMAL = 9  # 1.1.
    LETTER = 10  # a)
    LETTER_BRACKETS = 11  # (a)
    SMALL_ROMAN = 12  # (i)
    DASH = 13  # -
    PLUS = 14  # +
    BULLET = 15  # •
    ROW_ROMAN = 16  # I | ...
    ROW_NUMBER = 17  # 1 | ...
    ROW_DECIMAL = 18  # 1.1 | ...
    ROW = 19  # ... | ...


ITEM_STYLES = frozenset({Style.DASH, Style.PLUS, Style.BULLET, Style.ROW})
"""Styles that carry no number: they are counted within their parent."""

ARABIC_STYLES = frozenset({Style.ARABIC, Style.ARABIC_BRACKET, Style.ARABIC_BRACKETS})

ROW_STYLES = frozenset({Style.ROW_ROMAN, Style.ROW_NUMBER, Style.ROW_DECIMAL, Style.ROW})

_SECTION_STYLES = frozenset({Style.PART, Style.CHAPTER, Style.DIVISION, Style.ROMAN, Style.ROW_ROMAN})


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as read from one line.

    ``printed`` is the marker as it stands there; ``length`` counts the code points up to the text after it.
    ``label`` is its step in a path, ``value`` its place in the series (0 for items), ``components`` the
    numbers of a decimal marker without the last.
    """

    style: Style
    printed: str
    label: str
    value: int
    length: int
    components: tuple[str, ...] = ()

    @property
    def kind(self) -> ProvisionKind:
        """Return the kind of a provision with this marker."""
        if self.style in ITEM_STYLES:
            return ProvisionKind.ITEM
        return ProvisionKind.SECTION if self.style in _SECTION_STYLES else ProvisionKind.NUMBERED


_CAPITAL_LETTER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"  # the block Ạ-Ỹ holds small letters too: good enough after a marker
# What may follow a marker that has no space after it: "1.Nâng cao", "a)Người".
_TEXT = rf"(?=\s+\S|[{_CAPITAL_LETTER}“\"(]|$)\s*"

# "PHẦN I", "Chương II. QUY ĐỊNH CHUNG", "Phần thứ nhất", "Mục 1": nothing, punctuation or capitals follow.
_DIVISION = re.compile(
    r"(?P<word>PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|TIỂU MỤC|Tiểu mục)\s(?:THỨ\s|[Tt]hứ\s)?"
    r"(?P<number>[IVXL]{1,6}|\d{1,2}|(?i:nhất|hai|ba|bốn|tư|năm|sáu|bảy|tám))"
    r"(?:\s?[.:]\s*|\s?[-–]\s+|\s+(?=[A-ZĐÀ-Ý]{2}|[A-ZĐ]\s|[Ạ-Ỹ][A-ZĐÀ-Ỹ])|$)"
)
# "Điều 12.", "Điều 3a:", "ĐIỀU 1", but not "Điều 12 Nghị định số ...".
_ARTICLE = re.compile(r"(?i:điều)\s(?P<number>\d{1,3}[a-zđ]?)(?:\s?[.:]\s*|$)")
# "II.", "IV/", "III -", "I)".
_ROMAN = re.compile(rf"(?P<number>[IVXL]{{1,6}})(?:\s?[.)/]{_TEXT}|\s?[-–]\s+(?=\S))")
# "I MỤC ĐÍCH": the scan lost the full stop; two words in capitals must follow.
_BARE_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\s(?=[A-ZĐÀ-Ỹ]{2,}[ ,][A-ZĐÀ-Ỹ]{2})")
# "A. PHẦN CHUNG".
_CAPITAL = re.compile(rf"(?P<number>[A-HK])\s?[./)]{_TEXT}")
# "1.", "2/ ", "3)", "4 .", "5- Nâng cao"; not "15/11", "1.000", "06/CT".
_ARABIC = re.compile(
    rf"(?P<number>\d{{1,3}})(?:\s?(?P<point>[.)])(?!\d){_TEXT}|\s?/(?=\s)\s*|\s?[-–]\s?(?=[{_CAPITAL_LETTER}]))"
)
# "1.1.", "2.1.a.", "1.2) ", "3.1 Xây dựng"; the last only before a capital letter.
_DECIMAL = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4}(?:\.[a-zđ])?|\d{1,2}\.[a-zđ])"
    rf"(?:[.)/](?!\d){_TEXT}|\s(?=[{_CAPITAL_LETTER}“\"]))"
)
# "(1)", "(a)", "(ii)".
_BRACKETS = re.compile(r"\((?P<number>\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*")
# "a)", "đ.", "b/ ", "a1)", "a, Chủ trì"; "đ/c" and "v.v." are none.
_LETTER = re.compile(rf"(?P<number>[a-zđ]\d?)(?:\s?\){_TEXT}|\s?[./]\s+(?=\S)|,\s+(?=[{_CAPITAL_LETTER}]))")
# "ii)", "iv."
_SMALL_ROMAN = re.compile(r"(?P<number>[ivx]{2,4})(?:\)\s*|\.\s+)(?=\S)")
# "- Tổ chức", "–Tổ chức", in scans also "~ Tổ chức"; not "-----", "-5".
_DASH = re.compile(r"[-–—−‐‑](?:\s+(?=\S)|(?=[^\W\d_]|[“\"(]))|[~_]\s+(?=[^\W\d_])")
# "+ Nghiên cứu"; not "+84".
_PLUS = re.compile(r"\+(?:\s+(?=\S)|(?=[^\W\d_]|[“\"(]))")
# "• Tổ chức", "* Ghi chú"; the last but one is the bullet of the Symbol font.
_BULLET = re.compile(r"[•●○▪■□◦*·❖➢➤✓►\uf0b7\uf0a7]\s*(?=[^\W_]|[“\"(])")
# First cell of a table row: "I | ", "1 | ", "1. | ", "2.1 | ".
_ROW = re.compile(r"(?P<number>[IVXL]{1,6}|\d{1,3}(?:\.\d{1,2}){0,3})[.)]?\s\|\s")
# "1 | 2 | 3", "(1) | (2) | (3)": the line that counts the columns.
_COLUMN_NUMBERS = re.compile(r"\(?[\dA-H]\)?(?: \| \(?(?:\d{1,2}|[A-H])\)?){2,20}")

ALPHABET = "abcdđefghijklmnopqrstuvwxyz"  # points usually leave out f, j, w, z
_SMALL_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
}  # fmt: skip
_DIVISIONS = {"phần": Style.PART, "chương": Style.CHAPTER, "mục": Style.DIVISION, "tiểu mục": Style.DIVISION}
_DIVISION_LABELS = {Style.PART: "phan", Style.CHAPTER: "chuong", Style.DIVISION: "muc"}


def roman_value(numeral: str) -> int | None:
    """Return the value of a roman *numeral* in capitals, or None if it is not well formed.

    >>> roman_value("XIV"), roman_value("IIV")
    (14, None)
    """
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    digits = [values[letter] for letter in numeral]
    total = sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
    return total if roman_numeral(total) == numeral else None


def roman_numeral(value: int) -> str:
    """Return *value* (0 to 89) in roman numerals.

    >>> roman_numeral(4), roman_numeral(19)
    ('IV', 'XIX')
    """
    pairs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    numeral = ""
    for size, letters in pairs:
        numeral += letters * (value // size)
        value %= size
    return numeral


def read_marker(line: str, *, table: bool = True) -> Marker | None:
    """Return the marker at the start of *line*, or None.

    Whether it fits its surroundings is not looked at: "v. " reads as a letter here. A line with cells is a
    row, unless *table* is false.

    >>> read_marker("1.2. Sở Xây dựng:")
    Marker(style=<Style.DECIMAL: 9>, printed='1.2.', label='1.2', value=2, length=5, components=('1',))
    >>> read_marker("1.000 tỷ đồng") is read_marker("15/11 hằng năm") is None
    True
    """
    if not line:
        return None
    if table and (CELL_SEPARATOR in line or line.startswith(EMPTY_CELL)):
        return _row_marker(line)
    first = line[0]
    if first.isdigit():
        return _decimal_marker(line) or _arabic_marker(line)
    if first in "Đđ" and (match := _ARTICLE.match(line)):
        return _article_marker(match)
    if first.isalpha():
        return _lettered_marker(line)
    return _bracket_marker(line) if first == "(" else _item_marker(line)


def _printed(match: re.Match[str]) -> str:
    return match.group().rstrip()


def _row_marker(line: str) -> Marker | None:
    match = _ROW.match(line)
    if match is None or _COLUMN_NUMBERS.fullmatch(line):
        return Marker(Style.ROW, "", "r", 0, 0)
    number = match["number"]
    printed = match.group().rstrip(" |")
    if "." in number:
        components = number.split(".")
        return Marker(
            Style.ROW_DECIMAL, printed, number, int(components[-1]), match.end(), tuple(components[:-1])
        )
    if number.isdigit():
        return Marker(Style.ROW_NUMBER, printed, str(int(number)), int(number), match.end())
    value = roman_value(number)
    return Marker(Style.ROW_ROMAN, printed, number, value, match.end()) if value else None


def _decimal_marker(line: str) -> Marker | None:
    match = _DECIMAL.match(line)
    if match is None:
        return None
    number = match["number"]
    *components, last = number.split(".")
    value = int(last) if last.isdigit() else ALPHABET.index(last) + 1
    return Marker(Style.DECIMAL, _printed(match), number, value, match.end(), tuple(components))


def _arabic_marker(line: str) -> Marker | None:
    match = _ARABIC.match(line)
    if match is None:
        return None
    style = Style.ARABIC_BRACKET if match["point"] == ")" else Style.ARABIC
    value = int(match["number"])
    return Marker(style, _printed(match), str(value), value, match.end())


def _article_marker(match: re.Match[str]) -> Marker:
    number = match["number"]
    value = int(number.rstrip("abcdđeghiklmnopqrstuvxyzfjw"))
    return Marker(Style.ARTICLE, _printed(match), f"dieu-{number}", value, match.end())


def _lettered_marker(line: str) -> Marker | None:
    """Read a marker that starts with a letter: divisions, roman numerals, capitals, points."""
    if match := _DIVISION.match(line):
        return _division_marker(match)
    match = _ROMAN.match(line) or _BARE_ROMAN.match(line)
    if match and (value := roman_value(match["number"])):
        return Marker(Style.ROMAN, _printed(match), match["number"], value, match.end())
    if match := _CAPITAL.match(line):
        return Marker(
            Style.CAPITAL,
            _printed(match),
            match["number"],
            "ABCDEFGHK".index(match["number"]) + 1,
            match.end(),
        )
    if (match := _SMALL_ROMAN.match(line)) and match["number"] in _SMALL_ROMANS:
        return _small_roman_marker(match)
    if match := _LETTER.match(line):
        return _letter_marker(match, Style.LETTER)
    return None


def _division_marker(match: re.Match[str]) -> Marker | None:
    style = _DIVISIONS[match["word"].lower()]
    number = match["number"]
    value = _ORDINALS.get(number.lower()) or (int(number) if number.isdigit() else roman_value(number))
    if value is None:
        return None
    return Marker(style, _printed(match), f"{_DIVISION_LABELS[style]}-{number}", value, match.end())


def _letter_marker(match: re.Match[str], style: Style) -> Marker:
    number = match["number"]
    return Marker(style, _printed(match), number, ALPHABET.index(number[0]) + 1, match.end())


def _small_roman_marker(match: re.Match[str]) -> Marker:
    number = match["number"]
    return Marker(Style.SMALL_ROMAN, _printed(match), number, _SMALL_ROMANS.index(number) + 1, match.end())


def _bracket_marker(line: str) -> Marker | None:
    match = _BRACKETS.match(line)
    if match is None:
        return None
    number = match["number"]
    if number.isdigit():
        return Marker(Style.ARABIC_BRACKETS, _printed(match), str(int(number)), int(number), match.end())
    if number in _SMALL_ROMANS:
        return _small_roman_marker(match)
    return _letter_marker(match, Style.LETTER_BRACKETS) if len(number) == 1 else None


def _item_marker(line: str) -> Marker | None:
    for pattern, style, label in (
        (_DASH, Style.DASH, "-"),
        (_PLUS, Style.PLUS, "+"),
        (_BULLET, Style.BULLET, "•"),
    ):
        if match := pattern.match(line):
            return Marker(style, _printed(match), label, 0, match.end())
    return None
