"""Agreement of two annotators: what they share counts, what one of them left out does not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.evaluate.agreement import agreement, render

GOLD = Path("annotations")
LOCAL = "hung-yen-ct.json"
PAIR = "align/bca-ct-06-2025__hung-yen-ct.json"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Return the folder of a second annotator, who so far agrees in everything."""
    return Path(shutil.copytree(GOLD, tmp_path / "second"))


def change(path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def values(first: Path, second: Path) -> dict[str, float]:
    return {figure.name: figure.value for figure in agreement(first, second).figures}


def test_the_same_annotations_agree_in_every_layer(second: Path) -> None:
    found = agreement(GOLD, second)
    assert {figure.value for figure in found.figures} == {1.0}
    assert found.unshared == ()


def test_another_role_lowers_its_kappa_and_is_named(second: Path) -> None:
    change(second / LOCAL, lambda rows: rows["bodies"][0].update(role="via"))
    found = agreement(GOLD, second)
    lowered = {figure.name for figure in found.figures if figure.value < 1}
    assert {"assignments", "assignments: role, kappa"} <= lowered
    assert not [name for name in lowered if not name.startswith("assignments")]
    assert "via" in render(found)


def test_another_status_is_in_the_confusion(second: Path) -> None:
    change(second / PAIR, lambda rows: rows["coverage"][1].update(status="partial"))
    found = agreement(GOLD, second)
    assert found.confusion["partial", "dropped"] == 1
    assert values(GOLD, second)["coverage: kappa"] < 1


def test_the_order_of_the_folders_does_not_matter_to_f1(second: Path) -> None:
    change(second / LOCAL, lambda rows: rows["references"].pop())
    change(second / PAIR, lambda rows: rows["pairs"].pop())
    one, other = values(GOLD, second), values(second, GOLD)
    assert one == pytest.approx(other)
    assert one["pairs"] < 1


def test_a_layer_that_one_left_out_does_not_count_against_them(second: Path) -> None:
    change(second / LOCAL, lambda rows: rows.update(deadlines=None))
    assert values(GOLD, second)["deadlines: all"] == 1.0


def test_what_one_folder_alone_holds_is_told(second: Path) -> None:
    (second / LOCAL).unlink()
    found = agreement(GOLD, second)
    assert found.unshared == (LOCAL,)
    assert f"annotated in one folder only: {LOCAL}" in render(found)


def test_folders_without_a_common_document_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no document is annotated in both"):
        agreement(GOLD, tmp_path)
