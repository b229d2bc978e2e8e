"""What the drawings and views compute before anything is drawn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.clean import clean_text
from pipeline.report.cascade import LANES_AT_MOST, cascade, days_of_year
from pipeline.report.coverage import directives
from pipeline.report.graph import DOCUMENTS_AT_MOST, graph, instruments
from pipeline.report.marks import Mark, runs
from pipeline.report.names import labels
from pipeline.report.raw import raw_pieces
from pipeline.report.source import read_source
from tests.report.build_tables import gold_rows, simulated_rows, write_rows

LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize("due_on, rrule, days", [
    (dt.date(2025, 12, 20), None, ["20/12"]),
    (None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", ["15/11"]),
    (None, "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", ["15/6", "15/12"]),
    (None, "FREQ=MONTHLY;BYMONTHDAY=31", [f"{day}/{month}" for month, day in enumerate(LAST_DAYS, 1)]),
    (None, "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", ["31/3"]),
    (dt.date(2024, 2, 29), None, ["28/2"]),
    (None, "FREQ=YEARLY", []),
    (None, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5", []),
    (None, "FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=x", []),
    (None, None, []),
])  # fmt: skip
def test_days_of_year(due_on: dt.date | None, rrule: str | None, days: list[str]) -> None:
    found = days_of_year({"due_on": due_on, "rrule": rrule})
    assert [f"{day.day}/{day.month}" for day in found] == days


def test_step_to_the_directive_tells_how_many_days_are_left(tables: Path) -> None:
    source = read_source(tables)
    drawing = cascade(source, labels(source.documents))
    assert {step.title: step.late for step in drawing.steps} == {
        "15/11 → 15/11: +0": False,
        "20/10 → 15/11: +26": False,
        "31/10 → 15/11: +15": False,
    }


def test_day_after_the_directives_last_one_is_late(tmp_path: Path) -> None:
    rows = gold_rows()
    for row in rows["deadlines"]:
        if row["rrule"] and row["doc_id"] == "dak-lak-kh-2025":
            row["rrule"] = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"
            row["kind"] = "recurring"
    source = read_source(write_rows(rows, tmp_path))
    late = [step.title for step in cascade(source, labels(source.documents)).steps if step.late]
    assert set(late) == {"1/12 → 15/11: -16"}


def test_many_documents_are_gathered_by_week(tmp_path: Path) -> None:
    rows = simulated_rows(LANES_AT_MOST + 5, provisions=5)
    source = read_source(write_rows(rows, tmp_path))
    drawing = cascade(source, labels(source.documents))
    assert drawing.days == []
    assert sum(int(bar.title.rpartition(" ")[2]) for bar in drawing.bars) == len(
        [row for row in rows["deadlines"] if days_of_year({"due_on": None, **row})]
    )


def test_homonyms_stay_apart_and_are_told(tables: Path) -> None:
    source = read_source(tables)
    known = instruments(source)
    namesakes = [item for item in known.values() if item.number == "02/CT-TTg"]
    assert len(namesakes) == 2
    assert len({item.date for item in namesakes}) == 2
    assert all(item.homonym for item in namesakes)


def test_graph_stands_for_every_citation(tables: Path) -> None:
    source = read_source(tables)
    drawing = graph(source, labels(source.documents), instruments(source))
    assert sum(edge.documents for edge in drawing.edges) == len(source.citations)
    assert drawing.left_out == 0


def test_large_graph_keeps_what_is_implemented_and_counts_the_rest(tmp_path: Path) -> None:
    rows = simulated_rows(DOCUMENTS_AT_MOST + 5, provisions=5)
    for number in range(200):
        rows["citations"].append(
            {"source_doc_id": "kh-0001", "reference_key": f"x{number:03}", "relation": "cites", "mentions": 1}
        )
    source = read_source(write_rows(rows, tmp_path))
    drawing = graph(source, labels(source.documents), instruments(source))
    assert {edge.relation for edge in drawing.edges} == {"implements", "cites"}
    assert len(drawing.right) + drawing.left_out == len(instruments(source))
    assert len(drawing.left) <= 35


def test_groups_of_one_name_keep_their_order(tmp_path: Path) -> None:
    rows = simulated_rows(DOCUMENTS_AT_MOST + 6, provisions=5)
    levels = ("central", "province", "commune", None)
    for place, row in enumerate(rows["documents"]):
        row |= {"province": None, "level": levels[place % len(levels)]}
    source = read_source(write_rows(rows, tmp_path))
    drawing = graph(source, labels(source.documents), instruments(source))
    assert [(node.name, node.id) for node in drawing.left] == sorted((n.name, n.id) for n in drawing.left)
    assert len({node.name for node in drawing.left}) < len(drawing.left)


def test_documents_of_one_place_have_labels_of_their_own() -> None:
    place = {"province": "Hà Nội", "commune": "Long Biên", "issuer": None}
    documents = {
        "a": place | {"doc_id": "a", "number": "12/KH-UBND"},
        "b": place | {"doc_id": "b", "number": None},
        "c": place | {"doc_id": "c", "number": "13/KH-UBND"},
        "d": place | {"doc_id": "d", "number": "13/KH-UBND"},
        "e": place | {"doc_id": "e", "number": None, "commune": None},
    }
    assert list(labels(documents).values()) == [
        "Long Biên, Hà Nội · 12/KH-UBND",
        "Long Biên, Hà Nội · b",
        "Long Biên, Hà Nội · c",
        "Long Biên, Hà Nội · d",
        "Hà Nội",
    ]


def test_items_of_a_directive_are_those_of_coverage(tables: Path) -> None:
    source = read_source(tables)
    (directive,) = directives(source)
    assert len(directive.items) == 21
    assert directive.counts().total() == 84
    assert sum(counts.total() for counts in directive.item_counts()) == 84


def test_flags_tell_overrides_and_items_for_others(tmp_path: Path) -> None:
    rows = gold_rows()
    first, second, third = rows["coverage"][:3]
    first["source"], second["applicable"] = "override", False
    third["source"], third["applicable"] = "override", False
    (directive,) = directives(read_source(write_rows(rows, tmp_path)))
    flags = {local.doc_id: local.flags for local in directive.locals}
    assert flags[first["local_doc_id"]][:3] == "onb"


@pytest.mark.parametrize("marks", [
    [], [Mark(0, 3, "body")], [Mark(2, 5, "body"), Mark(4, 8, "deadline")], [Mark(-5, 2, "body")],
    [Mark(6, 99, "body")], [Mark(3, 3, "body")], [Mark(20, 30, "body")],
])  # fmt: skip
def test_runs_lose_no_letter(marks: list[Mark]) -> None:
    assert "".join(run.text for run in runs("Đảng ủy xã", marks)) == "Đảng ủy xã"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_raw_text_is_rebuilt_from_clean_text_and_repairs(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    clean = clean_text(raw)
    repairs = [{name: getattr(repair, name) for name in repair.__slots__} for repair in clean.repairs]
    starts = {clean.text.index(line): line for line in clean.text.splitlines() if line}
    pieces = raw_pieces(clean.text, repairs, starts)
    assert pieces is not None
    assert "".join(piece.text for piece in pieces) == raw
    assert {piece.path for piece in pieces if piece.path} == set(starts.values())


def test_repairs_that_do_not_fit_show_no_raw_text() -> None:
    repair = {"raw_start": 0, "raw_end": 1, "before": "ð", "after": "x", "rule": "eth"}
    assert raw_pieces("Đảng", [repair], {}) is None
