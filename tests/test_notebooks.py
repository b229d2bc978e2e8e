"""Notebooks are stored without outputs and say the same as their paired scripts."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted(Path("notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_and_script_hold_the_same_code(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    script = path.with_suffix(".py").read_text(encoding="utf-8")
    for cell in cells:
        if cell["cell_type"] == "code":
            assert "".join(cell["source"]) in script


def test_there_are_five_notebooks_and_each_opens_with_a_question() -> None:
    assert len(NOTEBOOKS) == 5
    for path in NOTEBOOKS:
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        assert "?" in "".join(first["source"]).splitlines()[0]
