"""Deadlines (thời hạn): when something is due, how it returns, and what is to be done by then.

`pipeline.extract.deadline_patterns` says what a deadline looks like, `pipeline.extract.deadline_forms`
reads the words, `pipeline.extract.deadline_places` judges where they stand, and
`pipeline.extract.deadline_context` tells what stands around them. Imports ``records`` and its neighbours in
this room.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.extract import deadline_patterns as patterns
from pipeline.extract.clauses import Boundaries
from pipeline.extract.days import printed_day
from pipeline.extract.deadline_cells import read_time_cell
from pipeline.extract.deadline_context import in_context
from pipeline.extract.deadline_forms import FORMS
from pipeline.extract.deadline_places import Place, stands_in_condition
from pipeline.extract.overlaps import is_inside, keep_strongest
from pipeline.records import Deadline, DeadlineKind, Layout, Provision, ProvisionRole
from pipeline.segment.task_tables import Cell, Column, Row, task_rows

_REMEMBERED = 4096  # provisions: plans repeat those of the directive word for word
_DATED_KINDS = frozenset({DeadlineKind.DATE, DeadlineKind.RECURRING})
_PART = re.compile(r"[^;]+")
_LATE_SIGNATURE = dt.timedelta(days=60)


def find_deadlines(text: str, issued_on: dt.date | None = None) -> list[Deadline]:
    """Return the deadlines that *text* sets, in order of place.

    Offsets are code points into *text*; nothing is matched across a line break. A day whose year is not
    printed has no ``due_on``. With *issued_on*, a day before the document was issued is told of the past
    and no deadline. Ongoing work ("thường xuyên"), "định kỳ, đột xuất" and the dates of cited documents
    are left alone.

    >>> [d] = find_deadlines("Định kỳ trước ngày 15/11 hằng năm báo cáo kết quả về Bộ Công an.")
    >>> d.text, d.rrule, d.bound.value
    ('trước ngày 15/11 hằng năm', 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15', 'before')
    >>> find_deadlines("Thực hiện Chỉ thị số 06/CT-BCA ngày 07/5/2025 của Bộ Công an.")
    []
    """
    rows = tuple(row for row in _days_in(text) if not _is_past(row, issued_on))
    return list(_in_context(text, rows)) if rows else []


@lru_cache(maxsize=_REMEMBERED)
def _days_in(text: str) -> tuple[Deadline, ...]:
    """Return the deadlines of *text* without what stands around them, those of the past included."""
    found = keep_strongest(
        [
            (match.start(), match.end(), rank)
            for rank, form in enumerate(FORMS)
            if form.may_stand_in(text)
            for match in form.pattern.finditer(text)
        ]
    )
    if not found:
        return ()
    bounds = Boundaries(text)
    masked = _masked(text)
    deadlines: list[Deadline] = []
    for start, end, rank in found:
        if not (FORMS[rank].weak and is_inside(masked, start)):
            place = Place(text, start, end, bounds.sentence(start), bounds.clause(start))
            if FORMS[rank].weak and stands_in_condition(place):
                continue
            deadlines += [replace(row, rule=FORMS[rank].name) for row in FORMS[rank].read(place)]
    return tuple(deadlines)


@lru_cache(maxsize=_REMEMBERED)
def _in_context(text: str, rows: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    return tuple(in_context(list(rows), text, Boundaries(text)))


def deadlines_of(text: str, layout: Layout) -> tuple[Deadline, ...]:
    """Return the deadlines of all provisions of a document, in reading order.

    *text* is the clean text that *layout* was read from; offsets point into it. Preambles relate what
    was done, so only deadlines with a day count there.

    >>> from pipeline.segment import parse_document
    >>> text = "1. Sở Y tế:\\na) Kiểm tra bếp ăn.\\nb) Báo cáo trước ngày 15/11/2025."
    >>> [(row.provision_path, row.due_on.isoformat()) for row in deadlines_of(text, parse_document(text))]
    [('1/b', '2025-11-15')]
    """
    issued_on = layout.header.issued_on or _latest_citation(text)
    headings = {provision.path: provision.text for provision in layout.provisions}
    rows = task_rows(layout.provisions)
    return tuple(
        _placed(row, provision, headings)
        for provision in layout.provisions
        for row in _deadlines_in(provision, rows.get(provision.path), issued_on)
        if provision.role is not ProvisionRole.PREAMBLE or row.kind in _DATED_KINDS
    )


def _deadlines_in(provision: Provision, row: Row | None, issued_on: dt.date | None) -> list[Deadline]:
    """Return the deadlines of one provision; in a row of a table of tasks each column is read by its head."""
    if row is None:
        return find_deadlines(provision.text, issued_on)
    cells = {cell.column: cell for cell in reversed(row.cells)}
    task = cells.get(Column.TASK) or cells.get(Column.CONTENT)
    lead = cells.get(Column.LEAD) or cells.get(Column.IMPLEMENT) or cells.get(Column.SHARED)
    found = list(_in_cell(provision.text, task, find_deadlines, issued_on)) if task else []
    for cell in row.cells:
        if cell.column is Column.DEADLINE:
            found += [
                replace(
                    deadline, action=_words(provision.text, task), responsible=_words(provision.text, lead)
                )
                for deadline in _in_cell(provision.text, cell, _times, issued_on)
            ]
    return sorted(found, key=lambda deadline: deadline.start)


def _words(text: str, cell: Cell | None) -> str | None:
    return text[cell.start : cell.end] if cell else None


def _in_cell(
    text: str, cell: Cell, find: Callable[[str, dt.date | None], list[Deadline]], issued_on: dt.date | None
) -> Iterator[Deadline]:
    """Yield what *find* finds in a cell, with offsets into *text*."""
    for row in find(text[cell.start : cell.end], issued_on):
        yield replace(row, start=row.start + cell.start, end=row.end + cell.start)


def _times(words: str, issued_on: dt.date | None) -> list[Deadline]:
    """Return the deadlines of a cell that holds times: bare ones, parted by semicolons, or a sentence."""
    found: list[Deadline] = []
    for part in _PART.finditer(words):
        bare = read_time_cell(part.group())
        rows = find_deadlines(part.group(), issued_on)
        if bare and not (bare.kind is DeadlineKind.PERIOD and [row.text for row in rows] == [bare.text]):
            rows = [bare]
        found += [
            replace(row, start=row.start + part.start(), end=row.end + part.start())
            for row in rows
            if not _is_past(row, issued_on)
        ]
    return found


def _placed(row: Deadline, provision: Provision, headings: dict[str, str]) -> Deadline:
    """Return *row* placed in the document; where only a day stands, its heading says what is due."""
    heading = headings.get(provision.parent_path or "", "").strip(" .:;") or None
    return replace(
        row,
        start=row.start + provision.start,
        end=row.end + provision.start,
        action=row.action or heading,
        provision_path=provision.path,
    )


def _latest_citation(text: str) -> dt.date | None:
    """Return the latest day of the documents that *text* cites: it was issued after them."""
    days = (printed_day(match.group(1)) for match in patterns.CITED_DAY.finditer(text))
    return max((day for day in days if day), default=None)


def _masked(text: str) -> list[tuple[int, int]]:
    """Return the stretches where weak forms do not count: quotations and titles of cited documents."""
    spans = [
        (match.start(), match.end(), rank)
        for rank, pattern in enumerate((patterns.QUOTED, patterns.CITED_TITLE))
        for match in pattern.finditer(text)
    ]
    return [(start, end) for start, end, _ in keep_strongest(spans)]


def _is_past(row: Deadline, issued_on: dt.date | None) -> bool:
    """Return whether the day, or the last year of a period, was over when the document was issued.

    A plan may be signed shortly after its first step was due; `_LATE_SIGNATURE` allows for that.
    """
    if issued_on is None:
        return False
    if row.due_on is None:
        years = [int(year) for year in patterns.PRINTED_YEAR.findall(row.text)]
        return bool(years) and max(years) < issued_on.year
    return row.due_on < issued_on - _LATE_SIGNATURE
