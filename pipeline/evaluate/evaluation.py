"""The published tables against the gold annotations: figures per layer, and every miss by name.

Only documents and pairs of documents that are annotated count. Imports ``annotations``, ``keys``,
``scoring`` and ``tables``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from pipeline.annotations import (
    GoldAlignment,
    GoldDocument,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.errors import UsageError
from pipeline.evaluate.keys import DOCUMENT_LAYERS, PAIR_LAYERS, Layer, by_document, by_pair, lists_of_bodies
from pipeline.evaluate.scoring import Key, Score, cohen_kappa, compare, label_f1, macro_f1
from pipeline.records import CoverageStatus
from pipeline.tables import read_rows, read_table_rows

Row = dict[str, Any]

SAME_PROVISION = 0.9
"""Similarity from which two texts at one path are one provision: a bad scan misreads one letter in twenty."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure in [0, 1] with the number of gold rows behind it."""

    name: str
    value: float
    n: int
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the tables hold, layer by layer: facts by document, links by pair, and the rows of coverage."""

    facts: Mapping[str, Mapping[str, list[Row]]]
    links: Mapping[str, Mapping[tuple[str, str], list[Any]]]
    coverage: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures in reading order, how coverage statuses were confused, and what was not there to compare.

    ``missing``: annotated documents that the tables do not have; all of their facts count as missed.
    """

    figures: tuple[Figure, ...]
    confusion: dict[tuple[str, str], int]
    gold_sha256: str
    missing: tuple[str, ...] = ()


def evaluate(gold_folder: Path, out: Path) -> Evaluation:
    """Compare the tables under *out* with the annotations under *gold_folder*.

    Raises:
        UsageError: there are no annotations, or no tables.
    """
    documents = read_gold_documents(gold_folder)
    alignments = read_gold_alignments(gold_folder)
    if not documents:
        raise UsageError(f"{gold_folder}: holds no annotations")
    found = read_found(out)
    statuses = status_pairs(alignments, found.coverage)
    known = {row["doc_id"] for row in read_table_rows(out / "tables", "documents", ["doc_id"])}
    return Evaluation(
        figures_of(documents, alignments, found),
        dict(sorted(Counter(statuses).items())),
        _folder_hash(gold_folder),
        tuple(sorted({gold.doc_id for gold in documents} - known)),
    )


def read_found(out: Path) -> Found:
    """Return the rows of the tables under *out* that annotations are compared with.

    Raises:
        UsageError: there are no tables.
    """
    facts = {
        "provisions": by_document(read_rows(out, "provisions")),
        "references": by_document(read_rows(out, "references")),
        "deadlines": by_document(read_rows(out, "deadlines")),
        "bodies": by_document(lists_of_bodies(read_rows(out, "assignments"))),
        "members": by_document([row for row in read_rows(out, "assignments") if not row["inherited"]]),
    }
    links = {
        "pairs": by_pair(read_rows(out, "alignments")),
        "added": by_pair(read_rows(out, "additions")),
        "drift": by_pair(read_rows(out, "drift")),
    }
    return Found(facts, links, read_rows(out, "coverage"))


# --- figures -------------------------------------------------------------------------------------


def figures_of(
    documents: Sequence[GoldDocument], alignments: Sequence[GoldAlignment], found: Found
) -> tuple[Figure, ...]:
    """Return all figures of the annotated *documents* and *alignments*, in reading order."""
    provisions = found.facts["provisions"]
    forgiven = {gold.doc_id: _forgive_letters(gold, provisions[gold.doc_id]) for gold in documents}
    return (
        _text_figure(documents, provisions),
        *document_figures(documents, {**found.facts, "provisions": forgiven}),
        *pair_figures(alignments, found.links, status_pairs(alignments, found.coverage)),
    )


def document_figures(
    documents: Sequence[GoldDocument], found: Mapping[str, Mapping[str, list[Row]]]
) -> Iterator[Figure]:
    """Yield a figure per layer of one document; *found* holds the rows of each layer by document."""
    for layer in DOCUMENT_LAYERS:
        annotated = [gold for gold in documents if getattr(gold, layer.rows) is not None]
        sides = [
            (gold.doc_id, getattr(gold, layer.rows), found[layer.rows][gold.doc_id]) for gold in annotated
        ]
        yield _figure(layer, sides)


def pair_figures(
    alignments: Sequence[GoldAlignment],
    found: Mapping[str, Mapping[tuple[str, str], list[Any]]],
    statuses: list[tuple[str, str]],
) -> Iterator[Figure]:
    """Yield a figure per layer of two documents; *statuses* are (found, gold) pairs of `status_pairs`."""
    figures = {}
    for layer in PAIR_LAYERS:
        sides = [
            (
                gold.local_doc_id,
                getattr(gold, layer.rows),
                found[layer.rows][gold.parent_doc_id, gold.local_doc_id],
            )
            for gold in alignments
        ]
        figures[layer.name] = _figure(layer, sides)
    dropped = sum(gold == CoverageStatus.DROPPED for _, gold in statuses)
    yield figures.pop("pairs")
    yield Figure("coverage: macro-F1", macro_f1(statuses), len(statuses))
    yield Figure("coverage: kappa", cohen_kappa(statuses), len(statuses))
    yield Figure("coverage: dropped F1", label_f1(statuses, CoverageStatus.DROPPED), dropped)
    yield from figures.values()


