"""What a document does with the instruments it mentions: implements, replaces, amends or only cites.

The document says so in its title ("Triển khai thực hiện Chỉ thị ..."), in paragraphs of the preamble that
open with "Thực hiện" and an instrument, and where it issues an attached plan. An instrument named there is
implemented at every mention. Replacing and amending are told by the very clause of the mention, and only
where this document is the subject ("Chỉ thị này thay thế ..."), never where one cited instrument amends
another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.instrument_numbers import name_of, parse_number
from pipeline.extract.relation_patterns import (
    ACCORDING_TO,
    AMENDMENT,
    ARTICLE,
    CARRYING_OUT,
    ENACTING,
    EXPIRING,
    FIRST_MARKER,
    IN_LIST,
    ISSUING,
    NEVER,
    OPENS_BY_CARRYING_OUT,
    OPENS_WITH_CHANGE,
    PART_OF,
    REPEAL,
    SELF,
    SENTENCE_END,
    TITLE_OPENS_WITH_CHANGE,
    TOLD_OF_PAST,
)
from pipeline.records import Reference, ReferenceRelation, Span


@dataclass(frozen=True, slots=True)
class Context:
    """Where a document says what it is issued for: its titles, and the paragraphs of its preamble."""

    titles: tuple[Span, ...] = ()
    preamble: tuple[Span, ...] = ()


def context_of(text: str, *, titles: Sequence[Span] = (), preamble: Sequence[Span] | None = None) -> Context:
    """Return the context that *text* gives; without *preamble*, the lines before its first marker are it."""
    if preamble is None:
        marker = FIRST_MARKER.search(text)
        start = max((title.end for title in titles), default=0)
        preamble = [Span(start, marker.start() if marker and marker.start() > start else len(text))]
    return Context(tuple(titles), tuple(preamble))


def relate(text: str, references: Sequence[Reference], context: Context) -> list[Reference]:
    """Return *references* with ``relation`` set; order and everything else stay.

    >>> from pipeline.extract.references import find_references
    >>> text = "Thực hiện Chỉ thị số 06/CT-BCA, UBND xã ban hành Kế hoạch.\\n1. Phổ biến Chỉ thị 06."
    >>> [reference.relation.value for reference in find_references(text)]
    ['implements', 'implements']
    """
    if not references:
        return []
    sentences = _sentences(text, references)
    relations: dict[int, ReferenceRelation] = {}
    for span, members in sentences:
        relations |= _changed(text, span, members, references)
    carried_out = _Instruments()
    for span, members in sentences:
        for index in _carried_out(text, span, members, references, context):
            carried_out.add(references[index])
    relations |= _changed_by_title(text, references, context)
    return [
        replace(reference, relation=relations.get(index) or carried_out.relation(reference))
        for index, reference in enumerate(references)
    ]


class _Instruments:
    """The instruments that a document implements; a mention without a date belongs to its number."""

    def __init__(self) -> None:
        self._years: dict[object, set[int]] = defaultdict(set)

    def add(self, reference: Reference) -> None:
        identity = _identity(reference)
        if identity is not None:
            self._years[identity] |= {reference.issued_on.year} if reference.issued_on else set()

    def relation(self, reference: Reference) -> ReferenceRelation:
        identity = _identity(reference)
        if identity is None or identity not in self._years:
            return ReferenceRelation.CITES
        years = self._years[identity]
        same_year = not years or reference.issued_on is None or reference.issued_on.year in years
        return ReferenceRelation.IMPLEMENTS if same_year else ReferenceRelation.CITES


def _identity(reference: Reference) -> object | None:
    if reference.number is None:
        return name_of(reference)
    return parse_number(reference.number)


def _sentences(text: str, references: Sequence[Reference]) -> list[tuple[Span, list[int]]]:
    """Return the sentences that hold references, each with the indices of its references."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    groups: dict[Span, list[int]] = {}
    for index, reference in enumerate(references):
        place = bisect_right(ends, reference.start)
        last = bisect_left(ends, reference.end, lo=place)
        end = ends[last] if last < len(ends) else len(text)
        span = Span(ends[place - 1] if place else 0, end)
        groups.setdefault(span, []).append(index)
    return list(groups.items())


