"""What the number of an instrument says: serial, year, type and issuing body.

``09-CT/TW`` and ``09/CT-TW`` are one number, ``9/CT-TW`` too; ``HĐ`` (contract) and ``HD`` (guidance) are two
symbols, so Đ is never folded to D. Imports ``lexicon``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import load
from pipeline.records import Reference

_PARTS = re.compile("[/\\-\N{EN DASH}\N{NON-BREAKING HYPHEN}]")
_SERIAL = re.compile(r"(?P<serial>\d{1,9})(?P<suffix>[A-Za-zĐđ]*)\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NAME_ENDS = re.compile(r"\s(?:(?:số|ngày|năm)\s+\d|(?:19|20)\d\d\b|\(|của\s+(?:Quốc hội|Ủy ban|Uỷ ban))")


@dataclass(frozen=True, slots=True)
class InstrumentNumber:
    """A number taken apart. ``symbol`` is the type's (``"CT"``), ``organ`` the rest (``"BCA-V05"``)."""

    serial: int
    suffix: str
    year: int | None
    symbol: str | None
    organ: str | None


def parse_number(number: str) -> InstrumentNumber | None:
    """Return *number* taken apart, in capitals, or None where it does not start with a serial.

    >>> parse_number("09-CT/TW") == parse_number("09/CT-TW") == parse_number("9/CT-TW")
    True
    >>> parse_number("22/2013/QĐ-TTg")
    InstrumentNumber(serial=22, suffix='', year=2013, symbol='QĐ', organ='TTG')
    """
    parts = [part.strip().upper() for part in _PARTS.split(number)]
    serial = _SERIAL.match(parts[0])
    if serial is None:
        return None
    parts = [part for part in parts[1:] if part]
    year = int(parts.pop(0)) if parts and _YEAR.match(parts[0]) else None
    symbol = parts.pop(0) if parts and parts[0] in type_symbols() and len(parts) > 1 else None
    return InstrumentNumber(
        int(serial["serial"]), serial["suffix"].upper(), year, symbol, "-".join(parts) or None
    )


@cache
def type_symbols() -> frozenset[str]:
    """Return the abbreviations of instruments as they stand in numbers, in capitals."""
    return frozenset(
        symbol.upper() for entry in load("document_types")["type"] for symbol in entry["symbols"]
    )


def name_of(reference: Reference) -> str | None:
    """Return the name of a law cited by name, in small letters, less its number, date and issuer.

    None for an instrument of another kind: only laws are known by name alone.
    """
    if not reference.rule.startswith("law_"):
        return None
    ends = _NAME_ENDS.search(reference.text)
    name = reference.text[: ends.start()] if ends else reference.text
    return " ".join(name.lower().split()).replace(" ,", ",").rstrip(" ,")
