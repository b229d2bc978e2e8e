"""Assignments of a whole document: printed in provisions, said by columns of tables, handed down by headings.

Imports ``records``, ``segment`` and its neighbours in this room.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract import body_patterns, role_patterns
from pipeline.extract.bodies import find_assignments, rows_of
from pipeline.extract.body_lists import grouped, read_body_lists
from pipeline.extract.roles import Role, role_of_label
from pipeline.extract.task_rows import assignments_of_rows
from pipeline.records import (
    IN_CHARGE,
    OPERATIVE_ROLES,
    Assignment,
    AssignmentRole,
    Layout,
    Provision,
    ProvisionKind,
    ProvisionRole,
)
from pipeline.segment.task_tables import task_rows

_LONGEST_HEADING = 400  # code points; a list of bodies that is longer is a sentence
_LONGEST_LABEL = 60  # code points: "Cơ quan, đơn vị chịu trách nhiệm thực hiện"
_HEADING = Role(AssignmentRole.IMPLEMENT, "heading")
_HEADING_KINDS = frozenset({ProvisionKind.SECTION, ProvisionKind.NUMBERED})
_COMMANDS = frozenset({"ordered", "leads"})
_HEADS = frozenset({"heading", "column"})
_OWN_SUBJECT = frozenset({"subject", "leads", "heading", "duty_of", "column"})


def assignments_of(layout: Layout) -> tuple[Assignment, ...]:
    """Return the assignments of all provisions of a document, in reading order.

    Offsets point into the clean text that *layout* was read from. A heading that is a body ("Công an
    phường") puts it in charge; its rows are handed down to the provisions below, as are those of a lead-in
    ("yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:"), with ``inherited`` set and spans that point at the
    words printed above. A provision that names its own subject inherits nothing.

    >>> from pipeline.segment import parse_document
    >>> rows = assignments_of(parse_document("1. Sở Y tế:\\na) Kiểm tra bếp ăn.\\nb) Công an xã tuần tra."))
    >>> [(row.provision_path, row.body, row.inherited) for row in rows]
    [('1', 'Sở Y tế', False), ('1/a', 'Sở Y tế', True), ('1/b', 'Công an xã', False)]
    """
    in_rows = assignments_of_rows(layout.provisions, task_rows(layout.provisions))
    texts = {provision.path: provision.text for provision in layout.provisions}
    printed = {
        provision.path: _placed_rows(provision, in_rows.get(provision.path), texts)
        for provision in layout.provisions
    }
    for provision in layout.provisions:
        if provision.parent_path and role_patterns.LEADS_ABOVE.match(provision.text):
            _lead_by_heading(printed.get(provision.parent_path, []))
    inherited = _inherited(layout.provisions, printed)
    return tuple(
        row
        for provision in layout.provisions
        for row in (*printed[provision.path], *inherited.get(provision.path, ()))
    )


def _placed_rows(
    provision: Provision, in_row: list[Assignment] | None, texts: dict[str, str]
) -> list[Assignment]:
    """Return the rows of one provision, those of its cells if it is a row of a table of tasks."""
    rows = in_row
    if rows is None:
        rows = _below_label(provision, texts.get(provision.parent_path or "", "")) or _printed_in(provision)
    return [_placed(row, provision) for row in rows]


def _printed_in(provision: Provision) -> list[Assignment]:
    """Return the rows of one provision; a preamble relates, so only its commands count."""
    if provision.role is ProvisionRole.PREAMBLE:
        return [row for row in find_assignments(provision.text) if row.rule in _COMMANDS]
    if provision.role is ProvisionRole.RULE:  # "Đối với các doanh nghiệp": to whom it applies
        return find_assignments(provision.text)
    heads = not provision.leaf or provision.kind in _HEADING_KINDS
    return (heads and _heading_rows(provision.text)) or find_assignments(provision.text)


def _placed(row: Assignment, provision: Provision) -> Assignment:
    return replace(
        row,
        start=row.start + provision.start,
        end=row.end + provision.start,
        body_start=row.body_start + provision.start,
        body_end=row.body_end + provision.start,
        provision_path=provision.path,
    )


def _below_label(provision: Provision, heading: str) -> list[Assignment]:
    """Return the rows of an item that is nothing but bodies below "Cơ quan chủ trì" or "Đơn vị phối hợp"."""
    role = role_of_label(heading.rstrip(" .:;") + ":") if len(heading) <= _LONGEST_LABEL else None
    lists = list(read_body_lists(provision.text)) if role else []
    if role is None or not lists or lists[0].start or len(list(grouped(provision.text, lists))) > 1:
        return []
    if not role_patterns.HEADING_CLOSES.fullmatch(provision.text, lists[-1].end):
        return []
    return [row for body_list in lists for row in rows_of(provision.text, body_list, role)]


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
    return [row for body_list in lists for row in rows_of(text, body_list, _HEADING)]


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
            handed[provision.path] = [_handed(row, provision) for row in above]
    return handed


def _handed(row: Assignment, provision: Provision) -> Assignment:
    """Return *row* as *provision* inherits it; under the name of a body, "Chủ trì ..." makes it lead."""
    leads = row.role is AssignmentRole.IMPLEMENT and role_patterns.LEADS_BELOW.match(provision.text)
    role = AssignmentRole.LEAD if leads else row.role
    return replace(row, role=role, inherited=True, provision_path=provision.path)


def _handing(provision: Provision, own: list[Assignment]) -> list[Assignment]:
    """Return the rows that a heading, a lead-in or a row of a table hands down: whoever it puts in charge."""
    in_charge = [row for row in own if row.role in IN_CHARGE]
    heads = any(row.rule in _HEADS for row in own)
    return in_charge if heads or provision.text.rstrip().endswith(":") else []


def _inherits(provision: Provision, own: list[Assignment]) -> bool:
    if not (provision.alignable and provision.role in OPERATIVE_ROLES):
        return False
    closes = provision.depth == 0 or provision.path.startswith("end/")
    if provision.role is ProvisionRole.ORGANISATION and closes:
        return False
    return not any(
        row.rule in _OWN_SUBJECT and (row.rule != "column" or row.role in IN_CHARGE) for row in own
    )
