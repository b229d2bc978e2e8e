"""Tables and reports that the tests of this room share; written once a session."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from build_tables import gold_rows, write_rows  # noqa: E402

from pipeline.report import write_report  # noqa: E402


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the annotated corpus."""
    return write_rows(gold_rows(), tmp_path_factory.mktemp("gold") / "tables")


@pytest.fixture(scope="session")
def report(tables: Path) -> Path:
    """The report on them."""
    folder = tables.parent / "report"
    write_report(tables, folder)
    return folder
