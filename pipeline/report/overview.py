"""The figures that the report opens with; each is a plain count over one table.

Imports ``source`` and ``coverage``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.report.coverage import Directive
from pipeline.report.source import Row, Source

_LISTED = 5


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """A directive, the statuses of all its items in all localities, and the items dropped most."""

    doc_id: str
    document: Row | None
    counts: Counter[str]
    localities: int
    items: int
    most_dropped: list[tuple[Row, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of the whole corpus, and one view per directive."""

    documents: int
    levels: list[tuple[str, int]]
    compared: int
    rows: int
    dropped: int
    severities: Counter[str]
    rejects: int
    directives: list[DirectiveView]


def overview(source: Source, compared: list[Directive]) -> Overview:
    """Return the figures of the overview."""
    statuses = sum((directive.counts() for directive in compared), Counter[str]())
    levels = Counter(row["level"] or "unknown" for row in source.documents.values())
    order = ("central", "province", "district", "commune", "unknown")
    return Overview(
        documents=len(source.documents),
        levels=[(level, levels[level]) for level in order if levels[level]],
        compared=len(source.coverage),
        rows=statuses.total(),
        dropped=statuses["dropped"],
        severities=Counter(row["severity"] for rows in source.findings.values() for row in rows),
        rejects=len(source.rejects),
        directives=[_directive_view(directive, source) for directive in compared],
    )


def _directive_view(directive: Directive, source: Source) -> DirectiveView:
    items = list(zip(directive.items, directive.item_counts(), strict=True))
    dropped = [pair for pair in items if pair[1]["dropped"]]
    dropped.sort(key=lambda pair: (-pair[1]["dropped"], pair[0]["ordinal"]))
    return DirectiveView(
        doc_id=directive.doc_id,
        document=source.documents.get(directive.doc_id),
        counts=directive.counts(),
        localities=len(directive.locals),
        items=len(directive.items),
        most_dropped=dropped[:_LISTED],
    )
