"""Tables and reports that the tests of this room share; written once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.report import write_report
from tests.report.build_tables import gold_rows, write_rows


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
