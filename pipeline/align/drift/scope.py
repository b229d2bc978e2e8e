"""Scope drift: what the local text leaves out of an item, and what it adds to it.

Imports ``runs``, ``sides`` and ``records``.
"""

from __future__ import annotations

from pipeline.align.drift.runs import Run, drift_row, find_runs, new_words, whole_words
from pipeline.align.drift.sides import Comparison, Item
from pipeline.records import Drift, DriftType

_WORD = 2
"""Content syllables of the shortest phrase dropped from a partly kept item: a common Vietnamese word."""
_PHRASE = 5
"""Content syllables of the shortest phrase that counts where wording is free: added ones, and what is
missing from an item that its links claim to keep."""
_MOST_ROWS = 3


def scope_drift(comparison: Comparison) -> list[Drift]:
    """Return what was dropped from and added to the items, at most the three longest runs of each."""
    added = _added_runs(comparison)
    rows = []
    for item in comparison.items:
        dropped = (whole_words(run, comparison) for run in _longest(_dropped_runs(item)))
        gained = (whole_words(run, comparison) for run in _longest(added[item.path]))
        rows += [drift_row(DriftType.SCOPE_DROPPED, item, run, None) for run in dropped]
        rows += [drift_row(DriftType.SCOPE_ADDED, item, None, run) for run in gained]
    return rows


def _dropped_runs(item: Item) -> list[Run]:
    runs = find_runs(item.parent, new_words(item.parent, item.known))
    return [run for run in runs if run.size >= (_PHRASE if item.kept else _WORD)]


def _added_runs(comparison: Comparison) -> dict[str, list[Run]]:
    """Return the additions by the path of the item that they are made to."""
    by_item: dict[str, list[Run]] = {item.path: [] for item in comparison.items}
    for side in comparison.locals:
        for run in find_runs(side, new_words(side, comparison.known(side))):
            if run.size >= _PHRASE:
                by_item[comparison.nearest_item(side, run.span).path].append(run)
    return by_item


def _longest(runs: list[Run]) -> list[Run]:
    kept = sorted(runs, key=lambda run: -run.size)[:_MOST_ROWS]
    return [run for run in runs if run in kept]
