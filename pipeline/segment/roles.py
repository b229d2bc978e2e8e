"""Roles of provisions: what each part of a document does, told by headings, wording and inheritance.

A heading speaks for everything below it until a heading below speaks for itself. Articles (điều) are rules
unless their words charge somebody with something. Words are in ``lexicon/roles.toml``. Imports
``lexicon``, ``markers``, ``nodes`` and ``sentences``.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import load
from pipeline.records import ProvisionRole
from pipeline.segment.markers import ROW_STYLES, Style
from pipeline.segment.nodes import Node
from pipeline.segment.sentences import is_heading

_LONGEST_HEADING = 30  # words; what is longer is a sentence, whatever it starts with
_LONGEST_NAME = 20  # words of a heading that names bodies
_SPARE_WORDS = 7  # words that a heading below a section may have besides the phrase that tells its role

_SECTIONS = frozenset({Style.PART, Style.CHAPTER, Style.DIVISION, Style.CAPITAL, Style.ROMAN})

# "Quyết định này có hiệu lực", "chịu trách nhiệm thi hành.", "Ban hành kèm theo Quyết định này".
_IN_FORCE = re.compile(
    r"^(?:Ban hành|Phê duyệt|Công bố)\s(?:kèm theo|theo)|^Bãi bỏ"
    r"|^[^.;:]{0,60}\snày\s(?:có hiệu lực|thay thế|bãi bỏ|hết hiệu lực)"
    r"|thi hành (?:Quyết định|Nghị quyết|Nghị định|Thông tư|Quy định|Quy chế) này"
    r"|trách nhiệm(?: tổ chức| triển khai)? thi hành(?=\s?(?:[./;]|$|kể từ))"
    r"|căn cứ Quyết định(?: này)? thi hành"
)
# A numbered task that in truth says how the document is carried out: "Căn cứ Chỉ thị này, ...".
_SELF = r"(?:Chỉ thị|Kế hoạch|Công điện|Quyết định|Nghị quyết|Chương trình|Công văn)\s(?:này|trên)"
_CARRIES_OUT = re.compile(
    rf"^(?:Căn cứ|Trên cơ sở|Theo)\s(?:nội dung\s)?{_SELF}|^{_SELF}\s(?:thay thế|có hiệu lực)"
    rf"|(?:theo dõi|đôn đốc|kiểm tra|giám sát)[^.;]{{0,120}}{_SELF}"
)
# "có trách nhiệm", "chủ trì": somebody is told to act.
_CHARGE = re.compile(r"có trách nhiệm|chịu trách nhiệm|chủ trì|phải\s|tổ chức thực hiện|phối hợp với|yêu cầu")
# "Sở Tài chính, Sở Xây dựng: bố trí ...": the body stands before a colon.
_BODY_COLON = re.compile(r"[^:;.]{3,160}:\s?\S")
_MONITORS = re.compile(r"theo dõi|đôn đốc|kiểm tra|tổng hợp|báo cáo")
_AIMS = re.compile(r"(?:Mục tiêu|Mục đích|Yêu cầu)(?:,| và| chung| đặt ra| của|:)")
# Headings of a table, not a row of it: "STT | Nhiệm vụ | Cơ quan chủ trì".
_TABLE_HEAD = re.compile(r"(?:STT|TT|Stt|Số TT|Số thứ tự)\s\|")


@cache
def _bodies() -> re.Pattern[str]:
    words = load("roles")["bodies"]
    starts = "|".join(re.escape(word) for word in sorted(words["starts"], key=len, reverse=True))
    verbs = "|".join(map(re.escape, words["verbs"]))
    others = "|".join(map(re.escape, words["others"]))
    return re.compile(rf"(?:(?:{verbs})\s)?(?!(?:{others})(?!\w))(?:{starts})(?!\w)", re.IGNORECASE)


def names_body(text: str) -> bool:
    """Return whether *text* begins with the name of a body or of its head.

    >>> names_body("Sở Xây dựng:"), names_body("Hội nghị tập huấn")
    (True, False)
    """
    return _bodies().match(text) is not None


def heading_role(text: str, *, section: bool) -> ProvisionRole | None:
    """Return the role that a heading names, or None; in a section's heading the phrase may stand anywhere.

    >>> heading_role("MỤC ĐÍCH, YÊU CẦU", section=True)
    <ProvisionRole.PURPOSE: 'purpose'>
    """
    heading = " ".join(text.lower().replace("-", ",").replace(" ,", ",").split()).strip(" .:;")
    words = len(heading.split())
    if words > _LONGEST_HEADING:
        return None
    for role, starts, _ in _heading_phrases():
        if heading.startswith(starts) and (section or _is_short(heading, words, starts)):
            return role
    if section:
        for role, _, holds in _heading_phrases():
            if any(phrase in heading for phrase in holds):
                return role
    return None


@cache
def _heading_phrases() -> tuple[tuple[ProvisionRole, tuple[str, ...], tuple[str, ...]], ...]:
    """Return each role with the phrases that open its headings and those that its headings hold."""
    return tuple(
        (ProvisionRole(entry["role"]), tuple(entry["starts"]), tuple(entry["holds"]))
        for entry in load("roles")["heading"]
    )


def _is_short(heading: str, words: int, phrases: tuple[str, ...]) -> bool:
    """Whether a heading has few words, or the name of a body, besides a phrase that it opens with."""
    return any(
        heading.startswith(phrase)
        and (words <= len(phrase.split()) + _SPARE_WORDS or names_body(heading[len(phrase) :].lstrip()))
        for phrase in phrases
    )


def role_below(node: Node, inherited: ProvisionRole) -> ProvisionRole:
    """Return the role of *node*, whose parent hands down *inherited*."""
    if node.marker is None:
        return _paragraph_role(node.text, inherited)
    if node.marker.style in ROW_STYLES:
        return _row_role(node, inherited)
    if node.marker.style is Style.ARTICLE:
        return _article_role(node)
    if is_heading(node.text):
        return _heading_role_below(node, inherited)
    return _sentence_role(node, inherited)


def _row_role(node: Node, inherited: ProvisionRole) -> ProvisionRole:
    """The headings of a table that holds no tasks are rules; its rows are what the table stands under."""
    return ProvisionRole.RULE if _TABLE_HEAD.match(node.text) else inherited


def _paragraph_role(text: str, inherited: ProvisionRole) -> ProvisionRole:
    if inherited is ProvisionRole.PREAMBLE and _AIMS.match(text):
        return ProvisionRole.PURPOSE
    return inherited


def _heading_role_below(node: Node, inherited: ProvisionRole) -> ProvisionRole:
    section = node.marker is not None and node.marker.style in _SECTIONS
    if node.children or section:
        if inherited is ProvisionRole.ORGANISATION and names_body(node.text):
            return ProvisionRole.ASSIGNMENT
        named = heading_role(node.text, section=section)
        if named is not None and _may_override(named, inherited, section):
            return named
        if inherited is ProvisionRole.TASK and not section and _is_top(node) and _is_name_of_body(node.text):
            return ProvisionRole.ASSIGNMENT
        return inherited
    return _sentence_role(node, inherited)


def _is_name_of_body(text: str) -> bool:
    """Whether a heading is the name of a body and not a short sentence about it."""
    return names_body(text) and not text.endswith(".") and len(text.split()) <= _LONGEST_NAME


def _is_top(node: Node) -> bool:
    return node.parent is not None and node.parent.marker is None


def _may_override(named: ProvisionRole, inherited: ProvisionRole, section: bool) -> bool:
    """A heading inside a section speaks for itself only where it names another business of the document."""
    if section or (inherited is ProvisionRole.TASK and named is ProvisionRole.ORGANISATION):
        return True
    if inherited in (ProvisionRole.TASK, ProvisionRole.PURPOSE, ProvisionRole.PREAMBLE):
        return False
    return named in (ProvisionRole.ASSIGNMENT, ProvisionRole.ORGANISATION) or inherited is ProvisionRole.RULE


def _sentence_role(node: Node, inherited: ProvisionRole) -> ProvisionRole:
    text = node.text
    if inherited is ProvisionRole.TASK and _is_top(node) and _CARRIES_OUT.search(text):
        return ProvisionRole.ORGANISATION
    if inherited is ProvisionRole.RULE:
        if _IN_FORCE.search(text):
            return ProvisionRole.ORGANISATION
        if names_body(text) and (_CHARGE.search(text) or text.startswith("Giao ")):
            return ProvisionRole.TASK
    if inherited is ProvisionRole.ORGANISATION and names_body(text):
        divided = node.parent is not None and _is_divided_by_body(node.parent)
        return ProvisionRole.ASSIGNMENT if divided or _assigns(text) else inherited
    return inherited


def _is_divided_by_body(section: Node) -> bool:
    """Whether most provisions of a section are headed by a body."""
    headed = sum(1 for child in section.children if _is_headed_by_body(child))
    return headed > 1 and 2 * headed >= len(section.children)


def _is_headed_by_body(node: Node) -> bool:
    if not names_body(node.text):
        return False
    return _BODY_COLON.match(node.text) is not None or (is_heading(node.text) and bool(node.children))


def _assigns(text: str) -> bool:
    """Whether one body gets work of its own here, other than to watch over the document as a whole."""
    if _BODY_COLON.match(text):
        return True
    collective = re.match(r"(?i:các|giao|yêu cầu|đề nghị|thủ trưởng)\s", text)
    return collective is None and not _MONITORS.search(text) and _CHARGE.search(text) is not None


def _article_role(node: Node) -> ProvisionRole:
    paragraphs = [child.text for child in node.children if child.marker is None]
    if any(_IN_FORCE.search(text) for text in (node.text, *paragraphs[:1])):
        return ProvisionRole.ORGANISATION
    named = heading_role(node.text, section=False)
    if named is not None:
        return named
    told = [child for child in node.children if names_body(child.text)]
    if node.children and 2 * len(told) >= len(node.children):
        return ProvisionRole.TASK
    return _sentence_role(node, ProvisionRole.RULE)
