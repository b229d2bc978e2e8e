"""Roles of bodies: what the words on the left and right of a list make of it.

The left says "phối hợp với", "báo cáo", "giao"; the right says "chủ trì" or opens what a subject is told to
do. Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract import role_patterns as patterns
from pipeline.extract.body_lists import BodyList
from pipeline.extract.clauses import Boundaries
from pipeline.records import AssignmentRole

_REACH = 400  # code points; what stands farther to the left has no say
_NEAR = 80  # code points in which "đã" makes a verb tell of the past
_LONGEST_LABEL = 60  # code points
_REMEMBERED = 1024  # labels: the items below one ask for it again and again


@dataclass(frozen=True, slots=True)
class Role:
    """A role and the name of the rule that gave it."""

    role: AssignmentRole
    rule: str


# The words on the left that give a role, in the order in which they are tried; a pattern is tried only
# where the left ends in one of the words beside it.
_LEFT = (
    (patterns.THROUGH, ("qua ",), Role(AssignmentRole.VIA, "through")),
    (
        patterns.ALONGSIDE,
        ("hợp ", "với ", "cùng ", "đổi ", "hệ ", "kết ", "chẽ ", "tốt ", "xuyên ", "bộ ", "quả ", "tác "),
        Role(AssignmentRole.COORDINATE, "alongside"),
    ),
    (patterns.ALONGSIDE_IN, ("với ",), Role(AssignmentRole.COORDINATE, "alongside_in")),
    (patterns.BETWEEN, ("giữa ",), Role(AssignmentRole.IMPLEMENT, "between")),
    (patterns.BETWEEN_PARTNER, ("với ", "và "), Role(AssignmentRole.COORDINATE, "between_partner")),
    (
        patterns.REPORTED,
        ("cáo ", "ửi ", "rình ", "ộp ", "yển ", "quả ", "sơ ", "về ", "đến ", "cho ", "lên ", "tới ", "với "),
        Role(AssignmentRole.REPORT_TO, "reported"),
    ),
    (patterns.APPROACHED, ("nghị ", "xuất ", "với "), Role(AssignmentRole.REPORT_TO, "approached")),
    (patterns.DUTY_OF, ("của ",), Role(AssignmentRole.IMPLEMENT, "duty_of")),
    (patterns.DIRECTED, ("đạo ", "đốc "), Role(AssignmentRole.IMPLEMENT, "directed")),
)
_LEFT_ENDS = tuple(end for _, ends, _ in _LEFT for end in ends)
_ORDERED_ENDS = (
    "iao ",
    "cho ",
    "cầu ",
    "nghị ",
    "công ",
    "thị ",
    "ông ",
    "bà ",
    "chí ",
    "bà) ",
)  # of `patterns.ORDERED`
# What the label before a colon says of the bodies after it.
_LABELS = (
    (patterns.LABEL_LEAD, Role(AssignmentRole.LEAD, "labelled")),
    (patterns.LABEL_COORDINATE, Role(AssignmentRole.COORDINATE, "labelled")),
    (patterns.LABEL_IMPLEMENT, Role(AssignmentRole.IMPLEMENT, "labelled")),
)
_PART_OF = ("thuộc ", "của ", "trừ ", "cho ", "tại ")  # what follows belongs to the body before it
_FAR = 1_500  # code points between the first of those who execute a decision and the end of the sentence
_HELPS = Role(AssignmentRole.COORDINATE, "helps")
_LEADS = Role(AssignmentRole.LEAD, "leads")
_ORDERED = Role(AssignmentRole.IMPLEMENT, "ordered")
_SUBJECT = Role(AssignmentRole.IMPLEMENT, "subject")


def roles_of(text: str, group: list[BodyList], bounds: Boundaries) -> Iterator[tuple[BodyList, Role]]:
    """Yield each list of a group with its roles; "A; B; C thực hiện" tells all of them the same."""
    together = _labelled(text, group[0].start, bounds)
    if together is None and len(group) > 1:
        together = _as_subject(text, group[0].start, group[-1].end, bounds)
    for body_list in group:
        roles = [together] if together else _roles(text, body_list, bounds)
        for role in roles:
            yield body_list, role


def _labelled(text: str, start: int, bounds: Boundaries) -> Role | None:
    """Return what the label says where the list opens its clause: "Cơ quan chủ trì: Bộ Quốc phòng"."""
    opening = bounds.clause(start)[0]
    if text[opening - 1 : opening] != ":" or text[opening : min(start, opening + _REACH)].strip():
        return None
    return role_of_label(text[max(0, opening - _LONGEST_LABEL) : opening])


@lru_cache(maxsize=_REMEMBERED)
def role_of_label(label: str) -> Role | None:
    """Return what a label, its colon included, says of the bodies after it.

    >>> role_of_label("Cơ quan chủ trì:").role
    <AssignmentRole.LEAD: 'lead'>
    """
    return next((role for pattern, role in _LABELS if pattern.search(label)), None)


def _roles(text: str, body_list: BodyList, bounds: Boundaries) -> list[Role]:
    """Return the roles of one list: by the words on its left, else as the subject of its clause."""
    left = left_of(text, body_list.start, bounds)
    role = _role_by(left)
    if role is None:
        subject = _as_subject(text, body_list.start, body_list.end, bounds)
        return [subject] if subject else []
    if patterns.PAST.search(left[-_NEAR:]):
        return []
    return [role, _LEADS] if patterns.IS_LEAD.match(text, body_list.end) else [role]


def _role_by(left: str) -> Role | None:
    """Return the role that the words on the left give; most lists have none of them there."""
    if not left.endswith(_LEFT_ENDS):
        return None
    return next((role for pattern, ends, role in _LEFT if left.endswith(ends) and pattern.search(left)), None)


def _as_subject(text: str, start: int, end: int, bounds: Boundaries) -> Role | None:
    """Return the role of the bodies between *start* and *end* where they are told what to do."""
    left = left_of(text, start, bounds)
    if not left.endswith(_PART_OF) and _executes(text, start, bounds):
        return _SUBJECT
    if patterns.HELPS.match(text, end) and patterns.AFTER_LEAD.search(left):
        return _HELPS
    ordered = left.endswith(_ORDERED_ENDS) and patterns.ORDERED.search(left)
    if ordered and left.endswith("giao cho ") and text[end : end + 1] in ".;":
        return None  # "trong dự toán giao cho Sở Y tế."
    if not ordered and (not patterns.OPENS.fullmatch(left) or patterns.LABEL.match(text, start)):
        return None
    colon = patterns.COLON.match(text, end)
    if patterns.LEADS.match(text, end) or (colon and patterns.LEADS_AFTER_COLON.match(text, colon.end())):
        return _LEADS
    if ordered:
        return _HELPS if patterns.HELPS.match(text, end) else _ORDERED
    if patterns.ISSUES.match(text, end):
        return None
    acts = patterns.ACTS_AFTER_COLON.match(text, colon.end()) if colon else patterns.ACTS.match(text, end)
    return _SUBJECT if acts else None


def _executes(text: str, start: int, bounds: Boundaries) -> bool:
    """Return whether the sentence only names those who are to carry a decision out, this body among them."""
    if text.find("thi hành", start, start + _FAR) < 0:
        return False
    match = patterns.EXECUTES.match(text, bounds.sentence(start)[0])
    return match is not None and start < match.end()


def left_of(text: str, start: int, bounds: Boundaries) -> str:
    """Return what the clause says before *start*, `_REACH` code points at most."""
    return text[max(bounds.clause(start)[0], start - _REACH) : start]


def is_told(text: str, end: int) -> bool:
    """Return whether the words after *end* tell somebody to lead or to act.

    >>> is_told("Sở Y tế chủ trì kiểm tra", 7), is_told("Sở Y tế và Sở Nội vụ", 7)
    (True, False)
    """
    return bool(patterns.LEADS.match(text, end) or patterns.ACTS.match(text, end))
