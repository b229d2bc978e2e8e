"""The gazetteer: provinces, districts and communes, those of today and those until 30 June 2025.

Names are compared by their letters alone (`key`), since capitals, hyphens and the place of tone marks vary in
print; kinds (phường, xã) keep homonyms apart where they are known. Imports ``lexicon``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pipeline.lexicon import load

_MARKS = re.compile(r"[^a-z0-9]+")
_UNIT_KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")


def key(name: str) -> str:
    """Return *name* as a readable key: small ASCII letters and digits joined by hyphens.

    >>> key("Bà Rịa - Vũng Tàu"), key("Đắk Lắk")
    ('ba-ria-vung-tau', 'dak-lak')
    """
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return _MARKS.sub("-", letters.encode("ascii", "ignore").decode()).strip("-")


def province_named(name: str) -> str | None:
    """Return the usual spelling of the province called *name*, past or present, or None.

    >>> province_named("TP. HỒ CHÍ MINH"), province_named("Đắc Lắc"), province_named("Kim Động")
    ('Hồ Chí Minh', 'Đắk Lắk', None)
    """
    return _provinces().get(key(_without_kind(name)))


def longest_province(words: str) -> str | None:
    """Return the province that the first words of *words* name, or None.

    >>> longest_province("Phú Thọ Ban hành")
    'Phú Thọ'
    """
    parts = words.split()
    ends = range(len(parts), 0, -1)
    return next((found for end in ends if (found := province_named(" ".join(parts[:end])))), None)


def is_city(province: str) -> bool:
    """Return whether *province* is a city run by the centre (thành phố trực thuộc Trung ương).

    >>> is_city("Hà Nội"), is_city("Phú Thọ")
    (True, False)
    """
    entry = load("places")["province"].get(province)
    return entry is not None and entry["kind"] == "thành phố"


def current_province(name: str) -> str | None:
    """Return the province of today into which the province called *name* went, or None.

    >>> current_province("Hải Dương"), current_province("Phú Yên")
    ('Hải Phòng', 'Đắk Lắk')
    """
    named = province_named(name)
    if named is None:
        return None
    return next((new for new, entry in load("places")["province"].items() if named in entry["former"]), named)


def provinces_of_commune(kind: str, name: str) -> frozenset[str]:
    """Return the provinces in which a commune of today of this *kind* and *name* may lie.

    Those that had one of that name until 2025 count too, so that a name that moved has several.

    >>> sorted(provinces_of_commune("phường", "Long Biên"))
    ['Hà Nội']
    """
    return _communes().get(key(f"{kind} {name}"), frozenset())


def provinces_of_district(name: str) -> frozenset[str]:
    """Return the provinces that had, until 30 June 2025, a district called *name*, with or without its kind.

    >>> sorted(provinces_of_district("Kim Động")), len(provinces_of_district("huyện Châu Thành")) > 5
    (['Hưng Yên'], True)
    """
    return _districts().get(key(_without_kind(name)), frozenset())


def current_communes(province: str, district: str, commune: str) -> tuple[str, ...]:
    """Return what the former *commune* became, in full and sorted; () where it is not known.

    *district* and *commune* are given with their kinds, as printed; a commune that was divided has several.

    >>> current_communes("Hà Nội", "Quận Long Biên", "Phường Ngọc Lâm")
    ('Phường Bồ Đề',)
    """
    named = province_named(province)
    districts = load("former_places").get(named or "", {})
    communes = next((districts[name] for name in districts if key(name) == key(district)), "")
    pairs = [entry.partition(">") for entry in communes.split("|")]
    return tuple(sorted({new or old for old, _, new in pairs if key(old) == key(commune) and old}))


def _without_kind(name: str) -> str:
    words = " ".join(re.sub(r"\bTP\.? ?(?=\w)", "thành phố ", name, flags=re.IGNORECASE).split())
    kind = next((kind for kind in _UNIT_KINDS if words.lower().startswith(f"{kind} ")), "")
    return words[len(kind) :].strip()


@cache
def _provinces() -> Mapping[str, str]:
    places = load("places")
    names = {key(name): name for name in places["province"]}
    names |= {key(old): old for entry in places["province"].values() for old in entry["former"]}
    return names | {key(variant): name for variant, name in load("place_variants")["province"].items()}


@cache
def _communes() -> Mapping[str, frozenset[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    today: set[str] = set()
    former = load("former_places")
    for province, entry in load("places")["province"].items():
        now = {key(commune) for commune in entry["communes"].split("|")}
        before = [communes for old in entry["former"] for communes in former[old].values()]
        for commune in now | {key(name.partition(">")[0]) for name in "|".join(before).split("|")}:
            owners[commune].add(province)
        today |= now
    return {name: frozenset(owners[name]) for name in sorted(today)}


@cache
def _districts() -> Mapping[str, frozenset[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for province, districts in load("former_places").items():
        for district in districts:
            owners[key(_without_kind(district))].add(province)
    return {name: frozenset(provinces) for name, provinces in owners.items()}
