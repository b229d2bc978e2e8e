"""Gold annotations (``annotations/*.json``) to records and back.

The gold files hold what ``annotations/GUIDELINES.md`` defines. A gold document has no text of its own:
its provisions' texts joined by line breaks serve as one, so that records built from gold have spans that
read back. Imports ``records``, ``errors`` and ``segment``.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import AnnotationError
from pipeline.records import (
    DocType,
    Document,
    Header,
    Level,
    Provision,
    ProvisionKind,
    ProvisionRole,
)
from pipeline.segment.sentences import is_alignable

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated document: the rows of its file, by layer; a layer that is None is not annotated."""

    doc_id: str
    document: Row
    provisions: tuple[Row, ...]
    references: tuple[Row, ...] | None
    deadlines: tuple[Row, ...] | None
    bodies: tuple[Row, ...] | None
    members: tuple[Row, ...] | None = None


@dataclass(frozen=True, slots=True)
class GoldAlignment:
    """One annotated pair of documents: pairs, coverage, additions and drift."""

    parent_doc_id: str
    local_doc_id: str
    pairs: tuple[Row, ...]
    coverage: tuple[Row, ...]
    added: tuple[str, ...]
    drift: tuple[Row, ...]


def read_gold_documents(folder: Path) -> list[GoldDocument]:
    """Return the annotated documents of *folder*, sorted by ``doc_id``.

    Raises:
        AnnotationError: a file is not JSON or lacks a layer.
    """
    return [_gold_document(path) for path in sorted(folder.glob("*.json")) if _is_document(path)]


def read_gold_alignments(folder: Path) -> list[GoldAlignment]:
    """Return the annotated pairs under ``folder/align``, sorted by file name.

    Raises:
        AnnotationError: a file is not JSON, lacks a layer, or is not named ``<parent>__<local>.json``.
    """
    return [_gold_alignment(path) for path in sorted((folder / "align").glob("*.json"))]


def document_from_gold(gold: GoldDocument) -> Document:
    """Return *gold* as a `Document` with header and provisions only.

    The text is the provisions' texts, one a line; spans point into it.
    """
    text = "\n".join(row["text"] for row in gold.provisions)
    issued_on = gold.document.get("issued_on")
    header = Header(
        doc_type=DocType(gold.document["doc_type"]),
        number=gold.document.get("number"),
        issued_on=dt.date.fromisoformat(issued_on) if issued_on else None,
        issuer=gold.document.get("issuer"),
        title=gold.document.get("title"),
    )
    level = gold.document.get("level")
    return Document(
        doc_id=gold.doc_id,
        text=text,
        header=header,
        level=Level(level) if level else None,
        provisions=_provisions(gold.provisions),
    )


def _is_document(path: Path) -> bool:
    return path.name != "baseline.json"


def _gold_document(path: Path) -> GoldDocument:
    rows = _read_json(path, ("document", "provisions", "references", "deadlines", "bodies"))
    return GoldDocument(
        doc_id=path.stem,
        document=rows["document"],
        provisions=tuple(rows["provisions"]),
        references=_layer(rows["references"]),
        deadlines=_layer(rows["deadlines"]),
        bodies=_layer(rows["bodies"]),
        members=_members(rows["bodies"] or []),
    )


def _members(lists: list[Row]) -> tuple[Row, ...] | None:
    """Return the members of all lists of bodies, one row each, or None where they are not annotated."""
    annotated = [row for row in lists if "members" in row]
    rows = tuple({**row, **member} for row in annotated for member in row["members"])
    return rows if annotated else None


def _layer(rows: list[Row] | None) -> tuple[Row, ...] | None:
    return None if rows is None else tuple(rows)


def _gold_alignment(path: Path) -> GoldAlignment:
    rows = _read_json(path, ("pairs", "coverage", "added", "drift"))
    parent, separator, local = path.stem.partition("__")
    if not separator:
        raise AnnotationError(f"{path}: an alignment file is named <parent>__<local>.json")
    return GoldAlignment(
        parent_doc_id=parent,
        local_doc_id=local,
        pairs=tuple(rows["pairs"]),
        coverage=tuple(rows["coverage"]),
        added=tuple(rows["added"]),
        drift=tuple(rows["drift"]),
    )


def _read_json(path: Path, layers: tuple[str, ...]) -> Row:
    try:
        rows: Row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AnnotationError(f"{path}: cannot be read as JSON ({error})") from error
    missing = [layer for layer in layers if layer not in rows]
    if missing:
        raise AnnotationError(f"{path}: lacks {', '.join(missing)}")
    return rows


def _provisions(rows: tuple[Row, ...]) -> tuple[Provision, ...]:
    paths = {row["path"] for row in rows}
    provisions = []
    start = 0
    for ordinal, row in enumerate(rows):
        end = start + len(row["text"])
        role = ProvisionRole(row["role"])
        provisions.append(
            Provision(
                path=row["path"],
                parent_path=parent_path(row["path"], paths),
                ordinal=ordinal,
                depth=row["path"].count("/"),
                marker=row["marker"],
                kind=ProvisionKind(row["kind"]),
                role=role,
                text=row["text"],
                start=start,
                end=end,
                leaf=row["leaf"],
                alignable=is_alignable(row["text"], leaf=row["leaf"]),
            )
        )
        start = end + 1
    return tuple(provisions)


def parent_path(path: str, paths: set[str]) -> str | None:
    """Return the longest proper prefix of *path* that is in *paths*, or None at the top.

    >>> parent_path("II/3/-1", {"II", "II/3"})
    'II/3'
    >>> parent_path("pre/p1", {"II"}) is None
    True
    """
    while "/" in path:
        path = path.rpartition("/")[0]
        if path in paths:
            return path
    return None
