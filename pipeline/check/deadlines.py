"""Deadlines: the chain of reports over the levels, days that cannot be, dates that are missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.check.rules import finding
from pipeline.records import (
    Alignment,
    AssignmentRole,
    CoverageStatus,
    Deadline,
    DeadlineKind,
    Document,
    Finding,
    ParentBasis,
    ProvisionRole,
)

_YEARLY = re.compile(r"FREQ=YEARLY;BYMONTH=(\d+);BYMONTHDAY=(\d+)\Z")
# "ngày 31/02/2025", "ngày 30 tháng 2 năm 2024"
_DATE = re.compile(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:(?:/| năm )(\d{4}))?(?!\d)")
_OWN_GENERATION = frozenset({ParentBasis.MANIFEST, ParentBasis.IMPLEMENTS})
"""Only a document that answers this very directive can break its dates."""


def deadline_findings(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with one document's days by themselves."""
    issued = document.header.issued_on
    told = {row.path for row in document.provisions if row.role is ProvisionRole.PREAMBLE}
    for deadline in document.deadlines:
        if deadline.provision_path in told:
            continue  # a preamble tells what was done
        if deadline.kind is DeadlineKind.DATE and deadline.due_on and issued and deadline.due_on < issued:
            yield finding(
                "due-before-issue",
                document.doc_id,
                deadline.provision_path,
                deadline.text,
                due=_shown(deadline.due_on),
                issued=_shown(issued),
            )
    for provision in document.provisions:
        for match in _DATE.finditer(provision.text):
            if not _is_day(match):
                yield finding("impossible-date", document.doc_id, provision.path, match[0], words=match[0])


def cascade_findings(parent: Document, local: Document, alignment: Alignment) -> Iterator[Finding]:
    """Yield where the chain of reports from *local* to *parent* cannot hold."""
    if local.parent_basis not in _OWN_GENERATION:
        return
    for row in alignment.coverage:
        asked = _report_in(parent, {row.parent_path})
        if asked is None or row.status is CoverageStatus.DROPPED:
            continue
        given = _report_in(local, set(row.local_paths))
        if given is None:
            path = row.local_paths[0] if row.local_paths else None
            yield finding("deadline-left-open", local.doc_id, path, asked.text, parent=asked.text)
        elif _day_of_year(given) >= _day_of_year(asked):
            yield finding(
                "deadline-after-superior",
                local.doc_id,
                given.provision_path,
                given.text,
                local=given.text,
                parent=asked.text,
            )
        else:
            yield from _no_date_upward(local, given, asked)


def _no_date_upward(local: Document, below: Deadline, above: Deadline) -> Iterator[Finding]:
    """Those below have a day and those above have one, but the report between them has none."""
    dated = {deadline.provision_path for deadline in local.deadlines if _YEARLY.match(deadline.rrule or "")}
    reports = [
        row
        for row in local.assignments
        if row.role is AssignmentRole.REPORT_TO and not row.inherited and row.provision_path not in dated
    ]
    named = [row for row in reports if _reports_by_rule(local, row.provision_path)]
    if named:
        row = named[0]
        yield finding(
            "no-date-upward", local.doc_id, row.provision_path, row.text, below=below.text, above=above.text
        )


def _reports_by_rule(document: Document, path: str | None) -> bool:
    """Whether the provision leaves the day of its report to the rules ("theo quy định")."""
    text = next((provision.text for provision in document.provisions if provision.path == path), "")
    return "báo cáo" in text and "theo quy định" in text


def _report_in(document: Document, paths: set[str]) -> Deadline | None:
    """Return the yearly report with a day among the provisions at *paths*, or None."""
    for deadline in document.deadlines:
        is_report = deadline.recipient is not None or "báo cáo" in (deadline.action or "").lower()
        if deadline.provision_path in paths and is_report and _YEARLY.match(deadline.rrule or ""):
            return deadline
    return None


def _day_of_year(deadline: Deadline) -> tuple[int, int]:
    match = _YEARLY.match(deadline.rrule or "")
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _is_day(match: re.Match[str]) -> bool:
    leap_year = 2024
    try:
        dt.date(int(match[3] or leap_year), int(match[2]), int(match[1]))
    except ValueError:
        return False
    return True


def _shown(date: dt.date) -> str:
    return f"{date.day}/{date.month}/{date.year}"
