"""Assignments: which bodies a provision puts in charge, and as what (annotation guidelines, section 5).

First every list of bodies is read, member by member, from the names of ``lexicon/bodies.toml``; then the
words on its left and right decide its role, or that it has none. Imports ``records`` and its neighbours
in this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract import body_patterns as patterns
from pipeline.extract import role_patterns
from pipeline.extract.clauses import Boundaries
from pipeline.records import (
    Assignment,
    AssignmentRole,
    Layout,
    Provision,
    ProvisionKind,
    ProvisionRole,
    Span,
)

_REACH = 400  # code points; what stands farther to the left has no say
_LONGEST_LABEL = 60  # code points
_LONGEST_HEADING = 400  # code points; a list of bodies that is longer is a sentence


@dataclass(frozen=True, slots=True)
class BodyList:
    """A list of bodies as printed: "Bộ Tài chính, Bộ Xây dựng" with its members."""

    start: int
    end: int
    members: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Role:
    role: AssignmentRole
    rule: str


def find_assignments(text: str) -> list[Assignment]:
    """Return who is told to do what in *text*: one row for each member of each list, in order of place.

    Offsets are code points into *text*; nothing is matched across a line break. A list joined by commas
    or "và" is one list; semicolons part it. A list that returns in the same role counts once. Bodies
    that are advised, guided or mobilised, the issuers of cited documents, and what is told of the past
    are left alone.

    >>> rows = find_assignments("Giao Công an tỉnh chủ trì, phối hợp với các sở, ngành thực hiện.")
    >>> [(row.role.value, row.text, row.body) for row in rows]  # doctest: +NORMALIZE_WHITESPACE
    [('lead', 'Công an tỉnh', 'Công an tỉnh'), ('coordinate', 'các sở, ngành', 'các sở'),
     ('coordinate', 'các sở, ngành', 'ngành')]
    """
    bounds = Boundaries(text)
    lists = [
        part
        for whole in read_body_lists(text)
        if not patterns.TOO_BARE.fullmatch(text, whole.start, whole.end)
        for part in _parted(text, whole, bounds)
    ]
    rows: list[Assignment] = []
    seen: set[tuple[AssignmentRole, str]] = set()
    for group in _groups(text, lists):
        for body_list, role in _group_roles(text, group, bounds):
            key = (role.role, text[body_list.start : body_list.end])
            if key not in seen:
                seen.add(key)
                rows += _rows(text, body_list, role)
    return rows


def read_body_lists(text: str) -> Iterator[BodyList]:
    """Yield the lists of bodies of *text*, in order of place, whatever their role.

    >>> [body_list.members for body_list in read_body_lists("gửi Bộ Y tế và Sở Y tế")]
    [(Span(start=4, end=11), Span(start=15, end=22))]
    """
    position = 0
    while opening := patterns.OPENING.search(text, position):
        members = [Span(*opening.span())]
        _read_members(text, members)
        yield _body_list(members)
        position = members[-1].end


def _read_members(text: str, members: list[Span]) -> None:
    """Append the members that follow the first one, as long as the list goes on."""
    last = False
    while separator := patterns.SEPARATOR.match(text, members[-1].end):
        pattern = patterns.COMMON_ONLY if last else patterns.FURTHER
        member = pattern.match(text, separator.end())
        if member is None:
            return
        last = last or separator.group().strip(" ,") == "và"
        members.append(Span(*member.span()))


def _body_list(members: list[Span]) -> BodyList:
    return BodyList(members[0].start, members[-1].end, tuple(members))


def _parted(text: str, body_list: BodyList, bounds: Boundaries) -> list[BodyList]:
    """Return *body_list* in two where its last member is a subject of its own.

    "Trên cơ sở đề nghị của UBND quận, Sở Xây dựng chủ trì": the comma ends the opening words.
    """
    members = list(body_list.members)
    left = _left(text, body_list.start, bounds)
    if len(members) < 2 or not role_patterns.OPENING_OF.fullmatch(left) or not _acts(text, body_list.end):
        return [body_list]
    return [_body_list(members[:-1]), _body_list(members[-1:])]


def _rows(text: str, body_list: BodyList, role: _Role) -> Iterator[Assignment]:
    for member in body_list.members:
        yield Assignment(
            role=role.role,
            text=text[body_list.start : body_list.end],
            start=body_list.start,
            end=body_list.end,
            body=text[member.start : member.end],
            body_start=member.start,
            body_end=member.end,
            rule=role.rule,
        )


# *** Roles ***

# The words on the left that give a role, in the order in which they are tried; a pattern is tried only
# where the left ends in one of the words beside it.
_LEFT = (
    (role_patterns.THROUGH, ("qua ",), _Role(AssignmentRole.VIA, "through")),
    (
        role_patterns.ALONGSIDE,
        ("hợp ", "với ", "cùng ", "đổi ", "hệ ", "kết ", "chẽ ", "tốt ", "xuyên ", "bộ ", "quả ", "tác "),
        _Role(AssignmentRole.COORDINATE, "alongside"),
    ),
    (role_patterns.ALONGSIDE_IN, ("với ",), _Role(AssignmentRole.COORDINATE, "alongside_in")),
    (role_patterns.BETWEEN, ("giữa ",), _Role(AssignmentRole.IMPLEMENT, "between")),
    (role_patterns.BETWEEN_PARTNER, ("với ", "và "), _Role(AssignmentRole.COORDINATE, "between_partner")),
    (
        role_patterns.REPORTED,
        (
            "cáo ",
            "gửi ",
            "Gửi ",
            "rình ",
            "ộp ",
            "yển ",
            "quả ",
            "sơ ",
            "về ",
            "đến ",
            "cho ",
            "lên ",
            "tới ",
            "với ",
        ),
        _Role(AssignmentRole.REPORT_TO, "reported"),
    ),
    (role_patterns.APPROACHED, ("nghị ", "xuất ", "với "), _Role(AssignmentRole.REPORT_TO, "approached")),
    (role_patterns.DUTY_OF, ("của ",), _Role(AssignmentRole.IMPLEMENT, "duty_of")),
    (role_patterns.DIRECTED, ("đạo ", "đốc "), _Role(AssignmentRole.IMPLEMENT, "directed")),
)
# What the label before a colon says of the bodies after it.
_LABELS = (
    (role_patterns.LABEL_LEAD, _Role(AssignmentRole.LEAD, "labelled")),
    (role_patterns.LABEL_COORDINATE, _Role(AssignmentRole.COORDINATE, "labelled")),
    (role_patterns.LABEL_IMPLEMENT, _Role(AssignmentRole.IMPLEMENT, "labelled")),
)
_HELPS = _Role(AssignmentRole.COORDINATE, "helps")
_LEADS = _Role(AssignmentRole.LEAD, "leads")
_ORDERED = _Role(AssignmentRole.IMPLEMENT, "ordered")
_SUBJECT = _Role(AssignmentRole.IMPLEMENT, "subject")


def _groups(text: str, lists: list[BodyList]) -> Iterator[list[BodyList]]:
    """Yield the lists in groups parted by nothing but semicolons."""
    group: list[BodyList] = []
    for body_list in lists:
        if group and not patterns.SEMICOLON.fullmatch(text, group[-1].end, body_list.start):
            yield group
            group = []
        group.append(body_list)
    if group:
        yield group


def _group_roles(text: str, group: list[BodyList], bounds: Boundaries) -> Iterator[tuple[BodyList, _Role]]:
    """Yield each list of a group with its roles; "A; B; C thực hiện" tells all of them the same."""
    together = _labelled(text, group[0].start, bounds)
    if together is None and len(group) > 1:
        together = _as_subject(text, group[0].start, group[-1].end, bounds)
    for body_list in group:
        roles = [together] if together else _roles(text, body_list, bounds)
        for role in roles:
            yield body_list, role


def _labelled(text: str, start: int, bounds: Boundaries) -> _Role | None:
    """Return what the label says where the list opens its clause: "Cơ quan chủ trì: Bộ Quốc phòng"."""
    opening = bounds.clause(start)[0]
    if text[opening:start].strip() or text[opening - 1 : opening] != ":":
        return None
    label = text[max(0, opening - _LONGEST_LABEL) : opening]
    return next((role for pattern, role in _LABELS if pattern.search(label)), None)


def _roles(text: str, body_list: BodyList, bounds: Boundaries) -> list[_Role]:
    """Return the roles of one list: by the words on its left, else as the subject of its clause."""
    left = _left(text, body_list.start, bounds)
    role = next((role for pattern, ends, role in _LEFT if left.endswith(ends) and pattern.search(left)), None)
    if role is None:
        subject = _as_subject(text, body_list.start, body_list.end, bounds)
        return [subject] if subject else []
    if role_patterns.PAST.search(left):
        return []
    return [role, _LEADS] if role_patterns.IS_LEAD.match(text, body_list.end) else [role]


def _as_subject(text: str, start: int, end: int, bounds: Boundaries) -> _Role | None:
    """Return the role of the bodies between *start* and *end* where they are told what to do."""
    left = _left(text, start, bounds)
    if role_patterns.HELPS.match(text, end) and role_patterns.AFTER_LEAD.search(left):
        return _HELPS
    ordered = role_patterns.ORDERED.search(left)
    if not ordered and not role_patterns.OPENS.fullmatch(left):
        return None
    if role_patterns.LEADS.match(text, end):
        return _LEADS
    if ordered:
        return _ORDERED
    if role_patterns.ISSUES.match(text, end):
        return None
    return _SUBJECT if role_patterns.ACTS.match(text, end) else None


def _left(text: str, start: int, bounds: Boundaries) -> str:
    """Return what the clause says before *start*, `_REACH` code points at most."""
    return text[max(bounds.clause(start)[0], start - _REACH) : start]


def _acts(text: str, end: int) -> bool:
    return bool(role_patterns.LEADS.match(text, end) or role_patterns.ACTS.match(text, end))


# *** The whole document ***

_HEADING = _Role(AssignmentRole.IMPLEMENT, "heading")
_COMMANDS = frozenset({"ordered", "leads"})


def assignments_of(text: str, layout: Layout) -> tuple[Assignment, ...]:
    """Return the assignments of all provisions of a document, in reading order.

    *text* is the clean text that *layout* was read from; offsets point into it. A heading that is a body
    ("Công an phường") puts it in charge; its rows are handed down to the provisions below, as are those
    of a lead-in ("yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:"), with ``inherited`` set and spans
    that point at the words printed above. A provision that names its own subject inherits nothing.
    """
    printed = {provision.path: _printed_in(provision) for provision in layout.provisions}
    for provision in layout.provisions:
        if provision.parent_path and role_patterns.LEADS_ABOVE.match(provision.text):
            _lead_by_heading(printed[provision.parent_path])
    inherited = _inherited(layout.provisions, printed)
    return tuple(
        row
        for provision in layout.provisions
        for row in (*printed[provision.path], *inherited.get(provision.path, ()))
    )


_HEADING = _Role(AssignmentRole.IMPLEMENT, "heading")
_COMMANDS = frozenset({"ordered", "leads"})
_OWN_SUBJECT = frozenset({"subject", "leads", "heading", "duty_of"})
_IN_CHARGE = frozenset({AssignmentRole.LEAD, AssignmentRole.IMPLEMENT})


def _printed_in(provision: Provision) -> list[Assignment]:
    """Return the rows of one provision; a preamble relates, so only its commands count."""
    heading = _heading_rows(provision.text)
    if provision.role is ProvisionRole.PREAMBLE:
        rows = [row for row in find_assignments(provision.text) if row.rule in _COMMANDS]
    else:
        rows = heading or find_assignments(provision.text)
    return [_placed(row, provision) for row in rows]


def _placed(row: Assignment, provision: Provision) -> Assignment:
    return replace(
        row,
        start=row.start + provision.start,
        end=row.end + provision.start,
        body_start=row.body_start + provision.start,
        body_end=row.body_end + provision.start,
        provision_path=provision.path,
    )


def _heading_rows(text: str) -> list[Assignment]:
    """Return the rows of a heading that is nothing but bodies: "Trách nhiệm của Sở Tài chính:"."""
    opening = role_patterns.HEADING_OPENS.match(text)
    if opening is None or len(text) > _LONGEST_HEADING:
        return []
    lists = list(read_body_lists(text))
    if not lists or lists[0].start != opening.end() or len(list(_groups(text, lists))) > 1:
        return []
    if not role_patterns.HEADING_CLOSES.fullmatch(text, lists[-1].end):
        return []
    return [row for body_list in lists for row in _rows(text, body_list, _HEADING)]


def _lead_by_heading(rows: list[Assignment]) -> None:
    """Add the lead to the rows of a heading whose item says "Là cơ quan chủ trì ..."."""
    rows += [
        replace(row, role=AssignmentRole.LEAD, rule="leads_above") for row in rows if row.rule == "heading"
    ]


# *** What is handed down ***


def _inherited(
    provisions: tuple[Provision, ...], printed: dict[str, list[Assignment]]
) -> dict[str, list[Assignment]]:
    """Return the rows that headings and lead-ins hand down, by the path of the provision that gets them."""
    below: dict[str | None, list[Assignment]] = {}  # by heading: what its provisions inherit
    beside: dict[str | None, list[Assignment]] = {}  # by parent: what the items after a lead-in inherit
    handed: dict[str, list[Assignment]] = {}
    for provision in provisions:
        own = printed[provision.path]
        above = beside.get(provision.parent_path) or below.get(provision.parent_path, [])
        handing = _handing(provision, own)
        below[provision.path] = handing or above
        if provision.kind is ProvisionKind.PARAGRAPH and provision.role is not ProvisionRole.PREAMBLE:
            beside[provision.parent_path] = handing
        elif provision.role is ProvisionRole.PREAMBLE and handing:
            below[None] = handing
        if _inherits(provision, own):
            handed[provision.path] = [
                replace(row, inherited=True, provision_path=provision.path) for row in above
            ]
    return handed


def _handing(provision: Provision, own: list[Assignment]) -> list[Assignment]:
    """Return the rows that a heading or a lead-in hands down: whoever it puts in charge."""
    in_charge = [row for row in own if row.role in _IN_CHARGE]
    heads = any(row.rule == "heading" for row in own)
    return in_charge if heads or provision.text.rstrip().endswith(":") else []


def _inherits(provision: Provision, own: list[Assignment]) -> bool:
    if not provision.alignable or (provision.role is ProvisionRole.ORGANISATION and provision.depth == 0):
        return False
    return not any(row.rule in _OWN_SUBJECT for row in own)
