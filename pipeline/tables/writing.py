"""Rows to Parquet files, piece by piece.

A *piece* holds the rows of some documents for some tables, as bytes that another process can make; pieces
that follow each other in the order of the keys make a sorted table, each piece a row group of the file. So
nobody ever holds a whole table, and a reader can skip what it does not ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schemas import BY_NAME, TABLES
from pipeline.tables.arrow import arrow_schema, arrow_table
from pipeline.tables.rows import Results, table_rows

Piece = Mapping[str, bytes]
"""Tables by name, as Arrow IPC streams."""


def make_piece(results: Results, names: Iterable[str]) -> Piece:
    """Return the rows of *results* for the tables *names*, sorted within each table."""
    return {name: _as_stream(arrow_table(BY_NAME[name], table_rows(results, name))) for name in names}


def _as_stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


class TablesWriter:
    """Writes every table to ``<folder>/<name>.parquet``; ``rows`` counts what was written to each."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = dict.fromkeys((table.name for table in TABLES), 0)
        self._folder = folder
        self._open = ExitStack()
        self._files: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        for table in TABLES:
            path = self._folder / f"{table.name}.parquet"
            writer = pq.ParquetWriter(path, arrow_schema(table), compression="zstd", version="2.6")
            self._files[table.name] = self._open.enter_context(writer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def add(self, piece: Piece) -> None:
        """Append *piece*, whose rows follow those that were added before."""
        for name, content in piece.items():
            table = pa.ipc.open_stream(content).read_all()
            if table.num_rows:
                self._files[name].write_table(table, row_group_size=table.num_rows)
                self.rows[name] += table.num_rows
