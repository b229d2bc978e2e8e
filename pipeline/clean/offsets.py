"""Edits, their composition, and the map between raw and clean offsets.

Every fixer answers with edits of the text that it was given. Composing them keeps one list of edits of
the *raw* text, from which everything else follows: the clean text (replaying), the ledger of repairs,
and the way from any clean offset to the raw one and back. Imports nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``after``; ``rule`` says why."""

    start: int
    end: int
    after: str
    rule: str

    @property
    def growth(self) -> int:
        """Code points that the text gains (negative: loses)."""
        return len(self.after) - (self.end - self.start)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits`` made; they must be sorted and must not overlap.

    >>> apply_edits("Qð-TTg", [Edit(1, 2, "Đ", "eth")])
    'QĐ-TTg'
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.after)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


def compose(earlier: Sequence[Edit], later: Sequence[Edit], middle: str) -> list[Edit]:
    """Return one list of edits that does what ``earlier`` and then ``later`` do.

    ``middle`` is the text between the two. Edits that touch the same characters become one, and its rule
    names both ("nfc+eth"); all others stay as they are.
    """
    if not earlier:
        return list(later)
    result: list[Edit] = []
    i = j = 0
    shift = 0  # raw offset minus middle offset, after the earlier edits consumed so far
    while i < len(earlier) or j < len(later):
        if j == len(later):
            result.extend(earlier[i:])
            break
        low, high = later[j].start, later[j].end
        if i < len(earlier):
            start = earlier[i].start - shift
            end = start + len(earlier[i].after)
            if end <= low:
                result.append(earlier[i])
                shift -= earlier[i].growth
                i += 1
                continue
            if start < high:
                group = _overlapping(earlier, later, i, j, shift)
                result.append(_merged(earlier[i : group[0]], later[j : group[1]], middle, shift))
                shift -= sum(edit.growth for edit in earlier[i : group[0]])
                i, j = group
                continue
        result.append(Edit(low + shift, high + shift, later[j].after, later[j].rule))
        j += 1
    return result


def _overlapping(
    earlier: Sequence[Edit], later: Sequence[Edit], i: int, j: int, shift: int
) -> tuple[int, int]:
    """Return where the group of mutually overlapping edits that starts at ``i``, ``j`` ends in both lists."""
    high = later[j].end
    j += 1
    grown = True
    while grown:
        grown = False
        while i < len(earlier) and earlier[i].start - shift < high:
            high = max(high, earlier[i].start - shift + len(earlier[i].after))
            shift -= earlier[i].growth
            i, grown = i + 1, True
        while j < len(later) and later[j].start < high:
            high = max(high, later[j].end)
            j, grown = j + 1, True
    return i, j


def _merged(earlier: Sequence[Edit], later: Sequence[Edit], middle: str, shift: int) -> Edit:
    """Return the one edit that a group of overlapping edits amounts to."""
    low = min(earlier[0].start - shift, later[0].start)
    after_shift = shift - sum(edit.growth for edit in earlier)
    last_end = earlier[-1].end - after_shift
    high = max(last_end, later[-1].end)
    moved = [Edit(e.start - low, e.end - low, e.after, e.rule) for e in later]
    rules = dict.fromkeys(rule for e in (*earlier, *later) for rule in e.rule.split("+"))
    return Edit(low + shift, high + after_shift, apply_edits(middle[low:high], moved), "+".join(rules))


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way between raw and clean offsets, both ways; monotone in both directions.

    Deleted characters map to the clean offset where they stood; a clean offset there maps to the first
    raw character after them.
    """

    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]
    clean_starts: tuple[int, ...]
    clean_ends: tuple[int, ...]

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> OffsetMap:
        """Return the map of sorted edits that do not overlap."""
        raw_starts, raw_ends, afters, _ = zip(*edits, strict=True) if edits else ((), (), (), ())
        lengths = tuple(map(len, afters))
        growth = accumulate(map(sub, lengths, map(sub, raw_ends, raw_starts)), initial=0)
        clean_starts = tuple(map(add, raw_starts, growth))
        return cls(raw_starts, raw_ends, clean_starts, tuple(map(add, clean_starts, lengths)))

    def to_raw(self, offset: int) -> int:
        """Return the raw offset of a clean one.

        >>> OffsetMap.of([Edit(3, 6, " ", "join")]).to_raw(4)
        6
        """
        return _across(offset, self.clean_starts, self.clean_ends, self.raw_starts, self.raw_ends)

    def to_clean(self, offset: int) -> int:
        """Return the clean offset of a raw one.

        >>> OffsetMap.of([Edit(3, 6, " ", "join")]).to_clean(6)
        4
        """
        return _across(offset, self.raw_starts, self.raw_ends, self.clean_starts, self.clean_ends)


def _across(
    offset: int,
    from_starts: tuple[int, ...],
    from_ends: tuple[int, ...],
    to_starts: tuple[int, ...],
    to_ends: tuple[int, ...],
) -> int:
    """Carry one offset over; inside an edit it advances as far as the other side reaches."""
    index = bisect_right(from_starts, offset) - 1
    if index < 0:
        return offset
    if offset >= from_ends[index]:
        return to_ends[index] + offset - from_ends[index]
    inside = to_starts[index] + offset - from_starts[index]
    return min(inside, max(to_starts[index], to_ends[index] - 1))
