"""Coverage as the matrix shows it: the items of each directive, and one letter per item and locality.

Imports ``source`` and ``names``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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
    locals_of: dict[str, dict[str, dict[str, Row]]] = {}
    for local, rows in source.coverage.items():
        for row in rows:
            locals_of.setdefault(row["parent_doc_id"], {}).setdefault(local, {})[row["parent_path"]] = row
    return [_directive(doc_id, source, locals_of[doc_id]) for doc_id in sorted(locals_of)]


def _directive(doc_id: str, source: Source, rows: dict[str, dict[str, Row]]) -> Directive:
    paths = {path for by_path in rows.values() for path in by_path}
    items = tuple(row for row in source.provisions.get(doc_id, ()) if row["path"] in paths)
    return Directive(doc_id, items, tuple(_local(local, items, rows[local]) for local in sorted(rows)))


def _local(doc_id: str, items: Iterable[Row], rows: dict[str, Row]) -> Local:
    found = [rows.get(item["path"]) for item in items]
    return Local(
        doc_id,
        cells="".join(map(_letter, found)),
        flags="".join(_flag(row) for row in found),
        counts=Counter(row["status"] for row in rows.values() if not is_foreign(row)),
    )


def _letter(row: Row | None) -> str:
    if row is None:
        return _NO_ROW
    return FOREIGN if is_foreign(row) else str(row["status"][0])


def is_foreign(row: Row) -> bool:
    """Return whether a locality left out what was not its own to do: nothing was dropped there."""
    return row["status"] == "dropped" and row["applicable"] is False


def _flag(row: Row | None) -> str:
    if row is None:
        return " "
    override, outside = row["source"] == "override", row["applicable"] is False
    return "b" if override and outside else "o" if override else "n" if outside else " "
