"""The gate: pinned figures that rise freely and fall only when told so.

``annotations/baseline.json`` holds a floor per figure and the hash of the annotations that the floors
were measured on. Imports ``evaluate`` and ``errors``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.evaluate.evaluation import Evaluation

TOLERANCE = 0.0005
"""A figure may fall by this much: half of the last digit that is printed."""


def check_floors(evaluation: Evaluation, path: Path) -> None:
    """Compare with the pinned figures.

    Raises:
        UsageError: a figure fell below its floor, or the annotations changed since the floors were set.
    """
    pinned = _read_floors(path)
    if pinned["gold_sha256"] != evaluation.gold_sha256:
        raise UsageError(f"{path}: the annotations changed; look at the figures, then run with --update")
    fallen = _fallen(evaluation, pinned["floors"])
    if fallen:
        raise UsageError("below the floor: " + "; ".join(fallen))


def update_floors(evaluation: Evaluation, path: Path, *, allow_regression: bool) -> None:
    """Pin the figures of *evaluation* as floors.

    Raises:
        UsageError: a figure would fall and *allow_regression* is not given.
    """
    if path.exists() and not allow_regression:
        fallen = _fallen(evaluation, _read_floors(path)["floors"])
        if fallen:
            raise UsageError("floors do not fall without --allow-regression: " + "; ".join(fallen))
    content = {
        "gold_sha256": evaluation.gold_sha256,
        "floors": {figure.name: round(figure.value, 4) for figure in evaluation.figures},
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _read_floors(path: Path) -> dict[str, Any]:
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: no floors to compare with; run with --update first") from error
    return floors


def _fallen(evaluation: Evaluation, floors: dict[str, float]) -> list[str]:
    values = {figure.name: figure.value for figure in evaluation.figures}
    return [
        f"{name} {values.get(name, 0.0):.4f} < {floor:.4f}"
        for name, floor in floors.items()
        if values.get(name, 0.0) < floor - TOLERANCE
    ]
