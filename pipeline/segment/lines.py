"""Lines of a clean text with their offsets, and the folded view in which fixed phrases are recognised.

A clean text holds one paragraph a line. Scans lose tone marks in the fixed phrases of the header and the
closing ("Noi nhận", "CONG HOA XÃ HỘI"), so these are looked up without marks; folding keeps the length, so
that a match in the folded line has the same offsets in the line itself. Imports nothing of ours.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

CELL_SEPARATOR = " | "
"""What stands between the cells of a table row in a clean text."""

EMPTY_CELL = "| "
"""What a table row starts with whose first cell is empty."""

_SAMPLE = 200  # code points from which the case of a line is told
_FIRST_LOOK = 50  # ... and from which most lines in small letters are known


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without outer spaces, and where that text starts in the document."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset just after the last character."""
        return self.start + len(self.text)


def split_lines(text: str) -> list[Line]:
    """Return the lines of *text* that hold anything, in order, without outer white space.

    >>> split_lines("Điều 1.\\n\\n  Phạm vi ")
    [Line(start=0, text='Điều 1.'), Line(start=11, text='Phạm vi')]
    """
    lines = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(start + raw.index(stripped[0]), stripped))
        start += len(raw) + 1
    return lines


def _folding_table() -> dict[int, str]:
    """Map each accented Latin letter to its plain small letter, one code point to one."""
    table = {ord("Đ"): "d", ord("đ"): "d", ord("Ð"): "d", ord("ð"): "d"}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1EFA)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table


_FOLDING = _folding_table()


def fold(text: str) -> str:
    """Return *text* in small letters without tone marks, of the same length.

    >>> fold("Nơi nhận: Đảng ủy")
    'noi nhan: dang uy'
    """
    return text.translate(_FOLDING)


def is_capitals(text: str) -> bool:
    """Return whether nearly all letters of *text* are capitals (a scan may lose one in ten).

    >>> is_capitals("MỤC ĐÍCH, YÊU CẦU"), is_capitals("UBND tỉnh")
    (True, False)
    """
    if sum(map(str.islower, text[:_FIRST_LOOK])) > 0.1 * _SAMPLE:
        return False  # more than the sample may hold, whatever follows
    sample = text[:_SAMPLE]
    capitals = sum(map(str.isupper, sample))
    letters = capitals + sum(map(str.islower, sample))
    return letters >= 2 and capitals >= 0.9 * letters
