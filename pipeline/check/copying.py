"""Copying: what was left over from the level above, what was copied whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules import finding
from pipeline.lexicon import load
from pipeline.records import OPERATIVE_ROLES, Alignment, CoverageStatus, Document, Finding, Level

_LEVELS = {Level.COMMUNE: ("xã", "commune"), Level.PROVINCE: ("tỉnh", "province")}


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
                    document.doc_id,
                    provision.path,
                    match[0],
                    level_vi=vietnamese,
                    level_en=english,
                    words=match[0],
                )


def copied_whole_findings(document: Document, alignment: Alignment) -> Iterator[Finding]:
    """Yield a finding where every item of the directive stands in *document* to the letter."""
    coverage = alignment.coverage
    if len(coverage) > 3 and all(row.status is CoverageStatus.VERBATIM for row in coverage):
        yield finding("copied-whole", document.doc_id, None, document.header.title or "", items=len(coverage))
