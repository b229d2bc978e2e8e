"""What a document does with the instruments it mentions: implements, replaces, amends or only cites.

The document says so in its title ("Triển khai thực hiện Chỉ thị ..."), in paragraphs of the preamble that open
with "Thực hiện" and an instrument, and where it issues an attached plan. An instrument named there is implemented
at every mention. Replacing and amending are told by the very clause of the mention, and only where this
document is the subject ("Chỉ thị này thay thế ..."), never where one cited instrument amends another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.instrument_numbers import name_of, parse_number
from pipeline.records import Reference, ReferenceRelation, Span

_CARRY_OUT = r"thực hiện|triển khai|thi hành|hướng dẫn|quy định chi tiết|cụ thể hóa|cụ thể hoá"
_FEW_WORDS = r"(?:,? [^\W\d_]+){0,5}[ :]*\Z"
_FIRST_MARKER = re.compile(r"^(?:PHẦN|Phần|CHƯƠNG|Chương|[IA1]\.|1\)|Điều 1\b|ĐIỀU 1\b)", re.MULTILINE)
_SENTENCE_END = re.compile(r"\n|[.!?][ ]+(?=[^\W\d_])|\./\.")

# ... thực hiện [có hiệu quả các] Chỉ thị số 06
_CUE_CARRY_OUT = re.compile(rf"(?i:(?:{_CARRY_OUT})(?![^\W_])){_FEW_WORDS}")
# ... hỗ trợ người có công về nhà ở theo Quyết định số 22
_CUE_ACCORDING = re.compile(rf"(?i:(?<!kèm )(?<![^\W_])theo(?![^\W_])){_FEW_WORDS}")
# Thực hiện · Để tiếp tục triển khai thực hiện
_OPENING = (
    r"(?:[-+*] ?|\d{1,2}[.)] ?)?(?:[Vv]/v:? |[Vv]ề việc )?(?:Để |Nhằm |Tiếp tục )?(?:[Tt]ổ chức )?"
    r"(?:[Tt]riển khai thực hiện|[Tt]riển khai|[Tt]hực hiện|[Tt]hi hành|THỰC HIỆN)"
)
_CONNECTIVE = (
    r"(?:các|theo|nội dung|quy định|tại|của|ý kiến|chỉ đạo|kết luận|tinh thần|yêu cầu|nhiệm vụ|được giao|văn bản|đề nghị"
    r"|hướng dẫn|và|khoản|điểm|điều|Điều|\d{1,3}|[a-zđ])(?![^\W_])"
)
# Thực hiện [ý kiến chỉ đạo của Thủ tướng Chính phủ tại Công điện số 12], not [nghiêm túc, hiệu quả Chỉ thị]
_OPENS_BY_CARRYING_OUT = re.compile(
    rf"{_OPENING}(?: {_CONNECTIVE}){{0,8}}(?: [^\n.;:,]{{2,80}} (?:tại|theo)(?: các)?)?[ :]*\Z"
)
# Ban hành kèm theo Quyết định này Kế hoạch triển khai thực hiện ... · ban hành Kế hoạch thực hiện ...
_ISSUING = re.compile(
    r"(?:(?i:ban hành) kèm theo [^.;:\n]{3,30} này|Trên đây là|ban hành (?:Kế hoạch|Chương trình|Chỉ thị|Quyết định|Đề án|Quy định))"
    rf"[^.;:\n]{{0,160}}\b(?:{_CARRY_OUT})(?:,? [^\W\d_]+){{0,5}}[ ]*\Z"
)
# Thực hiện Chỉ thị số 09, trong những năm qua ... tells of the past
_TOLD_OF_PAST = re.compile(r"\b(?:thời gian|năm|tháng|nhiệm kỳ)(?: vừa)? qua\b")
_REPEAL = re.compile(
    r"(?i:(?:thay thế|b[ãả]i bỏ|hủy bỏ|huỷ bỏ))(?: (?:cho|các|toàn bộ|những|văn bản|và|sau|đây|bãi bỏ|thay thế|hiệu lực))*[ :]*\Z"
)
# the parts of an instrument: ... một số điều của Quy chế ban hành kèm theo
_PART = (
    r"(?:(?i:một số|các|những|nội dung|quy định|quy chế|điều|khoản|điểm|mục|tiết|chương|phần|phụ lục|tên|căn cứ"
    r"|thứ|của|tại|và|ban hành|kèm theo|toàn bộ|cụm từ|nghị quyết|gạch đầu dòng)|\d{1,3}[a-zđ]?|[IVX]{1,5}|[a-zđ])(?![^\W_])"
)
_CHANGE = r"(?i:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính|điều chỉnh|hủy bỏ|huỷ bỏ)"
# Sửa đổi, bổ sung một số điều của [Nghị định số ...]
_AMEND = re.compile(rf"(?:{_CHANGE}(?:[ ]?,)? )(?:(?:{_CHANGE}|{_PART})(?:[ ]?,)? ){{0,24}}\Z")
# khoản 2 Điều 5 [Nghị định số ... hết hiệu lực]
_PART_OF = re.compile(rf"(?:{_PART}|[Đđ]iều \d{{1,3}}[a-zđ]?)(?:[ ]?,)?[ ]\Z")
_SELF = re.compile(r"\b[^\W\d_]+ này\b")
_OPENS_WITH_CHANGE = re.compile(
    r"(?:[\divxa-zđ]{1,4}[.)] |Điều \d+\. )?(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Hủy bỏ|Huỷ bỏ|Đính chính|Điều chỉnh)"
)
_TITLE_CHANGES = re.compile(rf"(?:(?i:về việc|v/v|về):? )?{_CHANGE}")
# what makes "Sửa đổi khoản 2 Điều 5 ..." an act and not a proposal
_ENACTS = re.compile(r"như sau|sau đây|[;:]\s*\Z")
_ARTICLE = re.compile(r"(?:Điều \d{1,3}\.|^\d{1,2}\.) ?\Z", re.MULTILINE)
_EXPIRES = re.compile(r"\bhết hiệu lực\b")
_IN_LIST = re.compile(r"(?:[;,]|\b(?:và|hoặc|cùng))(?: (?:các|số|tại))*[ ]*\Z")


@dataclass(frozen=True, slots=True)
class Context:
    """Where a document says what it is issued for: its titles, and the paragraphs of its preamble."""

    titles: tuple[Span, ...] = ()
    preamble: tuple[Span, ...] = ()


def context_of(text: str, *, titles: Sequence[Span] = (), preamble: Sequence[Span] | None = None) -> Context:
    """Return the context that *text* gives; without *preamble*, the lines before its first marker are it."""
    if preamble is None:
        marker = _FIRST_MARKER.search(text)
        start = max((title.end for title in titles), default=0)
        preamble = [Span(start, marker.start() if marker and marker.start() > start else len(text))]
    return Context(tuple(titles), tuple(preamble))


def relate(text: str, references: Sequence[Reference], context: Context) -> list[Reference]:
    """Return *references* with ``relation`` set; order and everything else stay.

    >>> from pipeline.extract.references import find_references
    >>> text = "Thực hiện Chỉ thị số 06/CT-BCA của Bộ Công an, UBND xã ban hành Kế hoạch.\\n1. Phổ biến Chỉ thị 06."
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
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
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
            tied = (tied and bool(_IN_LIST.search(before))) or bool(cue.search(before))
        elif position:
            tied = bool(cue.search(before))
        if tied:
            yield index
        end = max(end, reference.end)


