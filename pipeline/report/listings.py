"""Long lists as data chunks: the script filters and pages them.

A chunk names its columns once; a row is a list in that order. The first column is the position of the
document in the chunk ``index``. Imports ``source``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.report.source import ByDocument, Source

_COLUMNS = {
    "findings": ("provision_path", "severity", "rule", "message_vi", "message_en", "evidence"),
    "deadlines": (
        "provision_path",
        "text",
        "kind",
        "rrule",
        "due_on",
        "bound",
        "action",
        "responsible",
        "recipient",
        "via",
    ),
    "references": (
        "provision_path",
        "text",
        "doc_type",
        "number",
        "issued_on",
        "issuer",
        "relation",
        "short_form",
        "reference_key",
    ),
    "assignments": ("provision_path", "role", "body", "body_id", "body_level", "inherited", "text"),
}

LISTINGS = tuple(_COLUMNS)


def listing(source: Source, name: str) -> dict[str, Any]:
    """Return the chunk of the table *name*: every row, document by document in the table's order."""
    table: ByDocument = getattr(source, name)
    columns = _COLUMNS[name]
    rows = [
        [position, *(_plain(row[column]) for column in columns)]
        for position, doc_id in enumerate(source.documents)
        for row in table.get(doc_id, ())
    ]
    return {"columns": ["document", *columns], "rows": rows}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
