"""References: every mention of an instrument, with what is printed of its number, date and issuer.

One pass over the words for instruments (chỉ thị, nghị định, luật ...); at each, the patterns of
`pipeline.extract.reference_patterns` are tried in turn. Short forms ("Chỉ thị 07") are then filled in from
the full mentions of the same text, and `pipeline.extract.reference_relations` tells what the document does
with each instrument. Imports ``records`` and ``lexicon``.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract.reference_patterns import (
    AMENDING,
    COMMA,
    DATE,
    ENDED_LAW_NAME,
    GAP,
    LAW_PARENTHESIS,
    LAW_YEAR,
    MAYBE,
    NOT_IN_LAW_NAME,
    NUMBER,
    NUMBER_WORD,
    SHORT_NUMBER,
    SMALL_LAW_NAME,
    UNKNOWN_LAW_NAME,
    abbreviations,
    anchor_pattern,
    instrument_words,
    issuer_pattern,
    law_name_pattern,
    law_words,
)
from pipeline.extract.reference_relations import Context, context_of, relate
from pipeline.extract.short_forms import fill_short_forms
from pipeline.records import Layout, ProvisionRole, Reference, ReferenceRelation, Span

_NUMBERED = re.compile(rf"{MAYBE}:?{MAYBE}(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?(?P<number>{NUMBER})")
# : 217, 218 và 222/CĐ-TTg
_ENUMERATED = re.compile(
    rf"{MAYBE}:?{MAYBE}(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?"
    rf"(?P<leads>(?:\d{{1,5}}[a-z]?(?:{COMMA}|{GAP}và{GAP}|{MAYBE};{GAP})){{1,20}})(?P<number>{NUMBER})"
)
# the next of a list: , số 02/2021/NĐ-CP · và 03/2022/NĐ-CP
_NEXT_NUMBER = re.compile(
    rf"(?:(?:{MAYBE}[,;])?{GAP}(?:và{GAP})?(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?)(?P<number>{NUMBER})"
)
_SHORT = re.compile(rf"{MAYBE}(?P<word>{NUMBER_WORD}{MAYBE}:?{MAYBE})?(?P<number>{SHORT_NUMBER})")
_DATE = re.compile(DATE)
_OF = re.compile(rf"(?:{MAYBE},)?{GAP}(?i:của|do){GAP}")
_DIRECT_MEETING = re.compile(rf"(?:{MAYBE},)?{GAP}(?=(?i:hội{GAP}nghị){GAP})")
# what an instrument without a number is about, up to the next clause
_SUBJECT = re.compile(
    rf"{GAP}(?:quy{GAP}định|về|hướng{GAP}dẫn|sửa{GAP}đổi)(?![^\W_])"
    rf"[^\n.;:(“”\"]{{1,200}}?(?={MAYBE}[\n.;:(“”\"]|,{GAP}(?:các|những|[A-ZĐỦỤ])|{GAP}và{GAP}(?:các|những)(?![^\W_])|\Z)"
)
_CARRYING_OUT = re.compile(rf"{GAP}(?:triển{GAP}khai{GAP})?thực{GAP}hiện{GAP}(?:các{GAP})?")
_PROPOSED_BY = re.compile(
    rf"(?:đề{GAP}nghị|ý{GAP}kiến|báo{GAP}cáo|chỉ{GAP}đạo){GAP}của{GAP}(?P<body>[^;:.\n]{{2,100}}){GAP}tại{GAP}(?:các{GAP})?\Z"
)
# (sau đây gọi tắt là Chỉ thị số 06) · (dưới đây được viết gọn là ...)
_DEFINITION = re.compile(
    rf"\({MAYBE}(?:(?:sau|dưới){GAP}(?:đây{GAP})?)?(?:được{GAP})?(?:gọi|viết)(?:{GAP}(?:tắt|chung|gọn))*{GAP}là{GAP}[^()\n]{{1,200}}\)"
)
_SELF = re.compile(rf"[^\W\d_]{GAP}này(?![^\W_])")
_SPACES = re.compile(rf"{GAP}")
# a draft is no instrument yet; "pháp luật", a faculty and a trade are no laws
_DRAFT = ("dự thảo ", "dự án ", "ban hành ")
_NO_LAW = ("dự thảo ", "dự án ", "pháp ", "đại học ", "khoa ", "ngành ")
_LAW_KINDS = {"Luật": "law", "Bộ luật": "code", "Pháp lệnh": "ordinance", "Hiến pháp": "constitution"}
_NESTED_LAWS = 2  # Luật sửa đổi Luật sửa đổi Luật X
_LISTED = (" và ", ", ", "; ", " , ", " ; ")


@dataclass(frozen=True, slots=True)
class _Tail:
    """Date and issuer after a number or a name, and where they end."""

    end: int
    issued_on: dt.date | None = None
    issuer: str | None = None


def find_references(text: str, *, title_end: int | None = None) -> list[Reference]:
    """Return every mention of an instrument in the clean *text*, by start; nested mentions both count.

    No mention crosses a line break. ``issued_on`` is None where no whole date is printed. What the document
    does with an instrument (``relation``) is told by its title, which is ``text[:title_end]`` (by default
    nothing), and by paragraphs that open with "Thực hiện" or "Triển khai" and an instrument. References to
    the document itself ("Chỉ thị này") and clauses that define a short form are left out.

    >>> text = "Chỉ thị này thay thế Chỉ thị số 07/CT-BCA-V28 ngày 15/8/2014 của Bộ trưởng Bộ Công an."
    >>> [(r.number, str(r.issued_on), r.issuer, r.relation.value) for r in find_references(text)]
    [('07/CT-BCA-V28', '2014-08-15', 'Bộ trưởng Bộ Công an', 'replaces')]
    >>> find_references("Trang 3/12, điện thoại 0243.825, họp ngày 15/8/2014.")
    []
    """
    context = context_of(text, titles=[Span(0, title_end)] if title_end else [])
    return _numbered_in_order(relate(text, _mentions(text), context))


def references_of(text: str, layout: Layout) -> tuple[Reference, ...]:
    """Return the references of a document's title and provisions, in order of their places.

    ``provision_path`` is "title" or the path of the provision; mentions elsewhere (number, recipients,
    signature) are dropped. A mention that starts in a provision belongs to it.
    """
    context = _layout_context(text, layout)
    places = _places(layout)
    starts = [span.start for span, _ in places]
    found = []
    for reference in relate(text, _mentions(text), context):
        span, path = places[bisect_right(starts, reference.start) - 1] if places else (Span(0, 0), "")
        if span.start <= reference.start < span.end:
            found.append(replace(reference, provision_path=path))
    return tuple(_numbered_in_order(found))


def _layout_context(text: str, layout: Layout) -> Context:
    title = layout.header.title_span
    preamble = [
        Span(provision.start, provision.end)
        for provision in layout.provisions
        if provision.role is ProvisionRole.PREAMBLE
    ]
    return context_of(text, titles=[title] if title else [], preamble=preamble)


def _places(layout: Layout) -> list[tuple[Span, str]]:
    places = [(Span(provision.start, provision.end), provision.path) for provision in layout.provisions]
    if layout.header.title_span:
        places.append((layout.header.title_span, "title"))
    return sorted(places, key=lambda place: (place[0].start, place[0].end))


def _numbered_in_order(references: list[Reference]) -> list[Reference]:
    return [replace(reference, ordinal=ordinal) for ordinal, reference in enumerate(references)]


# --- mentions ------------------------------------------------------------------------------------


def _mentions(text: str) -> list[Reference]:
    """Return the mentions of *text* with short forms filled in; relations are all ``cites`` yet."""
    definitions = [Span(*match.span()) for match in _DEFINITION.finditer(text)]
    found: list[Reference] = []
    for anchor in anchor_pattern().finditer(text):
        if _is_inside_word(text, anchor) or _is_swallowed(text, anchor, found):
            continue
        found.extend(_at_anchor(text, anchor, found[-1] if found else None))
    return fill_short_forms(text, found, definitions)


def _is_inside_word(text: str, anchor: re.Match[str]) -> bool:
    before = text[anchor.start() - 1 : anchor.start()]
    return before.isalnum() or (before in ("/", "-") and anchor.group() in abbreviations())


def _is_swallowed(text: str, anchor: re.Match[str], found: list[Reference]) -> bool:
    """Return whether the word repeats the mention before it: Luật Cư trú (Luật số 68/2020/QH14)."""
    previous = found[-1] if found else None
    return previous is not None and previous.rule == "law_number" and anchor.start() < previous.end


def _at_anchor(text: str, anchor: re.Match[str], previous: Reference | None) -> Iterator[Reference]:
    """Yield the mentions that start at *anchor*; *previous* is the mention before it."""
    word = _printed_word(anchor)
    if _is_law(anchor) and (law := _law(text, anchor, word, previous)):
        yield law
        return
    numbered = list(_numbered(text, anchor, word))
    yield from numbered
    if numbered or anchor.group() in abbreviations():
        return
    short = _short(text, anchor, word)
    if short is not None:
        yield short
    elif not _is_small(anchor) and not _is_law(anchor):
        unnumbered = _unnumbered(text, anchor, word, previous)
        if unnumbered is not None:
            yield unnumbered


def _before(text: str, anchor: re.Match[str]) -> str:
    return text[max(0, anchor.start() - 10) : anchor.start()].lower()


def _is_small(anchor: re.Match[str]) -> bool:
    return anchor.group()[0].islower()


def _is_law(anchor: re.Match[str]) -> bool:
    return not _is_small(anchor) and _SPACES.sub(" ", anchor.group()).lower() in law_words()


def _printed_word(anchor: re.Match[str]) -> str:
    if anchor.group() in abbreviations():
        return abbreviations()[anchor.group()]
    return _word(anchor.group())


def _word(printed: str) -> str:
    return instrument_words()[_SPACES.sub(" ", printed).lower()]


def _numbered(text: str, anchor: re.Match[str], word: str) -> Iterator[Reference]:
    """Yield the instrument with the number after *anchor*, and those of the list that it opens."""
    enumerated = _ENUMERATED.match(text, anchor.end())
    match = enumerated or _NUMBERED.match(text, anchor.end()) or _number_after_issuer(text, anchor)
    if match is None:
        return
    if enumerated:
        yield from _leading_numbers(text, anchor.start(), enumerated, word)
    start = anchor.start() if not enumerated else match.start("number")
    while match is not None:
        tail = _tail(text, match.end())
        issuer = tail.issuer or _issuer_before(text, start, anchor, match)
        rule = "enumerated" if start != anchor.start() else "numbered"
        yield _reference(
            text, Span(start, tail.end), word, _number(match), replace(tail, issuer=issuer), rule
        )
        match = _NEXT_NUMBER.match(text, tail.end)
        start = match.start("number") if match else start


def _number_after_issuer(text: str, anchor: re.Match[str]) -> re.Match[str] | None:
    # Nghị quyết của Quốc hội số 51/2001/QH10
    of = _OF.match(text, anchor.end())
    issuer = issuer_pattern().match(text, of.end()) if of else None
    return _NUMBERED.match(text, issuer.end()) if issuer else None


def _issuer_before(text: str, start: int, anchor: re.Match[str], match: re.Match[str]) -> str | None:
    """Return the issuer printed before the number or, after "đề nghị của", before the instrument."""
    of = _OF.match(text, anchor.end())
    if of and of.end() < match.start("number"):
        issuer = issuer_pattern().match(text, of.end())
        return issuer.group() if issuer else None
    proposed = _PROPOSED_BY.search(text, max(0, start - 140), start)
    if proposed is None:
        return None
    issuer = issuer_pattern().match(text, proposed.start("body"))
    return issuer.group() if issuer and issuer.end() == proposed.end("body") else None


def _leading_numbers(text: str, start: int, match: re.Match[str], word: str) -> Iterator[Reference]:
    symbol = re.sub(r"^\d+\w?", "", _number(match))
    for lead in re.finditer(r"\d+[a-z]?", match["leads"]):
        span = Span(start, match.start("leads") + lead.end())
        yield _reference(text, span, word, lead.group() + symbol, _Tail(span.end), "enumerated")
        start = match.start("leads") + lead.end() + 2
        start += len(text[start:]) - len(text[start:].lstrip(" và,;"))


def _short(text: str, anchor: re.Match[str], word: str) -> Reference | None:
    """Return "Chỉ thị 07" or, where a date follows, "Công văn số 123 ngày 5/6/2012"."""
    match = _SHORT.match(text, anchor.end())
    if match is None or (_is_small(anchor) and match["word"] is None):
        return None
    tail = _tail(text, match.end())
    span = Span(anchor.start(), tail.end)
    if tail.issued_on:
        return _reference(text, span, word, match["number"], tail, "number_and_date")
    rule = "short_numbered" if match["word"] else "short"
    return _reference(text, span, word, match["number"], tail, rule, short_form=True)


def _unnumbered(text: str, anchor: re.Match[str], word: str, previous: Reference | None) -> Reference | None:
    """Return "Nghị định của Chính phủ quy định về ..." or a plan listed beside another instrument."""
    if _before(text, anchor).endswith(_DRAFT):
        return None
    of = _OF.match(text, anchor.end())
    issuer = issuer_pattern().match(text, of.end()) if of else None
    if of and issuer:
        subject = _SUBJECT.match(text, issuer.end())
        if not subject and not _is_listed(text, anchor, previous):
            return None
        if subject and _SELF.search(subject.group()):
            return None
        span = Span(anchor.start(), subject.end() if subject else issuer.end())
        return _reference(text, span, word, None, _Tail(span.end, issuer=issuer.group()), "unnumbered")
    return _carrying_out(text, anchor, word, previous)


def _carrying_out(
    text: str, anchor: re.Match[str], word: str, previous: Reference | None
) -> Reference | None:
    # ... và Kế hoạch thực hiện Chỉ thị số 09-CT/TW của Ban Bí thư
    verb = _CARRYING_OUT.match(text, anchor.end())
    inner = anchor_pattern().match(text, verb.end()) if verb else None
    if inner is None or not _is_listed(text, anchor, previous):
        return None
    carried_out = next(_numbered(text, inner, word), None)
    if carried_out is None:
        return None
    return _reference(
        text, Span(anchor.start(), carried_out.end), word, None, _Tail(carried_out.end), "carrying_out"
    )


def _is_listed(text: str, anchor: re.Match[str], previous: Reference | None) -> bool:
    """Return whether the word stands in a list of instruments, so that it names one that exists."""
    before = text[max(0, anchor.start() - 2) : anchor.start()]
    beside = previous is not None and text[previous.end : anchor.start()] in _LISTED
    return beside or (before == "; " and previous is not None)


# --- laws ----------------------------------------------------------------------------------------


def _law(text: str, anchor: re.Match[str], word: str, previous: Reference | None) -> Reference | None:
    if _before(text, anchor).endswith(_NO_LAW):
        return None
    end = _law_name_end(text, anchor.end(), word)
    if end is None:
        return _dated_law(text, anchor, word)
    if previous and previous.rule == "law_name" and anchor.start() < previous.end:
        # Luật sửa đổi, bổ sung một số điều của Luật X ngày ...: the date is the amending law's
        return _reference(text, Span(anchor.start(), end), word, None, _Tail(end), "law_name")
    if parenthesis := LAW_PARENTHESIS.match(text, end):
        tail = _tail(text, parenthesis.end())
        return _reference(
            text, Span(anchor.start(), tail.end), word, _number(parenthesis), tail, "law_number"
        )
    if numbered := _NUMBERED.match(text, end):
        tail = _tail(text, numbered.end())
        return _reference(text, Span(anchor.start(), tail.end), word, _number(numbered), tail, "law_number")
    tail = _tail(text, end)
    if tail.issued_on is None and (year := LAW_YEAR.match(text, end)):
        tail = _tail(text, year.end())
    return _reference(text, Span(anchor.start(), tail.end), word, None, tail, "law_name")


def _dated_law(text: str, anchor: re.Match[str], word: str) -> Reference | None:
    # Pháp lệnh ngày 28 tháng 4 năm 2000 · Hiến pháp năm 2013
    tail = _tail(text, anchor.end())
    if tail.issued_on is None and word == "Hiến pháp" and (year := LAW_YEAR.match(text, anchor.end())):
        tail = _Tail(year.end())
    elif tail.issued_on is None:
        return None
    return _reference(text, Span(anchor.start(), tail.end), word, None, tail, "law_date")


def _law_name_end(text: str, start: int, word: str) -> int | None:
    """Return where the name of a law that starts at *start* ends, or None where there is none."""
    for _ in range(_NESTED_LAWS):
        if amending := AMENDING.match(text, start):
            start, word = amending.end(), _word(amending["inner"])
    known = law_name_pattern(_LAW_KINDS[word]).match(text, start)
    ended = ENDED_LAW_NAME.match(text, start)
    if ended and not NOT_IN_LAW_NAME.search(ended.group()):
        return ended.end()
    if known:
        return known.end()
    pattern = SMALL_LAW_NAME if word == "Pháp lệnh" else UNKNOWN_LAW_NAME
    unknown = pattern.match(text, start) if word != "Hiến pháp" else None
    return unknown.end() if unknown else None


# --- date and issuer -----------------------------------------------------------------------------


def _tail(text: str, start: int) -> _Tail:
    """Return date and issuer, in either order, that follow *start*."""
    date = _DATE.match(text, start)
    end = date.end() if date else start
    of = _OF.match(text, end) or _DIRECT_MEETING.match(text, end)
    issuer = issuer_pattern().match(text, of.end()) if of else None
    if issuer:
        end = issuer.end()
        if date is None and (date := _DATE.match(text, end)):
            end = date.end()
    return _Tail(end, _date(date) if date else None, issuer.group() if issuer else None)


def _date(match: re.Match[str]) -> dt.date | None:
    """Return the date, or None where the calendar has no such day."""
    day, month, year = (int(match[f"{part}1"] or match[f"{part}2"]) for part in "dmy")
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(match: re.Match[str]) -> str:
    """Return the number as printed, without the spaces that a tokeniser or a scan put in."""
    return re.sub(rf"{GAP}(?=[/\-–\d])|(?<=[/\-–]){GAP}", "", match["number"])


def _reference(
    text: str, span: Span, word: str, number: str | None, tail: _Tail, rule: str, *, short_form: bool = False
) -> Reference:
    return Reference(
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        doc_type=word,
        number=number,
        issued_on=tail.issued_on,
        issuer=tail.issuer,
        relation=ReferenceRelation.CITES,
        short_form=short_form,
        rule=rule,
    )
