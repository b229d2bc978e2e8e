"""Recipients (nơi nhận) and signature (chữ ký): where they begin, and what they say.

A signature may stand after the recipients, before them, or, where a scan was read across two columns, in the
same lines. Imports ``lines`` and ``lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.lexicon import load
from pipeline.records import Closing
from pipeline.segment.lines import CELL_SEPARATOR, Line, fold, is_capitals

# "Nơi nhận:", "Noi nhận", "Nơi gửi:"; on the folded line.
_RECIPIENTS = re.compile(r"\W{0,3}no[il1]\s?(?:nhan|gui)\b\s?[:;.]?\s*")
# "TM. ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "TL. BỘ TRƯỞNG": by what capacity one signs.
_CAPACITY = re.compile(r"(?:(?:TM|KT|TL|TUQ|TMUB|Q)\s?\.\s?|(?:T/M|K/T|T/L)\s?\.?\s?)(?=[A-ZĐÀ-Ỹ]{2})")
# Folded: the national name, which opens a form or another document.
_NATION = re.compile(r"hoa xa h[o0]i chu nghia viet nam")
_LONGEST_SIGNATURE = 120  # code points of a line of the signature
_LONGEST_RECIPIENT = 400
# "; - " between recipients that stand on one line.
_NEXT_RECIPIENT = re.compile(r"(?<=[;.)])\s+[-–+~]\s+")
_NAME = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){1,5}")


def starts_closing(text: str) -> bool:
    """Return whether a line opens the recipients or the signature.

    >>> starts_closing("Nơi nhận:"), starts_closing("KT. CHỦ TỊCH")
    (True, True)
    >>> starts_closing("Nơi nhận hồ sơ là Ủy ban nhân dân xã.")
    False
    """
    first = text[0]
    if first in "NnM*|" or fold(first) == "n":
        match = _RECIPIENTS.match(fold(text[:24]))
        if match:
            return match.group().rstrip().endswith((":", ";", ".")) or match.end() == len(text)
    return len(text) <= _LONGEST_SIGNATURE and first in "TKQ" and _CAPACITY.match(text) is not None


def is_office(text: str) -> bool:
    """Return whether a line is nothing but an office, as above a signature.

    >>> is_office("CHỦ TỊCH"), is_office("Chủ tịch")
    (True, False)
    """
    return text.strip(" .:") in load("signatures")["offices"]


def is_name(text: str) -> bool:
    """Return whether a line is a person's name: a family name and more words, all with a capital.

    >>> is_name("Phạm Văn Dũng"), is_name("Phạm vi thực hiện")
    (True, False)
    """
    if not _NAME.fullmatch(text) or _offices().match(text):
        return False
    words = text.split()
    return words[0].lower() in _surnames() and all(word[0].isupper() for word in words)


def parse_closing(lines: Sequence[Line]) -> Closing:
    """Return recipients and signature of a closing block; an empty block yields an empty record.

    The leading dash and the trailing semicolon or full stop of a recipient are left out.
    """
    recipients: list[str] = []
    signature: list[str] = []
    for line in lines:
        if recipients and _NATION.search(fold(line.text[:200])):
            break
        for cell in line.text.split(CELL_SEPARATOR):
            _take(cell.strip(), recipients, signature)
    title, signer = _signature(signature)
    return Closing(tuple(recipients), signer, title)


def _take(cell: str, recipients: list[str], signature: list[str]) -> None:
    opening = _RECIPIENTS.match(fold(cell))
    rest = cell[opening.end() :] if opening else cell
    capacity = _CAPACITY.search(rest)
    if capacity is not None and _signs_in_capacity(rest, capacity):
        _take_signature(rest[capacity.start() :], signature)
        rest = rest[: capacity.start()].strip()
    elif opening and is_capitals(rest):
        _take_signature(rest.strip(" -–:;"), signature)
        return
    elif not opening and not rest.startswith(("-", "–", "+", "~")) and _signs(rest, signature):
        _take_signature(rest, signature)
        return
    if recipients and fold(recipients[-1]).startswith("luu"):
        return
    if rest and (opening or rest[0] in "-–+~•" or (recipients and not signature)):
        _take_recipients(rest, recipients)


def _signs_in_capacity(text: str, capacity: re.Match[str]) -> bool:
    """Whether an office follows "KT." and the like: "Q.CT, các Phó CT" among recipients is none."""
    return _offices().match(text, capacity.end()) is not None or is_capitals(text[capacity.start() :])


def _signs(text: str, signature: list[str]) -> bool:
    """Whether a line belongs to the signature: an office, or what follows one."""
    if text.endswith((";", ",")):
        return False
    return (is_capitals(text) and len(text) <= _LONGEST_SIGNATURE) or bool(signature) or is_name(text)


def _take_signature(text: str, signature: list[str]) -> None:
    if len(text) <= _LONGEST_SIGNATURE and re.search(r"[^\W\d_]", text) and not re.search(r"\d{3}", text):
        signature.append(" ".join(text.split()))


def _take_recipients(text: str, recipients: list[str]) -> None:
    for index, part in enumerate(_NEXT_RECIPIENT.split(text)):
        name = part.strip(" |").lstrip("-–+~•").strip().rstrip(";.").strip()
        if not name or len(name) > _LONGEST_RECIPIENT:
            continue
        goes_on = index == 0 and recipients and text[0] not in "-–+~•"
        if goes_on:
            recipients[-1] = f"{recipients[-1]} {name}"
        else:
            recipients.append(name)


def _signature(lines: list[str]) -> tuple[str | None, str | None]:
    """Return title and name of the signer; lines after the name are noise."""
    title: list[str] = []
    for line in lines:
        office, name = _split_name(line)
        title += [office] if office else []
        if name:
            return " ".join(title) or None, name
    return " ".join(title) or None, None


@cache
def _offices() -> re.Pattern[str]:
    words = load("signatures")
    phrases = sorted([*words["offices"], *words["bodies"]], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def _split_name(line: str) -> tuple[str | None, str | None]:
    """Split "THỦ TƯỚNG Nguyễn Văn A" into office and name; either may be missing."""
    if is_name(line) or _looks_like_name(line):
        return None, line
    for match in re.finditer(r"\s", line):
        name = line[match.end() :]
        if is_name(name) and not (is_capitals(name) and not _ends_office(line[: match.start()])):
            return line[: match.start()], name
    return (line, None) if is_capitals(line) else (None, None)


def _looks_like_name(text: str) -> bool:
    """Whether each word has one capital, in front: a name whose family is not in the lexicon."""
    known = _offices().match(text.upper())
    return _NAME.fullmatch(text) is not None and known is None and all(w.istitle() for w in text.split())


def _ends_office(text: str) -> bool:
    return any(match.end() == len(text) for match in _offices().finditer(text))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name.lower() for name in load("signatures")["surnames"])
