"""Seals and notes of those who received or signed the document: data about it, not its text.

The incoming stamp (dấu "ĐẾN", Decree 30/2020/NĐ-CP, appendix IV) is read into a ``Stamp`` and taken out;
the block that a digital signature leaves and the typist's initials after the closing "./." are taken out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.clean.lines import Line, is_capitals, split_lines
from pipeline.clean.offsets import Edit
from pipeline.records import Stamp

# The fields of the stamp, each with what OCR makes of it; "Chuyên:" is "Chuyển:".
_FIELDS: Final = {
    "number": re.compile(r"Số(?: đến)?\s*:\s*(\d{1,6})?[\s.…_]*"),
    "date": re.compile(
        r"(?:Ngày|Giờ)(?: đến)?\s*:[\s.…_]*(?:(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}))?[\s.…_]*"
    ),
    "forward": re.compile(r"(?:Chuy[eéểêế]n|Kính chuy[eểê]n)\s*:.{0,60}"),
    "file": re.compile(r"(?:Số và ký hiệu HS|Số, ký hiệu HS|Lưu hồ sơ(?: số)?|Lưu HS)\s*:.{0,40}"),
    "seal": re.compile(r"(?:CÔNG VĂN )?ĐẾN"),
}
_STAMP_WORDS: Final = ("ký hiệu HS", "Lưu hồ sơ", "Lưu HS")
_STAMP_HINTS: Final = (re.compile(r"ĐẾN[ ]*\n"), re.compile(r"Chuy.n[ ]*:"))
_MIN_FIELDS: Final = 3
_MAX_STAMP_LINES: Final = 8

_SIGNED_HINT: Final = re.compile(r" ký ?:")
_SIGNED: Final = re.compile(r"(?:Thời gian|Ngày) ký\s*:\s*\d.{0,40}")
_SIGNATURE_FIELD: Final = re.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Cơ quan|Đơn vị|Tổ chức|Email|Chức vụ|Lý do|Địa chỉ|Nơi ký"
    r"|Thời gian ký|Ngày ký)\s*:.{0,120}"
)
# thực hiện Chỉ thị này./. kt
_INITIALS: Final = re.compile(r"\./\.([ ]?[^\W\d_]{1,4}(?:[-.,/][^\W\d_]{1,6})?)(?=\s*(?:\n|$))")


def read_stamp(text: str) -> Stamp:
    """Return what the first incoming stamp says; all None where there is none.

    >>> read_stamp("SỞ Y TẾ\\nĐẾN\\nSố: 2751.....\\nNgày: 15/5/2025\\nChuyển:").received_number
    '2751'
    """
    block = _stamp_lines(text)
    if not block:
        return Stamp()
    found = {
        name: m for line in block for name, field in _FIELDS.items() if (m := field.fullmatch(line.text))
    }
    number, date = found.get("number"), found.get("date")
    by = block[0].text if _field_of(block[0]) is None else None
    return Stamp(by, number[1] if number else None, _date_of(date) if date else None)


def drop_stamp(text: str) -> list[Edit]:
    """Return edits that delete the incoming stamp, line by line."""
    return [Edit(line.start, line.end, "", "stamp") for line in _stamp_lines(text)]


@lru_cache(maxsize=1)
def _stamp_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of the first stamp; a text without its less common fields is not even split."""
    hinted = any(word in text for word in _STAMP_WORDS) or any(hint.search(text) for hint in _STAMP_HINTS)
    return tuple(_find_stamp(split_lines(text))) if hinted else ()


def _date_of(match: re.Match[str]) -> dt.date | None:
    """Return the date, or None where the cell is empty or no day of the calendar."""
    if match[1] is None:
        return None
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _field_of(line: Line) -> str | None:
    return next((name for name, field in _FIELDS.items() if field.fullmatch(line.text)), None)


def _find_stamp(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of the first stamp: three different fields on end or more, and the receiver above."""
    run: list[Line] = []
    kinds: set[str] = set()
    for index, line in enumerate([*lines, None]):
        kind = _field_of(line) if line and len(line.text) < 80 else None
        if line and kind and kind not in kinds and len(run) < _MAX_STAMP_LINES:
            run.append(line)
            kinds.add(kind)
            continue
        if len(kinds) >= _MIN_FIELDS and kinds & {"forward", "file", "seal"}:
            above = lines[index - len(run) - 1] if index > len(run) else None
            received_by = [above] if above and is_capitals(above.text) and len(above.text) < 80 else []
            return received_by + run
        run, kinds = ([line], {kind}) if line and kind else ([], set())
    return []


def drop_digital_signature(text: str) -> list[Edit]:
    """Return edits that delete the lines that a digital signature prints on the page.

    They count only around a line with the time of signing, so that "Cơ quan:" elsewhere stays.

    >>> [e.rule for e in drop_digital_signature("Ký bởi: Sở Y tế\\nThời gian ký: 22.10.2021\\nKẾ HOẠCH")]
    ['digital-signature', 'digital-signature']
    """
    if not _SIGNED_HINT.search(text):
        return []
    lines = split_lines(text)
    marked: set[int] = set()
    for index, line in enumerate(lines):
        if _SIGNED.fullmatch(line.text):
            marked.update(_signature_run(lines, index))
    return [Edit(lines[i].start, lines[i].end, "", "digital-signature") for i in sorted(marked)]


def _signature_run(lines: Sequence[Line], index: int) -> range:
    low = high = index
    while low > 0 and index - low < _MAX_STAMP_LINES and _SIGNATURE_FIELD.fullmatch(lines[low - 1].text):
        low -= 1
    while (
        high + 1 < len(lines)
        and high - index < _MAX_STAMP_LINES
        and _SIGNATURE_FIELD.fullmatch(lines[high + 1].text)
    ):
        high += 1
    return range(low, high + 1)


def drop_initials(text: str) -> list[Edit]:
    """Return edits that delete the typist's initials after the closing "./.".

    >>> [e[:2] for e in drop_initials("tổng kết thực hiện Chỉ thị này./. kt")]
    [(33, 36)]
    """
    return [Edit(m.start(1), m.end(1), "", "initials") for m in _INITIALS.finditer(text)]
