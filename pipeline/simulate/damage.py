"""What scanners, converters and portals do to a text: the raw file of a simulated plan.

Each damage leaves the gold as it was: cleaning is to undo it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Lines = list[str]

_LOOKALIKES = {
    "l": "1",
    "O": "0",
    "o": "0",
    "ô": "o",
    "ư": "u",
    "ệ": "ẹ",
    "ủ": "ú",
    "ị": "i",
    "n": "h",
    "c": "e",
}
"""Letters that text recognition confuses in Vietnamese scans; the tone mark suffers most."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage and how often it befalls a document, in [0, 1]."""

    name: str
    rate: float
    apply: Callable[[Lines, Random], Lines]


def damage_lines(lines: Lines, rng: Random) -> tuple[Lines, tuple[str, ...]]:
    """Return the lines of the raw file and the names of what befell them, in the order of `DAMAGES`."""
    names = []
    for damage in DAMAGES:
        if rng.random() < damage.rate:
            lines = damage.apply(lines, rng)
            names.append(damage.name)
    return lines, tuple(names)


def _lose_header(lines: Lines, rng: Random) -> Lines:
    start = next(index for index, line in enumerate(lines) if line == "KẾ HOẠCH")
    return lines[start:]


def _confuse_letters(lines: Lines, rng: Random) -> Lines:
    def confused(letter: str) -> str:
        return _LOOKALIKES[letter] if letter in _LOOKALIKES and rng.random() < 0.004 else letter

    return ["".join(map(confused, line)) for line in lines]


def _double_spaces(lines: Lines, rng: Random) -> Lines:
    return [
        "".join("  " if letter == " " and rng.random() < 0.06 else letter for letter in line)
        for line in lines
    ]


def _break_d(lines: Lines, rng: Random) -> Lines:
    table = str.maketrans("đĐ", "ñð")
    return [line.translate(table) for line in lines]


def _wrap(lines: Lines, rng: Random) -> Lines:
    width = rng.choice((72, 80, 88))
    wrapped: Lines = []
    for line in lines:
        wrapped += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return wrapped


def _number_pages(lines: Lines, rng: Random) -> Lines:
    numbered: Lines = []
    page = 1
    for index, line in enumerate(lines):
        if index and index % 38 == 0:
            page += 1
            numbered += ["", str(page), ""]
        numbered.append(line)
    return numbered


def _blank_lines(lines: Lines, rng: Random) -> Lines:
    return [part for line in lines for part in (line, "")]


DAMAGES = (
    Damage("lost header", 0.3, _lose_header),
    Damage("confused letters", 0.15, _confuse_letters),
    Damage("double spaces", 0.3, _double_spaces),
    Damage("broken đ", 0.15, _break_d),
    Damage("wrapped lines", 0.5, _wrap),
    Damage("page numbers", 0.3, _number_pages),
    Damage("blank lines", 0.3, _blank_lines),
)
"""In the order in which they befall a document: letters first, then lines."""
