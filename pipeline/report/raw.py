"""The raw text of a document, rebuilt from its clean text and the repairs between them.

The tables hold no raw text; they need not, since every change that cleaning made is a row. Imports
nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class RawPiece:
    """A stretch of raw text: unchanged, or repaired by ``rule`` into ``after``.

    ``path`` names the provision whose clean text begins in it.
    """

    text: str
    after: str = ""
    rule: str | None = None
    path: str | None = None


def raw_pieces(
    text: str, repairs: Sequence[Mapping[str, Any]], starts: Mapping[int, str]
) -> list[RawPiece] | None:
    """Return the raw text of the clean *text* in pieces; joined, their texts are the raw text.

    Args:
        repairs: rows of the table, by their place in the raw text.
        starts: path of the provision that begins at a clean offset.

    Returns:
        None where the repairs do not fit the text.

    >>> repair = {"raw_start": 0, "raw_end": 1, "before": "ð", "after": "Đ", "rule": "eth"}
    >>> [(piece.text, piece.rule) for piece in raw_pieces("Đảng", [repair], {})]
    [('ð', 'eth'), ('ảng', None)]
    """
    cuts = sorted(starts)
    pieces: list[RawPiece] = []
    clean = raw = 0
    for repair in repairs:
        kept = repair["raw_start"] - raw
        pieces += _unchanged(text, clean, clean + kept, cuts, starts)
        clean += kept
        if kept < 0 or not text.startswith(repair["after"], clean):
            return None
        inside = bisect_left(cuts, clean)
        clean += len(repair["after"])
        path = starts[cuts[inside]] if inside < len(cuts) and cuts[inside] < clean else None
        pieces.append(RawPiece(repair["before"], repair["after"], repair["rule"], path))
        raw = repair["raw_end"]
    pieces += _unchanged(text, clean, len(text), cuts, starts)
    return pieces


def _unchanged(
    text: str, start: int, end: int, cuts: Sequence[int], starts: Mapping[int, str]
) -> Iterator[RawPiece]:
    """Yield ``text[start:end]``, cut where provisions begin."""
    inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
    bounds = [start, *inside, end]
    for low, high in pairwise(bounds):
        if low < high:
            yield RawPiece(text[low:high], path=starts.get(low))
