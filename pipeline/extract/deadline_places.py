"""Where words of time stand, and what that makes of them: a deadline, a condition, a report of the past.

Imports its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract import deadline_patterns as patterns

_REACH = 300
_SENTENCE = 2_000  # code points on either side; what has more than that without a stop is no sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a match stands: the text, the sentence and the clause around it.

    ``before`` and ``after`` are what the sentence says around it, `_REACH` code points at most.

    >>> place = Place("Sở Y tế đã hoàn thành trong năm 2025", 22, 36, (0, 36), (0, 36))
    >>> place.before, relates_the_past(place), finishes(place)
    ('Sở Y tế đã hoàn thành ', True, True)
    """

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    clause: tuple[int, int]

    @property
    def before(self) -> str:
        """The words of the sentence before it, as far as they are near."""
        return self.text[max(self.sentence[0], self.start - _REACH) : self.start]

    @property
    def after(self) -> str:
        """The words of the sentence behind it, as far as they are near."""
        return self.text[self.end : min(self.sentence[1], self.end + _REACH)]


def stands_in_condition(place: Place) -> bool:
    """Return whether the words belong to a condition that is still open: "Nếu ... trong năm 2025 ... thì"."""
    start = max(place.clause[0], place.start - _SENTENCE)
    return patterns.CONDITION.fullmatch(place.text, start, place.start) is not None


def comes_back(place: Place, words: str) -> bool:
    """Return whether a day without a year comes back: by its own words or those of its sentence."""
    start = max(place.sentence[0], place.start - _SENTENCE)
    end = min(place.sentence[1], place.end + _SENTENCE)
    return bool(re.search(patterns.YEARLY_TAIL, words) or patterns.RETURNING.search(place.text, start, end))


def is_set_as_time(place: Place) -> bool:
    """Return whether the words open a clause, stand in a cell of their own, or follow "Thời gian: ".

    >>> is_set_as_time(Place("Năm 2025 rà soát; tổng kết năm 2026", 0, 8, (0, 35), (0, 16)))
    True
    >>> is_set_as_time(Place("Năm 2025 rà soát; tổng kết năm 2026", 27, 35, (0, 35), (18, 35)))
    False
    """
    before = place.before.rstrip(" (-–+•*")
    if not before:
        return place.text[place.start].isupper()
    if patterns.DAY_BEFORE.search(place.before):
        return False
    return before[-1] in ".;:|" or bool(patterns.TIME_CUE.search(before[-70:] + " "))


def stands_for_a_time(place: Place) -> bool:
    """Return whether a bare "Tháng 12/2025" is a time for something, not the rest of a date."""
    return is_set_as_time(place) and bool(patterns.STANDS_ALONE.match(place.text, place.end))


def finishes(place: Place) -> bool:
    """Return whether "xong", "hoàn thành" stands right before: then the end of the year counts."""
    return bool(re.search(r"(?:xong|[Hh]oàn thành|[Hh]oàn tất)[ :]*$", place.before[-20:]))


def relates_the_past(place: Place) -> bool:
    """Return whether the nearest modal word makes the sentence a report of what was done."""
    after = re.sub(r"\([^()]{0,200}\)", "", place.after)
    following = patterns.MODAL.search(after)
    if following:
        return following.group(1) in {"đã", "đều", "từng"} and following.start() < 150
    preceding = [match.group(1) for match in patterns.MODAL.finditer(place.before)]
    return bool(preceding) and preceding[-1] in {"đã", "từng"}
