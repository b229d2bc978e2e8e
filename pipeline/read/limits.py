"""The bounds within which one file is read, and where a user's results are kept. Imports nothing of ours."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024

Progress = Callable[[int, int], None]
"""Told how many of how many scanned pages are recognised."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a file that needs more is rejected, and the reject names the bound.

    Attributes:
        max_bytes: Size of the file.
        max_unpacked_bytes: Size of everything that is unpacked out of a container (docx).
        max_pages: Pages of a PDF or a multi-page image.
        max_chars: Length of the text.
        max_paragraphs: Lines of the clean text; each may become a provision, a row, a line of the report.
        seconds: Wall-clock time for a file, recognition of scanned pages apart.
        seconds_per_scan: Wall-clock time that each scanned page adds.
        memory_bytes: Address space of the process that reads a file of an untrusted format.
        threads: Pages that are recognised at the same time.
        cache_dir: Where recognised pages are kept; None means the user's cache folder.
    """

    max_bytes: int = 64 * MIB
    max_unpacked_bytes: int = 256 * MIB
    max_pages: int = 1000
    max_chars: int = 5_000_000
    max_paragraphs: int = 50_000
    seconds: float = 60.0
    seconds_per_scan: float = 60.0
    memory_bytes: int = 3 * 1024 * MIB
    threads: int = 2
    cache_dir: Path | None = None


def user_cache() -> Path:
    """Return the folder for what may be made again, of this program and user; it need not exist."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "doichieu"
