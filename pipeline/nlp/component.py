"""The facts of a text as spaCy spans: the component ``directive_facts``.

spaCy is offered as a view, not used as the engine: the extractors work on text, and their spans are laid
over a `Doc` whose text is exactly the text that was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.extract.bodies import find_assignments
from pipeline.extract.deadlines import find_deadlines
from pipeline.extract.references import find_references
from pipeline.records import Assignment, Deadline, Reference

TOKEN = re.compile(r"\w+|[^\w\s]|\s")
"""A word, a sign or one white space."""

Fact = Reference | Deadline | Assignment


class DirectiveTokenizer:
    """Splits at every change between word, sign and space, so that any span of ours falls on tokens.

    Guarantees: ``Doc.text`` equals the text given, for every text.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for token in TOKEN.findall(text):
            if token == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Return no bytes: the tokenizer has no state to save."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> DirectiveTokenizer:
        """Return self: the tokenizer has no state to load."""
        return self

    def to_disk(self, _path: Path, **_: Any) -> None:
        """Save nothing: the tokenizer has no state."""

    def from_disk(self, _path: Path, **_: Any) -> DirectiveTokenizer:
        """Return self: the tokenizer has no state to load."""
        return self


@Language.factory("directive_facts")
def make_directive_facts(nlp: Language, name: str) -> DirectiveFacts:
    """Return the component for ``nlp.add_pipe("directive_facts")``."""
    return DirectiveFacts()


class DirectiveFacts:
    """Sets ``doc.spans["references" | "deadlines" | "bodies"]``, each in the order of the text.

    A span's label is the reference's relation, the deadline's kind or the body's role; ``span.id_`` names
    the rule that fired. With a tokenizer that does not split at a span's edge the span grows to the next
    token edge; `directive_pipeline` has one that always does.
    """

    def __call__(self, doc: Doc) -> Doc:
        return _with_facts(
            doc, find_references(doc.text), find_deadlines(doc.text), find_assignments(doc.text)
        )


def directive_pipeline() -> Language:
    """Return a blank pipeline with our tokenizer and ``directive_facts``.

    >>> doc = directive_pipeline()("Báo cáo Bộ Công an trước ngày 15/11 hằng năm.")
    >>> [span.text for span in doc.spans["deadlines"]]
    ['trước ngày 15/11 hằng năm']
    """
    nlp = spacy.blank("xx")
    nlp.tokenizer = DirectiveTokenizer(nlp.vocab)
    nlp.add_pipe("directive_facts")
    return nlp


def _with_facts(
    doc: Doc, references: Iterable[Reference], deadlines: Iterable[Deadline], bodies: Iterable[Assignment]
) -> Doc:
    doc.spans["references"] = [_span(doc, fact, fact.start, fact.end, fact.relation) for fact in references]
    doc.spans["deadlines"] = [_span(doc, fact, fact.start, fact.end, fact.kind) for fact in deadlines]
    doc.spans["bodies"] = [_span(doc, fact, fact.body_start, fact.body_end, fact.role) for fact in bodies]
    return doc


def _span(doc: Doc, fact: Fact, start: int, end: int, label: str) -> Span:
    span = doc.char_span(start, end, label=label, span_id=fact.rule, alignment_mode="expand")
    assert span is not None, "a fact's span lies within its text"
    return span
