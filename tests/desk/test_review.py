"""Questions: the nearest to the decision first, in a file that the next run can read."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipeline.align.overrides import COLUMNS, read_overrides
from pipeline.desk import review
from pipeline.desk.review import find_questions, print_questions, write_questions
from pipeline.errors import UsageError

TEXTS = {"1": "Tuyên truyền.", "2": "=Rà soát [bold]rừng[/bold].", "3": "Báo cáo."}


def coverage(path: str, status: str, nearest: float, score: float = 0.0, **more: Any) -> dict[str, Any]:
    row = {"parent_doc_id": "ct", "local_doc_id": "kh", "parent_path": path, "status": status, "score": score}
    row |= {"nearest_path": "1", "nearest_score": nearest, "source": "model", "applicable": None}
    return row | more


def pair(path: str, local: str, score: float) -> dict[str, Any]:
    row = {"parent_doc_id": "ct", "local_doc_id": "kh", "parent_path": path, "local_path": local}
    return row | {"score": score, "relation": "adapted"}


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {
        "provisions": [
            {"doc_id": doc_id, "path": path, "text": text}
            for doc_id in ("ct", "kh")
            for path, text in TEXTS.items()
        ],
        "coverage": [
            coverage("1", "verbatim", 0.99, 1.0),
            coverage("2", "dropped", 0.39),
            coverage("3", "dropped", 0.02),
        ],
        "alignments": [pair("1", "1", 0.999)],
        "consensus": [],
    }
    monkeypatch.setattr(review, "read_rows", lambda _, name: rows[name])
    return rows


def items(tables: dict[str, list[dict[str, Any]]]) -> list[tuple[str, str]]:
    assert tables
    return [(question.parent_path, str(question.kind)) for question in find_questions(Path("out"))]


def test_what_was_nearly_linked_is_asked_first(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert items(tables) == [("2", "status"), ("3", "status"), ("1", "status")]


def test_what_the_siblings_keep_is_asked_before_what_they_drop_too(
    tables: dict[str, list[dict[str, Any]]],
) -> None:
    tables["coverage"] = [coverage("2", "dropped", 0.1), coverage("3", "dropped", 0.1)]
    tables["consensus"] = [
        {"parent_doc_id": "ct", "parent_path": path, "documents": 5, "dropped": dropped}
        for path, dropped in (("2", 5), ("3", 1))
    ]
    (first, second) = find_questions(Path("out"))
    assert (first.parent_path, second.parent_path) == ("3", "2")
    assert "4 of 4 siblings keep it" in first.why


def test_a_second_link_of_an_item_is_a_question_of_its_own(tables: dict[str, list[dict[str, Any]]]) -> None:
    tables["alignments"].append(pair("1", "2", 0.41))
    assert ("1", "pair") in items(tables)


def test_what_a_person_decided_or_what_does_not_apply_is_not_asked(
    tables: dict[str, list[dict[str, Any]]],
) -> None:
    tables["coverage"] = [
        coverage("2", "dropped", 0.39, source="override"),
        coverage("3", "dropped", 0.39, applicable=False),
    ]
    assert items(tables) == []


@pytest.mark.usefixtures("tables")
def test_the_file_is_one_of_overrides_without_answers(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    write_questions(find_questions(Path("out")), path)
    assert read_overrides(path) == ([], [])
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert list(lines[0])[: len(COLUMNS)] == list(COLUMNS)
    assert (lines[0]["parent_path"], lines[0]["local_path"], lines[0]["model"]) == ("2", "1", "dropped")


@pytest.mark.usefixtures("tables")
def test_no_text_of_a_document_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    write_questions(find_questions(Path("out")), path)
    lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    assert not [line for line in lines if line["parent_text"].startswith(("=", "+", "-", "@"))]


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16")])
def test_answers_that_a_spreadsheet_saved_are_never_overwritten(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = tmp_path / "review.csv"
    questions = find_questions(Path("out"))
    write_questions(questions, path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    rows[1][rows[0].index("value")] = "adapted"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    with pytest.raises(UsageError, match="holds answers"):
        write_questions(questions, path)


@pytest.mark.usefixtures("tables")
def test_answers_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    questions = find_questions(Path("out"))
    write_questions(questions, path)
    write_questions(questions, path)
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("status,", "status,adapted", 1), encoding="utf-8"
    )
    with pytest.raises(UsageError, match="holds answers"):
        write_questions(questions, path)


@pytest.mark.usefixtures("tables")
def test_texts_are_printed_as_they_are() -> None:
    console = Console(file=io.StringIO(), width=100)
    print_questions(find_questions(Path("out")), console)
    assert isinstance(console.file, io.StringIO)
    assert "=Rà soát [bold]rừng[/bold]." in console.file.getvalue()
