"""Findings: what an analyst should look at, one module per family of rules.

Every rule has an id, a severity, a message in Vietnamese and in English, and quotes the very words.
Imports ``records`` and ``lexicon``.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.check.manifest import manifest_findings
from pipeline.records import Document, Finding, LocalAlignment

__all__ = ["find_findings"]


def find_findings(documents: Sequence[Document], alignments: Sequence[LocalAlignment]) -> tuple[Finding, ...]:
    """Return what is worth a look in *documents* and their *alignments*, in the order of the rules."""
    return tuple(manifest_findings(documents))
