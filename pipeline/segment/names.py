"""Names of issuing bodies: from lines in capitals, or from the symbol of a number.

Imports ``lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.lexicon import load

# Bodies whose name goes on in small letters up to the place: "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK".
_LOCAL = re.compile(
    r"(?P<office>(?:chủ tịch |thường trực )?)"
    r"(?P<body>ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|ban chỉ đạo)\s*(?P<rest>.*)"
)
# "tỉnh Đắk Lắk", "thành phố Đà Nẵng".
_LEVEL = re.compile(
    r"(?P<level>thành phố|thị xã|thị trấn|đặc khu|tỉnh|quận|huyện|phường|xã|tp\.?)\s+(?P<place>.+)"
)
# A body that is named after its field: "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", with the head word first.
_FIELD = re.compile(
    r"(?P<office>(?:bộ trưởng|giám đốc|cục trưởng|tổng cục trưởng) )?"
    r"(?P<head>bộ|sở|tổng cục|cục|chi cục|ban|văn phòng|thanh tra|viện|ngân hàng|liên đoàn|hội|đài|công an"
    r"|trung tâm|phòng)\s(?P<rest>.+)"
)
_WORD = re.compile(r"[^\W\d_]+")


def _national_bodies() -> list[dict[str, Any]]:
    """Return the entries of bodies of which the country has one, names no longer in use first."""
    tables = load("issuers")
    entries = [*tables["body"], *tables["ministry"], *tables["party"]]
    return sorted(entries, key=lambda entry: "until" not in entry)


@cache
def _known_names() -> dict[str, str]:
    return {entry["name"].lower(): entry["name"] for entry in _national_bodies()}


@cache
def _national_symbols() -> dict[str, str]:
    """Map symbols that name one body in the country to that body."""
    return {
        symbol: entry["name"]
        for entry in _national_bodies()
        if not entry.get("local")
        for symbol in entry["symbols"]
    }


def issuer_by_symbol(number: str | None) -> str | None:
    """Return the issuing body that the symbol of *number* names, or None if many bodies share it.

    >>> issuer_by_symbol("06/CT-BCA-V05"), issuer_by_symbol("191/KH-UBND")
    ('Bộ Công an', None)
    """
    if number is None:
        return None
    for part in re.split(r"[-/]", number)[1:]:
        if part in _national_symbols():
            return _national_symbols()[part]
    return None


def body_name(lines: Sequence[str]) -> str | None:
    """Return the body that printed *lines*, superior body first, name; None if the last names none.

    >>> body_name(["ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"])
    'Ủy ban nhân dân tỉnh Đắk Lắk'
    >>> body_name(["BỘ TÀI CHÍNH", "TỔNG CỤC HẢI QUAN"])
    'Tổng cục Hải quan'
    """
    joined = ""
    name = None
    for line in lines:
        words = " ".join(line.split()).strip(" -–*:.|").lower()
        whole = f"{joined} {words}".strip() if _LEVEL.match(words) else words
        if found := _cased(whole):
            name, joined = found, whole
    return name


def _cased(words: str) -> str | None:
    """Return a name in small letters with its capitals put back, or None if it names no body."""
    if words in _known_names():
        return _known_names()[words]
    if match := _LOCAL.fullmatch(words):
        body = match["body"].replace("uỷ", "ủy")
        name = " ".join(filter(None, (match["office"].strip(), body, _place(match["rest"]))))
        return name[0].upper() + name[1:] if match["rest"] else None
    if match := _FIELD.fullmatch(words):
        office = (match["office"] or "").capitalize()
        return f"{office}{match['head'].capitalize()} {_field(match['rest'])}"
    return None


def _place(rest: str) -> str:
    match = _LEVEL.match(rest)
    if match is None:
        return _WORD.sub(lambda word: word.group().capitalize(), rest)
    level = "Thành phố" if match["level"] == "thành phố" and "hồ chí minh" in rest else match["level"]
    return f"{level} {_WORD.sub(lambda word: word.group().capitalize(), match['place'])}"


def _field(words: str) -> str:
    """Capitalise the first word and those after "và", a comma or a dash.

    >>> _field("nông nghiệp và môi trường")
    'Nông nghiệp và Môi trường'
    """
    level = re.search(r"\s(?=(?:tỉnh|thành phố|quận|huyện|phường|xã)\s)", words)
    if level:
        return f"{_field(words[: level.start()])} {_place(words[level.end() :])}"
    return re.sub(r"(^|và\s|,\s|\s[-–]\s)(\w)", lambda match: match[1] + match[2].upper(), words)
