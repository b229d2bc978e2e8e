"""Deadlines (thời hạn): when something is due, how it returns, and what is to be done by then.

`pipeline.extract.deadline_patterns` says what a deadline looks like; this module reads the words: kind,
recurrence, day, side of the day. Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.extract import deadline_patterns as patterns
from pipeline.extract.clauses import Boundaries
from pipeline.extract.overlaps import keep_strongest
from pipeline.records import Bound, Deadline, DeadlineKind, Layout, ProvisionRole

_WEEKDAYS = {
    "hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU",
    "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA",
}  # fmt: skip
_COUNTS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_PERIODS = {"năm": "YEARLY", "quý": "QUARTERLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LATE_SIGNATURE = dt.timedelta(days=60)
_UNTIL = re.compile(r"chậm|muộn|không|hạn|hết|đến|xong|trong|cuối")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a match stands: the text, the sentence and the clause around it."""

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    clause: tuple[int, int]

    @property
    def before(self) -> str:
        return self.text[self.sentence[0] : self.start]

    @property
    def after(self) -> str:
        return self.text[self.end : self.sentence[1]]


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of deadline: its pattern, how to read it, and where it counts.

    ``weak`` forms say little by themselves: they do not count inside the title of a cited document, in a
    quotation, or in a preamble.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[_Place], Iterator[Deadline]]
    weak: bool = False


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
    if not text:
        return []
    bounds = Boundaries(text)
    found = keep_strongest(
        [
            (match.start(), match.end(), rank)
            for rank, form in enumerate(_FORMS)
            for match in form.pattern.finditer(text)
        ]
    )
    masked = _masked(text) if found else []
    deadlines: list[Deadline] = []
    for start, end, rank in found:
        form = _FORMS[rank]
        place = _Place(text, start, end, bounds.sentence(start), bounds.clause(start))
        if form.weak and any(a <= start < b for a, b in masked):
            continue
        deadlines += [replace(row, rule=form.name) for row in form.read(place)]
    return [_in_context(row, text, bounds) for row in deadlines if not _is_past(row, issued_on)]


def deadlines_of(text: str, layout: Layout) -> tuple[Deadline, ...]:
    """Return the deadlines of all provisions of a document, in reading order.

    *text* is the clean text that *layout* was read from; offsets point into it. Preambles relate what
    was done, so only deadlines with a day count there.
    """
    rows: list[Deadline] = []
    for provision in layout.provisions:
        for row in find_deadlines(provision.text, layout.header.issued_on):
            if provision.role is ProvisionRole.PREAMBLE and row.kind not in _DATED_KINDS:
                continue
            rows.append(
                replace(
                    row,
                    start=row.start + provision.start,
                    end=row.end + provision.start,
                    provision_path=provision.path,
                )
            )
    return tuple(rows)


_DATED_KINDS = frozenset({DeadlineKind.DATE, DeadlineKind.RECURRING})


# *** Reading each form ***


def _row(place: _Place, kind: DeadlineKind, start: int | None = None, end: int | None = None) -> Deadline:
    start = place.start if start is None else start
    end = place.end if end is None else end
    return Deadline(text=place.text[start:end], start=start, end=end, kind=kind, rule="")


def _dated(place: _Place) -> Iterator[Deadline]:
    """One row for each day: "trước ngày 15/6 và 15/12 hằng năm" is two."""
    words = place.text[place.start : place.end]
    bound = _bound(words)
    days = list(patterns.DAY_PARTS.finditer(words))
    last_year = days[-1].group(3)
    returns = _returns(place, words)
    for number, day in enumerate(days):
        start = place.start if number == 0 else place.start + day.start()
        end = place.end if number == len(days) - 1 else place.start + day.end()
        row = replace(_row(place, DeadlineKind.DATE, start, end), bound=bound)
        year = day.group(3) or last_year
        if year:
            due = _day(int(year), int(day.group(2)), int(day.group(1)))
            if due is not None:
                yield replace(row, due_on=due)
        elif returns:
            rrule = f"FREQ=YEARLY;BYMONTH={int(day.group(2))};BYMONTHDAY={int(day.group(1))}"
            yield replace(row, kind=DeadlineKind.RECURRING, rrule=rrule)
        else:
            yield row


