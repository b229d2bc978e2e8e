"""Where sentences and clauses begin and end, for the extractors that read the words around a mention.

Boundaries are found once per text, when first asked for; questions about a position are then a binary
search. Imports nothing of ours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

# Both start with one class of characters, to which the engine skips.
# "... thực hiện. Định kỳ ..." and a line break; not "71.000 hộ", "TP.HCM"
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?=[\s”\"])|(?<=\n))")
# a clause ends at a semicolon or a colon too
_CLAUSE_END = re.compile(r"[.!?…;:\n](?:(?=\s)|(?<![;:])(?=[”\"])|(?<=\n))")


class Boundaries:
    """The sentences and clauses of one text.

    >>> text = "Tổ chức sơ kết; báo cáo Công an tỉnh. Giao Công an tỉnh chủ trì."
    >>> bounds = Boundaries(text)
    >>> text[slice(*bounds.clause(20))].strip()
    'báo cáo Công an tỉnh'
    >>> text[slice(*bounds.sentence(20))].strip()
    'Tổ chức sơ kết; báo cáo Công an tỉnh'
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.start() for match in _SENTENCE_END.finditer(self._text)]

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [match.start() for match in _CLAUSE_END.finditer(self._text)]

    def sentence(self, position: int) -> tuple[int, int]:
        """Return start and end of the sentence around *position*, its full stop left out."""
        return self._around(self._sentence_ends, position)

    def clause(self, position: int) -> tuple[int, int]:
        """Return start and end of the clause around *position*, its closing mark left out."""
        return self._around(self._clause_ends, position)

    def _around(self, ends: list[int], position: int) -> tuple[int, int]:
        before = bisect_right(ends, position - 1)
        after = bisect_left(ends, position)
        start = ends[before - 1] + 1 if before else 0
        end = ends[after] if after < len(ends) else len(self._text)
        return start, end
