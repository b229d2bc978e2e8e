"""What bodies and lists of bodies look like in print, composed from ``lexicon/bodies.toml``.

An example line stands over each piece. Imports ``lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lexicon import load

_WORDS = load("bodies")
_ROLES = load("body_roles")

_UPPER = "".join(
    chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x1EFA)) if chr(code).isupper() and chr(code).isalpha()
)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of *words*, longest first, a capital or small first letter alike."""
    return "(?:" + "|".join(_either_case(word) for word in _by_length(words)) + ")"


def exactly(words: Iterable[str]) -> str:
    """Return a pattern for any of *words* as they are written, longest first."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in _by_length(words)) + ")"


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _either_case(word: str) -> str:
    first = word[0]
    if first.lower() == first.upper():
        return re.escape(word)
    return f"[{first.upper()}{first.lower()}]" + re.escape(word[1:]).replace(r"\ ", " ")


# *** Pieces ***

_END = r"(?!\w)"
# các · những · từng
QUANTIFIER = r"(?:[Cc]ác|[Nn]hững|[Tt]ừng|[Mm]ỗi|[Tt]oàn thể)"
# Phú Thọ · Bà Rịa - Vũng Tàu; not "Chủ trì", a task whose full stop before it was lost
_NAME_WORD = rf"(?!(?:{'|'.join(_ROLES['sentence_openers'])}){_END})[{_UPPER}][^\W_]*"
PLACE = rf"(?: {_NAME_WORD}){{1,4}}(?: - {_NAME_WORD}(?: {_NAME_WORD}){{0,2}})?"
# tỉnh Phú Thọ · thành phố
_UNIT = rf"{one_of(_WORDS['units'])}{_END}(?:{PLACE})?"
_LOOSE_UNIT = rf"(?:{one_of((*_WORDS['units'], *_WORDS['loose_units']))}{_END}(?:{PLACE})?)"
# các huyện, thị xã, thành phố · tỉnh · các đơn vị, địa phương · cấp xã
_UNITS = (
    rf"(?: (?:{QUANTIFIER} )(?:cấp )?{_LOOSE_UNIT}| (?:cấp )?{_UNIT})"
    rf"(?:(?:, | và |/| - )(?:{QUANTIFIER} )?{_LOOSE_UNIT}){{0,8}}"
)
_COUNCIL = exactly(_WORDS["councils"])
# thuộc UBND phường · trên địa bàn tỉnh
_WITHIN = (
    rf"(?: (?:trực )?thuộc (?:{_COUNCIL}|[Bb]ộ|[Ss]ở|[Tt]rung ương){_END}(?:{_UNITS}|{PLACE})?"
    rf"| (?:trên|tại) địa bàn(?: toàn)?(?:{_UNITS})?)"
)
_QUALIFIER = (
    rf"(?: {exactly(_WORDS['qualifiers'])}{_END}(?! đến)|{_WITHIN}| {_UNIT}"
    rf"|: {exactly(_WORDS['domains'])}{_END}(?:(?:, | và ){exactly(_WORDS['domains'])}{_END}){{0,9}})"
)
_TAIL = rf"(?:{_QUALIFIER}){{0,3}}"

# a name runs on to a verb or a mark: "Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc"
_STOP = one_of({*_ROLES["operative"], *_ROLES["name_ends"]} - set(_ROLES["inside_names"]))
_RUN_ON = (
    rf"(?:(?: [-–])? (?:{exactly(_ROLES['inside_phrases'])}{_END}|(?!{_STOP}{_END})[^\W\d_]+)){{0,12}}"
)

# *** Members of a list ***

# Sở Lao động - Thương binh và Xã hội tỉnh · Phòng Nội vụ
_FIELDED = rf"{exactly(_WORDS['fielded'])} {exactly(_WORDS['domains'])}{_END}(?:{_UNITS}|{PLACE})?"
# Cục Quản lý thị trường · Phòng Tham mưu · Đội 7
_ORGAN = rf"(?:{exactly(_WORDS['organs'])} [{_UPPER}][^\W_]*{_RUN_ON}|(?:Đội|Tổ|Phòng) \d{{1,2}}{_END})"
# Ban Chỉ đạo thực hiện hỗ trợ nhà ở
_TASK_FORCE = rf"{exactly(_WORDS['task_forces'])}{_RUN_ON}"
# UBND các huyện, thị xã, thành phố · Công an tỉnh
_BODY_OF_UNIT = (
    rf"(?:{_COUNCIL}{_END}(?:{_UNITS}|{PLACE}(?:{_UNITS})?)?"
    rf"|{exactly(_WORDS['of_unit'])}(?:{_UNITS}|{PLACE}))"
)
_SINGLE = rf"{exactly(_WORDS['singletons'])}{_END}"
_NAMED = rf"(?:{_SINGLE}|{_TASK_FORCE}|{_BODY_OF_UNIT}|{_FIELDED}|{_ORGAN})"
# "tổ chức" is also a verb: "tổ dân phố, tổ chức phổ biến"
_NO_VERB = r"(?:(?<!tổ chức)|(?=[,;.]| và | có liên quan| liên quan| khác| trên |$))"
_COMMON = rf"{one_of((*_WORDS['collectives'], *_WORDS['collectives_bare']))}{_END}{_NO_VERB}"
_BARE = rf"(?:{one_of(_WORDS['collectives_bare'])}{_END}|{one_of(_WORDS['collectives_in_series'])}(?=, {_COMMON}))"
# sở, ban, ngành, đoàn thể
_COMMON_LIST = rf"{_COMMON}{_TAIL}(?:(?:, | và |/| - ){_COMMON}{_TAIL}){{0,12}}"
# Thủ trưởng các sở, ban, ngành · Chủ tịch UBND tỉnh · Bộ trưởng
_TITLED = (
    rf"(?:{QUANTIFIER} )?(?:{one_of(_WORDS['titles'])} (?:{QUANTIFIER} )?(?:{_NAMED}|{_COMMON_LIST})"
    rf"|{one_of(_WORDS['standalone_titles'])}{_END})"
)

# a body that may open a list
OPENING = re.compile(
    rf"(?<![\w/])(?:{_TITLED}|(?:{QUANTIFIER} )?{_NAMED}|{QUANTIFIER} {_COMMON}|{_BARE}){_TAIL}"
)
# a further member of a list
FURTHER = re.compile(rf"(?:{_TITLED}|(?:{QUANTIFIER} )?(?:{_NAMED}|{_COMMON})){_TAIL}")
# after "và" only bare nouns go on with a list: "... và các cơ quan, doanh nghiệp, nhà trường"
COMMON_ONLY = re.compile(
    rf"(?!{exactly((*_WORDS['fielded'], *_WORDS['organs']))} [{_UPPER}]){_COMMON}{_TAIL}"
)
SEPARATOR = re.compile(r", và |, | và | cùng với | cùng |/| - (?=[^\W\d_])")

# *** What stands to the left of a list (matched at its end) ***

# Giao · yêu cầu · đề nghị: somebody is told
ORDERED = re.compile(r"(?<!\w)(?:[Gg]iao(?: cho| nhiệm vụ cho)?|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công(?: cho)?|[Ủủ]y quyền cho|[Cc]hỉ thị|[Gg]iao trách nhiệm cho) $")
# hoặc đề nghị · kiến nghị · đề xuất: an approach to a body above
APPROACHED = re.compile(
    r"(?<!\w)(?:(?:hoặc|và) đề nghị|[Đđ]ề nghị(?= cơ quan có thẩm quyền| cấp có thẩm quyền)|(?:[Kk]iến nghị|[Đđ]ề xuất)(?: với)?) $"
)
# Chỉ đạo, Trực tiếp chỉ đạo; not "chỉ đạo và hướng dẫn", "để chỉ đạo"
DIRECTED = re.compile(r"(?<!\w)(?<!để )(?:[Cc]hỉ đạo)(?:,? đôn đốc| các)? $")
# là nhiệm vụ thường xuyên của · trách nhiệm của
DUTY_OF = re.compile(r"(?<!\w)là (?:nhiệm vụ|trách nhiệm)(?: [^\W\d_]+){0,6} của $")
# phối hợp chặt chẽ với · liên hệ với
ALONGSIDE = re.compile(r"(?<!\w)(?:[Pp]hối hợp|[Tt]rao đổi|[Ll]iên hệ|[Pp]hối hợp công tác|[Ll]iên kết)(?: chặt chẽ| tốt| thường xuyên| đồng bộ| hiệu quả)?(?:,? (?:với|cùng với|cùng))? $")
# phối hợp trong bảo vệ chính trị nội bộ với
ALONGSIDE_IN = re.compile(r"(?<!\w)[Pp]hối hợp (?!giữa)[^;.:()]{1,160}?,? với $")
# Tăng cường công tác phối hợp giữa
BETWEEN = re.compile(r"(?:[Nn]âng cao|[Tt]ăng cường|[Đđ]ẩy mạnh|[Tt]hực hiện tốt|[Ll]àm tốt)(?: [^\W\d_]+,?){0,6} phối hợp(?: [^\W\d_]+){0,3} giữa $")
# báo cáo · gửi về · trình · chuyển
REPORTED = re.compile(
    r"(?<!\w)(?:(?:[Bb]áo cáo|[Gg]ửi|[Tt]rình|[Nn]ộp|[Cc]huyển)(?: kết quả| báo cáo| hồ sơ)?(?: gửi)?(?: về| đến| cho| lên| tới| với)?"
    r"|(?:[Bb]áo cáo|[Gg]ửi|[Nn]ộp|[Cc]huyển|[Tt]ổng hợp)[^;.:]{1,200}? (?:về|gửi|gửi về|lên)) $"
)
# (qua Cục ...
THROUGH = re.compile(r"(?:\(|, )?(?:thông )?qua(?: cơ quan thường trực là)? $")

# *** What stands to the right ***

# giữ vai trò nòng cốt · chủ trì · là cơ quan thường trực
_ASIDE = r"(?: \([^()]{1,150}\))?"
LEADS = re.compile(
    rf"{_ASIDE},? (?:có trách nhiệm |chịu trách nhiệm |tiếp tục |được giao )?(?:chủ trì|(?:giữ|đóng|phát huy) vai trò"
    r" (?:nòng cốt|chủ trì)|làm nòng cốt|là nòng cốt|chịu trách nhiệm chính"
    r"|(?:là|làm) (?:cơ quan |đơn vị |lực lượng )?(?:thường trực|chủ trì|đầu mối|nòng cốt))"
)
# thẩm định và xác định nguồn kinh phí · có liên quan đến nhiệm vụ nêu tại Chỉ thị này xây dựng
ACTS = re.compile(
    rf"{_ASIDE}(?: (?:có liên quan|liên quan|được giao|nêu|nơi) [^,;.:\n]{{1,80}}?)?,?"
    rf" (?:phải |cần |sẽ )?{one_of(_ROLES['operative'])}{_END}"
)
# Căn cứ Chỉ thị này, · Hằng năm · trong đó: the words that may stand before the subject of a clause
OPENS = re.compile(
    r"[\s”\"(*•+–-]*(?:(?:[Cc]ăn cứ|[Tt]rên cơ sở|[Tt]heo|[Tt]rong|[Đđ]ịnh kỳ|[Hh]ằng|[Hh]àng|[Đđ]ể|[Nn]goài|[Tt]ùy|[Ss]au khi|[Kk]hi|[Tt]rước"
    r"|[Đđ]ối với|[Tt]rường hợp|[Nn]hằm|[Ss]au|[Tt]ừ|[Đđ]ến|[Nn]ăm|[Qq]uý|[Tt]háng|[Cc]hậm nhất|[Nn]gay|[Nn]ếu)(?:[^;:.\n]|\.(?! )){1,300}(?:, | thì )"
    r"|(?:[Đđ]ịnh kỳ )?(?:[Hh]ằng|[Hh]àng) (?:năm|quý|tháng|tuần),? |[Tt]rong đó,? |[Đđ]ồng thời,? |[Gg]iao )?"
)
# phối hợp giữa lực lượng Công an với
BETWEEN_PARTNER = re.compile(r"(?:[Nn]âng cao|[Tt]ăng cường|[Đđ]ẩy mạnh)[^;.:]{0,60} phối hợp [^;.:]{0,20}giữa [^;.:]{1,200}?,? (?:với|và) $")
# đã phối hợp với
PAST = re.compile(r"(?<!\w)(?:đã|đều|từng)(?!\w)(?! được)")
# Trách nhiệm của · Đối với · Đề nghị
HEADING_OPENS = re.compile(r"(?:(?:[Tt]rách nhiệm|[Nn]hiệm vụ) của |[Đđ]ối với |[Đđ]ề nghị |[Gg]iao |[Yy]êu cầu |[Vv]ề phía )?")
HEADING_CLOSES = re.compile(r"[\s.:;…)]*")
# Trên cơ sở đề nghị của: what follows belongs to the opening words, but for its last member
OPENING_OF = re.compile(r"[\s•+–-]*(?:[Tt]rên cơ sở|[Tt]heo|[Cc]ăn cứ|[Ss]au khi)[^,;:.\n]{1,120} (?:của|từ|do) ")
# Là cơ quan chủ trì
LEADS_ABOVE = re.compile(r"Là (?:cơ quan|đơn vị|lực lượng) (?:chủ trì|đầu mối|nòng cốt)")
# A; B; và C
SEMICOLON = re.compile(r" ?; (?:và )?")
# về Bộ Xây dựng là cơ quan chủ trì
IS_LEAD = re.compile(r" (?:là|làm) (?:cơ quan |đơn vị |lực lượng )?(?:thường trực|chủ trì|đầu mối|nòng cốt)")
