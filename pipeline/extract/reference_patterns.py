"""Patterns of references: what a number, a date, an issuing body and the name of a law look like.

Atoms are composed into a few patterns that `pipeline.extract.references` tries in turn at each place where
a word for an instrument stands. None crosses a line break; every repetition is bounded, so that a hostile
text costs no more than a real one. Words come from
``lexicon/{document_types,issuers,laws,reference_cues}.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.clean.charset import UPPER
from pipeline.lexicon import load

# --- atoms ---------------------------------------------------------------------------------------

SPACE = "[ \N{NO-BREAK SPACE}\t]"
GAP = f"{SPACE}{{1,3}}"  # between two words
MAYBE = f"{SPACE}{{0,2}}"  # where a tokeniser or a scan may have put one
COMMA = f"{MAYBE},{GAP}"
_DASH = "[\\-\N{EN DASH}\N{NON-BREAKING HYPHEN}]"
_SLASH_OR_DASH = "[/\\-\N{EN DASH}\N{NON-BREAKING HYPHEN}]"
_TONE_STYLES = {"ủy": "(?:ủy|uỷ)", "óa": "(?:óa|oá)", "òa": "(?:òa|oà)", "ủa": "(?:ủa|uả)", "úy": "(?:úy|uý)"}


def flexible(words: str) -> str:
    """Return a pattern for *words* that bears tokenised spaces, both dashes and both styles of tone marks.

    >>> bool(re.fullmatch(flexible("Bộ Văn hóa, Thể thao và Du lịch"), "Bộ Văn hoá , Thể thao và Du lịch"))
    True
    """
    pattern = re.escape(words).replace("\\ \\-\\ ", f"{MAYBE}{_DASH}{MAYBE}").replace(",\\ ", COMMA)
    pattern = pattern.replace("\\ ", GAP).replace("\\(", f"\\({MAYBE}").replace("\\)", f"{MAYBE}\\)")
    for old, both in _TONE_STYLES.items():
        pattern = pattern.replace(old, both)
    return pattern


def alternatives(words: Iterable[str]) -> str:
    """Return a group that matches the longest of *words* that fits."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(flexible(word) for word in longest_first) + ")"


# --- numbers and symbols (số, ký hiệu) -----------------------------------------------------------

# 06 · 30a · 08.a · 9999TC, and 1 18/2021/ where a scan has split the serial
_LEAD = r"(?:\d{1,3} (?=\d{1,3}/\d{4}/))?\d{1,6}(?:\.?[A-Za-zĐđ]{1,6}(?![^\W\d_]))?"
_YEAR = rf"{MAYBE}{_SLASH_OR_DASH}{MAYBE}\d{{2,4}}(?!\d)"  # /2013; a scan may lose a digit
_SYMBOL = r"[^\W\d_](?:(?!ngày)[^\W_]){0,20}(?:[&.][^\W\d_][^\W_]{0,10}){0,2}"  # NĐ, V28, QLN&CS, QLNS.ĐP
_SPACED_SYMBOL = r"[A-ZĐƯ][A-ZĐƯ0-9&]{0,15}(?:[a-z]|[a-z]Đ)?(?![^\W_])"  # NĐ, TTg, CTr
_PART = f"(?:{_SLASH_OR_DASH}{_SYMBOL}|{MAYBE}{_SLASH_OR_DASH}{MAYBE}{_SPACED_SYMBOL})"
_OLD_STYLE = rf"\d{{1,5}}[A-Za-z]?{GAP}[A-ZĐ]{{2,6}}/[A-ZĐ]{{2,8}}"  # 53 TCTK/PPCĐ

