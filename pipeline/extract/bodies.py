"""Assignments: which bodies a provision puts in charge, and as what (annotation guidelines, section 5).

First every list of bodies is read, member by member (`pipeline.extract.body_lists`); then the words on its
left and right decide its role, or that it has none (`pipeline.extract.roles`). Imports ``records`` and its
neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.extract import body_patterns, role_patterns
from pipeline.extract.body_lists import BodyList, body_list_of, grouped, read_body_lists
from pipeline.extract.clauses import Boundaries
from pipeline.extract.roles import Role, is_told, left_of, roles_of
from pipeline.records import Assignment, AssignmentRole

_REMEMBERED = 4096  # provisions; the texts of a family's directive and of the plans in hand


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
                rows += rows_of(text, body_list, role)
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


def rows_of(text: str, body_list: BodyList, role: Role) -> Iterator[Assignment]:
    """Yield one row for each member of *body_list*, which stands in *text*."""
    printed = text[body_list.start : body_list.end]  # one string for all members, however long the list
    for member in body_list.members:
        yield Assignment(
            role=role.role,
            text=printed,
            start=body_list.start,
            end=body_list.end,
            body=text[member.start : member.end],
            body_start=member.start,
            body_end=member.end,
            rule=role.rule,
        )
