"""Rows of cells to lines of text. Imports only the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import lexicon

Cell = list[str]
"""The lines of one cell; [] for an empty one and for one that a cell above or before it covers."""

SEPARATOR = " | "

_MAX_LAYOUT_ROWS = 3
_MAX_LAYOUT_COLUMNS = 3


def is_layout(rows: Sequence[Sequence[Cell]], *, bordered: bool) -> bool:
    """Tell a table that only places text from one that means its rows and columns.

    The head of a document (issuer | national name) and its end (recipients | signature) are such, with a
    few cells and no borders, and a box around one text is.

    >>> is_layout([[["BỘ CÔNG AN"], ["Độc lập - Tự do - Hạnh phúc"]]], bordered=True)
    True
    >>> is_layout([[["TT"], ["Nhiệm vụ"]], [["1"], ["Rà soát"]]], bordered=True)
    False
    """
    columns = max((len(row) for row in rows), default=0)
    if columns <= 1:
        return True
    if len(rows) > 2 * _MAX_LAYOUT_ROWS or columns > _MAX_LAYOUT_COLUMNS:
        return False
    if not bordered and len(rows) <= _MAX_LAYOUT_ROWS:
        return True
    words = " ".join(line for row in rows for cell in row for line in cell).lower()
    return any(mark in words for mark in lexicon.load("layout_words")["marks"])


def table_lines(rows: Sequence[Sequence[Cell]], *, layout: bool) -> list[str]:
    """Return a table as lines: a row each, cells joined by " | "; columns one by one for a layout.

    Empty cells at the end of a row are left out, so that a heading over all columns is a plain line.

    >>> table_lines([[["1"], ["Rà soát", "văn bản"], ["Sở Tư pháp"]]], layout=False)
    ['1 | Rà soát văn bản | Sở Tư pháp']
    >>> table_lines([[["BỘ CÔNG AN"], ["CỘNG HÒA"]], [["Số: 06"], ["Hà Nội"]]], layout=True)
    ['BỘ CÔNG AN', 'Số: 06', 'CỘNG HÒA', 'Hà Nội']
    """
    if layout:
        width = max((len(row) for row in rows), default=0)
        return [line for column in range(width) for row in rows if column < len(row) for line in row[column]]
    texts = (SEPARATOR.join(" ".join(cell) for cell in row) for row in rows)
    return [text for text in (text.rstrip(" |") for text in texts) if text]
