"""What is left of an item of the parent in the local provisions linked to it, taken together.

Only the words of the item that localising does not swap count, weighed by how much they tell. A text copied
word for word is read more closely than a re-worded one: what was struck from it was struck on purpose.
Imports ``grams``, ``profiles``, ``scoring``, ``terms`` and ``model`` of this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log1p
from typing import TypeAlias

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from pipeline.align import terms
from pipeline.align.grams import Syllables
from pipeline.align.model import Logistic
from pipeline.align.presence import CLAUSES_KEPT
from pipeline.align.profiles import Side, plain_words
from pipeline.align.scoring import Comparison
from pipeline.records import PairRelation

_Weighed: TypeAlias = tuple[list[tuple[str, float]], float]

COMPLETENESS_SIGNALS = ("missing_share", "worst_obligation", "missing_mass")
"""missing_share     share of the item's weighed syllables that no linked provision holds
worst_obligation  the same for the clause of the item that lost most
missing_mass      log(1 + weight of what is missing), the length of the item left in
"""

COPIED = 0.9
"""Share of the shorter of two texts that must stand in the other, in order, for one to be a copy."""
MOSTLY = 0.5
"""Share of the item that a copy of it must hold at least."""
MIN_CLAUSE_MASS = 6.0
"""Weight under which a clause of the item is too light for its loss to count in full."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stands of one item of the parent in a set of local provisions.

    ``struck`` says that the text is a copy from which words that tell something were left out.
    """

    verbatim: bool
    missing_share: float
    worst_obligation: float
    missing_mass: float
    struck: bool

    def signals(self) -> tuple[float, ...]:
        """Return the values of `COMPLETENESS_SIGNALS`."""
        return self.missing_share, self.worst_obligation, log1p(self.missing_mass)


class Reader:
    """Measures remainders in one comparison; keeps what it has read of each provision."""

    def __init__(self, comparison: Comparison) -> None:
        statistics = comparison.statistics
        weights = comparison.weights.tolist()
        self._weight: dict[str, float] = dict(zip(statistics.vocabulary.places, weights, strict=True))
        self._weighed: dict[int, list[_Weighed]] = {}
        self._remainders: dict[tuple[int, ...], Remainder] = {}
        self._parent = statistics.side
        self._told = statistics.told
        self._local = comparison.local
        self._theme = statistics.theme

    def shared(self, item: int, place: int) -> list[str]:
        """Return the wordings of *item* that the local provision holds too, the weightiest first."""
        held = self._local.readings[place].held
        masses = {
            wording: sum(map(self._weight.__getitem__, run))
            for clause in self._parent.readings[item].clauses
            for wording, run in _shared_runs(clause, held)
        }
        return sorted(masses, key=lambda wording: (-masses[wording], wording))

    def missing(self, item: int, linked: Sequence[int]) -> Iterator[str]:
        """Yield the runs of words of *item* found in none of the *linked* local provisions, in order."""
        held = self._held(item, linked)
        for clause in self._parent.readings[item].clauses:
            yield from self._missing_runs(clause, held)

    def remainder(self, item: int, linked: Sequence[int]) -> Remainder:
        """Return what stands of *item* in the *linked* local provisions together."""
        key = (item, *linked)
        if key not in self._remainders:
            self._remainders[key] = self._measure(item, linked)
        return self._remainders[key]

    def _measure(self, item: int, linked: Sequence[int]) -> Remainder:
        held = self._held(item, linked)
        if self._parent.readings[item].words <= held:
            return Remainder(any(self._is_copy(item, place) for place in linked), 0.0, 0.0, 0.0, False)
        masses = [
            (sum(weight for word, weight in words if word not in held), whole)
            for words, whole in self._weighed_clauses(item)
        ]
        lost, whole = (sum(column) for column in zip(*masses, strict=True))
        return Remainder(
            verbatim=not lost and any(self._is_copy(item, place) for place in linked),
            missing_share=lost / whole if whole else 0.0,
            worst_obligation=max(mass / max(total, MIN_CLAUSE_MASS) for mass, total in masses),
            missing_mass=lost,
            struck=lost > 0 and any(self._struck(item, place, held) for place in linked),
        )

    def _held(self, item: int, linked: Sequence[int]) -> frozenset[str]:
        """Return the syllables of the *linked* local provisions together.

        Those of *item* that only name who is told to act count as held: who acts is drift, not the duty.
        """
        return self._told[item].union(*(self._local.readings[place].words for place in linked))

    def _weighed_clauses(self, item: int) -> list[_Weighed]:
        """Return the syllables of each clause of *item* with their weights, and the weight of all."""
        if item not in self._weighed:
            clauses = [dict.fromkeys(clause) for clause in self._parent.readings[item].clauses]
            weighed = [[(word, self._weight[word]) for word in words] for words in clauses]
            self._weighed[item] = [(words, sum(weight for _, weight in words)) for words in weighed]
        return self._weighed[item]

    def _is_copy(self, item: int, place: int) -> bool:
        """Return whether two provisions differ in typography alone."""
        return _plain(self._parent, item) == _plain(self._local, place)

    def _struck(self, item: int, place: int, held: frozenset[str]) -> bool:
        """Return whether a local provision copies *item* and leaves out words that tell something."""
        if not any(map(self._tells, self._parent.readings[item].words - held)):
            return False
        ours = list(chain.from_iterable(self._parent.readings[item].clauses))
        theirs = list(chain.from_iterable(self._local.readings[place].clauses))
        common = LCSseq.similarity(ours, theirs)
        if not common or common < COPIED * min(len(ours), len(theirs)) or common < MOSTLY * len(ours):
            return False
        return any(
            word not in held and self._tells(word)
            for edit in Levenshtein.opcodes(ours, theirs)
            if edit.tag == "delete"
            for word in ours[edit.src_start : edit.src_end]
        )

    def _tells(self, word: str) -> bool:
        return word not in terms.light_words() and word not in self._theme

    def _missing_runs(self, clause: Syllables, held: frozenset[str]) -> Iterator[str]:
        run: list[str] = []
        for word in (*clause, None):
            if word is not None and word not in held and word not in self._theme:
                run.append(word)
            elif run:
                yield " ".join(run)
                run = []


@lru_cache(CLAUSES_KEPT)
def _shared_runs(clause: Syllables, held: frozenset[str]) -> tuple[tuple[str, Syllables], ...]:
    """Return the longest runs of *clause* that stand in *held*, word by word and pair by pair.

    Each comes with its wording.
    """
    runs = []
    start = 0
    for end, word in enumerate(clause, 1):
        if end == len(clause) or f"{word} {clause[end]}" not in held:
            if word in held:
                runs.append(clause[start:end])
            start = end
    return tuple((" ".join(run), run) for run in runs)


def relations_of(remainders: Sequence[Remainder], complete: Logistic) -> list[PairRelation]:
    """Return, for each of *remainders*, how much of the item is kept; the caller knows that something is."""
    signals = np.array([remainder.signals() for remainder in remainders])
    whole = complete.probability(signals.reshape(-1, len(COMPLETENESS_SIGNALS))) >= complete.threshold
    return [_relation(remainder, bool(kept)) for remainder, kept in zip(remainders, whole, strict=True)]


def _relation(remainder: Remainder, whole: bool) -> PairRelation:
    if remainder.verbatim:
        return PairRelation.VERBATIM
    return PairRelation.ADAPTED if whole and not remainder.struck else PairRelation.PARTIAL


def _plain(side: Side, place: int) -> tuple[str, ...]:
    return plain_words(side.provisions[place].text, side.declared)
