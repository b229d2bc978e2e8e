"""Write ``<out>/doichieu.duckdb``: a view over every Parquet table, for dashboards.

Run by ``make dashboards``.
"""

import sys
from pathlib import Path

import duckdb

from pipeline.schemas import TABLES


def write_views(out: Path) -> Path:
    """Write the file of views for the tables of *out* anew and return its path."""
    path = out / "doichieu.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as database:
        for table in TABLES:
            source = str((out / "tables").absolute() / f"{table.name}.parquet").replace("'", "''")
            database.execute(f"CREATE VIEW \"{table.name}\" AS SELECT * FROM read_parquet('{source}')")
    return path


if __name__ == "__main__":
    print(write_views(Path(sys.argv[1])))
