"""All tables of a small corpus at once, as a run writes them piece by piece."""

from pathlib import Path

from pipeline.tables import Results, TablesWriter, make_piece


def write_tables(results: Results, folder: Path) -> None:
    with TablesWriter(folder) as writer:
        writer.add(make_piece(results, writer.rows))
