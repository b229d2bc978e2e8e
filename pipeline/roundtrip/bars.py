"""What each format must reach, and what falls short of it.

Imports ``evaluate``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate import Figure

_EXACT = 0.005  # half a point: what formats with letters may lose in any layer
_KAPPA = 0.05  # what a clean scan may lose in coverage

_PROVISIONS, _REFERENCES, _COVERAGE = (
    "provisions: boundaries",
    "references: number and date",
    "coverage: kappa",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one format; ``letter_error``, in [0, 1], is against the clean text of plain text."""

    name: str
    letter_error: float
    figures: tuple[Figure, ...]
    rejects: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Bar:
    most_errors: float
    least: dict[str, float]


_SCANS = {
    "scan": _Bar(0.005, {_PROVISIONS: 0.97, _REFERENCES: 0.95}),
    "bad scan": _Bar(0.04, {_PROVISIONS: 0.90, _REFERENCES: 0.85}),
    "grey scan": _Bar(1.0, {}),  # shown, without a bar
}


def shortfalls(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a line for each bar that a format does not reach; the first outcome is plain text.

    >>> plain = Outcome("text", 0.0, (Figure("pairs", 0.9, 10),), 0, 1.0)
    >>> shortfalls([plain, Outcome("docx", 0.0, (Figure("pairs", 0.8, 10),), 0, 1.0)])
    ['docx: pairs 0.800, bar 0.895 (n = 10)']
    """
    if not outcomes:
        return []
    plain = {figure.name: figure.value for figure in outcomes[0].figures}
    return [line for outcome in outcomes[1:] for line in _short(outcome, plain)]


def _short(outcome: Outcome, plain: dict[str, float]) -> Iterator[str]:
    bar = _SCANS.get(outcome.name.partition(",")[0])
    if bar and outcome.letter_error > bar.most_errors:
        yield f"{outcome.name}: letter error {outcome.letter_error:.2%}, bar {bar.most_errors:.1%}"
    least = {name: value - _EXACT for name, value in plain.items()}
    if bar:
        least = dict(bar.least)
        if outcome.name.startswith("scan"):
            least[_COVERAGE] = plain.get(_COVERAGE, 0.0) - _KAPPA
    for figure in outcome.figures:
        if figure.value < least.get(figure.name, 0.0):
            bar_text = f"bar {least[figure.name]:.3f} (n = {figure.n})"
            yield f"{outcome.name}: {figure.name} {figure.value:.3f}, {bar_text}"
