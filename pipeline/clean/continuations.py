"""Two neighbouring lines by their words alone: has the first ended, was something cut, does a sentence go on?

Whatever the layout: words that cannot end a sentence, small letters, numbers and syllables cut in two.
Imports ``lines``, ``syllables`` and ``lexicon``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from pipeline.clean.lines import has_marker, is_capitals
from pipeline.clean.syllables import is_syllable
from pipeline.lexicon import load

_TERMINAL: Final = tuple(".;:!?")
_CLOSERS: Final = ' ”")’»]'
# 06/CT-BCA-, TT-, 48-, 2020-: a hyphen that belongs to the word before it
_LAST_LETTERS: Final = re.compile(r"([^\W\d_]{1,9})-$")
_FIRST_LETTERS: Final = re.compile(r"[^\W\d_]+")
_OPEN_HYPHEN: Final = re.compile(r"[\w/][-\N{EN DASH}]$")
_OPEN_SLASH: Final = re.compile(r"\d/(?:[\w/-]{0,28}[/-])?$")
_NUMBER_TAIL: Final = re.compile(r"\d/{1,4}[\w-]{0,28}$|\b(?:NĐ|QĐ|TT|CT|NQ|KH|KL|TB|CV)$")
_HYPHEN_HEAD: Final = re.compile(r"[-/][A-ZĐ]")  # -CP ngày, /CT-TTg
_WANTS_NUMBER: Final = re.compile(r"(?:^|\s)(?:Số|SỐ|số):?$")
# Sơn La, ngày 18 tháng 11 năm / 2025
_WANTS_YEAR: Final = re.compile(r"tháng \d{1,2} năm$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?!\w)")
# 06/CT-BCA-V05, 22/01/2019: no paragraph begins with a document number or a date
_NUMBER_HEAD: Final = re.compile(r"\d{1,5}/(?:\d{4}/)?[A-ZĐ]|\d{1,2}/\d{1,2}/\d{4}")
_LONE_MARKER: Final = re.compile(r"[-+•]|\d{1,2}[.)]|[a-zđ]\)")
_LONE_WORD: Final = re.compile(r"Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC")
_LONGEST_LONE: Final = 6  # code points of a line that is such a marker or word


def is_lone_word(line: str) -> bool:
    """Tell whether the line is a word that wants a number: Điều, Chương.

    >>> is_lone_word("Điều"), is_lone_word("Điều 1")
    (True, False)
    """
    return _LONE_WORD.fullmatch(line) is not None


def is_ended(line: str) -> bool:
    """Tell whether the line ends as a paragraph may end.

    >>> is_ended("gửi báo cáo về Sở Y tế.”"), is_ended("gửi báo cáo về")
    (True, False)
    """
    return line.rstrip(_CLOSERS).endswith(_TERMINAL)


def case_changes(before: str, after: str) -> bool:
    """Tell whether one of the two lines is set in capitals and the other is not.

    >>> case_changes("KẾ HOẠCH", "Về tiêm chủng"), case_changes("KẾ HOẠCH", "TIÊM CHỦNG")
    (True, False)
    """
    return is_capitals(before) != is_capitals(after)


def cuts_syllable(before: str, after: str) -> bool:
    """Tell whether a typesetter's hyphen cut a syllable in two.

    >>> cuts_syllable("tổ chức thực hi-", "ện"), cuts_syllable("kinh tế nông-", "lâm")
    (True, False)
    """
    if before[-1] != "-" or not after[0].islower():
        return False
    head, tail = _LAST_LETTERS.search(before[-10:]), _FIRST_LETTERS.match(after)
    return head is not None and tail is not None and is_syllable(head[1] + tail[0])


def cuts_number(before: str, after: str) -> bool:
    """Tell whether a word or document number was cut at its hyphen or stroke.

    >>> cuts_number("Thông tư số 09/TT-", "BCA"), cuts_number("Giám đốc Sở Y tế", "BCA")
    (True, False)
    """
    if after[0].isalnum():
        return bool(_OPEN_HYPHEN.search(before[-2:])) or bool(_OPEN_SLASH.search(before[-30:]))
    return bool(_HYPHEN_HEAD.match(after)) and bool(_NUMBER_TAIL.search(before[-30:]))


def cuts_quotation(before: str, after: str) -> bool:
    """Tell whether a quotation that the first line opens is closed in the second.

    >>> cuts_quotation("phong trào “Xanh", "- Sạch - Đẹp”"), cuts_quotation("phong trào “Xanh”", "- Rà soát")
    (True, False)
    """
    return before.rfind("“") > before.rfind("”") and 0 < after.find("”") < (after.find("“") + 1 or len(after))


@lru_cache(maxsize=2048)
def goes_on(before: str, after: str) -> bool:
    """Tell whether the sentence of ``before`` certainly goes on in ``after``, whatever the layout.

    >>> goes_on("theo Nghị định của", "Chính phủ"), goes_on("Báo cáo kết quả.", "2. Tổ chức thực hiện")
    (True, False)
    """
    first = after.lstrip('“"(')[:1]
    if _WANTS_YEAR.search(before[-14:]) and _YEAR.match(after):
        return True
    if len(before) <= _LONGEST_LONE and is_lone_word(before):
        return first.isdigit()
    if has_marker(after) or before.endswith((":", "./.")):
        return bool(_WANTS_NUMBER.search(before[-6:])) and first.isdigit()
    if len(before) <= _LONGEST_LONE and _LONE_MARKER.fullmatch(before):
        return first.isupper() or first.isdigit()
    if first.islower():
        return not before.rstrip(_CLOSERS).endswith((".", "!", "?")) or before.endswith(("...", "…"))
    if before.endswith(","):
        return not case_changes(before, after) or first.isdigit()
    if _NUMBER_HEAD.match(after):
        return before[-1].islower()
    if before.endswith((" -", " –")):
        return True
    if before.endswith(_line_words("open_offices")) and after.startswith(_line_words("bodies_of_offices")):
        return True
    last = before.rsplit(" ", 1)[-1]
    return last in _open_words() and " " in before and not is_capitals(after)


@cache
def _open_words() -> frozenset[str]:
    return frozenset(load("line_words")["open_words"])


@cache
def _line_words(key: str) -> tuple[str, ...]:
    return tuple(load("line_words")[key])
