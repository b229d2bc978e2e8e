"""Pieces of text with places on a page to lines in reading order.

The readers of PDF and of scans share it. Two columns stand beside each other in the head of every
document (issuer | national name and motto) and at its end (recipients | signature): read straight across,
they would be interleaved line by line, so the left column is read first and then the right one. Places are
in any unit, with y growing downwards. Imports ``paragraphs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.read.paragraphs import PlacedLine, join_wrapped, stand_apart

# Pieces whose base lines differ by less than this part of their size stand on one line.
_SAME_LINE = 0.35

# A gap wider than this part of the size of the letters separates columns.
_COLUMN_GAP = 0.85

# Columns of a single line are wider apart than that, those of two lines than half of it, and so on: justified
# lines have gaps too, and by chance one below the other.
_LONE_GAP = 3.0

# Lines of a column are nearer to each other than this, in sizes of the letters.
_TIGHT = 2.0

# Lines whose base lines are nearer than this cannot be one below the other, in sizes of the letters.
_BESIDE = 0.8

# "1.", "II.", "a)", "(3)", "-", "+", "2.1.", "Điều 3.": the gap behind a marker separates no columns.
_MARKER = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXivx]{1,7}|[^\W\d_]|Điều \d{1,3})[.):/]{0,2}|[-–—+•*o▪·]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without a wide gap in it; ``base`` is its base line and ``size`` the height of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


Row = tuple[Piece, ...]


def reading_order(pieces: Iterable[Piece], *, stands_apart: bool) -> list[str]:
    """Return the lines of a page, top down, columns beside each other one after the other.

    Lines that certainly go on in the next are one line; "" stands where a paragraph certainly ends.

    >>> left = Piece("BỘ CÔNG AN", 0, 90, 10, 10), Piece("Số: 06/CT-BCA", 0, 90, 22, 10)
    >>> right = Piece("CỘNG HÒA XÃ HỘI", 150, 290, 10, 10), Piece("Hà Nội, ngày 15", 150, 290, 23, 10)
    >>> reading_order([*right, *left], stands_apart=False)
    ['BỘ CÔNG AN', 'Số: 06/CT-BCA', 'CỘNG HÒA XÃ HỘI', 'Hà Nội, ngày 15']
    """
    rows = rows_of(pieces)
    lines: list[str] = []
    running: list[PlacedLine] = []
    at = 0
    while at < len(rows):
        end, gap = _column_block(rows, at)
        if gap is None:
            running.append(_placed(rows[at]))
        else:
            lines += [*join_wrapped(running, stands_apart=stands_apart), *_columns(rows[at:end], gap)]
            running = []
        at = end
    return lines + join_wrapped(running, stands_apart=stands_apart)


def paragraphs_stand_apart(pages: Iterable[Iterable[Piece]]) -> bool:
    """Tell whether the paragraphs of a document have more room between them than their lines have."""
    return stand_apart([_placed(row) for row in rows_of(pieces)] for pieces in pages)


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Group pieces that stand on one line, top down and left to right; close pieces become one.

    >>> pieces = [Piece("Số: 1", 0, 30, 25, 10), Piece("Hà", 14, 30, 10, 10), Piece("II.", 0, 10, 10.2, 10)]
    >>> [[piece.text for piece in row] for row in rows_of(pieces)]
    [['II. Hà'], ['Số: 1']]
    """
    rows: list[list[Piece]] = []
    for piece in sorted((p for p in pieces if p.text.strip()), key=lambda p: (p.base, p.left)):
        row = next((r for r in reversed(rows[-3:]) if _same_line(r, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_merge_close(sorted(row, key=lambda p: p.left)) for row in rows]


def _same_line(row: Sequence[Piece], piece: Piece) -> bool:
    """Compare with the piece of the row that is nearest, so that a skewed line stays one line."""
    near = min(row, key=lambda other: abs(other.right - piece.left))
    return abs(near.base - piece.base) < _SAME_LINE * min(near.size, piece.size)


def _merge_close(row: Sequence[Piece]) -> Row:
    merged: list[Piece] = []
    for piece in row:
        if merged and not _wide_gap(merged[-1], piece):
            merged[-1] = _joined(merged[-1], piece)
        else:
            merged.append(piece)
    return tuple(merged)


def _joined(left: Piece, right: Piece) -> Piece:
    apart = _is_apart(left, right)
    text = f"{left.text.rstrip()} {right.text.lstrip()}" if apart else left.text + right.text
    return Piece(text, left.left, max(left.right, right.right), left.base, max(left.size, right.size))


def _wide_gap(left: Piece, right: Piece) -> bool:
    if _MARKER.fullmatch(left.text.strip()):
        return False
    return right.left - left.right > _COLUMN_GAP * max(left.size, right.size)


def _is_apart(left: Piece, right: Piece) -> bool:
    spaced = left.text.endswith(" ") or right.text.startswith(" ")
    return spaced or right.left - left.right > 0.1 * max(left.size, right.size)


def _placed(row: Row) -> PlacedLine:
    text = " ".join(piece.text.strip() for piece in row)
    return PlacedLine(text, row[0].left, row[-1].right, row[0].base, max(piece.size for piece in row))


Gap = tuple[float, float]


def _column_block(rows: Sequence[Row], start: int) -> tuple[int, Gap | None]:
    """Return the end of the block of two columns that begins at ``start``, and the gap between them.

    The block lasts while no line crosses the gap, up to the last line that stands on both sides or on the
    right, and to the lines right below it that go on with the left column: recipients are more lines than
    a signature. Other lines on the left may be a paragraph that begins below. Without a block the end is
    the next line and the gap None.
    """
    gap = _first_gap(rows, start)
    if gap is None:
        return start + 1, None
    end = start + 1
    for index in range(start + 1, len(rows)):
        narrowed = _keep_gap(rows[index], gap)
        if narrowed is None or _far_below(rows[index - 1], rows[index]):
            break
        gap = narrowed
        if rows[index][-1].left >= gap[1] or (index == end and _goes_on_left(rows[index - 1], rows[index])):
            end = index + 1
    if (end - start) * _widest(rows[start:end], gap) < _LONE_GAP * rows[start][0].size:
        return start + 1, None
    return end, gap


def _widest(rows: Sequence[Row], gap: Gap) -> float:
    """Return how far apart the columns stand where they are furthest; lines of columns differ in length."""
    middle = (gap[0] + gap[1]) / 2
    widest = gap[1] - gap[0]
    for row in rows:
        left = [piece.right for piece in row if piece.left < middle]
        right = [piece.left for piece in row if piece.left >= middle]
        if left and right:
            widest = max(widest, min(right) - max(left))
    return widest


def _goes_on_left(row: Row, below: Row) -> bool:
    size = max(row[0].size, below[0].size)
    return below[0].base - row[0].base < _TIGHT * size and abs(below[0].left - row[0].left) < 2 * size


def _first_gap(rows: Sequence[Row], start: int) -> Gap | None:
    """Return the gap between two pieces beside each other; more pieces are a table without rules.

    Where the columns are set in different sizes, their first lines are two rows, less than a line apart.
    """
    row = rows[start]
    if len(row) == 1 and start + 1 < len(rows):
        below = rows[start + 1]
        if below[0].base - row[0].base < _BESIDE * max(row[0].size, below[0].size):
            row = tuple(sorted((*row, *below), key=lambda piece: piece.left))
    if len(row) != 2 or row[1].left - row[0].right < _COLUMN_GAP * max(row[0].size, row[1].size):
        return None
    return row[0].right, row[1].left


def _keep_gap(row: Row, gap: Gap) -> Gap | None:
    """Narrow the gap so that no piece of the row stands in it, None if a piece crosses it."""
    left, right = gap
    for piece in row:
        middle = (piece.left + piece.right) / 2
        if middle < (left + right) / 2:
            left = max(left, piece.right)
        else:
            right = min(right, piece.left)
    size = median(piece.size for piece in row)
    return (left, right) if right - left > _COLUMN_GAP / 2 * size else None


def _far_below(row: Row, below: Row) -> bool:
    """Six blank lines, enough for a signature and a seal, end a block."""
    return below[0].base - row[0].base > 9 * max(row[0].size, below[0].size)


def _columns(rows: Sequence[Row], gap: Gap) -> list[str]:
    middle = (gap[0] + gap[1]) / 2
    sides: tuple[list[str], list[str]] = ([], [])
    for row in rows:
        for side, lines in enumerate(sides):
            text = " ".join(piece.text.strip() for piece in row if (piece.left >= middle) == bool(side))
            lines += [text] if text else []
    return [*sides[0], *sides[1]]
