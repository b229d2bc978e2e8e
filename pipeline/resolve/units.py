"""Units of territory (đơn vị hành chính) in print: "tỉnh Phú Thọ", "các xã, phường", "cấp huyện".

Imports ``records``, ``lexicon`` and ``resolve.place_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.clean.charset import UPPER
from pipeline.lexicon import load
from pipeline.records import Level
from pipeline.resolve.place_names import is_city, province_named

_LEVELS = load("body_registry")["level"]
_CITIES = frozenset(load("body_registry")["cities"]["units"])
_LEVEL_OF = {unit: Level(entry["name"]) for entry in _LEVELS for unit in entry["units"]}
_KINDS = "|".join(unit.replace(" ", r"\ ") for unit in sorted((*_LEVEL_OF, *_CITIES), key=len, reverse=True))
# các huyện, thành, thị: short forms that stand in lists only
_IN_LISTS = r"(?<=,\ )(?:thành|thị)(?=[,;.)]|$)"
# "kinh tế - xã hội", "xã viên": no commune
_NO_UNIT = r"(?!\ (?:hội|viên|luận|giao|tắc)(?!\w))"
# Đắk · Lắk · 5 (Phường 5)
_NAME_WORD = rf"(?:[{UPPER}][^\W_]*|\d{{1,2}}(?!\w))"
# các tỉnh · cấp xã · phường Long Biên · Bà Rịa - Vũng Tàu
_UNIT = re.compile(
    rf"(?<!\w)(?P<each>(?i:các|những|từng|mỗi)\ )?(?P<tier>(?i:cấp)\ )?"
    rf"(?P<kind>(?i:{_KINDS}|{_IN_LISTS}))(?!\w)(?i:{_NO_UNIT})"
    rf"(?:\.?\ (?P<name>{_NAME_WORD}(?:(?:\ -)?\ {_NAME_WORD}){{0,4}}))?",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as printed; ``level`` is None for a city that may be a province or a district."""

    kind: str
    level: Level | None
    name: str | None
    plural: bool
    start: int


def read_units(text: str) -> Iterator[Unit]:
    """Yield the units of *text*, in order of place.

    >>> [(unit.kind, unit.level.value, unit.name) for unit in read_units("Công an phường Long Biên")]
    [('phường', 'commune', 'Long Biên')]
    >>> [(unit.kind, unit.plural) for unit in read_units("UBND các huyện, cấp xã")]
    [('huyện', True), ('xã', True)]
    """
    for match in _UNIT.finditer(text):
        kind = match["kind"].lower()
        name = match["name"]
        level = _city_level(name) if kind in _CITIES else _LEVEL_OF.get(kind, Level.DISTRICT)
        if kind == "thủ đô":
            name = "Hà Nội"
        yield Unit(kind, level, name, bool(match["each"] or match["tier"]), match.start())


def _city_level(name: str | None) -> Level | None:
    if name is None:
        return None
    province = province_named(name)
    return Level.PROVINCE if province and is_city(province) else Level.DISTRICT
