"""What a sentence says that the block above the body says elsewhere.

Collections of laws print a caption instead of the block: "Nghị định của Chính phủ số 116/2003/NĐ-CP ngày
10/10/2003 về việc tuyển dụng cán bộ" holds type, issuer, number, date and title. A law has no date in its
block: its last sentence tells when it was adopted. Imports ``letterhead``, ``lines`` and ``names``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.segment.letterhead import NUMBER
from pipeline.segment.lines import Line, fold
from pipeline.segment.names import name_office

_LONGEST = 1_500  # code points of such a sentence
# Folded: "nghị định của chính phủ số ...", or "của chính phủ số ..." below the word of the type.
_HEAD = re.compile(r"(?:(?P<type>[a-z ]{3,24}?) )?cua (?P<body>[a-z ,-]{5,90}?),? so\s?:?\s")
# Folded, behind the number: "ngày 10/10/2003", "ngày 25 tháng 6 năm 2004".
_DATE = re.compile(
    r",?\s?ngay (?P<day>\d{1,2})(?:/| thang )(?P<month>\d{1,2})(?:/| nam )(?P<year>\d{4})(?![\d/])[\s,:]*"
)
# Folded: "Luật này đã được Quốc hội nước ... khóa XI, kỳ họp thứ 4 thông qua ngày 26 tháng 11 năm 2003."
_ADOPTED = re.compile(
    r"(?:(?:bo )?luat|phap lenh|nghi quyet) nay (?:da )?duoc [^.;]{3,220}? thong qua"
    r" ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>\d{4})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Caption:
    """What the sentence says; ``type`` and ``body`` as printed, the title with its place.

    ``type`` is empty where it stands on a line of its own above.
    """

    type: str
    body: str
    number: str
    issued_on: dt.date | None
    title: Line | None


def read_caption(line: Line) -> Caption | None:
    """Return what a line says that names a whole document, None for any other line.

    >>> read_caption(Line(0, "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ Y TẾ SỐ 12/2004/QĐ-BYT NGÀY 3/5/2004 VỀ DƯỢC")).body
    'BỘ TRƯỞNG BỘ Y TẾ'
    """
    folded = fold(line.text[:_LONGEST])
    head = _HEAD.match(folded)
    number = NUMBER.match(line.text, head.end()) if head else None
    date = _DATE.match(folded, number.end()) if number else None
    if head is None or number is None or date is None:
        return None
    body = line.text[slice(*head.span("body"))]
    if name_office([body], None) is None:
        return None
    rest = line.text[date.end() :]
    title = Line(line.start + date.end(), rest) if rest else None
    return Caption(
        line.text[: head.end("type")].strip() if head["type"] else "", body, number.group(), _day(date), title
    )


def adopted_on(lines: Sequence[Line]) -> dt.date | None:
    """Return the day on which a law or resolution says that it was adopted (thông qua), else None.

    >>> adopted_on([Line(0, "Luật này được Quốc hội khóa XV thông qua ngày 18 tháng 01 năm 2024.")])
    datetime.date(2024, 1, 18)
    """
    for line in reversed(lines):
        if "thông qua ngày" in line.text and len(line.text) < _LONGEST:
            adopted = _ADOPTED.search(fold(line.text))
            if adopted is not None:
                return _day(adopted)
    return None


def _day(date: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(date["year"]), int(date["month"]), int(date["day"]))
    except ValueError:
        return None
