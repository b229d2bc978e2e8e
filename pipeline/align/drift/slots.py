"""Drift of slots: bodies, deadlines and references that were replaced, lost or added.

A slot of the parent's item is kept where some linked provision has it. What a local provision has beyond
all its items is an addition to the item whose words stand nearest. Imports ``sides`` and ``records``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from pipeline.align.drift.sides import Comparison, Item, Side
from pipeline.align.drift.words import joined_keys, read_words
from pipeline.records import (
    Assignment,
    AssignmentRole,
    Deadline,
    Drift,
    DriftType,
    Reference,
    ReferenceRelation,
    Span,
)

SlotT = TypeVar("SlotT", Assignment, Deadline, Reference)

# "Nghị định số 06/2013/NĐ-CP|, ngày 09/01/2013 của Chính phủ"
_DATE = re.compile(r",?\s{1,3}ngày\s")


_DOERS = {AssignmentRole.LEAD, AssignmentRole.IMPLEMENT}
"""Roles of whoever does the task: one may take the place of the other."""


def slot_drift(comparison: Comparison) -> list[Drift]:
    """Return the drift of bodies, deadlines and references of all items, in the parent's order."""
    kinds: tuple[_Kind[Assignment] | _Kind[Deadline] | _Kind[Reference], ...]
    kinds = (_Bodies(), _Deadlines(), _References())
    return [row for kind in kinds for row in kind.drift(comparison)]


@dataclass(frozen=True, slots=True)
class _Found(Generic[SlotT]):
    """A slot, where it was found, and its words as compared."""

    side: Side
    slot: SlotT
    keys: str

    @property
    def span(self) -> Span:
        return Span(self.slot.start, self.slot.end)


class _Kind(ABC, Generic[SlotT]):
    """How slots of one kind are listed, recognised again and matched with what replaced them."""

    type: DriftType

    @abstractmethod
    def slots(self, side: Side) -> Iterable[SlotT]:
        """Return the slots of *side* in reading order."""

    @abstractmethod
    def has(self, side: Side, found: _Found[SlotT]) -> bool:
        """Return whether *side*, of the other document, says the same as *found*."""

    @abstractmethod
    def likeness(self, lost: SlotT, new: SlotT) -> int:
        """Return how likely *new* stands where *lost* stood: 0 not at all. Words in common break ties."""

    def anchor(self, found: _Found[SlotT]) -> Span:
        """Return the place that tells which item *found* is an addition to."""
        return found.span

    def understood(self, side: Side) -> list[_Found[SlotT]]:
        """Return what *side* does not print but a heading hands down to it: it replaces, it is not added."""
        return []

    def drift(self, comparison: Comparison) -> list[Drift]:
        """Return the rows of every item: replaced and lost slots, then added ones."""
        new = {local.provision.path: self._new(comparison, local) for local in comparison.locals}
        return [row for item in comparison.items for row in self._item_drift(comparison, item, new)]

    def _item_drift(
        self, comparison: Comparison, item: Item, new: dict[str, list[_Found[SlotT]]]
    ) -> list[Drift]:
        candidates = [found for side in item.locals for found in new[side.provision.path]]
        rows = []
        for lost in self._found(item.parent):
            if not any(self.has(side, lost) for side in item.locals):
                answer = self._answer(lost, candidates) or self._answer(lost, self._understood(item))
                candidates = [found for found in candidates if found is not answer]
                rows.append(self._row(item, lost, answer))
        added = [f for f in candidates if comparison.nearest_item(f.side, self.anchor(f)) is item]
        return rows + self._added(item, added)

    def _new(self, comparison: Comparison, side: Side) -> list[_Found[SlotT]]:
        parents = [item.parent for item in comparison.items_of(side)]
        return [found for found in self._found(side) if not any(self.has(p, found) for p in parents)]

    def _found(self, side: Side) -> list[_Found[SlotT]]:
        return [
            _Found(side, slot, joined_keys(side.words_in(Span(slot.start, slot.end))))
            for slot in self.slots(side)
        ]

    def _understood(self, item: Item) -> list[_Found[SlotT]]:
        return [found for side in item.locals for found in self.understood(side)]

    def _answer(self, lost: _Found[SlotT], new: Sequence[_Found[SlotT]]) -> _Found[SlotT] | None:
        ranks = [(self.likeness(lost.slot, found.slot), _overlap(lost.keys, found.keys)) for found in new]
        best = max(ranks, default=(0, 0.0))
        return new[ranks.index(best)] if best[0] else None

    def _added(self, item: Item, added: Sequence[_Found[SlotT]]) -> list[Drift]:
        return [self._row(item, None, found) for found in added]

    def _row(self, item: Item, lost: _Found[SlotT] | None, new: _Found[SlotT] | None) -> Drift:
        return Drift(
            type=self.type,
            parent_path=item.path,
            local_path=(new.side if new else item.locals[0]).provision.path,
            from_text=lost.slot.text if lost else None,
            to_text=new.slot.text if new else None,
            from_span=lost.span if lost else None,
            to_span=new.span if new else None,
        )


