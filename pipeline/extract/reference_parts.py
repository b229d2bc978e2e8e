"""What all mentions of instruments share: the word they start with, the date and issuer they end with.

Imports ``records`` and ``reference_patterns``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.extract.reference_patterns import (
    BEFORE_NUMBER,
    DATE,
    GAP,
    MAYBE,
    NUMBER,
    NUMBER_WORD,
    abbreviations,
    instrument_words,
    issuer_pattern,
    law_words,
)
from pipeline.records import Reference, ReferenceRelation

NUMBERED = re.compile(rf"{BEFORE_NUMBER}(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?(?P<number>{NUMBER})")
_DATE = re.compile(DATE)
_OF = re.compile(rf"(?:{MAYBE},)?{GAP}(?i:của|do){GAP}")
_DIRECT_MEETING = re.compile(rf"(?:{MAYBE},)?{GAP}(?=(?i:hội{GAP}nghị){GAP})")
_SPACES = re.compile(GAP)
_FIRST_YEAR = 1945  # of the instruments that are cited
_SCAN_SPACES = re.compile(rf"{GAP}(?=[/\-–\d])|(?<=[/\-–]){GAP}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word for an instrument at which a mention may start; ``word`` is the one that tables hold."""

    text: str
    start: int
    end: int
    printed: str
    word: str

    @classmethod
    def of(cls, match: re.Match[str]) -> Anchor:
        """Return the anchor that the pattern of anchors has matched."""
        printed = _SPACES.sub(" ", match.group())
        word = abbreviations().get(printed) or word_of(printed)
        return cls(match.string, match.start(), match.end(), printed, word)

    @property
    def is_abbreviation(self) -> bool:
        """Whether the word is printed as in numbers: NĐ 06/2013/NĐ-CP."""
        return self.printed in abbreviations()

    @property
    def is_small(self) -> bool:
        """Whether the word starts small, so that it names an instrument only before a number."""
        return self.printed[0].islower()

    @property
    def is_law(self) -> bool:
        """Whether the instrument may be cited by name alone."""
        return not self.is_small and self.printed.lower() in law_words()

    @property
    def before(self) -> str:
        """The few characters before the word, in small letters."""
        return self.text[max(0, self.start - 10) : self.start].lower()


@dataclass(frozen=True, slots=True)
class Tail:
    """Date and issuer after a number or a name, and where they end."""

    end: int
    issued_on: dt.date | None = None
    issuer: str | None = None


def word_of(printed: str) -> str:
    """Return the word for an instrument as tables hold it, whatever the case and spacing it is printed in."""
    return instrument_words()[_SPACES.sub(" ", printed).lower()]


def read_tail(text: str, start: int) -> Tail:
    """Return date and issuer, in either order, that follow *start*."""
    date = _DATE.match(text, start)
    end = date.end() if date else start
    issuer = read_issuer(text, end) or _read_meeting(text, end)
    if issuer:
        end = issuer.end()
        if date is None and (date := _DATE.match(text, end)):
            end = date.end()
    return Tail(end, _read_date(date) if date else None, issuer.group() if issuer else None)


def read_issuer(text: str, start: int) -> re.Match[str] | None:
    """Return the body after "của" at *start*, if one stands there."""
    of = _OF.match(text, start)
    return issuer_pattern().match(text, of.end()) if of else None


def _read_meeting(text: str, start: int) -> re.Match[str] | None:
    # Nghị quyết số 28-NQ/TW Hội nghị lần thứ VIII Ban Chấp hành Trung ương
    meeting = _DIRECT_MEETING.match(text, start)
    return issuer_pattern().match(text, meeting.end()) if meeting else None


def _read_date(match: re.Match[str]) -> dt.date | None:
    """Return the date, or None where the calendar has no such day; "98" is 1998, "25" is 2025."""
    day, month, year = (int(match[f"{part}1"] or match[f"{part}2"]) for part in "dmy")
    if year < 100:
        year += 2000 if year < _FIRST_YEAR - 1900 else 1900
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_number(match: re.Match[str]) -> str:
    """Return the group ``number`` as printed, without the spaces that a tokeniser or a scan put in."""
    return _SCAN_SPACES.sub("", match["number"])


def mention(
    anchor: Anchor,
    tail: Tail,
    rule: str,
    *,
    number: str | None = None,
    start: int | None = None,
    short_form: bool = False,
) -> Reference:
    """Return the mention from *anchor* (or *start*) to the end of *tail*; its relation is not known yet."""
    start = anchor.start if start is None else start
    return Reference(
        text=anchor.text[start : tail.end],
        start=start,
        end=tail.end,
        doc_type=anchor.word,
        number=number,
        issued_on=tail.issued_on,
        issuer=tail.issuer,
        relation=ReferenceRelation.CITES,
        short_form=short_form,
        rule=rule,
    )
