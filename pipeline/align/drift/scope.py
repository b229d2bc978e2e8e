"""Scope drift: what the local text leaves out of an item, and what it adds to it.

A content word is new to the other text where neither pair that it forms with a neighbour occurs there;
single syllables are too common to tell anything. Runs of such words make the rows. Imports ``sides``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.align.drift.sides import Bigrams, Comparison, Item, Side
from pipeline.records import Drift, DriftType, Span

_LEAST_DROPPED = 2
"""Content syllables of the shortest dropped phrase worth a row: one Vietnamese word of two syllables."""
_LEAST_ADDED = 5
"""Content syllables of the shortest added phrase worth a row; additions are often mere wording."""
_BRIDGED = 1
"""Known content words that two new ones may have between them and still make one run."""
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words of *side* that the other text does not have: half-open range of words, content words in it."""

    side: Side
    first: int
    last: int
    size: int

    @property
    def span(self) -> Span:
        return Span(self.side.words[self.first].start, self.side.words[self.last - 1].end)

    @property
    def text(self) -> str:
        return self.side.text(self.span.start, self.span.end)


def dropped_runs(item: Item) -> list[Run]:
    """Return the runs of the item's words that no linked provision has, in reading order."""
    known = frozenset[tuple[str, str]]().union(*(side.bigrams for side in item.locals))
    return [run for run in _runs(item.parent, known) if run.size >= _LEAST_DROPPED]


def added_runs(comparison: Comparison, side: Side) -> list[Run]:
    """Return the runs of *side* that no item linked to it has, in reading order."""
    items = comparison.items_of(side)
    known = frozenset[tuple[str, str]]().union(*(item.parent.bigrams for item in items))
    return list(_runs(side, known))


def scope_drift(comparison: Comparison) -> list[Drift]:
    """Return what was dropped from and added to the items, at most the three longest runs of each.

    An item that one link keeps whole has nothing dropped.
    """
    drift = [row for item in comparison.items if not item.kept for row in _dropped(item)]
    return drift + _added(comparison)


def _dropped(item: Item) -> list[Drift]:
    local_path = item.locals[0].provision.path
    return [
        Drift(DriftType.SCOPE_DROPPED, item.path, local_path, from_text=run.text, from_span=run.span)
        for run in _longest(dropped_runs(item))
    ]


def _added(comparison: Comparison) -> list[Drift]:
    by_item: dict[str, list[Run]] = {item.path: [] for item in comparison.items}
    for side in comparison.locals:
        for run in added_runs(comparison, side):
            if run.size >= _LEAST_ADDED:
                nearest = comparison.nearest_item(side, run.span.start, run.span.end)
                by_item[nearest.path].append(run)
    return [
        Drift(DriftType.SCOPE_ADDED, path, run.side.provision.path, to_text=run.text, to_span=run.span)
        for path, runs in by_item.items()
        for run in _longest(runs)
    ]


def _longest(runs: list[Run]) -> list[Run]:
    kept = sorted(runs, key=lambda run: -run.size)[:_MOST_ROWS]
    return [run for run in runs if run in kept]


def _runs(side: Side, known: Bigrams) -> Iterator[Run]:
    """Yield the runs of new words; a slot ends a run, as does more than ``_BRIDGED`` known content words."""
    first, last, size, gap = 0, 0, 0, 0
    new = _new_words(side, known)
    for place, word in enumerate(side.words):
        if new[place]:
            first = first if size else place
            last, size, gap = place + 1, size + 1, 0
        elif size:
            gap += word.content
        if size and (gap > _BRIDGED or side.in_slot[place]):
            yield Run(side, first, last, size)
            size = gap = 0
    if size:
        yield Run(side, first, last, size)


def _new_words(side: Side, known: Bigrams) -> list[bool]:
    keys = [word.key for word in side.words]
    pairs = [pair in known for pair in pairwise(keys)]
    before, after = [False, *pairs], [*pairs, False]
    return [
        word.content and not slot and not left and not right
        for word, slot, left, right in zip(side.words, side.in_slot, before, after, strict=True)
    ]
