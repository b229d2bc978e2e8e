"""What is taken out of a text before it is compared: citations, quoted titles, bodies, dates.

Whoever localises a directive swaps these, so they say nothing of whether the task is the same. Imports
`lexicon` alone. Every pattern is tried only where its first letter stands and repeats within bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeAlias

from pipeline import lexicon

_Tree: TypeAlias = dict[str, "_Tree"]

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # capitals of Vietnamese
_NAME = rf"[{_UPPER}][^\W\d_]*"
_DATE = r"ngày\s{1,3}\d{1,2}\s?(?:/|tháng)\s?\d{1,2}(?:\s?(?:/|năm)\s?\d{4})?"

# “Tăng cường sự lãnh đạo của Đảng đối với công tác ...”: a title, not a slogan, where it is long
_QUOTED_TITLE = re.compile(r"[“\"][^“”\"]{40,400}[”\"]")

# ngày 15/8/2014; ngày 26 tháng 4 năm 2013; 15/11; năm 2025; ngày ký ban hành
_DATES = re.compile(
    rf"\b(?:{_DATE}|năm\s\d{{4}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?|ngày\ský(?:\sban\shành)?)\b", re.IGNORECASE
)

# (trước) ngày (Quyết định này) có hiệu lực thi hành: a date, not a provision on force
_DAY_OF_FORCE = re.compile(r"\b(?:ngày|thời điểm)\s{1,9}có hiệu lực(?:\sthi hành)?\b")

# có hiệu lực (thi hành): two dresses of one phrase
_IN_FORCE = re.compile(r"(?<=hiệu lực)\sthi hành\b")

# Ban hành kèm theo (Quyết định này)
_ENACTING = re.compile(r"\b[Bb]an hành kèm theo\b")

# Trên đây là (Kế hoạch) ..., a document that speaks of itself at its end
_CLOSING = re.compile(r"\bTrên đây là\s[^.,;]{0,400}")

# Các Bộ trưởng, Chủ tịch ... (chịu trách nhiệm thi hành Quyết định này)
_EXECUTION = "trách nhiệm thi hành"

# (các điều kiện) sau: như sau: bao gồm: the words that hand over to a list
_HANDOVER = re.compile(r"\b(?:(?:bao\s)?gồm|(?:(?:như|theo)\s)?sau(?:\sđây)?)\s?:")
_LONGEST_HANDOVER = 14  # "theo sau đây :"

# khoản 1 Điều 4; Điều 3 và Điều 5: places in a document; (sau đây gọi tắt là ...): a definition
_PLACES = re.compile(
    r"\b(?:[Kk]hoản|[Đđ]iều|[Mm]ục)\s\d{1,3}\b|\b[Đđ]iểm\s[a-zđ]\b|\(sau đây (?:gọi|viết)[^()]{0,120}\)"
)


def mask(text: str) -> str:
    """Return *text* with everything that localising swaps replaced by a space.

    Taken out, in this order: quoted titles of 40 letters or more; what every document of the genre says of
    itself ("Trên đây là ...", who is to execute it, what hands over to a list); citations by number; mentions
    of the document itself ("Kế hoạch này"); names of bodies and how they work together ("chủ trì, phối hợp
    với"); dates; places in documents ("khoản 1 Điều 4") and definitions of short names. Offsets are not kept.

    >>> mask("Kiểm tra theo Nghị định số 06/2013/NĐ-CP ngày 09/01/2013.")
    'Kiểm tra theo  .'
    >>> mask("Chủ trì, phối hợp với Sở Y tế kiểm tra")
    '    kiểm tra'
    >>> mask("báo cáo Sở Xây dựng trước ngày 15/11 hằng năm")
    'báo cáo   trước   hằng năm'
    """
    text = _QUOTED_TITLE.sub(" ", text)
    text = _HANDOVER.sub(":", _without_executors(_CLOSING.sub(" ", text)))
    text = _citation().sub(" ", text)
    text = _ENACTING.sub(" ", _IN_FORCE.sub(" ", _DAY_OF_FORCE.sub(" ", text)))
    text = _body().sub(" ", text)
    text = _partnership().sub(" ", text)
    text = _DATES.sub(" ", text)
    return _PLACES.sub(" ", text)


def hands_over(text: str) -> bool:
    """Return whether *text* ends in words that hand over to a list.

    >>> hands_over("Hộ được hỗ trợ phải có đủ các điều kiện sau:"), hands_over("Sở Xây dựng:")
    (True, False)
    """
    return text.endswith(":") and _HANDOVER.search(text, max(0, len(text) - _LONGEST_HANDOVER)) is not None


def body_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where *text* names a body, as half-open offsets.

    >>> list(body_spans("báo cáo Sở Xây dựng trước ngày 15/11"))
    [(8, 19)]
    """
    return (found.span() for found in _body().finditer(text))


def _without_executors(text: str) -> str:
    """Return *text* without those who are to execute a document: every level lists its own.

    >>> _without_executors("Chánh Văn phòng, Giám đốc các Sở chịu trách nhiệm thi hành Quyết định này.")
    ' trách nhiệm thi hành Quyết định này.'
    """
    place = text.find(_EXECUTION)
    if place < 0:
        return text
    start = max(text.rfind(stop, 0, place) for stop in (". ", "; ")) + 1
    return f"{text[:start]} {text[place:]}"


@cache
def _citation() -> re.Pattern[str]:
    words = lexicon.load("terms")
    kinds = _any_case(words["instruments"])
    # Chỉ thị số 07/CT-BCA-V28 ngày 15/8/2014
    numbered = rf"(?:số\s{{1,3}})?\d[^\s,;)]*(?:[,\s]{{1,3}}{_DATE})?"
    # Quyết định này
    itself = r"(?:này|nêu\strên|trên)\b"
    # Nghị định (của Chính phủ)
    unnumbered = rf"{_any_case(words['norms'])}(?=\scủa\s[{_UPPER}])"
    return re.compile(rf"\b(?:{kinds}\s{{1,3}}(?:{numbered}|{itself})|{unnumbered})")


@cache
def _partnership() -> re.Pattern[str]:
    # chủ trì, phối hợp với (Sở Tài chính): who works with whom, whatever the duty
    return re.compile(rf"\b{_any_case(lexicon.load('terms')['partnerships'])}\b")


@cache
def _body() -> re.Pattern[str]:
    words = lexicon.load("bodies")
    unit = _alternatives([*words["units"], *words["qualifiers"]])
    # the next body of a list is not part of this one's name: (Sở Y tế và) Ủy ban nhân dân
    first = _alternatives(word.split()[0] for word in words["councils"] if " " in word)
    name = rf"(?:{_alternatives(words['domains'])}|(?!{first}\s){_NAME})"
    # (UBND) tỉnh Hưng Yên; (Công an) các tỉnh, thành phố trực thuộc Trung ương
    tail = rf"(?:,?\s(?:các\s)?{unit}\b|\s(?:(?:và|-)\s)?(?:{unit}\b|{name})){{0,8}}"
    council = rf"{_any_case(words['councils'])}\b{tail}"
    # Sở Lao động - Thương binh và Xã hội; Phòng Tham mưu
    organ = rf"{_alternatives(words['organs'])}\s{name}{tail}"
    # Lao động - Thương binh và Xã hội, where a list leaves "Bộ" or "Sở" out
    field = rf"{_alternatives(word for word in words['domains'] if ' và ' in word)}\b"
    single = rf"{_alternatives(words['singletons'])}\b"
    # Giám đốc (Sở ...); Chủ tịch (UBND ...)
    office = rf"(?:{_any_case(words['titles'])}\s)?"
    return re.compile(rf"\b{office}(?:{single}|{council}|{organ}|{field})")


def _alternatives(words: Iterable[str]) -> str:
    """Return a group that matches any of *words*, the longest that fits; a space is any one white space.

    Words that begin alike share their beginning in the pattern, so that each letter of a text is tried once.

    >>> _alternatives(["bộ", "ban", "ban Đảng"])
    '(?:b(?:an(?:\\\\sĐảng)?|ộ))'
    """
    tree: _Tree = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _pattern(tree)


def _pattern(tree: _Tree) -> str:
    branches = [_chain(letter, branch) for letter, branch in sorted(tree.items()) if letter]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in tree else ''}"


def _chain(letter: str, branch: _Tree) -> str:
    """Return the pattern of *letter* and what follows it, single file where nothing forks."""
    written = ""
    while True:
        written += r"\s" if letter == " " else re.escape(letter)
        if len(branch) != 1 or "" in branch:
            return written + _pattern(branch)
        letter, branch = next(iter(branch.items()))


def _any_case(words: Iterable[str]) -> str:
    """Return `_alternatives` of *words* with the first letter of each in either case."""
    listed = list(words)
    return _alternatives(form for word in listed for form in (word, word[0].upper() + word[1:]))
