"""``python -m tests.patterns``: is every regular expression of the package linear on hostile text?

Prints the patterns that are not and exits with 1. ``--long`` tries every string on every pattern, and the
slowest of each up to a million characters. Time is that of the processor: a busy machine fails no pattern.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from typing import Any

from tests.patterns.hard_texts import FAVOURITES, hard_units
from tests.patterns.record import Compiled, record

SMALL = 1_200  # code points of the text that every string is repeated to
GROWTH = 4  # times longer in each step
STEPS = 2  # a bounded repetition (“[^”]{1,600}”) looks quadratic until the text is longer than its bound
QUICK = 0.2e-6  # seconds a code point that nobody can call slow
MAX_GROWTH = 9.0  # in time, for a step; a quadratic pattern takes 16 times as long
ATTEMPTS = 3  # the least of them counts

MOST_UNITS = 24  # strings that a pattern is tried on, without --long

LARGE = 10_000, 100_000, 1_000_000  # code points, with --long
SLOWEST = 4e-6  # seconds a code point that the slowest string may take then


def seconds(compiled: Compiled, text: str, attempts: int = 1) -> float:
    """Return the time that a pattern takes for all of *text*, in the way in which the package uses it."""
    subject = text.encode() if isinstance(compiled.pattern.pattern, bytes) else text
    return min(_once(compiled.pattern, subject, compiled.searched) for _ in range(attempts))


def _once(pattern: re.Pattern[Any], subject: str | bytes, searched: bool) -> float:
    start = time.process_time()
    if searched:
        for _ in pattern.finditer(subject):
            pass
    else:
        pattern.match(subject)
        pattern.fullmatch(subject)
    return time.process_time() - start


def texts(unit: str, size: int) -> Iterator[str]:
    """Yield *unit* repeated to *size*, and the same before a character that fits nothing."""
    repeated = (unit * (size // len(unit) + 1))[:size]
    yield repeated
    yield repeated + "\0"


def is_linear(compiled: Compiled, unit: str) -> bool:
    """Tell whether time grows no faster than text, at some size beyond the bounds of the pattern."""
    for place, text in enumerate(texts(unit, SMALL)):
        if seconds(compiled, text) > SMALL * QUICK and not _calms_down(compiled, unit, place):
            return False
    return True


def _calms_down(compiled: Compiled, unit: str, place: int) -> bool:
    size = SMALL
    before = seconds(compiled, list(texts(unit, size))[place], ATTEMPTS)
    for _ in range(STEPS):
        size *= GROWTH
        after = seconds(compiled, list(texts(unit, size))[place], ATTEMPTS)
        if after < max(MAX_GROWTH * before, size * QUICK):
            return True
        before = after
    return False


def grows_to_a_million(compiled: Compiled, units: list[str]) -> str | None:
    """Return what is wrong on the slowest of *units* from ten thousand characters to a million."""
    unit = max(units, key=lambda unit: max(seconds(compiled, text) for text in texts(unit, LARGE[0] // 4)))
    measured = [max(seconds(compiled, text) for text in texts(unit, size)) for size in LARGE]
    if measured[-1] > SLOWEST * LARGE[-1]:
        return f"{unit!r} repeated takes {measured} seconds for {LARGE} code points"
    return None


def faults(compiled: Compiled, *, long: bool) -> Iterator[str]:
    """Yield what is wrong with one pattern."""
    units = hard_units(compiled.pattern, FAVOURITES if long else FAVOURITES[:3])
    if not long:
        units = units[: MOST_UNITS // 2] + units[MOST_UNITS // 2 :: max(1, 2 * len(units) // MOST_UNITS)]
    slow = [unit for unit in units if not is_linear(compiled, unit)]
    if slow:
        yield f"{compiled.name}\n    is not linear on {slow[:5]!r}, repeated"
    elif long and (fault := grows_to_a_million(compiled, units)):
        yield f"{compiled.name}\n    {fault}"


def main() -> int:
    """Return 1 if a pattern is at fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.patterns", description=__doc__)
    parser.add_argument("--long", action="store_true", help="every string, and a million characters")
    options = parser.parse_args()
    patterns = record()
    found = [fault for compiled in patterns for fault in faults(compiled, long=options.long)]
    print(f"{len(patterns)} patterns, {len(found)} of them at fault", *found, sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
