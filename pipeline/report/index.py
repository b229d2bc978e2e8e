"""The chunk that every view of the first page reads: documents, directives, items and the matrix.

Imports ``source``, ``coverage`` and ``names``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.report.coverage import Directive, Local
from pipeline.report.graph import Instrument
from pipeline.report.names import page_name
from pipeline.report.source import Row, Source

_DOCUMENT_COLUMNS = ("doc_id", "level", "province", "commune", "doc_type", "number", "parent_basis")


def index(
    source: Source,
    compared: list[Directive],
    names: Mapping[str, str],
    known: Mapping[str, Instrument],
) -> dict[str, Any]:
    """Return the chunk; documents are named by their position in it."""
    positions = {doc_id: position for position, doc_id in enumerate(source.documents)}
    implemented = _implemented(source, known)
    return {
        "documents": [
            _document(row, names[doc_id], implemented.get(doc_id, []))
            for doc_id, row in source.documents.items()
        ],
        "directives": [
            {
                "document": positions.get(directive.doc_id),
                "items": [_item(row) for row in directive.items],
                "locals": [_local(local, positions[local.doc_id]) for local in directive.locals],
            }
            for directive in compared
        ],
    }


def _implemented(source: Source, known: Mapping[str, Instrument]) -> dict[str, list[str]]:
    """Return the instruments that each document says it carries out: its generation."""
    found: dict[str, list[str]] = {}
    for row in source.citations:
        if row["relation"] == "implements":
            instrument = known[row["reference_key"]]
            year = f" ({instrument.date[-4:]})" if instrument.date else ""
            found.setdefault(row["source_doc_id"], []).append(instrument.name + year)
    return found


def _document(row: Row, label: str, implements: list[str]) -> Row:
    issued_on = row["issued_on"]
    return {
        **{name: row[name] for name in _DOCUMENT_COLUMNS},
        "label": label,
        "page": page_name(row["doc_id"]),
        "issued_on": issued_on.isoformat() if issued_on else None,
        "implements": implements,
    }


def _item(row: Row) -> Row:
    return {name: row[name] for name in ("path", "role", "text")}


def _local(local: Local, position: int) -> Row:
    flags = {"flags": local.flags} if local.flags.strip() else {}
    return {"document": position, "cells": local.cells, **flags}