# 06/CT-BCA-V05 · 09-CT/TW · 22/2013/QĐ-TTg · 28/NQ/TW · 29/2018/QH14 · 204 / 2004 / NĐ - CP
NUMBER = (
    rf"(?:{_LEAD}(?:{_YEAR})?{_PART}{{1,6}}(?:{GAP}[A-ZĐ]{{2,8}}(?=(?:{MAYBE},)?{MAYBE}ngày))?|{_OLD_STYLE})"
    r"(?:(?![^\W_])|(?=ngày))"
)
# 07 · 30a, and no more of a number after it
SHORT_NUMBER = rf"\d{{1,5}}[a-zA-Z]?(?![^\W_]|%|[.,]\d|{MAYBE}{_SLASH_OR_DASH}{MAYBE}[^\W_])"
NUMBER_WORD = "(?:[sS][ốôổồộỗoóòeéê]|SỐ)"  # and what scans make of it

# Công điện [hỏa tốc] số, Số [:] 06
_URGENCY = f"(?:{GAP}{alternatives(load('reference_cues')['urgency'])})?"
BEFORE_NUMBER = f"{_URGENCY}{MAYBE}:?{MAYBE}"

# --- dates ---------------------------------------------------------------------------------------

_NUMERIC = (
    rf"(?P<d1>\d{{1,2}}){MAYBE}[/.\-]{MAYBE}(?P<m1>\d{{1,2}}){MAYBE}[/.\-]{MAYBE}(?P<y1>\d{{4}}|\d\d(?! ?\d))"
)
_SPELT = rf"(?P<d2>\d{{1,2}}){MAYBE}tháng{MAYBE}(?P<m2>\d{{1,2}}){MAYBE}n[ăáâ]m{MAYBE}(?P<y2>\d{{4}})"
# , ngày 15/8/2014 · ngày 14 tháng 12 năm 2004 · NGÀY 26 THÁNG 4 NĂM 2013 · ban hành ngày 15.8.2014
DATE = (
    rf"(?i:{MAYBE},)?{MAYBE}(?i:(?:được{GAP})?(?:ký{GAP})?(?:ban{GAP}hành{GAP})?ngày{MAYBE}"
    rf"(?:{_NUMERIC}|{_SPELT}))(?!\d)"
)

# --- words for instruments -----------------------------------------------------------------------


@cache
def instrument_words() -> dict[str, str]:
    """Return every word for an instrument in small letters, and the word as tables hold it."""
    return {entry["word"]: entry["word"].capitalize() for entry in load("document_types")["type"]}


@cache
def abbreviations() -> dict[str, str]:
    """Return the abbreviations of instruments (``"NĐ"``) and the words for them as tables hold them."""
    words: dict[str, str] = {}
    for entry in load("document_types")["type"]:
        for symbol in entry["symbols"]:
            words.setdefault(symbol, entry["word"].capitalize())
    return words


def _casings(word: str) -> list[str]:
    # Nghị định, Nghị Định, NGHỊ ĐỊNH, and Thông tư Liên tịch
    return [word.capitalize(), word.title(), word.upper(), word.capitalize().replace(" liên", " Liên")]


@cache
def law_words() -> frozenset[str]:
    """Return the words, in small letters, for instruments that are also cited by name alone."""
    return frozenset(entry["word"] for entry in load("document_types")["type"] if entry.get("law"))


@cache
def anchor_pattern() -> re.Pattern[str]:
    """Return the pattern of the words at which a reference may start.

    A law in capitals may stand alone; another word in capitals needs a number, an issuer or "thực hiện" after
    it; one in small letters, or an abbreviation (NĐ 06/2013/NĐ-CP), a number. Words are grouped by first
    letter, so that the engine skips to those letters and tries few words at each.
    """
    number = rf"(?:{NUMBER_WORD}{MAYBE}:?{MAYBE})?\d"
    needed = rf"(?={BEFORE_NUMBER}(?:{NUMBER_WORD}|\d|(?i:của|(?:triển khai )?thực hiện)))"
    endings = dict.fromkeys(instrument_words(), rf"(?={BEFORE_NUMBER}{number})")
    endings |= {case: needed for word in instrument_words() for case in _casings(word)}
    endings |= {case: "(?![^\\W_])" for word in law_words() for case in _casings(word)}
    endings |= dict.fromkeys(abbreviations(), rf"(?={GAP}{number})")
    return re.compile(_by_first_letter(endings))


