"""Which rows hold which grams: sparse matrices, with no more around them than comparing takes.

Grams become columns: those of the parent's vocabulary first, in its order, and behind them whatever else one
local document says, in alphabetical order. Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Columns: TypeAlias = tuple[Integers, tuple[str, ...]]
"""The columns of grams that are known, ascending, and the grams that are not, in order."""

CLAUSES_KEPT = 4096
"""Clauses whose columns are kept: localities repeat those of their directive and of one another."""


class Vocabulary:
    """The grams of a parent and the column of each."""

    def __init__(self, grams: Sequence[str]) -> None:
        """Number *grams*, each of which stands there once."""
        self.places = {gram: place for place, gram in enumerate(grams)}
        self.columns = lru_cache(CLAUSES_KEPT)(self._columns)

    def __len__(self) -> int:
        return len(self.places)

    def _columns(self, grams: frozenset[str]) -> Columns:
        known = sorted(self.places[gram] for gram in grams if gram in self.places)
        return np.array(known, dtype=np.int64), tuple(sorted(grams - self.places.keys()))


@dataclass(frozen=True, eq=False)
class Presence:
    """Where something stands: entry ``k`` says that row ``rows[k]`` holds column ``columns[k]``.

    Entries are in order of row, then column; ``counts[k]`` tells how often. ``shape`` is the number of rows
    and of columns.
    """

    rows: Integers
    columns: Integers
    counts: Floats
    shape: tuple[int, int]

    @cached_property
    def holders(self) -> Floats:
        """In how many rows each column stands."""
        return np.bincount(self.columns, minlength=self.shape[1]).astype(np.float64)

    @cached_property
    def transposed(self) -> Floats:
        """A full 0/1 matrix with the columns as rows."""
        matrix = np.zeros(self.shape[::-1])
        matrix[self.columns, self.rows] = 1
        return matrix

    def sums(self, weights: Floats) -> Floats:
        """Return the sum of the *weights* of the columns of each row."""
        return np.asarray(np.bincount(self.rows, weights[self.columns], self.shape[0]), dtype=np.float64)

    def first_columns(self, width: int) -> Presence:
        """Return the part in the first *width* columns."""
        inside = self.columns < width
        return Presence(self.rows[inside], self.columns[inside], self.counts[inside], (self.shape[0], width))

    def matrix(self, values: Floats) -> csr_matrix:
        """Return a sparse matrix with *values*, one for each entry."""
        return csr_matrix((values, *self._pattern), shape=self.shape)

    @cached_property
    def _pattern(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The columns, and where each row begins; 32 bits, as the library would have them."""
        ends = np.searchsorted(self.rows, np.arange(self.shape[0] + 1))
        return self.columns.astype(np.int32), ends.astype(np.int32)


def presence(rows: Sequence[Integers], width: int) -> Presence:
    """Return where the columns of each of *rows* stand, which ascend and lie below *width*.

    >>> presence([np.array([0, 4]), np.array([2])], 5).rows.tolist()
    [0, 0, 1]
    """
    columns = np.concatenate([*rows, np.zeros(0, dtype=np.int64)])
    places = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return Presence(places, columns, np.ones(len(columns)), (len(rows), width))


def gathered(clauses: Presence, first: Integers) -> Presence:
    """Return in how many clauses of each provision each column stands; *first* as in a `Side`.

    >>> found = gathered(presence([np.array([0, 4]), np.array([4])], 5), np.array([0]))
    >>> found.columns.tolist(), found.counts.tolist()
    ([0, 4], [1.0, 2.0])
    """
    provisions = np.searchsorted(first, clauses.rows, side="right") - 1
    width = max(clauses.shape[1], 1)
    entries, counts = np.unique(provisions * width + clauses.columns, return_counts=True)
    shape = (len(first), clauses.shape[1])
    return Presence(entries // width, entries % width, counts.astype(np.float64), shape)
