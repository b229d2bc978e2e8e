"""Progress and summary on stderr: bars on a terminal, silence elsewhere.

Imports ``incremental`` and ``tally``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from pipeline.records import CoverageStatus, Severity
from pipeline.run.incremental import Remade
from pipeline.run.tally import Locality, Summary

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
_MOST_REJECTS = 20


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


def print_summary(console: Console, summary: Summary, seconds: float) -> None:
    """Print one screen: documents, tasks, coverage per locality, findings, rejects, seconds."""
    console.print(
        f"[bold]{summary.documents}[/] documents · [bold]{summary.tasks}[/] tasks · {seconds:.1f} s"
    )
    if summary.localities:
        console.print(_coverage_table(summary.localities))
    if summary.alone:
        console.print(f"no directive to compare with: {_some(summary.alone)}")
    if summary.severities:
        console.print(
            "findings: " + ", ".join(f"{summary.severities.get(level, 0)} {level}" for level in Severity)
        )
    for reject in summary.rejects[:_MOST_REJECTS]:
        told = escape(f"{reject.source_path}: {reject.reason}: {reject.detail}")
        console.print(f"[yellow]rejected[/] {told}", soft_wrap=True)
    if len(summary.rejects) > _MOST_REJECTS:
        console.print(
            f"[yellow]rejected[/] ... {len(summary.rejects) - _MOST_REJECTS} more in the table rejects"
        )


def print_remade(console: Console, remade: Iterable[Remade], recalled: int) -> None:
    """Print why each result was made anew, a line each, and how many came from the cache."""
    for item in remade:
        console.print(f"made anew: {item.name}: {item.reason}", soft_wrap=True, markup=False)
    console.print(f"from the cache: {recalled}")


def _some(names: Sequence[str], most: int = 5) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _coverage_table(rows: Sequence[Locality], most: int = 20) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("locality", no_wrap=True)
    for status in CoverageStatus:
        table.add_column(f"{status}\n{_STATUS_WORDS[status]}", justify="right")
    table.add_column("not theirs\nkhông thuộc", justify="right")
    table.add_column("added\nthêm", justify="right")
    for row in rows[:most]:
        cells = [str(row.statuses.get(status, 0)) for status in CoverageStatus]
        table.add_row(row.doc_id, *cells, str(row.foreign), str(row.added))
    if len(rows) > most:
        table.add_row(f"... {len(rows) - most} more in the report")
    return table
