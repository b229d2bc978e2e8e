"""Published tables back to rows and data frames. Imports ``schemas``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.schemas import BY_NAME, TABLES

if TYPE_CHECKING:
    import pandas as pd

_AT_HAND = 4
"""Keys whose rows stay decoded: a document, its parent, and what a view asks for in between."""
_GROUPS_AT_HAND = 2
"""Row groups that stay read: the one that a walk through the table is in, and that of a directive."""


def read_rows(out: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of one table under ``out/tables`` as plain dictionaries.

    Raises:
        UsageError: the table is not there or is no Parquet file.
    """
    return read_table_rows(out / "tables", name)


def read_table_rows(folder: Path, name: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Return the rows of ``folder/<name>.parquet`` as plain dictionaries, whole or *columns* only.

    Raises:
        UsageError: the table is not there or is no Parquet file.
    """
    rows: list[dict[str, Any]] = _read(folder, name, columns).to_pylist()
    return rows


class GroupedRows(Mapping[str, list[dict[str, Any]]]):
    """The rows of one table by a key column, in the order of the table; read when they are asked for.

    What stays in memory are the key column, the row groups last read, and the rows of the keys last asked
    for; going through a table in its own order reads it once.
    """

    def __init__(self, file: pq.ParquetFile, key: str, columns: Sequence[str] | None = None) -> None:
        self._file = file
        self._columns = list(columns) if columns else None
        self._runs: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for group in range(file.num_row_groups):
            start = 0
            values = file.read_row_group(group, columns=[key], use_threads=False).column(key)
            for value, run in groupby(values.to_pylist()):
                length = sum(1 for _ in run)
                self._runs[value].append((group, start, length))
                start += length
        self._row_group = lru_cache(maxsize=_GROUPS_AT_HAND)(self._read)
        self._recent = lru_cache(maxsize=_AT_HAND)(self._decode)

    def __getitem__(self, key: str) -> list[dict[str, Any]]:
        if key not in self._runs:
            raise KeyError(key)
        return self._recent(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)

    def _decode(self, key: str) -> list[dict[str, Any]]:
        return [
            row
            for group, start, length in self._runs[key]
            for row in self._row_group(group).slice(start, length).to_pylist()
        ]

    def _read(self, group: int) -> pa.Table:
        return self._file.read_row_group(group, columns=self._columns, use_threads=False)


def read_grouped_rows(folder: Path, name: str, key: str, columns: Sequence[str] | None = None) -> GroupedRows:
    """Return the rows of ``folder/<name>.parquet`` by the values of the column *key*.

    Raises:
        UsageError: the table is not there or is no Parquet file.
    """
    return GroupedRows(_open(folder, name), key, columns)


def read_tables(out: str | Path) -> dict[str, pd.DataFrame]:
    """Return every table under ``out/tables`` as a data frame, by name.

    Enumerations are categories, dates are ``datetime.date``, unknown is None or NaN.

    Raises:
        UsageError: a table is missing; run ``make align`` first.
    """
    return {table.name: _read(Path(out) / "tables", table.name).to_pandas() for table in TABLES}


def _read(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    with _open(folder, name) as file:
        return file.read(columns=columns, use_threads=False).unify_dictionaries()


def _open(folder: Path, name: str) -> pq.ParquetFile:
    path = folder / f"{BY_NAME[name].name}.parquet"
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise UsageError(f"{path}: no readable table; run 'make align' first") from error
