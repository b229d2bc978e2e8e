"""Choosing among matches that overlap. Imports nothing of ours."""

from __future__ import annotations


def keep_strongest(matches: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the matches ``(start, end, rank)`` that stay when no two may overlap, in order of place.

    Of two that overlap the longer stays; of two equally long the one of the smaller rank, then the
    earlier. Touching is not overlapping.

    >>> keep_strongest([(0, 9, 1), (5, 25, 0), (25, 30, 2)])
    [(5, 25, 0), (25, 30, 2)]
    """
    kept: list[tuple[int, int, int]] = []
    for start, end, rank in sorted(matches, key=lambda m: (m[0] - m[1], m[2], m[0])):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in kept):
            kept.append((start, end, rank))
    return sorted(kept)
