"""Fit alignment to the annotations, and measure it on documents it never saw.

``python -m pipeline.evaluate.training`` prints how the alignment fares on each annotated local document
when the models are fitted to the others, then on all of them in sample, and writes
``align/model.toml``. An offline tool: no run of the pipeline imports it.
Imports ``extract``, ``align``, ``annotations`` and ``scoring``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pipeline.align
from pipeline.align.drift import find_drift
from pipeline.align.fit import Example, Truth, fit_models, make_example
from pipeline.align.matching import Matching
from pipeline.align.model import Models, format_models
from pipeline.annotations import (
    GoldAlignment,
    document_from_gold,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.evaluate.scoring import Score, cohen_kappa, compare, label_f1, macro_f1
from pipeline.extract.assignments import assignments_of
from pipeline.extract.deadlines import deadlines_of
from pipeline.extract.references import references_of
from pipeline.records import CoverageStatus, Document, PairRelation

MODEL = Path(pipeline.align.__file__).with_name("model.toml")
HEADER = f"{'held out':<20}  pairs       statuses: macro-F1, kappa, dropped  additions   drift"


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated pair of documents, with all that a trial needs."""

    gold: GoldAlignment
    parent: Document
    local: Document
    example: Example


@dataclass(frozen=True, slots=True)
class Outcome:
    """How alignment fared on one or more documents; ``statuses`` are pairs (found, gold)."""

    pairs: Score
    statuses: tuple[tuple[str, str], ...]
    additions: Score
    drift: Score

    def line(self, name: str) -> str:
        """Return the figures as one line of the table, with the number of gold rows behind each."""
        statuses = (
            f"{macro_f1(self.statuses):.3f} {cohen_kappa(self.statuses):.3f} "
            f"{label_f1(self.statuses, CoverageStatus.DROPPED):.3f} ({len(self.statuses)})"
        )
        return (
            f"{name:<20}  {_figure(self.pairs)}  {statuses:<33}  "
            f"{_figure(self.additions)}  {_figure(self.drift)}"
        )


def read_cases(folder: Path) -> list[Case]:
    """Return the annotated pairs of documents under *folder*, sorted by name.

    Provisions are those of the gold; references, deadlines and bodies are extracted from them.

    Raises:
        AnnotationError: a file of *folder* does not follow the guidelines.
    """
    documents = {gold.doc_id: _with_facts(document_from_gold(gold)) for gold in read_gold_documents(folder)}
    return [
        _case(gold, documents[gold.parent_doc_id], documents[gold.local_doc_id])
        for gold in read_gold_alignments(folder)
    ]


def hold_out(cases: Sequence[Case]) -> dict[str, Models]:
    """Return for each case, by local document, the models fitted to all the others."""
    return {
        case.gold.local_doc_id: fit_models([other.example for other in cases if other is not case])
        for case in cases
    }


def try_models(case: Case, models: Models) -> Outcome:
    """Return how *models* fare on *case*."""
    matching = Matching(case.example.comparison, models)
    pairs = matching.pairs()
    found = {row.parent_path: row.status.value for row in matching.coverage()}
    drift = find_drift(case.parent, case.local, pairs)
    gold, name = case.gold, case.gold.local_doc_id
    return Outcome(
        pairs=compare(
            [(name, pair.parent_path, pair.local_path) for pair in pairs],
            [(name, row["parent"], row["local"]) for row in gold.pairs],
        ),
        statuses=tuple((found.get(row["parent"], "missing"), row["status"]) for row in gold.coverage),
        additions=compare(
            [(name, path) for path in matching.additions()], [(name, path) for path in gold.added]
        ),
        drift=compare(
            {(name, row.parent_path, row.type.value) for row in drift},
            {(name, row["parent"], row["type"]) for row in gold.drift},
        ),
    )


def pool(outcomes: Iterable[Outcome]) -> Outcome:
    """Return *outcomes* as one."""
    listed = list(outcomes)
    return Outcome(
        pairs=_pool([outcome.pairs for outcome in listed]),
        statuses=tuple(pair for outcome in listed for pair in outcome.statuses),
        additions=_pool([outcome.additions for outcome in listed]),
        drift=_pool([outcome.drift for outcome in listed]),
    )


def report(cases: Sequence[Case], models: Models) -> str:
    """Return the table of figures: each document held out, all held out, all in sample with *models*."""
    held_out = hold_out(cases)
    outcomes = {name: try_models(case, held_out[name]) for name, case in _by_name(cases).items()}
    lines = [HEADER, *(outcome.line(name) for name, outcome in outcomes.items())]
    lines.append(pool(outcomes.values()).line("all, held out"))
    lines.append(pool(try_models(case, models) for case in cases).line("all, in sample"))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures and write the model."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluate.training", description=__doc__)
    parser.add_argument("--annotations", type=Path, default=Path("annotations"))
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args(arguments)
    cases = read_cases(options.annotations)
    models = fit_models([case.example for case in cases])
    print(report(cases, models))
    options.model.write_text(format_models(models), encoding="utf-8")


def _case(gold: GoldAlignment, parent: Document, local: Document) -> Case:
    truth = Truth(
        relations={(row["parent"], row["local"]): PairRelation(row["relation"]) for row in gold.pairs},
        statuses={row["parent"]: CoverageStatus(row["status"]) for row in gold.coverage},
    )
    return Case(gold, parent, local, make_example(parent, local, truth))


def _with_facts(document: Document) -> Document:
    layout = document.layout
    return replace(
        document,
        references=references_of(document.text, layout),
        deadlines=deadlines_of(document.text, layout),
        assignments=assignments_of(layout),
    )


def _by_name(cases: Sequence[Case]) -> Mapping[str, Case]:
    return {case.gold.local_doc_id: case for case in cases}


def _pool(scores: Sequence[Score]) -> Score:
    return Score(
        hits=sum(score.hits for score in scores),
        wrong=tuple(key for score in scores for key in score.wrong),
        missed=tuple(key for score in scores for key in score.missed),
    )


def _figure(score: Score) -> str:
    return f"{score.f1:.3f} ({score.n})".ljust(11)


if __name__ == "__main__":
    main()
