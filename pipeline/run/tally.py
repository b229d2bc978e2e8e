"""Counts over all comparisons, taken one by one: what nobody has to keep the comparisons for.

Imports ``records``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.records import Alignment, Consensus, Coverage, CoverageStatus, Finding, Reject, Severity


@dataclass(frozen=True, slots=True)
class Locality:
    """Items of the directive by what became of them in one document, and what was added.

    ``foreign``: left out where it was not the locality's to do.
    """

    doc_id: str
    statuses: Mapping[CoverageStatus, int]
    foreign: int
    added: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What one screen tells of a run; ``alone`` are the documents without a directive to compare with."""

    documents: int
    tasks: int
    localities: Sequence[Locality]
    alone: Sequence[str]
    severities: Mapping[Severity, int]
    rejects: Sequence[Reject]


@dataclass(slots=True)
class Tally:
    """What was counted so far."""

    localities: list[Locality] = field(default_factory=list)
    severities: Counter[Severity] = field(default_factory=Counter)
    _statuses: dict[tuple[str, str], Counter[CoverageStatus]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def add(self, parent_doc_id: str, doc_id: str, alignment: Alignment) -> None:
        """Count the items of *alignment*; one addressed to nobody of the locality counts in no consensus."""
        for row in alignment.coverage:
            if row.applicable is not False:
                self._statuses[parent_doc_id, row.parent_path][row.status] += 1
        foreign = sum(map(_is_foreign, alignment.coverage))
        statuses = Counter(row.status for row in alignment.coverage if not _is_foreign(row))
        self.localities.append(Locality(doc_id, statuses, foreign, len(alignment.additions)))

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Count *findings* by severity."""
        self.severities.update(finding.severity for finding in findings)

    def worst_first(self) -> list[Locality]:
        """Return the localities; those that dropped most come first."""
        return sorted(self.localities, key=lambda row: (-row.statuses[CoverageStatus.DROPPED], row.doc_id))

    def consensus(self) -> list[Consensus]:
        """Return how many documents keep, reword or drop each item."""
        return [
            Consensus(parent, path, statuses.total(), *(statuses[status] for status in CoverageStatus))
            for (parent, path), statuses in self._statuses.items()
        ]


def _is_foreign(row: Coverage) -> bool:
    return row.status is CoverageStatus.DROPPED and row.applicable is False
