"""The published tables against the gold annotations: figures per layer, and every miss by name.

Only documents and pairs of documents that are annotated count. Imports ``annotations``, ``scoring`` and
``tables``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from pipeline.annotations import (
    GoldAlignment,
    GoldDocument,
    parent_path,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.errors import UsageError
from pipeline.records import CoverageStatus, DriftType
from pipeline.scoring import Key, Score, cohen_kappa, compare, label_f1, macro_f1
from pipeline.tables import read_rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure in [0, 1] with the number of gold rows behind it."""

    name: str
    value: float
    n: int
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures in reading order, and how coverage statuses were confused."""

    figures: tuple[Figure, ...]
    confusion: dict[tuple[str, str], int]
    gold_sha256: str


def evaluate(gold_folder: Path, out: Path) -> Evaluation:
    """Compare the tables under *out* with the annotations under *gold_folder*.

    Raises:
        UsageError: there are no annotations, or no tables.
    """
    documents = read_gold_documents(gold_folder)
    alignments = read_gold_alignments(gold_folder)
    if not documents:
        raise UsageError(f"{gold_folder}: holds no annotations")
    statuses = _status_pairs(alignments, read_rows(out, "coverage"))
    figures = (*_document_figures(documents, out), *_alignment_figures(alignments, statuses, out))
    return Evaluation(figures, dict(sorted(Counter(statuses).items())), _folder_hash(gold_folder))


# --- layers of one document ----------------------------------------------------------------------


def _document_figures(documents: list[GoldDocument], out: Path) -> Iterator[Figure]:
    provisions = _by_document(read_rows(out, "provisions"))
    references = _by_document(read_rows(out, "references"))
    deadlines = _by_document(read_rows(out, "deadlines"))
    bodies = _by_document(_lists_of_bodies(read_rows(out, "assignments")))
    yield _text_figure(documents, provisions)
    layers: tuple[tuple[str, str, dict[str, list[Row]], Callable[[list[Row]], Iterable[Key]]], ...] = (
        ("provisions: boundaries", "provisions", provisions, _boundaries),
        ("provisions: tree edges", "provisions", provisions, _edges),
        ("provisions: roles", "provisions", provisions, _roles),
        ("references: number and date", "references", references, _numbers),
        ("references: issuer", "references", references, _issuers),
        ("references: relation", "references", references, _relations),
        ("deadlines: dated", "deadlines", deadlines, _dated),
        ("deadlines: all", "deadlines", deadlines, _deadlines),
        ("assignments", "bodies", bodies, _assignments),
    )
    for name, layer, found, keys in layers:
        yield _figure(name, documents, layer, found, keys)


def _figure(
    name: str,
    documents: list[GoldDocument],
    layer: str,
    found: dict[str, list[Row]],
    keys: Callable[[list[Row]], Iterable[Key]],
) -> Figure:
    gold_keys: list[Key] = []
    found_keys: list[Key] = []
    for gold in documents:
        rows = getattr(gold, layer)
        if rows is not None:
            gold_keys += [(gold.doc_id, *key) for key in keys(list(rows))]
            found_keys += [(gold.doc_id, *key) for key in keys(found[gold.doc_id])]
    score = compare(found_keys, gold_keys)
    return Figure(name, score.f1, score.n, score)


def _text_figure(documents: list[GoldDocument], provisions: dict[str, list[Row]]) -> Figure:
    """Return the mean similarity of the bodies' text (1 - normalised edit distance without substitution)."""
    similarities = []
    for gold in documents:
        ours = "\n".join(row["text"] for row in provisions[gold.doc_id])
        theirs = "\n".join(row["text"] for row in gold.provisions)
        similarities.append(Indel.normalized_similarity(ours, theirs))
    return Figure("clean text", sum(similarities) / len(similarities), len(similarities))


def _boundaries(rows: list[Row]) -> Iterable[Key]:
    return [(_letters(row["text"]),) for row in rows]


def _edges(rows: list[Row]) -> Iterable[Key]:
    texts = {row["path"]: _letters(row["text"])[:80] for row in rows}
    return [(texts[row["path"]], texts.get(parent_path(row["path"], set(texts)) or "")) for row in rows]


def _roles(rows: list[Row]) -> Iterable[Key]:
    return [(row["path"], row["role"]) for row in rows]


def _numbers(rows: list[Row]) -> Iterable[Key]:
    return [(_provision(row), _number(row["number"]), _iso(row["issued_on"])) for row in rows]


def _issuers(rows: list[Row]) -> Iterable[Key]:
    return [(_provision(row), _number(row["number"]), _letters(row["issuer"] or "")) for row in rows]


def _relations(rows: list[Row]) -> Iterable[Key]:
    return [(_provision(row), _number(row["number"]), row["relation"]) for row in rows]


def _dated(rows: list[Row]) -> Iterable[Key]:
    return [
        (_provision(row), row["rrule"], _iso(row["due_on"]), row["bound"])
        for row in rows
        if row["due_on"] or "BYMONTHDAY" in (row["rrule"] or "")
    ]


def _deadlines(rows: list[Row]) -> Iterable[Key]:
    return [(_provision(row), row["kind"], row["rrule"], row["bound"]) for row in rows]


def _assignments(rows: list[Row]) -> Iterable[Key]:
    return [(_provision(row), row["role"], _letters(row["text"])) for row in rows]


def _lists_of_bodies(rows: list[Row]) -> list[Row]:
    """Return one row per printed list; what headings hand down is derived and not annotated."""
    lists = {
        (row["doc_id"], row["provision_path"], row["role"], row["start"]): row
        for row in rows
        if not row["inherited"]
    }
    return list(lists.values())