def _chain(
    text: str, span: Span, members: Sequence[int], references: Sequence[Reference], cue: re.Pattern[str]
) -> Iterator[int]:
    """Yield the first of *members*, and each later one that a list or *cue* ties to it."""
    tied = True
    end = span.start
    for position, index in enumerate(members):
        reference = references[index]
        before = (
            text[end : reference.start]
            if reference.start > end
            else text[max(end - 60, span.start) : reference.start]
        )
        if position and reference.start > end:
            tied = (tied and bool(IN_LIST.search(before))) or bool(cue.search(before))
        elif position:
            tied = bool(cue.search(before))
        if tied:
            yield index
        end = max(end, reference.end)


# --- implements ----------------------------------------------------------------------------------


def _carried_out(
    text: str, span: Span, members: list[int], references: Sequence[Reference], context: Context
) -> Iterator[int]:
    first = references[members[0]]
    lead = text[span.start : first.start]
    if _within(first, context.titles):
        if CARRYING_OUT.search(lead) or ACCORDING_TO.search(lead):
            yield from _chain(text, span, members, references, CARRYING_OUT)
    elif (_within(first, context.preamble) and _opens_by_carrying_out(text, span, first)) or ISSUING.search(
        lead
    ):
        yield from _chain(text, span, members, references, CARRYING_OUT)


def _opens_by_carrying_out(text: str, span: Span, first: Reference) -> bool:
    if not OPENS_BY_CARRYING_OUT.match(text[span.start : first.start]):
        return False
    return TOLD_OF_PAST.search(text, first.end, span.end) is None


def _within(reference: Reference, spans: Sequence[Span]) -> bool:
    return any(span.start <= reference.start < span.end for span in spans)


# --- replaces, amends ----------------------------------------------------------------------------


def _changed(
    text: str, span: Span, members: list[int], references: Sequence[Reference]
) -> dict[int, ReferenceRelation]:
    """Return the members of one sentence that this document replaces or amends."""
    relations: dict[int, ReferenceRelation] = {}
    relation = None
    end = span.start
    own_act = _is_own_act(text, span)
    for index in members:
        reference = references[index]
        if reference.start < end:
            continue
        lead = text[end : reference.start]
        own = own_act or SELF.search(lead) or relation is not None
        change = _change(lead) if own else None
        relation = change or (relation if IN_LIST.search(lead) else None)
        if relation:
            relations[index] = relation
        own_act, end = False, reference.end
    return relations or _expired(text, span, members, references)


def _is_own_act(text: str, span: Span) -> bool:
    """Return whether the sentence itself replaces or amends: Điều 2. Bãi bỏ ...; Sửa đổi ... như sau:"""
    opening = OPENS_WITH_CHANGE.match(text, span.start, span.end)
    if opening is None:
        return False
    line = text.rfind("\n", 0, span.start) + 1
    return bool(ARTICLE.search(text[line : span.start]) or ENACTING.search(text[opening.end() : span.end]))


def _expired(
    text: str, span: Span, members: list[int], references: Sequence[Reference]
) -> dict[int, ReferenceRelation]:
    # Quyết định số 12/2019/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực
    expiry = EXPIRING.search(text, span.start, span.end)
    if expiry is None or not SELF.search(text, span.start, span.end):
        return {}
    before = [index for index in members if references[index].end <= expiry.start()]
    in_part = before and PART_OF.search(text[span.start : references[before[0]].start])
    relation = ReferenceRelation.AMENDS if in_part else ReferenceRelation.REPLACES
    return dict.fromkeys(_chain(text, span, before, references, NEVER), relation)


def _change(lead: str) -> ReferenceRelation | None:
    if REPEAL.search(lead):
        return ReferenceRelation.REPLACES
    if AMENDMENT.search(lead) and "dự thảo" not in lead.lower():
        return ReferenceRelation.AMENDS
    return None


def _changed_by_title(
    text: str, references: Sequence[Reference], context: Context
) -> dict[int, ReferenceRelation]:
    relations = {}
    for title in context.titles:
        first = next((i for i, reference in enumerate(references) if _within(reference, [title])), None)
        if first is not None:
            lead = text[title.start : references[first].start]
            change = _change(lead)
            if change is None and TITLE_OPENS_WITH_CHANGE.match(lead) and PART_OF.search(lead):
                change = ReferenceRelation.AMENDS
            if change is not None:
                relations[first] = change
    return relations
