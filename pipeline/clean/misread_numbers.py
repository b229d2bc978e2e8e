"""Document numbers (số, ký hiệu) and dates that recognition damaged, put right by their grammar.

A number is digits, a year perhaps, and symbols that the genre knows; a date is a day of the calendar. What
does not become one of those stays as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from typing import Final

from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

MAX_STROKES: Final = 4  # D's in one symbol that may each be Đ: BLDTBXH has one, GDDT two

# The patterns begin with a class or a character, to which the engine skips, the rarer the better: they are
# tried on every text.
_DIGITS: Final = "0-9OoQIl|"
# O6/CT-BCA, 1l8/2O21/NĐ-CP: digits, perhaps a year, and a stroke before a symbol
_NUMBER: Final = re.compile(
    rf"([{_DIGITS}](?<![\w/.,|-].)[{_DIGITS}]{{0,4}})/(?:([{_DIGITS}]{{4}})/)?(?=[A-ZĐÐ]{{1,8}}(?![{_DIGITS}]))"
)
# O6/, 2O21/: something else than digits before a stroke, without which _NUMBER finds nothing to put right
_NUMBER_HINT: Final = re.compile(
    "/(?:" + "|".join(rf"(?<=[OoQIl|][{_DIGITS}]{{{more}}}/)" for more in range(5)) + ")"
)
_NUMBER_CUE: Final = re.compile(r"(?i:số)[ ]?:?[ ]?$")
# số 1 18/2021/NĐ-CP
_SPACED_NUMBER: Final = re.compile(r"ố (?<=[sS]ố )(\d{1,2})[ ](\d{1,2})/(?=\d{4}/[A-ZĐ]|[A-ZĐ]{2,8}-[A-ZĐ])")
_FORM_CUE: Final = re.compile(r"(?i:mẫu|biểu|phụ lục|bảng|phiếu|đơn)[ ](?i:số)[ ]$")
# 125/2020/NĐ- CP, 48- CT/TW, 01/ 12/2011, 27/02/ 2024
_GAPS: Final = (
    re.compile(r"/[A-ZĐ]{1,8}-( )(?=[A-ZĐ]{2,8}\b)"),
    re.compile(r"ố (?<=[sS]ố )\d{1,4}-( )(?=[A-ZĐ]{2,4}/)"),
    re.compile(r"ngày \d{1,2}/( )(?=\d{1,2}/\d{4})"),
    re.compile(r"ngày \d{1,2}/\d{1,2}/( )(?=\d{4}(?!\d))"),
)
# /QD-TTg, /ND-CP, /2008/QD-UBND, TTr-LDTBXH; the symbol after the stroke or the hyphen
_SYMBOLS: Final = (
    re.compile(r"/(?<=\d/)([A-ZĐÐ]*D[A-ZĐ]*)(?=-|\W|$)"),
    re.compile(r"-(?<=[A-ZĐa-z]-)([A-ZĐÐ]*D[A-ZĐ]*)(?=-|\W|$)"),
)
_NUMBER_BEFORE: Final = re.compile(r"\d/[A-ZĐÐa-z-]{0,16}$")
# 41/CT-TTs, CT-TIg, QĐ-Tlg
_PRIME_MINISTER: Final = re.compile(r"T(?<=[A-ZĐ]-T)[TI1l][gsqø9](?!\w)")
# 7009/C1-TNCN, 12/T1-BTC: T read as 1
_STROKE_TYPE: Final = re.compile(r"/(?<=[\d ]/)([A-ZĐ]{0,3}1[A-ZĐ]{0,3})(?=-[A-ZĐ]{2})")
# 17/2022/UBTVQHI5, QHl4
_ASSEMBLY: Final = re.compile(r"/(?:UBTV)?QH([0-9Il|O]{1,2})(?![\w|])")
# ngày l4/3/2O14, ngày 2 8/2/2020, ngày 14/11/201 4
_DATE: Final = re.compile(
    rf"ngày ([{_DIGITS}]{{1,2}}|\d \d)([/.-])([{_DIGITS}]{{1,2}})\2"
    rf"([{_DIGITS}]{{4}}|\d{{3}} \d)(?![\w|])"
)
# ngày l2 tháng O3 năm 2O20
_LONG_DATE: Final = re.compile(
    rf"ngày ([{_DIGITS}]{{1,2}}) (th[aá]ng) ([{_DIGITS}]{{1,2}}) (n[aă]m) ([{_DIGITS}]{{4}})(?![\w|])"
)
# ngay 12 thang 3 nam 2020
_PLAIN_DATE: Final = re.compile(r"g(?<=[Nn]g)(?<!\w..)[aà][yv] (\d{1,2}) th[aá]ng (\d{1,2}) n[aă]m (?=\d{4})")


def restore_numbers(text: str) -> list[Edit]:
    """Return edits that put damaged document numbers and dates right.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "Chỉ thị số O6/CT-TTs ngày 2 8/2/2O20, Quyết định số 62/QD-TTg, Luật số 17/2022/QHI5"
    >>> apply_edits(raw, restore_numbers(raw))
    'Chỉ thị số 06/CT-TTg ngày 28/2/2020, Quyết định số 62/QĐ-TTg, Luật số 17/2022/QH15'
    """
    return sorted([*_digit_edits(text), *_symbol_edits(text), *_date_edits(text)])


def _digit_edits(text: str) -> Iterator[Edit]:
    """Yield edits of the digits of document numbers."""
    for m in _NUMBER.finditer(text) if _NUMBER_HINT.search(text) else ():
        if m[1].isdigit() and (not m[2] or m[2].isdigit()):
            continue
        cue = _NUMBER_CUE.search(text, max(0, m.start() - 6), m.start())
        if cue or _has_digit(m[1]):
            for group in (1, 2):
                yield from _as_digits(m, group)
    for m in _SPACED_NUMBER.finditer(text):
        if not _FORM_CUE.search(text, max(0, m.start(1) - 12), m.start(1)):
            yield Edit(m.end(1), m.start(2), "", "ocr-number-space")
    for gap in _GAPS:
        yield from (Edit(m.start(1), m.end(1), "", "ocr-number-space") for m in gap.finditer(text))
    for m in _ASSEMBLY.finditer(text):
        yield from _as_digits(m, 1)


def _as_digits(match: re.Match[str], group: int, rule: str = "ocr-digit") -> Iterator[Edit]:
    """Yield the edit that makes one group of a match digits, where it is not."""
    if match[group] and match[group] != (after := _digits(match[group])):
        yield Edit(match.start(group), match.end(group), after, rule)


def _digits(read: str) -> str:
    return read.translate(_digit_table()).replace(" ", "")


@cache
def _digit_table() -> dict[int, str]:
    return str.maketrans(load("misreadings")["digits"])


def _symbol_edits(text: str) -> Iterator[Edit]:
    """Yield edits of the symbols of document numbers: Đ that lost its stroke, TTg that lost its tail."""
    for m in chain.from_iterable(symbol.finditer(text) for symbol in _SYMBOLS):
        if _NUMBER_BEFORE.search(text, max(0, m.start(1) - 20), m.start(1)) and (
            after := _with_strokes(m[1])
        ):
            yield Edit(m.start(1), m.end(1), after, "ocr-symbol")
    for m in _STROKE_TYPE.finditer(text):
        if (after := m[1].replace("1", "T")) in _symbols():
            yield Edit(m.start(1), m.end(1), after, "ocr-symbol")
    for m in _PRIME_MINISTER.finditer(text):
        if m[0] != "TTg":
            yield Edit(m.start(), m.end(), "TTg", "ocr-symbol")


def _with_strokes(symbol: str) -> str | None:
    """Return the one known symbol that lost strokes became ``symbol``; None where it is known, or two are.

    HD and DA are symbols in their own right, beside HĐ and ĐA: they stay.

    >>> [_with_strokes(s) for s in ("QD", "LDTBXH", "HD", "DA", "DSCS")]
    ['QĐ', 'LĐTBXH', None, None, None]
    """
    if symbol in _symbols() or symbol.count("D") > MAX_STROKES:
        return None
    choices = (("D", "Đ") if letter == "D" else (letter,) for letter in symbol)
    known = [reading for reading in map("".join, product(*choices)) if reading in _symbols()]
    return known[0] if len(known) == 1 else None


@cache
def _symbols() -> frozenset[str]:
    found = {symbol for entry in load("document_types")["type"] for symbol in entry["symbols"]}
    found.update(symbol for body in load("issuers")["body"] for symbol in body["symbols"])
    return frozenset(found | set(load("misreadings")["symbols"]) | set(load("symbols")["with_d_stroke"]))


def _date_edits(text: str) -> Iterator[Edit]:
    """Yield edits of dates, each only where a day of the calendar comes out."""
    for pattern, groups in ((_DATE, (1, 3, 4)), (_LONG_DATE, (1, 3, 5))):
        for m in pattern.finditer(text):
            day, month, year = (m[group] for group in groups)
            if day.isdigit() and month.isdigit() and year.isdigit():
                continue
            if _has_digit(day) and _is_day(_digits(day), _digits(month), _digits(year)):
                for group in groups:
                    yield from _as_digits(m, group, "ocr-date")
    for m in _PLAIN_DATE.finditer(text):
        start = m.start() - 1
        after = f"{text[start]}gày {m[1]} tháng {m[2]} năm "
        if text[start : m.end()] != after:
            yield Edit(start, m.end(), after, "ocr-date")


def _has_digit(read: str) -> bool:
    return any(character.isdigit() for character in read)


def _is_day(day: str, month: str, year: str) -> bool:
    try:
        return dt.date(int(year), int(month), int(day)).year >= 1945
    except ValueError:
        return False
