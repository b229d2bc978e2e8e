"""One document as its page and its data chunk show it.

The page is whole without a script; the chunk is what the side-by-side view loads. Spans of marks are
relative to the provision that holds them. Imports ``source``, ``marks`` and ``raw``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.report.marks import Mark, Run, runs
from pipeline.report.raw import RawPiece, raw_pieces
from pipeline.report.source import Row, Source


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision with its facts marked: references, deadlines, and assigned bodies by role."""

    row: Row
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of the directive and what became of it in one document."""

    item: Row
    cover: Row
    answers: list[Row]
    nearest: Row | None
    drift: list[Row]


def provision_views(source: Source, doc_id: str) -> list[ProvisionView]:
    """Return the provisions of a document in reading order."""
    facts = _fact_marks(source, doc_id)
    return [
        ProvisionView(row, runs(row["text"], _relative(facts.get(row["path"], ()), row["start"])))
        for row in source.provisions.get(doc_id, ())
    ]


def item_views(source: Source, doc_id: str) -> list[ItemView]:
    """Return the items of the directive in its order, with what this document makes of each."""
    provisions = by_path(source, doc_id)
    rows = {(row["parent_doc_id"], row["parent_path"]): row for row in source.coverage.get(doc_id, ())}
    drift = _grouped_by_item(source.drift.get(doc_id, ()))
    return [
        ItemView(
            item=item,
            cover=rows[parent, item["path"]],
            answers=[provisions[p] for p in rows[parent, item["path"]]["local_paths"] if p in provisions],
            nearest=provisions.get(rows[parent, item["path"]]["nearest_path"]),
            drift=drift.get(item["path"], []),
        )
        for parent in sorted({parent for parent, _ in rows})
        for item in source.provisions.get(parent, ())
        if (parent, item["path"]) in rows
    ]


def by_path(source: Source, doc_id: str) -> dict[str, Row]:
    """Return the provisions of a document by path."""
    return {row["path"]: row for row in source.provisions.get(doc_id, ())}


def raw_view(source: Source, doc_id: str) -> list[RawPiece]:
    """Return the raw text of a document with its repairs; empty where they do not fit the clean text."""
    starts = {row["start"]: row["path"] for row in source.provisions.get(doc_id, ())}
    return raw_pieces(source.texts[doc_id][0]["text"], source.repairs.get(doc_id, ()), starts) or []


def document_chunk(source: Source, doc_id: str) -> dict[str, Any]:
    """Return what the side-by-side view needs of a document, as plain values for JSON."""
    return {
        "provisions": [_provision(row) for row in source.provisions.get(doc_id, ())],
        "coverage": {row["parent_path"]: _cover(row) for row in source.coverage.get(doc_id, ())},
        "pairs": [_pair(row) for row in source.alignments.get(doc_id, ())],
        "drift": list(_drift(source, doc_id)),
    }


def _provision(row: Row) -> Row:
    return {name: row[name] for name in ("path", "marker", "role", "text", "page")}


def _cover(row: Row) -> Row:
    names = ("status", "score", "local_paths", "nearest_path", "nearest_score", "source", "applicable")
    return {name: row[name] for name in (*names, "addressee", "evidence")}


def _pair(row: Row) -> Row:
    return {name: row[name] for name in ("parent_path", "local_path", "relation", "score")}


def _drift(source: Source, doc_id: str) -> Iterator[Row]:
    local = {row["path"]: row["start"] for row in source.provisions.get(doc_id, ())}
    parents: dict[str, dict[str, int]] = {}
    for row in source.drift.get(doc_id, ()):
        parent = row["parent_doc_id"]
        if parent not in parents:
            parents[parent] = {item["path"]: item["start"] for item in source.provisions.get(parent, ())}
        yield {
            **{name: row[name] for name in ("parent_path", "local_path", "type", "from", "to")},
            "from_span": _span(row["from_start"], row["from_end"], parents[parent].get(row["parent_path"])),
            "to_span": _span(row["to_start"], row["to_end"], local.get(row["local_path"])),
        }


def _span(start: int | None, end: int | None, origin: int | None) -> list[int] | None:
    if start is None or end is None or origin is None:
        return None
    return [start - origin, end - origin]


def _grouped_by_item(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
    groups: dict[str | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["parent_path"], []).append(row)
    return groups


def _fact_marks(source: Source, doc_id: str) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for table, kind in ((source.references, "reference"), (source.deadlines, "deadline")):
        for row in table.get(doc_id, ()):
            marks.setdefault(row["provision_path"], []).append(Mark(row["start"], row["end"], kind))
    for row in source.assignments.get(doc_id, ()):
        if not row["inherited"]:
            marks.setdefault(row["provision_path"], []).append(
                Mark(row["body_start"], row["body_end"], "body")
            )
    return marks


def _relative(marks: Iterable[Mark], origin: int) -> list[Mark]:
    return [Mark(mark.start - origin, mark.end - origin, mark.kind) for mark in marks]
