"""Fit the two models of alignment to the annotations, and measure them on documents they never saw.

``python -m pipeline.align.fit --annotations annotations`` prints, for each local document held out in turn
and for all of them in sample, what the alignment scores against the gold, and writes ``model.toml``. The
thresholds are fitted inside each fold like everything else.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pipeline.align.coverage import COMPLETENESS_SIGNALS, Reader
from pipeline.align.matching import Matching
from pipeline.align.model import Floats, Logistic, Models, format_models
from pipeline.align.profiles import family_statistics, read_side
from pipeline.align.scoring import SIGNALS, Comparison, compare, pair_signals
from pipeline.annotations import (
    GoldAlignment,
    document_from_gold,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.records import CoverageStatus, Document, PairRelation
from pipeline.scoring import Score, cohen_kappa, label_f1, macro_f1
from pipeline.scoring import compare as compare_keys

PAIR_STRENGTH = 0.01
"""Inverse regularisation of the pair model: strong, for there are a hundred links to learn from."""
COMPLETE_STRENGTH = 0.3
NEARLY_BEST = 0.01
"""Loss of F1 that is noise: one link in a hundred."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One annotated pair of documents, compared once and ready to be learned from or tested on."""

    gold: GoldAlignment
    comparison: Comparison
    signals: Floats
    linked: Floats

    @property
    def name(self) -> str:
        """The local document's id."""
        return self.gold.local_doc_id


@dataclass(frozen=True, slots=True)
class Outcome:
    """How alignment fared on one or more documents."""

    pairs: Score
    statuses: tuple[tuple[str, str], ...]
    additions: Score

    def line(self) -> str:
        """Return the figures as one line of the table."""
        return (
            f"{self.pairs.f1:.3f} ({self.pairs.hits}/{self.pairs.n})  {macro_f1(self.statuses):.3f}  "
            f"{cohen_kappa(self.statuses):.3f}  {label_f1(self.statuses, 'dropped'):.3f} "
            f"({len(self.statuses)})  {self.additions.f1:.3f} ({self.additions.n})"
        )


def read_examples(folder: Path) -> list[Example]:
    """Return the annotated pairs of documents under *folder*, sorted by name."""
    documents = {gold.doc_id: document_from_gold(gold) for gold in read_gold_documents(folder)}
    return [
        make_example(gold, documents[gold.parent_doc_id], documents[gold.local_doc_id])
        for gold in read_gold_alignments(folder)
    ]


def make_example(gold: GoldAlignment, parent: Document, local: Document) -> Example:
    """Return the comparison of *parent* and *local* with its gold links."""
    comparison = compare(family_statistics(parent), read_side(local))
    links = {(row["parent"], row["local"]) for row in gold.pairs}
    linked = [
        [float((item.path, place.path) in links) for place in comparison.local.provisions]
        for item in comparison.statistics.side.provisions
    ]
    return Example(gold, comparison, pair_signals(comparison), np.array(linked))


def fit_models(examples: Sequence[Example]) -> Models:
    """Return both models fitted to *examples*."""
    signals = np.concatenate([example.signals.reshape(-1, len(SIGNALS)) for example in examples])
    linked = np.concatenate([example.linked.ravel() for example in examples])
    rows = [row for example in examples for row in _completeness(example)]
    kept = np.array([signals for signals, _ in rows])
    complete = np.array([float(whole) for _, whole in rows])
    return Models(
        pair=_fit(SIGNALS, signals, linked, PAIR_STRENGTH),
        complete=_fit(COMPLETENESS_SIGNALS, kept, complete, COMPLETE_STRENGTH),
    )


def evaluate(example: Example, models: Models) -> Outcome:
    """Return how *models* fare on *example*."""
    matching = Matching(example.comparison, models)
    found = {row.parent_path: row.status.value for row in matching.coverage()}
    return Outcome(
        pairs=compare_keys(
            [(example.name, pair.parent_path, pair.local_path) for pair in matching.pairs()],
            [(example.name, row["parent"], row["local"]) for row in example.gold.pairs],
        ),
        statuses=tuple((found.get(row["parent"], "missing"), row["status"]) for row in example.gold.coverage),
        additions=compare_keys(
            [(example.name, path) for path in matching.additions()],
            [(example.name, path) for path in example.gold.added],
        ),
    )


def held_out_models(examples: Sequence[Example]) -> dict[str, Models]:
    """Return for each example the models fitted to all the others, by local document."""
    return {
        example.name: fit_models([other for other in examples if other is not example])
        for example in examples
    }


def pool(outcomes: Iterable[Outcome]) -> Outcome:
    """Return *outcomes* as one."""
    listed = list(outcomes)
    return Outcome(
        pairs=_pool_scores([outcome.pairs for outcome in listed]),
        statuses=tuple(pair for outcome in listed for pair in outcome.statuses),
        additions=_pool_scores([outcome.additions for outcome in listed]),
    )


def _pool_scores(scores: Sequence[Score]) -> Score:
    return Score(
        hits=sum(score.hits for score in scores),
        wrong=tuple(key for score in scores for key in score.wrong),
        missed=tuple(key for score in scores for key in score.missed),
    )


def _completeness(example: Example) -> Iterable[tuple[Floats, bool]]:
    """Yield the remainder of every linked item, by the gold links, and whether the gold calls it whole."""
    reader = Reader(example.comparison)
    places = {item.path: row for row, item in enumerate(example.comparison.statistics.side.provisions)}
    locals_ = {item.path: row for row, item in enumerate(example.comparison.local.provisions)}
    for row in example.gold.pairs:
        if row["parent"] in places and row["local"] in locals_:
            remainder = reader.remainder(places[row["parent"]], [locals_[row["local"]]])
            if not remainder.verbatim and not remainder.struck:
                yield remainder.signals(), row["relation"] != PairRelation.PARTIAL
    for row in example.gold.coverage:
        linked = np.flatnonzero(example.linked[places[row["parent"]]]).tolist()
        if len(linked) > 1:
            remainder = reader.remainder(places[row["parent"]], linked)
            if not remainder.verbatim and not remainder.struck:
                yield remainder.signals(), row["status"] != CoverageStatus.PARTIAL


def _fit(names: tuple[str, ...], signals: Floats, truth: Floats, strength: float) -> Logistic:
    """Return a regularised logistic model over *signals* as they are, with the best threshold in sample."""
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


def report(examples: Sequence[Example], models: Models) -> str:
    """Return the table of figures: each document held out, all held out, all in sample."""
    held_out = held_out_models(examples)
    outcomes = {example.name: evaluate(example, held_out[example.name]) for example in examples}
    lines = ["held out (n)          pairs F1  coverage macro-F1  kappa  dropped F1  additions F1"]
    lines += [f"{name:<20}  {outcome.line()}" for name, outcome in outcomes.items()]
    lines.append(f"{'all, held out':<20}  {pool(outcomes.values()).line()}")
    in_sample = pool(evaluate(example, models) for example in examples)
    lines.append(f"{'all, in sample':<20}  {in_sample.line()}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures and write the model that comes with the package."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.align.fit", description=__doc__)
    parser.add_argument("--annotations", type=Path, default=Path("annotations"))
    parser.add_argument("--model", type=Path, default=Path(__file__).with_name("model.toml"))
    options = parser.parse_args(arguments)
    examples = read_examples(options.annotations)
    models = fit_models(examples)
    print(report(examples, models))
    options.model.write_text(format_models(models), encoding="utf-8")


if __name__ == "__main__":
    main()
