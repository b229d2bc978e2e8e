"""What a legal portal prints around a document: metadata above, notices below.

Only a saved page has these; the words are data (``lexicon/portal_words.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipeline.clean.lines import NATIONAL_NAME, Line, split_lines
from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

# Quyết định 2873/QĐ-UBND năm 2025 công bố ...
_NAME: Final = re.compile(r"[*# ]{0,4}(?:[^\W\d_]{1,10} ){1,3}(?:số )?\d{1,6}/[\d/]{0,5}[A-ZĐ]")
MIN_LABELS: Final = 4  # so many labels make a table of metadata
MAX_HEAD_LINES: Final = 120  # lines searched for it from the top


def drop_portal_head(text: str) -> list[Edit]:
    """Return the edit that deletes a portal's table of metadata and whatever precedes it.

    It counts from four labels on, above the national name (quốc hiệu); the last label takes its value
    along. Tables must have been taken apart before.
    """
    name = NATIONAL_NAME.search(text)
    if name is None or not any(text.find(label, 0, name.start()) >= 0 for label in _labels()):
        return []
    lines = split_lines(text)
    head = _head_lines(lines)
    return [Edit(0, lines[head - 1].end, "", "portal")] if head else []


def drop_portal_tail(text: str) -> list[Edit]:
    """Return the edit that deletes a portal's notices and all that follows them.

    They count only below the closing mark "./." or the recipients.

    >>> drop_portal_tail("Giao Sở Y tế thực hiện./.\\nVăn bản liên quan\\nTải về")
    [Edit(start=26, end=50, after='', rule='portal')]
    """
    ends = [end for end in (text.find("./."), text.find("Nơi nhận")) if end >= 0]
    if not ends or not any(text.find(notice, min(ends)) >= 0 for notice in _notices()):
        return []
    lines = split_lines(text)
    tail = _tail_start(lines)
    return [Edit(lines[tail].start, len(text), "", "portal")] if tail < len(lines) else []


@cache
def _labels() -> tuple[str, ...]:
    return tuple(load("portal_words")["labels"])


@cache
def _notices() -> tuple[str, ...]:
    return tuple(load("portal_words")["notices"])


def _head_lines(lines: Sequence[Line]) -> int:
    """Return how many lines the metadata and what precedes it take, 0 where there is none."""
    found: list[int] = []
    for index, line in enumerate(lines[:MAX_HEAD_LINES]):
        if NATIONAL_NAME.search(line.text):
            distinct = {lines[i].text for i in found}
            return min(found[-1] + 2, index) if len(distinct) >= MIN_LABELS else 0
        if line.text.lstrip("*# ").startswith(_labels()):
            found.append(index)
    return 0


def _tail_start(lines: Sequence[Line]) -> int:
    """Return the index of the first line below the end of the document."""
    closed = False
    for index, line in enumerate(lines):
        bare = line.text.lstrip("*# ")
        if closed and bare.startswith(_notices()):
            # the portal repeats the name of the document above its first notice
            named = index > 0 and _NAME.match(lines[index - 1].text)
            return index - 1 if named else index
        closed = closed or "./." in bare or bare.startswith("Nơi nhận")
    return len(lines)
