"""The analyst's desk from the command line: ask, answer, run again; out to a tool and back."""

from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.align.overrides import COLUMNS
from pipeline.evaluate import evaluate
from pipeline.tables import read_rows
from tests.test_main import DIRECTIVE, MANIFEST, PLAN


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in (("ct.txt", DIRECTIVE), ("kh.txt", PLAN), ("manifest.csv", MANIFEST)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def align(corpus: Path, out: Path, *more: str) -> int:
    return main(["align", "--corpus", str(corpus), "--out", str(out), "--workers", "1", *more])


@pytest.fixture(scope="module")
def out(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert align(corpus, folder) == 0
    return folder


def test_an_answered_question_is_what_the_next_run_says(
    corpus: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "--out", str(out)]) == 0
    assert "dropped" in capsys.readouterr().out
    questions = (out / "review.csv").read_text(encoding="utf-8-sig")
    (question,) = [line for line in questions.splitlines() if line.startswith("ct,2,kh,")]
    answers = tmp_path / "answers.csv"
    answers.write_text(f"{','.join(COLUMNS)}\n{question.replace('status,', 'status,partial', 1)}\n", "utf-8")
    assert align(corpus, tmp_path / "again", "--overrides", str(answers)) == 0
    rows = {row["parent_path"]: row for row in read_rows(tmp_path / "again", "coverage")}
    assert (rows["2"]["status"], rows["2"]["source"]) == ("partial", "override")
    assert rows["1"]["source"] == "model"


def test_a_row_that_cannot_be_applied_is_a_reject_of_the_run(corpus: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text(f"{','.join(COLUMNS)}\nct,2,hue,,status,partial,,,\n", "utf-8")
    assert align(corpus, tmp_path / "out", "--overrides", str(answers), "--strict") == 1
    (row,) = read_rows(tmp_path / "out", "rejects")
    assert (row["source_path"], row["reason"]) == ("answers.csv", "override_unknown_document")


def test_overrides_that_are_not_there_are_one_line(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert align(corpus, tmp_path / "out", "--overrides", str(tmp_path / "none.csv")) == 2
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["labelstudio", "doccano", "docbin"])
def test_suggestions_accepted_as_they_are_are_what_the_tables_say(
    form: str, out: Path, tmp_path: Path
) -> None:
    file, gold = str(tmp_path / "tasks.json"), str(tmp_path / "gold")
    assert main(["export", "--format", form, "--out", str(out), file]) == 0
    assert main(["import", "--format", form, file, "--gold", gold]) == 0
    found = evaluate(Path(gold), out)
    assert {figure.value for figure in found.figures} == {1.0}
    assert sum(figure.n for figure in found.figures) > 20


def test_agreement_prints_every_layer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", "annotations", "annotations"]) == 0
    assert "coverage: kappa" in capsys.readouterr().out
