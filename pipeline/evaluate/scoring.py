"""Precision, recall, F1, kappa: the arithmetic of evaluation, on multisets of keys.

Imports nothing of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a comparison; ``missed`` and ``wrong`` name what is not common to both sides."""

    hits: int
    wrong: tuple[Key, ...] = ()
    missed: tuple[Key, ...] = ()

    @property
    def precision(self) -> float:
        """Share of what was found that is right, in [0, 1]; 1 where nothing was found."""
        found = self.hits + len(self.wrong)
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, in [0, 1]; 1 where the gold is empty."""
        gold = self.hits + len(self.missed)
        return self.hits / gold if gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1].

        >>> Score(hits=1, missed=(("a",),)).f1
        0.6666666666666666
        """
        total = 2 * self.hits + len(self.wrong) + len(self.missed)
        return 2 * self.hits / total if total else 1.0

    @property
    def n(self) -> int:
        """Number of gold keys."""
        return self.hits + len(self.missed)


def compare(found: Iterable[Key], gold: Iterable[Key]) -> Score:
    """Compare two multisets of keys.

    >>> compare([("a",), ("b",)], [("a",), ("a",)])
    Score(hits=1, wrong=(('b',),), missed=(('a',),))
    """
    found_counts, gold_counts = Counter(found), Counter(gold)
    hits = sum((found_counts & gold_counts).values())
    wrong = tuple(sorted((found_counts - gold_counts).elements(), key=repr))
    missed = tuple(sorted((gold_counts - found_counts).elements(), key=repr))
    return Score(hits, wrong, missed)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the labels that occur in (found, gold) *pairs*, in [0, 1].

    >>> macro_f1([("kept", "kept"), ("dropped", "dropped")])
    1.0
    """
    labels = sorted({label for pair in pairs for label in pair})
    return sum(label_f1(pairs, label) for label in labels) / len(labels) if labels else 1.0


def label_f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    """Return the F1 of one *label* over (found, gold) *pairs*, in [0, 1]; 1 where it never occurs."""
    hits = sum(found == gold == label for found, gold in pairs)
    total = sum((found == label) + (gold == label) for found, gold in pairs)
    return 2 * hits / total if total else 1.0


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the agreement beyond chance of (found, gold) *pairs*, at most 1.

    >>> cohen_kappa([("a", "a"), ("b", "b")])
    1.0
    """
    n = len(pairs)
    if not n:
        return 1.0
    agreed = sum(found == gold for found, gold in pairs) / n
    found_counts = Counter(found for found, _ in pairs)
    gold_counts = Counter(gold for _, gold in pairs)
    chance = sum(found_counts[label] * gold_counts[label] for label in found_counts) / n**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
