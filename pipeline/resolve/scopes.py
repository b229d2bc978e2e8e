"""The first part of an id: at what level and in which place a body is, and whether one or all are meant.

Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.records import Level
from pipeline.resolve.place_names import is_city, key, longest_province
from pipeline.resolve.units import Unit

RANK = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}
"""Levels from the top down."""
_UNDER_THE_CENTRE = re.compile(r"trực thuộc trung ương")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which body is meant; ``qualified`` where the level is printed beside a class ("đoàn thể tỉnh")."""

    body_id: str
    level: Level | None
    qualified: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a document tells about the bodies it names without their place.

    ``issuer`` is the head word of the issuing body with its id: what "Bộ" or "Sở" means when it stands alone.
    ``short_names`` are pairs of a short name and the body in full.
    """

    level: Level | None = None
    province: str | None = None
    commune: str | None = None
    issuer: tuple[str, str] | None = None
    short_names: tuple[tuple[str, str], ...] = field(default=())


def own(kind_id: str, context: Context) -> Identity | None:
    """Return the body of this kind beside the issuing body, where its level is known.

    >>> own("mttq", Context(Level.COMMUNE, "Hà Nội", "Long Biên")).body_id
    'commune/ha-noi/long-bien:mttq'
    """
    if context.level is None:
        return None
    return Identity(f"{_scope(context.level, None, context)}:{kind_id}", context.level)


def placed(
    kind_id: str, units: list[Unit], *, plural: bool, context: Context, rest: str = ""
) -> Identity | None:
    """Return the body of a kind in *units*, or the class of those bodies where several are meant.

    One unnamed unit below the document's level stands for all of them: "UBND xã" in a ministry's directive.
    *units* has at least one; *rest* is the folded text that they were read from.
    """
    levels = {unit_level(unit, units, context, rest) for unit in units}
    if None in levels:
        return None
    named = [unit for unit in units if unit.name]
    level = max((level for level in levels if level), key=RANK.__getitem__)
    if plural or any(unit.plural for unit in units) or (len(units) > 1 and not named):
        return (
            Identity(f"class:{level}:{kind_id}", level)
            if len(levels) == 1
            else Identity(f"class:{kind_id}", None)
        )
    if not named and context.level and RANK[level] > RANK[context.level]:
        return Identity(f"class:{level}:{kind_id}", level)
    lowest = next((unit for unit in named if unit_level(unit, units, context, rest) is level), None)
    return Identity(f"{_scope(level, lowest, context)}:{kind_id}", level)


def unit_level(unit: Unit, units: list[Unit], context: Context, rest: str) -> Level | None:
    """Return the level of *unit*; an unnamed city follows its neighbours, else the document's place."""
    if unit.level or unit.name:
        return unit.level
    beside = {other.level for other in units if other.level}
    if Level.PROVINCE in beside or _UNDER_THE_CENTRE.search(rest):
        return Level.PROVINCE
    if Level.DISTRICT in beside:
        return Level.DISTRICT
    if context.province is None:
        return context.level if context.level in (Level.PROVINCE, Level.DISTRICT) else None
    return Level.PROVINCE if is_city(context.province) else Level.DISTRICT


def _scope(level: Level, named: Unit | None, context: Context) -> str:
    """Return the level and, as far as it is known, the place.

    A commune or district has a place only within a known province, since names recur.
    """
    if level is Level.CENTRAL:
        return "central"
    if level is Level.PROVINCE:
        province = longest_province(named.name or "") if named else context.province
        return f"province/{key(province)}" if province else "province"
    name = named.name if named else context.commune if level is context.level is Level.COMMUNE else None
    return f"{level}/{key(context.province)}/{key(name)}" if name and context.province else str(level)
