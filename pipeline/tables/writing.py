"""Records to Parquet files."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from pipeline.schemas import TABLES
from pipeline.tables.arrow import arrow_table
from pipeline.tables.rows import Results, table_rows


def write_tables(results: Results, folder: Path) -> dict[str, int]:
    """Write every table to ``folder/<name>.parquet``; return the number of rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for table in TABLES:
        arrow = arrow_table(table, table_rows(results, table.name))
        pq.write_table(arrow, folder / f"{table.name}.parquet", compression="zstd", version="2.6")
        counts[table.name] = arrow.num_rows
    return counts
