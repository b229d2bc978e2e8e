"""Pictures of pages to text, by tesseract; pages that were recognised before are taken from the cache.

Imports ``images``, ``line_starts``, ``missed``, ``page``, ``ruled_tables``, ``tesseract`` and
``word_places``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from PIL import Image

from pipeline.read.images import find_rules, prepare, soften, without_rules
from pipeline.read.limits import Limits, Progress, user_cache
from pipeline.read.line_starts import Line, lines_of, reconsider
from pipeline.read.missed import missed_areas, with_missed_lines
from pipeline.read.page import PageContent
from pipeline.read.ruled_tables import Rule
from pipeline.read.tesseract import Word, confidence, recognise_picture, version
from pipeline.read.word_places import POINT, pieces_of
from pipeline.records import Doubt

_CACHE_VERSION = 16  # of how pictures are prepared; a change makes every cached page stale
_LOW_CONFIDENCE = 50.0  # of 100; a line whose words are below it on average is reported
_STRETCH = 3  # words in a row below it are reported too
_UNREADABLE = 45.0  # of 100; a page below it on average is tried in the other three directions


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was recognised on one page: words, and the rules of tables as (at, start, end) in pixels.

    ``missed`` counts areas that have ink but no words.
    """

    words: tuple[Word, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()
    missed: int = 0

    @property
    def confidence(self) -> float:
        """Mean confidence in [0, 100]; 0 for a page without words."""
        return confidence(self.words) if self.words else 0.0

    @property
    def content(self) -> PageContent:
        """Words and rules in points."""
        return PageContent(pieces_of(self.words), _in_points(self.horizontal), _in_points(self.vertical))

    def doubts(self, number: int) -> list[Doubt]:
        """What was recognised with doubt on this page, whose number is given; often a seal lies over it."""
        read = [
            Doubt(number, " ".join(word.text for word in words), round(confidence(words) / 100, 3))
            for words in filter(None, map(_doubtful, lines_of(self.words)))
        ]
        return [*read, *(Doubt(number, "[…]", 0.0) for _ in range(self.missed))]


def recognise(
    pictures: Iterable[Image.Image], total: int, limits: Limits, progress: Progress
) -> list[ScannedPage]:
    """Recognise the pages that the pictures show, a few at the same time, in their order.

    No more pictures are taken than are worked on, since each may be large.

    Raises:
        UnreadableFile: ``missing_tool`` where tesseract or its Vietnamese data is not installed,
            ``timeout`` where a page takes longer than ``limits.seconds_per_scan``.
    """
    program = version()
    waiting = iter(pictures)
    pages: list[ScannedPage] = []
    progress(0, total)
    with ThreadPoolExecutor(max(1, limits.threads)) as pool:
        while batch := list(islice(waiting, max(1, limits.threads))):
            pages += pool.map(lambda picture: _page(picture, program, limits), batch)
            progress(len(pages), total)
    return pages


def _doubtful(line: Line) -> Line:
    """Return the line where its words are uncertain on average, else those in a row that are, if many."""
    if confidence(line) < _LOW_CONFIDENCE:
        return line
    runs = groupby(line, key=lambda word: word.confidence < _LOW_CONFIDENCE)
    longest = max((list(words) for doubted, words in runs if doubted), key=len, default=[])
    return longest if len(longest) >= _STRETCH else []


def _page(picture: Image.Image, program: str, limits: Limits) -> ScannedPage:
    folder = limits.cache_dir or user_cache() / "pages"
    digest = hashlib.sha256(f"{_CACHE_VERSION} {program} {picture.mode} {picture.size}".encode())
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
    plain = soften(without_rules(picture, horizontal, vertical))
    words = with_missed_lines(recognise_picture(plain, seconds), plain, seconds)
    missed = missed_areas(words, plain)
    return ScannedPage(reconsider(words, plain, seconds), tuple(horizontal), tuple(vertical), missed)


def _in_points(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(Rule(rule.at * POINT, rule.start * POINT, rule.end * POINT) for rule in rules)


def _load(cached: Path) -> ScannedPage:
    kept = json.loads(cached.read_text(encoding="utf-8"))
    words = tuple(Word(**word) for word in kept["words"])
    horizontal, vertical = (tuple(Rule(**rule) for rule in kept[name]) for name in ("horizontal", "vertical"))
    return ScannedPage(words, horizontal, vertical, kept["missed"])


def _store(cached: Path, page: ScannedPage) -> None:
    """Keep a recognised page; without a writable cache it is recognised again next time."""
    with suppress(OSError):
        cached.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("w", encoding="utf-8", dir=cached.parent, delete=False) as partial:
            json.dump(asdict(page), partial, ensure_ascii=False)
        Path(partial.name).replace(cached)  # readable by its owner alone, as temporary files are
