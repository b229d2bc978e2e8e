"""Copying: what was left over from the level above, what was copied whole, what siblings share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.check.rules import finding
from pipeline.lexicon import load
from pipeline.records import OPERATIVE_ROLES, CoverageStatus, Document, Finding, Level, LocalAlignment

_LEVELS = {Level.COMMUNE: ("xã", "commune"), Level.PROVINCE: ("tỉnh", "province")}
_SHARED_WORDS = 20
"""Shorter paragraphs may be alike by chance: formulas of the genre are."""


def residue_findings(document: Document) -> Iterator[Finding]:
    """Yield the phrases in which a document speaks for the level above its own."""
    if document.level not in _LEVELS:
        return
    vietnamese, english = _LEVELS[document.level]
    patterns = [re.compile(e["pattern"]) for e in load("checks")["residue"] if e["level"] == document.level]
    for provision in document.provisions:
        if provision.role in OPERATIVE_ROLES or provision.role == "purpose":
            for match in (match for pattern in patterns for match in pattern.finditer(provision.text)):
                yield finding(
                    "residue-of-superior",
                    document,
                    provision.path,
                    match[0],
                    level_vi=vietnamese,
                    level_en=english,
                    words=match[0],
                )


def copied_whole_findings(document: Document, alignment: LocalAlignment) -> Iterator[Finding]:
    """Yield a finding where every item of the directive stands in *document* to the letter."""
    coverage = alignment.alignment.coverage
    if len(coverage) > 3 and all(row.status is CoverageStatus.VERBATIM for row in coverage):
        yield finding("copied-whole", document, None, document.header.title or "", items=len(coverage))


def sibling_findings(
    documents: Sequence[Document], alignments: Sequence[LocalAlignment]
) -> Iterator[Finding]:
    """Yield the added paragraphs that another document has to the letter, case and marks aside."""
    by_id = {document.doc_id: document for document in documents}
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in alignments:
        texts = {provision.path: provision.text for provision in by_id[item.local_doc_id].provisions}
        for path in item.alignment.additions:
            words = re.findall(r"\w+", texts[path].lower())
            if len(words) >= _SHARED_WORDS:
                places[" ".join(words)].append((item.local_doc_id, path))
    for shared in places.values():
        first, *others = shared
        for doc_id, path in (place for place in others if place[0] != first[0]):
            document = by_id[doc_id]
            text = next(provision.text for provision in document.provisions if provision.path == path)
            yield finding("shared-with-sibling", document, path, text[:120], sibling=first[0], path=first[1])
