"""Modality drift: how strongly and by what kind of act a body is bound.

Two cases are read off the texts: an item whose obligations are kept but that loses a word of duty or
intensity ("*kịp thời* đề xuất khen thưởng"), and a clause that opens with another act than the item's
("*chủ trì, tham mưu*" becomes "*có trách nhiệm giúp*"). Imports ``lexicon``, ``runs`` and ``records``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import dropwhile, pairwise, takewhile

from pipeline.align.drift.runs import Run, drift_row, find_runs, in_pairs
from pipeline.align.drift.sides import Bigrams, Comparison, Item, Side
from pipeline.align.drift.words import phrase_keys
from pipeline.lexicon import load
from pipeline.records import Drift, DriftType


def modality_drift(comparison: Comparison) -> list[Drift]:
    """Return the words of modality that were lost from kept items or replaced at the head of a clause."""
    rows = []
    for item in comparison.items:
        if item.kept:
            lost = find_runs(item.parent, _modal_words(item.parent, item.known))
            rows += [drift_row(DriftType.MODALITY, item, run, None) for run in lost]
        else:
            lost = _openings(item.parent, item.known)
            pairs = zip(lost, _gained_openings(comparison, item), strict=False)
            rows += [drift_row(DriftType.MODALITY, item, old, new) for old, new in pairs]
    return rows


def _gained_openings(comparison: Comparison, item: Item) -> list[Run]:
    return [
        run
        for side in item.locals
        for run in _openings(side, item.parent.bigrams)
        if comparison.nearest_item(side, run.span) is item
    ]


def _modal_words(side: Side, known: Bigrams) -> list[bool]:
    """Return, for each word of *side*, whether it is of modality and not *known*; slots never are."""
    wanted = _acts_and_degrees() - known
    if wanted.isdisjoint(side.bigrams):
        return [False] * len(side.words)
    return [new and not slot for new, slot in zip(in_pairs(side, wanted), side.in_slot, strict=True)]


def _openings(side: Side, known: Bigrams) -> Iterator[Run]:
    """Yield the words of modality that open a clause of *side*, where the first act among them is not known.

    The body that a clause begins with is passed over.
    """
    modal = _modal_words(side, frozenset())
    light = [not (new or word.content) for new, word in zip(modal, side.words, strict=True)]
    for clause in side.clause_ranges():
        rest = dropwhile(lambda place: side.in_slot[place] or light[place], clause)
        opening = list(takewhile(lambda place: modal[place] or light[place], rest))
        pairs = pairwise(side.words[place].key for place in opening)
        act = next((pair for pair in pairs if pair in _acts()), None)
        if act and act not in known:
            last = max(place for place in opening if modal[place])
            yield Run(side, opening[0], last + 1, len(opening))


@cache
def _acts() -> Bigrams:
    return frozenset(_pair(word) for word in load("modality")["acts"])


@cache
def _acts_and_degrees() -> Bigrams:
    return _acts().union(_pair(word) for word in load("modality")["degrees"])


def _pair(word: str) -> tuple[str, str]:
    first, second = phrase_keys(word)
    return first, second
