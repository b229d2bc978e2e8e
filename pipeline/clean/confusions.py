"""What a misread word may have been: spellings that OCR confuses with it.

Recognition loses or swaps marks (``hiém`` for ``hiểm``) and takes letters for others of the same shape
(``tink`` for ``tỉnh``). Candidates are only syllables that the genre uses; which of them stood on the
page is for the words around to decide (``misread_words``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from pipeline.clean.syllables import is_syllable, without_tone
from pipeline.lexicon import load

SHAPES: Final = (1, 1, 1, 1, 2, 2, 2, 2, 2)  # letters taken for others in a word of so many letters
MAX_LENGTH: Final = 8  # letters of a misread syllable; "nghiêng" has seven
_SEEN_ODD: Final = re.compile(r"[^\W\d_]{2,8}")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the word in small letters without marks, đ as d: what recognition keeps of it.

    >>> fold("Độc LẬP")
    'doc lap'
    """
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def same_spelling(word: str) -> str:
    """Return a key under which "hoà" and "hòa", "Uỷ" and "ủy" are one: the place of the tone is style.

    >>> same_spelling("hoà") == same_spelling("Hòa"), same_spelling("hoa") == same_spelling("hòa")
    (True, False)
    """
    bare, tones = without_tone(word.lower())
    return bare + "".join(tones)


@cache
def _pairs() -> dict[tuple[str, str], bool]:
    """Return the pairs of syllables that the genre sets side by side, by spelling; True: it does so often."""
    return {
        (same_spelling(first), same_spelling(second)): kind == "often"
        for kind in ("seldom", "often")
        for first, seconds in load("word_pairs")[kind].items()
        for second in seconds.split()
    }


@lru_cache(maxsize=32768)
def is_pair(first: str | None, second: str | None, often: bool = False) -> bool:
    """Tell whether the genre sets the two words side by side, or does so often.

    >>> is_pair("bổ", "sung", often=True), is_pair("bỗ", "sung"), is_pair(None, "sung")
    (True, False, False)
    """
    if first is None or second is None:
        return False
    found = _pairs().get((same_spelling(first), same_spelling(second)))
    return found is not None and (found or not often)


@cache
def _pairs_by_fold() -> frozenset[tuple[str, str]]:
    return frozenset((fold(first), fold(second)) for first, second in _pairs())


def has_pair_like(first: str, second: str) -> bool:
    """Tell whether the genre has a pair of words that are these two once marks are left out.

    >>> has_pair_like("bo", "sung"), has_pair_like("sung", "bo")
    (True, False)
    """
    return (first, second) in _pairs_by_fold()


@cache
def _syllables_by_fold() -> dict[str, tuple[str, ...]]:
    """Return the syllables of those pairs, by what recognition keeps of them."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for kind in ("often", "seldom"):
        for first, seconds in load("word_pairs")[kind].items():
            for syllable in (first, *seconds.split()):
                known[fold(syllable)].setdefault(same_spelling(syllable), syllable)
    return {key: tuple(spellings.values()) for key, spellings in known.items()}


@cache
def _used() -> frozenset[str]:
    """Return the spelling keys of all syllables that administrative documents were seen to use."""
    others = load("word_pairs")["others"].split()
    return frozenset(map(same_spelling, others)) | {key for pair in _pairs() for key in pair}


@lru_cache(maxsize=65536)
def is_used(word: str) -> bool:
    """Tell whether administrative documents use the syllable, be it rarely.

    >>> is_used("bổ"), is_used("bỗ"), is_used("hiém")
    (True, False, False)
    """
    return same_spelling(word) in _used()


@lru_cache(maxsize=65536)
def other_marks(word: str) -> tuple[str, ...]:
    """Return the syllables of the genre that differ from the word in marks only, in small letters.

    >>> "hiểm" in other_marks("hiém"), "tỉnh" in other_marks("tink")
    (True, False)
    """
    key = same_spelling(word)
    return tuple(s for s in _syllables_by_fold().get(fold(word), ()) if same_spelling(s) != key)


@lru_cache(maxsize=16384)
def other_shapes(word: str) -> tuple[str, ...]:
    """Return the syllables of the genre that recognition may have taken for the word, letters of like shape.

    >>> "tỉnh" in other_shapes("tink"), "bổ" in other_shapes("bd")
    (True, True)
    """
    if not _SEEN_ODD.fullmatch(word):
        return ()
    reached = frontier = {fold(word)}
    for _ in range(SHAPES[len(word)]):
        frontier = {variant for known in frontier for variant in _reshaped(known)} - reached
        reached = reached | frontier
    return tuple(s for variant in sorted(reached) for s in _syllables_by_fold().get(variant, ()))


def _reshaped(word: str) -> set[str]:
    """Return the word with one confusion undone, in every place."""
    found = set()
    for read, printed in load("misreadings")["shapes"]:
        at = word.find(read)
        while at >= 0:
            found.add(word[:at] + printed + word[at + len(read) :])
            at = word.find(read, at + 1)
    return found


@lru_cache(maxsize=65536)
def is_odd(word: str) -> bool:
    """Tell whether the word looks misread: no possible syllable, but near one of the genre.

    >>> [is_odd(w) for w in ("hiém", "bd", "internet", "nghành", "bảo", "ng")]
    [True, True, False, False, False, False]
    """
    if not 2 <= len(word) <= MAX_LENGTH or is_syllable(word) or word in _onsets():
        return False
    return bool(other_marks(word) or other_shapes(word))


@cache
def _onsets() -> frozenset[str]:
    return frozenset(onset for onsets in load("syllables")["onsets"].values() for onset in onsets)


def lost_marks(read: str, printed: str) -> bool:
    """Tell whether recognition made ``read`` of ``printed`` by losing marks, and doing nothing else.

    >>> lost_marks("TỎNG", "TỔNG"), lost_marks("THỦ", "THỨ")
    (True, False)
    """
    return all(map(_lost_mark, read, printed))


def _lost_mark(read: str, printed: str) -> bool:
    marks, whole = unicodedata.normalize("NFD", read)[1:], unicodedata.normalize("NFD", printed)[1:]
    return set(marks) <= set(whole) and (read == printed or read not in "ĐđÐ")
