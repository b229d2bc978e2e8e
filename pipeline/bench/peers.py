"""What else one might run over the same text, each behind a loader that says no where it is missing.

None of them does the whole job; the table shows what a part of it costs elsewhere.
"""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.bench import heideltime

Job = Callable[[Sequence[str]], object]

_COMBINED = re.compile(
    r"(?P<reference>(?:Chỉ thị|Kế hoạch|Nghị định|Nghị quyết|Quyết định|Thông tư|Luật)\s+(?:số\s+)?[\w/-]+)"
    r"|(?P<deadline>(?:trước|đến) ngày \d{1,2}/\d{1,2})"
    r"|(?P<body>Công an|Sở|Bộ|Ủy ban nhân dân)"
    r"|(?P<marker>^[^\S\n]*(?:\d+\.|[IVX]+\.|[-+])\s)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer, how to load it, how many characters of text its speed allows, and what the project asks of it.

    ``bar``: how many times faster than the peer the job is to be; None where nothing is asked.
    """

    name: str
    load: Callable[[], Job | None]
    characters: int
    bar: float | None = None


def combined_pass(text: str) -> int:
    """Run one regex of references, deadlines, bodies and markers over *text*; return the matches.

    This is the yardstick: what the simplest thing that could be called extraction costs.
    """
    return sum(1 for _ in _COMBINED.finditer(text))


def _on_each(module: str, function: str) -> Callable[[], Job | None]:
    """Return a loader of the job that applies *function* of *module* to each text."""

    def load() -> Job | None:
        try:
            found: Callable[[str], object] = getattr(importlib.import_module(module), function)
        except (ImportError, AttributeError):
            return None
        return lambda texts: [found(text) for text in texts]

    return load


def _load_dates() -> Callable[[str], list[tuple[str, object]] | None] | None:
    try:
        search = importlib.import_module("dateparser.search").search_dates
    except ImportError:
        return None
    return lambda text: search(text, languages=["vi"])


find_dates = _load_dates()
"""dateparser on a Vietnamese text, or None where it is not installed."""


def _dates() -> Job | None:
    find = find_dates
    return None if find is None else lambda texts: [find(text) for text in texts]


def _heideltime() -> Job | None:
    return heideltime.tag_all if heideltime.is_installed() else None


def _diff() -> Job | None:
    def job(text: str) -> object:
        lines = text.splitlines()
        return difflib.SequenceMatcher(None, lines, sorted(lines), autojunk=False).ratio()

    return lambda texts: [job(text) for text in texts]


def _nearest_by_token_set() -> Job | None:
    from rapidfuzz import fuzz, process

    def job(text: str) -> object:
        lines = text.splitlines()
        return process.cdist(lines, lines, scorer=fuzz.token_set_ratio)

    return lambda texts: [job(text) for text in texts]


def _nearest_by_tfidf() -> Job | None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    def job(text: str) -> object:
        matrix = TfidfVectorizer(token_pattern=r"\w+").fit_transform(text.splitlines())
        return matrix @ matrix.T

    return lambda texts: [job(text) for text in texts]


PEERS = (
    Peer("ftfy.fix_text", _on_each("ftfy", "fix_text"), 2_000_000, bar=1),
    Peer("difflib on lines", _diff, 200_000),
    Peer("rapidfuzz token_set_ratio, all lines", _nearest_by_token_set, 500_000),
    Peer("TF-IDF, all lines", _nearest_by_tfidf, 1_000_000),
    Peer("underthesea.word_tokenize", _on_each("pipeline.nlp", "segment_words"), 200_000, bar=15),
    Peer("underthesea.ner", _on_each("pipeline.nlp", "named_entities"), 30_000),
    Peer("dateparser.search_dates", _dates, 30_000),
    Peer("HeidelTime, Java started once", _heideltime, 200_000, bar=100),
)
