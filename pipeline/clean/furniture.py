"""Furniture: what converters, printers and portals put around the text of a document.

Each fixer takes out whole lines and says by which rule; the law's own words are never touched. Left for
``stamps``: the seals and notes of those who received or signed the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.clean.lines import NATIONAL_NAME, Line, split_lines
from pipeline.clean.offsets import Edit

_FRONT_MATTER: Final = re.compile(
    r"\s*---[ ]*\n(?:[A-Za-z_][\w-]{0,40}:[^\n]{0,400}\n|[ ]*\n|[ ]*-[^\n]{0,200}\n){1,60}---[ ]*(?=\n|$)"
)
_CONVERTER_LINE: Final = re.compile(
    r"""(?xi)
      \*?Source:\s*\*?\s*\S+?\*?                    # *Source: ...*
    | -{2,5}\s*(?:page\s*break|page\s*\d{1,4}|trang\s*\d{1,4})\s*-{2,5}  # --- PAGE BREAK ---
    | <!--[^\n]{0,300}-->
    | \#{1,6}
    """
)
# Hints are looked for in a text with a line feed before it: the engine skips to a line feed, not to "^".
_CONVERTER_HINT: Final = re.compile(r"\n[ \f]*(?:\#{1,6}[ ]*(?:\n|\Z)|[-_=*~—–|: ]{3})")
_RULE_LINE: Final = re.compile(r"[-_=*~—–|: ]{3,}")
# "2", "- 2 -", "Trang 2", "2/12"
_PAGE_NUMBER: Final = re.compile(
    r"(?:[-–—|][ ]*|[Tt]rang[ ](?:số[ ])?)?(\d{1,4})(?:[ ]?/[ ]?\d{1,4})?(?:[ ]*[-–—|])?"
)
_NUMBER_LINE: Final = re.compile(rf"\n[ \f]*{_PAGE_NUMBER.pattern}[ \f]*(?=\n|\Z)")
_MASKED: Final = re.compile(r"\d+")

MAX_PAGE: Final = 999
MIN_PAGE_LENGTH: Final = 300  # code points; numbers that follow each other closer are a list or a column
MIN_REPEATED_PAGES: Final = 3
EDGE_LINES: Final = 2  # running headers and footers stand this close to the edge of a page


def drop_lines(lines: Iterable[tuple[Line, str]]) -> list[Edit]:
    """Return edits that delete whole lines, given each with the rule that names it furniture.

    The blank lines around stay, for they are evidence to the fixers that follow.
    """
    return [Edit(line.start, line.end, "", rule) for line, rule in lines]


def drop_front_matter(text: str) -> list[Edit]:
    """Return the edit that deletes the ``--- key: value ---`` header that converters put first.

    >>> [e[:2] for e in drop_front_matter('---\\ntitle: "CV 15"\\n---\\n\\nBỘ TÀI CHÍNH')]
    [(0, 22)]
    """
    match = _FRONT_MATTER.match(text[:20_000])
    return [Edit(0, match.end(), "", "front-matter")] if match else []


def drop_converter_lines(text: str) -> list[Edit]:
    """Return edits that delete source lines, page-break marks, rules and empty headings of converters.

    >>> [e.rule for e in drop_converter_lines("*Source: web*\\n--- PAGE BREAK ---\\n-------\\nCHỈ THỊ")]
    ['converter-line', 'converter-line', 'rule-line']
    """
    if not ("Source:" in text or "<!--" in text or _CONVERTER_HINT.search("\n" + text)):
        return []
    found = []
    for line in split_lines(text):
        head = line.text[0]
        if head in "*S-<#" and _CONVERTER_LINE.fullmatch(line.text):
            found.append((line, "converter-line"))
        elif head in "-_=*~—–|:" and _RULE_LINE.fullmatch(line.text) and line.text.strip("| "):
            found.append((line, "rule-line"))
    return drop_lines(found)


def drop_converter_title(text: str) -> list[Edit]:
    """Return the edit that deletes a ``# title`` that a converter put above the national name (quốc hiệu).

    >>> [e.rule for e in drop_converter_title("# Về nhà ở\\n| BỘ X | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |")]
    ['converter-title']
    """
    if "# " not in text[:4000]:
        return []
    lines = split_lines(text[:4000])[:3]
    for line, below in pairwise(lines):
        if line.text.startswith("# ") and NATIONAL_NAME.search(below.text):
            return [Edit(line.start, line.end, "", "converter-title")]
    return []


def drop_page_numbers(text: str) -> list[Edit]:
    """Return edits that delete page numbers: alone on a line, at a page's edge or amid blanks, and rising.

    A number stays where the line before wants one (ngày, số, Điều) or where numbers stand as close as
    the lines of a list.

    >>> [e[:2] for e in drop_page_numbers("Tổ chức thực hiện.\\n\\n2\\n\\n- Giao Công an tỉnh.")]
    [(20, 21)]
    """
    if not _NUMBER_LINE.search("\n" + text):
        return []
    lines = split_lines(text)
    candidates = [i for i, line in enumerate(lines) if len(line.text) <= 16 and _page_of(line) is not None]
    candidates = [i for i in candidates if _stands_apart(lines, i) and not _number_wanted(lines, i)]
    rising = _rising(candidates, lines)
    if _is_list([i for i in rising if not _is_decorated(lines[i])], lines):
        rising = [i for i in rising if _is_decorated(lines[i])]
    return drop_lines((lines[i], "page-number") for i in rising)


def _page_of(line: Line) -> int | None:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match[1]) if match and 0 < int(match[1]) <= MAX_PAGE else None


def _is_decorated(line: Line) -> bool:
    """Tell whether dashes or a word say that the number is a page's (- 2 -, Trang 2, Trang 2/5)."""
    return not line.text.replace("/", "").replace(" ", "").isdigit()


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is set off from the text: by blanks, by a page break, or by its own dashes."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    return (
        _is_decorated(line)
        or line.blanks > 0
        or line.new_page
        or (following is not None and (following.blanks > 0 or following.new_page))
    )


