"""Agreement (độ đồng thuận) between two annotators' folders, layer by layer.

Measured as evaluation is: the second annotator against the first, over what both annotated. F1 is the same
the other way round. Imports ``annotations``, ``evaluate``, ``keys`` and ``scoring``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.annotations import (
    GoldAlignment,
    GoldDocument,
    Row,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.errors import UsageError
from pipeline.evaluate.evaluation import (
    Figure,
    confusion_lines,
    document_figures,
    figure_lines,
    miss_lines,
    pair_figures,
    status_pairs,
)
from pipeline.evaluate.keys import letters
from pipeline.evaluate.scoring import Key, cohen_kappa

_FACTS = ("references", "deadlines", "bodies", "members")
_LAYERS = ("provisions", *_FACTS)
_SAID = (
    ("provisions: roles", "provisions", "role"),
    ("references: relation", "references", "relation"),
    ("deadlines: kind", "deadlines", "kind"),
    ("assignments: role", "bodies", "role"),
)
"""What is said of a mark, for which agreement beyond chance can be told."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures, how statuses were confused as (second, first), and what only one folder annotates."""

    figures: tuple[Figure, ...]
    confusion: dict[tuple[str, str], int]
    unshared: tuple[str, ...]


def agreement(first: Path, second: Path) -> Agreement:
    """Compare the annotations in two folders.

    Raises:
        UsageError: the folders have no annotated document or pair of documents in common.
    """
    documents = _shared_documents(first, second)
    alignments = _shared_alignments(first, second)
    if not documents and not alignments:
        raise UsageError(f"{first} and {second}: no document is annotated in both")
    statuses = status_pairs([one for one, _ in alignments], _coverage(other for _, other in alignments))
    figures = (
        *document_figures([one for one, _ in documents], _facts([other for _, other in documents])),
        *_kappas(documents),
        *pair_figures([one for one, _ in alignments], _links([other for _, other in alignments]), statuses),
    )
    return Agreement(figures, dict(sorted(Counter(statuses).items())), _unshared(first, second))


def render(found: Agreement) -> str:
    """Return the figures, the confusion of statuses and every difference, as plain text."""
    lines = [*figure_lines(found.figures), "", *confusion_lines(found.confusion)]
    lines += [f"annotated in one folder only: {name}" for name in found.unshared]
    for figure in found.figures:
        lines += miss_lines(figure)
    return "\n".join(lines)


def _shared_documents(first: Path, second: Path) -> list[tuple[GoldDocument, GoldDocument]]:
    others = {document.doc_id: document for document in read_gold_documents(second)}
    return [
        _shared_layers(one, others[one.doc_id]) for one in read_gold_documents(first) if one.doc_id in others
    ]


def _shared_layers(one: GoldDocument, other: GoldDocument) -> tuple[GoldDocument, GoldDocument]:
    """Return both documents without the layers that one of them leaves unannotated."""
    unshared: dict[str, Any] = {
        layer: None for layer in _FACTS if getattr(one, layer) is None or getattr(other, layer) is None
    }
    return replace(one, **unshared), replace(other, **unshared)


def _shared_alignments(first: Path, second: Path) -> list[tuple[GoldAlignment, GoldAlignment]]:
    others = {_key(alignment): alignment for alignment in read_gold_alignments(second)}
    return [(one, others[_key(one)]) for one in read_gold_alignments(first) if _key(one) in others]


def _unshared(first: Path, second: Path) -> tuple[str, ...]:
    names = [
        {path.relative_to(folder).as_posix() for path in (*folder.glob("*.json"), *folder.glob("align/*"))}
        for folder in (first, second)
    ]
    return tuple(sorted((names[0] ^ names[1]) - {"baseline.json"}))


def _kappas(documents: Sequence[tuple[GoldDocument, GoldDocument]]) -> Iterator[Figure]:
    """Yield kappa of what is said of the rows that both annotators marked, layer by layer."""
    for name, layer, field in _SAID:
        pairs = []
        for one, other in documents:
            first, second = (_said(getattr(side, layer) or (), field) for side in (one, other))
            pairs += [(second[key], first[key]) for key in first if key in second]
        yield Figure(f"{name}, kappa", cohen_kappa(pairs), len(pairs))


def _said(rows: Iterable[Row], field: str) -> dict[Key, str]:
    """Return *field* by place and words; of the same words in one provision the first, second and so on."""
    said: dict[Key, str] = {}
    seen: Counter[Key] = Counter()
    for row in rows:
        key = (row.get("path") or row["provision"], letters(row["text"]))
        said[*key, seen[key]] = row[field]
        seen[key] += 1
    return said


def _facts(documents: Sequence[GoldDocument]) -> dict[str, dict[str, list[Row]]]:
    return {
        layer: {document.doc_id: list(getattr(document, layer) or ()) for document in documents}
        for layer in _LAYERS
    }


def _links(alignments: Sequence[GoldAlignment]) -> dict[str, dict[tuple[str, str], list[Row]]]:
    return {
        layer: {_key(alignment): list(getattr(alignment, layer)) for alignment in alignments}
        for layer in ("pairs", "added", "drift")
    }


def _coverage(alignments: Iterable[GoldAlignment]) -> list[Row]:
    return [
        {
            "parent_doc_id": alignment.parent_doc_id,
            "local_doc_id": alignment.local_doc_id,
            "parent_path": row["parent"],
            "status": row["status"],
        }
        for alignment in alignments
        for row in alignment.coverage
    ]


def _key(alignment: GoldAlignment) -> tuple[str, str]:
    return alignment.parent_doc_id, alignment.local_doc_id
