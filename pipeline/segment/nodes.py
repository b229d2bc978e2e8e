"""Provisions in the making: the nodes of the tree, and the steps that their paths are made of.

A number that leaves no doubt is put right from its neighbours. Imports ``entries`` and ``markers``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.segment.entries import Entry
from pipeline.segment.markers import ALPHABET, ARABIC_STYLES, ITEM_STYLES, Marker, Style, roman_numeral

_REPAIRED_STYLES = frozenset({Style.ROMAN, Style.LETTER, *ARABIC_STYLES})


@dataclass(slots=True, eq=False)
class Node:
    """A provision in the making. ``entry`` is None for what only lends its name to paths (pre, end)."""

    label: str
    entry: Entry | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def marker(self) -> Marker | None:
        """The marker, None for paragraphs and for nodes without an entry."""
        return self.entry.marker if self.entry else None

    @property
    def text(self) -> str:
        """The own text."""
        return self.entry.text if self.entry else ""

    def add(self, label: str, entry: Entry | None = None) -> Node:
        """Append a child and return it."""
        child = Node(label, entry, self)
        self.children.append(child)
        return child


def settle(node: Node) -> None:
    """Correct misprinted numbers among the children of all nodes and give every child its own label.

    After the call the labels of siblings are unique.
    """
    _correct_numbers(node.children)
    seen: dict[str, int] = {}
    for child in node.children:
        child.label = _unique(child, seen)
        settle(child)


def _unique(child: Node, seen: dict[str, int]) -> str:
    """Return the child's step: items and paragraphs counted, a repeated number told apart as "2(2)"."""
    label = child.label
    seen[label] = seen.get(label, 0) + 1
    if child.entry is not None and (child.marker is None or child.marker.style in ITEM_STYLES):
        return f"{label}{seen[label]}"
    return label if seen[label] == 1 else f"{label}({seen[label]})"


def _label(style: Style, place: int) -> str:
    if style is Style.ROMAN:
        return roman_numeral(place)
    return ALPHABET[place - 1] if style is Style.LETTER else str(place)


def _correct_numbers(children: list[Node]) -> None:
    """Put right a number whose two neighbours leave one place for it: I, III, III becomes I, II, III."""
    counted = [child for child in children if child.marker and child.marker.style in _REPAIRED_STYLES]
    for before, child, after in zip(counted, counted[1:], counted[2:], strict=False):
        if before.marker and child.marker and after.marker and child.entry:
            place = before.marker.value + 1
            alike = before.marker.style is child.marker.style is after.marker.style
            if alike and child.marker.value != place and after.marker.value == place + 1:
                label = _label(child.marker.style, place)
                child.label = label
                child.entry.marker = replace(child.marker, label=label, value=place)
                child.entry.corrected = True
