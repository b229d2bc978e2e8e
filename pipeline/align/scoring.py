"""How like each item of the parent is each local provision: the signals of a pair.

Words are weighed by how much they tell in this family: rare in both documents together, and not of the
title. Every signal lies in [0, 1] and most are relative to the rivals on one side or the other, so that
they mean the same in a long document and in a short one. Imports ``presence``, ``profiles``, ``topics``
and ``terms`` of this room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.align import terms
from pipeline.align.bounds import require_size
from pipeline.align.presence import Floats, Integers, Presence, Vocabulary, gathered, presence
from pipeline.align.profiles import FamilyStatistics, Side, by_provision
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
DECIMALS, NOISE = 9, 1e-9
"""What is left of the signals, and differences that count as none: below lies the order in which a machine
adds up, which must not show."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A parent and a local document side by side.

    ``weights`` belongs to the parent's vocabulary, and so do the columns of ``clauses`` and ``items``, which
    tell where its grams stand in the local document; the ``*_mass`` arrays hold the weight of all grams
    there, also those the parent lacks; ``topics`` is how like the provisions are by topic.
    """

    statistics: FamilyStatistics
    local: Side
    weights: Floats
    clauses: Presence
    items: Presence
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
    clauses, others = _placed(statistics.vocabulary, local)
    items = gathered(clauses, local.first)
    weights = _weights(statistics, clauses, others)
    topical = np.append(_known_topical(statistics), _topical(others))
    return Comparison(
        statistics=statistics,
        local=local,
        weights=weights[:known],
        clauses=clauses.first_columns(known),
        items=items.first_columns(known),
        clause_mass=clauses.sums(weights),
        item_mass=items.sums(weights),
        topics=topic_likeness(statistics.items, items, topical),
    )


def _size(side: Side) -> tuple[int, int]:
    return len(side.provisions), side.clause_count


def _placed(vocabulary: Vocabulary, local: Side) -> tuple[Presence, list[str]]:
    """Return where the grams of the *local* clauses stand, and those that stand behind *vocabulary*."""
    found = [vocabulary.columns(held) for held in local.clause_grams]
    others = sorted(frozenset[str]().union(*(unknown for _, unknown in found)))
    places = {gram: place for place, gram in enumerate(others, len(vocabulary))}
    rows = [
        np.append(known, [places[gram] for gram in unknown]) if unknown else known for known, unknown in found
    ]
    return presence(rows, len(vocabulary) + len(others)), others


def pair_signals(comparison: Comparison) -> Floats:
    """Return the signals of all pairs: an array of items of the parent × local provisions × `SIGNALS`."""
    items, first = comparison.statistics.items, comparison.local.first
    parent_first = comparison.statistics.side.first
    shared, own, told, evidence = _shared(items, comparison.items, _weightings(comparison))
    likeness = shared / _lengths(items.sums(comparison.weights), comparison.item_mass)
    telling = own / np.maximum(items.sums(_own_weights(comparison))[:, None], 1e-9)
    clauses = _clause_likeness(comparison)
    by_item = by_provision(clauses, parent_first)
    by_local = by_provision(clauses.T, first).T
    columns = {
        "likeness": likeness,
        "likeness_among_items": _relative(likeness, 0),
        "likeness_among_locals": _relative(likeness, 1),
        "topics_alike": comparison.topics,
        "topics_among_items": _shares(comparison.topics, 0),
        "topics_among_locals": _shares(comparison.topics, 1),
        "telling": telling,
        "telling_among_items": _relative(telling, 0),
        "told": shared / np.maximum(comparison.item_mass, 1e-9),
        "told_among_items": _relative(told, 0),
        "evidence_among_items": _relative(evidence, 0),
        "clause_claim": _gather_local(_claims(by_item, 0), first),
        "clause_won": _gather_local(_won(by_item, 0), first),
        "obligation_claim": by_provision(_claims(by_local, 1), parent_first),
        "obligation_won": by_provision(_won(by_local, 1), parent_first),
    }
    signals = [np.minimum(columns[name] / CLEAR.get(name, 1), 1) for name in SIGNALS]
    return np.round(np.stack(signals, axis=-1), DECIMALS)


def _weights(statistics: FamilyStatistics, clauses: Presence, others: Sequence[str]) -> Floats:
    """Return the weight of every gram of both sides: inverse clause frequency, damped for the theme."""
    counts = clauses.holders.copy()
    counts[: len(statistics.vocabulary)] += statistics.clauses.holders
    total = statistics.clauses.shape[0] + clauses.shape[0]
    factors = np.append(_known_factors(statistics), _factors(others, statistics.theme))
    return np.asarray(np.log((total + 1) / (counts + 0.5)) * factors)


@lru_cache(maxsize=8)
def _known_factors(statistics: FamilyStatistics) -> Floats:
    return _factors(statistics.vocabulary.places, statistics.theme)


def _factors(grams: Iterable[str], theme: frozenset[str]) -> Floats:
    factors = (_factor(gram) * (THEME_WEIGHT if gram in theme else 1) for gram in grams)
    return np.fromiter(factors, dtype=np.float64)


def _factor(gram: str) -> float:
    if terms.CONCEPT_MARK not in gram:
        return 1.0
    return CONCEPT_WEIGHT if gram.startswith(terms.CONCEPT_MARK) else ACTION_WEIGHT


@lru_cache(maxsize=8)
def _known_topical(statistics: FamilyStatistics) -> NDArray[np.bool_]:
    return _topical(statistics.vocabulary.places)


def _topical(grams: Iterable[str]) -> NDArray[np.bool_]:
    """Return, for each of *grams*, whether it tells of a topic: pairs of syllables are too rare to."""
    return np.fromiter((" " not in gram for gram in grams), dtype=np.bool_)


def _weightings(comparison: Comparison) -> tuple[Floats, ...]:
    """Return the weights of the parent's grams as they are, and as three questions ask for them.

    What is an item's own, what is a local provision's own: shared among all that hold a gram. What is
    evidence for an item: times the gram's rarity among the items.
    """
    weights, items = comparison.weights, comparison.statistics.items
    rarity = np.log((items.shape[0] + 1) / (items.holders + 0.5))
    local = weights / np.maximum(comparison.items.holders, 1)
    return weights, _own_weights(comparison), local, weights * np.maximum(rarity, 0)


def _own_weights(comparison: Comparison) -> Floats:
    return np.asarray(comparison.weights / np.maximum(comparison.statistics.items.holders, 1))


def _shared(parent: Presence, local: Presence, weightings: Sequence[Floats]) -> list[Floats]:
    """Return how much each row of *parent* shares with each of *local*, by each of *weightings*."""
    matrices = [local.matrix(weights[local.columns]) for weights in weightings]
    return [np.asarray((matrix @ parent.transposed).T) for matrix in matrices]


def _clause_likeness(comparison: Comparison) -> Floats:
    parent, local, weights = comparison.statistics.clauses, comparison.clauses, comparison.weights
    (shared,) = _shared(parent, local, [weights])
    return shared / _lengths(parent.sums(weights), comparison.clause_mass)


def _lengths(parent: Floats, local: Floats) -> Floats:
    """Return what makes a cosine of the shared weight, from the weight of each side's rows."""
    return np.sqrt(np.maximum(np.outer(parent, local), 1e-9))


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
    return np.where(_relative(likeness, axis) >= 1 - NOISE, likeness, 0)


def _gather_local(by_clause: Floats, first: Integers) -> Floats:
    return by_provision(by_clause.T, first).T
