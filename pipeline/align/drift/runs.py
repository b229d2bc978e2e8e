"""Runs of words that one text has and the other has not; what scope and modality drift are made of.

Imports ``sides`` and ``records``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.align.drift.sides import Bigrams, Comparison, Item, Side
from pipeline.records import Drift, DriftType, Span

_ADDED = 2
"""Syllables by which a run may be completed at either end."""
_BRIDGED = 1
"""Known content words that two new ones may have between them and still make one run."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words of *side*: half-open range of words, and how many of them are new."""

    side: Side
    first: int
    last: int
    size: int

    @property
    def span(self) -> Span:
        """Where the stretch lies in the document's text."""
        return self.side.span(self.side.words[self.first : self.last])

    @property
    def text(self) -> str:
        """The stretch as printed."""
        words = self.side.words
        return self.side.text(words[self.first].start, words[self.last - 1].end)


def find_runs(side: Side, new: Sequence[bool]) -> Iterator[Run]:
    """Yield the runs of *new* words of *side*, in reading order.

    A slot and the end of a clause end a run, as does more than ``_BRIDGED`` content words that are not new.
    """
    if not any(new):
        return
    first, last, size, gap = 0, 0, 0, 0
    for place, word in enumerate(side.words):
        if new[place]:
            first = first if size else place
            last, size, gap = place + 1, size + 1, 0
        elif size:
            gap += word.content
        last_of_clause = side.clauses[place : place + 2].count(side.clauses[place]) == 1
        if size and (gap > _BRIDGED or side.in_slot[place] or last_of_clause):
            yield Run(side, first, last, size)
            size = gap = 0


def new_words(side: Side, known: Bigrams) -> list[bool]:
    """Return, for each word of *side*, whether it is a content word that a text with *known* has not.

    A word is new where neither pair that it forms with a neighbour is known: single syllables are too
    common to tell anything. Words in slots are never new.
    """
    if len(side.words) > 1 and side.bigrams <= known:
        return [False] * len(side.words)
    in_known = in_pairs(side, known)
    return [
        word.content and not slot and not found
        for word, slot, found in zip(side.words, side.in_slot, in_known, strict=True)
    ]


def in_pairs(side: Side, pairs: Bigrams) -> list[bool]:
    """Return, for each word of *side*, whether it forms one of *pairs* with a neighbour."""
    found = [pair in pairs for pair in pairwise(side.keys)]
    either = [left or right for left, right in zip((False, *found), (*found, False), strict=True)]
    return either[: len(side.keys)]


def whole_words(run: Run, comparison: Comparison) -> Run:
    """Return *run* with the rest of the words that it begins and ends in, at most ``_ADDED`` syllables each.

    Two syllables are of one word where one of them mostly stands beside the other in the compared texts.
    """
    first, last = run.first, run.last
    lowest, highest = max(0, first - _ADDED), min(len(run.side.words), last + _ADDED)
    while first > lowest and _are_one_word(run.side, first - 1, comparison):
        first -= 1
    while last < highest and _are_one_word(run.side, last - 1, comparison):
        last += 1
    return replace(run, first=first, last=last)


def _are_one_word(side: Side, place: int, comparison: Comparison) -> bool:
    left, right = side.words[place : place + 2]
    apart = side.text(left.end, right.start) != " " or side.in_slot[place] or side.in_slot[place + 1]
    return not apart and comparison.are_bound(left, right)


def drift_row(type_: DriftType, item: Item, old: Run | None, new: Run | None) -> Drift:
    """Return the row that says that *old*, of the item, became *new*; None for lost and added words."""
    return Drift(
        type=type_,
        parent_path=item.path,
        local_path=(new.side if new else item.locals[0]).provision.path,
        from_text=old.text if old else None,
        to_text=new.text if new else None,
        from_span=old.span if old else None,
        to_span=new.span if new else None,
    )