class _Bodies(_Kind[Assignment]):
    """Lists of bodies: kept where the list, joiners apart, stands anywhere in the other text."""

    type = DriftType.BODY

    def slots(self, side: Side) -> Iterable[Assignment]:
        return _lists(side.bodies)

    def has(self, side: Side, found: _Found[Assignment]) -> bool:
        return found.keys in side.joined

    def likeness(self, lost: Assignment, new: Assignment) -> int:
        return 2 if lost.role is new.role else int({lost.role, new.role} == _DOERS)

    def understood(self, side: Side) -> list[_Found[Assignment]]:
        return [_Found(side, body, joined_keys(read_words(body.text))) for body in _lists(side.inherited)]


class _Deadlines(_Kind[Deadline]):
    """Deadlines: the same where day, recurrence and bound are the same."""

    type = DriftType.DEADLINE

    def slots(self, side: Side) -> Iterable[Deadline]:
        return side.deadlines

    def has(self, side: Side, found: _Found[Deadline]) -> bool:
        return any(_when(found.slot) == _when(other) for other in side.deadlines)

    def likeness(self, lost: Deadline, new: Deadline) -> int:
        return 2 if lost.kind is new.kind else 1


class _References(_Kind[Reference]):
    """References: the same where the number is, or the words of one that has no number."""

    type = DriftType.REFERENCE

    def slots(self, side: Side) -> Iterable[Reference]:
        return side.references

    def has(self, side: Side, found: _Found[Reference]) -> bool:
        if found.slot.relation is not ReferenceRelation.REPLACES and found.keys in side.joined:
            return True
        return any(_instrument(found.slot) == _instrument(other) for other in side.references)

    def likeness(self, lost: Reference, new: Reference) -> int:
        replaces = lost.relation is new.relation is ReferenceRelation.REPLACES
        return 2 * replaces + (lost.doc_type == new.doc_type)

    def anchor(self, found: _Found[Reference]) -> Span:
        """Return the place of the first reference of the sentence: an enumeration serves one purpose."""
        side, sentence = found.side, found.side.sentence_at(found.span)
        spans = (Span(reference.start, reference.end) for reference in side.references)
        return next(span for span in spans if side.sentence_at(span) == sentence)

    def _added(self, item: Item, added: Sequence[_Found[Reference]]) -> list[Drift]:
        """Return one row for each local provision, its added references joined."""
        rows = []
        for _, group in groupby(added, key=lambda found: found.side.provision.path):
            together = list(group)
            row = self._row(item, None, together[0])
            names = [_name(found.slot) for found in together]
            rows.append(row if len(names) == 1 else _joined(row, names))
        return rows


def _overlap(keys: str, other: str) -> float:
    """Return the share of common words among those of both, in [0, 1]."""
    ours, theirs = set(keys.split()), set(other.split())
    return len(ours & theirs) / max(1, len(ours | theirs))


def _lists(bodies: Iterable[Assignment]) -> list[Assignment]:
    """Return one row for each list of bodies, in reading order."""
    lists = {(body.start, body.end): body for body in bodies}
    return [lists[span] for span in sorted(lists)]


def _when(deadline: Deadline) -> tuple[object, ...]:
    exact = (deadline.rrule, deadline.due_on, deadline.bound)
    return exact if any(exact) else (joined_keys(read_words(deadline.text)),)


def _instrument(reference: Reference) -> tuple[object, ...]:
    replaces = reference.relation is ReferenceRelation.REPLACES
    if reference.number is None:
        return replaces, joined_keys(read_words(reference.text))
    return replaces, reference.number.casefold()


def _name(reference: Reference) -> str:
    """Return *reference* as printed, up to its date."""
    return _DATE.split(reference.text, maxsplit=1)[0]


def _joined(row: Drift, names: Sequence[str]) -> Drift:
    """Return *row* for all *names*; words from several places have no single span."""
    return Drift(row.type, row.parent_path, row.local_path, to_text="; ".join(dict.fromkeys(names)))
