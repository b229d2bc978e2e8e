"""Tables drawn with rules: lines on a page to cells.

Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NEAR = 3.0  # points; rules that are nearer to each other are one rule (a thin box has two edges)
_MAX_RULES = 4000  # a page with more is a drawing


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line: ``at`` across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of a table, with the number of the row and of the column in which it begins."""

    row: int
    column: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one table, in reading order, and its outer bounds."""

    cells: tuple[Cell, ...]
    left: float
    top: float
    right: float
    bottom: float


def find_tables(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Table]:
    """Return the tables that the rules of a page enclose, top down; a single box is no table.

    >>> rules = [Rule(y, 0, 100) for y in (0, 20, 40)]
    >>> [table] = find_tables(rules, [Rule(x, 0, 40) for x in (0, 30, 100)])
    >>> [(cell.row, cell.column) for cell in table.cells]
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    across, down = _join(horizontal), _join(vertical)
    if len(across) + len(down) > _MAX_RULES:
        return []
    tables = [_table(*group) for group in _connected(across, down)]
    return sorted((t for t in tables if len(t.cells) > 1), key=lambda t: (t.top, t.left))


def _join(rules: Iterable[Rule]) -> list[Rule]:
    """Join the pieces of one line, which a table draws cell by cell."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / _NEAR), r.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) <= _NEAR and rule.start <= last.end + _NEAR:
            joined[-1] = Rule(last.at, min(last.start, rule.start), max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group rules that touch, directly or through others; only groups that can enclose a box."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in down:
        touching = [a for a in across if _meet(a, rule)]
        if len(touching) < 2:
            continue
        own: tuple[list[Rule], list[Rule]] = (touching, [rule])
        apart = []
        for group in groups:
            if any(a in group[0] for a in touching):
                own = ([*group[0], *(a for a in own[0] if a not in group[0])], [*group[1], *own[1]])
            else:
                apart.append(group)
        groups = [*apart, own]
    return [group for group in groups if len(group[1]) > 1]


def _positions(rules: Iterable[Rule]) -> list[float]:
    """Return the distinct places of parallel rules, in order."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _covers(rules: Iterable[Rule], at: float, start: float, end: float) -> bool:
    middle = (start + end) / 2
    return any(abs(rule.at - at) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)


def _table(across: Sequence[Rule], down: Sequence[Rule]) -> Table:
    xs, ys = _positions(down), _positions(across)
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in taken:
                cell = _grow(row, column, xs, ys, across, down)
                taken |= _slots(cell, xs, ys)
                cells.append(cell)
    return Table(tuple(cells), xs[0], ys[0], xs[-1], ys[-1])


def _grow(
    row: int,
    column: int,
    xs: Sequence[float],
    ys: Sequence[float],
    across: Sequence[Rule],
    down: Sequence[Rule],
) -> Cell:
    """Return the cell that begins in a slot; it ends where a rule stands on its right and below it."""
    right, bottom = column + 1, row + 1
    while right < len(xs) - 1 and not _covers(down, xs[right], ys[row], ys[row + 1]):
        right += 1
    while bottom < len(ys) - 1 and not _covers(across, ys[bottom], xs[column], xs[column + 1]):
        bottom += 1
    return Cell(row, column, xs[column], ys[row], xs[right], ys[bottom])


def _slots(cell: Cell, xs: Sequence[float], ys: Sequence[float]) -> set[tuple[int, int]]:
    rows = [i for i, (top, _) in enumerate(pairwise(ys)) if cell.top <= top < cell.bottom]
    columns = [i for i, (left, _) in enumerate(pairwise(xs)) if cell.left <= left < cell.right]
    return {(row, column) for row in rows for column in columns}


def cell_at(table: Table, x: float, y: float) -> Cell | None:
    """Return the cell of the table in which a point lies, None outside of the table.

    >>> rules = [Rule(y, 0, 100) for y in (0, 20, 40)]
    >>> [table] = find_tables(rules, [Rule(x, 0, 40) for x in (0, 30, 100)])
    >>> cell_at(table, 50, 30).column
    1
    """
    for cell in table.cells:
        if cell.left <= x < cell.right and cell.top <= y < cell.bottom:
            return cell
    return None
