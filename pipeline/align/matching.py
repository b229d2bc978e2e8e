"""From signals to rows: which provisions are linked, what is covered, what is new.

Imports the other modules of this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from pipeline.align.bounds import require_links
from pipeline.align.coverage import Reader, Remainder, relations_of
from pipeline.align.model import Floats, Models
from pipeline.align.profiles import Side
from pipeline.align.scoring import SIGNALS, Comparison, pair_signals
from pipeline.records import (
    OPERATIVE_ROLES,
    Coverage,
    CoverageStatus,
    Pair,
    PairRelation,
    Provision,
)

SIGNALS_TOLD = 3
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
        require_links(int(self.linked.sum()))

    def pairs(self) -> tuple[Pair, ...]:
        """Return the links in reading order of the parent, then of the local document."""
        links = [(int(item), int(place)) for item, place in np.argwhere(self.linked)]
        remainders = [self._reader.remainder(item, [place]) for item, place in links]
        relations = relations_of(remainders, self._models.complete)
        return tuple(self._pair(*link, relation) for link, relation in zip(links, relations, strict=True))

    def coverage(self) -> tuple[Coverage, ...]:
        """Return a row for every operative provision of the parent that takes part, in reading order."""
        items = [place for place, provision in enumerate(self._parent.provisions) if _counts(provision)]
        linked = {item: np.flatnonzero(self.linked[item]).tolist() for item in items}
        remainders = {item: self._reader.remainder(item, linked[item]) for item in items if linked[item]}
        relations = relations_of(list(remainders.values()), self._models.complete)
        statuses = {
            item: CoverageStatus(relation.value) for item, relation in zip(remainders, relations, strict=True)
        }
        return tuple(
            self._cover(item, linked[item], remainders.get(item), statuses.get(item, CoverageStatus.DROPPED))
            for item in items
        )

    def additions(self) -> tuple[str, ...]:
        """Return the paths of operative local provisions that nothing in the parent is linked to."""
        return tuple(
            provision.path
            for place, provision in enumerate(self._local.provisions)
            if _counts(provision) and not self.linked[:, place].any()
        )

    def _pair(self, item: int, place: int, relation: PairRelation) -> Pair:
        return Pair(
            parent_path=self._parent.provisions[item].path,
            local_path=self._local.provisions[place].path,
            relation=relation,
            score=float(self.probability[item, place]),
            evidence=self._evidence(item, place),
        )

    def _cover(
        self, item: int, linked: Sequence[int], remainder: Remainder | None, status: CoverageStatus
    ) -> Coverage:
        nearest = int(self.probability[item].argmax()) if self._local.provisions else None
        return Coverage(
            parent_path=self._parent.provisions[item].path,
            status=status,
            score=round(1 - remainder.missing_share, 6) if remainder else 0.0,
            local_paths=tuple(self._local.provisions[place].path for place in linked),
            nearest_path=None if nearest is None else self._local.provisions[nearest].path,
            nearest_score=None if nearest is None else float(self.probability[item, nearest]),
            evidence=self._kept_evidence(item, linked, remainder)
            if remainder
            else self._dropped_evidence(item, nearest),
        )

    def _evidence(self, item: int, place: int) -> str:
        """Return the signals that spoke loudest for a pair, and after "+" the wordings that it shares."""
        said = zip(SIGNALS, self.signals[item, place].tolist(), self._models.pair.coefficients, strict=True)
        loudest = sorted(said, key=lambda signal: signal[1] * signal[2], reverse=True)[:SIGNALS_TOLD]
        told = ", ".join(f"{name} {value:.2f}" for name, value, _ in loudest)
        return f"{told}; + {_quoted(self._reader.shared(item, place))}"

    def _kept_evidence(self, item: int, linked: Sequence[int], remainder: Remainder) -> str:
        """Return the share of words kept and, after "−", those missing."""
        kept = f"{1 - remainder.missing_share:.0%}"
        return kept if remainder.verbatim else f"{kept}; − {_quoted(self._reader.missing(item, linked))}"

    def _dropped_evidence(self, item: int, nearest: int | None) -> str:
        """Return what is nearest to a dropped item."""
        return "∅" if nearest is None else f"≈ {self._evidence(item, nearest)}"


def _counts(provision: Provision) -> bool:
    return provision.alignable and provision.role in OPERATIVE_ROLES


def _quoted(wordings: Iterable[str]) -> str:
    return ", ".join(f"“{wording}”" for wording in islice(wordings, WORDS_QUOTED)) or "∅"
