"""Level and place of a document: what the issuing body, the header, the title, the closing or the text say.

The surest evidence comes first, and what stays unsaid stays None. A central document has no place: "Hà Nội,
ngày ..." is where it was signed. Imports ``records`` and its neighbours in this room.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.records import Document, Level
from pipeline.resolve.body_names import identify
from pipeline.resolve.place_names import (
    longest_province,
    province_named,
    provinces_of_commune,
    provinces_of_district,
)
from pipeline.resolve.scopes import Context
from pipeline.resolve.units import Unit, read_units

_RANK = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}
_REFORM = dt.date(2025, 7, 1)  # two tiers of local government, 34 provinces
_FEWEST = 2
"""Mentions in the text that are needed where nothing else tells."""
_SHARE = 2 / 3
"""Share of the mentions that must agree."""
# UBND tỉnh · Công an phường · trên địa bàn tỉnh · Chủ tịch Ủy ban nhân dân huyện
_OWN_BODY = re.compile(
    r"(?:UBND|[ỦU][yỷ] ban nhân dân|HĐND|Hội đồng nhân dân|Công an|địa bàn) "
    r"(?=[TtPpXxHhQqĐđ])(?P<unit>(?i:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|đặc khu))(?![\w/,])"
)
# trên địa bàn phường Long Biên
_TERRITORY = re.compile(r"(?i:địa bàn) (?P<unit>[^,;.]{2,60})")
# Tỉnh ủy Phú Thọ · Thành đoàn Hà Nội: the unit stands within the name of the body
_COMMITTEE = re.compile(r"(?i)\b(?P<unit>tỉnh|thành) (?:ủy|uỷ|đoàn)(?= )")
_SEATS = {"tỉnh": "tỉnh", "thành": "thành phố"}
_LOCAL_HEADS = ("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "chủ tịch", "hội đồng nhân dân", "hđnd")
# heads of names that stand for the centre
_CENTRAL_HEADS = ("bộ ", "cục ", "vụ ", "tổng cục ", "bộ trưởng ", "cục trưởng ", "tổng cục trưởng ")
_CENTRAL_SIGNERS = ("bộ trưởng", "thứ trưởng", "thủ tướng", "chính phủ", "tổng cục trưởng")
_NOT_CENTRAL = re.compile(r"bộ (?:chỉ huy|tư lệnh)")


@dataclass(frozen=True, slots=True)
class Location:
    """Level and place of a document; ``evidence`` names, for each part that is known, the words that tell."""

    level: Level | None = None
    province: str | None = None
    commune: str | None = None
    evidence: tuple[str, ...] = ()


def with_places(document: Document) -> Document:
    """Return *document* with level, province and commune filled where they are None."""
    if document.level and (document.province or document.level is Level.CENTRAL):
        return document
    found = locate(document)
    level = document.level or found.level
    local = level is not Level.CENTRAL
    return replace(
        document,
        level=level,
        province=document.province or (found.province if local else None),
        commune=document.commune or (found.commune if level is Level.COMMUNE else None),
    )


def locate(document: Document) -> Location:
    """Return level and place of *document*, each None where the text does not tell; a known level stands.

    A name is that of the document's own time: "Hải Dương" in 2024, though it is now part of Hải Phòng.
    """
    issuer = document.header.issuer or ""
    level, said = (document.level, ()) if document.level else _level(document, issuer)
    if level is None or level is Level.CENTRAL:
        return Location(level, evidence=said)
    commune, commune_said = _commune(document, issuer) if level is Level.COMMUNE else (None, ())
    province, province_said = _province(document, issuer, commune)
    name = commune.name if commune else None
    return Location(level, province, name, (*said, *commune_said, *province_said))


# --- level ---------------------------------------------------------------------------------------


def _level(document: Document, issuer: str) -> tuple[Level | None, tuple[str, ...]]:
    for source, text in (("issuer", issuer), ("signature", document.closing.signer_title or "")):
        level = _level_of_body(text.lower(), text, signature=source == "signature")
        if level:
            return level, (f"level: {source} {text}",)
    if issuer and not issuer.lower().startswith(_LOCAL_HEADS):
        return None, ()
    territory = _TERRITORY.search(document.header.title or "")
    level = lowest(read_units(territory["unit"])) if territory else None
    if territory and level:
        return level, (f"level: title {territory.group()}",)
    return _level_in_text(document)


def _level_of_body(folded: str, text: str, *, signature: bool) -> Level | None:
    units = list(read_units(text if not signature else text.lower()))
    if units:
        return lowest(units)
    if _NOT_CENTRAL.search(folded):
        return None
    if signature:
        return Level.CENTRAL if any(word in folded for word in _CENTRAL_SIGNERS) else None
    if folded.startswith(_CENTRAL_HEADS):
        return Level.CENTRAL
    identity = identify(text, Context())
    return identity.level if identity else None


def lowest(units: Iterable[Unit]) -> Level | None:
    """Return the lowest level among *units*, or None: "phường Long Biên, thành phố Hà Nội" is a commune."""
    levels = [unit.level for unit in units if unit.level and not unit.plural]
    return max(levels, key=_RANK.__getitem__, default=None)


def _level_in_text(document: Document) -> tuple[Level | None, tuple[str, ...]]:
    """Return the level that the document's own bodies have: "UBND tỉnh", "trên địa bàn phường"."""
    mentions = Counter(match["unit"].lower() for match in _OWN_BODY.finditer(document.text))
    counts: Counter[Level] = Counter()
    for unit, count in mentions.items():
        level = next(read_units(unit)).level
        if level:
            counts[level] += count
    best = _clear_winner(counts)
    if best is None:
        return None, ()
    return Level(best), (f"level: text {', '.join(sorted(mentions))}",)


