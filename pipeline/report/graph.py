"""The graph of references: who implements, replaces, amends or cites which instrument, as a drawing.

Documents of the corpus stand on the left, the instruments they name on the right, one per
``reference_key``: homonyms of other years stay apart. Where there are many documents, those of one
province stand together. Sizes are in the units of the drawing. Imports ``source`` and ``names``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.report.names import page_name
from pipeline.report.source import Row, Source

RELATIONS = ("implements", "replaces", "amends", "cites")
_LEVELS = ("central", "province", "district", "commune")
DOCUMENTS_AT_MOST = 80
INSTRUMENTS_AT_MOST = 60

_LEFT, _RIGHT, _WIDTH = 240, 620, 980
_TOP, _ROW = 20, 26


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the references say of one instrument."""

    key: str
    name: str
    date: str
    number: str | None
    target_doc_id: str | None
    homonym: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A name in one of the two columns; ``id`` ties the edges to it, ``order`` sorts the left
    column, ``word`` is the key of a word of our own before the name."""

    id: str
    name: str
    href: str | None = None
    instrument: Instrument | None = None
    order: int = 0
    word: str | None = None
    y: float = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes with the number of documents that it stands for."""

    source: str
    target: str
    relation: str
    documents: int
    path: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing, and how many instruments found no room in it.

    ``left_x`` is where names of the left column end, ``right_x`` where those of the right one begin.
    """

    width: int
    height: int
    left: list[Node]
    right: list[Node]
    edges: list[Edge]
    left_out: int
    left_x: int = _LEFT - 8
    right_x: int = _RIGHT + 8


_TOLD = ("number", "issued_on", "doc_type", "text", "target_doc_id")
"""What mentions tell of an instrument."""

Told = Mapping[str, Counter[Any]]
"""How many mentions give each value, by column."""


def instruments(source: Source) -> dict[str, Instrument]:
    """Return every instrument that has an identity, by its key: the fullest name, and its namesakes told."""
    told: dict[str, Told] = defaultdict(lambda: {column: Counter() for column in _TOLD})
    for rows in source.references.values():
        for row in rows:
            if row["reference_key"]:
                for column, counts in told[row["reference_key"]].items():
                    if row[column] is not None:
                        counts[row[column]] += 1
    for row in source.citations:
        told[row["reference_key"]]  # an instrument may be known from the graph alone
    numbers = Counter(_most(counts["number"]) for counts in told.values())
    return {key: _instrument(key, told[key], numbers) for key in sorted(told)}


def _instrument(key: str, told: Told, numbers: Counter[str | None]) -> Instrument:
    number, issued_on = _most(told["number"]), _most(told["issued_on"])
    doc_type = _most(told["doc_type"]) or ""
    date = f"{issued_on.day}/{issued_on.month}/{issued_on.year}" if issued_on else ""
    name = f"{doc_type} {number}".strip() if number else _most(told["text"]) or key
    return Instrument(
        key=key,
        name=name,
        date="" if not number and date and date[-4:] in name else date,
        number=number,
        target_doc_id=_most(told["target_doc_id"]),
        homonym=number is not None and numbers[number] > 1,
    )


def _most(counts: Counter[Any]) -> Any:
    """Return the value counted most, the smaller of equals; None where nothing was counted."""
    return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None


def graph(source: Source, names: Mapping[str, str], known: Mapping[str, Instrument]) -> Graph:
    """Return the drawing: all instruments where they fit, else those that most documents name."""
    groups = _groups(source, names)
    weights = Counter(
        (groups[row["source_doc_id"]].id, row["reference_key"], row["relation"]) for row in source.citations
    )
    shown = _most_cited(weights)
    ordered = sorted(set(groups.values()), key=lambda group: (group.order, group.name, group.id))
    rows = max(len(ordered), len(shown), 1)
    left = _placed(ordered, rows)
    heights = {node.id: node.y for node in left}
    right = _placed(_by_neighbours([_instrument_node(known[key]) for key in shown], weights, heights), rows)
    heights |= {node.id: node.y for node in right}
    edges = [
        Edge(group, key, relation, count, _curve(heights[group], heights[key]))
        for (group, key, relation), count in sorted(weights.items())
        if key in shown
    ]
    return Graph(_WIDTH, 2 * _TOP + _ROW * rows, left, right, edges, len(known) - len(shown))


def _groups(source: Source, names: Mapping[str, str]) -> dict[str, Node]:
    """Return the node of each citing document: its own, or that of its province where there are many."""
    citing = sorted({row["source_doc_id"] for row in source.citations})
    if len(citing) <= DOCUMENTS_AT_MOST:
        return {doc_id: _document_node(source.documents[doc_id], names[doc_id]) for doc_id in citing}
    ids = {doc_id: _group_id(source.documents[doc_id]) for doc_id in citing}
    counts = Counter(ids.values())
    return {doc_id: _group_node(source.documents[doc_id], counts[ids[doc_id]]) for doc_id in citing}


def _group_id(row: Row) -> str:
    return f"p:{row['province']}" if row["province"] else f"l:{row['level'] or 'unknown'}"


def _group_node(row: Row, documents: int) -> Node:
    """Return the node of a document's province, or of its level where the province is unknown."""
    if row["province"]:
        return Node(_group_id(row), name=f"{row['province']} ({documents})", order=1)
    return Node(_group_id(row), name=f"({documents})", word=f"level.{row['level'] or 'unknown'}")


def _document_node(row: Row, name: str) -> Node:
    order = _LEVELS.index(row["level"]) if row["level"] in _LEVELS else len(_LEVELS)
    return Node(f"d:{row['doc_id']}", name=name, href=f"doc/{page_name(row['doc_id'])}.html", order=order)


def _instrument_node(instrument: Instrument) -> Node:
    page = f"doc/{page_name(instrument.target_doc_id)}.html" if instrument.target_doc_id else None
    return Node(instrument.key, name=instrument.name, instrument=instrument, href=page)


def _most_cited(weights: Mapping[tuple[str, str, str], int]) -> set[str]:
    """Return the instruments to draw: first those that anybody implements, replaces or amends."""
    documents: Counter[str] = Counter()
    weighty = set()
    for (_, key, relation), count in weights.items():
        documents[key] += count
        if relation != "cites":
            weighty.add(key)
    ordered = sorted(documents, key=lambda key: (key not in weighty, -documents[key], key))
    return set(ordered[:INSTRUMENTS_AT_MOST])


def _by_neighbours(
    nodes: list[Node], weights: Mapping[tuple[str, str, str], int], heights: Mapping[str, float]
) -> list[Node]:
    """Return instruments in the order of the mean height of who names them: fewer lines cross."""
    of_key: dict[str, list[float]] = defaultdict(list)
    for group, key, _ in weights:
        of_key[key].append(heights[group])
    return sorted(nodes, key=lambda node: (sum(of_key[node.id]) / len(of_key[node.id]), node.name, node.id))


def _placed(nodes: Sequence[Node], rows: int) -> list[Node]:
    """Return *nodes* spread evenly over the height of *rows* rows."""
    step = _ROW * rows / max(len(nodes), 1)
    return [replace(node, y=round(_TOP + step * (place + 0.5), 1)) for place, node in enumerate(nodes)]


def _curve(y1: float, y2: float) -> str:
    middle = (_LEFT + _RIGHT) // 2
    return f"M{_LEFT},{y1:g} C{middle},{y1:g} {middle},{y2:g} {_RIGHT},{y2:g}"
