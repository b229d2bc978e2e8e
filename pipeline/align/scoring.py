"""How like each item of the parent is each local provision: the signals of a pair.

Words are weighed by how much they tell in this family: rare in both documents together, and not of the
title. Every signal lies in [0, 1] and most are relative to the rivals on one side or the other, so that
they mean the same in a long document and in a short one. Imports ``profiles``, ``topics`` and ``terms``
of this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.align import terms
from pipeline.align.bounds import require_size
from pipeline.align.profiles import (
    FamilyStatistics,
    Floats,
    Integers,
    Side,
    by_provision,
    sparse_presence,
    summed,
)
from pipeline.align.topics import topic_likeness

SIGNALS = (
    "likeness",
    "likeness_among_items",
    "likeness_among_locals",
    "topics_alike",
    "topics_among_items",
    "topics_among_locals",
    "telling",
    "telling_among_items",
    "told",
    "told_among_items",
    "evidence_among_items",
    "clause_claim",
    "clause_won",
    "obligation_claim",
    "obligation_won",
)
"""Names of the signals, in the order of the last axis of `pair_signals`.

likeness               cosine of the weighed grams of the two provisions
likeness_among_items   likeness relative to the item of the parent most like this local provision
likeness_among_locals  likeness relative to the local provision most like this item
topics_alike           cosine in the space of the strongest topics of the two documents
topics_among_items     share of topics_alike among all items of the parent, the near rivals counting most
topics_among_locals    the same among all local provisions
telling                share of what only this item of the parent says that the local provision says too
telling_among_items    telling relative to the item of the parent of which most is said here
told                   share of the local provision's grams that the item holds
told_among_items       what only this local provision says and the item too, relative to the best item
evidence_among_items   weight of the shared grams, each by its rarity in the parent, relative to the best item
clause_claim           best local clause: how like, and how near to its best item of the parent
clause_won             likeness of the best local clause that is liker to no other item of the parent
obligation_claim       best clause of the parent: how like, and how near to its best local provision
obligation_won         likeness of the best clause of the parent that is liker to no other local provision

