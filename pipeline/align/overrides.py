"""What a person decided against the model (``annotations/overrides.csv``), applied to the alignments.

One decision a row. ``kind`` says what ``value`` is::

    pair     verbatim | adapted | partial: the two provisions are linked; none: they are not
    status   verbatim | adapted | partial | dropped: what became of the item of the parent

A status other than dropped needs a link: where nothing is linked yet, ``local_path`` names it and the link
is made. A row without ``value`` is a question that nobody has answered. Rows that contradict each other,
or name what is not there, change nothing and become rejects. Imports ``align.drift``, ``records``, errors.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipeline.align.drift import find_drift
from pipeline.errors import UsageError
from pipeline.records import (
    OPERATIVE_ROLES,
    Alignment,
    Coverage,
    CoverageStatus,
    Document,
    Pair,
    PairRelation,
    Reject,
)

COLUMNS = (
    "parent_doc_id",
    "parent_path",
    "local_doc_id",
    "local_path",
    "kind",
    "value",
    "reviewer",
    "date",
    "reason",
)
SOURCE = "override"
UNLINKED = "none"
HALF = 0.5


class OverrideKind(StrEnum):
    """What a row decides."""

    PAIR = "pair"
    STATUS = "status"


_VALUES: dict[OverrideKind, frozenset[str]] = {
    OverrideKind.PAIR: frozenset(PairRelation) | {UNLINKED},
    OverrideKind.STATUS: frozenset(CoverageStatus),
}


@dataclass(frozen=True, slots=True)
class Override:
    """One decision; ``line`` is its line in ``file``, ``local_path`` may be None for a status."""

    file: str
    line: int
    parent_doc_id: str
    parent_path: str
    local_doc_id: str
    local_path: str | None
    kind: OverrideKind
    value: str
    reviewer: str | None
    date: dt.date | None
    reason: str | None

    @property
    def links(self) -> bool:
        """Whether the row says that something of the item stands in the local document."""
        return self.value not in {UNLINKED, CoverageStatus.DROPPED}

    @property
    def evidence(self) -> str:
        """Who decided, when and why, for the column ``evidence``."""
        who = self.reviewer or "a reviewer"
        when = f" on {self.date.isoformat()}" if self.date else ""
        return f"decided by {who}{when}" + (f": {self.reason}" if self.reason else "")

    def reject(self, reason: str, detail: str) -> Reject:
        """Return the row as a reject, because of *reason* (a code)."""
        return Reject(self.file, None, reason, f"line {self.line}: {detail}")


# --- the file ------------------------------------------------------------------------------------


def read_overrides(path: Path) -> tuple[list[Override], list[Reject]]:
    """Return the decisions of *path* and its rows that cannot be read; further columns are ignored.

    Raises:
        UsageError: the file is not UTF-8 or lacks a column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8; save it as CSV UTF-8") from error
    reader = read_lines(text)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(f"{path}: the first line must name the columns; it lacks {', '.join(missing)}")
    overrides, rejects = [], []
    for cells in reader:
        texts = {name: unicodedata.normalize("NFC", (cells[name] or "").strip()) for name in COLUMNS}
        if texts["value"]:
            try:
                overrides.append(_override(path.name, reader.line_num, texts))
            except ValueError as error:
                detail = f"line {reader.line_num}: {error}"
                rejects.append(Reject(path.name, None, "override_cell", detail))
    return overrides, rejects


def read_lines(text: str) -> csv.DictReader[str]:
    """Return the lines of *text*, a file of overrides, whichever sign parts its cells.

    Spreadsheets of locales with a decimal comma, as the Vietnamese, part cells by semicolons.
    """
    delimiter = ";" if text.startswith(f"{COLUMNS[0]};") else ","
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def _override(file: str, line: int, cells: dict[str, str]) -> Override:
    if cells["kind"] not in set(OverrideKind):
        raise ValueError(f"kind {cells['kind']!r} is neither pair nor status")
    kind = OverrideKind(cells["kind"])
    if cells["value"] not in _VALUES[kind]:
        raise ValueError(f"{cells['value']!r} is no {kind}; write one of {', '.join(sorted(_VALUES[kind]))}")
    needed = ["parent_doc_id", "parent_path", "local_doc_id"] + ["local_path"] * (kind is OverrideKind.PAIR)
    empty = [name for name in needed if not cells[name]]
    if empty:
        raise ValueError(f"{', '.join(empty)} must be given for a {kind}")
    return Override(
        file=file,
        line=line,
        parent_doc_id=cells["parent_doc_id"],
        parent_path=cells["parent_path"],
        local_doc_id=cells["local_doc_id"],
        local_path=cells["local_path"] or None,
        kind=kind,
        value=cells["value"],
        reviewer=cells["reviewer"] or None,
        date=_date(cells["date"]),
        reason=cells["reason"] or None,
    )


