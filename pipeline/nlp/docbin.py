"""Marked texts to spaCy's DocBin and back, without loss: every mark begins and ends a token.

Spans lie in ``doc.spans``, one group a layer, under their label and id; all else in ``doc.user_data``, where
the key ``known`` holds JSON (DocBin's own encoding would make tuples of lists).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.vocab import Vocab

from pipeline.nlp.component import TOKEN


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch of text in code points, its label and its id within the text."""

    start: int
    end: int
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text, its spans by group, and what else is known of it."""

    text: str
    groups: Mapping[str, Sequence[MarkedSpan]]
    known: Mapping[str, Any]


def write_marked(texts: Iterable[MarkedText], path: Path) -> None:
    """Write *texts* to *path* as a DocBin that ``DocBin().from_disk`` reads."""
    vocab = spacy.blank("xx").vocab
    docbin = DocBin(store_user_data=True)
    for text in texts:
        docbin.add(_doc(vocab, text))
    docbin.to_disk(path)


def read_marked(path: Path) -> list[MarkedText]:
    """Return the texts of *path*.

    Raises:
        ValueError: the file is no DocBin.
    """
    docbin = DocBin().from_disk(path)
    return [_text(doc) for doc in docbin.get_docs(spacy.blank("xx").vocab)]


def _doc(vocab: Vocab, text: MarkedText) -> Doc:
    spans = [span for group in text.groups.values() for span in group]
    words = _tokens(text.text, {offset for span in spans for offset in (span.start, span.end)})
    doc = Doc(vocab, words=words, spaces=[False] * len(words))
    token_at = {token.idx: token.i for token in doc} | {len(text.text): len(doc)}
    for name, group in text.groups.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=[_span(doc, span, token_at) for span in group])
    doc.user_data["known"] = json.dumps(text.known, ensure_ascii=False)
    return doc


def _tokens(text: str, cuts: set[int]) -> list[str]:
    """Return *text* cut into words, signs and spaces, and at every offset of *cuts*."""
    edges = sorted({0, len(text), *cuts, *(found.start() for found in TOKEN.finditer(text))})
    return [text[start:end] for start, end in pairwise(edges)]


def _span(doc: Doc, span: MarkedSpan, token_at: Mapping[int, int]) -> Span:
    return Span(doc, token_at[span.start], token_at[span.end], label=span.label, span_id=span.id)


def _text(doc: Doc) -> MarkedText:
    groups = {
        name: [MarkedSpan(span.start_char, span.end_char, span.label_, span.id_) for span in group]
        for name, group in doc.spans.items()
    }
    return MarkedText(doc.text, groups, json.loads(doc.user_data["known"]))
