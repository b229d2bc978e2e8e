"""Lists of bodies (danh sách cơ quan): read member by member, whatever their role.

Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract import body_patterns as patterns
from pipeline.records import Span


@dataclass(frozen=True, slots=True)
class BodyList:
    """A list of bodies as printed: "Bộ Tài chính, Bộ Xây dựng" with its members."""

    start: int
    end: int
    members: tuple[Span, ...]


def read_body_lists(text: str) -> Iterator[BodyList]:
    """Yield the lists of bodies of *text*, in order of place, whatever their role.

    >>> [body_list.members for body_list in read_body_lists("gửi Bộ Y tế và Sở Y tế")]
    [(Span(start=4, end=11), Span(start=15, end=22))]
    """
    position = 0
    while opening := patterns.OPENING.search(text, position):
        members = [Span(*opening.span("body"))]
        _read_members(text, members)
        yield body_list_of(members)
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


def body_list_of(members: list[Span]) -> BodyList:
    """Return the list of *members*, which are in order of place and at least one."""
    return BodyList(members[0].start, members[-1].end, tuple(members))


def grouped(text: str, lists: list[BodyList]) -> Iterator[list[BodyList]]:
    """Yield *lists* in groups parted by nothing but semicolons: "các sở, ngành; UBND các xã"."""
    group: list[BodyList] = []
    for body_list in lists:
        if group and not patterns.SEMICOLON.fullmatch(text, group[-1].end, body_list.start):
            yield group
            group = []
        group.append(body_list)
    if group:
        yield group
