"""What each sheet of the workbook holds, as plain rows.

Heads are in Vietnamese and English, words for values in Vietnamese; links lead to the report beside the
workbook. Imports ``source`` and the modules of the report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.report.coverage import FOREIGN, STATUSES, Directive, directives, is_foreign
from pipeline.report.documents import by_path
from pipeline.report.names import labels, page_name
from pipeline.report.source import Source
from pipeline.report.words import load_words

_LETTERS = {status[0]: status for status in STATUSES}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that shows *text* and leads to *address*, relative to the workbook."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Status:
    """A cell in the colour of a status."""

    name: str


Value = str | int | float | bool | dt.date | Link | Status | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the heads of its columns with their widths, its rows, and what stays in view."""

    name: str
    heads: Sequence[tuple[str, float]]
    rows: Iterable[Sequence[Value]]
    frozen_columns: int = 1
    row_height: float | None = None


def sheets(source: Source) -> Iterator[Sheet]:
    """Yield the sheets in their order: matrix, dropped, deadlines, references, assignments, findings."""
    names = labels(source.documents)
    compared = directives(source)
    yield _matrix(source, compared, names)
    yield _dropped(source, compared, names)
    for name, columns in _LISTINGS.items():
        yield _listing(source, names, name, columns)


def _matrix(source: Source, compared: list[Directive], names: Mapping[str, str]) -> Sheet:
    local_ids = sorted({local.doc_id for directive in compared for local in directive.locals})
    heads = [
        (head("matrix.directive"), 18.0),
        (head("matrix.item"), 9.0),
        (head("matrix.role"), 14.0),
        (head("sheet.item_text"), 60.0),
        *((head(f"status.{status}"), 10.0) for status in STATUSES),
        *((names[doc_id], 14.0) for doc_id in local_ids),
    ]
    rows = (row for directive in compared for row in _matrix_rows(source, directive, local_ids, names))
    return Sheet("matrix", heads, rows, frozen_columns=4, row_height=48)


def _matrix_rows(
    source: Source, directive: Directive, local_ids: Sequence[str], names: Mapping[str, str]
) -> Iterator[list[Value]]:
    cells = {local.doc_id: local.cells for local in directive.locals}
    for place, (item, counts) in enumerate(zip(directive.items, directive.item_counts(), strict=True)):
        letters = [cells[doc_id][place] if doc_id in cells else "" for doc_id in local_ids]
        yield [
            _directive_name(source, directive.doc_id, names),
            item["path"],
            word_or_name("role", item["role"]),
            item["text"],
            *(counts[status] for status in STATUSES),
            *map(_status_cell, letters),
        ]


def _status_cell(letter: str) -> Value:
    if letter == FOREIGN:
        return "–"
    return Status(_LETTERS[letter]) if letter in _LETTERS else None


def _dropped(source: Source, compared: list[Directive], names: Mapping[str, str]) -> Sheet:
    heads = [
        (head("document.place"), 24.0),
        (head("document.level"), 16.0),
        (head("document.province"), 18.0),
        (head("matrix.directive"), 18.0),
        (head("matrix.item"), 9.0),
        (head("sheet.item_text"), 60.0),
        (head("sheet.nearest_path"), 12.0),
        (head("sheet.nearest_text"), 60.0),
        (head("compare.score"), 8.0),
        (head("compare.addressee"), 24.0),
    ]
    rows = (row for directive in compared for row in _dropped_rows(source, directive, names))
    return Sheet("dropped", heads, rows)


