"""What bodies and lists of bodies look like in print, composed from ``lexicon/bodies.toml``.

An example line stands over each piece. Imports ``lexicon``, ``clean`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.clean.charset import UPPER
from pipeline.extract.wordlists import exactly, one_of
from pipeline.lexicon import load

_WORDS = load("bodies")
_ROLES = load("body_roles")


# *** Pieces ***

_END = r"(?!\w)"
# các · những · từng
_EACH = r"(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ỗi|[Tt]oàn thể)"
# Phú, but neither "Chủ trì" (a task whose full stop was lost) nor "Tỉnh ủy"
_NO_NAME = (
    rf"(?!{exactly(_ROLES['task_openers'])}{_END}|Khu vực|Chi nhánh|(?:Tỉnh|Thành|Huyện|Quận|Đảng) [uủ])"
)
_NAME_WORD = rf"{_NO_NAME}[{UPPER}][^\W_]*"
# Phú Thọ · Bà Rịa - Vũng Tàu
_PLACE = rf"(?: {_NAME_WORD}(?:(?: -)? {_NAME_WORD}){{0,5}})"
# tỉnh Phú Thọ · thành phố
_UNIT = rf"{exactly(_WORDS['units'])}{_END}(?! [uủỦ][ỷy])(?:{_PLACE})?"
_LOOSE_UNIT = rf"(?:{exactly((*_WORDS['units'], *_WORDS['loose_units']))}{_END}(?:{_PLACE})?)"
# các huyện, thị xã, thành phố · tỉnh · các đơn vị, địa phương · cấp xã
_UNITS = (
    rf"(?: (?:{_EACH} )(?:cấp )?{_LOOSE_UNIT}| (?:cấp )?{_UNIT})"
    rf"(?:(?:, | và |/| - )(?:{_EACH} )?{_LOOSE_UNIT}){{0,8}}"
)
_COUNCIL = exactly(_WORDS["councils"])
_DOMAIN = rf"{exactly(_WORDS['domains'])}{_END}"
# thuộc UBND phường · trên địa bàn tỉnh · chi nhánh tỉnh Phú Thọ · Khu vực XII
_WITHIN = (
    rf"(?: (?:của|thuộc|trực thuộc) "
    rf"(?:{_COUNCIL}{_END}(?:{_UNITS}|{_PLACE})?|(?:[Bb]ộ|[Ss]ở)(?: {_DOMAIN})?{_END})"
    rf"| (?:trên|tại) địa bàn(?: toàn)?(?:{_UNITS})?| [Cc]hi nhánh(?:{_UNITS}|{_PLACE})"
    rf"| [Kk]hu vực (?:[IVX]+|\d{{1,2}}){_END})"
)
# có liên quan · tỉnh · ": Tài chính, Nội vụ" (departments by their fields alone)
_QUALIFIER = (
    rf"(?: {exactly(_WORDS['qualifiers'])}{_END}(?! đến)|{_WITHIN}| {_UNIT}"
    rf"|: {_DOMAIN}(?:(?:, | và ){_DOMAIN}){{0,9}})"
)
_TAIL = rf"(?:{_QUALIFIER}){{0,3}}"
# what opens another body: a name does not run on through "và Sở ..."
_NAME_KINDS = ("singletons", "councils", "of_unit", "fielded", "organs", "titles")
_HEAD = exactly(word for kind in _NAME_KINDS for word in _WORDS[kind])


def _run_on(inside: Iterable[str]) -> str:
    """Return a pattern for the small words by which a name runs on, up to a verb or a mark."""
    stop = exactly({*_ROLES["operative"], *_ROLES["name_ends"]} - set(inside))
    phrase = exactly(_ROLES["inside_phrases"])
    further = rf"{phrase}{_END}|và(?! {_HEAD}{_END})(?= [{UPPER}])|(?!(?:và|{stop}){_END})[^\W\d_]+"
    return rf"(?:(?<!Trung ương)(?: [-–])? (?:{further})){{0,12}}"


# *** Members of a list ***

# Sở Lao động - Thương binh và Xã hội tỉnh · Phòng Nội vụ
_FIELDED = rf"{exactly(_WORDS['fielded'])} {_DOMAIN}(?:{_UNITS}|{_PLACE})?"
# Xây · VH-XH
_CAPITALISED = rf"[{UPPER}][^\W_]*(?:[-–&][^\W_]+){{0,3}}"
# Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc · Phòng VH-XH · Đội 7
_ORGAN = (
    rf"(?:{exactly(_WORDS['organs'])} {_CAPITALISED}{_run_on(_ROLES['inside_names'])}"
    rf"|(?:Đội|Tổ|Phòng) \d{{1,2}}{_END})"
)
# Ban Chỉ đạo thực hiện hỗ trợ nhà ở
_TASK_FORCE = rf"{exactly(_WORDS['task_forces'])}{_END}{_run_on(_ROLES['inside_task_forces'])}"
# UBND các huyện, thị xã, thành phố · Công an tỉnh · Đảng ủy UBND tỉnh · Thuế tỉnh
_BODY_OF_UNIT = (
    rf"(?:(?:Đảng [uủ][ỷy] )?{_COUNCIL}{_END}(?:{_UNITS}|{_PLACE}(?:{_UNITS})?)?"
    rf"|{exactly(_WORDS['of_unit'])}(?:{_UNITS}|{_PLACE}))"
)
_NAMED = rf"(?:{exactly(_WORDS['singletons'])}{_END}|{_TASK_FORCE}|{_BODY_OF_UNIT}|{_FIELDED}|{_ORGAN})"
# "tổ chức" is also a verb: "tổ dân phố, tổ chức phổ biến", but not in "cơ quan, tổ chức"
_NO_VERB = (
    r"(?:(?<!tổ chức)|(?<=cơ quan, tổ chức)|(?<=doanh nghiệp, tổ chức)"
    r"|(?=[,;.]| và | có | phải | được | liên quan| khác| trên |$))"
)
_COMMON = rf"{one_of((*_WORDS['collectives'], *_WORDS['collectives_bare']))}{_END}(?! trưởng(?!\w)){_NO_VERB}"
# doanh nghiệp · sở (in "sở, ban, ngành"); not "giao ban, hội ý"
_BARE = (
    rf"(?!(?<=giao )ban)(?:{one_of(_WORDS['collectives_bare'])}{_END}"
    rf"|{one_of(_WORDS['collectives_in_series'])}(?=, {_COMMON}))"
)
# sở, ban, ngành, đoàn thể
_COMMON_LIST = rf"{_COMMON}{_TAIL}(?:(?:, | và |/| - ){_COMMON}{_TAIL}){{0,12}}"
# Thủ trưởng các sở, ban, ngành · Giám đốc: Sở Y tế · Bộ trưởng
_TITLED = (
    rf"(?:{_EACH} )?(?:{one_of(_WORDS['titles'])}:? (?:{_EACH} )?(?:{_NAMED}|{_COMMON_LIST})"
    rf"|{one_of(_WORDS['standalone_titles'])}{_END})"
)

_NAMES = ("singletons", "task_forces", "councils", "of_unit", "fielded", "organs")
_NOUNS = ("titles", "standalone_titles", "collectives", "collectives_bare", "collectives_in_series")


def _first_syllables() -> set[str]:
    """Return the syllables with which a body may open; common nouns with a capital or a small letter."""
    nouns = {word.split()[0] for kind in _NOUNS for word in _WORDS[kind]} | {
        "các", "những", "từng", "mỗi", "toàn"
    }  # fmt: skip
    names = {word.split()[0] for kind in _NAMES for word in _WORDS[kind]}
    return names | {first + noun[1:] for noun in nouns for first in {noun[0].lower(), noun[0].upper()}}


_FIRST = _first_syllables()
_LETTERS = "".join(sorted({syllable[0] for syllable in _FIRST}))
# A body that may open a list, as group "body". Nearly every word fails at its first syllable; so the pattern
# reads one letter, which lets the engine skip to such letters, and looks back from there.
OPENING = re.compile(
    rf"[{_LETTERS}](?<=(?<![\w/])(?=(?={exactly(_FIRST)}{_END})"
    rf"(?P<body>(?:{_TITLED}|(?:{_EACH} )?{_NAMED}|{_EACH} {_COMMON}|{_BARE}){_TAIL})).)"
)
# a further member of a list
FURTHER = re.compile(rf"(?:{_TITLED}|(?:{_EACH} )?(?:{_NAMED}|{_COMMON})){_TAIL}")
# after "và" only bare nouns go on with a list: "... và các cơ quan, doanh nghiệp, Thủ trưởng các đơn vị"
COMMON_ONLY = re.compile(
    rf"[Tt]hủ trưởng (?:{_EACH} )?{_COMMON_LIST}"
    rf"|(?!{exactly((*_WORDS['fielded'], *_WORDS['organs']))} [{UPPER}]){_COMMON}{_TAIL}"
)
SEPARATOR = re.compile(r", và |, | và | cùng với | cùng | ?/ ?| - (?=[^\W\d_])")
# cơ quan: alone, it names nobody
TOO_BARE = re.compile(one_of(_WORDS["too_bare"]))
# A; B; và C
SEMICOLON = re.compile(r" ?; (?:và )?")
