"""The two sides of a comparison as matrices over their grams.

The parent's side is read once and serves every local document (`FamilyStatistics`); what a local document
gets never depends on its neighbours in a run. Imports ``grams`` and ``terms`` of this room, and records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pipeline.align import terms
from pipeline.align.bounds import require_wordings
from pipeline.align.grams import (
    MIN_CLAUSE,
    Abbreviations,
    Syllables,
    declared_abbreviations,
    grams,
    read_clauses,
    spell_out,
)
from pipeline.records import OPERATIVE_ROLES, Document, Provision, ProvisionRole

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Declared: TypeAlias = tuple[tuple[str, Syllables], ...]

TEXTS_KEPT = 2048
"""Texts whose reading is kept: localities repeat the paragraphs of their directive and of one another."""

PAIRED_ROLES = OPERATIVE_ROLES | {ProvisionRole.RULE}
"""Roles that may be linked; rules too, since a locality may turn one into a task."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The provisions of one document that take part, and their clauses.

    ``clauses`` holds those of all provisions in order; ``first[i]`` is the first clause of provision ``i``.
    ``held[i]`` are the grams of provision ``i``; ``declared`` the abbreviations that the document declares.
    """

    provisions: tuple[Provision, ...]
    clauses: tuple[Syllables, ...]
    clause_grams: tuple[frozenset[str], ...]
    first: Integers
    held: tuple[frozenset[str], ...]
    declared: Declared

    def clauses_of(self, place: int) -> tuple[Syllables, ...]:
        """Return the clauses of the provision at *place*."""
        last = int(self.first[place + 1]) if place + 1 < len(self.first) else len(self.clauses)
        return self.clauses[int(self.first[place]) : last]


@dataclass(frozen=True, slots=True, eq=False)
class FamilyStatistics:
    """The parent's side, read once: its vocabulary and which provision and clause holds which gram.

    ``counts`` tells in how many clauses of each provision each gram of the ``vocabulary`` stands; ``clauses``
    and ``items`` are 0/1 matrices with the same columns; ``theme`` holds the grams of the title, which tell
    nothing inside the family.
    """

    side: Side
    vocabulary: dict[str, int]
    counts: csr_matrix
    clauses: Floats
    items: Floats
    theme: frozenset[str]


def family_statistics(parent: Document) -> FamilyStatistics:
    """Return the statistics of *parent* that every comparison with it uses.

    Raises:
        TooLongToCompare: there are too many clauses to lay them out.
    """
    side = read_side(parent)
    vocabulary = {gram: place for place, gram in enumerate(sorted(frozenset().union(*side.held)))}
    require_wordings(len(side.clauses), len(vocabulary))
    clauses = sparse_presence(side.clause_grams, vocabulary)
    dense = np.asarray(clauses.todense(), dtype=np.float64)
    return FamilyStatistics(
        side=side,
        vocabulary=vocabulary,
        counts=summed(clauses, side.first),
        clauses=dense,
        items=by_provision(dense, side.first),
        theme=frozenset().union(*_read(parent.header.title or "", _declared(parent))[1]),
    )


def read_side(document: Document) -> Side:
    """Return the provisions of *document* that take part in alignment, cut into clauses."""
    declared = _declared(document)
    read = [(one, *_read(one.text, declared)) for one in document.provisions if takes_part(one)]
    read = [row for row in read if row[0].leaf or _says_something(row[1])]
    return Side(
        provisions=tuple(one for one, _, _ in read),
        clauses=tuple(chain.from_iterable(clauses for _, clauses, _ in read)),
        clause_grams=tuple(chain.from_iterable(held for _, _, held in read)),
        first=np.cumsum([0, *(len(clauses) for _, clauses, _ in read)], dtype=np.int64)[:-1],
        held=tuple(frozenset().union(*held) for _, _, held in read),
        declared=declared,
    )


def takes_part(provision: Provision) -> bool:
    """Return whether *provision* may be linked at all."""
    return provision.alignable and provision.role in PAIRED_ROLES


def _declared(document: Document) -> Declared:
    return tuple(sorted(declared_abbreviations(document.text).items()))


@lru_cache(maxsize=64)
def _abbreviations(declared: Declared) -> Abbreviations:
    return {**terms.known_abbreviations(), **dict(declared)}


@lru_cache(maxsize=TEXTS_KEPT)
def _read(text: str, declared: Declared) -> tuple[tuple[Syllables, ...], tuple[frozenset[str], ...]]:
    """Return the clauses of *text* and the grams of each."""
    clauses = tuple(read_clauses(text, _abbreviations(declared)))
    return clauses, tuple(map(grams, clauses))


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


def summed(clauses: csr_matrix, first: Integers) -> csr_matrix:
    """Return the sums of the clauses of each provision, column by column."""
    ends, shape = np.append(first, clauses.shape[0]), (len(first), clauses.shape[0])
    rows = csr_matrix((np.ones(clauses.shape[0]), np.arange(clauses.shape[0]), ends), shape=shape)
    return csr_matrix(rows @ clauses)


def sparse_presence(held: Sequence[Iterable[str]], vocabulary: Mapping[str, int]) -> csr_matrix:
    """Return a sparse 0/1 matrix: a row for each set of grams, a column for each of the *vocabulary*."""
    columns = [[vocabulary[gram] for gram in row] for row in held]
    flat = np.fromiter(chain.from_iterable(columns), dtype=np.int64)
    ends = np.cumsum([0, *map(len, columns)])
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(held), len(vocabulary)))
    matrix.sort_indices()
    return matrix
