"""Kinds of arguments on the command line. Imports nothing of ours."""

from __future__ import annotations

import argparse


def positive(text: str) -> int:
    """Return a whole number of at least 1.

    >>> positive("12")
    12
    """
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def rate(text: str) -> float:
    """Return a number from 0 to 1.

    >>> rate("0.5")
    0.5
    """
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return number
