"""Rows to Arrow tables of fixed types. Imports ``schemas``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.schemas import Column, ColumnType, TableSchema

if TYPE_CHECKING:
    pass

# Arrow's own allocator keeps what it has freed: at 3,400 documents that is 150 MB for nothing.
pa.set_memory_pool(pa.system_memory_pool())

Row = Mapping[str, Any]

_ARROW_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.ENUM: pa.dictionary(pa.int32(), pa.string()),
    ColumnType.INT: pa.int32(),
    ColumnType.FLOAT: pa.float64(),
    ColumnType.BOOL: pa.bool_(),
    ColumnType.DATE: pa.date32(),
    ColumnType.TEXT_LIST: pa.list_(pa.string()),
}


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
