"""Annotated documents with the places of their rows in a text: from the gold, or from the tables.

The gold holds no offsets: its text here is the title and the provisions, one a line. The tables have the
clean text and every offset. Imports ``annotations``, ``keys`` and ``tables``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.annotations import GoldAlignment, GoldDocument
from pipeline.errors import AnnotationError
from pipeline.evaluate.keys import by_document, by_pair
from pipeline.exchange.tasks import Row
from pipeline.tables import read_rows

FACTS = ("references", "deadlines", "bodies")
TITLE = "title"


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """An annotated document: ``rows`` of each annotated layer, as in the gold, with ``start`` and ``end``."""

    doc_id: str
    text: str
    document: Row
    rows: Mapping[str, list[Row]]


# --- from the gold -------------------------------------------------------------------------------


def place_gold(gold: GoldDocument) -> PlacedDocument:
    """Return *gold* with its places; of a text that stands several times in its provision the next is taken.

    Raises:
        AnnotationError: the text of a fact does not stand in its provision.
    """
    title = gold.document.get("title") or ""
    lines = [*([title] if title else []), *(row["text"] for row in gold.provisions)]
    places = _provision_places(gold.provisions, len(title) + 1 if title else 0)
    starts = {row["path"]: (row["start"], row["end"]) for row in places} | {TITLE: (0, len(title))}
    text = "\n".join(lines)
    rows = {"provisions": places}
    for layer in FACTS:
        facts = getattr(gold, layer)
        if facts is not None:
            rows[layer] = _fact_places(gold.doc_id, text, facts, starts)
    return PlacedDocument(gold.doc_id, text, gold.document, rows)


def _provision_places(rows: Iterable[Row], start: int) -> list[Row]:
    placed = []
    for row in rows:
        end = start + len(row["text"])
        placed.append(row | {"start": start, "end": end})
        start = end + 1
    return placed


def _fact_places(
    doc_id: str, text: str, rows: Iterable[Row], provisions: Mapping[str, tuple[int, int]]
) -> list[Row]:
    placed: list[Row] = []
    last: dict[str, tuple[int, str]] = {}
    for row in rows:
        path, words = row["provision"], row["text"]
        start, end = provisions.get(path, (0, 0))
        # rows stand in the order of the text: search from the row before, and behind it for the same words
        before, said = last.get(path, (start, None))
        found = text.find(words, before + (words == said), end)
        if found < 0:
            found = text.find(words, start, end)
        if found < 0 or path not in provisions:
            raise AnnotationError(f"{doc_id}: {path} does not hold {words!r}")
        last[path] = found, words
        placed.append(row | {"start": found, "end": found + len(words)})
    return placed


# --- from the tables -----------------------------------------------------------------------------


def placed_tables(out: Path) -> list[PlacedDocument]:
    """Return the documents of the tables under *out*, with every layer.

    Raises:
        UsageError: there are no tables.
    """
    provisions = by_document(read_rows(out, "provisions"))
    facts = {
        "references": by_document(read_rows(out, "references")),
        "deadlines": by_document(read_rows(out, "deadlines")),
        "bodies": by_document(_lists(read_rows(out, "assignments"))),
    }
    return [
        PlacedDocument(
            row["doc_id"],
            row["text"],
            _columns(row, _DOCUMENT),
            {
                "provisions": [_columns(line, _PROVISION) for line in _in_order(provisions[row["doc_id"]])],
                **{
                    layer: [_fact(line, layer) for line in _in_order(facts[layer][row["doc_id"]])]
                    for layer in FACTS
                },
            },
        )
        for row in read_rows(out, "documents")
    ]


def table_alignments(out: Path) -> list[GoldAlignment]:
    """Return the alignments of the tables under *out*, in the form of the gold.

    Raises:
        UsageError: there are no tables.
    """
    pairs = by_pair(read_rows(out, "alignments"))
    additions = by_pair(read_rows(out, "additions"))
    drift = by_pair(read_rows(out, "drift"))
    return [
        GoldAlignment(
            parent_doc_id=key[0],
            local_doc_id=key[1],
            pairs=tuple(_link(row) | {"relation": row["relation"]} for row in pairs[key]),
            coverage=tuple({"parent": row["parent_path"], "status": row["status"]} for row in rows),
            added=tuple(row["local_path"] for row in additions[key]),
            drift=tuple(_link(row) | _columns(row, ("type", "from", "to")) for row in drift[key]),
        )
        for key, rows in by_pair(read_rows(out, "coverage")).items()
    ]


_DOCUMENT = (
    "doc_id",
    "doc_type",
    "number",
    "issued_on",
    "issuer",
    "level",
    "title",
    "signer",
    "signer_title",
    "recipients",
)
_PLACE = ("text", "start", "end")
_PROVISION = ("path", "marker", "kind", "role", "leaf", *_PLACE)
_FACT_COLUMNS = {
    "references": ("doc_type", "number", "issued_on", "issuer", "relation", "short_form", *_PLACE),
    "deadlines": ("kind", "rrule", "due_on", "bound", "action", "recipient", *_PLACE),
    "bodies": ("role", "members", *_PLACE),
}


def _lists(rows: Iterable[Row]) -> list[Row]:
    """Return one row per printed list of bodies, with its members; what headings hand down is left out."""
    lists: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row["inherited"]:
            lists[row["doc_id"], row["provision_path"], row["role"], row["start"], row["end"]].append(row)
    return [
        members[0] | {"members": [_columns(row, ("body", "body_id", "body_level")) for row in members]}
        for members in lists.values()
    ]


def _fact(row: Row, layer: str) -> Row:
    return {"provision": row["provision_path"]} | _columns(row, _FACT_COLUMNS[layer])


def _link(row: Row) -> Row:
    return {"parent": row["parent_path"], "local": row["local_path"]}


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _columns(row: Row, names: Iterable[str]) -> Row:
    """Return the columns *names* of *row* as JSON values; dates in ISO form."""
    return {name: str(row[name]) if name in _DATES and row[name] else row[name] for name in names}


_DATES = frozenset({"issued_on", "due_on"})
