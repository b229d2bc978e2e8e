"""What is left of an item of the parent in the local provisions linked to it, taken together.

Only the words of the item that localising does not swap count, weighed by how much they tell. A text copied
word for word is read more closely than a re-worded one: what was struck from it was struck on purpose.
Imports ``grams``, ``profiles``, ``scoring``, ``terms`` and ``model`` of this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from pipeline.align import terms
from pipeline.align.grams import Syllables
from pipeline.align.model import Floats, Logistic
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

    ``missing`` are the runs of words found in none of them; ``struck`` says that the text is a copy from
    which words that tell something were left out.
    """

    verbatim: bool
    missing_share: float
    worst_obligation: float
    missing_mass: float
    missing: tuple[str, ...]
    struck: bool

    def signals(self) -> Floats:
        """Return the values of `COMPLETENESS_SIGNALS`."""
        return np.array([self.missing_share, self.worst_obligation, np.log1p(self.missing_mass)])


class Reader:
    """Measures remainders in one comparison; keeps what it has read of each provision."""

    def __init__(self, comparison: Comparison) -> None:
        statistics = comparison.statistics
        weights = comparison.weights.tolist()
        self._weight: dict[str, float] = dict(zip(statistics.vocabulary, weights, strict=True))
        self._words: dict[int, frozenset[str]] = {}
        self._weighed: dict[int, list[_Weighed]] = {}
        self._parent = statistics.side
        self._local = comparison.local
        self._theme = statistics.theme

    def shared(self, item: int, place: int) -> list[str]:
        """Return the wordings of *item* that the local provision holds too, the weightiest first."""
        held = self._local.held[place]
        runs = (run for clause in self._parent.clauses_of(item) for run in _shared_runs(clause, held))
        masses = {" ".join(run): sum(map(self._weight.__getitem__, run)) for run in runs}
        return sorted(masses, key=lambda wording: (-masses[wording], wording))

    def remainder(self, item: int, linked: Sequence[int]) -> Remainder:
        """Return what stands of *item* in the *linked* local provisions together."""
        clauses = self._parent.clauses_of(item)
        held = frozenset().union(*map(self._words_of, linked))
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
            missing=tuple(run for clause in clauses for run in self._missing_runs(clause, held)),
            struck=lost > 0 and any(self._struck(item, place, held) for place in linked),
        )

    def _words_of(self, place: int) -> frozenset[str]:
        """Return the syllables of the local provision at *place*."""
        if place not in self._words:
            self._words[place] = frozenset(chain.from_iterable(self._local.clauses_of(place)))
        return self._words[place]

    def _weighed_clauses(self, item: int) -> list[_Weighed]:
        """Return the syllables of each clause of *item* with their weights, and the weight of all."""
        if item not in self._weighed:
            clauses = [dict.fromkeys(clause) for clause in self._parent.clauses_of(item)]
            weighed = [[(word, self._weight[word]) for word in words] for words in clauses]
            self._weighed[item] = [(words, sum(weight for _, weight in words)) for words in weighed]
        return self._weighed[item]

    def _is_copy(self, item: int, place: int) -> bool:
        """Return whether two provisions differ in typography alone."""
        return _plain(self._parent, item) == _plain(self._local, place)

    def _struck(self, item: int, place: int, held: frozenset[str]) -> bool:
        """Return whether a local provision copies *item* and leaves out words that tell something."""
        ours = [word for clause in self._parent.clauses_of(item) for word in clause]
        theirs = [word for clause in self._local.clauses_of(place) for word in clause]
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


def _shared_runs(clause: Syllables, held: frozenset[str]) -> Iterator[Syllables]:
    """Yield the longest runs of *clause* that stand in *held*, word by word and pair by pair."""
    start = 0
    for end, word in enumerate(clause, 1):
        if end == len(clause) or f"{word} {clause[end]}" not in held:
            if word in held:
                yield clause[start:end]
            start = end


def relation_of(remainder: Remainder, complete: Logistic) -> PairRelation:
    """Return how much of the item is kept; the caller knows that something is."""
    if remainder.verbatim:
        return PairRelation.VERBATIM
    if not remainder.struck and complete.probability(remainder.signals()) >= complete.threshold:
        return PairRelation.ADAPTED
    return PairRelation.PARTIAL


def _plain(side: Side, place: int) -> tuple[str, ...]:
    return plain_words(side.provisions[place].text, side.declared)
