"""Blanks, invisible characters, hyphens and line endings.

Guarantees once these fixers have run: the only blanks are single spaces between words and line breaks;
no invisible character is left; a line neither begins nor ends with a space.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.clean.offsets import Edit

# The patterns begin with one class or character, to which the engine skips: they are tried on every text.
# Soft hyphen, zero-width and direction marks, byte-order mark, control characters; but not \t \n \f.
_UNSEEN: Final = (
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
)
_INVISIBLE: Final = re.compile(f"{_UNSEEN}{_UNSEEN}*")
_LINE_ENDING: Final = re.compile("[\r\x0b\x85\u2028\u2029](?:(?<=\r)\n)?")
_ODD_BLANKS: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ODD_HYPHEN: Final = re.compile("[\u2010\u2011]")  # CT‑BGDĐT with a non-breaking hyphen
# any of the three: one look tells that a text has none of them
_ODD: Final = re.compile("[\r\x0b\x85\u2028\u2029\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2010\u2011]")
# Looked for between two line feeds: two blanks and more, and a single one at the start or the end of a line.
# A blank is the most frequent character of all, so that no pattern begins with a single one.
_BLANK_RUN: Final = re.compile("   *")
_FIRST_BLANK: Final = re.compile("\n (?! )")
_LAST_BLANK: Final = re.compile("\n(?<= \n)(?<!  \n)")


def drop_invisible(text: str) -> list[Edit]:
    """Return edits that delete characters without width (soft hyphen, zero-width space, controls).

    >>> drop_invisible("Chỉ\N{ZERO WIDTH SPACE} thị")
    [Edit(start=3, end=4, after='', rule='invisible')]
    """
    return [Edit(m.start(), m.end(), "", "invisible") for m in _INVISIBLE.finditer(text)]


def unify_characters(text: str) -> list[Edit]:
    """Return edits that make every line ending, blank and hyphen the plain one.

    >>> [e.after for e in unify_characters("Số:\N{NO-BREAK SPACE}01/CT\N{NON-BREAKING HYPHEN}TTg")]
    [' ', '-']
    """
    if not _ODD.search(text):
        return []
    found = [Edit(m.start(), m.end(), "\n", "line-ending") for m in _LINE_ENDING.finditer(text)]
    found += [Edit(m.start(), m.end(), "-", "odd-hyphen") for m in _ODD_HYPHEN.finditer(text)]
    found += [Edit(m.start(), m.end(), " ", "odd-blank") for m in _ODD_BLANKS.finditer(text)]
    return sorted(found)


def single_spaces(text: str) -> list[Edit]:
    """Return edits that leave one space between words and none at the ends of lines.

    >>> [e[:3] for e in single_spaces(" phong trào  toàn dân ")]
    [(0, 1, ''), (11, 13, ' '), (21, 22, '')]
    """
    lines = f"\n{text}\n"
    found = {match.span() for match in _BLANK_RUN.finditer(lines)}
    found |= {(match.start() + 1, match.end()) for match in _FIRST_BLANK.finditer(lines)}
    found |= {(match.start() - 1, match.start()) for match in _LAST_BLANK.finditer(lines)}
    return [
        Edit(start - 1, end - 1, "" if "\n" in (lines[start - 1], lines[end]) else " ", "spaces")
        for start, end in sorted(found)
    ]
