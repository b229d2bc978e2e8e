"""What is left of an item of the parent in the local provisions linked to it, taken together.

Only the words of the item that localising does not swap count, weighed by how much they tell. A text copied
word for word is read more closely than a re-worded one: what was struck from it was struck on purpose.
Imports ``grams``, ``scoring``, ``terms`` and ``model`` of this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from pipeline.align import terms
from pipeline.align.grams import Syllables, spell_out
from pipeline.align.model import Floats, Logistic
from pipeline.align.profiles import Side
from pipeline.align.scoring import Comparison
from pipeline.records import PairRelation

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
        self._parent = statistics.side
        self._local = comparison.local
        self._theme = statistics.theme

    def weight(self, gram: str) -> float:
        """Return how much a *gram* of the parent tells."""
        return self._weight[gram]

    def remainder(self, item: int, linked: Sequence[int]) -> Remainder:
        """Return what stands of *item* in the *linked* local provisions together."""
        clauses = self._parent.clauses_of(item)
        held = {word for place in linked for clause in self._local.clauses_of(place) for word in clause}
        masses = [self._masses(clause, held) for clause in clauses]
        lost, whole = (sum(column) for column in zip(*masses, strict=True))
        return Remainder(
            verbatim=not lost and any(self._is_copy(item, place) for place in linked),
            missing_share=lost / whole if whole else 0.0,
            worst_obligation=max(mass / max(total, MIN_CLAUSE_MASS) for mass, total in masses),
            missing_mass=lost,
            missing=tuple(run for clause in clauses for run in self._missing_runs(clause, held)),
            struck=lost > 0 and any(self._struck(item, place, held) for place in linked),
        )

    def _masses(self, clause: Syllables, held: set[str]) -> tuple[float, float]:
        """Return the weight of the clause's words that are missing, and of all its words."""
        words = sorted(set(clause))
        weights = [self._weight[word] for word in words]
        lost = sum(weight for word, weight in zip(words, weights, strict=True) if word not in held)
        return lost, sum(weights)

    def _is_copy(self, item: int, place: int) -> bool:
        """Return whether two provisions differ in typography alone."""
        return _plain(self._parent, item) == _plain(self._local, place)

    def _struck(self, item: int, place: int, held: set[str]) -> bool:
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

    def _missing_runs(self, clause: Syllables, held: set[str]) -> Iterator[str]:
        run: list[str] = []
        for word in (*clause, None):
            if word is not None and word not in held and word not in self._theme:
                run.append(word)
            elif run:
                yield " ".join(run)
                run = []


def relation_of(remainder: Remainder, complete: Logistic) -> PairRelation:
    """Return how much of the item is kept; the caller knows that something is."""
    if remainder.verbatim:
        return PairRelation.VERBATIM
    if not remainder.struck and complete.probability(remainder.signals()) >= complete.threshold:
        return PairRelation.ADAPTED
    return PairRelation.PARTIAL


def _plain(side: Side, place: int) -> list[str]:
    """Return all syllables of a provision, masked by nothing, but "và", which may stand for a comma."""
    text = side.provisions[place].text
    return [word for word in spell_out(text, side.abbreviations) if word != "và"]
