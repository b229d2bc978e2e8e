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
    ``held[i]`` are the grams of provision ``i``, ``headings[i]`` those of the headings above it.
    """

    provisions: tuple[Provision, ...]
    clauses: tuple[Syllables, ...]
    clause_grams: tuple[frozenset[str], ...]
    first: Integers
    held: tuple[frozenset[str], ...]
    headings: tuple[frozenset[str], ...]
    abbreviations: Abbreviations

    def clauses_of(self, place: int) -> tuple[Syllables, ...]:
        """Return the clauses of the provision at *place*."""
        last = int(self.first[place + 1]) if place + 1 < len(self.first) else len(self.clauses)
        return self.clauses[int(self.first[place]) : last]


@dataclass(frozen=True, slots=True, eq=False)
class FamilyStatistics:
    """The parent's side, read once: its vocabulary and which provision and clause holds which gram.

    ``clauses``, ``items`` and ``headings`` are 0/1 matrices, a column for each gram of the ``vocabulary``;
    ``theme`` marks the grams of the title, which tell nothing inside the family.
    """

    side: Side
    vocabulary: dict[str, int]
    clauses: Floats
    items: Floats
    headings: Floats
    theme: frozenset[str]


def family_statistics(parent: Document) -> FamilyStatistics:
    """Return the statistics of *parent* that every comparison with it uses."""
    side = read_side(parent)
    ordered = [sorted(held) for held in (*side.clause_grams, *side.headings)]
    vocabulary: dict[str, int] = {}
    for held in ordered:
        for gram in held:
            vocabulary.setdefault(gram, len(vocabulary))
    clauses = _presence(side.clause_grams, vocabulary)
    title = read_clauses(parent.header.title or "", side.abbreviations)
    return FamilyStatistics(
        side=side,
        vocabulary=vocabulary,
        clauses=clauses,
        items=by_provision(clauses, side.first),
        headings=_presence(side.headings, vocabulary),
        theme=joined(title),
    )


def read_side(document: Document) -> Side:
    """Return the provisions of *document* that take part in alignment, cut into clauses."""
    known = {**terms.known_abbreviations(), **declared_abbreviations(document.text)}
    provisions = tuple(filter(takes_part, document.provisions))
    cut = [read_clauses(provision.text, known) for provision in provisions]
    clauses = tuple(clause for clauses in cut for clause in clauses)
    return Side(
        provisions=provisions,
        clauses=clauses,
        clause_grams=tuple(map(grams, clauses)),
        first=np.cumsum([0, *map(len, cut)])[:-1],
        held=tuple(map(joined, cut)),
        headings=_headings(document, provisions, known),
        abbreviations=known,
    )


def takes_part(provision: Provision) -> bool:
    """Return whether *provision* may be linked at all."""
    by_itself = provision.alignable or provision.leaf
    return by_itself and provision.role in PAIRED_ROLES


def by_provision(rows: Floats, first: Integers) -> Floats:
    """Return the greatest value of the clauses of each provision, column by column."""
    if not len(first):
        return np.zeros((0, rows.shape[1]))
    return np.maximum.reduceat(rows, first, axis=0)


def sparse_presence(held: Sequence[frozenset[str]], vocabulary: dict[str, int]) -> csr_matrix:
    """Return a sparse 0/1 matrix: a row for each set of grams, a column for each of the *vocabulary*."""
    columns = [[vocabulary[gram] for gram in row if gram in vocabulary] for row in held]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in row], dtype=np.int64)
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(held), len(vocabulary)))


def _presence(held: Sequence[frozenset[str]], vocabulary: dict[str, int]) -> Floats:
    return np.asarray(sparse_presence(held, vocabulary).todense(), dtype=np.float64)


def _headings(
    document: Document, provisions: Sequence[Provision], known: Abbreviations
) -> tuple[frozenset[str], ...]:
    """Return for each of *provisions* the grams of all headings above it; each heading is read once."""
    by_path = {provision.path: provision for provision in document.provisions}
    above: dict[str | None, frozenset[str]] = {None: frozenset()}

    def gather(path: str | None) -> frozenset[str]:
        if path not in above:
            heading = by_path[path or ""]
            own = frozenset() if takes_part(heading) else joined(read_clauses(heading.text, known))
            above[path] = own | gather(heading.parent_path)
        return above[path]

    return tuple(gather(provision.parent_path) for provision in provisions)
