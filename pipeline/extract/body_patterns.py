"""What bodies and lists of bodies look like in print, composed from ``lexicon/bodies.toml``.

An example line stands over each piece. Imports ``lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lexicon import load

_WORDS = load("bodies")
_ROLES = load("body_roles")


def exactly(words: Iterable[str]) -> str:
    """Return a pattern for any of *words* as they are written, longest first.

    >>> re.fullmatch(exactly(["Văn hóa - Xã hội"]), "Văn hóa-Xã hội") is not None
    True
    """
    return "(?:" + "|".join(_escaped(word) for word in _by_length(words)) + ")"


def one_of(words: Iterable[str]) -> str:
    """Return the same with a capital or a small first letter alike.

    >>> re.fullmatch(one_of(["cơ quan"]), "Cơ quan") is not None
    True
    """
    return "(?:" + "|".join(_either_case(word) for word in _by_length(words)) + ")"


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _escaped(word: str) -> str:
    """Spaces around a dash come and go in print, and so does the kind of dash."""
    return re.escape(word).replace(r"\ \-\ ", " ?[-–] ?").replace(r"\ ", " ")


def _either_case(word: str) -> str:
    first = word[0]
    return f"[{first.upper()}{first.lower()}]{_escaped(word[1:])}"


# *** Pieces ***

_UPPER = "".join(filter(str.isupper, map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1EFA)))))
_END = r"(?!\w)"
# các · những · từng
_EACH = r"(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ỗi|[Tt]oàn thể)"
_OPERATIVE = exactly(_ROLES["operative"])
# Phú, but neither "Chủ trì" (a task whose full stop was lost) nor "Tỉnh ủy"
_TASK_OPENS = exactly(word.capitalize() for word in _ROLES["operative"])
_NAME_WORD = rf"(?!{_TASK_OPENS}{_END}|(?:Tỉnh|Thành|Huyện|Quận|Đảng) [uủ])[{_UPPER}][^\W_]*"
# Phú Thọ · Bà Rịa - Vũng Tàu
_PLACE = rf"(?: {_NAME_WORD}){{1,4}}(?: - {_NAME_WORD}(?: {_NAME_WORD}){{0,2}})?"
# tỉnh Phú Thọ · thành phố
_UNIT = rf"{exactly(_WORDS['units'])}{_END}(?:{_PLACE})?"
_LOOSE_UNIT = rf"(?:{exactly((*_WORDS['units'], *_WORDS['loose_units']))}{_END}(?:{_PLACE})?)"
# các huyện, thị xã, thành phố · tỉnh · các đơn vị, địa phương · cấp xã
_UNITS = (
    rf"(?: (?:{_EACH} )(?:cấp )?{_LOOSE_UNIT}| (?:cấp )?{_UNIT})"
    rf"(?:(?:, | và |/| - )(?:{_EACH} )?{_LOOSE_UNIT}){{0,8}}"
)
_COUNCIL = exactly(_WORDS["councils"])
_DOMAIN = rf"{exactly(_WORDS['domains'])}{_END}"
# thuộc UBND phường · trên địa bàn tỉnh
_WITHIN = (
    rf"(?: (?:trực )?thuộc (?:{_COUNCIL}{_END}(?:{_UNITS}|{_PLACE})?|(?:[Bb]ộ|[Ss]ở)(?: {_DOMAIN})?{_END})"
    rf"| (?:trên|tại) địa bàn(?: toàn)?(?:{_UNITS})?)"
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
    further = rf"{phrase}{_END}|và(?! {_HEAD}{_END})(?= [{_UPPER}])|(?!(?:và|{stop}){_END})[^\W\d_]+"
    return rf"(?:(?: [-–])? (?:{further})){{0,12}}"


# *** Members of a list ***

# Sở Lao động - Thương binh và Xã hội tỉnh · Phòng Nội vụ
_FIELDED = rf"{exactly(_WORDS['fielded'])} {_DOMAIN}(?:{_UNITS}|{_PLACE})?"
# Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc · Phòng Tham mưu · Đội 7
_ORGAN = (
    rf"(?:{exactly(_WORDS['organs'])} [{_UPPER}][^\W_]*{_run_on(_ROLES['inside_names'])}"
    rf"|(?:Đội|Tổ|Phòng) \d{{1,2}}{_END})"
)
# Ban Chỉ đạo thực hiện hỗ trợ nhà ở
_TASK_FORCE = rf"{exactly(_WORDS['task_forces'])}{_END}{_run_on(_ROLES['inside_task_forces'])}"
# UBND các huyện, thị xã, thành phố · Công an tỉnh · Thuế tỉnh
_BODY_OF_UNIT = (
    rf"(?:{_COUNCIL}{_END}(?:{_UNITS}|{_PLACE}(?:{_UNITS})?)?"
    rf"|{exactly(_WORDS['of_unit'])}(?:{_UNITS}|{_PLACE}))"
)
_NAMED = rf"(?:{exactly(_WORDS['singletons'])}{_END}|{_TASK_FORCE}|{_BODY_OF_UNIT}|{_FIELDED}|{_ORGAN})"
# "tổ chức" is also a verb: "tổ dân phố, tổ chức phổ biến", but not in "cơ quan, tổ chức"
_NO_VERB = r"(?:(?<!tổ chức)|(?<=cơ quan, tổ chức)|(?=[,;.]| và | có liên quan| liên quan| khác| trên |$))"
_COMMON = rf"{one_of((*_WORDS['collectives'], *_WORDS['collectives_bare']))}{_END}{_NO_VERB}"
# doanh nghiệp · sở (in "sở, ban, ngành")
_BARE = (
    rf"(?:{one_of(_WORDS['collectives_bare'])}{_END}"
    rf"|{one_of(_WORDS['collectives_in_series'])}(?=, {_COMMON}))"
)
# sở, ban, ngành, đoàn thể
_COMMON_LIST = rf"{_COMMON}{_TAIL}(?:(?:, | và |/| - ){_COMMON}{_TAIL}){{0,12}}"
# Thủ trưởng các sở, ban, ngành · Chủ tịch UBND tỉnh · Bộ trưởng
_TITLED = (
    rf"(?:{_EACH} )?(?:{one_of(_WORDS['titles'])} (?:{_EACH} )?(?:{_NAMED}|{_COMMON_LIST})"
    rf"|{one_of(_WORDS['standalone_titles'])}{_END})"
)

# a body that may open a list
OPENING = re.compile(rf"(?<![\w/])(?:{_TITLED}|(?:{_EACH} )?{_NAMED}|{_EACH} {_COMMON}|{_BARE}){_TAIL}")
# a further member of a list
FURTHER = re.compile(rf"(?:{_TITLED}|(?:{_EACH} )?(?:{_NAMED}|{_COMMON})){_TAIL}")
# after "và" only bare nouns go on with a list: "... và các cơ quan, doanh nghiệp, nhà trường"
COMMON_ONLY = re.compile(
    rf"(?!{exactly((*_WORDS['fielded'], *_WORDS['organs']))} [{_UPPER}]){_COMMON}{_TAIL}"
)
SEPARATOR = re.compile(r", và |, | và | cùng với | cùng | ?/ ?| - (?=[^\W\d_])")
# cơ quan: alone, it names nobody
TOO_BARE = re.compile(one_of(_WORDS["too_bare"]))
# A; B; và C
SEMICOLON = re.compile(r" ?; (?:và )?")