_WANTS_NUMBER: Final = re.compile(
    r"(?:^|\s)(?:ngày|tháng|năm|số|Số|quý|khoản|điểm|Điều|điều|mục|Mục|lần|thứ|khóa):?$"
)


def _number_wanted(lines: Sequence[Line], index: int) -> bool:
    return index > 0 and bool(_WANTS_NUMBER.search(lines[index - 1].text[-12:]))


def _rising(candidates: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """Return the candidates whose numbers rise, a stray number out of order skipped.

    Greedy is enough, for page numbers rise from the start.
    """
    chain: list[int] = []
    for index in candidates:
        number = _page_of(lines[index]) or 0
        if not chain or number > (_page_of(lines[chain[-1]]) or 0):
            chain.append(index)
    return chain


def _is_list(chain: Sequence[int], lines: Sequence[Line]) -> bool:
    """Tell whether the numbers are a list or a column of a table: they follow too close on each other."""
    close = sum(lines[b].start - lines[a].start < MIN_PAGE_LENGTH for a, b in pairwise(chain))
    return len(chain) > 1 and close * 2 >= len(chain) - 1


def drop_running_lines(text: str) -> list[Edit]:
    """Return edits that delete headers and footers which repeat from page to page, numbers aside."""
    if text.count("\f") < MIN_REPEATED_PAGES - 1:
        return []
    edges = [line for page in _pages(split_lines(text)) for line in {*page[:EDGE_LINES], *page[-EDGE_LINES:]}]
    seen = Counter(_MASKED.sub("0", line.text) for line in edges)
    needed = max(MIN_REPEATED_PAGES, (text.count("\f") + 1) // 2)
    running = [line for line in edges if seen[_MASKED.sub("0", line.text)] >= needed]
    return drop_lines((line, "running-line") for line in sorted(running))


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.new_page:
            pages.append([])
        pages[-1].append(line)
    return pages
