"""Headings and sentences: does a provision's own text say something, or only name what follows?

Imports ``lines``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.segment.lines import CELL_SEPARATOR

_REMEMBERED = 4096  # provisions: plans repeat those of the directive word for word
_SHORTEST_SENTENCE = 8  # words before an inner full stop; below it the stop ends an abbreviation or a name
_LONGEST_HEADING = 24  # words of a heading that ends in a full stop

# "... bất ngờ. Trong đó": a full stop (or "./.") after a letter, and the letter that follows.
_INNER_STOP = re.compile(r"[.;!?](?<=[^\W\d].)\s+[“\"(]?([^\W\d_])")
# "Bước 2: Kiểm tra hiện trạng nhà ở.", a step's name.
_STEP = re.compile(r"(?:Bước|Giai đoạn|Đợt)\s\d")


def is_alignable(text: str, *, leaf: bool) -> bool:
    """Return whether a provision with this own *text* takes part in alignment.

    Every leaf that holds a letter or a digit does; a provision with children does only where its own text
    holds a full sentence, besides any words that introduce the children, or is a row of several cells.

    >>> is_alignable("Ủy ban Mặt trận Tổ quốc Việt Nam phường và các tổ chức thành viên.", leaf=False)
    False
    >>> is_alignable("Chủ động nắm tình hình, không để bị động, bất ngờ. Trong đó tập trung:", leaf=False)
    True
    """
    if text[:1].isalnum() or any(map(str.isalnum, text)):
        return leaf or CELL_SEPARATOR in text or not is_heading(text)
    return False


@lru_cache(maxsize=_REMEMBERED)
def is_heading(text: str) -> bool:
    """Return whether *text* holds no full sentence of its own: a name, a title or a lead-in.

    >>> is_heading("Tổ chức thực hiện"), is_heading("Các nhiệm vụ sau đây:")
    (True, True)
    """
    if _STEP.match(text):
        return True
    for stop in _INNER_STOP.finditer(text):
        if stop.group(1).isupper():
            if len(text[: stop.start() - 1].split()) >= _SHORTEST_SENTENCE:
                return False
            break
    return text[-1:] not in ".;" or len(text.split()) <= _LONGEST_HEADING
