"""Symbols of document numbers (ký hiệu) in which recognition saw a sign too many, too few or another one.

Where a letter is unlike those of other languages, recognition is fond of giving two readings of it, one after
the other: "CT-TTEg", "ĐĐA", "V0O5". The stroke after the digits goes, or comes out as I. Each is put right
only where a symbol comes out that the genre knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

# 02/CT-TTEg, 02/CT-T'Tg
_PRIME_MINISTER: Final = re.compile(r"T(?<=[A-ZĐ]-T)(?:['’]T|T[EF])g(?!\w)")
# 48-CT/IW, 09-CT/1W, 44-KL/TVV: no office has such a symbol but the Central Committee
_PARTY: Final = re.compile(r"/(?<=-[A-ZĐ]{2}/)([I1l|T]W|[I1l|T]VV)(?!\w)")
# 03/ĐĐA-BCA, 12/QĐĐ-UBND, 44-KLƯ/TW
_DOUBLE_STROKE: Final = re.compile(r"[/-](?<=\d[/-])([A-ZĐ]{0,3}(?:ĐĐ|Ư)[A-ZĐ]{0,4})(?=-[A-ZĐ]|/T)")
# 06/CT-BCA-V0O5: departments of the police have two digits
_DEPARTMENT: Final = re.compile(r"-[A-Z]{1,2}(0?O0?)(?=\d(?![\w/]))")
# Chỉ thị 06CT-BCA, số 27IĐA-BCA: the symbol of a kind of documents straight after the digits
_LOST_STROKE: Final = re.compile(r"\d(?<![\w/.,-]\d)(\d{0,3})([Il|]?)([A-ZĐ]{2,4})(?=-[A-ZĐ]{2})")


def restore_symbols(text: str) -> list[Edit]:
    """Return edits that put the symbols of document numbers right.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "02/CT-TTEg, 48-CT/IW, 03/ĐĐA-BCA, 06/CT-BCA-V0O5, 27IĐA-BCA, 06CT-BCA"
    >>> apply_edits(raw, restore_symbols(raw))
    '02/CT-TTg, 48-CT/TW, 03/ĐA-BCA, 06/CT-BCA-V05, 27/ĐA-BCA, 06/CT-BCA'
    """
    return sorted(
        Edit(*place, after, "ocr-symbol") for place, after in (*_fixed(text), *_double(text), *_lost(text))
    )


def _fixed(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield place and reading of what can only be one symbol."""
    for m in _PRIME_MINISTER.finditer(text):
        yield m.span(), "TTg"
    for m in _PARTY.finditer(text):
        if m[1] != "TW":
            yield m.span(1), "TW"
    for m in _DEPARTMENT.finditer(text):
        yield m.span(1), "0"


def _double(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield place and reading of symbols that have a letter too many."""
    for m in _DOUBLE_STROKE.finditer(text):
        single = re.sub("ĐĐ+", "Đ", m[1].replace("Ư", ""))
        if m[1] not in _kinds() and single in _kinds():
            yield m.span(1), single


def _lost(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the place between digits and the symbol of a kind of documents, where a stroke belongs."""
    for m in _LOST_STROKE.finditer(text):
        if m[3] in _kinds():
            yield m.span(2), "/"


@cache
def _kinds() -> frozenset[str]:
    """Return the symbols of kinds of documents, those of one letter apart."""
    found = (symbol for entry in load("document_types")["type"] for symbol in entry["symbols"])
    return frozenset(symbol for symbol in found if len(symbol) > 1)