_NEVER = re.compile(r"(?!)")


# --- implements ----------------------------------------------------------------------------------


def _carried_out(
    text: str, span: Span, members: list[int], references: Sequence[Reference], context: Context
) -> Iterator[int]:
    first = references[members[0]]
    lead = text[span.start : first.start]
    if _within(first, context.titles):
        if _CUE_CARRY_OUT.search(lead) or _CUE_ACCORDING.search(lead):
            yield from _chain(text, span, members, references, _CUE_CARRY_OUT)
    elif (_within(first, context.preamble) and _opens_by_carrying_out(text, span, first)) or _ISSUING.search(
        lead
    ):
        yield from _chain(text, span, members, references, _CUE_CARRY_OUT)


def _opens_by_carrying_out(text: str, span: Span, first: Reference) -> bool:
    if not _OPENS_BY_CARRYING_OUT.match(text[span.start : first.start]):
        return False
    return _TOLD_OF_PAST.search(text, first.end, span.end) is None


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
        own = own_act or _SELF.search(lead) or relation is not None
        change = _change(lead) if own else None
        relation = change or (relation if _IN_LIST.search(lead) else None)
        if relation:
            relations[index] = relation
        own_act, end = False, reference.end
    return relations or _expired(text, span, members, references)


def _is_own_act(text: str, span: Span) -> bool:
    """Return whether the sentence itself replaces or amends: Điều 2. Bãi bỏ ...; Sửa đổi ... như sau:"""
    opening = _OPENS_WITH_CHANGE.match(text, span.start, span.end)
    if opening is None:
        return False
    line = text.rfind("\n", 0, span.start) + 1
    return bool(_ARTICLE.search(text[line : span.start]) or _ENACTS.search(text[opening.end() : span.end]))


def _expired(
    text: str, span: Span, members: list[int], references: Sequence[Reference]
) -> dict[int, ReferenceRelation]:
    # Quyết định số 12/2019/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực
    expiry = _EXPIRES.search(text, span.start, span.end)
    if expiry is None or not _SELF.search(text, span.start, span.end):
        return {}
    before = [index for index in members if references[index].end <= expiry.start()]
    in_part = before and _PART_OF.search(text[span.start : references[before[0]].start])
    relation = ReferenceRelation.AMENDS if in_part else ReferenceRelation.REPLACES
    return dict.fromkeys(_chain(text, span, before, references, _NEVER), relation)


def _change(lead: str) -> ReferenceRelation | None:
    if _REPEAL.search(lead):
        return ReferenceRelation.REPLACES
    if _AMEND.search(lead) and "dự thảo" not in lead.lower():
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
            if change is None and _TITLE_CHANGES.match(lead) and _PART_OF.search(lead):
                change = ReferenceRelation.AMENDS
            if change is not None:
                relations[first] = change
    return relations
