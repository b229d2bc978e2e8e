"""Findings: what an analyst should look at, one module per family of rules.

Rules, messages and grounds are data (``lexicon/rules.toml``); every finding quotes the very words.
Imports ``records``, ``lexicon``, ``clean``, ``extract`` and ``resolve``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.check.copying import copied_whole_findings, residue_findings, sibling_findings
from pipeline.check.coverage import nobody_findings, outlier_findings
from pipeline.check.deadlines import cascade_findings, deadline_findings
from pipeline.check.form import form_findings
from pipeline.check.generations import generation_findings
from pipeline.check.manifest import manifest_findings
from pipeline.check.references import contradicting_dates, reference_findings
from pipeline.check.rules import rules_markdown
from pipeline.records import Document, Finding, LocalAlignment

__all__ = ["find_findings", "rules_markdown"]

_BY_DOCUMENT = (
    manifest_findings,
    form_findings,
    reference_findings,
    deadline_findings,
    residue_findings,
    nobody_findings,
)


def find_findings(documents: Sequence[Document], alignments: Sequence[LocalAlignment]) -> tuple[Finding, ...]:
    """Return what is worth a look in *documents* and their *alignments*, each finding once."""
    return tuple(dict.fromkeys(_findings(documents, alignments)))


def _findings(documents: Sequence[Document], alignments: Sequence[LocalAlignment]) -> Iterator[Finding]:
    by_id = {document.doc_id: document for document in documents}
    for document in documents:
        for family in _BY_DOCUMENT:
            yield from family(document)
    yield from contradicting_dates(documents)
    yield from generation_findings(documents)
    for item in alignments:
        parent, local = by_id[item.parent_doc_id], by_id[item.local_doc_id]
        yield from cascade_findings(parent, local, item)
        yield from copied_whole_findings(local, item)
    yield from sibling_findings(documents, alignments)
    yield from outlier_findings(by_id, alignments)
