"""Coverage as the matrix shows it: the items of each directive, and one letter per item and locality.

Imports ``source``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.report.source import Row, Source

STATUSES = ("verbatim", "adapted", "partial", "dropped")
"""From all kept to nothing kept; the order of every bar and legend."""

_NO_ROW = "-"
FOREIGN = "x"
"""Left out where it was not the locality's to do: that is nothing dropped, and is not counted."""


@dataclass(frozen=True, slots=True)
class Local:
    """One local document: a letter per item (v a p d, - where there is no row) and a flag per item.

    Flags: ``o`` a person overrode the model, ``n`` the item is not addressed to this locality, ``b`` both.
    """

    doc_id: str
    cells: str
    flags: str
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive with the items that coverage knows, and the documents compared with it."""

    doc_id: str
    items: tuple[Row, ...]
    locals: tuple[Local, ...]

    def counts(self) -> Counter[str]:
        """Return the number of rows of each status."""
        return sum((local.counts for local in self.locals), Counter())

    def item_counts(self) -> list[Counter[str]]:
        """Return the number of localities of each status, item by item."""
        letters = {status[0]: status for status in STATUSES}
        columns = zip(*(local.cells for local in self.locals), strict=True)
        return [Counter(letters[cell] for cell in column if cell in letters) for column in columns]


def directives(source: Source) -> list[Directive]:
    """Return the directives that local documents were compared with, by their keys."""
    locals_of: dict[str, dict[str, _Row]] = {}
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for local, rows in source.coverage.items():
        for parent, group in groupby(rows, key=lambda row: str(row["parent_doc_id"])):
            marked = _row(list(group))
            # the same few tuples of paths for thousands of documents
            paths = known.setdefault(marked.paths, marked.paths)
            locals_of.setdefault(parent, {})[local] = replace(marked, paths=paths)
    return [_directive(doc_id, source, locals_of[doc_id]) for doc_id in sorted(locals_of)]


@dataclass(frozen=True, slots=True)
class _Row:
    """The letters and flags of one document for the items at *paths*."""

    paths: tuple[str, ...]
    cells: str
    flags: str
    counts: Counter[str]


def _row(rows: Sequence[Row]) -> _Row:
    return _Row(
        paths=tuple(row["parent_path"] for row in rows),
        cells="".join(map(_letter, rows)),
        flags="".join(map(_flag, rows)),
        counts=Counter(row["status"] for row in rows if not is_foreign(row)),
    )


def _directive(doc_id: str, source: Source, rows: Mapping[str, _Row]) -> Directive:
    paths = {path for kinds in {row.paths for row in rows.values()} for path in kinds}
    items = tuple(row for row in source.provisions.get(doc_id, ()) if row["path"] in paths)
    order = [item["path"] for item in items]
    return Directive(doc_id, items, tuple(_local(local, order, rows[local]) for local in sorted(rows)))


def _local(doc_id: str, order: Sequence[str], row: _Row) -> Local:
    cells, flags = dict(zip(row.paths, row.cells, strict=True)), dict(zip(row.paths, row.flags, strict=True))
    return Local(
        doc_id,
        cells="".join(cells.get(path, _NO_ROW) for path in order),
        flags="".join(flags.get(path, " ") for path in order),
        counts=row.counts,
    )


def _letter(row: Row) -> str:
    return FOREIGN if is_foreign(row) else str(row["status"][0])


def is_foreign(row: Row) -> bool:
    """Return whether a locality left out what was not its own to do: nothing was dropped there.

    >>> is_foreign({"status": "dropped", "applicable": False})
    True
    >>> is_foreign({"status": "dropped", "applicable": None})
    False
    """
    return row["status"] == "dropped" and row["applicable"] is False


def _flag(row: Row) -> str:
    override, outside = row["source"] == "override", row["applicable"] is False
    return "b" if override and outside else "o" if override else "n" if outside else " "
