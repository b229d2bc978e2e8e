"""References: every mention of an instrument, with what is printed of its number, date and issuer.

One pass over the words for instruments (chỉ thị, nghị định, luật ...); at each, the patterns of
`pipeline.extract.reference_patterns` are tried in turn. Short forms ("Chỉ thị 07") are then filled in from
the full mentions of the same text, and `pipeline.extract.reference_relations` tells what the document does
with each instrument. Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.law_references import law_at
from pipeline.extract.reference_parts import (
    NUMBERED,
    Anchor,
    Tail,
    mention,
    read_issuer,
    read_number,
    read_tail,
)
from pipeline.extract.reference_patterns import (
    BEFORE_NUMBER,
    COMMA,
    GAP,
    MAYBE,
    NUMBER,
    NUMBER_WORD,
    SHORT_NUMBER,
    anchor_pattern,
    issuer_pattern,
)
from pipeline.extract.reference_relations import Context, context_of, relate
from pipeline.extract.short_forms import fill_short_forms
from pipeline.records import Layout, ProvisionRole, Reference, Span

# : 217, 218 và [222/CĐ-TTg]
_LEADS = re.compile(
    rf"{BEFORE_NUMBER}(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?"
    rf"(?P<leads>(?:\d{{1,5}}[a-z]?(?:{COMMA}|{GAP}và{GAP}|{MAYBE};{GAP})){{1,20}})(?P<number>{NUMBER})"
)
_SERIAL = re.compile(r"\d+[a-z]?")
# the next of a list: , số 02/2021/NĐ-CP · và 03/2022/NĐ-CP
_NEXT_NUMBER = re.compile(
    rf"(?:(?:{MAYBE}[,;])?{GAP}(?:và{GAP})?(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?)(?P<number>{NUMBER})"
)
_SHORT = re.compile(rf"{MAYBE}(?P<word>{NUMBER_WORD}{MAYBE}:?{MAYBE})?(?P<number>{SHORT_NUMBER})")
# what an instrument without a number is about, up to the next clause
_SUBJECT = re.compile(
    rf"{GAP}(?:quy{GAP}định|về|hướng{GAP}dẫn|sửa{GAP}đổi)(?![^\W_])[^\n.;:(“”\"]{{1,200}}?"
    rf"(?={MAYBE}[\n.;:(“”\"]|,{GAP}(?:các|những|[A-ZĐỦỤ])|{GAP}và{GAP}(?:các|những)(?![^\W_])|\Z)"
)
_SELF = re.compile(rf"[^\W\d_]{GAP}này(?![^\W_])")
_CARRYING_OUT = re.compile(rf"{GAP}(?:triển{GAP}khai{GAP})?thực{GAP}hiện{GAP}(?:các{GAP})?")
# Xét đề nghị của Sở Xây dựng tại [Công văn số ...]
_PROPOSED_BY = re.compile(
    rf"(?:đề{GAP}nghị|ý{GAP}kiến|báo{GAP}cáo|chỉ{GAP}đạo){GAP}của{GAP}"
    rf"(?P<body>[^;:.\n]{{2,100}}){GAP}tại{GAP}(?:các{GAP})?\Z"
)
_PROPOSAL = 140  # characters before an instrument in which its proposer may stand
# (sau đây gọi tắt là Chỉ thị số 06) · (dưới đây được viết gọn là ...)
_DEFINITION = re.compile(
    rf"\({MAYBE}(?:(?:sau|dưới){GAP}(?:đây{GAP})?)?(?:được{GAP})?(?:gọi|viết)(?:{GAP}(?:tắt|chung|gọn))*"
    rf"{GAP}là{GAP}[^()\n]{{1,200}}\)"
)
_NOT_ISSUED = ("dự thảo ", "dự án ", "ban hành ")
_LISTED = (" và ", ", ", "; ", " , ", " ; ")


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
    for match in anchor_pattern().finditer(text):
        anchor = Anchor.of(match)
        previous = found[-1] if found else None
        if not _is_inside_word(anchor) and not _repeats(anchor, previous):
            found.extend(_at(anchor, previous))
    return fill_short_forms(text, found, definitions)


def _is_inside_word(anchor: Anchor) -> bool:
    before = anchor.before[-1:]
    return before.isalnum() or (before in ("/", "-") and anchor.is_abbreviation)


def _repeats(anchor: Anchor, previous: Reference | None) -> bool:
    """Return whether the word only repeats the one before it: Luật Cư trú (Luật số 68/2020/QH14)."""
    return previous is not None and previous.rule == "law_parenthesis" and anchor.start < previous.end


def _at(anchor: Anchor, previous: Reference | None) -> list[Reference]:
    """Return the mentions that start at *anchor*; *previous* is the mention before it."""
    law = law_at(anchor, previous) if anchor.is_law else None
    if law is not None:
        return [law]
    numbered = list(_numbered(anchor))
    if numbered or anchor.is_abbreviation:
        return numbered
    single = _short(anchor)
    if single is None and not anchor.is_small and not anchor.is_law:
        single = _unnumbered(anchor, previous)
    return [single] if single is not None else []


def _numbered(anchor: Anchor) -> Iterator[Reference]:
    """Yield the instrument with the number after *anchor*, and those of the list that it opens."""
    text = anchor.text
    start = anchor.start
    match = _LEADS.match(text, anchor.end)
    if match is not None:
        yield from _leading_serials(anchor, match)
        start = match.start("number")
    else:
        match = NUMBERED.match(text, anchor.end) or _number_after_issuer(anchor)
    while match is not None:
        tail = read_tail(text, match.end())
        tail = replace(tail, issuer=tail.issuer or _issuer_before(anchor, start, match))
        rule = "numbered" if start == anchor.start else "enumerated"
        yield mention(anchor, tail, rule, number=read_number(match), start=start)
        match = _NEXT_NUMBER.match(text, tail.end)
        start = match.start("number") if match else start


def _leading_serials(anchor: Anchor, match: re.Match[str]) -> Iterator[Reference]:
    # the symbol of the last number belongs to all: 217, 218 và 222/CĐ-TTg
    symbol = _SERIAL.sub("", read_number(match), count=1)
    for position, lead in enumerate(_SERIAL.finditer(match["leads"])):
        offset = match.start("leads")
        start = offset + lead.start() if position else anchor.start
        yield mention(
            anchor, Tail(offset + lead.end()), "enumerated", number=lead.group() + symbol, start=start
        )


def _number_after_issuer(anchor: Anchor) -> re.Match[str] | None:
    # Nghị quyết của Quốc hội số 51/2001/QH10
    issuer = read_issuer(anchor.text, anchor.end)
    return NUMBERED.match(anchor.text, issuer.end()) if issuer else None


def _issuer_before(anchor: Anchor, start: int, match: re.Match[str]) -> str | None:
    """Return the issuer printed before the number or, after "đề nghị của", before the instrument."""
    between = read_issuer(anchor.text, anchor.end)
    if between and between.end() < match.start("number"):
        return between.group()
    proposed = _PROPOSED_BY.search(anchor.text, max(0, start - _PROPOSAL), start)
    if proposed is None:
        return None
    issuer = issuer_pattern().match(anchor.text, proposed.start("body"))
    return issuer.group() if issuer and issuer.end() == proposed.end("body") else None


def _short(anchor: Anchor) -> Reference | None:
    """Return "Chỉ thị 07" or, where a date follows, "Công văn số 123 ngày 5/6/2012"."""
    match = _SHORT.match(anchor.text, anchor.end)
    if match is None or (anchor.is_small and match["word"] is None):
        return None
    tail = read_tail(anchor.text, match.end())
    if tail.issued_on:
        return mention(anchor, tail, "number_and_date", number=match["number"])
    rule = "short_numbered" if match["word"] else "short"
    return mention(anchor, tail, rule, number=match["number"], short_form=True)


def _unnumbered(anchor: Anchor, previous: Reference | None) -> Reference | None:
    """Return "Nghị định của Chính phủ quy định về ..." or a plan listed beside another instrument."""
    if anchor.before.endswith(_NOT_ISSUED):
        return None
    issuer = read_issuer(anchor.text, anchor.end)
    if issuer is None:
        return _carrying_out(anchor, previous)
    subject = _SUBJECT.match(anchor.text, issuer.end())
    if subject is None and not _is_listed(anchor, previous):
        return None
    if subject is not None and _SELF.search(subject.group()):
        return None
    end = subject.end() if subject else issuer.end()
    return mention(anchor, Tail(end, issuer=issuer.group()), "unnumbered")


def _carrying_out(anchor: Anchor, previous: Reference | None) -> Reference | None:
    # ... và Kế hoạch thực hiện Chỉ thị số 09-CT/TW của Ban Bí thư
    verb = _CARRYING_OUT.match(anchor.text, anchor.end)
    inner = anchor_pattern().match(anchor.text, verb.end()) if verb else None
    if inner is None or not _is_listed(anchor, previous):
        return None
    carried_out = next(_numbered(Anchor.of(inner)), None)
    return mention(anchor, Tail(carried_out.end), "carrying_out") if carried_out else None


def _is_listed(anchor: Anchor, previous: Reference | None) -> bool:
    """Return whether the word stands in a list of instruments, so that it names one that exists."""
    if previous is None:
        return False
    return anchor.text[previous.end : anchor.start] in _LISTED or anchor.before.endswith("; ")