def _figure(layer: Layer, sides: Iterable[tuple[str, Sequence[Any], Sequence[Any]]]) -> Figure:
    """Return the figure of *layer* over (document, gold rows, found rows)."""
    gold_keys: list[Key] = []
    found_keys: list[Key] = []
    for doc_id, gold, found in sides:
        gold_keys += [(doc_id, *key) for key in layer.keys(list(gold))]
        found_keys += [(doc_id, *key) for key in layer.keys(list(found))]
    score = compare(found_keys, gold_keys)
    return Figure(layer.name, score.f1, score.n, score)


def _forgive_letters(gold: GoldDocument, rows: Sequence[Row]) -> list[Row]:
    """Return *rows* with the gold's text where both have nearly the same at one path.

    Whether a provision begins and ends where it should is one question, whether every letter of a scan was
    read another; the second is answered by the figure of the clean text.
    """
    texts = {row["path"]: row["text"] for row in gold.provisions}
    return [
        row | {"text": texts[row["path"]]} if _is_nearly(row["text"], texts.get(row["path"])) else row
        for row in rows
    ]


def _is_nearly(text: str, other: str | None) -> bool:
    return other is not None and Indel.normalized_similarity(text, other) >= SAME_PROVISION


def _text_figure(documents: Sequence[GoldDocument], provisions: Mapping[str, list[Row]]) -> Figure:
    """Return the mean similarity of the bodies' text (1 - normalised edit distance without substitution)."""
    similarities = []
    for gold in documents:
        ours = "\n".join(row["text"] for row in provisions[gold.doc_id])
        theirs = "\n".join(row["text"] for row in gold.provisions)
        similarities.append(Indel.normalized_similarity(ours, theirs))
    return Figure("clean text", sum(similarities) / len(similarities), len(similarities))


def status_pairs(alignments: Sequence[GoldAlignment], rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return (found, gold) statuses of every annotated item; "missing" where the tables have no row."""
    found = {(row["parent_doc_id"], row["local_doc_id"], row["parent_path"]): row["status"] for row in rows}
    return [
        (found.get((gold.parent_doc_id, gold.local_doc_id, row["parent"]), "missing"), row["status"])
        for gold in alignments
        for row in gold.coverage
    ]


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.json")):
        if path.name != "baseline.json":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


# --- text ----------------------------------------------------------------------------------------


def render(evaluation: Evaluation) -> str:
    """Return the figures, the confusion of statuses and every miss, as plain text."""
    lines = [*figure_lines(evaluation.figures), "", *confusion_lines(evaluation.confusion)]
    if evaluation.missing:
        lines += ["", f"annotated, but not in the tables: {', '.join(evaluation.missing)}"]
    for figure in evaluation.figures:
        lines += miss_lines(figure)
    return "\n".join(lines)


def figure_lines(figures: Iterable[Figure]) -> list[str]:
    """Return a line per figure under a line of headings."""
    lines = [f"{'layer':<30} {'value':>7} {'P':>7} {'R':>7} {'n':>5}"]
    for figure in figures:
        score = figure.score
        rates = f"{score.precision:7.3f} {score.recall:7.3f}" if score else " " * 15
        lines.append(f"{figure.name:<30} {figure.value:7.3f} {rates} {figure.n:5}")
    return lines


def confusion_lines(confusion: Mapping[tuple[str, str], int]) -> list[str]:
    """Return how often each status of the gold was found as which."""
    labels = [str(status) for status in CoverageStatus]
    found_labels = labels + ["missing"] * any(found == "missing" for found, _ in confusion)
    lines = [f"{'coverage: gold, then found':<28}" + "".join(f"{label:>10}" for label in found_labels)]
    for gold in labels:
        cells = "".join(f"{confusion.get((found, gold), 0):10}" for found in found_labels)
        lines.append(f"{gold:<28}{cells}")
    return lines


def miss_lines(figure: Figure) -> list[str]:
    """Return what the figure missed and found in excess, by name."""
    if figure.score is None:
        return []
    lines = [f"  missed {_shown(key)}" for key in figure.score.missed]
    lines += [f"  wrong  {_shown(key)}" for key in figure.score.wrong]
    return ["", figure.name, *lines] if lines else []


def _shown(key: Key) -> str:
    return " | ".join("-" if part is None else str(part)[:70] for part in key)
