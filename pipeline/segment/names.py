"""Names of issuing bodies: from lines in capitals, or from the symbol of a number.

Imports ``lexicon``, ``lines``, and of ``clean`` what knows syllables and provinces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.clean.misread_places import restore_places
from pipeline.clean.offsets import apply_edits
from pipeline.clean.syllables import is_syllable
from pipeline.lexicon import load
from pipeline.segment.lines import fold

# Bodies whose name goes on in small letters up to the place: "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK".
_LOCAL = re.compile(
    r"(?P<body>(?:thường trực )?(?:ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân))\s(?P<rest>.+)"
)
# "tỉnh Đắk Lắk", "thành phố Đà Nẵng".
_LEVEL = re.compile(r"(?P<level>thành phố|thị xã|thị trấn|đặc khu|tỉnh|quận|huyện|phường|xã)\s(?P<place>.+)")
# A body that is named after its field: "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", with the head word first.
_FIELD = re.compile(
    r"(?P<head>bộ tư lệnh|bộ chỉ huy|bộ|sở|tổng cục|cục|chi cục|ban|văn phòng|thanh tra|viện|ngân hàng"
    r"|liên đoàn|hội|đài|công an|trung tâm|phòng|đảng ủy|bảo hiểm xã hội|kho bạc nhà nước)\s(?P<rest>.+)"
)
# A committee of the Party, named after its unit alone: "TỈNH ỦY ĐẮK LẮK".
_COMMITTEE = re.compile(r"(?P<head>(?:tỉnh|thành|quận|huyện|thị) (?:ủy|uỷ))\s(?P<place>.+)")
# Where the unit of a body begins: "cục thuế tỉnh phú yên"; "xã hội" is no commune.
_UNIT = re.compile(r"\s(?=(?:tỉnh|thành phố|quận|huyện|phường|xã(?! hội\b))\s)")
# "TP. HỒ CHÍ MINH", "UBND TỈNH": words cut short.
_SHORT = {"tp": "thành phố", "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân"}
_SHORTENED = re.compile(r"\b(?:tp\.?|ubnd|hđnd)(?!\S)")
# Who signs for a body.
_OFFICE = re.compile(
    r"(?:bộ trưởng|chủ tịch|(?:tổng )?giám đốc|(?:tổng )?cục trưởng|thống đốc|chánh văn phòng)\s(?=\w)"
)
_FOREIGN = re.compile(r"[^\w\s,.&()/–-]")  # signs that no name holds
_SHORTEST_DISPATCH = 4  # letters; a shorter symbol without its B may be a type ("CT") or another body
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
def _names_without_marks() -> dict[str, str]:
    """Map the names as a scan that lost all marks reads them; no two are the same."""
    return {fold(name): known for name, known in _known_names().items()}


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

    A dispatch leaves out the B of a ministry: "2638/LĐTBXH-KHTC".

    >>> issuer_by_symbol("06/CT-BCA-V05"), issuer_by_symbol("191/KH-UBND")
    ('Bộ Công an', None)
    """
    symbols = _national_symbols()
    for part in re.split(r"[-/]", number or "")[1:]:
        name = symbols.get(part) or (symbols.get(f"B{part}") if len(part) >= _SHORTEST_DISPATCH else None)
        if name:
            return name
    return None


def is_superior(body: str | None, number: str) -> bool:
    """Whether *body* is one of the centre, and *number* bears the symbols of others.

    Such a body issues nothing under that number: it stands above the one that does.

    >>> is_superior("Bộ Tài chính", "512/TCHQ-GSQL"), is_superior("Quốc hội", "18/2003/QH11")
    (True, False)
    """
    entry = next((entry for entry in _national_bodies() if entry["name"] == body), None)
    parts = {part.rstrip("0123456789") for part in re.split(r"[-/]", number)[1:]}
    return entry is not None and not any({symbol, symbol[1:]} & parts for symbol in entry["symbols"])


def name_body(lines: Sequence[str]) -> str | None:
    """Return the body that printed *lines*, superior body first, name; None if the last names none.

    >>> name_body(["ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"])
    'Ủy ban nhân dân tỉnh Đắk Lắk'
    >>> name_body(["BỘ TÀI CHÍNH", "TỔNG CỤC HẢI QUAN"])
    'Tổng cục Hải quan'
    """
    whole = ""
    for line in lines:
        words = _small(line)
        whole = f"{whole} {words}" if whole and _continues(words) else words
    together = " ".join(map(_small, lines))
    return (
        _known_names().get(together) or _below_superior(whole) or _cased(whole) or _below_superior(together)
    )