def _date(cell: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise ValueError(f"date {cell!r} is not written like 2025-12-31") from error


# --- applying ------------------------------------------------------------------------------------


def place_overrides(
    overrides: Sequence[Override], parents: Mapping[str, str | None]
) -> tuple[dict[str, list[Override]], list[Reject]]:
    """Return the decisions by local document, and those about documents that nothing compares.

    Args:
        parents: for each document of the corpus the one that it is compared with, or None.
    """
    known, rejects = _split(overrides, lambda row: _not_compared(row, parents))
    placed: dict[str, list[Override]] = defaultdict(list)
    for row in known:
        placed[row.local_doc_id].append(row)
    return placed, rejects


def _not_compared(row: Override, parents: Mapping[str, str | None]) -> tuple[str, str] | None:
    for doc_id in (row.parent_doc_id, row.local_doc_id):
        if doc_id not in parents:
            return "override_unknown_document", f"{doc_id} is not in the corpus"
    if parents[row.local_doc_id] != row.parent_doc_id:
        return "override_not_compared", f"{row.local_doc_id} is not compared with {row.parent_doc_id}"
    return None


def apply_overrides(
    parent: Document, local: Document, computed: Alignment, overrides: Sequence[Override]
) -> tuple[Alignment, list[Reject]]:
    """Return *computed* as the *overrides* about this pair decide, and the rows that change nothing.

    Pairs, coverage, additions and drift stay in step: a provision to which no link is left becomes an
    addition, and drift is read anew from the links that stand.
    """
    known, rejects = _split(overrides, lambda row: _unknown(row, parent, local, computed))
    about = _by_item(known)
    agreed, contradictions = _split(known, lambda row: _contradiction(row, about[row.parent_path]))
    about = _by_item(agreed)
    kept, unlinked = _split(agreed, lambda row: _unlinked(row, about[row.parent_path], computed.pairs))
    decided = _decide(computed, parent, local, kept) if kept else computed
    return decided, [*rejects, *contradictions, *unlinked]


def _split(
    rows: Iterable[Override], problem: Callable[[Override], tuple[str, str] | None]
) -> tuple[list[Override], list[Reject]]:
    """Return the *rows* without a *problem*, and the others as rejects."""
    kept, rejects = [], []
    for row in rows:
        found = problem(row)
        if found is None:
            kept.append(row)
        else:
            rejects.append(row.reject(*found))
    return kept, rejects


def _by_item(rows: Iterable[Override]) -> dict[str, list[Override]]:
    groups: dict[str, list[Override]] = defaultdict(list)
    for row in rows:
        groups[row.parent_path].append(row)
    return groups


def _unknown(row: Override, parent: Document, local: Document, computed: Alignment) -> tuple[str, str] | None:
    items = {item.parent_path for item in computed.coverage}
    paths = items if row.kind is OverrideKind.STATUS else _paths(parent)
    if row.parent_path not in paths:
        return "override_unknown_path", f"{row.parent_doc_id} has no item {row.parent_path}"
    if row.local_path is not None and row.local_path not in _paths(local):
        return "override_unknown_path", f"{row.local_doc_id} has no provision {row.local_path}"
    return None


def _contradiction(row: Override, about: Sequence[Override]) -> tuple[str, str] | None:
    """Return why *row* cannot stand beside another of the rows *about* its item, if it cannot."""
    for other in about:
        if _contradict(row, other) or _contradict(other, row):
            return "override_contradiction", f"{row.kind} {row.value} contradicts line {other.line}"
    return None


def _contradict(row: Override, other: Override) -> bool:
    same_place = row.local_path == other.local_path
    if row.kind is other.kind:
        return row.value != other.value and (row.kind is OverrideKind.STATUS or same_place)
    if row.kind is OverrideKind.PAIR:
        return False
    return other.links if not row.links else same_place and not other.links


def _unlinked(row: Override, about: Sequence[Override], pairs: Sequence[Pair]) -> tuple[str, str] | None:
    """Return that *row* keeps an item to which nothing is linked, if so."""
    if row.kind is OverrideKind.PAIR or not row.links or _links(row.parent_path, about, pairs):
        return None
    return "override_without_link", f"nothing is linked to {row.parent_path}: name it in local_path"


def _links(item: str, about: Sequence[Override], pairs: Sequence[Pair]) -> set[str]:
    """Return the paths of the local provisions that are linked to *item* after the rows *about* it."""
    linked = {pair.local_path for pair in pairs if pair.parent_path == item}
    if any(row.value == CoverageStatus.DROPPED for row in about):
        return set()
    named = {row.local_path for row in about if row.links and row.local_path is not None}
    unlinked = {row.local_path for row in about if not row.links}
    return (linked | named) - unlinked


def _decide(computed: Alignment, parent: Document, local: Document, rows: Sequence[Override]) -> Alignment:
    about = _by_item(rows)
    pairs = _decided_pairs(computed.pairs, about)
    order = {provision.path: provision.ordinal for provision in parent.provisions}
    places = {provision.path: provision.ordinal for provision in local.provisions}
    pairs.sort(key=lambda pair: (order[pair.parent_path], places[pair.local_path]))
    coverage = tuple(
        _decided_coverage(row, about[row.parent_path], pairs) if row.parent_path in about else row
        for row in computed.coverage
    )
    additions = _decided_additions(computed, local, {pair.local_path for pair in pairs})
    return Alignment(tuple(pairs), coverage, additions, find_drift(parent, local, pairs))


def _decided_additions(alignment: Alignment, local: Document, linked: set[str]) -> tuple[str, ...]:
    """Return the former additions without what is *linked* now, and what lost its last link."""
    candidates = {*alignment.additions, *(pair.local_path for pair in alignment.pairs)}
    return tuple(
        provision.path
        for provision in local.provisions
        if provision.path in candidates - linked and provision.role in OPERATIVE_ROLES
    )


def _decided_pairs(pairs: Sequence[Pair], about: Mapping[str, Sequence[Override]]) -> list[Pair]:
    decided = {(pair.parent_path, pair.local_path): pair for pair in pairs}
    for item, rows in about.items():
        links = _links(item, rows, pairs)
        for key in [key for key in decided if key[0] == item and key[1] not in links]:
            del decided[key]
        for row in sorted(rows, key=lambda row: row.kind is OverrideKind.PAIR):
            key = (item, row.local_path or "")
            # a status names a link only where the model has none: it says nothing of this one provision
            if row.local_path in links and (row.kind is OverrideKind.PAIR or key not in decided):
                decided[key] = Pair(*key, PairRelation(row.value), 1.0, row.evidence)
    return list(decided.values())


def _decided_coverage(row: Coverage, about: Sequence[Override], pairs: Sequence[Pair]) -> Coverage:
    links = [pair for pair in pairs if pair.parent_path == row.parent_path]
    status = _decided_status(row, about, links)
    return replace(
        row,
        status=status,
        score=_decided_score(row, status),
        local_paths=tuple(pair.local_path for pair in links),
        source=SOURCE,
        evidence="; ".join(dict.fromkeys(decision.evidence for decision in about)),
    )


def _decided_status(row: Coverage, about: Sequence[Override], links: Sequence[Pair]) -> CoverageStatus:
    """Return the status that a person gave, else what the links that stand make of the item."""
    for decision in about:
        if decision.kind is OverrideKind.STATUS:
            return CoverageStatus(decision.value)
    standing = [CoverageStatus(pair.relation.value) for pair in links]
    if all(decision.links for decision in about):
        # links were only added, so that the item keeps at least what the model found of it
        standing.append(row.status)
    return min(standing, key=list(CoverageStatus).index, default=CoverageStatus.DROPPED)


def _decided_score(row: Coverage, status: CoverageStatus) -> float:
    """Return the share of the item that is kept; half of it where a person alone says that it is partial."""
    if status is CoverageStatus.PARTIAL:
        return row.score if 0 < row.score < 1 else HALF
    return 0.0 if status is CoverageStatus.DROPPED else 1.0


def _paths(document: Document) -> set[str]:
    return {provision.path for provision in document.provisions}
