"""What alignment must reach on documents its models never saw, and that the shipped model is this one."""

from pathlib import Path

import pytest

from pipeline.align.fit import fit_models
from pipeline.align.model import format_models, load_models, parse_models
from pipeline.evaluate.scoring import cohen_kappa, label_f1, macro_f1
from pipeline.evaluate.training import MODEL, Case, Outcome, hold_out, main, pool, read_cases, try_models

ANNOTATIONS = Path(__file__).parents[2] / "annotations"


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(ANNOTATIONS)


@pytest.fixture(scope="module")
def held_out(cases: list[Case]) -> Outcome:
    models = hold_out(cases)
    return pool(try_models(case, models[case.gold.local_doc_id]) for case in cases)


def test_held_out_links_reach_the_bar(held_out: Outcome) -> None:
    assert held_out.pairs.f1 >= 0.80


def test_held_out_statuses_reach_the_bar(held_out: Outcome) -> None:
    assert macro_f1(held_out.statuses) >= 0.80
    assert cohen_kappa(held_out.statuses) >= 0.75
    assert label_f1(held_out.statuses, "dropped") >= 0.80


def test_held_out_drift_reaches_the_bar(held_out: Outcome) -> None:
    assert held_out.drift.f1 >= 0.65


def test_shipped_model_is_fitted_to_the_annotations(cases: list[Case]) -> None:
    fitted = fit_models([case.example for case in cases])
    assert format_models(fitted) == MODEL.read_text(encoding="utf-8")


def test_model_survives_writing_and_reading() -> None:
    assert parse_models(format_models(load_models())) == load_models()


def test_main_prints_both_kinds_of_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--annotations", str(ANNOTATIONS), "--model", str(tmp_path / "model.toml")])
    printed = capsys.readouterr().out
    assert "all, held out" in printed
    assert "all, in sample" in printed
    assert (tmp_path / "model.toml").read_text(encoding="utf-8").startswith("#")
