"""Capitals that recognition saw where the page has small letters: "trật tự ở CƠ SỞ", "sự tham gia Của".

A few letters differ in size only (c o s v x u). A word of nothing but those, or a function word that begins
with one, becomes small inside a sentence where it stands beside its neighbours as the genre has it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.clean.charset import LOWER
from pipeline.clean.confusions import is_pair
from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

_ALIKE: Final = "COÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢSVXUÚÙỦŨỤƯỨỪỬỮỰ"
# trật tự ở [CƠ SỞ] và, phối hợp [Của] các
_BETWEEN: Final = re.compile(
    rf"(?<=[{LOWER}] )(?:[{_ALIKE}]{{2,4}}(?: [{_ALIKE}]{{2,4}}){{0,3}}|[{_ALIKE}][{LOWER}]{{0,3}})"
    r"(?=[ ,;.])"
)
_LAST_WORD: Final = re.compile(rf"(?<![^\W\d_])([{LOWER}]{{1,8}}) $")
_NEXT_WORD: Final = re.compile(rf" ([{LOWER}]{{1,8}})(?![^\W\d_])")


def restore_case(text: str) -> list[Edit]:
    """Return edits that make small again what only looks like capitals.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "xây dựng CƠ SỞ vật chất, sự tham gia Của các ngành; Sở Y tế, Bộ Công an"
    >>> apply_edits(raw, restore_case(raw))
    'xây dựng cơ sở vật chất, sự tham gia của các ngành; Sở Y tế, Bộ Công an'
    """
    return [
        Edit(m.start(), m.end(), m[0].lower(), "ocr-case")
        for m in _BETWEEN.finditer(text)
        if ((len(m[0]) > 1 and m[0].isupper()) or m[0].lower() in _small_words()) and _belongs(m)
    ]


def _belongs(read: re.Match[str]) -> bool:
    """Tell whether the words in small letters stand side by side often, inside or with a neighbour."""
    words = read[0].lower().split()
    before = _LAST_WORD.search(read.string, max(0, read.start() - 10), read.start())
    after = _NEXT_WORD.match(read.string, read.end())
    chain = [before[1] if before else None, *words, after[1] if after else None]
    return any(is_pair(a, b, often=True) for a, b in pairwise(chain))


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("misreadings")["small_words"])