# --- layers of two documents ---------------------------------------------------------------------


def _alignment_figures(
    alignments: list[GoldAlignment], statuses: list[tuple[str, str]], out: Path
) -> Iterator[Figure]:
    pairs = _by_pair(read_rows(out, "alignments"))
    additions = _by_pair(read_rows(out, "additions"))
    drift = _by_pair(read_rows(out, "drift"))
    yield _pair_figure("pairs", alignments, "pairs", pairs, _pairs)
    yield Figure("coverage: macro-F1", macro_f1(statuses), len(statuses))
    yield Figure("coverage: kappa", cohen_kappa(statuses), len(statuses))
    dropped = sum(gold == CoverageStatus.DROPPED for _, gold in statuses)
    yield Figure("coverage: dropped F1", label_f1(statuses, CoverageStatus.DROPPED), dropped)
    yield _pair_figure("additions", alignments, "added", additions, _added)
    yield _pair_figure("drift: item and type", alignments, "drift", drift, _drift)
    yield _pair_figure("drift: deadline", alignments, "drift", drift, _deadline_drift)


def _pair_figure(
    name: str,
    alignments: list[GoldAlignment],
    layer: str,
    found: dict[tuple[str, str], list[Row]],
    keys: Callable[[list[Any]], Iterable[Key]],
) -> Figure:
    gold_keys: list[Key] = []
    found_keys: list[Key] = []
    for gold in alignments:
        gold_keys += [(gold.local_doc_id, *key) for key in keys(list(getattr(gold, layer)))]
        found_keys += [
            (gold.local_doc_id, *key) for key in keys(found[gold.parent_doc_id, gold.local_doc_id])
        ]
    score = compare(found_keys, gold_keys)
    return Figure(name, score.f1, score.n, score)


def _pairs(rows: list[Row]) -> Iterable[Key]:
    return [(_either(row, "parent"), _either(row, "local")) for row in rows]


def _added(rows: list[Any]) -> Iterable[Key]:
    return [(row if isinstance(row, str) else row["local_path"],) for row in rows]


def _drift(rows: list[Row]) -> Iterable[Key]:
    return sorted({(_either(row, "parent"), row["type"]) for row in rows}, key=repr)


def _deadline_drift(rows: list[Row]) -> Iterable[Key]:
    return _drift([row for row in rows if row["type"] == DriftType.DEADLINE])


def _status_pairs(alignments: list[GoldAlignment], rows: list[Row]) -> list[tuple[str, str]]:
    """Return (found, gold) statuses of every annotated item; "missing" where the tables have no row."""
    found = {(row["parent_doc_id"], row["local_doc_id"], row["parent_path"]): row["status"] for row in rows}
    return [
        (found.get((gold.parent_doc_id, gold.local_doc_id, row["parent"]), "missing"), row["status"])
        for gold in alignments
        for row in gold.coverage
    ]


# --- keys ----------------------------------------------------------------------------------------


def _by_document(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["doc_id"]].append(row)
    return groups


def _by_pair(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["parent_doc_id"], row["local_doc_id"]].append(row)
    return groups


def _provision(row: Row) -> str:
    """Return the provision of a row of the gold or of a table, which name the column differently."""
    path: str = row["provision"] if "provision" in row else row["provision_path"]
    return path


def _either(row: Row, side: str) -> str | None:
    path: str | None = row[side] if side in row else row[f"{side}_path"]
    return path


def _letters(text: str) -> str:
    """Return *text* folded for comparison: NFC, lower case, letters and digits, single spaces.

    >>> _letters("Công an  phường .")
    'công an phường'
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def _number(number: str | None) -> str | None:
    return re.sub(r"\s", "", number) if number else None


def _iso(date: Any) -> str | None:
    return None if date is None else str(date)


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.json")):
        if path.name != "baseline.json":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


# --- text ----------------------------------------------------------------------------------------


def render(evaluation: Evaluation) -> str:
    """Return the figures, the confusion of statuses and every miss, as plain text."""
    lines = [f"{'layer':<30} {'value':>7} {'P':>7} {'R':>7} {'n':>5}"]
    for figure in evaluation.figures:
        score = figure.score
        rates = f"{score.precision:7.3f} {score.recall:7.3f}" if score else " " * 15
        lines.append(f"{figure.name:<30} {figure.value:7.3f} {rates} {figure.n:5}")
    lines += ["", *_confusion_lines(evaluation.confusion)]
    for figure in evaluation.figures:
        lines += _miss_lines(figure)
    return "\n".join(lines)


def _confusion_lines(confusion: dict[tuple[str, str], int]) -> list[str]:
    labels = [str(status) for status in CoverageStatus]
    found_labels = labels + ["missing"] * any(found == "missing" for found, _ in confusion)
    lines = [f"{'coverage: gold, then found':<28}" + "".join(f"{label:>10}" for label in found_labels)]
    for gold in labels:
        cells = "".join(f"{confusion.get((found, gold), 0):10}" for found in found_labels)
        lines.append(f"{gold:<28}{cells}")
    return lines


def _miss_lines(figure: Figure) -> list[str]:
    if figure.score is None:
        return []
    lines = [f"  missed {_shown(key)}" for key in figure.score.missed]
    lines += [f"  wrong  {_shown(key)}" for key in figure.score.wrong]
    return ["", figure.name, *lines] if lines else []


def _shown(key: Key) -> str:
    return " | ".join("-" if part is None else str(part)[:70] for part in key)
