"""Deadlines: the chain of reports over the levels, days that cannot be, dates that are missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.check.rules import finding, shown_day
from pipeline.records import (
    OWN_GENERATION,
    Alignment,
    AssignmentRole,
    CoverageStatus,
    Deadline,
    DeadlineKind,
    Document,
    Finding,
    Level,
    ProvisionRole,
)

_YEARLY = re.compile(r"FREQ=YEARLY;BYMONTH=(\d+);BYMONTHDAY=(\d+)\Z")
# "ngày 31/02/2025", "ngày 30 tháng 2 năm 2024"
_DATE = re.compile(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:(?:/| năm )(\d{4}))?(?!\d)")


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
                due=shown_day(deadline.due_on),
                issued=shown_day(issued),
            )
    for provision in document.provisions:
        for match in _DATE.finditer(provision.text):
            if not _is_day(match):
                yield finding("impossible-date", document.doc_id, provision.path, match[0], words=match[0])


def cascade_findings(parent: Document, local: Document, alignment: Alignment) -> Iterator[Finding]:
    """Yield where the chain of reports from *local* to *parent* cannot hold."""
    if local.parent_basis not in OWN_GENERATION:
        return
    late: dict[Deadline, Deadline] = {}
    for row in alignment.coverage:
        asked = next(iter(_reports_in(parent, {row.parent_path})), None)
        if asked is None or row.status is CoverageStatus.DROPPED:
            continue
        given = _reports_in(local, set(row.local_paths))
        if not given:
            path = row.local_paths[0] if row.local_paths else None
            yield finding("deadline-left-open", local.doc_id, path, asked.text, parent=asked.text)
            continue
        too_late = [report for report in given if _is_late(local, report, asked, row.applicable)]
        late |= {report: min(asked, late.get(report, asked), key=_day_of_year) for report in too_late}
        if not too_late:
            yield from _no_date_upward(local, given[0], asked)
    for report, asked in late.items():
        yield finding(
            "deadline-after-superior",
            local.doc_id,
            report.provision_path,
            report.text,
            local=report.text,
            parent=asked.text,
        )


def _is_late(local: Document, given: Deadline, asked: Deadline, applicable: bool | None) -> bool:
    """Whether *given* leaves no day before *asked*; the very report that is asked of *local* needs none."""
    same_report = applicable is not False and _goes_up(local, given)
    if same_report:
        return _day_of_year(given) > _day_of_year(asked)
    return _day_of_year(given) >= _day_of_year(asked)


def _goes_up(document: Document, report: Deadline) -> bool:
    """Whether all that are known to receive *report* stand above the document's own level."""
    receivers = [
        row.body_level
        for row in document.assignments
        if row.role is AssignmentRole.REPORT_TO
        and row.provision_path == report.provision_path
        and report.recipient in {None, row.body}
    ]
    own = document.level
    return own is not None and bool(receivers) and all(level and _is_above(level, own) for level in receivers)


def _is_above(level: Level, other: Level) -> bool:
    order = list(Level)
    return order.index(level) < order.index(other)


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


def _reports_in(document: Document, paths: set[str]) -> list[Deadline]:
    """Return the yearly reports with a day among the provisions at *paths*."""
    return [
        deadline
        for deadline in document.deadlines
        if deadline.provision_path in paths
        and (deadline.recipient is not None or "báo cáo" in (deadline.action or "").lower())
        and _YEARLY.match(deadline.rrule or "")
    ]


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
