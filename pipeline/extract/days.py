"""Days of the calendar, as printed words and as the ends of months and quarters. Imports its neighbours."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from pipeline.extract import deadline_patterns as patterns

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month.

    >>> month_end(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def quarter_months(words: str) -> list[int]:
    """Return the months of the quarters that *words* name, in their order.

    >>> quarter_months("Quý I, III")
    [1, 2, 3, 7, 8, 9]
    """
    printed = re.findall(r"(?<!\w)(?:iv|i{1,3}|[1-4])(?!\w)", words.lower())
    return [3 * _QUARTERS[quarter] - 2 + step for quarter in printed for step in range(3)]


def printed_day(words: str) -> dt.date | None:
    """Return the day that *words* open with, or None where its year is not printed.

    >>> printed_day("15 tháng 8 năm 2014")
    datetime.date(2014, 8, 15)
    """
    match = patterns.DAY_PARTS.match(words)
    if match is None or match.group(3) is None:
        return None
    return calendar_day(int(match.group(3)), int(match.group(2)), int(match.group(1)))


def calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None where the calendar has no such day; "25" is 2025.

    >>> calendar_day(25, 2, 28), calendar_day(2025, 2, 29)
    (datetime.date(2025, 2, 28), None)
    """
    try:
        return dt.date(year if year > 99 else year + 2000, month, day)
    except ValueError:
        return None
