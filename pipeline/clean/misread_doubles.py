"""Letters of abbreviations that recognition read twice, one reading after the other: "ANT(Q", "CATTP".

Where a letter is unlike what recognition expects it is fond of giving two readings of it. The document itself
tells: an abbreviation that it prints over and over is what a rare, longer one was.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

MIN_PRINTED: Final = 4  # times that the document prints the abbreviation, for each time that it was misread

# ANTQ, ANT(Q, ANT@Q; not the symbols of a document number
_ABBREVIATION: Final = re.compile(r"[A-ZĐ](?<![\w/&.@(-].)[A-ZĐ(@]{2,9}(?![\w/&@-])")
# NÑgày, AN NÑINH: no word of Vietnamese has an Ñ
_TILDE: Final = re.compile(r"Ñ(?<=NÑ)")


def restore_doubles(text: str) -> list[Edit]:
    """Return edits that leave one reading of each letter that was read twice.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "ANTQ, ANTQ, ANTQ, ANTQ, NÑgày hội bảo vệ ANT(Q"
    >>> apply_edits(raw, restore_doubles(raw))
    'ANTQ, ANTQ, ANTQ, ANTQ, Ngày hội bảo vệ ANTQ'
    """
    found = list(_ABBREVIATION.finditer(text))
    readings = _readings(Counter(m[0] for m in found))
    edits = [Edit(m.start(), m.end(), readings[m[0]], "ocr-double") for m in found if m[0] in readings]
    taken = {at for edit in edits for at in range(edit.start, edit.end)}
    tildes = (Edit(m.start(), m.end(), "", "ocr-double") for m in _TILDE.finditer(text))
    return sorted([*edits, *(edit for edit in tildes if edit.start not in taken)])


def _readings(counts: Counter[str]) -> dict[str, str]:
    """Return, for abbreviations with a letter or two read twice, what the document prints instead."""
    found: dict[str, str] = {}
    for read, count in counts.items():
        singles = _singles(read)
        shorter = [*singles, *(short for single in singles for short in _singles(single))]
        printed = max(shorter, key=lambda word: counts[word], default=read)
        if counts[printed] >= MIN_PRINTED * count:
            found[read] = printed
    return found


def _singles(read: str) -> list[str]:
    """Return the abbreviation with one of two readings of a letter left out, in every place.

    >>> _singles("ANT(Q"), _singles("ANTTQ"), _singles("ANTQX")
    (['ANTQ'], ['ANTQ'], [])
    """
    return [
        read[: at - 1] + read[at:]
        for at in range(2, len(read))
        if read[at - 1] in _twins(read[at]) or read[at - 1] == read[at - 2]
    ]


@cache
def _twins(letter: str) -> str:
    """Return what recognition puts before a letter that it reads twice."""
    return str(load("misreadings")["twins"].get(letter, ""))