def _by_first_letter(endings: dict[str, str]) -> str:
    """Return a pattern of the words, each with its ending; longer words are tried first."""
    groups: dict[str, dict[str, list[str]]] = {}
    for word in sorted(endings, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], {}).setdefault(endings[word], []).append(word[1:])
    return "|".join(
        letter + "(?:" + "|".join(alternatives(rests) + ending for ending, rests in by_ending.items()) + ")"
        for letter, by_ending in sorted(groups.items())
    )


# --- issuing bodies ------------------------------------------------------------------------------

_TERM = rf"(?:{MAYBE},)?{GAP}\(?(?i:khóa|khoá){GAP}(?i:[IVXLC]{{1,6}})\)?"  # khóa XI, (Khóa XIII)
_PLACE_WORDS = "tỉnh|thành phố|TP\\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|Thành phố|Tỉnh"


@cache
def issuer_pattern() -> re.Pattern[str]:
    """Return the pattern of a body that issues instruments, to be matched where its name starts."""
    words = load("issuers")
    forms = [
        _party(words["party"]),
        _offices(words["ministry"], words["body"]),
        f"(?i:{alternatives(_names(words['body']) + _names(words['ministry']))})",
        _local(words["local"], words["ends"]["words"]),
        _unit(words["units"]["heads"], words["ends"]["words"]),
    ]
    return re.compile("(?:" + "|".join(forms) + r")(?![^\W_])")


def _names(entries: list[dict[str, Any]]) -> list[str]:
    return [name for entry in entries for name in (entry["name"], *entry.get("aliases", ()))]


def _party(entries: list[dict[str, Any]]) -> str:
    # Hội nghị lần thứ VIII Ban Chấp hành Trung ương khóa XI · Ban Chấp hành Trung ương Đảng (Khóa XIII)
    organ = alternatives(_names(entries))
    term = rf"(?:{GAP}trung{GAP}ương)?(?:{GAP}lần{GAP}thứ)?{GAP}\w{{1,8}}"
    meeting = rf"hội{GAP}nghị{term}(?:{MAYBE},)?{GAP}(?:của{GAP})?"
    return rf"(?i:(?:{meeting})?{organ})(?:{_TERM})?"


def _offices(ministries: list[dict[str, Any]], bodies: list[dict[str, Any]]) -> str:
    # Bộ trưởng Bộ Công an · Thống đốc Ngân hàng Nhà nước Việt Nam · Tổng Thanh tra Chính phủ
    offices = [
        f"{entry['office']} {name}" for entry in bodies if "office" in entry for name in _names([entry])
    ]
    ministers = rf"(?:bộ|thứ){GAP}trưởng{GAP}{alternatives(_names(ministries))}"
    return f"(?i:{ministers}|{alternatives(offices)})"


def _local(entries: list[dict[str, Any]], ends: list[str]) -> str:
    # UBND tỉnh · Chủ tịch Ủy ban nhân dân thành phố Hồ Chí Minh · Tỉnh ủy · HĐND các huyện
    heads = alternatives(entry["head"] for entry in entries)
    proper = _proper_name(ends)
    return rf"(?i:{heads})(?:{GAP}(?i:các{GAP})?(?i:{_PLACE_WORDS})(?![^\W_]))?(?:{proper})?"


def _proper_name(ends: list[str]) -> str:
    # Bà Rịa - Vũng Tàu; in a text all in capitals the words that end a name end it too
    stop = f"(?!(?i:{alternatives([*ends, 'và'])})(?![^\\W_]))"
    return rf"(?:{GAP}{stop}[{UPPER}][^\W_]*(?:{GAP}{_DASH}(?={GAP}[{UPPER}]))?){{1,5}}"


