"""The fitted numbers of alignment: two logistic models, kept as readable TOML beside this module.

`pipeline.align.fit` writes them; everything else only reads. Imports nothing of ours.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over named signals, and the probability from which on it says yes.

    The coefficients apply to the signals as they are; nothing has to be scaled first.
    """

    signals: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, signals: Floats) -> Floats:
        """Return the probability in [0, 1], to 6 decimals, for the last axis of *signals*."""
        level = np.full(signals.shape[:-1], self.intercept)
        for place, coefficient in enumerate(self.coefficients):
            level = level + coefficient * signals[..., place]
        return np.asarray(np.round(1 / (1 + np.exp(-level)), 6))


@dataclass(frozen=True, slots=True)
class Models:
    """``pair``: are two provisions linked; ``complete``: is all of an item kept in what is linked to it."""

    pair: Logistic
    complete: Logistic


@cache
def load_models() -> Models:
    """Return the models that come with the package.

    >>> 0 < load_models().pair.threshold < 1
    True
    """
    return parse_models((files(__package__) / "model.toml").read_text(encoding="utf-8"))


def parse_models(text: str) -> Models:
    """Return the models written in *text*, as `format_models` writes them."""
    tables = tomllib.loads(text)
    return Models(*(_logistic(tables[name]) for name in ("pair", "complete")))


def format_models(models: Models) -> str:
    """Return *models* as TOML: one coefficient a line, 4 decimals."""
    lines = ["# Written by `python -m pipeline.evaluate.training`; change the annotations, not this file."]
    for name, model in (("pair", models.pair), ("complete", models.complete)):
        lines += ["", f"[{name}]", f"threshold = {model.threshold:.4f}", f"intercept = {model.intercept:.4f}"]
        lines += ["", f"[{name}.coefficients]"]
        lines += [
            f"{signal} = {coefficient:.4f}"
            for signal, coefficient in zip(model.signals, model.coefficients, strict=True)
        ]
    return "\n".join(lines) + "\n"


def _logistic(table: dict[str, object]) -> Logistic:
    coefficients = table["coefficients"]
    assert isinstance(coefficients, dict)
    return Logistic(
        signals=tuple(coefficients),
        coefficients=tuple(map(float, coefficients.values())),
        intercept=float(str(table["intercept"])),
        threshold=float(str(table["threshold"])),
    )
