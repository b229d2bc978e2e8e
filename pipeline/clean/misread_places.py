"""Names of provinces that recognition damaged: "tinh Đông Nai", "TP. HÒ CHÍ MINH", "TỈNH HAI DUONG".

The country has few provinces, and no two differ in marks alone: after the word for one (tỉnh, thành phố)
the bare letters of a name decide. Names of districts and communes are too many for that and stay as read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.clean.confusions import same_spelling
from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

# tinh Đông Nai, TÍNH HÒA BÌNH, Thành phó Hà Nội, TP. Hỗ Chi Minh; then up to four words of a name
_UNIT: Final = re.compile(
    r"(?<![\w.])(?P<level>(?i:t[iìíỉĩị]nh|th[aàáảãạ]nh ph[oòóỏõọôồốổỗộơờớởỡợ]|tp\.?)) "
    r"(?P<name>[^\W\d_]\w*(?: (?:- )?[^\W\d_]\w*){0,4})"
)
_WORD: Final = re.compile(r"[^\W\d_]\w*")
_SHAPES: Final = str.maketrans({"đ": "d", "l": "i", "1": "i", "0": "o"})
_CITY: Final = "thành phố"
_PROVINCE: Final = "tỉnh"


def restore_places(text: str) -> list[Edit]:
    """Return edits that put names of provinces right after the word for a province or city.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "CỤC THUE TP. HÒ CHÍ MINH; Cục Hải quan tinh Đông Nai; xã Liên Hong"
    >>> apply_edits(raw, restore_places(raw))
    'CỤC THUE TP. HỒ CHÍ MINH; Cục Hải quan tỉnh Đồng Nai; xã Liên Hong'
    """
    return [edit for unit in _UNIT.finditer(text) for edit in _unit_edits(unit)]


def _unit_edits(unit: re.Match[str]) -> Iterator[Edit]:
    words = list(_WORD.finditer(unit["name"]))
    for count in range(len(words), 0, -1):
        known = _provinces().get(_shape(" ".join(word[0] for word in words[:count])))
        if known is not None and all(word[0][0].isupper() for word in words[:count]):
            yield from _level_edits(unit, known)
            start = unit.start("name")
            for word, right in zip(words, _WORD.findall(known), strict=False):
                yield from _word_edits(start + word.start(), word[0], right)
            return


def _level_edits(unit: re.Match[str], name: str) -> Iterator[Edit]:
    """Yield edits of the word for the unit: "tính" may be a verb before a city, never before a province."""
    printed = unit["level"]
    if printed.lower().startswith("tp"):
        return
    is_city = " " in printed
    if is_city or name not in _cities():
        right = _CITY if is_city else _PROVINCE
        for word, after in zip(_WORD.finditer(printed), right.split(), strict=True):
            yield from _word_edits(unit.start("level") + word.start(), word[0], after)


def _word_edits(start: int, printed: str, right: str) -> Iterator[Edit]:
    if same_spelling(printed) == same_spelling(right):
        return
    after = right.upper() if printed.isupper() else right.capitalize() if printed[0].isupper() else right
    yield Edit(start, start + len(printed), after, "ocr-place")


def _shape(name: str) -> str:
    """Return a name in small letters without marks, l and I one.

    >>> _shape("HAL PHONG") == _shape("Hải Phòng")
    True
    """
    letters = unicodedata.normalize("NFD", name.lower().translate(_SHAPES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _provinces() -> dict[str, str]:
    """Return the provinces of today and of before 1 July 2025 by the shape of their names."""
    found: dict[str, str] = {}
    for name, entry in load("places")["province"].items():
        for known in (name, *entry["former"]):
            found[_shape(" ".join(_WORD.findall(known)))] = known
    return found


@cache
def _cities() -> frozenset[str]:
    return frozenset(n for n, entry in load("places")["province"].items() if entry["kind"] == _CITY)
