"""Records to Arrow tables and back; the only importer of pyarrow and pandas.

The same records give the same bytes: rows are sorted by the keys of their table, columns have fixed
types, and nothing of the machine or the clock is written. Imports ``records`` and ``schemas``.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.records import (
    Alignment,
    Citation,
    CoverageStatus,
    Document,
    Drift,
    Finding,
    LocalAlignment,
    Reject,
    Span,
)
from pipeline.schemas import BY_NAME, TABLES, Column, ColumnType, TableSchema

if TYPE_CHECKING:
    import pandas as pd

# Arrow's own allocator keeps what it has freed: at 3,400 documents that is 150 MB for nothing.
pa.set_memory_pool(pa.system_memory_pool())

Row = Mapping[str, Any]

_AT_HAND = 4
"""Keys whose rows stay decoded: a document, its parent, and what a view asks for in between."""

_ARROW_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.ENUM: pa.dictionary(pa.int32(), pa.string()),
    ColumnType.INT: pa.int32(),
    ColumnType.FLOAT: pa.float64(),
    ColumnType.BOOL: pa.bool_(),
    ColumnType.DATE: pa.date32(),
    ColumnType.TEXT_LIST: pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True)
class Results:
    """Everything one run knows; `table_rows` says how it becomes tables."""

    documents: Sequence[Document] = ()
    alignments: Sequence[LocalAlignment] = ()
    citations: Sequence[Citation] = ()
    findings: Sequence[Finding] = ()
    rejects: Sequence[Reject] = ()


def arrow_schema(table: TableSchema) -> pa.Schema:
    """Return the Arrow schema of *table*, with a description on it and on every column."""
    fields = [
        pa.field(
            column.name,
            _ARROW_TYPES[column.type],
            nullable=column.nullable,
            metadata={"description": column.description},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"description": table.description})


def arrow_table(table: TableSchema, rows: Iterable[Row]) -> pa.Table:
    """Return *rows*, sorted by the keys of *table*, as an Arrow table; nulls sort first."""
    ordered = sorted(rows, key=lambda row: tuple(_sort_value(row[key]) for key in table.keys))
    schema = arrow_schema(table)
    arrays = [
        _array([row[column.name] for row in ordered], column, schema.field(column.name).type)
        for column in table.columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def write_tables(results: Results, folder: Path) -> dict[str, int]:
    """Write every table to ``folder/<name>.parquet``; return the number of rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for table in TABLES:
        arrow = arrow_table(table, table_rows(results, table.name))
        pq.write_table(arrow, folder / f"{table.name}.parquet", compression="zstd", version="2.6")
        counts[table.name] = arrow.num_rows
    return counts


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
    """The rows of one table by a key column, in the order of the table; decoded when they are asked for.

    A large table takes little more room than its columns do; the rows of the last few keys stay at hand.
    """

    def __init__(self, table: pa.Table, key: str) -> None:
        self._table = table
        self._runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        start = 0
        for value, group in groupby(table.column(key).to_pylist()):
            length = sum(1 for _ in group)
            self._runs[value].append((start, length))
            start += length
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
        return [row for run in self._runs[key] for row in self._table.slice(*run).to_pylist()]


def read_grouped_rows(folder: Path, name: str, key: str) -> GroupedRows:
    """Return the rows of ``folder/<name>.parquet`` by the values of the column *key*.

    Raises:
        UsageError: the table is not there or is no Parquet file.
    """
    return GroupedRows(_read(folder, name), key)


def read_tables(out: str | Path) -> dict[str, pd.DataFrame]:
    """Return every table under ``out/tables`` as a data frame, by name.

    Enumerations are categories, dates are ``datetime.date``, unknown is None or NaN.

    Raises:
        UsageError: a table is missing; run ``make align`` first.
    """
    return {table.name: _read(Path(out) / "tables", table.name).to_pandas() for table in TABLES}


def _read(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    path = folder / f"{BY_NAME[name].name}.parquet"
    try:
        with pq.ParquetFile(path) as file:
            return file.read(columns=columns, use_threads=False)
    except (OSError, pa.ArrowInvalid) as error:
        raise UsageError(f"{path}: no readable table; run 'make align' first") from error


def _sort_value(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def _array(values: list[Any], column: Column, arrow_type: pa.DataType) -> pa.Array:
    if column.type is ColumnType.ENUM:
        return _enumeration(values)
    if column.type is ColumnType.TEXT_LIST:
        values = [None if value is None else list(value) for value in values]
    return pa.array(values, type=arrow_type)


def _enumeration(values: list[Any]) -> pa.DictionaryArray:
    """Return *values* dictionary-encoded with the dictionary in alphabetical order."""
    words = sorted({str(value) for value in values if value is not None})
    index = {word: position for position, word in enumerate(words)}
    indices = [None if value is None else index[str(value)] for value in values]
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), pa.array(words, pa.string()))


# --- records to rows -----------------------------------------------------------------------------


def table_rows(results: Results, name: str) -> Iterable[Row]:
    """Return the rows of table *name*, unsorted."""
    match name:
        case "documents":
            return map(_document_row, results.documents)
        case "provisions" | "references" | "deadlines" | "assignments" | "repairs":
            return _document_rows(results.documents, name)
        case "alignments" | "coverage" | "additions" | "drift":
            return _alignment_rows(results.alignments, name)
        case "consensus":
            return _consensus_rows(results.alignments)
        case _:
            return [record_row(record) for record in getattr(results, name)]


def record_row(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name; nested records stay as they are."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _document_row(document: Document) -> Row:
    return (
        record_row(document)
        | record_row(document.header)
        | record_row(document.closing)
        | record_row(document.stamp)
        | {"repairs": len(document.repairs)}
    )


def _document_rows(documents: Sequence[Document], name: str) -> Iterable[Row]:
    for document in documents:
        for record in getattr(document, name):
            yield record_row(record) | {"doc_id": document.doc_id}


def _alignment_rows(alignments: Sequence[LocalAlignment], name: str) -> Iterable[Row]:
    for item in alignments:
        keys = {"parent_doc_id": item.parent_doc_id, "local_doc_id": item.local_doc_id}
        for row in _rows_of_alignment(item.alignment, name):
            yield dict(row) | keys


def _rows_of_alignment(alignment: Alignment, name: str) -> Iterable[Row]:
    match name:
        case "alignments":
            return map(record_row, alignment.pairs)
        case "coverage":
            return map(record_row, alignment.coverage)
        case "additions":
            return ({"local_path": path} for path in alignment.additions)
        case _:
            return map(_drift_row, alignment.drift)


def _consensus_rows(alignments: Sequence[LocalAlignment]) -> Iterable[Row]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in alignments:
        for row in item.alignment.coverage:
            if row.applicable is not False:
                counts[item.parent_doc_id, row.parent_path][row.status] += 1
    for (parent, path), statuses in counts.items():
        yield {
            "parent_doc_id": parent,
            "parent_path": path,
            "documents": statuses.total(),
            **{str(status): statuses[status] for status in CoverageStatus},
        }


def _drift_row(drift: Drift) -> Row:
    row = record_row(drift)
    row["from"], row["to"] = drift.from_text, drift.to_text
    row["from_start"], row["from_end"] = _ends(drift.from_span)
    row["to_start"], row["to_end"] = _ends(drift.to_span)
    return row


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)
