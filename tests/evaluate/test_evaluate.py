"""Evaluation against small gold, and the gate that keeps figures from falling."""

import json
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.evaluate import Evaluation, Figure, evaluate, render
from pipeline.evaluate.floors import check_floors, update_floors
from pipeline.records import (
    Alignment,
    Coverage,
    CoverageStatus,
    Document,
    LocalAlignment,
    Pair,
    PairRelation,
    Provision,
    ProvisionKind,
    ProvisionRole,
)
from pipeline.tables import Results
from tests.tables.whole import write_tables

TEXT = "Tổ chức kiểm tra bếp ăn tập thể và xét nghiệm mẫu nước tại các trường học."


def provision(path: str, text: str) -> Provision:
    return Provision(
        path=path,
        parent_path=None,
        ordinal=0,
        depth=0,
        marker=f"{path}.",
        kind=ProvisionKind.NUMBERED,
        role=ProvisionRole.TASK,
        text=text,
        start=0,
        end=len(text),
        leaf=True,
        alignable=True,
    )


def document(doc_id: str, text: str) -> Document:
    return Document(
        doc_id=doc_id,
        text=text,
        provisions=(provision("1", text),),
        source_path=f"{doc_id}.txt",
        sha256="0",
        media_type="text/plain",
    )


def gold_row(path: str, text: str) -> dict[str, object]:
    return {
        "path": path,
        "marker": f"{path}.",
        "kind": "numbered",
        "role": "task",
        "text": text,
        "leaf": True,
    }


def write_gold(folder: Path, *, status: str = "adapted") -> None:
    (folder / "align").mkdir(parents=True)
    for doc_id in ("ct", "kh"):
        gold = {
            "document": {"doc_id": doc_id},
            "provisions": [gold_row("1", TEXT)],
            "references": [],
            "deadlines": [],
            "bodies": None,
        }
        (folder / f"{doc_id}.json").write_text(json.dumps(gold), encoding="utf-8")
    alignment = {
        "pairs": [{"parent": "1", "local": "1", "relation": "adapted"}],
        "coverage": [{"parent": "1", "status": status}],
        "added": [],
        "drift": [],
    }
    (folder / "align" / "ct__kh.json").write_text(json.dumps(alignment), encoding="utf-8")


def write_run(out: Path, text: str = TEXT) -> None:
    alignment = Alignment(
        pairs=(Pair("1", "1", PairRelation.ADAPTED, 0.9, ""),),
        coverage=(Coverage("1", CoverageStatus.ADAPTED, 0.9, ("1",)),),
    )
    results = Results([document("ct", TEXT), document("kh", text)], [LocalAlignment("ct", "kh", alignment)])
    write_tables(results, out / "tables")


def figures(gold: Path, out: Path) -> dict[str, float]:
    return {figure.name: figure.value for figure in evaluate(gold, out).figures}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_run(tmp_path / "out")
    return tmp_path / "out"


def test_what_equals_the_gold_is_perfect(tmp_path: Path, out: Path) -> None:
    write_gold(tmp_path / "gold")
    assert set(figures(tmp_path / "gold", out).values()) == {1.0}


def test_wrong_status_is_counted_and_shown_in_the_confusion(tmp_path: Path, out: Path) -> None:
    write_gold(tmp_path / "gold", status="dropped")
    evaluation = evaluate(tmp_path / "gold", out)
    assert evaluation.confusion == {("adapted", "dropped"): 1}
    assert {figure.name: figure.value for figure in evaluation.figures}["coverage: dropped F1"] == 0.0


def test_document_that_was_not_read_is_named(tmp_path: Path) -> None:
    write_gold(tmp_path / "gold")
    write_tables(Results([document("ct", TEXT)]), tmp_path / "out" / "tables")
    evaluation = evaluate(tmp_path / "gold", tmp_path / "out")
    assert evaluation.missing == ("kh",)
    assert "annotated, but not in the tables: kh" in render(evaluation)


def test_misread_letter_costs_the_text_and_not_the_boundary(tmp_path: Path) -> None:
    write_gold(tmp_path / "gold")
    write_run(tmp_path / "out", TEXT.replace("kiểm tra", "kiêm tra"))
    found = figures(tmp_path / "gold", tmp_path / "out")
    assert found["provisions: boundaries"] == 1.0
    assert found["clean text"] < 1.0


def test_provision_cut_in_half_is_a_wrong_boundary_named_in_the_output(tmp_path: Path) -> None:
    write_gold(tmp_path / "gold")
    write_run(tmp_path / "out", TEXT[:40])
    evaluation = evaluate(tmp_path / "gold", tmp_path / "out")
    assert figures(tmp_path / "gold", tmp_path / "out")["provisions: boundaries"] == 0.5
    assert "missed kh | tổ chức kiểm tra bếp ăn tập thể và xét nghiệm mẫu nước" in render(evaluation)


def test_folder_without_annotations_is_one_line(tmp_path: Path, out: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no annotations"):
        evaluate(tmp_path / "empty", out)


# --- the gate ------------------------------------------------------------------------------------


def measured(value: float, gold: str = "g") -> Evaluation:
    return Evaluation((Figure("pairs", value, 10),), {}, gold)


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    update_floors(measured(0.8), path, allow_regression=False)
    return path


def test_figure_at_its_floor_passes_and_below_it_fails_by_name(floors: Path) -> None:
    check_floors(measured(0.8), floors)
    with pytest.raises(UsageError, match=r"pairs 0\.7900 < 0\.8000"):
        check_floors(measured(0.79), floors)


def test_floors_rise_freely_and_fall_only_when_told(floors: Path) -> None:
    update_floors(measured(0.9), floors, allow_regression=False)
    with pytest.raises(UsageError, match="--allow-regression"):
        update_floors(measured(0.85), floors, allow_regression=False)
    update_floors(measured(0.85), floors, allow_regression=True)
    check_floors(measured(0.85), floors)


def test_changed_annotations_ask_for_a_look(floors: Path) -> None:
    with pytest.raises(UsageError, match="annotations changed"):
        check_floors(measured(0.8, gold="other"), floors)


def test_figure_that_vanished_has_fallen(floors: Path) -> None:
    with pytest.raises(UsageError, match="pairs"):
        check_floors(Evaluation((), {}, "g"), floors)


def test_missing_floors_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--update"):
        check_floors(measured(0.8), tmp_path / "none.json")
