"""Records to the rows of the tables, as plain mappings. Imports ``records``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.records import (
    Alignment,
    Citation,
    Consensus,
    Document,
    Drift,
    Finding,
    LocalAlignment,
    Reject,
    Span,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """What a run knows, or a part of it; `table_rows` says how it becomes tables."""

    documents: Sequence[Document] = ()
    alignments: Sequence[LocalAlignment] = ()
    consensus: Sequence[Consensus] = ()
    citations: Sequence[Citation] = ()
    findings: Sequence[Finding] = ()
    rejects: Sequence[Reject] = ()


OF_DOCUMENTS = ("documents", "provisions", "references", "deadlines", "assignments", "repairs", "findings")
"""Tables that are sorted by document first."""
OF_ALIGNMENTS = ("alignments", "coverage", "additions", "drift")
"""Tables that are sorted by directive and local document first."""


def table_rows(results: Results, name: str) -> Iterable[Row]:
    """Return the rows of table *name*, unsorted."""
    match name:
        case "documents":
            return map(_document_row, results.documents)
        case "provisions" | "references" | "deadlines" | "assignments" | "repairs":
            return _document_rows(results.documents, name)
        case "alignments" | "coverage" | "additions" | "drift":
            return _alignment_rows(results.alignments, name)
        case _:
            return [record_row(record) for record in getattr(results, name)]


def record_row(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name; nested records stay as they are."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _document_row(document: Document) -> Row:
    return (
        record_row(document)
        | record_row(document.header)
        | record_row(document.closing)
        | record_row(document.stamp)
        | {"repairs": len(document.repairs)}
    )


def _document_rows(documents: Sequence[Document], name: str) -> Iterable[Row]:
    for document in documents:
        for record in getattr(document, name):
            yield record_row(record) | {"doc_id": document.doc_id}


def _alignment_rows(alignments: Sequence[LocalAlignment], name: str) -> Iterable[Row]:
    for item in alignments:
        keys = {"parent_doc_id": item.parent_doc_id, "local_doc_id": item.local_doc_id}
        for row in _rows_of_alignment(item.alignment, name):
            yield dict(row) | keys


def _rows_of_alignment(alignment: Alignment, name: str) -> Iterable[Row]:
    match name:
        case "alignments":
            return map(record_row, alignment.pairs)
        case "coverage":
            return map(record_row, alignment.coverage)
        case "additions":
            return ({"local_path": path} for path in alignment.additions)
        case _:
            return map(_drift_row, alignment.drift)


def _drift_row(drift: Drift) -> Row:
    row = record_row(drift)
    row["from"], row["to"] = drift.from_text, drift.to_text
    row["from_start"], row["from_end"] = _ends(drift.from_span)
    row["to_start"], row["to_end"] = _ends(drift.to_span)
    return row


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)
