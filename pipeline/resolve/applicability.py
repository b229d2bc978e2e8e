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
from functools import cache

from pipeline.lexicon import load
from pipeline.records import Assignment, AssignmentRole, Coverage, Document, Level, Provision
from pipeline.resolve.body_registry import families
from pipeline.resolve.place_names import key
from pipeline.resolve.scopes import RANK

_TOLD = frozenset({AssignmentRole.LEAD, AssignmentRole.IMPLEMENT})
_CALLED = _TOLD | {AssignmentRole.COORDINATE}
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
    called = [item for item in assignments if item.role in _CALLED]
    told = [item for item in called if item.role in _TOLD]
    if not told:
        return row
    return replace(row, applicable=_applies(called, local), addressee=_printed(told))


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


def _applies(called: Iterable[Assignment], local: Document) -> bool | None:
    """Return True if some of the bodies called are of the locality, False if all are others, else None."""
    answers = {_concerns(item, local) for item in called}
    if True in answers:
        return True
    return False if answers == {False} else None


def _concerns(item: Assignment, local: Document) -> bool | None:
    """Return whether the body of *item* is one of the locality *local*."""
    if item.body_id is None:
        return None
    answers = {_part_concerns(part, item.body_level, local) for part in item.body_id.split("+")}
    if True in answers:
        return True
    return False if answers == {False} else None


def _part_concerns(body_id: str, level: Level | None, local: Document) -> bool | None:
    if body_id.startswith("class:"):
        return _class_concerns(body_id, level, local)
    if body_id.startswith("central:"):
        return False
    if level is None:
        return None
    scope = body_id.partition(":")[0].split("/")
    if len(scope) > 1 and local.province and scope[1] != key(local.province):
        return False
    if level is local.level:
        return True
    # a department or an office has no double below; the police or the front has, and may be meant with it
    above = local.level is not None and RANK[level] < RANK[local.level]
    return False if above and not _has_double(body_id) else None


def _class_concerns(body_id: str, level: Level | None, local: Document) -> bool | None:
    if level is Level.CENTRAL:
        return False
    if level is not None:
        return True if level is local.level else None
    return True if body_id.removeprefix("class:") in _everywhere() else None


def _has_double(body_id: str) -> bool:
    return body_id.rpartition(":")[2] in families()


@cache
def _everywhere() -> frozenset[str]:
    """Return the kinds and classes that every locality has."""
    return frozenset(load("body_registry")["everywhere"]["ids"])
