"""Kinds of arguments on the command line. Imports nothing of ours."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line and exit with 2."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def path(text: str) -> Path:
    """Return a path; an empty one would be the current folder, which nobody means.

    >>> path("corpus").name
    'corpus'
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be empty")
    return Path(text)


def place(text: str) -> Path | str:
    """Return a path, or an address such as ``s3://bucket/plans`` as it is.

    >>> place("s3://bucket/plans")
    's3://bucket/plans'
    """
    return text if "://" in text else path(text)


def positive(text: str) -> int:
    """Return a whole number of at least 1.

    >>> positive("12")
    12
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number of at least 1")
    return int(text)


def rate(text: str) -> float:
    """Return a number from 0 to 1.

    >>> rate("0.5")
    0.5
    """
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return number
