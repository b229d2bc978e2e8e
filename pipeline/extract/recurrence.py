"""Paces of work (định kỳ) as recurrence rules of RFC 5545. Imports nothing of ours."""

from __future__ import annotations

import re

_COUNTS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_FREQUENCIES = {"năm": "YEARLY", "quý": "QUARTERLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_MONTHS = {"năm": 12, "quý": 3, "tháng": 1}

# 02 lần/năm · một lần mỗi quý
_TIMES = re.compile(r"(\w+) lần ?(?:/|một|mỗi|trong một)? ?(năm|quý|tháng|tuần)$")
# 6 tháng · 03 (ba) tháng một lần · 06 tháng/lần
_COUNTED = re.compile(r"(\w+)(?: \([^)]*\))? (năm|tháng|tuần)(?:[/ ](?:một |0?1 )?lần)?$")
# hằng năm · quý · mỗi tháng một lần
_EVERY = re.compile(r"(?:h[ằà]ng |mỗi )?(năm|quý|tháng|tuần|ngày)(?: (?:một|0?1) lần)?$")


def rrule_of(pace: str) -> str | None:
    """Return the recurrence of the words *pace*, or None where they do not make one.

    >>> rrule_of("Hằng quý"), rrule_of("3 tháng một lần"), rrule_of("02 lần/năm")
    ('FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=6')
    """
    words = pace.lower().removeprefix("định kỳ").lstrip(" ,(")
    if match := _TIMES.match(words):
        return _several_times(_count(match.group(1)), match.group(2))
    if match := _EVERY.match(words):
        return _recurrence(match.group(1), 1)
    match = _COUNTED.match(words)
    every = _count(match.group(1)) if match else None
    return _recurrence(match.group(2), every) if match and every else None


def _several_times(times: int | None, unit: str) -> str | None:
    """Twice a year is every six months; what does not divide evenly has no rule."""
    if times == 1:
        return _recurrence(unit, 1)
    months = _MONTHS.get(unit)
    if not times or months is None or months % times:
        return None
    return _recurrence("tháng", months // times)


def _recurrence(unit: str, every: int) -> str:
    frequency = _FREQUENCIES[unit]
    if frequency == "QUARTERLY":
        frequency, every = "MONTHLY", 3 * every
    if frequency == "MONTHLY" and every == 12:
        frequency, every = "YEARLY", 1
    return f"FREQ={frequency}" if every == 1 else f"FREQ={frequency};INTERVAL={every}"


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _COUNTS.get(word)