Likenesses and shares count in full from the levels of `CLEAR` on: above, two texts are the same task, and
how literally one copies the other must not outweigh the rest.
"""

# The weights below multiply the inverse clause frequency of a gram: of the words of the title, of an act of
# the genre ("@inspect"), of two acts close together ("build@model").
THEME_WEIGHT = 0.3
CONCEPT_WEIGHT = 1.5
ACTION_WEIGHT = 0.75
CLEAR = {"likeness": 0.3, "telling": 0.3, "told": 0.4, "clause_won": 0.3, "obligation_won": 0.3}
CLEARLY_ALIKE = 0.35
"""Likeness of two clauses from which on more of it adds nothing to a claim."""
RIVAL = 0.1
"""Likeness by topics that a rival must lack to count a third of the best."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A parent and a local document side by side.

    ``weights`` belongs to the parent's vocabulary; ``items`` and ``clauses`` of the local side are sparse
    presence over it; the ``*_mass`` arrays hold the weight of all grams, also those the parent lacks;
    ``topics`` is how like the provisions are by topic.
    """

    statistics: FamilyStatistics
    local: Side
    weights: Floats
    clauses: csr_matrix
    items: csr_matrix
    clause_mass: Floats
    item_mass: Floats
    topics: Floats


def compare(statistics: FamilyStatistics, local: Side) -> Comparison:
    """Return the comparison of the parent behind *statistics* with a *local* side.

    Raises:
        TooLongToCompare: the two have too many provisions or clauses.
    """
    require_size(_size(statistics.side), _size(local))
    known = len(statistics.vocabulary)
    vocabulary = _with_local(statistics.vocabulary, local)
    clauses = sparse_presence(local.clause_grams, vocabulary)
    counts = summed(clauses, local.first)
    items = counts.sign()
    weights = _weights(statistics, clauses, vocabulary)
    return Comparison(
        statistics=statistics,
        local=local,
        weights=weights[:known],
        clauses=clauses[:, :known],
        items=items[:, :known],
        clause_mass=clauses @ weights,
        item_mass=items @ weights,
        topics=topic_likeness(statistics.counts, counts, vocabulary),
    )


def _size(side: Side) -> tuple[int, int]:
    return len(side.provisions), len(side.clauses)


def _with_local(vocabulary: dict[str, int], local: Side) -> dict[str, int]:
    """Return *vocabulary* with the grams behind it that only the *local* side holds, in order."""
    others = sorted(frozenset().union(*local.held) - vocabulary.keys())
    return {**vocabulary, **{gram: place for place, gram in enumerate(others, len(vocabulary))}}


def pair_signals(comparison: Comparison) -> Floats:
    """Return the signals of all pairs: an array of items of the parent × local provisions × `SIGNALS`."""
    statistics, weights = comparison.statistics, comparison.weights
    likeness = _cosine(statistics.items, comparison.items, weights, comparison.item_mass)
    telling = _telling(comparison)
    clauses = _cosine(statistics.clauses, comparison.clauses, weights, comparison.clause_mass)
    by_item = by_provision(clauses, statistics.side.first)
    by_local = by_provision(clauses.T, comparison.local.first).T
    columns = {
        "likeness": likeness,
        "likeness_among_items": _relative(likeness, 0),
        "likeness_among_locals": _relative(likeness, 1),
        "topics_alike": comparison.topics,
        "topics_among_items": _shares(comparison.topics, 0),
        "topics_among_locals": _shares(comparison.topics, 1),
        "telling": telling,
        "telling_among_items": _relative(telling, 0),
        "told": _told_share(comparison),
        "told_among_items": _relative(_told_weight(comparison), 0),
        "evidence_among_items": _relative(_evidence(comparison), 0),
        "clause_claim": _gather_local(_claims(by_item, 0), comparison.local.first),
        "clause_won": _gather_local(_won(by_item, 0), comparison.local.first),
        "obligation_claim": by_provision(_claims(by_local, 1), statistics.side.first),
        "obligation_won": by_provision(_won(by_local, 1), statistics.side.first),
    }
    return np.stack([np.minimum(columns[name] / CLEAR.get(name, 1), 1) for name in SIGNALS], axis=-1)


def _weights(statistics: FamilyStatistics, local: csr_matrix, vocabulary: Mapping[str, int]) -> Floats:
    """Return the weight of every gram of both sides: inverse clause frequency, damped for the theme."""
    counts = np.asarray(local.sum(axis=0)).ravel()
    counts[: len(statistics.vocabulary)] += statistics.clauses.sum(axis=0)
    clauses = len(statistics.clauses) + local.shape[0]
    factors = np.array([_factor(gram) for gram in vocabulary])
    factors[[vocabulary[gram] for gram in sorted(statistics.theme & vocabulary.keys())]] *= THEME_WEIGHT
    return np.asarray(np.log((clauses + 1) / (counts + 0.5)) * factors)


def _factor(gram: str) -> float:
    if terms.CONCEPT_MARK not in gram:
        return 1.0
    return CONCEPT_WEIGHT if gram.startswith(terms.CONCEPT_MARK) else ACTION_WEIGHT


def _cosine(parent: Floats, local: csr_matrix, weights: Floats, local_mass: Floats) -> Floats:
    shared: Floats = (local @ (parent * weights).T).T
    return shared / np.sqrt(np.maximum(np.outer(parent @ weights, local_mass), 1e-9))


def _telling(comparison: Comparison) -> Floats:
    """Return the share of each item's own words found in each local provision; a word is the more an
    item's own, the fewer of its siblings hold it."""
    items = comparison.statistics.items
    own = items * (comparison.weights / np.maximum(items.sum(axis=0), 1))
    found: Floats = (comparison.items @ own.T).T
    return np.asarray(found / np.maximum(own.sum(axis=1)[:, None], 1e-9))


def _told_share(comparison: Comparison) -> Floats:
    """Return the share of the weight of each local provision that each item holds."""
    shared = (comparison.items @ (comparison.statistics.items * comparison.weights).T).T
    return np.asarray(shared / np.maximum(comparison.item_mass, 1e-9))


def _told_weight(comparison: Comparison) -> Floats:
    """Return the weight of the shared grams, each divided by the number of local provisions that hold it."""
    holders = np.asarray(comparison.items.sum(axis=0)).ravel()
    own = comparison.statistics.items * (comparison.weights / np.maximum(holders, 1))
    return np.asarray((comparison.items @ own.T).T)


def _evidence(comparison: Comparison) -> Floats:
    """Return the weight of the shared grams, each times its rarity among the items of the parent."""
    items = comparison.statistics.items
    rarity = np.log((len(items) + 1) / (items.sum(axis=0) + 0.5))
    weighed = items * (comparison.weights * np.maximum(rarity, 0))
    return np.asarray((comparison.items @ weighed.T).T)


def _relative(values: Floats, axis: int) -> Floats:
    """Return *values* as shares of the greatest along *axis*."""
    if not values.size:
        return values
    greatest: Floats = values.max(axis=axis, keepdims=True)
    return values / np.maximum(greatest, 1e-9)


def _shares(values: Floats, axis: int) -> Floats:
    """Return the softmax of *values* along *axis*, at the scale of `RIVAL`."""
    grown = np.exp(values / RIVAL)
    return np.asarray(grown / grown.sum(axis=axis, keepdims=True))


def _claims(likeness: Floats, axis: int) -> Floats:
    return _relative(likeness, axis) * np.minimum(likeness / CLEARLY_ALIKE, 1)


def _won(likeness: Floats, axis: int) -> Floats:
    return np.where(_relative(likeness, axis) >= 1, likeness, 0)


def _gather_local(by_clause: Floats, first: Integers) -> Floats:
    return by_provision(by_clause.T, first).T
