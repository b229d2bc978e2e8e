"""Texts cut where marks begin and end, so that a template needs no arithmetic.

Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text to set off: half-open code points, and what kind of thing stands there."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with the kinds of all marks that cover it."""

    text: str
    kinds: tuple[str, ...]


def runs(text: str, marks: Iterable[Mark]) -> list[Run]:
    """Return *text* in pieces, in order and without loss; marks may overlap and may reach beyond it.

    >>> [(run.text, run.kinds) for run in runs("trước 15/11", [Mark(6, 11, "deadline")])]
    [('trước ', ()), ('15/11', ('deadline',))]
    """
    inside = [mark for mark in marks if mark.end > 0 and mark.start < len(text) and mark.start < mark.end]
    bounds = {max(mark.start, 0) for mark in inside} | {min(mark.end, len(text)) for mark in inside}
    cuts = sorted(bounds | {0, len(text)})
    return [
        Run(text[start:end], tuple(sorted({m.kind for m in inside if m.start < end and m.end > start})))
        for start, end in pairwise(cuts)
    ]
