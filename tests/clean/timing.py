"""Is a function linear? Judged by processor time, so that a busy machine does not fail an honest rule."""

from __future__ import annotations

import time
from collections.abc import Callable

SMALL, TIMES = 8_000, 4  # code points, and how many times the larger text is larger
MAX_GROWTH = 9  # a quadratic rule takes 16 times as long
NOISE = 0.02  # seconds that a busy machine may add
ATTEMPTS = 4  # it may disturb one attempt; a quadratic rule fails them all


def assert_linear(function: Callable[[str], object], unit: str) -> None:
    """Fail if repeating ``unit`` four times as often makes ``function`` much more than four times slower."""
    small, large = (unit * (size // len(unit)) for size in (SMALL, SMALL * TIMES))
    function(small)  # the first call loads lexicons
    measured = []
    for _ in range(ATTEMPTS):
        seconds = [_seconds(function, text) for text in (small, large)]
        if seconds[1] < MAX_GROWTH * seconds[0] + NOISE:
            return
        measured.append(seconds)
    raise AssertionError(f"{unit!r} repeated: seconds for {SMALL} and {SMALL * TIMES} code points {measured}")


def _seconds(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start
