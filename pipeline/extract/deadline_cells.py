"""Deadlines that are a cell of a table and nothing else: "15/11", "Quý II", "6/2025", "2025-2026".

In running text these words could be anything; alone under "Thời gian hoàn thành" they are a time. Imports
``records`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract import deadline_patterns as patterns
from pipeline.extract.days import month_end, quarter_months
from pipeline.extract.deadline_forms import on_day
from pipeline.records import Bound, Deadline, DeadlineKind

_YEAR = patterns.YEAR
_LED = r"(?:(?:trong|vào|dự kiến|(?:hoàn thành|xong)(?: trong)?) )?"
_AND = r"(?: ?[,&–-] ?| và | đến )"
_OF_YEAR = rf"(?: ?[/.-] ?(?:năm )?|,? năm | )(?P<year>{_YEAR})"
# 30/6 · 15/11/2025 · ngày 20 tháng 6 năm 2025 · 31/12 hằng năm
_DAY = re.compile(
    rf"{_LED}(?:{patterns.CLOCK})(?:ngày )?(?P<day>{patterns.DATE})(?P<yearly>,? {patterns.EVERY} năm)?",
    re.IGNORECASE,
)
# Tháng 12 · T6/2025 · Tháng 6, tháng 12 · Tháng 3-5/2025 · 6/2025
_ONE_MONTH = rf"{patterns.MONTH}(?!\d)"
_MONTHS = re.compile(
    rf"{_LED}(?:tháng |t\.? ?)(?P<months>{_ONE_MONTH}(?:{_AND}(?:tháng |t)?{_ONE_MONTH}){{0,11}})"
    rf"(?:{_OF_YEAR})?"
    rf"|(?P<month>{_ONE_MONTH}) ?[/-] ?(?P<its_year>{_YEAR})",
    re.IGNORECASE,
)
# Quý II · quý I, II/2025 · Q3/2025
_QUARTERS = re.compile(
    rf"{_LED}(?:quý |q\.? ?)(?P<quarters>{patterns.QUARTER}(?:{_AND}(?:quý )?{patterns.QUARTER}){{0,3}})"
    rf"(?:{_OF_YEAR})?",
    re.IGNORECASE,
)
# 2025 · Cả năm 2025
_ONE_YEAR = re.compile(rf"(?:(?:trong |cả |hết )?năm )?(?P<year>{_YEAR})", re.IGNORECASE)
# 15/7/2025 · 6/2025 · Quý II/2025 · 2025: one end of a period
_END = (
    rf"(?:(?:ngày )?{patterns.DATE}|(?:tháng )?{patterns.MONTH}(?:[/-]{_YEAR})?"
    rf"|quý {patterns.QUARTER}(?:/{_YEAR})?|(?:năm )?{_YEAR})"
)
# 2025-2026 · 15/7 - 30/8/2025 · Từ tháng 6/2025 · Năm 2025 và các năm tiếp theo
_PERIOD = re.compile(
    rf"(?:giai đoạn|từ|năm học) {_END}(?:(?: ?[–-] ?|,? đến (?:hết )?){_END})?(?: trở đi)?"
    rf"|{_END}(?: ?[–-] ?|,? đến (?:hết )?){_END}"
    rf"|(?:năm )?{_YEAR}(?:, (?:năm )?{_YEAR}){{1,5}}"
    rf"|(?:năm )?{_YEAR}(?: và|,) (?:các |những )?năm tiếp theo",
    re.IGNORECASE,
)
_EDGE = " .,:()"


def read_time_cell(words: str) -> Deadline | None:
    """Return the deadline that *words* are, or None where they are more or less than one.

    Offsets count from the start of *words*; outer spaces and marks are left out. A year that is not
    printed is not known: "Quý II" has no ``due_on``.

    >>> cell = read_time_cell("Quý II/2025")
    >>> cell.kind.value, cell.due_on.isoformat(), cell.bound.value
    ('date', '2025-06-30', 'by')
    >>> read_time_cell("2025-2026").kind.value, read_time_cell("Thường xuyên")
    ('period', None)
    """
    text = words.strip(_EDGE)
    if not any(map(str.isdigit, text)) and "uý" not in text:
        return None
    start = words.index(text)
    row = Deadline(text, start, start + len(text), DeadlineKind.DATE, "time_cell", bound=Bound.BY)
    if match := _DAY.fullmatch(text):
        return _on_day(row, match)
    if match := _MONTHS.fullmatch(text):
        months = match["months"] or match["month"]
        return _by_end(row, match["year"] or match["its_year"], int(re.findall(r"\d+", months)[-1]))
    if match := _QUARTERS.fullmatch(text):
        return _by_end(row, match["year"], quarter_months(match["quarters"])[-1])
    if match := _ONE_YEAR.fullmatch(text):
        return _by_end(row, match["year"], 12)
    if _PERIOD.fullmatch(text):
        return replace(row, kind=DeadlineKind.PERIOD, bound=None)
    return None


def _on_day(row: Deadline, match: re.Match[str]) -> Deadline | None:
    day = patterns.DAY_PARTS.match(match["day"])
    return on_day(row, day, day.group(3), [] if match["yearly"] else None) if day else None


def _by_end(row: Deadline, year: str | None, month: int) -> Deadline:
    """Return *row* due by the end of a month, where its year is printed."""
    return replace(row, due_on=month_end(int(year), month)) if year else row
