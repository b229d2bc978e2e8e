"""Pictures of pages to text, by tesseract; pages that were recognised before are taken from the cache.

Imports ``images``, ``layout`` and the errors.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import fmean, median

from PIL import Image

from pipeline.errors import UnreadableFile
from pipeline.read.images import DPI, find_rules, prepare, without_rules
from pipeline.read.layout import Piece
from pipeline.read.limits import Limits, Progress
from pipeline.read.page import PageContent
from pipeline.read.ruled_tables import Rule

LANGUAGE = "vie"
_INSTALL = "Install the packages tesseract-ocr and tesseract-ocr-vie to read scanned pages."

_POINT = 72 / DPI  # points in a pixel

_CACHE_VERSION = 4  # of how pictures are prepared; a change makes every cached page stale
_LOW_CONFIDENCE = 50.0  # of 100; a line whose words are below it on average is reported
_UNREADABLE = 45.0  # of 100; a page below it on average is tried in the other three directions
_DIRT = 30.0  # of 100; signs without a letter or digit below it are specks
_DASH_SHAPE, _DASH_HEIGHT = 2.0, 0.4  # a dash: width by height, height by size of the letters
_MAX_REPORTED = 20  # lines of one page


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


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was recognised on one page: words, and the rules of tables as (at, start, end) in pixels."""

    words: tuple[Word, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()

    @property
    def confidence(self) -> float:
        """Mean confidence in [0, 100]; 0 for a page without words."""
        return fmean(word.confidence for word in self.words) if self.words else 0.0

    @property
    def content(self) -> PageContent:
        """Words and rules in points."""
        return PageContent(tuple(_pieces(self.words)), _in_points(self.horizontal), _in_points(self.vertical))

    def doubtful_lines(self) -> list[str]:
        """The lines, as recognised, whose words are uncertain on average; a seal often lies over them."""
        lines = (
            words for words in _lines(self.words) if fmean(w.confidence for w in words) < _LOW_CONFIDENCE
        )
        return [" ".join(word.text for word in words) for words in lines]


def recognise(
    pictures: Iterable[Image.Image], total: int, limits: Limits, progress: Progress
) -> list[ScannedPage]:
    """Recognise the pages that the pictures show, a few at the same time, in their order.

    No more pictures are taken than are worked on, since each may be large.

    Raises:
        UnreadableFile: ``missing_tool`` where tesseract or its Vietnamese data is not installed,
            ``timeout`` where a page takes longer than ``limits.seconds_per_scan``.
    """
    version = _version()
    waiting = iter(pictures)
    pages: list[ScannedPage] = []
    progress(0, total)
    with ThreadPoolExecutor(max(1, limits.threads)) as pool:
        while batch := list(islice(waiting, max(1, limits.threads))):
            pages += pool.map(lambda picture: _page(picture, version, limits), batch)
            progress(len(pages), total)
    return pages


def describe(number: int, page: ScannedPage) -> list[str]:
    """Return the notes on page ``number``, which counts from 1: what was recognised with doubt."""
    doubtful = page.doubtful_lines()
    notes = [f"page {number}: low confidence: {line}" for line in doubtful[:_MAX_REPORTED]]
    if len(doubtful) > _MAX_REPORTED:
        notes.append(f"page {number}: low confidence: {len(doubtful) - _MAX_REPORTED} more lines")
    return notes


def _page(picture: Image.Image, version: str, limits: Limits) -> ScannedPage:
    folder = limits.cache_dir or _default_cache()
    digest = hashlib.sha256(f"{_CACHE_VERSION} {version} {picture.mode} {picture.size}".encode())
    digest.update(picture.tobytes())
    cached = folder / f"{digest.hexdigest()}.json"
    with suppress(OSError, ValueError, TypeError, KeyError):
        return _load(cached)
    page = _recognise_upright(prepare(picture), limits.seconds_per_scan)
    _store(cached, page)
    return page


def _recognise_upright(picture: Image.Image, seconds: float) -> ScannedPage:
    """Recognise a page; where nothing can be read it may stand on its head or lie on its side."""
    page = _recognise_once(picture, seconds)
    if not page.words or page.confidence >= _UNREADABLE:
        return page
    turned = (_recognise_once(picture.rotate(angle, expand=True), seconds) for angle in (180, 90, 270))
    return max([page, *turned], key=lambda tried: tried.confidence)


def _recognise_once(picture: Image.Image, seconds: float) -> ScannedPage:
    """Recognise the words between the rules of tables, which would be taken for letters."""
    horizontal, vertical = find_rules(picture)
    words = _run(without_rules(picture, horizontal, vertical), seconds)
    return ScannedPage(words, tuple(horizontal), tuple(vertical))


def _run(picture: Image.Image, seconds: float) -> tuple[Word, ...]:
    """Run tesseract on one picture; with one thread each it is many times faster than with its default."""
    stream = io.BytesIO()
    picture.save(stream, format="PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(DPI), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=stream.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(
            "timeout", "Recognising a page takes too long; raise seconds_per_scan."
        ) from None
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise UnreadableFile("crashed", f"tesseract failed: {' '.join(last)}.") from None
    lines = _lines(_parse(done.stdout.decode("utf-8", "replace")))
    return tuple(word for line in lines for word in _without_specks(_with_dash(line)))


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


def _with_dash(line: list[Word]) -> list[Word]:
    """Read a flat mark at the start of a line as a dash, whatever sign it was taken for (¬, :, _)."""
    first, *others = line
    size = median(word.bottom - word.top for word in others) if others else 0.0
    height = first.bottom - first.top
    is_flat = first.right - first.left >= _DASH_SHAPE * height and height < _DASH_HEIGHT * size
    if is_flat and not any(map(str.isalnum, first.text)):
        return [replace(first, text="-", confidence=max(first.confidence, _LOW_CONFIDENCE)), *others]
    return line


def _without_specks(line: list[Word]) -> list[Word]:
    """Leave out signs that are nothing but dirt, by all appearances."""
    return [w for w in line if w.confidence >= _DIRT or any(map(str.isalnum, w.text))]


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _pieces(words: Iterable[Word]) -> list[Piece]:
    """Give the words of a line one base line and one size: letters with tails stand lower than others."""
    pieces: list[Piece] = []
    for line in _lines(words):
        size = max(1.0, median(word.bottom - word.top for word in line))
        slope = _slope(line)
        base = median(word.bottom - slope * word.left for word in line)
        pieces += [
            Piece(
                f"{w.text} ",
                w.left * _POINT,
                w.right * _POINT,
                (base + slope * w.left) * _POINT,
                size * _POINT,
            )
            for w in line
        ]
    return pieces


def _in_points(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(Rule(rule.at * _POINT, rule.start * _POINT, rule.end * _POINT) for rule in rules)


def _slope(line: Sequence[Word]) -> float:
    """Return how far the line falls per pixel, from its first to its last third; 0 for short lines."""
    third = len(line) // 3
    if third < 2:
        return 0.0
    first, last = line[:third], line[-third:]
    run = fmean(w.left for w in last) - fmean(w.left for w in first)
    drop = fmean(w.bottom for w in last) - fmean(w.bottom for w in first)
    return drop / run if run else 0.0


def _load(cached: Path) -> ScannedPage:
    kept = json.loads(cached.read_text(encoding="utf-8"))
    words = tuple(Word(**word) for word in kept["words"])
    rules = [tuple(Rule(**rule) for rule in kept[name]) for name in ("horizontal", "vertical")]
    return ScannedPage(words, *rules)


def _store(cached: Path, page: ScannedPage) -> None:
    """Keep a recognised page; without a writable cache it is recognised again next time."""
    partial = cached.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        cached.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(asdict(page), ensure_ascii=False), "utf-8")
        partial.replace(cached)


def _default_cache() -> Path:
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "doichieu" / "pages"


@cache
def _version() -> str:
    """Return the version line of tesseract, once it is sure that it can read Vietnamese."""
    if shutil.which("tesseract") is None:
        raise UnreadableFile("missing_tool", _INSTALL)
    languages = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    ).stdout
    if LANGUAGE not in languages.split():
        raise UnreadableFile("missing_tool", _INSTALL)
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False).stdout
    return version.partition("\n")[0]