def _dropped_rows(source: Source, directive: Directive, names: Mapping[str, str]) -> Iterator[list[Value]]:
    items = {item["path"]: item for item in directive.items}
    for local in directive.locals:
        document = source.documents[local.doc_id]
        provisions = by_path(source, local.doc_id)
        for cover in source.coverage[local.doc_id]:
            item = items.get(cover["parent_path"])
            is_dropped = cover["status"] == "dropped" and not is_foreign(cover)
            if not is_dropped or item is None or cover["parent_doc_id"] != directive.doc_id:
                continue
            nearest = provisions.get(cover["nearest_path"])
            yield [
                _compare_link(local.doc_id, item["path"], names[local.doc_id]),
                word_or_name("level", document["level"]),
                document["province"],
                _directive_name(source, directive.doc_id, names),
                item["path"],
                item["text"],
                cover["nearest_path"],
                nearest["text"] if nearest else None,
                cover["nearest_score"],
                cover["addressee"],
            ]


Column = tuple[str, str, float, str | None]
"""Key of the head, column of the table, width, and the section of words for its values."""

_LISTINGS: dict[str, tuple[Column, ...]] = {
    "deadlines": (
        ("deadlines.text", "text", 30, None),
        ("deadlines.kind", "kind", 16, "kind"),
        ("deadlines.when", "due_on", 12, None),
        ("deadlines.bound", "bound", 14, "bound"),
        ("deadlines.rule", "rrule", 34, None),
        ("deadlines.action", "action", 50, None),
        ("deadlines.responsible", "responsible", 28, None),
        ("deadlines.recipient", "recipient", 28, None),
        ("assigned.via", "via", 28, None),
    ),
    "references": (
        ("references.relation", "relation", 14, "relation"),
        ("references.text", "text", 50, None),
        ("sheet.instrument_type", "doc_type", 16, None),
        ("document.number", "number", 22, None),
        ("references.issued_on", "issued_on", 12, None),
        ("references.issuer", "issuer", 26, None),
        ("references.key", "reference_key", 26, None),
        ("references.short_form", "short_form", 10, None),
    ),
    "assignments": (
        ("bodies.role", "role", 16, "assigned"),
        ("bodies.body", "body", 36, None),
        ("document.level", "body_level", 16, "level"),
        ("bodies.text", "text", 50, None),
        ("bodies.inherited", "inherited", 12, None),
    ),
    "findings": (
        ("findings.severity", "severity", 12, "severity"),
        ("sheet.message_vi", "message_vi", 50, None),
        ("sheet.message_en", "message_en", 50, None),
        ("findings.evidence", "evidence", 50, None),
        ("findings.rule", "rule", 24, "rule"),
    ),
}


def _listing(source: Source, names: Mapping[str, str], name: str, columns: Sequence[Column]) -> Sheet:
    heads = [
        (head("document.place"), 24.0),
        (head("references.where"), 14.0),
        *((head(key), width) for key, _, width, _ in columns),
    ]
    table = getattr(source, name)
    rows = (
        [
            names[doc_id],
            _place_link(doc_id, row["provision_path"]),
            *(
                word_or_name(section, row[column]) if section else row[column]
                for _, column, _, section in columns
            ),
        ]
        for doc_id in source.documents
        for row in table.get(doc_id, ())
    )
    return Sheet(name, heads, rows, frozen_columns=2)


def head(key: str) -> str:
    """Return the head of a column in both languages, one a line."""
    return "\n".join(dict.fromkeys(load_words()[key]))


def word_or_name(section: str, name: str | None) -> str | None:
    """Return the Vietnamese word of ``section.name``, or *name* itself where there is none.

    >>> word_or_name("status", "dropped")
    'Bỏ'
    """
    return load_words().get(f"{section}.{name}", (name,))[0]


def _directive_name(source: Source, doc_id: str, names: Mapping[str, str]) -> str:
    return (source.documents[doc_id]["number"] if doc_id in source.documents else None) or names.get(
        doc_id, doc_id
    )


def _compare_link(doc_id: str, path: str, text: str) -> Link:
    return Link(text, f"report/index.html#compare/{page_name(doc_id)}/{quote(path)}")


def _place_link(doc_id: str, path: str | None) -> Link:
    """Return a link to a provision, or to the whole document."""
    place = f"#p-{quote(path)}" if path else ""
    return Link(path or "→", f"report/doc/{page_name(doc_id)}.html{place}")
