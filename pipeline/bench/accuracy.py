"""How right the peers are where they do the same job, on the annotations.

A peer is given every kindness: times and bodies need only touch the annotated words, and the thresholds of
likeness are the best for these very documents, while the models of alignment are fitted to the others.
Imports ``align``, ``annotations``, ``evaluate``, ``extract`` and ``nlp``.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.align.model import Floats
from pipeline.annotations import document_from_gold, read_gold_documents
from pipeline.bench import heideltime
from pipeline.bench.peers import find_dates
from pipeline.evaluate.scoring import Score, compare
from pipeline.evaluate.training import Case, hold_out, read_cases, try_models
from pipeline.extract.assignments import assignments_of
from pipeline.extract.deadlines import deadlines_of
from pipeline.nlp import named_entities
from pipeline.records import Document

Spans = list[tuple[int, int]]
Finder = Callable[[Document], Spans]
Likeness = Callable[[list[str], list[str]], Floats]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right one way of doing a job is; *score* is None where what it needs is not installed."""

    job: str
    name: str
    score: Score | None

    def line(self) -> str:
        """Return the figures as one line of the table."""
        if self.score is None:
            return f"{self.job:<16} {self.name:<36} not installed"
        figures = (self.score.f1, self.score.precision, self.score.recall)
        return f"{self.job:<16} {self.name:<36} {' '.join(f'{f:7.3f}' for f in figures)} {self.score.n:5}"


def accuracy_table(gold: Path) -> str:
    """Return how right each way is on the annotations under *gold*, as plain text."""
    head = f"{'job':<16} {'':<36} {'F1':>7} {'P':>7} {'R':>7} {'n':>5}"
    rows = [*_found("deadlines", gold, _DEADLINES), *_found("bodies", gold, _BODIES), *_linked(gold)]
    return "\n".join([head, *(row.line() for row in rows)])


# --- words found in a text -----------------------------------------------------------------------


def _found(layer: str, gold: Path, ways: dict[str, Finder | None]) -> Iterator[Accuracy]:
    annotated = [(document_from_gold(one), getattr(one, layer)) for one in read_gold_documents(gold)]
    for name, find in ways.items():
        sides = [(_spans_of(rows, document), find(document)) for document, rows in annotated if find]
        yield Accuracy(layer, name, _touching(sides) if find else None)


def _spans_of(rows: Iterable[dict[str, Any]], document: Document) -> Spans:
    """Return where the annotated words stand in *document*, those that stand there more than once first."""
    provisions = {provision.path: provision for provision in document.provisions}
    spans = []
    for row in rows:
        provision = provisions.get(row["provision"])
        place = provision.text.find(row["text"]) if provision else -1
        if provision and place >= 0:
            spans.append((provision.start + place, provision.start + place + len(row["text"])))
    return spans


def _touching(sides: Iterable[tuple[Spans, Spans]]) -> Score:
    """Score found spans that touch an annotated one as right, annotated ones that none touches as missed."""
    hits, wrong, missed = 0, 0, 0
    for gold, found in sides:
        reached = sum(_touches(span, found) for span in gold)
        hits, missed = hits + reached, missed + len(gold) - reached
        wrong += sum(not _touches(span, gold) for span in found)
    return Score(hits, (("wrong",),) * wrong, (("missed",),) * missed)


def _touches(span: tuple[int, int], others: Spans) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _deadlines(document: Document) -> Spans:
    return [(row.start, row.end) for row in deadlines_of(document.text, document.layout)]


def _lists_of_bodies(document: Document) -> Spans:
    rows = assignments_of(document.layout)
    return sorted({(row.start, row.end) for row in rows if not row.inherited})


def _dates(document: Document) -> Spans:
    assert find_dates is not None
    return _placed(document, lambda text: [words for words, _ in find_dates(text) or ()])


def _organisations(document: Document) -> Spans:
    return _placed(document, _names_of_organisations)


def _names_of_organisations(text: str) -> list[str]:
    names: list[str] = []
    for word, tag in named_entities(text):
        if tag == "B-ORG":
            names.append(word)
        elif tag == "I-ORG" and names:
            names[-1] += f" {word}"
    return names


def _placed(document: Document, find: Callable[[str], list[str]]) -> Spans:
    """Return where the words stand that *find* gives for each provision, in their order."""
    spans = []
    for provision in document.provisions:
        position = 0
        for words in find(provision.text):
            place = provision.text.find(words, position)
            if place >= 0:
                position = place + len(words)
                spans.append((provision.start + place, provision.start + position))
    return spans


_DEADLINES: dict[str, Finder | None] = {
    "here": _deadlines,
    "HeidelTime (any time)": (lambda document: heideltime.find_times(document.text))
    if heideltime.is_installed()
    else None,
    "dateparser (any date)": _dates if find_dates else None,
}
_BODIES: dict[str, Finder | None] = {"here": _lists_of_bodies, "underthesea NER (any ORG)": _organisations}


# --- provisions linked ---------------------------------------------------------------------------


def _linked(gold: Path) -> Iterator[Accuracy]:
    cases = read_cases(gold)
    models = hold_out(cases)
    ours = [try_models(case, models[case.gold.local_doc_id]).pairs for case in cases]
    yield Accuracy("pairs", "here, each document held out", _sum(ours))
    for name, likeness in _LIKENESSES.items():
        yield Accuracy("pairs", f"{name}, best threshold", _best(cases, likeness))


def _best(cases: Sequence[Case], likeness: Likeness) -> Score:
    """Return the best score that one threshold on *likeness* reaches over all *cases*."""
    measured = [(case, likeness(_texts(case, "parent"), _texts(case, "local"))) for case in cases]
    thresholds = np.linspace(0.02, 0.98, 49)
    return max((_sum(_links(*one, at) for one in measured) for at in thresholds), key=lambda score: score.f1)


def _texts(case: Case, side: str) -> list[str]:
    comparison = case.example.comparison
    provisions = comparison.statistics.side.provisions if side == "parent" else comparison.local.provisions
    return [provision.text for provision in provisions]


def _links(case: Case, values: Floats, threshold: float) -> Score:
    comparison = case.example.comparison
    items, places = comparison.statistics.side.provisions, comparison.local.provisions
    found = [(items[int(i)].path, places[int(j)].path) for i, j in np.argwhere(values >= threshold)]
    return compare(found, [(row["parent"], row["local"]) for row in case.gold.pairs])


def _sum(scores: Iterable[Score]) -> Score:
    listed = list(scores)
    return Score(
        hits=sum(score.hits for score in listed),
        wrong=tuple(key for score in listed for key in score.wrong),
        missed=tuple(key for score in listed for key in score.missed),
    )


def _tfidf(items: list[str], places: list[str]) -> Floats:
    weighed = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2)).fit_transform([*items, *places])
    return np.asarray((weighed[: len(items)] @ weighed[len(items) :].T).toarray())


def _diff(items: list[str], places: list[str]) -> Floats:
    return np.array(
        [
            [
                difflib.SequenceMatcher(None, item.split(), place.split(), autojunk=False).ratio()
                for place in places
            ]
            for item in items
        ]
    )


def _token_set(items: list[str], places: list[str]) -> Floats:
    return np.asarray(process.cdist(items, places, scorer=fuzz.token_set_ratio), dtype=np.float64) / 100


_LIKENESSES: dict[str, Likeness] = {
    "TF-IDF cosine": _tfidf,
    "difflib ratio": _diff,
    "rapidfuzz token_set_ratio": _token_set,
}
