"""Tables keep the contract, survive the round trip, and have the same bytes for the same records."""

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.check import rules_markdown
from pipeline.errors import UsageError
from pipeline.records import (
    Alignment,
    Coverage,
    CoverageStatus,
    Document,
    Drift,
    DriftType,
    Header,
    LocalAlignment,
    Provision,
    ProvisionKind,
    ProvisionRole,
    Span,
)
from pipeline.schemas import TABLES, dictionary_markdown
from pipeline.tables import Results, read_rows, read_tables
from tests.tables.whole import write_tables

CONTRACT = {
    "documents": "doc_id source_path sha256 media_type text_source pages doc_type number issued_on issuer "
    "level province commune title signer signer_title addressees recipients received_by received_number "
    "received_on parent_doc_id parent_basis repairs text",
    "provisions": "doc_id path parent_path ordinal depth marker kind role text start end page leaf alignable",
    "references": "doc_id provision_path ordinal text start end doc_type number issued_on issuer relation "
    "short_form reference_key target_doc_id",
    "deadlines": "doc_id provision_path text start end kind rrule starts_on due_on bound action responsible "
    "recipient via",
    "assignments": "doc_id provision_path role text start end body body_id body_level inherited",
    "alignments": "parent_doc_id parent_path local_doc_id local_path relation score evidence",
    "coverage": "parent_doc_id parent_path local_doc_id status score local_paths nearest_path nearest_score "
    "source applicable addressee",
    "additions": "parent_doc_id local_doc_id local_path",
    "drift": "parent_doc_id parent_path local_doc_id local_path type from to from_start from_end to_start "
    "to_end",
    "citations": "source_doc_id reference_key target_doc_id relation mentions",
    "findings": "doc_id provision_path rule severity message_vi message_en evidence",
    "repairs": "doc_id rule raw_start raw_end before after",
    "rejects": "source_path sha256 reason detail",
}


def document(doc_id: str) -> Document:
    provision = Provision(
        path="1",
        parent_path=None,
        ordinal=0,
        depth=0,
        marker="1.",
        kind=ProvisionKind.NUMBERED,
        role=ProvisionRole.TASK,
        text="Báo cáo",
        start=3,
        end=10,
        leaf=True,
        alignable=True,
    )
    return Document(
        doc_id=doc_id,
        text="1. Báo cáo",
        header=Header(issued_on=dt.date(2025, 5, 7), addressees=("Các sở",)),
        provisions=(provision,),
        source_path=f"{doc_id}.txt",
        sha256="0",
        media_type="text/plain",
    )


def results() -> Results:
    alignment = Alignment(
        coverage=(Coverage("1", CoverageStatus.DROPPED, 0.25, nearest_path="1", nearest_score=0.25),),
        drift=(Drift(DriftType.TERM, None, None, "trường", "cơ sở", Span(0, 6), None),),
    )
    return Results([document("b"), document("a")], [LocalAlignment("a", "b", alignment)])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_tables(results(), tmp_path / "tables")
    return tmp_path


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_table_has_the_columns_of_the_contract_with_descriptions(out: Path, name: str) -> None:
    schema = pq.read_schema(out / "tables" / f"{name}.parquet")
    assert set(CONTRACT[name].split()) <= set(schema.names)
    assert all(schema.field(column).metadata[b"description"] for column in schema.names)


def test_every_table_of_the_contract_is_there() -> None:
    assert {table.name for table in TABLES} >= set(CONTRACT)


def test_rows_come_back_sorted_by_their_keys_with_types(out: Path) -> None:
    rows = read_rows(out, "documents")
    assert [row["doc_id"] for row in rows] == ["a", "b"]
    assert rows[0]["issued_on"] == dt.date(2025, 5, 7)
    assert rows[0]["addressees"] == ["Các sở"]
    assert rows[0]["number"] is None


def test_drift_spans_become_columns_and_missing_sides_are_null(out: Path) -> None:
    (row,) = read_rows(out, "drift")
    assert (row["from"], row["to"], row["from_start"], row["to_start"]) == ("trường", "cơ sở", 0, None)


def test_same_records_give_the_same_bytes(out: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again")
    write_tables(Results(list(reversed(results().documents)), results().alignments), again / "tables")
    for table in TABLES:
        name = f"{table.name}.parquet"
        assert (out / "tables" / name).read_bytes() == (again / "tables" / name).read_bytes()


def test_data_frames_hold_every_table(out: Path) -> None:
    frames = read_tables(out)
    assert set(frames) == {table.name for table in TABLES}
    assert list(frames["coverage"]["status"]) == ["dropped"]


def test_missing_tables_are_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make align"):
        read_rows(tmp_path, "coverage")


def test_documentation_is_printed_from_the_code() -> None:
    for name, printed in (("data-dictionary", dictionary_markdown()), ("findings", rules_markdown())):
        assert Path(f"docs/{name}.md").read_text(encoding="utf-8").strip() == printed.strip()
