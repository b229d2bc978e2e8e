"""Is a word spelled as a Vietnamese syllable (âm tiết) can be?

A repair that yields no possible syllable is no repair. The grammar is data (``lexicon/syllables.toml``);
here it becomes one set of toneless spellings, so that a question costs a table lookup.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from pipeline.lexicon import load

_TONES: Final = {"\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING TILDE}",
                 "\N{COMBINING HOOK ABOVE}", "\N{COMBINING DOT BELOW}"}  # fmt: skip
_STOP_TONES: Final = {"\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}"}
_STOPS: Final = ("c", "ch", "p", "t", "k")
_FRONT_VOWELS: Final = tuple("ieêy")


@cache
def _toneless_syllables() -> frozenset[str]:
    """Return every spelling that onset and rime allow, without its tone."""
    grammar = load("syllables")
    rimes = [rime for family in grammar["rimes"].values() for rime in family]
    rimes += grammar["rimes_of_names"]["any"]
    onsets = grammar["onsets"]
    spelled = {onset + rime for onset in onsets["free"] for rime in rimes}
    for rime in rimes:
        kind = "before_front" if rime.startswith(_FRONT_VOWELS) else "before_back"
        spelled.update(onset + rime for onset in onsets[kind])
        # "quốc" is qu + ôc, "Quỳnh" q + uynh
        spelled.add(("q" if rime.startswith("u") else "qu") + rime)
        # "gìn", "giếng": the i of gi- is also the i of the rime
        spelled.add(("g" if rime.startswith("i") else "gi") + rime)
    return frozenset(spelled)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Tell whether ``word``, in any case, is a possible Vietnamese syllable.

    Tone marks may stand on any vowel of the rime, so that "hoà" and "hòa" both pass.

    >>> [is_syllable(w) for w in ("nghiệp", "Uỷ", "ĐẮK", "Niđo", "ngi", "các", "càc")]
    [True, True, True, False, False, True, False]
    """
    if not 0 < len(word) <= 10:
        return False
    toneless, tones = without_tone(word.lower())
    if len(tones) > 1 or toneless not in _toneless_syllables():
        return False
    return not toneless.endswith(_STOPS) or all(tone in _STOP_TONES for tone in tones)


def without_tone(word: str) -> tuple[str, list[str]]:
    """Return the word without its tone marks, in NFC, and the tone marks in order.

    >>> without_tone("nghiệp")[0]
    'nghiêp'
    """
    decomposed = unicodedata.normalize("NFD", word)
    bare = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", bare), [mark for mark in decomposed if mark in _TONES]