def _unit(heads: list[str], ends: list[str]) -> str:
    # Sở Lao động - Thương binh và Xã hội tỉnh Hậu Giang · Cục Thuế thành phố Hà Nội · Bộ
    stop = f"(?!(?i:{alternatives(ends)})(?![^\\W_]))"
    again = f"(?!{alternatives(heads)}(?![^\\W_]))"
    joined = rf"(?:(?:{MAYBE},)?{GAP}và{GAP}(?=[{UPPER}]){again}|{GAP}{_DASH}{GAP}|{GAP})"
    word = rf"{joined}(?!(?i:và)(?![^\W_])){stop}(?:TP\.|[^\W\d_]+)"
    return rf"{alternatives(heads)}(?:{word}){{0,12}}"


# --- names of laws -------------------------------------------------------------------------------


@cache
def law_name_pattern(kind: str) -> re.Pattern[str]:
    """Return the pattern of the known names of *kind*: "law", "code", "ordinance" or "constitution"."""
    return re.compile(rf"(?i:{GAP}{alternatives(load('laws')[kind]['names'])})(?![^\W_])")


_NAME_STOP = alternatives([*load("issuers")["ends"]["words"], *load("reference_cues")["law_name"]["stops"]])
# Luật + a capital: Giao thông đường thủy, Phòng, chống ma túy, Hôn nhân và gia đình
UNKNOWN_LAW_NAME = re.compile(
    rf"{GAP}(?!(?i:{_NAME_STOP})(?![^\W_]))[{UPPER}][^\W\d_]*"
    rf"(?:(?:{COMMA}(?=chống|chữa|khen|chữa|xử|cư|xuất)|{GAP}và{GAP}(?=[^\W\d_])|{GAP})"
    rf"(?!(?i:{_NAME_STOP}|và)(?![^\W_]))[^\W\d_]+){{0,11}}"
)
# an ordinance's name may start small: Pháp lệnh ưu đãi người có công
SMALL_LAW_NAME = re.compile(UNKNOWN_LAW_NAME.pattern.replace(f"[{UPPER}]", r"[^\W\d_]", 1))
# a name that only its number or date ends: Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày ...
_NAME_END = rf"{GAP}(?i:{NUMBER_WORD}{MAYBE}:?{MAYBE}\d|ngày{GAP}\d|năm{GAP}\d{{4}})"
ENDED_LAW_NAME = re.compile(rf"{GAP}[^\W\d_][^\n;.:()“”\"\d]{{1,150}}?(?={_NAME_END})")
# ... but not over the start of another clause or instrument
NOT_IN_LAW_NAME = re.compile(
    rf"(?<![^\W_]){alternatives(load('reference_cues')['law_name']['breaks'])}(?![^\W_])"
)
# Luật [sửa đổi, bổ sung một số điều của Luật] Thú y; scans garble the tones of both verbs
AMENDING = re.compile(
    rf"{GAP}(?i:s[ửứừưu]a{GAP}đ[ổốồôòóo]i)(?:{MAYBE},)?{GAP}(?i:b[^\W\d_]{{1,2}}{GAP}sung)"
    rf"(?:{GAP}(?i:một{GAP}số{GAP}điều))?(?:{GAP}(?i:của))?(?:{GAP}(?i:các))?"
    rf"{GAP}(?P<inner>(?i:bộ{GAP}luật|luật|pháp{GAP}lệnh|hiến{GAP}pháp))(?![^\W_])"
)
LAW_YEAR = re.compile(rf"{GAP}(?:(?i:năm){GAP})?(?:19|20)\d\d(?![^\W_]|{MAYBE}[/\-])")
LAW_PARENTHESIS = re.compile(
    rf"{GAP}\({MAYBE}(?:(?:Luật|Bộ luật|Pháp lệnh){GAP})?(?:{NUMBER_WORD}{MAYBE})?"
    rf"(?P<number>{NUMBER}){MAYBE}\)"
)
