"""Every query of the documentation runs on real tables and answers its question."""

import json
import runpy
from pathlib import Path

import pytest

from pipeline.schemas import TABLES
from pipeline.tables.datapackage import write_datapackage
from tests.tables.test_tables import results
from tests.tables.whole import write_tables

duckdb = pytest.importorskip("duckdb")
QUERIES = sorted(Path("docs/sql").glob("*.sql"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    write_tables(results(), out / "tables")
    return out


@pytest.fixture(scope="module")
def database(out: Path) -> "duckdb.DuckDBPyConnection":
    path = runpy.run_path("docs/make_views.py")["write_views"](out)
    return duckdb.connect(str(path), read_only=True)


def test_there_are_ten_questions() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_query_runs(query: Path, database: "duckdb.DuckDBPyConnection") -> None:
    database.execute(query.read_text(encoding="utf-8")).fetchall()


def test_dropped_item_is_counted_and_shown_with_its_nearest(database: "duckdb.DuckDBPyConnection") -> None:
    by_name = {query.stem: query.read_text(encoding="utf-8") for query in QUERIES}
    assert database.execute(by_name["01-most-dropped"]).fetchone()[:4] == ("a", "1", 1, 1)
    (row,) = database.execute(by_name["03-dropped-with-nearest"]).fetchall()
    assert (row[0], row[1], row[3]) == ("b", "1", "1")


def test_descriptor_names_every_table_with_its_hash(out: Path) -> None:
    write_datapackage(out / "tables", out / "datapackage.json")
    descriptor = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in descriptor["resources"]] == [table.name for table in TABLES]
    for resource in descriptor["resources"]:
        assert (out / resource["path"]).stat().st_size == resource["bytes"]
        assert resource["hash"].startswith("sha256:")
