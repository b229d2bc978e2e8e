"""The program tesseract: whether it is there, and one picture to words with places.

Imports the errors.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from PIL import Image

from pipeline.errors import UnreadableFile

DPI = 300
"""Dots an inch that pictures have when they are recognised."""

VIETNAMESE = "vie"
LATIN = "eng"
"""Figures and plain letters; it comes with every tesseract."""

PAGE, BLOCK, LINE, WORD = 3, 6, 7, 8
"""What a picture shows, by tesseract's numbers: a page to be taken apart, a block of text, a line, a word."""

_INSTALL = "Install the packages tesseract-ocr and tesseract-ocr-vie to read scanned pages."


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word: ``confidence`` in [0, 100], place in pixels, ``line`` groups words."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int
    line: int


def confidence(words: Iterable[Word]) -> float:
    """Return the mean confidence of *words*, of which there are some, in [0, 100]."""
    return fmean(word.confidence for word in words)


@cache
def version() -> str:
    """Return the version line of tesseract, once it is sure that it can read Vietnamese.

    Raises:
        UnreadableFile: ``missing_tool``; the detail names the packages to install.
    """
    if shutil.which("tesseract") is None or VIETNAMESE not in languages():
        raise UnreadableFile("missing_tool", _INSTALL)
    return _output("--version").partition("\n")[0]


@cache
def languages() -> frozenset[str]:
    """Return the languages that are installed."""
    return frozenset(_output("--list-langs").split())


def _output(option: str) -> str:
    return subprocess.run(["tesseract", option], capture_output=True, text=True, check=False).stdout


def recognise_picture(
    picture: Image.Image, seconds: float, *, language: str = VIETNAMESE, shows: int = PAGE, only: str = ""
) -> tuple[Word, ...]:
    """Return the words of one picture in reading order; ``only`` names the characters there can be.

    Raises:
        UnreadableFile: ``timeout`` after so many seconds, ``crashed`` where tesseract fails.
    """
    options = ["-l", language, "--dpi", str(DPI), "--psm", str(shows)]
    options += ["-c", f"tessedit_char_whitelist={only}"] if only else []
    stream = io.BytesIO()
    picture.save(stream, format="PNG", compress_level=1)
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", *options, "tsv"],
            input=stream.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # with more it is many times slower
        )
    except subprocess.TimeoutExpired:
        detail = "Recognising a page takes too long; raise seconds_per_scan."
        raise UnreadableFile("timeout", detail) from None
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise UnreadableFile("crashed", f"tesseract failed: {' '.join(last)}.") from None
    return _parse(done.stdout.decode("utf-8", "replace"))


def _parse(table: str) -> tuple[Word, ...]:
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        left, top = int(row["left"]), int(row["top"])
        line = lines.setdefault(key, len(lines))
        right, bottom = left + int(row["width"]), top + int(row["height"])
        words.append(Word(text, float(row["conf"]), left, top, right, bottom, line))
    return tuple(words)
