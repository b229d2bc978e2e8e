"""Records to tables and back; the only room that imports pyarrow and pandas.

The same records give the same bytes: rows are sorted by the keys of their table, columns have fixed types,
and nothing of the machine or the clock is written. Imports ``records`` and ``schemas``.
"""

from pipeline.tables.arrow import arrow_table
from pipeline.tables.reading import (
    GroupedRows,
    read_grouped_rows,
    read_rows,
    read_table_rows,
    read_tables,
)
from pipeline.tables.rows import OF_ALIGNMENTS, OF_DOCUMENTS, Results, record_row, table_rows
from pipeline.tables.writing import Piece, TablesWriter, make_piece

__all__ = [
    "OF_ALIGNMENTS",
    "OF_DOCUMENTS",
    "GroupedRows",
    "Piece",
    "Results",
    "TablesWriter",
    "arrow_table",
    "make_piece",
    "read_grouped_rows",
    "read_rows",
    "read_table_rows",
    "read_tables",
    "record_row",
    "table_rows",
]
