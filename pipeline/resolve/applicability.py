"""Applicability: is an item of the parent addressed to bodies of a locality at all?

What only other bodies are told to do ("Giao Cục ... chủ trì"), or what only the parent itself can do ("Chỉ
thị này thay thế ..."), is nothing that a locality dropped. "Not applicable" is said only where every body
that the item puts in charge or calls in is known and is another one; where nobody is named, it is None.
Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from pipeline.lexicon import load
from pipeline.records import IN_CHARGE, Assignment, AssignmentRole, Coverage, Document, Level, Provision
from pipeline.resolve.body_registry import families
from pipeline.resolve.place_names import current_province, key
from pipeline.resolve.scopes import RANK

_CALLED = IN_CHARGE | {AssignmentRole.COORDINATE}
_MINISTRIES = "class:ministries"
_BRANCHES = frozenset({"class:sectors", "class:boards"})
_SENTENCE_END = re.compile(r"[.;](?: |$)|\./\.")
_TYPES = "|".join(re.escape(entry["word"]) for entry in load("document_types")["type"])
# Chỉ thị này thay thế Chỉ thị số 07 · Quyết định này có hiệu lực kể từ ngày ký
_OF_ITSELF = re.compile(
    rf"(?:{_TYPES}|Văn bản) này (?:\w+ ){{0,2}}?(?:có hiệu lực|thay thế|bãi bỏ|hết hiệu lực)", re.IGNORECASE
)


def apply_applicability(
    parent: Document, local: Document, coverage: Sequence[Coverage]
) -> tuple[Coverage, ...]:
    """Return *coverage*, in its order, with ``applicable`` and ``addressee`` set where the text tells.

    The assignments of *parent* must carry identities. ``addressee`` is the printed words, lists parted by
    "; ". Statuses stay as they are.
    """
    by_path: dict[str | None, list[Assignment]] = {}
    for row in parent.assignments:
        by_path.setdefault(row.provision_path, []).append(row)
    provisions = {provision.path: provision for provision in parent.provisions}
    return tuple(
        _judged(row, provisions.get(row.parent_path), by_path.get(row.parent_path, []), local)
        for row in coverage
    )


def _judged(
    row: Coverage, provision: Provision | None, assignments: Sequence[Assignment], local: Document
) -> Coverage:
    if provision is not None and _speaks_of_itself(provision.text):
        return replace(row, applicable=False)
    addressed = _addressed(assignments)
    told = [item for item in addressed if item.role in IN_CHARGE]
    if not told:
        return row
    return replace(row, applicable=_applies(addressed, local), addressee=_printed(told))


def _addressed(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Return who is told or called in; a body that is reported to in the same words is neither.

    "gửi kế hoạch về Bộ Xây dựng là cơ quan chủ trì": the ministry leads, but the item is for the sender.
    """
    reported = {item.start for item in assignments if item.role is AssignmentRole.REPORT_TO}
    return [item for item in assignments if item.role in _CALLED and item.start not in reported]


@lru_cache(maxsize=256)
def _speaks_of_itself(text: str) -> bool:
    """Return whether *text* does nothing but end, replace or bring into force documents.

    >>> _speaks_of_itself("Chỉ thị này thay thế Chỉ thị số 07/CT-BCA ngày 15/8/2014 của Bộ Công an.")
    True
    >>> _speaks_of_itself("Chỉ thị này có hiệu lực từ ngày ký. Các địa phương báo cáo trước ngày 15/11.")
    False
    """
    sentences = [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]
    return bool(sentences) and all(_OF_ITSELF.match(sentence) for sentence in sentences)


def _printed(told: Iterable[Assignment]) -> str:
    return "; ".join(dict.fromkeys(item.text for item in told))


# --- whom the item addresses ---------------------------------------------------------------------


def _applies(addressed: Sequence[Assignment], local: Document) -> bool | None:
    """Return True if some of the bodies are of the locality, False if all are others, else None."""
    among_ministries = {item.start for item in addressed if item.body_id == _MINISTRIES}
    return _any(
        None if _is_vague(item, item.start in among_ministries) else _concerns(item, local)
        for item in addressed
    )


def _is_vague(item: Assignment, among_ministries: bool) -> bool:
    """Return whether *item* may be of any level: the sectors of "các bộ, ngành", "các cơ quan" called in."""
    if item.body_level is not None or not (item.body_id or "").startswith("class:"):
        return False
    return item.role is AssignmentRole.COORDINATE or (among_ministries and item.body_id in _BRANCHES)


def _concerns(item: Assignment, local: Document) -> bool | None:
    """Return whether the body of *item* is one of the locality *local*."""
    if item.body_id is None:
        return None
    return _any(_part_concerns(part, item.body_level, local) for part in item.body_id.split("+"))


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Return True if one answer is, False if all are, else None."""
    found = set(answers)
    if True in found:
        return True
    return False if found == {False} else None


def _part_concerns(body_id: str, level: Level | None, local: Document) -> bool | None:
    scope, _, kind = body_id.partition(":")
    if level is Level.CENTRAL:
        return False
    if level is None:
        return True if scope == "class" and kind in _everywhere() else None
    if scope != "class" and _is_elsewhere(scope, local):
        return False
    if local.level is None:
        return None
    if RANK[level] >= RANK[local.level]:  # its own bodies, and those of the units within it
        return True
    # a department has no double below; the police or the front has, and may be meant with it
    return False if scope != "class" and kind not in families() else None


def _is_elsewhere(scope: str, local: Document) -> bool:
    """Return whether *scope* names another province or commune, whatever provinces are called since 2025."""
    level, *places = scope.split("/")
    if not places or local.province is None:
        return False
    if current_province(places[0]) != current_province(local.province):
        return True
    return level == local.level == Level.COMMUNE and places[-1] != key(local.commune or places[-1])


@cache
def _everywhere() -> frozenset[str]:
    """Return the kinds and classes that every locality has."""
    return frozenset(load("body_registry")["everywhere"]["ids"])
