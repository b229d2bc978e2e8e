"""What stands on the pages of a document, from a PDF or a scan, to lines of text.

Imports ``cells``, ``layout`` and ``ruled_tables``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.cells import table_lines
from pipeline.read.layout import Piece, paragraphs_stand_apart, reading_order
from pipeline.read.ruled_tables import Cell, Rule, Table, cell_at, find_tables


@dataclass(frozen=True, slots=True)
class PageContent:
    """Pieces of text and rules of one page; places are in points, y growing downwards."""

    pieces: tuple[Piece, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()


def page_texts(pages: Sequence[PageContent]) -> list[str]:
    """Return the text of each page in reading order; a row of a ruled table is a line.

    The pages are read together because how a document sets its paragraphs apart shows on all of them.

    >>> page_texts([PageContent((Piece("Số: 06/CT-BCA", 0, 80, 10, 12),))])
    ['Số: 06/CT-BCA']
    """
    apart = paragraphs_stand_apart([page.pieces for page in pages])
    return ["\n".join(_lines(page, stands_apart=apart)) for page in pages]


def _lines(page: PageContent, *, stands_apart: bool) -> list[str]:
    pieces = list(page.pieces)
    lines: list[str] = []
    for table in find_tables(page.horizontal, page.vertical):
        inside = [piece for piece in pieces if _cell_of(table, piece) is not None]
        above = [piece for piece in pieces if piece.base < table.top and _cell_of(table, piece) is None]
        lines += [*reading_order(above, stands_apart=stands_apart), *_rows(table, inside)]
        done = {*inside, *above}
        pieces = [piece for piece in pieces if piece not in done]
    return [*lines, *reading_order(pieces, stands_apart=stands_apart)]


def _cell_of(table: Table, piece: Piece) -> Cell | None:
    return cell_at(table, (piece.left + piece.right) / 2, piece.base - piece.size / 4)


def _rows(table: Table, pieces: Sequence[Piece]) -> list[str]:
    """Return a line for each row; a cell that reaches over several rows or columns stands in the first."""
    inside: dict[Cell, list[Piece]] = {cell: [] for cell in table.cells}
    for piece in pieces:
        cell = _cell_of(table, piece)
        if cell is not None:
            inside[cell].append(piece)
    size = (1 + max(cell.row for cell in table.cells), 1 + max(cell.column for cell in table.cells))
    rows: list[list[list[str]]] = [[[] for _ in range(size[1])] for _ in range(size[0])]
    for cell, held in inside.items():
        rows[cell.row][cell.column] = [line for line in reading_order(held, stands_apart=False) if line]
    return table_lines(rows, layout=False)
