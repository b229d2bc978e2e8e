"""Markdown that OCR tools and web converters leave: emphasis, headings; emphasis also tells what is one line.

Asterisks of the text itself ("(*)" for a note, "* " before a list item, 5*3) stay.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.clean.lines import has_marker, is_type_line
from pipeline.clean.offsets import Edit

_HEADING: Final = re.compile(r"(?m)^[ ]*#{1,6}[ ]+(?=\S)")
_STRONG: Final = re.compile(r"\*\*(?:[^*\n]|\n(?!\s*\n)){1,600}?\*\*")
_PAIR: Final = re.compile(r"(?<![\w*(])\*(?=[^\s*)])[^*\n]{1,2000}(?:\n[^*\n]{1,2000}){0,40}\*")
_ASTERISKS: Final = re.compile(r"\*{2,}|\*")
_LONGEST_TYPE: Final = 40  # code points of the word for the type of a document, marks included
_DEEPEST_INDENT: Final = 100  # blanks before the bullet of an item
_INNER_BREAK: Final = re.compile(r"(?<![ ])[ ]*+\n[ ]*")


def join_emphasis(text: str) -> list[Edit]:
    """Return edits that join the lines inside one bold run: a heading or a name cut by a converter.

    >>> join_emphasis("**ỦY BAN NHÂN\\nDÂN**")
    [Edit(start=13, end=14, after=' ', rule='join-emphasis')]
    """
    if "**" not in text:
        return []
    found = []
    for run in _STRONG.finditer(text):
        for gap in _INNER_BREAK.finditer(text, run.start() + 2, run.end() - 2):
            before, after = text[run.start() + 2 : gap.start()], text[gap.end() : run.end() - 2]
            apart = is_type_line(before.strip()) or has_marker(after)
            if before.strip() and after.strip() and not apart:
                found.append(Edit(gap.start(), gap.end(), " ", "join-emphasis"))
    return found


def strip_markdown(text: str) -> list[Edit]:
    """Return edits that delete the marks of headings, and of emphasis where a document uses it.

    "**NGHỊ ĐỊNH**Quy định về ..." becomes two lines.

    >>> [e[:2] for e in strip_markdown("về “**Đẩy mạnh**” (*)")]
    [(4, 6), (14, 16)]
    """
    found = [Edit(m.start(), m.end(), "", "markdown") for m in _HEADING.finditer(text)] if "#" in text else []
    if "*" in text and ("**" in text or _PAIR.search(text)):
        marks = (m for m in _ASTERISKS.finditer(text) if not _is_own(text, m))
        found += [Edit(m.start(), m.end(), _instead(text, m), "markdown") for m in marks]
    return sorted(found)


def _instead(text: str, mark: re.Match[str]) -> str:
    """Return what an emphasis mark leaves: a line feed where it alone parts the type from the title."""
    if len(mark[0]) < 2 or not text[mark.end() : mark.end() + 1].isupper():
        return ""
    before = text[max(0, mark.start() - _LONGEST_TYPE) : mark.start()].rpartition("\n")[2]
    return "\n" if is_type_line(before.strip("* ")) else ""


def _is_own(text: str, mark: re.Match[str]) -> bool:
    """Tell whether an asterisk belongs to the text: a note mark or the bullet of an item."""
    if len(mark[0]) > 1:
        return False
    start, end = mark.span()
    if text[max(0, start - 1) : end + 1] == "(*)":
        return True
    indent = text[max(0, start - _DEEPEST_INDENT) : start].rpartition("\n")[2]
    if indent.strip() or text[end : end + 1] != " ":
        return False
    line_end = text.find("\n", end)
    return "*" not in text[end : line_end if line_end >= 0 else len(text)]
