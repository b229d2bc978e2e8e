"""Assignments: which bodies a provision puts in charge, and as what (annotation guidelines, section 5).

First every list of bodies is read, member by member (`pipeline.extract.body_lists`); then the words on its
left and right decide its role, or that it has none (`pipeline.extract.roles`). Imports ``records`` and its
neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.extract import body_patterns, role_patterns
from pipeline.extract.body_lists import BodyList, body_list_of, grouped, read_body_lists
from pipeline.extract.clauses import Boundaries
from pipeline.extract.roles import Role, is_told, left_of, roles_of
from pipeline.records import (
    OPERATIVE_ROLES,
    Assignment,
    AssignmentRole,
    Layout,
    Provision,
    ProvisionKind,
    ProvisionRole,
)

_REMEMBERED = 4096  # provisions; the texts of a family's directive and of the plans in hand
_LONGEST_HEADING = 400  # code points; a list of bodies that is longer is a sentence
_HEADING = Role(AssignmentRole.IMPLEMENT, "heading")
_HEADING_KINDS = frozenset({ProvisionKind.SECTION, ProvisionKind.NUMBERED})
_COMMANDS = frozenset({"ordered", "leads"})
_OWN_SUBJECT = frozenset({"subject", "leads", "heading", "duty_of"})
_IN_CHARGE = frozenset({AssignmentRole.LEAD, AssignmentRole.IMPLEMENT})


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
    return list(_assignments_in(text))


@lru_cache(maxsize=_REMEMBERED)
def _assignments_in(text: str) -> tuple[Assignment, ...]:
    """Return what `find_assignments` returns; plans repeat the directive's provisions word for word."""
    wholes = [
        whole
        for whole in read_body_lists(text)
        if not body_patterns.TOO_BARE.fullmatch(text, whole.start, whole.end)
    ]
    if not wholes:
        return ()
    bounds = Boundaries(text)
    lists = [part for whole in wholes for part in _parted(text, whole, bounds)]
    rows: list[Assignment] = []
    seen: set[tuple[AssignmentRole, str]] = set()
    for group in grouped(text, lists):
        for body_list, role in roles_of(text, group, bounds):
            key = (role.role, text[body_list.start : body_list.end])
            if key not in seen:
                seen.add(key)
                rows += _rows(text, body_list, role)
    return tuple(rows)


def _parted(text: str, body_list: BodyList, bounds: Boundaries) -> list[BodyList]:
    """Return *body_list* in two where its last member is a subject of its own.

    "Trên cơ sở đề nghị của UBND quận, Sở Xây dựng chủ trì": the comma ends the opening words.
    """
    members = list(body_list.members)
    left = left_of(text, body_list.start, bounds)
    if len(members) < 2 or not role_patterns.OPENING_OF.fullmatch(left) or not is_told(text, body_list.end):
        return [body_list]
    return [body_list_of(members[:-1]), body_list_of(members[-1:])]


def _rows(text: str, body_list: BodyList, role: Role) -> Iterator[Assignment]:
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


# *** The whole document ***


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
            _lead_by_heading(printed.get(provision.parent_path, []))
    inherited = _inherited(layout.provisions, printed)
    return tuple(
        row
        for provision in layout.provisions
        for row in (*printed[provision.path], *inherited.get(provision.path, ()))
    )


def _printed_in(provision: Provision) -> list[Assignment]:
    """Return the rows of one provision; a preamble relates, so only its commands count."""
    if provision.role is ProvisionRole.PREAMBLE:
        rows = [row for row in find_assignments(provision.text) if row.rule in _COMMANDS]
    else:
        heads = not provision.leaf or provision.kind in _HEADING_KINDS
        rows = (heads and _heading_rows(provision.text)) or find_assignments(provision.text)
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
    if not body_patterns.OPENING.match(text, opening.end()):
        return []
    lists = list(read_body_lists(text))
    if lists[0].start != opening.end() or len(list(grouped(text, lists))) > 1:
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
        above = below.get(provision.parent_path, [])
        handing = _handing(provision, own)
        if provision.role is ProvisionRole.PREAMBLE:
            below[None] = handing or above
        elif provision.kind is ProvisionKind.PARAGRAPH:
            beside[provision.parent_path] = handing
        else:
            above = beside.get(provision.parent_path) or above
        below[provision.path] = handing or above
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
    if not (provision.alignable and provision.role in OPERATIVE_ROLES):
        return False
    if provision.role is ProvisionRole.ORGANISATION and provision.depth == 0:
        return False
    return not any(row.rule in _OWN_SUBJECT for row in own)
