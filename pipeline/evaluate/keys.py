"""What makes two rows of a layer the same: the keys by which gold, tables and annotators are compared.

Every function takes rows of the gold or of the tables, which name some columns differently, and returns one
key a row, for `scoring.compare`. Imports ``annotations``, ``records`` and ``scoring``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pipeline.annotations import parent_path
from pipeline.evaluate.scoring import Key
from pipeline.records import DriftType

Row = dict[str, Any]


class Layer(NamedTuple):
    """One figure of a comparison: which rows of the gold it reads, and the key of each."""

    name: str
    rows: str
    keys: Callable[[list[Any]], Iterable[Key]]


# --- layers of one document ----------------------------------------------------------------------


def boundaries(rows: list[Row]) -> Iterable[Key]:
    """Return the letters of each provision's own text."""
    return [(letters(row["text"]),) for row in rows]


def edges(rows: list[Row]) -> Iterable[Key]:
    """Return the beginning of each provision and of the provision above it."""
    texts = {row["path"]: letters(row["text"])[:80] for row in rows}
    return [(texts[row["path"]], texts.get(parent_path(row["path"], set(texts)) or "")) for row in rows]


def roles(rows: list[Row]) -> Iterable[Key]:
    """Return path and role of each provision."""
    return [(row["path"], row["role"]) for row in rows]


def numbers(rows: list[Row]) -> Iterable[Key]:
    """Return provision, number and date of each reference."""
    return [(_provision(row), _number(row["number"]), _iso(row["issued_on"])) for row in rows]


def issuers(rows: list[Row]) -> Iterable[Key]:
    """Return provision, number and issuer of each reference."""
    return [(_provision(row), _number(row["number"]), letters(row["issuer"] or "")) for row in rows]


def relations(rows: list[Row]) -> Iterable[Key]:
    """Return provision, number and relation of each reference."""
    return [(_provision(row), _number(row["number"]), row["relation"]) for row in rows]


def dated(rows: list[Row]) -> Iterable[Key]:
    """Return provision, day and bound of the deadlines that fall on a known day."""
    return [
        (_provision(row), row["rrule"], _iso(row["due_on"]), row["bound"])
        for row in rows
        if row["due_on"] or "BYMONTHDAY" in (row["rrule"] or "")
    ]


def deadlines(rows: list[Row]) -> Iterable[Key]:
    """Return provision, kind, recurrence and bound of each deadline."""
    return [(_provision(row), row["kind"], row["rrule"], row["bound"]) for row in rows]


def assignments(rows: list[Row]) -> Iterable[Key]:
    """Return provision, role and letters of each list of bodies."""
    return [(_provision(row), row["role"], letters(row["text"])) for row in rows]


def body_ids(rows: list[Row]) -> Iterable[Key]:
    """Return provision, role, letters and identity of each member of a list of bodies."""
    return [(_provision(row), row["role"], letters(row["body"]), row["body_id"]) for row in rows]


def body_levels(rows: list[Row]) -> Iterable[Key]:
    """Return provision, role, letters and level of each member of a list of bodies."""
    return [(_provision(row), row["role"], letters(row["body"]), row["body_level"]) for row in rows]


def lists_of_bodies(rows: list[Row]) -> list[Row]:
    """Return one row per printed list; what headings hand down is derived and not annotated."""
    lists = {
        (row["doc_id"], row["provision_path"], row["role"], row["start"]): row
        for row in rows
        if not row["inherited"]
    }
    return list(lists.values())


# --- layers of two documents ---------------------------------------------------------------------


def pairs(rows: list[Row]) -> Iterable[Key]:
    """Return the two paths of each link."""
    return [(_either(row, "parent"), _either(row, "local")) for row in rows]


def added(rows: list[Any]) -> Iterable[Key]:
    """Return the path of each local provision that answers nothing."""
    return [(row if isinstance(row, str) else row["local_path"],) for row in rows]


def drift(rows: list[Row]) -> Iterable[Key]:
    """Return item and type of the differences, each once."""
    return sorted({(_either(row, "parent"), row["type"]) for row in rows}, key=repr)


def deadline_drift(rows: list[Row]) -> Iterable[Key]:
    """Return the keys of `drift` for moved deadlines."""
    return drift([row for row in rows if row["type"] == DriftType.DEADLINE])


DOCUMENT_LAYERS = (
    Layer("provisions: boundaries", "provisions", boundaries),
    Layer("provisions: tree edges", "provisions", edges),
    Layer("provisions: roles", "provisions", roles),
    Layer("references: number and date", "references", numbers),
    Layer("references: issuer", "references", issuers),
    Layer("references: relation", "references", relations),
    Layer("deadlines: dated", "deadlines", dated),
    Layer("deadlines: all", "deadlines", deadlines),
    Layer("assignments", "bodies", assignments),
    Layer("assignments: body_id", "members", body_ids),
    Layer("assignments: body_level", "members", body_levels),
)
PAIR_LAYERS = (
    Layer("pairs", "pairs", pairs),
    Layer("additions", "added", added),
    Layer("drift: item and type", "drift", drift),
    Layer("drift: deadline", "drift", deadline_drift),
)


# --- rows and cells ------------------------------------------------------------------------------


def by_document(rows: list[Row]) -> dict[str, list[Row]]:
    """Return *rows* by ``doc_id``; a document without rows has an empty list."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["doc_id"]].append(row)
    return groups


def by_pair(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """Return *rows* by parent and local document; a pair without rows has an empty list."""
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


def letters(text: str) -> str:
    """Return *text* folded for comparison: NFC, lower case, letters and digits, single spaces.

    >>> letters("Công an  phường .")
    'công an phường'
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def _number(number: str | None) -> str | None:
    return re.sub(r"\s", "", number) if number else None


def _iso(date: Any) -> str | None:
    return None if date is None else str(date)
