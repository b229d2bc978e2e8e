"""Specks: marks that recognition saw in the dirt of a page, between words where no typist puts them.

Signs that the genre does not use (``_ ˆ ¬``) go wherever they stand alone. A full stop or bar goes only
inside a sentence, between words that belong side by side; colons and dashes alone are left to their author.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.clean.charset import LOWER
from pipeline.clean.confusions import is_pair
from pipeline.clean.offsets import Edit

DIRT: Final = "_`´ˆ‹›\\\\„¡¬⁄¿^"
"""Signs, written for a character class, that no administrative document uses alone."""

_HAS_DIRT: Final = re.compile(rf"[{DIRT}]")
# an ninh _. trật tự; cơ quan, ˆ doanh nghiệp; trong . : tình hình
_SPECKS: Final = re.compile(
    rf" (?<=[^\s|.] )(?:[{DIRT}.:;'=-]{{0,3}}[{DIRT}][{DIRT}.:;'=-]{{0,3}}|[.:] [.:-]|- [.:])(?= [^\s|.])"
)
# _sinh viên, nhân dân_
_GLUED: Final = re.compile(rf"_(?:(?<![\w/@.]_)_?(?=[{LOWER}]{{1,8}}[ ,;])|(?<=[{LOWER}]_)_?(?= [{LOWER}]))")
# tệ nạn xã . hội, lực lượng | vũ trang, bảo. đảm
_STOP: Final = re.compile(rf"(?: (?<=[{LOWER}] )[.|'](?= )|\.(?<=[{LOWER}]\.)(?= [{LOWER}]))(?= [{LOWER}])")
_LAST_WORD: Final = re.compile(rf"(?<![^\W\d_])[{LOWER}]{{1,8}}$")
_NEXT_WORD: Final = re.compile(rf" ([{LOWER}]{{1,8}})(?![^\W\d_])")


def drop_specks(text: str) -> list[Edit]:
    """Return edits that take specks out of the lines of a text that recognition damaged.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "bảo vệ an _. ninh trật tự; phát . triển kinh tế - xã hội; nhân. dân"
    >>> apply_edits(raw, drop_specks(raw))
    'bảo vệ an ninh trật tự; phát triển kinh tế - xã hội; nhân dân'
    """
    found = {m.start(): Edit(m.start(), m.end(), "", "ocr-speck") for m in _STOP.finditer(text) if _inside(m)}
    found |= {m.start(): Edit(m.start(), m.end(), "", "ocr-speck") for m in _SPECKS.finditer(text)}
    edits: list[Edit] = []
    for edit in (found[at] for at in sorted(found)):
        if not edits or edit.start >= edits[-1].end:
            edits.append(edit)
    taken = {edit.start + 1 for edit in edits}
    glued = (
        Edit(m.start(), m.end(), "", "ocr-speck") for m in _GLUED.finditer(text) if m.start() not in taken
    )
    return sorted([*edits, *glued])


def _inside(stop: re.Match[str]) -> bool:
    """Tell whether the words on both sides belong side by side, so that no sentence can end between them."""
    before = _LAST_WORD.search(stop.string, max(0, stop.start() - 9), stop.start())
    after = _NEXT_WORD.match(stop.string, stop.end())
    return bool(before and after and is_pair(before[0], after[1], often=True))


def count_specks(text: str) -> int:
    """Return how many signs that the genre does not use stand alone in the lines of the text.

    >>> count_specks("an ninh _. trật tự; cơ quan, ˆ doanh nghiệp; 2025 - 2030")
    2
    """
    if not _HAS_DIRT.search(text):
        return 0
    return sum(1 for speck in _SPECKS.finditer(text) if _HAS_DIRT.search(speck[0]))