# --- place ---------------------------------------------------------------------------------------


def _commune(document: Document, issuer: str) -> tuple[Unit | None, tuple[str, ...]]:
    for source, text in (("issuer", issuer), ("title", document.header.title or "")):
        unit = next(_communes_in(text), None)
        if unit:
            return unit, (f"commune: {source} {text}",)
    named = list(_communes_in(document.text))
    best = _clear_winner(Counter(unit.name for unit in named))
    unit = next((unit for unit in named if unit.name == best), None)
    return (unit, (f"commune: text {best}",)) if unit else (None, ())


def _communes_in(text: str) -> Iterator[Unit]:
    """Yield the communes that *text* names; words after a known name are no part of it."""
    for unit in read_units(text):
        if unit.level is Level.COMMUNE and unit.name:
            words = unit.name.split()
            starts = (" ".join(words[:end]) for end in range(len(words), 0, -1))
            known = next((name for name in starts if provinces_of_commune(unit.kind, name)), None)
            if known or not unit.name.isupper():
                yield replace(unit, name=known or unit.name)


def _province(document: Document, issuer: str, commune: Unit | None) -> tuple[str | None, tuple[str, ...]]:
    header = document.header
    seat = _COMMITTEE.sub(lambda match: _SEATS[match["unit"].lower()], issuer)
    for source, text in (("issuer", seat), ("place", header.place or ""), ("title", header.title or "")):
        province = next(_provinces_in(text), None) or (source == "place" and province_named(text)) or None
        if province:
            return province, (f"province: {source} {text}",)
    return _province_by_units(document, issuer, commune) or _province_in_text(document)


def _province_by_units(
    document: Document, issuer: str, commune: Unit | None
) -> tuple[str, tuple[str, ...]] | None:
    """Return the only province that has the commune and the districts of the issuer and the place line.

    Communes of older documents are left out: the gazetteer has those of 2025, and many ended before.
    """
    place = document.header.place or ""
    districts = [unit.name for unit in read_units(issuer) if unit.level is Level.DISTRICT and unit.name]
    owners = [provinces_of_district(name) for name in (*districts, place)]
    if commune and commune.name and (document.header.issued_on or _REFORM) >= _REFORM:
        owners.append(provinces_of_commune(commune.kind, commune.name))
    known = [provinces for provinces in owners if provinces]
    common = frozenset.intersection(*known) if known else frozenset()
    if len(common) != 1:
        return None
    return next(iter(common)), (f"province: units of {issuer or place or (commune and commune.name)}",)


def _province_in_text(document: Document) -> tuple[str | None, tuple[str, ...]]:
    """Return the province that the territory, the closing or most mentions name, else the districts'."""
    territory = "; ".join(match["unit"] for match in _TERRITORY.finditer(document.text))
    named = set(_provinces_in(territory))
    if len(named) == 1:
        return named.pop(), (f"province: text {territory[:80]}",)
    closing = "; ".join(document.closing.recipients)
    for source, text in (("recipients", closing), ("text", document.text)):
        best = _clear_winner(Counter(_provinces_in(text)))
        if best:
            return best, (f"province: {source} {best}",)
    return _province_by_districts(document.text)


def _provinces_in(text: str) -> Iterator[str]:
    for unit in read_units(text):
        if unit.level is Level.PROVINCE and unit.name:
            province = longest_province(unit.name)
            if province:
                yield province


def _province_by_districts(text: str) -> tuple[str | None, tuple[str, ...]]:
    districts = {unit.name for unit in read_units(text) if unit.level is Level.DISTRICT and unit.name}
    owners = {frozenset(provinces_of_district(name or "")) for name in districts} - {frozenset()}
    sure = {next(iter(provinces)) for provinces in owners if len(provinces) == 1}
    if len(sure) != 1:
        return None, ()
    province = sure.pop()
    return province, (f"province: districts {', '.join(sorted(filter(None, districts)))}",)


def _clear_winner(counts: Counter[str] | Counter[Level] | Counter[str | None]) -> str | Level | None:
    """Return what nearly all of at least `_FEWEST` mentions agree on, or None."""
    if not counts:
        return None
    best, count = counts.most_common(1)[0]
    return best if count >= _FEWEST and count >= _SHARE * counts.total() else None
