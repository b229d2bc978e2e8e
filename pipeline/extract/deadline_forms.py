"""Reading a deadline: from the words of a match to kind, recurrence, day and side of the day.

`FORMS` lists every form of deadline with its pattern and its reader. Imports ``records`` and its
neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.extract import deadline_patterns as patterns
from pipeline.extract.days import calendar_day, month_end, quarter_months
from pipeline.extract.deadline_places import (
    Place,
    comes_back,
    finishes,
    is_set_as_time,
    relates_the_past,
    stands_for_a_time,
)
from pipeline.extract.recurrence import rrule_of
from pipeline.records import Bound, Deadline, DeadlineKind

_WEEKDAYS = {
    "hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU",
    "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA",
}  # fmt: skip
_UNTIL = re.compile(r"chậm|muộn|không|hạn|hết|đến|xong|trong|cuối")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of deadline: its pattern, how to read it, and where it counts.

    The pattern is tried only where one of the words in ``needs``, and one of those in ``also`` if there are
    any, stands in the text.

    ``weak`` forms say little by themselves: they do not count inside the title of a cited document, in a
    quotation, in a condition ("Nếu ..."), or in a preamble.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Place], Iterator[Deadline]]
    needs: tuple[str, ...]
    also: tuple[str, ...] = ("",)
    weak: bool = False

    def may_stand_in(self, text: str) -> bool:
        """Return whether *text* holds the words without which the pattern cannot match."""
        return _holds_any(text, self.needs) and _holds_any(text, self.also)


def _holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Return whether *text* holds one of *words*; a loop costs half of what ``any`` does."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


# *** Reading each form ***


def _row(place: Place, kind: DeadlineKind, start: int | None = None, end: int | None = None) -> Deadline:
    start = place.start if start is None else start
    end = place.end if end is None else end
    return Deadline(text=place.text[start:end], start=start, end=end, kind=kind, rule="")


def _dated(place: Place) -> Iterator[Deadline]:
    """One row for each day: "trước ngày 15/6 và 20/12 hằng năm" is two."""
    if patterns.STATE.search(place.before[-90:]) or patterns.ONLY_THEN.match(place.text, place.end):
        return
    words = place.text[place.start : place.end]
    days = list(patterns.DAY_PARTS.finditer(words))
    year = days[-1].group(3) if days else None
    recurs = comes_back(place, words)
    for number, day in enumerate(days):
        start = place.start if number == 0 else place.start + day.start()
        end = place.end if number == len(days) - 1 else place.start + day.end()
        row = replace(_row(place, DeadlineKind.DATE, start, end), bound=_bound(words))
        dated = on_day(row, day, day.group(3) or year, patterns.SAME_DAY.findall(words) if recurs else None)
        if dated is not None:
            yield dated


def on_day(
    row: Deadline, day: re.Match[str], year: str | None, further_months: list[str] | None
) -> Deadline | None:
    """Return *row* on its day: of the year, or, where it returns, of every year in all its months.

    ``further_months`` is None where the day does not return. None for a day that no calendar has.
    """
    if year is not None:
        due_on = calendar_day(int(year), int(day.group(2)), int(day.group(1)))
        return None if due_on is None else replace(row, due_on=due_on)
    if further_months is None:
        return row
    months = ",".join(str(int(month)) for month in (day.group(2), *further_months))
    rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={int(day.group(1))}"
    return replace(row, kind=DeadlineKind.RECURRING, rrule=rrule)


def _day_of_month(place: Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    match = re.search(rf"({patterns.DAY})(?= (?:của )?(?:tháng|hằng|hàng|mỗi)|\)?$)", words)
    if match is None:
        return
    day = int(match.group(1))
    if "quý" in words:
        months = "1,4,7,10" if "đầu" in words else "3,6,9,12"
        rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}"
    else:
        rrule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
    yield replace(_row(place, DeadlineKind.RECURRING), rrule=rrule, bound=_bound(words))


def _day_of_week(place: Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    weekday = _WEEKDAYS[re.search(r"(?:thứ|chủ) (\w+)", words).group(1)]  # type: ignore[union-attr]
    yield replace(
        _row(place, DeadlineKind.RECURRING), rrule=f"FREQ=WEEKLY;BYDAY={weekday}", bound=_bound(words)
    )


def _time_of_day(place: Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    yield replace(_row(place, DeadlineKind.RECURRING), rrule="FREQ=DAILY", bound=_bound(words))


def _span_of_days(place: Place) -> Iterator[Deadline]:
    """Both days are printed, so both are known; the first borrows a missing year from the last."""
    if patterns.VALIDITY.search(place.before):
        return
    days = list(patterns.DAY_PARTS.finditer(place.text, place.start, place.end))
    first, last = days[0], days[-1]
    year = first.group(3) or last.group(3)
    row = _row(place, DeadlineKind.PERIOD)
    if last.group(3) and year:
        row = replace(
            row,
            starts_on=calendar_day(int(year), int(first.group(2)), int(first.group(1))),
            due_on=calendar_day(int(last.group(3)), int(last.group(2)), int(last.group(1))),
        )
    yield row


def _month_of_year(place: Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    printed = re.findall(rf"(?<!\d){patterns.MONTH}(?!\d)", words)
    yield from _months(place, words, [int(month) for month in printed])


def _quarter_of_year(place: Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    yield from _months(place, words, quarter_months(words))


def _months(place: Place, words: str, months: list[int]) -> Iterator[Deadline]:
    """The end of the last of *months* where a year is printed, else a pace where they return."""
    year = re.search(patterns.YEAR, words)
    led = not words.startswith(("tháng", "quý"))
    if year:
        if led or stands_for_a_time(place):
            yield _ending(place, int(year.group()), months[-1], words)
    elif comes_back(place, words):
        rrule = "FREQ=YEARLY;BYMONTH=" + ",".join(map(str, months))
        bound = Bound.BEFORE if words.startswith("trước") else None
        yield replace(_row(place, DeadlineKind.FREQUENCY), rrule=rrule, bound=bound)
    elif not relates_the_past(place) and not patterns.DAY_BEFORE.search(place.before):
        yield replace(_row(place, DeadlineKind.DATE), bound=_bound(words))


def _end_of_year(place: Place) -> Iterator[Deadline]:
    """Return the end of a year: "hết năm 2026", "vào năm 2027"; "đến năm 2030" where it opens the clause."""
    words = place.text[place.start : place.end].lower()
    year = int(re.search(patterns.YEAR, words).group())  # type: ignore[union-attr]
    certain = "hết" in words or words.startswith("vào") or is_set_as_time(place)
    if certain and not relates_the_past(place):
        yield _ending(place, year, 12, words)


def _bare_year(place: Place) -> Iterator[Deadline]:
    year = int(place.text[place.end - 4 : place.end])
    if stands_for_a_time(place) and not relates_the_past(place):
        yield replace(_row(place, DeadlineKind.DATE), due_on=calendar_day(year, 12, 31), bound=Bound.BY)


def _span_of_years(place: Place) -> Iterator[Deadline]:
    """A stretch of years is a period without days; "giai đoạn" inside a name or a title is not."""
    words = place.text[place.start : place.end].lower()
    named = words.startswith(("giai", "từ")) and "hết" not in words and not is_set_as_time(place)
    if named or relates_the_past(place):
        return
    if re.fullmatch(rf"trong năm {patterns.YEAR}", words) and finishes(place):
        yield _ending(place, int(words[-4:]), 12, words)
    else:
        yield _row(place, DeadlineKind.PERIOD)


def _span_of_months(place: Place) -> Iterator[Deadline]:
    if not relates_the_past(place):
        yield _row(place, DeadlineKind.PERIOD)


def _frequency(place: Place) -> Iterator[Deadline]:
    """One row for each pace: "định kỳ 6 tháng, hằng năm" is two."""
    adjective = patterns.ADJECTIVE_OF_PACE.search(place.before[-40:]) or patterns.ATTRIBUTE.match(place.after)
    if adjective or relates_the_past(place):
        return
    start = place.start
    for pace in patterns.PACE.finditer(place.text, place.start, place.end):
        rrule = rrule_of(pace.group())
        if rrule is not None or "lần" in pace.group():
            yield replace(_row(place, DeadlineKind.FREQUENCY, start, pace.end()), rrule=rrule)
        start = patterns.PACE_JOINT.match(place.text, pace.end()).end()  # type: ignore[union-attr]


def _length_of_time(place: Place) -> Iterator[Deadline]:
    before = place.before[-60:]
    if patterns.VALIDITY.search(before) or patterns.THRESHOLD.search(before) or relates_the_past(place):
        return
    if not patterns.IN_ONE.fullmatch(place.text, place.start, place.end):
        yield replace(_row(place, DeadlineKind.RELATIVE), bound=Bound.BY)


def _length_before(place: Place) -> Iterator[Deadline]:
    yield replace(_row(place, DeadlineKind.RELATIVE), bound=Bound.BEFORE)


def _event(place: Place) -> Iterator[Deadline]:
    """Before or after an event; "Chi phí trước khi đơn giản hóa: ..." only names a state."""
    words = place.text[place.start : place.end].lower()
    names_a_state = place.before.strip() and place.text[place.end : place.end + 1] == ":"
    if not names_a_state and not relates_the_past(place):
        bound = Bound.BEFORE if words.startswith("trước") else None
        yield replace(_row(place, DeadlineKind.RELATIVE), bound=bound)


_IN_DATE = ("/", "tháng", ".20", "-20", ".19", "-19")
_IN_YEARS = ("20", "19", "năm tiếp theo")
_UNITS = (" ngày", " tháng", " giờ", " tuần", " năm")
FORMS = (
    Form("span_of_days", patterns.SPAN_OF_DAYS, _span_of_days, ("ừ ngày", "ừ 0", "ừ 1", "ừ 2", "ừ 3")),
    Form(
        "dated",
        patterns.DATED,
        _dated,
        ("ước", "hất", "hông", "ạn", "ến", "ết", "rong ngày", "ào ngày"),
        _IN_DATE,
    ),
    Form("day_of_month", patterns.DAY_OF_MONTH, _day_of_month, (" tháng",)),
    Form("day_of_week", patterns.DAY_OF_WEEK, _day_of_week, (" tuần",)),
    Form("time_of_day", patterns.TIME_OF_DAY, _time_of_day, ("ằng ngày", "àng ngày", "ỗi ngày")),
    Form("length_before", patterns.LENGTH_BEFORE, _length_before, ("rước",), _UNITS),
    Form(
        "length_of_time",
        patterns.LENGTH_OF_TIME,
        _length_of_time,
        ("rong ", "hông ", "hất ", " từ "),
        _UNITS,
        weak=True,
    ),
    Form(
        "span_of_months",
        patterns.SPAN_OF_MONTHS,
        _span_of_months,
        ("ừ tháng", "ừ đầu", "ừ giữa", "ừ cuối"),
        weak=True,
    ),
    Form("month_of_year", patterns.MONTH_OF_YEAR, _month_of_year, ("háng ",), weak=True),
    Form("quarter_of_year", patterns.QUARTER_OF_YEAR, _quarter_of_year, ("uý ",), weak=True),
    Form("half_year", patterns.HALF_YEAR, _span_of_months, ("tháng đầu năm", "tháng cuối năm"), weak=True),
    Form(
        "span_of_years",
        patterns.SPAN_OF_YEARS,
        _span_of_years,
        ("iai đoạn", "ừ n", "rong ", "năm tiếp"),
        _IN_YEARS,
        weak=True,
    ),
    Form("end_of_year", patterns.END_OF_YEAR, _end_of_year, (" năm 20", " năm 19"), weak=True),
    Form("bare_year", patterns.BARE_YEAR, _bare_year, ("ăm 20", "ăm 19"), weak=True),
    Form("frequency", patterns.FREQUENCY, _frequency, ("ằng ", "àng ", "lần", "ịnh kỳ"), weak=True),
    Form("event", patterns.EVENT, _event, ("rước khi", "gay khi", "gay sau khi", "hi kết thúc"), weak=True),
)


# *** Pieces of reading ***


def _bound(words: str) -> Bound | None:
    """Which side of the day: "đến trước ngày" is before, "đến hết" by, "vào ngày" on."""
    words = words.lower()
    if "trước" in words:
        return Bound.BEFORE
    if _UNTIL.match(words):
        return Bound.ON if words.startswith("trong ngày") else Bound.BY
    return Bound.ON if words.startswith(("vào", "ngày")) else None


def _ending(place: Place, year: int, month: int, words: str) -> Deadline:
    """Return the deadline of a month, quarter or year; "before" it means before its first day."""
    if words.startswith("trước"):
        first = {"q": month - 2, "n": 1}.get(words.removeprefix("trước ")[:1], month)
        return replace(
            _row(place, DeadlineKind.DATE), due_on=calendar_day(year, first, 1), bound=Bound.BEFORE
        )
    return replace(_row(place, DeadlineKind.DATE), due_on=month_end(year, month), bound=Bound.BY)