def _day_of_month(place: _Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    match = re.search(rf"({patterns.DAY})(?= (?:của )?(?:tháng|hằng|hàng|mỗi))", words)
    if match is None:
        return
    day = int(match.group(1))
    if "quý" in words:
        months = "1,4,7,10" if "đầu" in words else "3,6,9,12"
        rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}"
    else:
        rrule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
    yield replace(_row(place, DeadlineKind.RECURRING), rrule=rrule, bound=_bound(words))


def _day_of_week(place: _Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    weekday = _WEEKDAYS[re.search(r"(?:thứ|chủ) (\w+)", words).group(1)]  # type: ignore[union-attr]
    yield replace(
        _row(place, DeadlineKind.RECURRING), rrule=f"FREQ=WEEKLY;BYDAY={weekday}", bound=_bound(words)
    )


def _span_of_days(place: _Place) -> Iterator[Deadline]:
    """Both days are printed, so both are known; the first borrows a missing year from the last."""
    if patterns.VALIDITY.search(place.before):
        return
    first, last = list(patterns.DAY_PARTS.finditer(place.text, place.start, place.end))[:2]
    year = first.group(3) or last.group(3)
    row = _row(place, DeadlineKind.PERIOD)
    if last.group(3) and year:
        row = replace(
            row,
            starts_on=_day(int(year), int(first.group(2)), int(first.group(1))),
            due_on=_day(int(last.group(3)), int(last.group(2)), int(last.group(1))),
        )
    yield row


def _month_of_year(place: _Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    month = int(re.search(r"tháng (\d+)", words).group(1))  # type: ignore[union-attr]
    year = re.search(patterns.YEAR, words)
    if year is None:
        yield replace(
            _row(place, DeadlineKind.FREQUENCY),
            rrule=f"FREQ=YEARLY;BYMONTH={month}",
            bound=Bound.BEFORE if words.startswith("trước") else None,
        )
    elif not words.startswith("tháng") or _is_set_as_time(place):
        yield _ending(place, int(year.group()), month, words)


def _quarter_of_year(place: _Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    quarter = _QUARTERS[re.search(r"quý (\w+)", words).group(1)]  # type: ignore[union-attr]
    year = re.search(patterns.YEAR, words)
    if year is None:
        months = ",".join(str(3 * quarter - 2 + step) for step in range(3))
        yield replace(_row(place, DeadlineKind.FREQUENCY), rrule=f"FREQ=YEARLY;BYMONTH={months}")
    elif not words.startswith("quý") or _is_set_as_time(place):
        yield _ending(place, int(year.group()), 3 * quarter, words)


def _end_of_year(place: _Place) -> Iterator[Deadline]:
    """"đến hết năm 2026" ends anywhere; "đến năm 2030" only where it opens the clause as a target."""
    words = place.text[place.start : place.end].lower()
    year = int(re.search(patterns.YEAR, words).group())  # type: ignore[union-attr]
    certain = "hết" in words or _is_set_as_time(place)
    if certain and not _relates_the_past(place):
        yield _ending(place, year, 12, words)


def _bare_year(place: _Place) -> Iterator[Deadline]:
    year = int(place.text[place.end - 4 : place.end])
    if _is_set_as_time(place) and not _relates_the_past(place):
        yield replace(_row(place, DeadlineKind.DATE), due_on=_day(year, 12, 31), bound=Bound.BY)


def _span_of_years(place: _Place) -> Iterator[Deadline]:
    """A stretch of years is a period without days, unless it is part of a name."""
    words = place.text[place.start : place.end].lower()
    named = patterns.NAMED_PROGRAMME.search(place.text[place.clause[0] : place.start])
    if (named and words.startswith(("giai", "từ"))) or _relates_the_past(place):
        return
    if re.fullmatch(rf"trong năm {patterns.YEAR}", words) and _finishes(place):
        yield _ending(place, int(words[-4:]), 12, words)
    else:
        yield _row(place, DeadlineKind.PERIOD)


def _half_year(place: _Place) -> Iterator[Deadline]:
    if not _relates_the_past(place):
        yield _row(place, DeadlineKind.PERIOD)


def _frequency(place: _Place) -> Iterator[Deadline]:
    """One row for each pace: "định kỳ 6 tháng, hằng năm" is two."""
    if _relates_the_past(place) or patterns.ADJECTIVE_OF_PACE.search(place.before[-40:]):
        return
    start = place.start
    for pace in patterns.PACE.finditer(place.text, place.start, place.end):
        rrule = _rrule(pace.group().lower())
        if rrule is not None:
            yield replace(_row(place, DeadlineKind.FREQUENCY, start, pace.end()), rrule=rrule)
        following = re.compile(r"(?:, | và |, và |/)?").match(place.text, pace.end())
        start = following.end() if following else pace.end()


def _length_of_time(place: _Place) -> Iterator[Deadline]:
    if not patterns.VALIDITY.search(place.before[-60:]) and not _relates_the_past(place):
        yield replace(_row(place, DeadlineKind.RELATIVE), bound=Bound.BY)


def _length_before(place: _Place) -> Iterator[Deadline]:
    yield replace(_row(place, DeadlineKind.RELATIVE), bound=Bound.BEFORE)


def _event(place: _Place) -> Iterator[Deadline]:
    words = place.text[place.start : place.end].lower()
    if not _relates_the_past(place):
        bound = Bound.BEFORE if words.startswith("trước") else None
        yield replace(_row(place, DeadlineKind.RELATIVE), bound=bound)


_FORMS = (
    _Form("span_of_days", patterns.SPAN_OF_DAYS, _span_of_days),
    _Form("dated", patterns.DATED, _dated),
    _Form("day_of_month", patterns.DAY_OF_MONTH, _day_of_month),
    _Form("day_of_week", patterns.DAY_OF_WEEK, _day_of_week),
    _Form("length_before", patterns.LENGTH_BEFORE, _length_before),
    _Form("length_of_time", patterns.LENGTH_OF_TIME, _length_of_time, weak=True),
    _Form("month_of_year", patterns.MONTH_OF_YEAR, _month_of_year, weak=True),
    _Form("quarter_of_year", patterns.QUARTER_OF_YEAR, _quarter_of_year, weak=True),
    _Form("half_year", patterns.HALF_YEAR, _half_year, weak=True),
    _Form("span_of_years", patterns.SPAN_OF_YEARS, _span_of_years, weak=True),
    _Form("end_of_year", patterns.END_OF_YEAR, _end_of_year, weak=True),
    _Form("bare_year", patterns.BARE_YEAR, _bare_year, weak=True),
    _Form("frequency", patterns.FREQUENCY, _frequency, weak=True),
    _Form("event", patterns.EVENT, _event, weak=True),
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


def _ending(place: _Place, year: int, month: int, words: str) -> Deadline:
    """Return the deadline of a month, quarter or year; "before" it means before its first day."""
    if words.startswith("trước"):
        first = {"q": month - 2, "n": 1}.get(words.removeprefix("trước ")[:1], month)
        return replace(_row(place, DeadlineKind.DATE), due_on=_day(year, first, 1), bound=Bound.BEFORE)
    last = calendar.monthrange(year, month)[1]
    return replace(_row(place, DeadlineKind.DATE), due_on=_day(year, month, last), bound=Bound.BY)


def _day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _rrule(pace: str) -> str | None:
    """Return the recurrence of a pace in small letters.

    >>> _rrule("3 tháng một lần"), _rrule("hằng quý"), _rrule("02 lần/năm")
    ('FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=6')
    """
    times = re.match(r"(\w+) lần ?\D*(năm|quý|tháng|tuần)$", pace)
    if times:
        return _several_times(_count(times.group(1)), times.group(2))
    unit = re.search(r"(năm|quý|tháng|tuần|ngày)(?!.*(?:tháng|tuần|ngày))", pace.removeprefix("năm "))
    unit_name = unit.group(1) if unit else "năm"
    counted = re.match(rf"(?!{patterns.EVERY})(\w+)(?: \([^)]*\))? (?:năm|tháng|tuần)", pace)
    every = _count(counted.group(1)) if counted else 1
    return None if every is None else _recurrence(_PERIODS[unit_name], every)


def _several_times(times: int | None, unit: str) -> str | None:
    """Twice a year is every six months; what does not divide evenly has no rule."""
    months = {"năm": 12, "quý": 3, "tháng": 1}.get(unit)
    if times == 1:
        return _recurrence(_PERIODS[unit], 1)
    if times is None or times < 1 or months is None or months % times:
        return None
    return _recurrence("MONTHLY", months // times)


def _recurrence(frequency: str, every: int) -> str:
    if frequency == "QUARTERLY":
        frequency, every = "MONTHLY", 3 * every
    if frequency == "MONTHLY" and every == 12:
        frequency, every = "YEARLY", 1
    return f"FREQ={frequency}" if every == 1 else f"FREQ={frequency};INTERVAL={every}"


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _COUNTS.get(word)


def _returns(place: _Place, words: str) -> bool:
    """Return whether a day without a year comes back: by its own words or those of its sentence."""
    start, end = place.sentence
    return bool(re.search(patterns.YEARLY_TAIL, words) or patterns.RETURNING.search(place.text, start, end))


def _is_set_as_time(place: _Place) -> bool:
    """Return whether the words open a clause, stand in a cell of their own, or follow "Thời gian: "."""
    before = place.before.rstrip(" (-–+•*")
    return not before or before[-1] in ".;:|" or bool(patterns.TIME_CUE.search(before[-70:] + " "))


def _finishes(place: _Place) -> bool:
    """Return whether "xong", "hoàn thành" stands right before: then the end of the year counts."""
    return bool(re.search(r"(?:xong|[Hh]oàn thành|[Hh]oàn tất)[ :]*$", place.before[-20:]))


def _relates_the_past(place: _Place) -> bool:
    """Return whether the nearest modal word makes the sentence a report of what was done."""
    after = re.sub(r"\([^)]*\)", "", place.after)
    following = patterns.MODAL.search(after)
    if following:
        return following.group(1) in {"đã", "đều", "từng"} and following.start() < 150
    preceding = [match.group(1) for match in patterns.MODAL.finditer(place.before)]
    return bool(preceding) and preceding[-1] in {"đã", "từng"}


def _masked(text: str) -> list[tuple[int, int]]:
    """Return the stretches where weak forms do not count: quotations and titles of cited documents."""
    return [match.span() for pattern in (patterns.QUOTED, patterns.CITED_TITLE) for match in pattern.finditer(text)]


def _is_past(row: Deadline, issued_on: dt.date | None) -> bool:
    """Return whether the day was over when the document was issued.

    A plan may be signed shortly after its first step was due; `_LATE_SIGNATURE` allows for that.
    """
    return issued_on is not None and row.due_on is not None and row.due_on < issued_on - _LATE_SIGNATURE


def _in_context(row: Deadline, text: str, bounds: Boundaries) -> Deadline:
    """Return *row* with the action that stands beside it."""
    start, end = bounds.clause(row.start)
    following = text[row.end : end].strip(" ,()-–")
    preceding = text[start : row.start].strip(" ,()-–")
    opens = not preceding or re.fullmatch(r"[Đđ]ịnh kỳ|[Tt]rong đó|[Tt]hời (?:gian|hạn)[^,]*", preceding)
    action = following if opens or len(preceding.split()) < 3 else preceding
    return replace(row, action=action or None)
