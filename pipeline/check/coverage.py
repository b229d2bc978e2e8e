"""Coverage: outliers among siblings, and tasks that name nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.check.rules import finding
from pipeline.records import (
    CoverageStatus,
    Document,
    Finding,
    LocalAlignment,
    ParentBasis,
    ProvisionRole,
)

_SIBLINGS = 4
"""Fewer documents than this make no majority."""
_KEPT = 0.9
"""Share of the siblings that must keep an item before dropping it is an outlier."""
_COMPARABLE = frozenset({ParentBasis.MANIFEST, ParentBasis.IMPLEMENTS})


def outlier_findings(
    documents: Mapping[str, Document], alignments: Sequence[LocalAlignment]
) -> Iterator[Finding]:
    """Yield the items that a document drops though most documents of its generation keep them."""
    comparable = [item for item in alignments if documents[item.local_doc_id].parent_basis in _COMPARABLE]
    kept: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for item in comparable:
        for row in item.alignment.coverage:
            kept[item.parent_doc_id, row.parent_path][row.status is not CoverageStatus.DROPPED] += 1
    for item in comparable:
        for row in item.alignment.coverage:
            counts = kept[item.parent_doc_id, row.parent_path]
            siblings = counts.total() - 1
            is_outlier = siblings >= _SIBLINGS and counts[True] >= _KEPT * siblings
            if row.status is CoverageStatus.DROPPED and row.applicable is not False and is_outlier:
                yield finding(
                    "dropped-by-few",
                    documents[item.local_doc_id],
                    row.nearest_path,
                    _text(documents[item.parent_doc_id], row.parent_path),
                    item=row.parent_path,
                    kept=counts[True],
                    siblings=siblings,
                )


def nobody_findings(document: Document) -> Iterator[Finding]:
    """Yield one finding where the tasks of a document that answers a directive name nobody to act."""
    if document.parent_doc_id is None or document.parent_basis is ParentBasis.ASSUMED:
        return
    tasks = [
        provision
        for provision in document.provisions
        if provision.alignable and provision.role is ProvisionRole.TASK
    ]
    named = {row.provision_path for row in document.assignments if row.role in {"lead", "implement"}}
    unnamed = [provision for provision in tasks if provision.path not in named]
    if unnamed:
        yield finding(
            "nobody-named",
            document,
            unnamed[0].path,
            unnamed[0].text[:120],
            tasks=len(unnamed),
            all=len(tasks),
        )


def _text(document: Document, path: str) -> str:
    return next(provision.text for provision in document.provisions if provision.path == path)
