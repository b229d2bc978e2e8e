"""The deadline cascade: when each level has to act in the year, as a drawing.

A deadline has a place in the year where its day and month are known; the others stand only in the list.
A few documents have a lane each; many are gathered into one lane per level, a bar per week. Sizes are
in the units of the drawing. Imports ``source`` and ``names``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import quote

from pipeline.report.names import page_name
from pipeline.report.source import Row, Source

LEVELS = ("central", "province", "district", "commune", "unknown")
LANES_AT_MOST = 40

_MARK, _LETTER = 10, 7.2  # half the width of a mark with its gap; the width of a digit

_YEAR = 2001  # any year of 365 days: the drawing shows one year without a name
_LEFT, _WIDTH = 230, 780
_TOP, _LANE, _HEADING, _BAR_LANE = 34, 34, 30, 70


@dataclass(frozen=True, slots=True)
class Day:
    """A deadline at its place in the year, in a lane."""

    x: float
    y: float
    text: str
    title: str
    shape: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many deadlines of a level fall in a week; ``y`` is its top."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the drawing with its name."""

    y: float
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line from what a locality owes to the directive's next day; late where there is none."""

    x1: float
    y1: float
    x2: float
    y2: float
    late: bool
    title: str


@dataclass(frozen=True, slots=True)
class Cascade:
    """The drawing; ``headings`` are levels with their height, ``months`` the first days of months."""

    width: float
    height: float
    months: list[tuple[int, float]]
    headings: list[tuple[str, float]]
    lanes: list[Lane]
    days: list[Day]
    steps: list[Step]
    bars: list[Bar]
    left: float = _LEFT


def days_of_year(deadline: Mapping[str, object]) -> list[dt.date]:
    """Return the days of a deadline in a year without a name; none where day or month is unknown.

    >>> [f"{day.day}/{day.month}" for day in days_of_year(
    ...     {"due_on": None, "rrule": "FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=15"})]
    ['15/6', '15/11']
    >>> days_of_year({"due_on": None, "rrule": "FREQ=YEARLY"})
    []
    """
    due_on, rrule = deadline["due_on"], deadline["rrule"]
    if isinstance(due_on, dt.date):
        return _valid([(due_on.month, due_on.day)])
    parts = dict(part.split("=", 1) for part in str(rrule or "").split(";") if "=" in part)
    if "BYMONTHDAY" not in parts:
        return []
    months = _numbers(parts.get("BYMONTH", ""))
    if not months and parts.get("FREQ") == "MONTHLY" and parts.get("INTERVAL", "1") == "1":
        months = list(range(1, 13))
    return _valid(product(months, _numbers(parts["BYMONTHDAY"])))


def cascade(source: Source, names: Mapping[str, str]) -> Cascade:
    """Return the drawing of all deadlines with a place in the year."""
    placed = {
        doc_id: [(day, row) for row in rows for day in days_of_year(row)]
        for doc_id, rows in source.deadlines.items()
    }
    placed = {doc_id: days for doc_id, days in placed.items() if days and doc_id in source.documents}
    if len(placed) > LANES_AT_MOST:
        return _by_level(source, placed)
    return _by_document(source, names, placed)


Placed = dict[str, list[tuple[dt.date, Row]]]


def _by_document(source: Source, names: Mapping[str, str], placed: Placed) -> Cascade:
    headings: list[tuple[str, float]] = []
    lanes: list[Lane] = []
    days: list[Day] = []
    heights: dict[str, float] = {}
    y: float = _TOP
    for level, doc_ids in _levels(source, placed):
        headings.append((level, y + _HEADING * 0.7))
        y += _HEADING
        for doc_id in sorted(doc_ids, key=lambda key: names[key]):
            page = f"doc/{page_name(doc_id)}.html"
            heights[doc_id] = y + _LANE / 2
            lanes.append(Lane(heights[doc_id], names[doc_id], page))
            days += _uncrowded([_day(day, row, heights[doc_id], page) for day, row in placed[doc_id]])
            y += _LANE
    steps = list(_steps(source, placed, heights))
    return Cascade(_LEFT + _WIDTH + 30, y + 10, _months(), headings, lanes, days, steps, [])


