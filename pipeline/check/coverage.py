"""Coverage: tasks that name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules import finding
from pipeline.records import IN_CHARGE, Document, Finding, ParentBasis, ProvisionRole


def nobody_findings(document: Document) -> Iterator[Finding]:
    """Yield one finding where the tasks of a document that answers a directive name nobody to act."""
    if document.parent_doc_id is None or document.parent_basis is ParentBasis.ASSUMED:
        return
    tasks = [
        provision
        for provision in document.provisions
        if provision.alignable and provision.role is ProvisionRole.TASK
    ]
    named = {row.provision_path for row in document.assignments if row.role in IN_CHARGE}
    unnamed = [provision for provision in tasks if provision.path not in named]
    if unnamed:
        yield finding(
            "nobody-named",
            document.doc_id,
            unnamed[0].path,
            unnamed[0].text[:120],
            tasks=len(unnamed),
            all=len(tasks),
        )
