"""The two sides of a comparison: their provisions, the clauses of these, and the grams that they hold.

The parent's side is read once and serves every local document (`FamilyStatistics`); what a local document
gets never depends on its neighbours in a run. Imports ``drift``, ``grams``, ``presence`` and ``terms`` of
this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

import numpy as np

from pipeline.align import terms
from pipeline.align.bounds import require_wordings
from pipeline.align.drift import Original
from pipeline.align.grams import (
    MIN_CLAUSE,
    Abbreviations,
    Syllables,
    declared_abbreviations,
    grams,
    read_clauses,
    spell_out,
)
from pipeline.align.masks import hands_over
from pipeline.align.presence import Floats, Integers, Presence, Vocabulary, gathered, presence
from pipeline.records import OPERATIVE_ROLES, AssignmentRole, Document, Provision, ProvisionRole

Declared: TypeAlias = tuple[tuple[str, Syllables], ...]

TEXTS_KEPT = 2048
"""Texts whose reading is kept: localities repeat the paragraphs of their directive and of one another."""

PAIRED_ROLES = OPERATIVE_ROLES | {ProvisionRole.RULE}
"""Roles that may be linked; rules too, since a locality may turn one into a task."""
TOLD = frozenset({AssignmentRole.LEAD, AssignmentRole.IMPLEMENT})
"""Roles of the bodies that are told to do something."""
ANY_BODY = "Ủy ban nhân dân"
"""A name that the masks take out with whatever belongs to it, for lists of bodies that they would not."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One text: its clauses, the grams of each, and the grams and syllables of all."""

    clauses: tuple[Syllables, ...]
    clause_grams: tuple[frozenset[str], ...]
    held: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The provisions of one document that take part, and their clauses.

    ``clauses`` holds those of all provisions in order; ``first[i]`` is the first clause of provision ``i``.
    ``readings[i]`` is that of provision ``i``; ``declared`` the abbreviations that the document declares.
    """

    provisions: tuple[Provision, ...]
    readings: tuple[Reading, ...]
    first: Integers
    declared: Declared

    @property
    def clause_grams(self) -> Iterator[frozenset[str]]:
        """The grams of all clauses, in order."""
        return chain.from_iterable(reading.clause_grams for reading in self.readings)

    @property
    def clause_count(self) -> int:
        """How many clauses there are."""
        return sum(len(reading.clause_grams) for reading in self.readings)


@dataclass(frozen=True, slots=True, eq=False)
class FamilyStatistics:
    """The parent's side, read once: its vocabulary and which provision and clause holds which gram.

    ``clauses`` and ``items`` tell where each gram of the ``vocabulary`` stands, by clause and by provision;
    ``theme`` holds the grams of the title, which tell nothing inside the family; ``told[i]`` the syllables
    of item ``i`` that only name who is told to act; ``original`` is the parent as drift reads it.
    """

    side: Side
    vocabulary: Vocabulary
    clauses: Presence
    items: Presence
    theme: frozenset[str]
    told: tuple[frozenset[str], ...]
    original: Original

    @property
    def rules(self) -> bool:
        """Whether the parent lays down rules."""
        return any(item.role is ProvisionRole.RULE for item in self.side.provisions)


def family_statistics(parent: Document) -> FamilyStatistics:
    """Return the statistics of *parent* that every comparison with it uses.

    Raises:
        TooLongToCompare: there are too many clauses to lay them out.
    """
    side = read_side(parent)
    vocabulary = Vocabulary(sorted(frozenset[str]().union(*(reading.held for reading in side.readings))))
    require_wordings(side.clause_count, len(vocabulary))
    clauses = presence([vocabulary.columns(held)[0] for held in side.clause_grams], len(vocabulary))
    return FamilyStatistics(
        side=side,
        vocabulary=vocabulary,
        clauses=clauses,
        items=gathered(clauses, side.first),
        theme=_read(parent.header.title or "", side.declared).held,
        told=_told(parent, side),
        original=Original(parent),
    )


def read_side(document: Document, *, aims: bool = False) -> Side:
    """Return the provisions of *document* that take part in alignment, cut into clauses.

    Args:
        document: the parent or a local document.
        aims: whether statements of aims take part too: a locality answers rules (principles, who is
            entitled) among the aims of its plan, but a task only by a task.
    """
    declared = _declared(document)
    roles = PAIRED_ROLES | {ProvisionRole.PURPOSE} if aims else PAIRED_ROLES
    read = [(one, _read(one.text, declared)) for one in document.provisions if takes_part(one, roles)]
    read = [(one, reading) for one, reading in read if one.leaf or _says_something(reading.clauses)]
    return Side(
        provisions=tuple(one for one, _ in read),
        readings=tuple(reading for _, reading in read),
        first=np.cumsum([0, *(len(reading.clauses) for _, reading in read)], dtype=np.int64)[:-1],
        declared=declared,
    )


def takes_part(provision: Provision, roles: frozenset[ProvisionRole] = PAIRED_ROLES) -> bool:
    """Return whether *provision* may be linked at all: it has one of *roles* and more than a heading.

    A lead-in may, for it often holds the rule whose cases follow ("Hộ đang ở nhà tạm với mức độ như sau:").
    """
    return provision.role in roles and (provision.alignable or hands_over(provision.text))


def _told(parent: Document, side: Side) -> tuple[frozenset[str], ...]:
    lists: dict[str | None, set[tuple[int, int]]] = {}
    for row in parent.assignments:
        if row.role in TOLD and not row.inherited:
            lists.setdefault(row.provision_path, set()).add((row.start, row.end))
    return tuple(
        reading.words - _read(_unnamed(one, lists[one.path]), side.declared).words
        if one.path in lists
        else frozenset()
        for one, reading in zip(side.provisions, side.readings, strict=True)
    )


def _unnamed(provision: Provision, lists: Iterable[tuple[int, int]]) -> str:
    """Return the text of *provision* with *lists* of bodies, as offsets in its document, under one name."""
    text = provision.text
    for start, end in sorted(lists, reverse=True):
        text = text[: start - provision.start] + ANY_BODY + text[end - provision.start :]
    return text


def _declared(document: Document) -> Declared:
    return tuple(sorted(declared_abbreviations(document.text).items()))


@lru_cache(maxsize=64)
def _abbreviations(declared: Declared) -> Abbreviations:
    return {**terms.known_abbreviations(), **dict(declared)}


@lru_cache(maxsize=TEXTS_KEPT)
def _read(text: str, declared: Declared) -> Reading:
    clauses = tuple(read_clauses(text, _abbreviations(declared)))
    held = tuple(map(grams, clauses))
    return Reading(
        clauses=clauses,
        clause_grams=held,
        held=frozenset[str]().union(*held),
        words=frozenset(chain.from_iterable(clauses)),
    )


@lru_cache(maxsize=TEXTS_KEPT)
def plain_words(text: str, declared: Declared) -> tuple[str, ...]:
    """Return all syllables of *text*, masked by nothing, but "và", which may stand for a comma."""
    return tuple(word for word in spell_out(text, _abbreviations(declared)) if word != "và")


def _says_something(clauses: Sequence[Syllables]) -> bool:
    """Return whether more than the name of a body is left: a name alone is a heading."""
    return sum(map(len, clauses)) >= MIN_CLAUSE


def by_provision(rows: Floats, first: Integers) -> Floats:
    """Return the greatest value of the clauses of each provision, column by column."""
    if not len(first):
        return np.zeros((0, rows.shape[1]))
    return np.maximum.reduceat(rows, first, axis=0)
