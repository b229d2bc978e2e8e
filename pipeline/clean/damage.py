"""How damaged a text is by recognition: measured, so that a clean text pays nothing and is not touched.

Evidence is whatever no typist writes: scraps that are no syllables but near one, signs of no meaning between
words, fixed phrases without their marks, document numbers with letters for digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.clean.charset import LOWER
from pipeline.clean.confusions import is_odd
from pipeline.clean.misread_numbers import restore_numbers
from pipeline.clean.misread_phrases import restore_phrases
from pipeline.clean.misread_specks import count_specks
from pipeline.clean.syllables import is_syllable

MIN_EVIDENCE: Final = 3  # pieces of evidence; fewer in a text so short that one is much
WORDS_SHORT: Final = 150  # words of such a text, for each piece
WORDS_A_PIECE: Final = 600  # words of text for which one piece more is asked
HEAD: Final = 3_000  # code points in which fixed phrases and numbers are looked for
LONGEST_REMEMBERED: Final = 4_000  # code points; so that what is remembered of lines stays within some MB
MAX_ODD: Final = 0.25  # share of odd words above which the text is no Vietnamese, or past repair

_PRINTED: Final = re.compile(rf"[“\"(]?([{LOWER}]{{2,8}})[”\").,;:…]{{0,3}}")  # (hiém), nếu
_WORD: Final = re.compile(rf"(?<![\w.@/-])[{LOWER}]+(?![\w@/]|[.-]\w)")


@dataclass(frozen=True, slots=True)
class Damage:
    """Words of a text, how many of them look misread, with and without repetition, and signs of dirt."""

    words: int
    odd: int
    different: int
    specks: int

    @property
    def rate(self) -> float:
        """Share of the words that look misread, in [0, 1]."""
        return self.odd / self.words if self.words else 0.0


def measure(text: str) -> Damage:
    """Return how many words of the text look misread, and how many signs among them are dirt.

    >>> measure("Luật Bảo hiém y té sửa đổi, bd ˆ sung").different
    2
    """
    words = specks = 0
    odd: list[str] = []
    for line in text.split("\n"):
        found = _measure_line(line) if len(line) <= LONGEST_REMEMBERED else _in_line(line)
        words += found[0]
        odd += found[1]
        specks += found[2]
    return Damage(words, len(odd), len(set(odd)), specks)


def _in_line(line: str) -> tuple[int, tuple[str, ...], int]:
    """Return the number of words of a line, those that look misread, and the number of specks."""
    words = line.split()
    return len(words), tuple(filter(_looks_odd, words)), count_specks(line)


# A text is measured before it is cleaned and afterwards, and documents of a family repeat each other's lines.
_measure_line = lru_cache(maxsize=4096)(_in_line)


@lru_cache(maxsize=65536)
def _looks_odd(printed: str) -> bool:
    """Tell whether a word in small letters, with the punctuation around it, looks misread."""
    word = _PRINTED.fullmatch(printed)
    return word is not None and is_odd(word[1])


def odd_words(text: str) -> list[re.Match[str]]:
    """Return the words in small letters that look misread, in order.

    Besides those near a syllable, every word with the marks of Vietnamese that is no syllable.

    >>> [m[0] for m in odd_words("đã nộp hé sơ và đhời hạn, gửi qua email")]
    ['đhời']
    """
    return [m for m in _WORD.finditer(text) if is_odd(m[0]) or not (m[0].isascii() or is_syllable(m[0]))]


def is_damaged(text: str, *, recognised: bool = False) -> bool:
    """Tell whether recognition damaged the text so that misreadings may be repaired.

    Of a text that is known to be *recognised* on pictures this is taken for granted: errors that make
    other words of words show only beside their neighbours. A text past repair is never damaged.

    >>> is_damaged("cơ quan Bảo hiém y té sửa đổi, bd sung"), is_damaged("gió giật trên mạng Internet")
    (True, False)
    """
    return _is_damaged(text, recognised)


@lru_cache(maxsize=2)
def _is_damaged(text: str, recognised: bool) -> bool:
    damage = measure(text)
    if damage.rate > MAX_ODD:
        return False
    if recognised:
        return True
    asked = min(MIN_EVIDENCE, 1 + damage.words // WORDS_SHORT) + damage.words // WORDS_A_PIECE
    found = damage.different + damage.specks
    if found >= asked:
        return True
    head = text[:HEAD]
    return found + sum(map(_phrases_in_line, head.split("\n"))) + len(restore_numbers(head)) >= asked


@lru_cache(maxsize=2048)
def _phrases_in_line(line: str) -> int:
    """Return how many words of fixed phrases look misread in a line; no phrase goes over its end."""
    return len(restore_phrases(line))
