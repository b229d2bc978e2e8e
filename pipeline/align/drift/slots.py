"""Drift of slots: bodies, deadlines and references that were replaced, lost or added.

A slot of the parent's item is kept where some linked provision has it. What a local provision has beyond
all its items is an addition to the item whose words stand nearest. Imports ``sides`` and ``records``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import groupby
from typing import Generic, TypeVar

from pipeline.align.drift.sides import Comparison, Item, Side
from pipeline.align.drift.words import joined_keys
from pipeline.records import (
    Assignment,
    Deadline,
    Drift,
    DriftType,
    Reference,
    ReferenceRelation,
    Span,
)

Slot = TypeVar("Slot", Assignment, Deadline, Reference)


def slot_drift(comparison: Comparison) -> list[Drift]:
    """Return the drift of bodies, deadlines and references of all items, in the parent's order."""
    kinds: tuple[_Kind[Assignment] | _Kind[Deadline] | _Kind[Reference], ...]
    kinds = (_Bodies(), _Deadlines(), _References())
    return [row for item in comparison.items for kind in kinds for row in kind.drift(comparison, item)]


class _Kind(ABC, Generic[Slot]):
    """How slots of one kind are listed, recognised again and matched with what replaced them."""

    type: DriftType

    @abstractmethod
    def slots(self, side: Side) -> Sequence[Slot]:
        """Return the slots of *side* in reading order."""

    @abstractmethod
    def has(self, side: Side, slot: Slot) -> bool:
        """Return whether *side* says the same as *slot*, which is of the other document."""

    @abstractmethod
    def answers(self, lost: Slot, new: Slot) -> bool:
        """Return whether *new* stands where *lost* stood."""

    def drift(self, comparison: Comparison, item: Item) -> list[Drift]:
        """Return the rows of *item*: replaced, then lost, then added."""
        lost = [s for s in self.slots(item.parent) if not any(self.has(side, s) for side in item.locals)]
        new = [(side, slot) for side in item.locals for slot in self._new(comparison, side)]
        rows = []
        for slot in lost:
            answer = next((found for found in new if self.answers(slot, found[1])), None)
            if answer:
                new.remove(answer)
            rows.append(self._row(item, answer[0] if answer else item.locals[0], slot, answer))
        added = [found for found in new if comparison.nearest_item(found[0], _span(found[1])) is item]
        return rows + self._added(item, added)

    def _new(self, comparison: Comparison, side: Side) -> list[Slot]:
        items = comparison.items_of(side)
        return [slot for slot in self.slots(side) if not any(self.has(item.parent, slot) for item in items)]

    def _added(self, item: Item, added: Sequence[tuple[Side, Slot]]) -> list[Drift]:
        return [self._row(item, side, None, (side, slot)) for side, slot in added]

    def _row(self, item: Item, side: Side, lost: Slot | None, new: tuple[Side, Slot] | None) -> Drift:
        return Drift(
            type=self.type,
            parent_path=item.path,
            local_path=side.provision.path,
            from_text=lost.text if lost else None,
            to_text=new[1].text if new else None,
            from_span=_span(lost) if lost else None,
            to_span=_span(new[1]) if new else None,
        )


class _Bodies(_Kind[Assignment]):
    """Lists of bodies: kept where the list, joiners apart, stands anywhere in the other text."""

    type = DriftType.BODY

    def slots(self, side: Side) -> Sequence[Assignment]:
        lists = {(a.start, a.end): a for a in side.bodies if not a.inherited}
        return tuple(lists[span] for span in sorted(lists))

    def has(self, side: Side, slot: Assignment) -> bool:
        return joined_keys(slot.text) in side.joined

    def answers(self, lost: Assignment, new: Assignment) -> bool:
        return lost.role is new.role


class _Deadlines(_Kind[Deadline]):
    """Deadlines: the same where day, recurrence and bound are the same."""

    type = DriftType.DEADLINE

    def slots(self, side: Side) -> Sequence[Deadline]:
        return side.deadlines

    def has(self, side: Side, slot: Deadline) -> bool:
        return any(_when(slot) == _when(other) for other in side.deadlines)

    def answers(self, lost: Deadline, new: Deadline) -> bool:
        return True


class _References(_Kind[Reference]):
    """References: the same where the number is, or the words of one that has no number."""

    type = DriftType.REFERENCE

    def slots(self, side: Side) -> Sequence[Reference]:
        return side.references

    def has(self, side: Side, slot: Reference) -> bool:
        if slot.relation is not ReferenceRelation.REPLACES and joined_keys(slot.text) in side.joined:
            return True
        return any(_instrument(slot) == _instrument(other) for other in side.references)

    def answers(self, lost: Reference, new: Reference) -> bool:
        return lost.doc_type == new.doc_type or lost.relation is new.relation is ReferenceRelation.REPLACES

    def _added(self, item: Item, added: Sequence[tuple[Side, Reference]]) -> list[Drift]:
        """Return one row for each local provision, its added references joined."""
        rows = []
        for _, group in groupby(added, key=lambda found: found[0].provision.path):
            found = list(group)
            row = self._row(item, found[0][0], None, found[0])
            rows.append(row if len(found) == 1 else _joined(row, [_name(ref) for _, ref in found]))
        return rows


def _span(slot: Assignment | Deadline | Reference) -> Span:
    return Span(slot.start, slot.end)


def _when(deadline: Deadline) -> tuple[object, ...]:
    exact = (deadline.rrule, deadline.due_on, deadline.bound)
    return exact if any(exact) else (joined_keys(deadline.text),)


def _instrument(reference: Reference) -> tuple[object, ...]:
    replaces = reference.relation is ReferenceRelation.REPLACES
    if reference.number is None:
        return replaces, joined_keys(reference.text)
    return replaces, reference.number.casefold()


def _name(reference: Reference) -> str:
    """Return *reference* as printed, up to and including its number."""
    if reference.number is None:
        return reference.text
    before, number, _ = reference.text.partition(reference.number)
    return before + number


def _joined(row: Drift, names: Sequence[str]) -> Drift:
    """Return *row* for all *names*; words from several places have no single span."""
    return Drift(row.type, row.parent_path, row.local_path, to_text="; ".join(dict.fromkeys(names)))
