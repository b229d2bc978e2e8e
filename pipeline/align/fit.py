"""How the two models of alignment are fitted to examples with known truth.

The thresholds are fitted like everything else, so that a document held out is held out of them too.
Run by `pipeline.evaluate.training`; a run of the pipeline never imports this module. Imports the other
modules of this room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pipeline.align.coverage import COMPLETENESS_SIGNALS, Reader, Remainder
from pipeline.align.model import Floats, Logistic, Models
from pipeline.align.profiles import Side, family_statistics, read_side
from pipeline.align.scoring import SIGNALS, Comparison, compare, pair_signals
from pipeline.records import CoverageStatus, Document, PairRelation

PAIR_STRENGTH = 0.01
"""Inverse regularisation of the pair model: strong, for there are a hundred links to learn from."""
COMPLETE_STRENGTH = 0.3
NEARLY_BEST = 0.01
"""Loss of F1 that is noise: one link in a hundred."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of one pair of documents: its links with their relations, and the items' statuses."""

    relations: Mapping[tuple[str, str], PairRelation]
    statuses: Mapping[str, CoverageStatus]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A comparison whose truth is known, measured once and ready to be learned from or tested on."""

    truth: Truth
    comparison: Comparison
    signals: Floats
    linked: Floats


def make_example(parent: Document, local: Document, truth: Truth) -> Example:
    """Return the comparison of *parent* and *local* with its *truth*; links of unknown paths are ignored."""
    statistics = family_statistics(parent)
    comparison = compare(statistics, read_side(local, aims=statistics.rules))
    linked = [
        [float((item.path, place.path) in truth.relations) for place in comparison.local.provisions]
        for item in comparison.statistics.side.provisions
    ]
    return Example(truth, comparison, pair_signals(comparison), np.array(linked))


def fit_models(examples: Sequence[Example]) -> Models:
    """Return both models fitted to *examples*, which must hold links of both kinds, whole and partial."""
    signals = np.concatenate([example.signals.reshape(-1, len(SIGNALS)) for example in examples])
    linked = np.concatenate([example.linked.ravel() for example in examples])
    remainders = [row for example in examples for row in _judged_remainders(example)]
    kept = np.array([remainder.signals() for remainder, _ in remainders])
    whole = np.array([float(complete) for _, complete in remainders])
    return Models(
        pair=_fit(SIGNALS, signals, linked, PAIR_STRENGTH),
        complete=_fit(COMPLETENESS_SIGNALS, kept, whole, COMPLETE_STRENGTH),
    )


def best_threshold(probability: Floats, truth: Floats) -> float:
    """Return the highest threshold whose F1 of "yes" is within `NEARLY_BEST` of the best.

    The highest, because a wrong link misleads a reader more than a missing one.

    >>> best_threshold(np.array([0.9, 0.6, 0.2]), np.array([1.0, 1.0, 0.0]))
    0.4
    """
    order = np.argsort(-probability, kind="stable")
    ranked = np.append(probability[order], 0.0)
    thresholds = (ranked[:-1] + ranked[1:]) / 2
    f1 = 2 * np.cumsum(truth[order]) / (np.arange(1, len(ranked)) + truth.sum())
    return float(thresholds[f1 >= f1.max() - NEARLY_BEST].max())


def _fit(names: tuple[str, ...], signals: Floats, truth: Floats, strength: float) -> Logistic:
    """Return a regularised logistic model over *signals* as they are, with its threshold."""
    scaler = StandardScaler().fit(signals)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(scaler.transform(signals), truth)
    coefficients = model.coef_[0] / scaler.scale_
    fitted = Logistic(
        signals=names,
        coefficients=tuple(round(float(value), 4) for value in coefficients),
        intercept=round(float(model.intercept_[0] - coefficients @ scaler.mean_), 4),
        threshold=0.5,
    )
    threshold = best_threshold(fitted.probability(signals), truth)
    return Logistic(names, fitted.coefficients, fitted.intercept, round(threshold, 4))


def _judged_remainders(example: Example) -> Iterator[tuple[Remainder, bool]]:
    """Yield what is left of each linked item, by the true links, and whether the truth calls it whole.

    Copies are left out: they are judged by rule, not by the model.
    """
    reader = Reader(example.comparison)
    for item, linked, complete in _judgements(example):
        remainder = reader.remainder(item, linked)
        if not remainder.verbatim and not remainder.struck:
            yield remainder, complete


def _judgements(example: Example) -> Iterator[tuple[int, list[int], bool]]:
    """Yield every true link by itself, then every item that has several links with all of them."""
    items = _places(example.comparison.statistics.side)
    locals_ = _places(example.comparison.local)
    for (parent, local), relation in example.truth.relations.items():
        if parent in items and local in locals_:
            yield items[parent], [locals_[local]], relation is not PairRelation.PARTIAL
    for parent, status in example.truth.statuses.items():
        linked = np.flatnonzero(example.linked[items[parent]]).tolist() if parent in items else []
        if len(linked) > 1:
            yield items[parent], linked, status is not CoverageStatus.PARTIAL


def _places(side: Side) -> dict[str, int]:
    return {provision.path: place for place, provision in enumerate(side.provisions)}