def _by_level(source: Source, placed: Placed) -> Cascade:
    headings: list[tuple[str, float]] = []
    bars: list[Bar] = []
    y: float = _TOP
    for level, doc_ids in _levels(source, placed):
        y += _BAR_LANE
        headings.append((level, y))
        bars += _bars([day for doc_id in doc_ids for day, _ in placed[doc_id]], y)
    return Cascade(_LEFT + _WIDTH + 30, y + 20, _months(), headings, [], [], [], bars)


def _bars(days: Iterable[dt.date], foot: float) -> Iterator[Bar]:
    weeks = Counter((day.timetuple().tm_yday - 1) // 7 for day in days)
    most = max(weeks.values())
    for week, count in sorted(weeks.items()):
        first = dt.date(_YEAR, 1, 1) + dt.timedelta(days=7 * week)
        last = min(first + dt.timedelta(days=6), dt.date(_YEAR, 12, 31))
        title = f"{first.day}/{first.month} – {last.day}/{last.month}: {count}"
        height = round(max(2, (_BAR_LANE - 15) * count / most), 1)
        yield Bar(_x(first) + 0.5, foot - height, round(_WIDTH * 7 / 365 - 1, 1), height, title)


def _levels(source: Source, placed: Placed) -> Iterator[tuple[str, list[str]]]:
    for level in LEVELS:
        doc_ids = [doc_id for doc_id in placed if (source.documents[doc_id]["level"] or "unknown") == level]
        if doc_ids:
            yield level, doc_ids


def _day(day: dt.date, row: Row, y: float, page: str) -> Day:
    year = f"/{row['due_on'].year}" if row["due_on"] else ""
    title = " – ".join(part for part in (row["text"], row["action"]) if part)
    href = f"{page}#p-{quote(row['provision_path'])}"
    return Day(_x(day), y, f"{day.day}/{day.month}{year}", title, row["bound"] or "unknown", href)


def _uncrowded(days: list[Day]) -> list[Day]:
    """Return the days of a lane from left to right, without the dates that would run into another."""
    free: float = _LEFT
    told = []
    for day in sorted(days, key=lambda day: (day.x, day.title)):
        fits = day.x - _MARK - _LETTER * len(day.text) >= free
        told.append(day if fits else replace(day, text=""))
        free = day.x + _MARK
    return told


def _steps(source: Source, placed: Placed, heights: Mapping[str, float]) -> Iterator[Step]:
    """Yield a line from every yearly day of a local document to the directive's next one."""
    for doc_id in heights:
        parent = source.documents[doc_id]["parent_doc_id"]
        above = sorted(_yearly(placed.get(parent, ())))
        for day in _yearly(placed[doc_id]):
            if above:
                target = next((other for other in above if other >= day), above[-1])
                title = f"{day.day}/{day.month} → {target.day}/{target.month}: {(target - day).days:+}"
                yield Step(_x(day), heights[doc_id], _x(target), heights[parent], target < day, title)


def _yearly(days: Iterable[tuple[dt.date, Row]]) -> list[dt.date]:
    return [day for day, row in days if row["kind"] == "recurring"]


def _x(day: dt.date) -> float:
    return round(_LEFT + _WIDTH * (day.timetuple().tm_yday - 1) / 365, 1)


def _months() -> list[tuple[int, float]]:
    return [(month, _x(dt.date(_YEAR, month, 1))) for month in range(1, 13)]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.lstrip("-").isdigit()]


def _valid(days: Iterable[Sequence[int]]) -> list[dt.date]:
    """Return (month, day) pairs as dates; a negative day counts from the end, one too large is the last."""
    found = []
    for month, day in days:
        if 1 <= month <= 12 and day:
            first = dt.date(_YEAR, month, 1)
            last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
            number = day if day > 0 else last.day + 1 + day
            found.append(first.replace(day=min(max(number, 1), last.day)))
    return found
