"""The registry of bodies: what names, kinds, classes and fields of work there are, ready to look up.

Central bodies come from ``issuers.toml``, everything else from ``body_registry.toml``; how bodies are found
in print is known to ``extract`` alone. Words are compared folded: whatever their capitals and wherever the
tone mark stands. Imports ``records``, ``lexicon`` and ``resolve.place_names``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import load
from pipeline.records import Level
from pipeline.resolve.place_names import key

# uỷ, hoá, khoẻ: the mark on the second vowel of an open syllable
_LATE_MARK = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")
_LATE = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_EARLY = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_EARLY_MARK = dict(zip(_LATE, _EARLY, strict=True))


def fold(text: str) -> str:
    """Return *text* in small letters, tone marks on the first vowel, dashes alike; the length is kept.

    >>> fold("Uỷ ban – HOÁ CHẤT")
    'ủy ban - hóa chất'
    """
    lowered = text.lower().replace("–", "-")
    return _LATE_MARK.sub(lambda match: _EARLY_MARK[match.group()], lowered)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of *words*, folded, longest first, ending at the end of a word."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(map(fold, words), key=_longest)) + r")(?!\w)"


def _longest(word: str) -> tuple[int, str]:
    return (-len(word), word)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body that every unit has.

    ``force``: the bare word means all of them (Công an); ``local``: the centre has none (Ủy ban nhân dân);
    ``unit``: the unit that the head words imply (Tỉnh ủy).
    """

    id: str
    force: bool
    local: bool
    unit: str | None


@dataclass(frozen=True, slots=True)
class BodyClass:
    """A common noun for bodies; ``level`` where the word alone says it."""

    id: str
    level: Level | None


@cache
def central_bodies() -> dict[str, str]:
    """Return the ids of the bodies of which the country has one, by folded name, alias or symbol."""
    registry, issuers = load("body_registry"), load("issuers")
    entries = [entry for kind in ("body", "ministry", "party") for entry in issuers[kind]]
    ids: dict[str, str] = {}
    for entry in (*entries, *registry["central"]):
        body_id = f"central:{key(registry['same'].get(entry['name'], entry['name']))}"
        for name in (entry["name"], *entry.get("aliases", ())):
            ids.setdefault(fold(name), body_id)
    for entry in issuers["ministry"]:
        ids.setdefault(fold(entry["symbols"][0]), f"central:{key(entry['name'])}")
    return ids


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of bodies by their folded head words."""
    return {
        fold(head): Kind(entry["id"], entry["bare"] == "force", entry.get("local", False), entry.get("unit"))
        for entry in load("body_registry")["kind"]
        for head in entry["heads"]
    }


@cache
def classes() -> dict[str, BodyClass]:
    """Return the classes of bodies by their folded words."""
    return {
        fold(word): BodyClass(entry["id"], Level(entry["level"]) if "level" in entry else None)
        for entry in load("body_registry")["class"]
        for word in entry["words"]
    }


@cache
def fields() -> dict[str, str]:
    """Return the usual names of fields of work by folded name or abbreviation."""
    names = {fold(name): name for name in load("bodies")["domains"]}
    for entry in load("body_registry")["field"]:
        names |= {fold(name): entry["name"] for name in (entry["name"], *entry["aliases"])}
    return names


@cache
def families() -> dict[str, str]:
    """Return the family of each kind, class and central body that has one, by what follows the scope."""
    registry = load("body_registry")
    entries = (*registry["kind"], *registry["class"])
    central = {key(name): family for name, family in registry["central_families"].items()}
    return central | {entry["id"]: entry["family"] for entry in entries if "family" in entry}


def successor_field(field: str, on: dt.date | None = None) -> str:
    """Return the field of work, as a key, that took over *field*, or *field* itself where it goes on.

    *on* is the day for which the answer holds; without one, today's order of things.

    >>> successor_field("giao-thong-van-tai"), successor_field("giao-thong-van-tai", dt.date(2024, 5, 1))
    ('xay-dung', 'giao-thong-van-tai')
    """
    for entry in load("body_registry")["successor"]:
        if key(entry["field"]) == field and (on is None or on >= entry["since"]):
            return key(entry["into"])
    return field
