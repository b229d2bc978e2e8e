"""Laws, codes, ordinances and the constitution, which are cited by name, with or without number and date.

Where the name ends is told, in this order, by a number or date after it, by the lexicon of names, by the
words that begin another clause. Imports ``reference_patterns`` and ``reference_parts``.
"""

from __future__ import annotations

from pipeline.extract.reference_parts import NUMBERED, Anchor, Tail, mention, read_number, read_tail, word_of
from pipeline.extract.reference_patterns import (
    AMENDING,
    ENDED_LAW_NAME,
    LAW_PARENTHESIS,
    LAW_YEAR,
    NOT_IN_LAW_NAME,
    SMALL_LAW_NAME,
    UNKNOWN_LAW_NAME,
    law_name_pattern,
)
from pipeline.records import Reference

_KINDS = {"Luật": "law", "Bộ luật": "code", "Pháp lệnh": "ordinance", "Hiến pháp": "constitution"}
_NESTED = 2  # Luật sửa đổi Luật sửa đổi Luật X
# a draft is no instrument yet; "pháp luật", a faculty and a trade are no laws
_NO_LAW = ("dự thảo ", "dự án ", "pháp ", "đại học ", "khoa ", "ngành ")


def law_at(anchor: Anchor, previous: Reference | None) -> Reference | None:
    """Return the law cited by name at *anchor*; *previous* is the mention before it, which may hold it."""
    if anchor.before.endswith(_NO_LAW):
        return None
    end = _name_end(anchor.text, anchor.end, anchor.word)
    if end is None:
        return _dated(anchor)
    if previous is not None and is_amended_by(anchor, previous):
        return mention(anchor, Tail(end), "law_name")
    return _numbered(anchor, end) or _named(anchor, end)


def is_amended_by(anchor: Anchor, previous: Reference) -> bool:
    """Return whether *anchor* stands in the name of an amending law; what follows is then that law's.

    So in Luật sửa đổi, bổ sung một số điều của Luật X số 12/2020/QH14 ngày ...
    """
    return previous.rule.startswith("law_") and anchor.start < previous.end


def _numbered(anchor: Anchor, end: int) -> Reference | None:
    if parenthesis := LAW_PARENTHESIS.match(anchor.text, end):
        tail = read_tail(anchor.text, parenthesis.end())
        return mention(anchor, tail, "law_parenthesis", number=read_number(parenthesis))
    if number := NUMBERED.match(anchor.text, end):
        return mention(anchor, read_tail(anchor.text, number.end()), "law_number", number=read_number(number))
    return None


def _named(anchor: Anchor, end: int) -> Reference:
    tail = read_tail(anchor.text, end)
    if tail.issued_on is None and (year := LAW_YEAR.match(anchor.text, end)):
        tail = read_tail(anchor.text, year.end())
    return mention(anchor, tail, "law_name")


def _dated(anchor: Anchor) -> Reference | None:
    # Pháp lệnh ngày 28 tháng 4 năm 2000 · Hiến pháp năm 2013
    tail = read_tail(anchor.text, anchor.end)
    if tail.issued_on is not None:
        return mention(anchor, tail, "law_date")
    year = LAW_YEAR.match(anchor.text, anchor.end) if anchor.word == "Hiến pháp" else None
    return mention(anchor, Tail(year.end()), "law_date") if year else None


def _name_end(text: str, start: int, word: str) -> int | None:
    """Return where the name of a law that starts at *start* ends, or None where there is none."""
    for _ in range(_NESTED):
        if amending := AMENDING.match(text, start):
            start, word = amending.end(), word_of(amending["inner"])
    ended = ENDED_LAW_NAME.match(text, start)
    if ended and not NOT_IN_LAW_NAME.search(ended.group()):
        return ended.end()
    if known := law_name_pattern(_KINDS[word]).match(text, start):
        return known.end()
    pattern = SMALL_LAW_NAME if word == "Pháp lệnh" else UNKNOWN_LAW_NAME
    unknown = pattern.match(text, start) if word != "Hiến pháp" else None
    return unknown.end() if unknown else None
