"""Short forms: "Chỉ thị 07" stands for the directive that the text has named in full.

A clause "(sau đây gọi tắt là Chỉ thị 07)" decides; without one, the only full mention with that word and
serial does. Where two instruments share them the number stays as printed. Imports ``records``.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.instrument_numbers import parse_number
from pipeline.records import Reference, Span

_Handle = tuple[str | None, int, str]
"""Word and serial: what a short form prints."""

# Instruments that are cited by a bare serial even where the text never gives the whole number.
_CITED_BY_SERIAL = frozenset(
    {
        "Nghị định",
        "Nghị quyết",
        "Thông tư",
        "Thông tư liên tịch",
        "Chỉ thị",
        "Quyết định",
        "Kết luận",
        "Công điện",
    }
)
# what may follow "Nghị định 06" but not "Quyết định 15 (người)"
_AFTER_BARE_SERIAL = re.compile(
    r" ?[^\w ]| (?:của|về|và|ngày|năm|có|được|thì|là|đã|còn|quy định|nêu|để|hoặc)\b|\s*\Z"
)


def fill_short_forms(
    text: str, references: Sequence[Reference], definitions: Sequence[Span]
) -> list[Reference]:
    """Return *references* with number and date of short forms filled in from their full mentions.

    Mentions inside *definitions* are dropped: they define, they do not refer. So are bare serials that
    nothing in the text explains and that the genre does not use alone.
    """
    kept = [reference for reference in references if not _lies_in(reference, definitions)]
    aliases = _declared(references, definitions)
    full = _unambiguous(kept)
    dates = _dates(kept)
    filled = (
        _fill(reference, aliases, full, dates) if reference.short_form else reference for reference in kept
    )
    return [reference for reference in filled if not reference.short_form or _is_credible(text, reference)]


def _lies_in(reference: Reference, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, reference.start, key=lambda span: span.start) - 1
    return index >= 0 and reference.start < spans[index].end


def _handle(reference: Reference) -> _Handle | None:
    number = parse_number(reference.number) if reference.number else None
    return (reference.doc_type, number.serial, number.suffix) if number else None


def _unambiguous(references: Iterable[Reference]) -> dict[_Handle, Reference]:
    """Return the full mention for each short form that can mean one instrument only."""
    handles = defaultdict(list)
    for reference in references:
        handle = _handle(reference)
        if handle and not reference.short_form:
            handles[handle].append(reference)
    only = {handle: _only(mentions) for handle, mentions in handles.items()}
    return {handle: reference for handle, reference in only.items() if reference is not None}


def _declared(references: Sequence[Reference], definitions: Sequence[Span]) -> dict[_Handle, Reference]:
    """Return the full mention for each short form that a definition declares: the nearest before it."""
    declared: dict[_Handle, Reference] = {}
    latest: dict[_Handle, Reference] = {}
    for reference in references:
        handle = _handle(reference)
        if handle is None:
            continue
        if not _lies_in(reference, definitions):
            if not reference.short_form:
                latest[handle] = reference
        elif handle in latest:
            declared[handle] = latest[handle]
    return declared


def _dates(references: Iterable[Reference]) -> dict[str, set[dt.date]]:
    dates = defaultdict(set)
    for reference in references:
        if reference.number and reference.issued_on:
            dates[reference.number].add(reference.issued_on)
    return dates


def _fill(
    reference: Reference,
    aliases: dict[_Handle, Reference],
    full: dict[_Handle, Reference],
    dates: dict[str, set[dt.date]],
) -> Reference:
    handle = _handle(reference)
    if handle is None:
        return reference
    stands_for = aliases.get(handle) or full.get(handle)
    if stands_for is None or stands_for.number is None:
        return reference
    known = dates.get(stands_for.number, set())
    issued_on = stands_for.issued_on or (next(iter(known)) if len(known) == 1 else None)
    return replace(
        reference, number=stands_for.number, issued_on=reference.issued_on or issued_on, rule="short_form"
    )


def _only(references: list[Reference]) -> Reference | None:
    """Return the best dated of *references* where all are one instrument, else None."""
    if len({parse_number(reference.number or "") for reference in references}) != 1:
        return None
    if len({reference.issued_on for reference in references if reference.issued_on}) > 1:
        return None
    return max(references, key=lambda reference: reference.issued_on is not None)


def _is_credible(text: str, reference: Reference) -> bool:
    if reference.rule == "short_form":
        return True
    if reference.doc_type not in _CITED_BY_SERIAL or not reference.text[0].isupper():
        return False
    if reference.rule == "short_numbered" or reference.issuer:
        return True
    return len(reference.number or "") > 1 and bool(_AFTER_BARE_SERIAL.match(text, reference.end))
