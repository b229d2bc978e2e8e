"""Assignments in the rows of a table of tasks: the head of the column says what the bodies in a cell are.

A body that the lexicon does not know is still one there: what stands under "Cơ quan chủ trì" can be nothing
else. Imports ``lexicon``, ``records``, ``segment`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.extract.bodies import find_assignments, rows_of
from pipeline.extract.body_lists import BodyList, body_list_of, read_body_lists
from pipeline.extract.roles import Role
from pipeline.extract.wordlists import one_of
from pipeline.lexicon import load
from pipeline.records import Assignment, AssignmentRole, Provision, Span
from pipeline.segment.task_tables import Cell, Column, Row

_ROLES = {
    Column.LEAD: Role(AssignmentRole.LEAD, "column"),
    Column.IMPLEMENT: Role(AssignmentRole.IMPLEMENT, "column"),
    Column.SHARED: Role(AssignmentRole.IMPLEMENT, "column"),
    Column.COORDINATE: Role(AssignmentRole.COORDINATE, "column"),
}
_TASKS = frozenset({Column.TASK, Column.CONTENT})
_SPOKEN = frozenset({AssignmentRole.LEAD, AssignmentRole.COORDINATE})
_LONGEST_NAME = 80  # code points
# A; B
_PART = re.compile(r"[^;]+")
# A, B · A và B
_BETWEEN_NAMES = re.compile(r",| và ")
_EDGE = " ,.-–+•*()"
# Như trên · nt · //: the same as in the row above
_DITTO = re.compile(r"[\s\-–\"]{0,9}(?:như trên|nt|n\.t|//|″|\"|”)[\s.\-–\"]*", re.IGNORECASE)
# Theo phân công · Đ/c A: neither bodies nor lists of them
_NO_BODIES = re.compile(rf"{one_of(load('task_tables')['no_bodies'])}(?!\w)")
# các trường học: a name that opens with a small letter
_PLURAL = re.compile(r"(?:các|những|toàn bộ|tất cả)(?!\w)")


def assignments_of_rows(
    provisions: Iterable[Provision], rows: Mapping[str, Row]
) -> dict[str, list[Assignment]]:
    """Return the assignments of each of *rows*, by path; offsets count from the start of the row's text.

    A cell that says "như trên" inherits what the cell above it assigns; the spans point at the words there.
    """
    above: dict[Column, list[Assignment]] = {}
    found: dict[str, list[Assignment]] = {}
    for provision in provisions:
        row = rows.get(provision.path)
        if row is not None:
            found[provision.path] = _without_repetition(_read_row(provision, row, above))
    return found


def _without_repetition(rows: Iterable[Assignment]) -> list[Assignment]:
    """Return *rows* without those of a list that returns in the same role."""
    return list({(row.role, row.text, row.body): row for row in rows}.values())


def _read_row(provision: Provision, row: Row, above: dict[Column, list[Assignment]]) -> Iterator[Assignment]:
    """Yield the assignments of one row; *above*, with offsets into the document, is kept up to date."""
    for cell in row.cells:
        if cell.column is None:
            continue
        if _DITTO.fullmatch(provision.text, cell.start, cell.end):
            repeated = (replace(assignment, inherited=True) for assignment in above.get(cell.column, []))
            yield from _moved(repeated, -provision.start)
        else:
            assignments = list(_read_cell(provision.text, cell))
            above[cell.column] = list(_moved(assignments, provision.start))
            yield from assignments


def _read_cell(text: str, cell: Cell) -> Iterator[Assignment]:
    """Yield what one cell assigns: its own words where they tell a role, else by its column."""
    words = text[cell.start : cell.end]
    if cell.column in _TASKS:
        yield from _moved(find_assignments(words), cell.start)
    elif cell.column in _ROLES:
        spoken = find_assignments(words)
        if any(row.role in _SPOKEN for row in spoken):
            yield from _moved(spoken, cell.start)
            return
        for body_list in _lists_in(words):
            yield from _moved(rows_of(words, body_list, _ROLES[cell.column]), cell.start)


def _moved(rows: Iterable[Assignment], offset: int) -> Iterator[Assignment]:
    for row in rows:
        yield replace(
            row,
            start=row.start + offset,
            end=row.end + offset,
            body_start=row.body_start + offset,
            body_end=row.body_end + offset,
        )


def _lists_in(words: str) -> Iterator[BodyList]:
    """Yield the lists of bodies in a cell; semicolons part them.

    >>> words = "Phòng VH-XH, Công an xã; các trường học"
    >>> [[words[m.start : m.end] for m in body_list.members] for body_list in _lists_in(words)]
    [['Phòng VH-XH', 'Công an xã'], ['các trường học']]
    """
    for part in _PART.finditer(words):
        if _NO_BODIES.match(part.group().lstrip(_EDGE)) or _DITTO.fullmatch(part.group()):
            continue
        members = list(_members_in(words, part.start(), part.end()))
        if members:
            yield body_list_of(members)


def _members_in(words: str, start: int, end: int) -> Iterator[Span]:
    """Yield the bodies between *start* and *end*: those of the lexicon, and the names between them."""
    position = start
    for body_list in read_body_lists(words[start:end]):
        yield from _names_in(words, position, start + body_list.start)
        for member in body_list.members:
            yield Span(start + member.start, start + member.end)
        position = start + body_list.end
    yield from _names_in(words, position, end)


def _names_in(words: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands between commas and "và" and looks like a name."""
    position = start
    separators = [match.span() for match in _BETWEEN_NAMES.finditer(words, start, end)]
    for separator_start, separator_end in (*separators, (end, end)):
        name = words[position:separator_start].strip(_EDGE)
        if 1 < len(name) <= _LONGEST_NAME and (name[0].isupper() or _PLURAL.match(name)):
            first = words.index(name, position)
            yield Span(first, first + len(name))
        position = separator_end
