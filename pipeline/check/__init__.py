"""Findings: what an analyst should look at, one module per family of rules.

Rules, messages and grounds are data (``lexicon/rules.toml``); every finding quotes the very words. Some
concern one document, some it and its directive, some all outlines of a corpus, some what became of the
directive in all of its local documents. Imports ``records``, ``lexicon``, ``clean``, ``extract`` and
``resolve``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.check.copying import copied_whole_findings, residue_findings
from pipeline.check.coverage import nobody_findings
from pipeline.check.deadlines import cascade_findings, deadline_findings
from pipeline.check.form import form_findings
from pipeline.check.generations import generation_findings
from pipeline.check.manifest import manifest_findings
from pipeline.check.recognition import recognition_findings
from pipeline.check.references import contradicting_dates, reference_findings
from pipeline.check.rules import rules_markdown
from pipeline.check.siblings import LocalDigest, Siblings, digest_of
from pipeline.records import Alignment, Document, Finding

__all__ = [
    "LocalDigest",
    "Siblings",
    "corpus_findings",
    "digest_of",
    "document_findings",
    "pair_findings",
    "rules_markdown",
]

_BY_DOCUMENT = (
    manifest_findings,
    form_findings,
    recognition_findings,
    reference_findings,
    deadline_findings,
    residue_findings,
    nobody_findings,
)


def document_findings(document: Document) -> Iterator[Finding]:
    """Yield what one document shows by itself; its parent and the keys of its references must be known."""
    for family in _BY_DOCUMENT:
        yield from family(document)


def pair_findings(parent: Document, local: Document, alignment: Alignment) -> Iterator[Finding]:
    """Yield what *local* shows beside the directive that it answers."""
    yield from cascade_findings(parent, local, alignment)
    yield from copied_whole_findings(local, alignment)


def corpus_findings(outlines: Sequence[Document]) -> Iterator[Finding]:
    """Yield what documents show beside each other; resolved outlines will do."""
    yield from contradicting_dates(outlines)
    yield from generation_findings(outlines)
