"""How a document breaks its lines: by the width of its pages or not, and what its blank lines mean.

It is read off the lines after which a sentence certainly goes on. Imports ``continuations`` and ``lines``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.clean.continuations import goes_on
from pipeline.clean.lines import Line, is_row

MIN_CONTINUED: Final = 3  # certain continuations needed before line lengths mean anything
MIN_SHARE: Final = 0.25  # ... and their share of all breaks of that kind
FULL_QUANTILE: Final = 0.1  # nine in ten lines that go on are at least as long as a "full" line
MAX_WIDTH: Final = 200  # code points; longer lines are paragraphs already, not lines of a page


class Break(NamedTuple):
    """Two neighbouring lines, the question being whether they are one."""

    before: Line
    after: Line

    @property
    def blank(self) -> bool:
        """Whether a blank line stands between the two."""
        return self.after.blanks > 0

    @property
    def reach(self) -> int:
        """How long the first line would be with the first word of the second: no page was wide enough."""
        return len(self.before.text) + 1 + len(self.after.text.split(" ", 1)[0])


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How this document breaks its lines.

    ``reaches``: how long lines that certainly go on would have been with one word more, rising; empty
    where the document is not wrapped. ``soft_single`` and ``soft_blank``: most breaks without, and with,
    a blank line are made by the width of the page. ``blank_separates``: blank lines stand between
    paragraphs only.
    """

    reaches: tuple[int, ...]
    soft_single: bool
    soft_blank: bool
    blank_separates: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Wrapping:
        """Read the wrapping off the breaks after which a sentence certainly goes on."""
        counts = {True: [0, 0], False: [0, 0]}
        reaches: list[int] = []
        for first, second in pairwise(lines):
            count, before, after = counts[second.blanks > 0], first.text, second.text
            count[1] += 1
            may_go_on = after[0].islower() and len(before) <= MAX_WIDTH
            if may_go_on and goes_on(before, after) and not is_row(before):
                count[0] += 1
                reaches.append(Break(first, second).reach)
        soft = {kind: n >= MIN_CONTINUED and n >= MIN_SHARE * total for kind, (n, total) in counts.items()}
        separates = counts[True][1] >= MIN_CONTINUED and not soft[True]
        if not any(soft.values()):
            return cls((), False, False, separates)
        return cls(tuple(sorted(reaches)), soft[False], soft[True], separates)

    def is_full(self, pair: Break, share: float = 1.0, quantile: float = FULL_QUANTILE) -> bool:
        """Tell whether only the width of the page can have ended the first line.

        ``quantile`` of the lines that go on count as exceptions; ``share`` of the width suffices.
        """
        if not self.reaches or len(pair.before.text) > MAX_WIDTH:
            return False
        return pair.reach >= share * self.reaches[int(len(self.reaches) * quantile)]

    def is_soft(self, pair: Break) -> bool:
        """Tell whether breaks of this kind usually go on inside a paragraph."""
        return self.soft_blank if pair.blank else self.soft_single
