"""Choosing among matches that overlap. Imports nothing of ours."""

from __future__ import annotations

from bisect import bisect_left, insort


def keep_strongest(matches: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the matches ``(start, end, rank)`` that stay when no two may overlap, in order of place.

    Of two that overlap the longer stays; of two equally long the one of the smaller rank, then the
    earlier. Touching is not overlapping.

    >>> keep_strongest([(0, 9, 1), (5, 25, 0), (25, 30, 2)])
    [(5, 25, 0), (25, 30, 2)]
    """
    kept: list[tuple[int, int, int]] = []
    for match in sorted(matches, key=lambda match: (match[0] - match[1], match[2], match[0])):
        place = bisect_left(kept, match)
        clear_before = place == 0 or kept[place - 1][1] <= match[0]
        clear_after = place == len(kept) or match[1] <= kept[place][0]
        if clear_before and clear_after:
            insort(kept, match)
    return kept


def is_inside(spans: list[tuple[int, int]], position: int) -> bool:
    """Return whether *position* lies in one of *spans*, which are in order of place and do not overlap.

    >>> is_inside([(2, 5), (8, 9)], 4), is_inside([(2, 5), (8, 9)], 5)
    (True, False)
    """
    place = bisect_left(spans, (position + 1,))
    return place > 0 and position < spans[place - 1][1]
