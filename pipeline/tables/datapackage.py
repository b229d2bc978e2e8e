"""The Frictionless Data Package descriptor of the outputs: every table, its columns, its hash.

Imports ``schemas``; the tables themselves are only hashed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipeline.schemas import TABLES, Column, ColumnType, TableSchema

_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.ENUM: "string",
    ColumnType.INT: "integer",
    ColumnType.FLOAT: "number",
    ColumnType.BOOL: "boolean",
    ColumnType.DATE: "date",
    ColumnType.TEXT_LIST: "array",
}


def write_datapackage(tables: Path, path: Path) -> None:
    """Write the descriptor of the Parquet files in *tables* to *path*, which lies beside that folder."""
    descriptor = {
        "profile": "data-package",
        "name": "doi-chieu",
        "title": "Đối chiếu: local plans compared with a directive",
        "resources": [_resource(table, tables) for table in TABLES],
    }
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _resource(table: TableSchema, folder: Path) -> dict[str, object]:
    content = (folder / f"{table.name}.parquet").read_bytes()
    return {
        "name": table.name,
        "path": f"{folder.name}/{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": table.description,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(column) for column in table.columns]},
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.description,
    }
    return field if column.nullable else field | {"constraints": {"required": True}}
