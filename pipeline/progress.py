"""Progress and summary on stderr: bars on a terminal, silence elsewhere.

Imports ``incremental``, ``records`` and ``tables``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from pipeline.incremental import Remade
from pipeline.records import OPERATIVE_ROLES, CoverageStatus, LocalAlignment, Severity
from pipeline.tables import Results

T = TypeVar("T")


class Advance(Protocol):
    """Passes an iterable through and counts its items as done."""

    def __call__(self, items: Iterable[T]) -> Iterator[T]: ...


_STATUS_WORDS = {
    CoverageStatus.VERBATIM: "nguyên văn",
    CoverageStatus.ADAPTED: "diễn đạt lại",
    CoverageStatus.PARTIAL: "một phần",
    CoverageStatus.DROPPED: "bỏ",
}


class Progress:
    """Shows how far a stage is; on anything but a terminal it shows nothing."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Advance]:
        """Yield a function that passes an iterable through and counts its items as done."""
        columns = (
            TextColumn("{task.description:<8}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        disable = not self.console.is_terminal
        with Bars(*columns, console=self.console, transient=True, disable=disable) as bars:
            task = bars.add_task(name, total=total)

            def advance(items: Iterable[T]) -> Iterator[T]:
                for item in items:
                    bars.advance(task)
                    yield item

            yield advance


def print_summary(console: Console, results: Results, seconds: float) -> None:
    """Print one screen: documents, tasks, coverage per locality, findings, rejects, seconds."""
    tasks = sum(
        provision.alignable and provision.role in OPERATIVE_ROLES
        for document in results.documents
        for provision in document.provisions
    )
    console.print(f"[bold]{len(results.documents)}[/] documents · [bold]{tasks}[/] tasks · {seconds:.1f} s")
    if results.alignments:
        console.print(_coverage_table(results.alignments))
    without = [document.doc_id for document in results.documents if _is_orphan(document.doc_id, results)]
    if without:
        console.print(f"no directive to compare with: {_some(without)}")
    if results.findings:
        counts = Counter(finding.severity for finding in results.findings)
        console.print("findings: " + ", ".join(f"{counts[level]} {level}" for level in Severity))
    for reject in results.rejects:
        console.print(
            f"[yellow]rejected[/] {reject.source_path}: {reject.reason}: {reject.detail}", soft_wrap=True
        )


def print_remade(console: Console, remade: Iterable[Remade], recalled: int) -> None:
    """Print why each result was made anew, a line each, and how many came from the cache."""
    for item in remade:
        console.print(f"made anew: {item.name}: {item.reason}", soft_wrap=True, markup=False)
    console.print(f"from the cache: {recalled}")


def _is_orphan(doc_id: str, results: Results) -> bool:
    compared = {item.local_doc_id for item in results.alignments}
    parents = {item.parent_doc_id for item in results.alignments}
    return doc_id not in compared | parents


def _some(names: list[str], most: int = 5) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _coverage_table(alignments: Iterable[LocalAlignment], most: int = 20) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("locality", no_wrap=True)
    for status in CoverageStatus:
        table.add_column(f"{status}\n{_STATUS_WORDS[status]}", justify="right")
    table.add_column("not theirs\nkhông thuộc", justify="right")
    table.add_column("added\nthêm", justify="right")
    rows = sorted(alignments, key=_dropped, reverse=True)
    for item in rows[:most]:
        counts = Counter(row.status for row in item.alignment.coverage if row.applicable is not False)
        cells = [str(counts[status]) for status in CoverageStatus]
        foreign = sum(row.applicable is False for row in item.alignment.coverage)
        table.add_row(item.local_doc_id, *cells, str(foreign), str(len(item.alignment.additions)))
    if len(rows) > most:
        table.add_row(f"... {len(rows) - most} more in the report")
    return table


def _dropped(item: LocalAlignment) -> int:
    return sum(
        row.status is CoverageStatus.DROPPED and row.applicable is not False
        for row in item.alignment.coverage
    )
