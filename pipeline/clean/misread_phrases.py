"""Fixed phrases of the genre that recognition took the marks from: "CONG HOA XA HOI", "TỎNG GIÁM ĐÓC".

The first lines of a document and the words around its signature are the same everywhere, and set in
capitals, whose marks scanners lose first. A phrase is put right where its letters stand there and the
marks are those that can have been lost: "THỦ TRƯỞNG" is no misread "THỨ TRƯỞNG".
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from pipeline.clean.charset import UPPER
from pipeline.clean.confusions import lost_marks, same_spelling
from pipeline.clean.offsets import Edit
from pipeline.lexicon import load

LONG_PHRASE: Final = 4  # words; so many letters in order are proof enough, whatever their marks
# CONG HOA XA HOI CHU NGHIA VIET NAM; "QUOC HOL", "H0A"
_CAPITALS: Final = re.compile(rf"[{UPPER}](?<!\w.)[{UPPER}01|]*(?:[ ][{UPPER}01|]+){{0,40}}(?!\w)")
# Độc lập - Tự do - Hanh phúc
_MOTTO: Final = re.compile(
    r"[DĐÐ](?<!\w.)[oôóòốồọộ]c l[aăâạậáấ]p ?[-–—.] ?T[uưựụw] d[oọ] ?[-–—.] ?H[aạ][nm]h ph[uúứủ]c\b"
)
_MOTTO_AS_PRINTED: Final = "Độc lập - Tự do - Hạnh phúc"
_MOTTO_DASH: Final = re.compile(r" ?[-–—] ?")
# What was read of digits, a stroke perhaps, and a symbol: 7009 /CT-TNCN, .46S7TCT-TNCN
_SYMBOL_NEAR: Final = rf"[^\s/]{{0,9}} ?/?[{UPPER}][{UPPER}1]{{1,9}}[-/][{UPPER}]{{2}}"
# Noi nhận:, Nơi nhân:, Kính gứi:; for a text with a line feed before it, to which the engine skips
_LABELS: Final = (
    (re.compile(r"\n[ ]{0,40}(N[oơôờởớ]i nh[aâăậạấ]n)(?= ?[:;])"), "Nơi nhận"),
    (re.compile(r"\n[ ]{0,40}(K[iíìỉị]nh g[uưửứừủữ]i)(?= ?[:;])"), "Kính gửi"),
    # $6:7009 /CT-TNCN, Sé: ##20 /TCT-DNNCN: known by the symbol behind it
    (re.compile(rf"\n[ ]{{0,40}}([S$§][oòóỏõọôồốổỗộơéèá6ö])(?= ?[:;] ?{_SYMBOL_NEAR})"), "Số"),
)
_ABBREVIATED: Final = re.compile(rf"[{UPPER}]{{2}}")  # HĐND, Ban CHQS
_SHAPES: Final = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o"})


def restore_phrases(text: str) -> list[Edit]:
    """Return edits that give the fixed phrases of the genre their marks back.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "UY BAN NHÂN DÂN CONG HÒA XÃ HOI CHỦ NGHĨA VIET NAM\\nĐộc lập - Tự do - Hanh phúc"
    >>> apply_edits(raw, restore_phrases(raw)).split("\\n")
    ['ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc']
    """
    edits = [edit for run in _CAPITALS.finditer(text) for edit in _run_edits(run)]
    for motto in _MOTTO.finditer(text):
        if _MOTTO_DASH.sub(" - ", motto[0]) != _MOTTO_AS_PRINTED:
            edits.append(Edit(motto.start(), motto.end(), _MOTTO_AS_PRINTED, "ocr-phrase"))
    for label, printed in _LABELS:
        found = (m for m in label.finditer("\n" + text) if m[1] != printed)
        edits += [Edit(m.start(1) - 1, m.end(1) - 1, printed, "ocr-phrase") for m in found]
    return sorted(edits)


def _run_edits(run: re.Match[str]) -> Iterator[Edit]:
    """Yield an edit for each misread word of a phrase in a run of capitals."""
    if " " not in run[0]:
        return  # no phrase is a single word
    folded = _shape(run[0])
    for found in _phrase_pattern().finditer(folded):
        printed = run[0][found.start() : found.end()]
        start = run.start() + found.start()
        for read, after in zip(printed.split(), _reading(printed, found[0]).split(), strict=True):
            if same_spelling(read) != same_spelling(after):
                yield Edit(start, start + len(read), after, "ocr-phrase")
            start += len(read) + 1


def _reading(printed: str, key: str) -> str:
    """Return the phrase that was misread as ``printed``; itself where it is right, or two might be."""
    phrases = _phrases()[key]
    if _spelling(printed) in map(_spelling, phrases):
        return printed
    long_enough = printed.count(" ") + 1 >= LONG_PHRASE
    possible = {_spelling(p): p for p in reversed(phrases) if long_enough or lost_marks(printed, p)}
    return next(iter(possible.values())) if len(possible) == 1 else printed


def _spelling(phrase: str) -> tuple[str, ...]:
    return tuple(same_spelling(word) for word in phrase.split())


@lru_cache(maxsize=4096)
def _shape(phrase: str) -> str:
    """Return the phrase in small letters without marks, l and I one, code point for code point."""
    return (
        "".join(unicodedata.normalize("NFD", c)[0] for c in phrase.replace("Đ", "D"))
        .lower()
        .translate(_SHAPES)
    )


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Return the phrases of two words and more, by their shape."""
    words = [entry["word"].upper() for entry in load("document_types")["type"]]
    words += [
        body["name"].upper() for kind in ("body", "ministry", "party") for body in load("issuers")[kind]
    ]
    words += [body.upper() for body in load("bodies")["councils"] if not _ABBREVIATED.search(body)]
    words += [f"SỞ {domain.upper()}" for domain in load("bodies")["domains"]]
    for lexicon, keys in (("signatures", ("offices", "bodies")), ("misreadings", ("phrases",))):
        words += [phrase for key in keys for phrase in load(lexicon)[key]]
    words += load("line_words")["more_type_lines"]
    found: dict[str, list[str]] = defaultdict(list)
    for phrase in words:
        if phrase.isupper() and " " in phrase:
            found[_shape(phrase)].append(phrase)
    return {key: tuple(phrases) for key, phrases in found.items()}


@cache
def _phrase_pattern() -> re.Pattern[str]:
    keys = sorted(_phrases(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, keys)) + r")(?!\w)")
