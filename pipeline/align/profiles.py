"""The two sides of a comparison as matrices over their grams.

The parent's side is read once and serves every local document (`FamilyStatistics`); what a local document
gets never depends on its neighbours in a run. Imports ``grams`` and ``terms`` of this room, and records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pipeline.align import terms
from pipeline.align.grams import (
    MIN_CLAUSE,
    Abbreviations,
    Syllables,
    declared_abbreviations,
    grams,
    joined,
    read_clauses,
)
from pipeline.records import OPERATIVE_ROLES, Document, Provision, ProvisionRole

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PAIRED_ROLES = OPERATIVE_ROLES | {ProvisionRole.RULE}
"""Roles that may be linked; rules too, since a locality may turn one into a task."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The provisions of one document that take part, and their clauses.

    ``clauses`` holds those of all provisions in order; ``first[i]`` is the first clause of provision ``i``.
    ``held[i]`` are the grams of provision ``i``.
    """

    provisions: tuple[Provision, ...]
    clauses: tuple[Syllables, ...]
    clause_grams: tuple[frozenset[str], ...]
    first: Integers
    held: tuple[frozenset[str], ...]
    abbreviations: Abbreviations

    def clauses_of(self, place: int) -> tuple[Syllables, ...]:
        """Return the clauses of the provision at *place*."""
        last = int(self.first[place + 1]) if place + 1 < len(self.first) else len(self.clauses)
        return self.clauses[int(self.first[place]) : last]


@dataclass(frozen=True, slots=True, eq=False)
class FamilyStatistics:
    """The parent's side, read once: its vocabulary and which provision and clause holds which gram.

    ``clauses`` and ``items`` are 0/1 matrices, a column for each gram of the ``vocabulary``; ``theme`` holds
    the grams of the title, which tell nothing inside the family.
    """

    side: Side
    vocabulary: dict[str, int]
    clauses: Floats
    items: Floats
    theme: frozenset[str]


def family_statistics(parent: Document) -> FamilyStatistics:
    """Return the statistics of *parent* that every comparison with it uses."""
    side = read_side(parent)
    vocabulary = {gram: place for place, gram in enumerate(sorted(frozenset().union(*side.held)))}
    clauses = _presence(side.clause_grams, vocabulary)
    title = read_clauses(parent.header.title or "", side.abbreviations)
    return FamilyStatistics(
        side=side,
        vocabulary=vocabulary,
        clauses=clauses,
        items=by_provision(clauses, side.first),
        theme=joined(title),
    )


def read_side(document: Document) -> Side:
    """Return the provisions of *document* that take part in alignment, cut into clauses."""
    known = {**terms.known_abbreviations(), **declared_abbreviations(document.text)}
    read = [(one, read_clauses(one.text, known)) for one in document.provisions if takes_part(one)]
    read = [(one, clauses) for one, clauses in read if one.leaf or _says_something(clauses)]
    provisions, cut = tuple(one for one, _ in read), [clauses for _, clauses in read]
    clauses = tuple(clause for clauses in cut for clause in clauses)
    return Side(
        provisions=provisions,
        clauses=clauses,
        clause_grams=tuple(map(grams, clauses)),
        first=np.cumsum([0, *map(len, cut)])[:-1],
        held=tuple(map(joined, cut)),
        abbreviations=known,
    )


def takes_part(provision: Provision) -> bool:
    """Return whether *provision* may be linked at all."""
    return provision.alignable and provision.role in PAIRED_ROLES


def _says_something(clauses: Sequence[Syllables]) -> bool:
    """Return whether more than the name of a body is left: a name alone is a heading."""
    return sum(map(len, clauses)) >= MIN_CLAUSE


def by_provision(rows: Floats, first: Integers) -> Floats:
    """Return the greatest value of the clauses of each provision, column by column."""
    if not len(first):
        return np.zeros((0, rows.shape[1]))
    return np.maximum.reduceat(rows, first, axis=0)


def sparse_presence(held: Sequence[frozenset[str]], vocabulary: dict[str, int]) -> csr_matrix:
    """Return a sparse 0/1 matrix: a row for each set of grams, a column for each of the *vocabulary*."""
    columns = [sorted(vocabulary[gram] for gram in row if gram in vocabulary) for row in held]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in row], dtype=np.int64)
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(held), len(vocabulary)))


def _presence(held: Sequence[frozenset[str]], vocabulary: dict[str, int]) -> Floats:
    return np.asarray(sparse_presence(held, vocabulary).todense(), dtype=np.float64)
