"""What looks damaged but cannot be decided: reported, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.clean.charset import LOWER, UPPER
from pipeline.clean.damage import is_damaged, odd_words
from pipeline.clean.syllables import is_syllable

# nhANH, gON: a small letter, then at least two capitals
_CASE_SEAM: Final = re.compile(rf"[{UPPER}](?<=[{LOWER}].)[{UPPER}]")
_WORD: Final = re.compile(rf"(?<![^\W\d_])[{LOWER}][^\W\d_]*")
# a letter that may stand for đ: ñ at the start of a word, ð and Ð anywhere
_SUSPECT_LETTER: Final = re.compile(r"(?<![^\W\d_])(?:ñ[^\W\d_]*|[^\W\d_]*[ðÐ][^\W\d_]*)")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place that a person should look at; ``clean_text.text[start:end] == surface``."""

    rule: str
    start: int
    end: int
    surface: str


def find_suspicions(text: str, *, damaged: bool = False) -> tuple[Suspicion, ...]:
    """Return suspicious places of a clean text, in order: case inside a syllable, undecided letters, scraps.

    Symbols such as TTg or CTr are no syllables and are not reported; scraps that are no syllables only where
    recognition damaged the text, for elsewhere they are foreign words. *damaged*: it is known that it did.

    >>> [s.surface for s in find_suspicions("tinh gọn theo hướng “nhANH-gON-hiệu quả”, 02/CT-TTg")]
    ['nhANH', 'gON']
    """
    found = [
        Suspicion("mixed-case", m.start(), m.end(), m[0])
        for seam in _CASE_SEAM.finditer(text)
        if (m := _word_at(text, seam.start() - 1)) and is_syllable(m[0])
    ]
    if any(letter in text for letter in "ñðÐ"):
        found += [Suspicion("odd-letter", m.start(), m.end(), m[0]) for m in _SUSPECT_LETTER.finditer(text)]
    if damaged or is_damaged(text):
        found += [Suspicion("odd-syllable", m.start(), m.end(), m[0]) for m in odd_words(text)]
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def _word_at(text: str, offset: int) -> re.Match[str] | None:
    """Return the word with a small first letter that holds ``offset``, if it is short."""
    start = max(0, offset - 6)
    match = next((m for m in _WORD.finditer(text, start, offset + 12) if m.start() <= offset < m.end()), None)
    return match
