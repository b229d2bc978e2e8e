"""Lines of a text, and what the first words of a line tell: marker, heading, recipient, type of document.

Everything that looks at lines uses these; offsets are into the text that was split.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.clean.charset import UPPER
from pipeline.lexicon import load

NATIONAL_NAME: Final = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM")
"""The national name (quốc hiệu) or the Party's: the first line of every document's header."""


class Line(NamedTuple):
    """One line that holds something; ``text`` is stripped and is ``source[start:end]``."""

    start: int
    end: int
    text: str
    blanks: int  # empty lines just before it; at the top of a page, those at the end of the page before
    new_page: bool  # a form feed stands before it


@lru_cache(maxsize=2)
def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of ``text`` that are not blank, in order.

    The last texts are remembered, for one fixer after the other asks for the lines of the same.

    >>> [(line.text, line.blanks, line.new_page) for line in split_lines(" KẾ HOẠCH \\n\\f\\nThực hiện")]
    [('KẾ HOẠCH', 0, False), ('Thực hiện', 1, True)]
    """
    lines: list[Line] = []
    position = blanks = 0
    new_page = False
    for page_number, page in enumerate(text.split("\f")):
        new_page = new_page or page_number > 0
        for row in page.split("\n"):
            content = row.strip(" ")
            if content:
                start = position if row[0] != " " else position + len(row) - len(row.lstrip(" "))
                lines.append(Line(start, start + len(content), content, blanks, new_page))
                blanks, new_page = -1, False
            blanks += not new_page
            position += len(row) + 1
    return tuple(lines)


# What begins a unit of its own: "- ", "1. ", "1.2. ", "2) ", "(3) ", "4/ ", "II. ", "a) ", "Điều 5.".
_MARKER: Final = re.compile(
    r"""(?x)
      [-–—+•▪◦●*~_][ ]*(?=[^\W\d_])              # - Tổ chức, -Như trên
    | [-–—+•▪◦●*][ ]
    | \d{1,3}(?:\.\d{1,3}){0,4}[.)](?=[ ]|[^\W\d_]|[“"(])   # 1. 1.2. 3)
    | \d{1,3}(?:\.\d{1,3}){1,4}[ ]+(?=[UPPER])  # 1.2 Giao
    | \d{1,3}/[ ]
    | \(\d{1,3}\)
    | [IVXL]{1,6}(?:[.)/]|[ ]?[-–](?=[ ]))
    | [a-zđA-HĐ][.)](?=[ ]|[UPPER])
    | [a-zđ](?:/[ ]|,[ ](?=[UPPER]))
    | (?:Điều|ĐIỀU|Khoản)[ ]\d{1,3}[a-z]?(?:[.:]|$)
    | (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu[ ]mục)[ ](?:[IVXL]{1,6}|\d{1,3}|thứ|THỨ)\b
    | (?:PHỤ[ ]LỤC|Phụ[ ]lục)(?:[ ][IVXL\d]{1,5})?[.:]?$
    """.replace("UPPER", UPPER)
)


def has_marker(line: str) -> bool:
    """Tell whether the line begins with a marker of the genre's numberings.

    >>> [has_marker(s) for s in ("1. Mục đích", "- Tổ chức", "a) Giao", "22/01/2019 của", "Điều 16 Luật")]
    [True, True, True, False, False]
    """
    return bool(_MARKER.match(line))


@cache
def _starters() -> re.Pattern[str]:
    words = load("line_words")["starters"]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def starts_unit(line: str) -> bool:
    """Tell whether the line must begin a paragraph: a marker, a legal basis, recipients, a signature.

    >>> [starts_unit(s) for s in ("Nơi nhận:", "Căn cứ Luật Đất đai", "Thủ tướng Chính phủ")]
    [True, True, False]
    """
    return has_marker(line) or bool(_starters().match(line)) or is_type_line(line)


@cache
def _type_words() -> frozenset[str]:
    words = {entry["word"].upper() for entry in load("document_types")["type"]}
    return frozenset(words | set(load("line_words")["more_type_lines"]))


def is_type_line(line: str) -> bool:
    """Tell whether the line is nothing but the type of the document, in capitals.

    >>> [is_type_line(s) for s in ("CHỈ THỊ", "QUYẾT ĐỊNH:", "Chỉ thị")]
    [True, True, False]
    """
    return line.rstrip(" :") in _type_words()


def is_capitals(line: str) -> bool:
    """Tell whether the line is set in capitals; digits, d/m and the like do not count.

    >>> [is_capitals(s) for s in ("TM. ỦY BAN NHÂN DÂN", "Nơi nhận", "2025")]
    [True, False, False]
    """
    return line.isupper() and sum(map(str.isalpha, line)) > 1


def is_row(line: str) -> bool:
    """Tell whether the line is a row of a table, its cells joined by " | "."""
    return " | " in line
