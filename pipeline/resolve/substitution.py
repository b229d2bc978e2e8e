"""Which body may stand for which between levels: localisation, not drift.

"Công an các đơn vị, địa phương" of a ministry is "Công an tỉnh" in a province and "Công an phường" in a ward;
"các bộ, ngành" are "các sở, ngành" and "các ban, ngành". Imports its neighbours in this room.
"""

from __future__ import annotations

from pipeline.resolve.body_registry import families, successor_field

_FIELD_HEADS = ("bo-", "so-", "phong-", "nganh-")


def substitutes(one: str, other: str) -> bool:
    """Return whether the bodies with these ids may stand for each other at different levels.

    True for one body and itself; the order does not matter. A joined id answers where each of its parts has
    a counterpart on the other side.

    >>> substitutes("class:cong-an", "province/dak-lak:cong-an")
    True
    >>> substitutes("class:ministries", "class:departments")
    True
    >>> substitutes("central:bo-y-te", "province:so-y-te")
    True
    >>> substitutes("province:so-y-te", "province:so-noi-vu")
    False
    """
    left, right = _families_of(one), _families_of(other)
    return one == other or left <= right or right <= left


def _families_of(body_id: str) -> frozenset[str]:
    parts = body_id.split("+")
    return frozenset(_family(part) for part in parts)


def _family(body_id: str) -> str:
    """Return what is common to the bodies that stand for each other, as a key."""
    kind = body_id.rpartition(":")[2]
    for head in _FIELD_HEADS:
        if kind.startswith(head) and "/" not in kind:
            return _of_field(kind.removeprefix(head))
    return families().get(kind, kind)


def _of_field(field: str) -> str:
    return {"cong-an": "police", "quoc-phong": "military"}.get(field, f"field:{successor_field(field)}")
