"""The tree of provisions: entries in reading order to nodes with parents and path steps.

A marker finds its place by the lists that are still open: it continues the nearest list of its own form,
or it starts a new list under the nearest marker that usually stands above it. Imports ``endings``,
``entries``, ``lines``, ``markers``, ``nodes`` and ``sentences``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.segment.endings import (
    closes_document,
    closes_document_firmly,
    ends_document,
    leads_in,
    states_basis,
)
from pipeline.segment.entries import Entry
from pipeline.segment.lines import EMPTY_CELL
from pipeline.segment.markers import ARABIC_STYLES, ITEM_STYLES, ROW_STYLES, Marker, Style
from pipeline.segment.nodes import Node, settle
from pipeline.segment.sentences import is_heading

_WIDEST_GAP = 9  # numbers lost between two neighbours of a series that are still believed to be neighbours
_DEEPEST = 16  # open lists; deeper nesting is noise


def grow(root: Node, entries: Sequence[Entry]) -> None:
    """Hang *entries* under *root*.

    After the call every entry is in exactly one node below *root*, in reading order, and sibling labels are
    unique.
    """
    builder = _Builder(root, entries)
    for index, entry in enumerate(entries):
        builder.place(index, entry)
    settle(root)


class _Builder:
    """The open lists, outermost first, while entries are placed one by one."""

    def __init__(self, root: Node, entries: Sequence[Entry]) -> None:
        self.root = root
        self.last_counted = max((i for i, entry in enumerate(entries) if entry.counted), default=-1)
        self.last_lead_in = max((i for i, entry in enumerate(entries) if _is_lead_in(entry)), default=-1)
        self.preamble: Node | None = None
        self.ending: Node | None = None
        self.stack: list[Node] = [root]
        self.previous: Node = root

    def place(self, index: int, entry: Entry) -> None:
        """Hang one entry; entries come in order."""
        marker = entry.marker
        if marker is not None and entry.counted:
            marker = self._read_in_context(marker, entry)
        entry.marker = marker
        if marker is None:
            self.previous = self._paragraph_parent(index, entry).add("p", entry)
        elif marker.style in ITEM_STYLES:
            self._place_item(index, marker, entry)
        else:
            self._place_counted(marker, entry)

    # --- paragraphs and items -------------------------------------------------------------------

    def _paragraph_parent(self, index: int, entry: Entry) -> Node:
        if self._in_preamble(index, entry.text):
            return self._open_preamble()
        if self.last_counted < 0:
            self._close_preamble()
        if self.ending is None and index > self.last_counted and self._ends(entry.text):
            self.ending = self.root.add("end")
        if self.ending is not None:
            self.stack = [self.root, self.ending]
            return self.ending
        self._close(ROW_STYLES)
        if entry.text.endswith(":") or self._outermost_is_item():
            self._close(ITEM_STYLES)
        return self.stack[-1]

    def _in_preamble(self, index: int, text: str) -> bool:
        """Whether no task can have begun: before the first number, or before the last lead-in without any."""
        if self.last_counted < 0:
            return index <= self.last_lead_in or (self._only_preamble() and states_basis(text))
        return self.preamble is self.stack[-1] or (len(self.stack) == 1 and not self.root.children)

    def _only_preamble(self) -> bool:
        return all(child is self.preamble for child in self.root.children)

    def _open_preamble(self) -> Node:
        if self.preamble is None:
            self.preamble = self.root.add("pre")
        self.stack = [self.root, self.preamble]
        return self.preamble

    def _close_preamble(self) -> None:
        if self.preamble is not None and self.preamble in self.stack:
            self.stack = [self.root]

    def _ends(self, text: str) -> bool:
        """Whether a paragraph after the last number speaks of the whole document again."""
        top = self.stack[-1]
        if top.marker is None:
            return closes_document_firmly(text)
        bare = is_heading(top.text) and not top.text.endswith((".", ";"))
        if bare and not top.children:
            return False
        if ends_document(text) and not bare:
            return True
        if any(child.marker is None for child in top.children):
            return closes_document_firmly(text)
        return closes_document(text)

    def _outermost_is_item(self) -> bool:
        marker = self.stack[1].marker if len(self.stack) > 1 else None
        return marker is not None and marker.style in ITEM_STYLES

    def _close(self, styles: frozenset[Style]) -> None:
        while len(self.stack) > 1 and (marker := self.stack[-1].marker) and marker.style in styles:
            self.stack.pop()

    def _place_item(self, index: int, marker: Marker, entry: Entry) -> None:
        if marker.style is Style.ROW:
            self._close_preamble()
        elif self.last_counted >= 0 and self._in_preamble(index, entry.text):
            self._open_preamble()
        elif self.last_counted < 0 and index > self.last_lead_in and self.stack[-1] is self.preamble:
            self.stack.pop()
        if marker.style is Style.ROW:
            self._close_rows(continued=entry.text.startswith(EMPTY_CELL))
        elif (sibling := self._open_list(marker.style)) is not None:
            del self.stack[self.stack.index(sibling) :]
        elif not self.previous.text.endswith(":") or self.previous.marker is None:
            self._close_down_to(marker.style)
        self._push(marker.label, entry)

    def _close_rows(self, *, continued: bool) -> None:
        """Close the rows that a row without a number does not stand below.

        One whose first cell is empty goes on with the row above it; any other stands beside the last row
        without a number, or after all rows.
        """
        rows = [node for node in self.stack if node.marker and node.marker.style is Style.ROW]
        if continued:
            goes_on = [node for node in rows if node.text.startswith(EMPTY_CELL)]
            del self.stack[self.stack.index(goes_on[0]) if goes_on else len(self.stack) :]
        elif rows and not rows[0].text.startswith(EMPTY_CELL):
            del self.stack[self.stack.index(rows[0]) :]
        else:
            self._close(ROW_STYLES)

    # --- numbers and letters --------------------------------------------------------------------

    def _read_in_context(self, marker: Marker, entry: Entry) -> Marker | None:
        """Return the marker as the open lists explain it, or None if it is part of the sentence."""
        marker = self._small_roman(marker)
        if marker.style in (Style.LETTER, Style.LETTER_BRACKETS, Style.SMALL_ROMAN):
            believable = marker.value == 1 or self._follows(marker, 3)
        elif marker.style in ARABIC_STYLES:
            believable = marker.value <= 3 or self._follows(marker, _WIDEST_GAP) or not self._has_numbers()
        elif marker.style is Style.ROMAN:
            believable = marker.value <= 3 or self._follows(marker, 3)
        elif marker.style in ROW_STYLES:
            if marker.value <= 3 or self._follows(marker, _WIDEST_GAP):
                return marker
            return self._plain_row(entry)
        else:
            believable = True
        if believable:
            return marker
        entry.unmark()
        return None

    def _plain_row(self, entry: Entry) -> Marker:
        """Read a row whose first cell holds a figure, and no number of a series."""
        entry.unmark()
        return Marker(Style.ROW, "", "r", 0, 0)

    def _has_numbers(self) -> bool:
        return any(node.marker and node.marker.style in ARABIC_STYLES for node in self.stack)

    def _small_roman(self, marker: Marker) -> Marker:
        """Read "i)", "v)" and "x)" as numerals where no list of letters leads up to them."""
        if marker.style is not Style.LETTER or marker.label not in "ivx" or self._follows(marker, 3):
            return marker
        value = {"i": 1, "v": 5, "x": 10}[marker.label]
        return replace(marker, style=Style.SMALL_ROMAN, value=value)

    def _follows(self, marker: Marker, gap: int) -> bool:
        """Whether an open list of this form stands at most *gap* places before *marker*, or at it."""
        return any(
            other.style is marker.style and 0 <= marker.value - other.value <= gap
            for node in self.stack
            if (other := node.marker)
        )

    def _place_counted(self, marker: Marker, entry: Entry) -> None:
        self._close_preamble()
        self.ending = None
        sibling = self._sibling(marker)
        if sibling is not None:
            del self.stack[max(1, self.stack.index(sibling)) :]  # the root, an attachment, holds its parts
        elif not self._is_introduced(marker):
            self._close_for(marker)
        self._push(marker.label, entry)

    def _sibling(self, marker: Marker) -> Node | None:
        """Return the open node whose list *marker* continues, or None."""
        for node in reversed(self.stack):
            other = node.marker
            if other is None or other.style is not marker.style or other.components != marker.components:
                continue
            if marker.value > other.value or marker.value == other.value != 1:
                return node
        if marker.value == 1 and self.previous.text.endswith(":"):
            return None
        return self._open_list(marker.style, marker.components) or self._relative(marker)

    def _relative(self, marker: Marker) -> Node | None:
        """Return the open node of another arabic form that "2)" continues after "1."."""
        top = next((n for n in reversed(self.stack) if n.marker and n.marker.style in ARABIC_STYLES), None)
        if top is None or marker.style not in ARABIC_STYLES or top.marker is None:
            return None
        return top if marker.value == top.marker.value + 1 and marker.value > 1 else None

    def _open_list(self, style: Style, components: tuple[str, ...] = ()) -> Node | None:
        for node in reversed(self.stack):
            if node.marker and node.marker.style is style and node.marker.components == components:
                return node
        return None

    def _is_introduced(self, marker: Marker) -> bool:
        """Whether the open provision announces a list ("... như sau:") which starts with *marker*."""
        return marker.value == 1 and self.previous is self.stack[-1] and self.previous.text.endswith(":")

    def _close_for(self, marker: Marker) -> None:
        if marker.style is Style.DECIMAL:
            self._close_down_to_prefix(marker)
        elif marker.style in ROW_STYLES:
            self._close(ITEM_STYLES)
            self._close_down_to(marker.style)
        else:
            self._close_down_to(marker.style, nested=marker.style in ARABIC_STYLES and marker.value == 1)

    def _close_down_to(self, style: Style, *, nested: bool = False) -> None:
        """Close what usually stands below *style*; ``nested`` keeps another arabic list open above it."""
        while len(self.stack) > 1:
            marker = self.stack[-1].marker
            if marker is None or marker.style < style or (nested and marker.style in ARABIC_STYLES):
                return
            self.stack.pop()

    def _close_down_to_prefix(self, marker: Marker) -> None:
        """Close down to "2.1" for "2.1.3", and to "2" for "2.1"."""
        prefix = ".".join(marker.components)
        for depth in range(len(self.stack) - 1, 0, -1):
            other = self.stack[depth].marker
            if other and prefix in (
                other.label,
                str(other.value) if other.style < Style.DECIMAL else other.label,
            ):
                del self.stack[depth + 1 :]
                return
        self._close_down_to(Style.DECIMAL)

    def _push(self, label: str, entry: Entry) -> None:
        del self.stack[_DEEPEST:]
        self.previous = self.stack[-1].add(label, entry)
        self.stack.append(self.previous)


def _is_lead_in(entry: Entry) -> bool:
    return entry.marker is None and leads_in(entry.text)