def name_office(lines: Sequence[str], body: str | None) -> str | None:
    """Return the office or body that decides, from *lines* in capitals below the title.

    Where they leave out the place ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"), it is that of the *body* above.

    >>> name_office(["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"], "Ủy ban nhân dân tỉnh Lào Cai")
    'Chủ tịch Ủy ban nhân dân tỉnh Lào Cai'
    """
    if not lines:
        return None
    words = _small(lines[0])
    office = _OFFICE.match(words)
    rest = words[office.end() :] if office else words
    prefix = office.group().strip().capitalize() + " " if office else ""
    if body is not None and body.lower().startswith(rest.replace("uỷ", "ủy")):
        return prefix + body
    name = _cased(rest)
    return prefix + name if name else None


def name_place(words: str) -> str | None:
    """Return *words* if they can be the name of a place, else None: a scan may have broken them.

    >>> name_place("Hà Nội"), name_place("T hành phố Hồ Chí M inh")
    ('Hà Nội', None)
    """
    syllables = _WORD.findall(words)
    return words if syllables and _is_sound(words) and words[0].isupper() else None


def _is_sound(words: str) -> bool:
    """Whether every word is a syllable or stands in names of places: else a scan has damaged it."""
    return all(is_syllable(word) or word.lower() in _place_words() for word in _WORD.findall(words))


@cache
def _place_words() -> frozenset[str]:
    """Return the words of names of places, of which some are no syllables: "Krông", "Ea"."""
    names = " ".join(entry["communes"] for entry in load("places")["province"].values())
    return frozenset(_WORD.findall(names.lower())) | frozenset(load("place_words")["words"])


def _small(line: str) -> str:
    """Return the words of a line in small letters, short forms written out, provinces with their marks.

    >>> _small("UBND TP. HA NỘI")
    'ủy ban nhân dân thành phố hà nội'
    """
    words = " ".join(apply_edits(line, restore_places(line)).split()).strip(" -–*:.,|_").lower()
    return _SHORTENED.sub(lambda short: _SHORT[short[0].rstrip(".")], words)


def _below_superior(words: str) -> str | None:
    """Return the body whose superior stands before it in one line: "BỘ TÀI CHÍNH CỤC THUẾ"."""
    heads = (name for name in _known_names() if words.startswith(f"{name} "))
    superior = max(heads, key=len, default=None)
    rest = words[len(superior) + 1 :] if superior else ""
    return _known_names().get(rest) or _councils().get(rest)


def _continues(words: str) -> bool:
    """Whether a line goes on with the name before it: a place, or the field of a body."""
    return _LEVEL.match(words) is not None or words.startswith(("và ", "- "))


def _cased(words: str) -> str | None:
    """Return a name in small letters with its capitals put back, or None if it names no body."""
    if name := _known_names().get(words) or _names_without_marks().get(fold(words)):
        return name
    if office := _OFFICE.match(words):
        body = _cased(words[office.end() :])
        return f"{office.group().capitalize()}{body}" if body else None
    if not _is_sound(words) or _FOREIGN.search(words):
        return None
    if match := _LOCAL.fullmatch(words):
        return f"{match['body'].replace('uỷ', 'ủy').capitalize()} {_place(match['rest'])}"
    if council := _council(words):
        return f"{council} {_place(words[len(council) + 1 :])}"
    if match := _COMMITTEE.fullmatch(words):
        return f"{match['head'].capitalize()} {_place(match['place'])}"
    if match := _FIELD.fullmatch(words):
        return f"{match['head'].capitalize()} {_field(match['rest'])}"
    return None


def _council(words: str) -> str | None:
    """Return the body that every unit has, where *words* name it and its unit: "cục thuế tỉnh phú yên"."""
    names = (words[: unit.start()] for unit in _UNIT.finditer(words))
    return next((_councils()[name] for name in names if name in _councils()), None)


@cache
def _councils() -> dict[str, str]:
    known = load("bodies")
    names = (*known["of_unit"], *known["councils"][::-1])
    return {name.lower(): name[0].upper() + name[1:] for name in names}


def _place(rest: str) -> str:
    """Capitalise a place; the special city is written with a capital by its own law.

    >>> _place("tỉnh đắk lắk")
    'tỉnh Đắk Lắk'
    """
    match = _LEVEL.match(rest)
    if match is None:
        unnamed = _LEVEL.match(f"{rest} …") is not None  # "Ủy ban nhân dân tỉnh"
        return rest if unnamed else _WORD.sub(lambda word: word.group().capitalize(), rest)
    level = "Thành phố" if match["place"] == "hồ chí minh" else match["level"]
    return f"{level} {_WORD.sub(lambda word: word.group().capitalize(), match['place'])}"


def _field(words: str) -> str:
    """Capitalise the first word and those after "và", a comma or a dash.

    >>> _field("nông nghiệp và môi trường")
    'Nông nghiệp và Môi trường'
    """
    level = _UNIT.search(words)
    if level:
        return f"{_field(words[: level.start()])} {_place(words[level.end() :])}"
    return re.sub(r"(^|và\s|,\s|\s[-–]\s)(\w)", lambda match: match[1] + match[2].upper(), words)
