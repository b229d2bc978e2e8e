"""From signals to rows: which provisions are linked, what is covered, what is new.

Imports the other modules of this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.align.coverage import Reader, Remainder, relation_of
from pipeline.align.model import Floats, Models
from pipeline.align.profiles import Side
from pipeline.align.scoring import SIGNALS, Comparison, pair_signals
from pipeline.records import (
    OPERATIVE_ROLES,
    Coverage,
    CoverageStatus,
    Pair,
    Provision,
)

WORDS_QUOTED = 4
"""How many shared or missing wordings an evidence line quotes."""


class Matching:
    """The links of one comparison and the rows that follow from them.

    ``probability[i, j]`` says how likely item ``i`` of the parent and local provision ``j`` are linked.
    """

    def __init__(self, comparison: Comparison, models: Models) -> None:
        self._comparison = comparison
        self._models = models
        self._parent: Side = comparison.statistics.side
        self._local: Side = comparison.local
        self._reader = Reader(comparison)
        self.signals: Floats = pair_signals(comparison)
        self.probability: Floats = models.pair.probability(self.signals)
        self.linked = self.probability >= models.pair.threshold

    def pairs(self) -> tuple[Pair, ...]:
        """Return the links in reading order of the parent, then of the local document."""
        return tuple(self._pair(int(item), int(place)) for item, place in np.argwhere(self.linked))

    def coverage(self) -> tuple[Coverage, ...]:
        """Return a row for every operative provision of the parent that takes part, in reading order."""
        places = range(len(self._parent.provisions))
        return tuple(self._cover(place) for place in places if _counts(self._parent.provisions[place]))

    def additions(self) -> tuple[str, ...]:
        """Return the paths of operative local provisions that nothing in the parent is linked to."""
        return tuple(
            provision.path
            for place, provision in enumerate(self._local.provisions)
            if _counts(provision) and not self.linked[:, place].any()
        )

    def _pair(self, item: int, place: int) -> Pair:
        remainder = self._reader.remainder(item, [place])
        return Pair(
            parent_path=self._parent.provisions[item].path,
            local_path=self._local.provisions[place].path,
            relation=relation_of(remainder, self._models.complete),
            score=float(self.probability[item, place]),
            evidence=self._evidence(item, place),
        )

    def _cover(self, item: int) -> Coverage:
        linked = np.flatnonzero(self.linked[item]).tolist()
        remainder = self._reader.remainder(item, linked)
        nearest = int(self.probability[item].argmax()) if self._local.provisions else None
        status = CoverageStatus.DROPPED
        if linked:
            status = CoverageStatus(relation_of(remainder, self._models.complete).value)
        return Coverage(
            parent_path=self._parent.provisions[item].path,
            status=status,
            score=round(1 - remainder.missing_share, 6) if linked else 0.0,
            local_paths=tuple(self._local.provisions[place].path for place in linked),
            nearest_path=None if nearest is None else self._local.provisions[nearest].path,
            nearest_score=None if nearest is None else float(self.probability[item, nearest]),
            evidence=_status_evidence(remainder, bool(linked)),
        )

    def _evidence(self, item: int, place: int) -> str:
        """Return the signals of a pair and the weightiest words that both sides hold."""
        values = zip(SIGNALS, self.signals[item, place], strict=True)
        spoke = ", ".join(f"{name} {value:.2f}" for name, value in values)
        shared = sorted(self._parent.held[item] & self._local.held[place])
        telling = sorted(shared, key=self._reader.weight, reverse=True)
        return f"{spoke}; shares {_quoted(telling)}"


def _counts(provision: Provision) -> bool:
    return provision.role in OPERATIVE_ROLES


def _status_evidence(remainder: Remainder, linked: bool) -> str:
    if not linked:
        return "no local provision is linked to it"
    if remainder.verbatim:
        return "the same text"
    struck = "; copied, with words struck out" if remainder.struck else ""
    kept = 1 - remainder.missing_share
    return f"keeps {kept:.2f} of its words; misses {_quoted(remainder.missing)}{struck}"


def _quoted(wordings: Iterable[str]) -> str:
    return ", ".join(f"“{wording}”" for wording in list(wordings)[:WORDS_QUOTED]) or "nothing"
