"""Where the block above the body begins, and how a body begins that lost its block.

Imports ``letterhead``, ``lines``, ``markers`` and ``names``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment.letterhead import PieceKind, cut_line
from pipeline.segment.lines import Line, fold, is_capitals
from pipeline.segment.markers import ITEM_STYLES, read_marker
from pipeline.segment.names import name_body

_LONGEST_WRAPPING = 40  # lines of a web page or a scan before the block
_LONGEST_LEFT = 8  # lines of the left column
_LONGEST_LINE = 110  # code points of a line of it
WIDEST_COLUMN = 60  # code points of a line in the narrow column below the number
_LEFT = {PieceKind.NUMBER, PieceKind.UNFILLED, PieceKind.UNREAD, PieceKind.SUBJECT}

# Folded: how the first sentence of a body begins.
_BODY_STARTS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh|thuc hien|de |nham |ngay \d)")


def starts_body(text: str) -> bool:
    """Return whether *text* begins as the first sentence of a body does.

    >>> starts_body("Căn cứ Luật Đất đai"), starts_body("QUYẾT ĐỊNH")
    (True, False)
    """
    return _BODY_STARTS.match(fold(text[:20])) is not None


def find_start(lines: Sequence[Line]) -> tuple[int, bool]:
    """Return where the block begins, and whether it is typed in small letters, by its national name.

    What stands before is the wrapping of a web page, unless it looks like a body that lost its block.

    >>> words = ["Trang chủ", "BỘ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    >>> find_start([Line(40 * place, text) for place, text in enumerate(words)])
    (1, False)
    """
    for index, line in enumerate(lines[:_LONGEST_WRAPPING]):
        nation = next((p.words for p in cut_line(line.text) if p.kind is PieceKind.NATION), None)
        if nation is not None:
            small = not is_capitals(nation)
            return _first_above(lines, index, small), small
        marker = read_marker(line.text)
        if (marker and marker.style not in ITEM_STYLES) or starts_body(line.text):
            return 0, False
    return 0, False


def _first_above(lines: Sequence[Line], nation: int, small: bool) -> int:
    """Return the first line of the block above the national name.

    Where columns were read one by one, the whole left one stands there, number and subject included. A line
    that goes on with a subject counts where something known stands above it.
    """
    first = nation
    for index in range(nation - 1, max(-1, nation - 1 - _LONGEST_LEFT), -1):
        text = lines[index].text
        if len(text) >= _LONGEST_LINE:
            break
        if is_capitals(text) or {p.kind for p in cut_line(text)} & _LEFT or (small and name_body([text])):
            first = index
        elif not (text[0].islower() and len(text) < WIDEST_COLUMN):
            break
    return first
