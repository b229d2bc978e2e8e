"""Parts of a file to trees, and trees to provisions with paths and roles.

Imports the other modules of this room, and ``records``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.records import Provision, ProvisionKind, ProvisionRole, Span
from pipeline.segment.entries import Entry, read_entries
from pipeline.segment.lines import Line
from pipeline.segment.markers import Marker, Style
from pipeline.segment.nodes import Node
from pipeline.segment.parts import Part, title_span
from pipeline.segment.roles import role_below
from pipeline.segment.sentences import is_alignable
from pipeline.segment.task_tables import TableReader
from pipeline.segment.tree import grow

_VIRTUAL_ROLES = {"pre": ProvisionRole.PREAMBLE, "end": ProvisionRole.ORGANISATION}


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of one part, and the role of what its headings do not tell."""

    root: Node
    role: ProvisionRole


@dataclass(frozen=True, slots=True)
class NumberedProvision:
    """A provision, and whether its number was put right."""

    provision: Provision
    corrected: bool


def plant_parts(text: str, parts: Iterable[Part]) -> list[Tree]:
    """Return one tree for each of *parts*, which are parts of *text*; root labels are unique."""
    seen: dict[str, int] = {}
    trees = []
    for part in parts:
        seen[part.label] = seen.get(part.label, 0) + 1
        label = part.label if seen[part.label] == 1 else f"{part.label}({seen[part.label]})"
        root = Node(label, _part_entry(text, part) if part.marker else None)
        grow(root, read_entries(text, part.body))
        trees.append(Tree(root, part.role))
    return trees


def _part_entry(text: str, part: Part) -> Entry | None:
    """Return the entry of an attachment: its heading is the marker, its title the own text."""
    if part.marker is None:
        return None
    printed = part.marker.text.strip()
    marker = Marker(Style.PART, printed, part.label, 0, len(part.marker.text))
    title = list(title_span(part))
    start, end = (title[0].start, title[-1].end) if title else (part.marker.end, part.marker.end)
    return Entry(marker, start, text[start:end], Line(part.marker.start, text[part.marker.start : end]))


def number_provisions(trees: Iterable[Tree]) -> tuple[list[NumberedProvision], list[Span]]:
    """Return all provisions in reading order, and the spans that they and their markers cover."""
    rows: list[NumberedProvision] = []
    covered: list[Span] = []
    for tree in trees:
        for place in _walk(tree.root, tree.role):
            rows.append(_row(place, len(rows)))
            line = place.entry.line
            covered.append(Span(line.start, line.end))
    return rows, covered


@dataclass(frozen=True, slots=True)
class _Place:
    node: Node
    entry: Entry
    path: str
    parent_path: str | None
    role: ProvisionRole


def _walk(root: Node, role: ProvisionRole) -> Iterator[_Place]:
    """Yield the nodes that are provisions, parents first, with path and role; deep trees are no danger."""
    pending: list[tuple[Node, str, str | None, ProvisionRole]] = [(root, "", None, role)]
    tables = TableReader()
    while pending:
        node, prefix, parent_path, inherited = pending.pop()
        path = f"{prefix}/{node.label}".strip("/") if node.label else prefix
        own = inherited if node is root else _VIRTUAL_ROLES.get(node.label, inherited)
        below = parent_path
        if node.entry is not None:
            own = inherited if node is root else _role(node, inherited, tables)
            yield _Place(node, node.entry, path, parent_path, own)
            below = path
        pending += [(child, path, below, own) for child in reversed(node.children)]


def _role(node: Node, inherited: ProvisionRole, tables: TableReader) -> ProvisionRole:
    """Return the role of *node*: in a table of tasks rows and the headings between them are tasks."""
    row = tables.read((node.marker and node.marker.printed) or None, node.text)
    if row is not None:
        return ProvisionRole.RULE if row.head else ProvisionRole.TASK
    if tables.in_table and inherited is ProvisionRole.RULE and node.marker:
        return ProvisionRole.TASK
    return role_below(node, inherited)


def _row(place: _Place, ordinal: int) -> NumberedProvision:
    node, entry = place.node, place.entry
    marker = entry.marker
    leaf = not node.children
    provision = Provision(
        path=place.path,
        parent_path=place.parent_path,
        ordinal=ordinal,
        depth=place.path.count("/"),
        marker=marker.printed or None if marker else None,
        kind=marker.kind if marker else ProvisionKind.PARAGRAPH,
        role=place.role,
        text=entry.text,
        start=entry.start,
        end=entry.start + len(entry.text),
        leaf=leaf,
        alignable=is_alignable(entry.text, leaf=leaf),
    )
    return NumberedProvision(provision, entry.corrected)
