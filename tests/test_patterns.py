"""Every regular expression of the package takes linear time; `tests.patterns` tells how that is tried."""

import re
import subprocess
import sys
from pathlib import Path

from tests.patterns.__main__ import is_linear
from tests.patterns.record import Compiled


def test_every_pattern_is_linear_on_hostile_text() -> None:
    command = [sys.executable, "-m", "tests.patterns"]  # a fresh process, in which all patterns are made
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_quadratic_pattern_is_found_out() -> None:
    assert not is_linear(Compiled("here", re.compile(r" *\|"), searched=True), " ")
    assert not is_linear(Compiled("here", re.compile(r"\d*\d*x"), searched=False), "1")


def test_a_bounded_repetition_is_linear() -> None:
    assert is_linear(Compiled("here", re.compile(r"“[^”]{1,600}”"), searched=True), "“a")
