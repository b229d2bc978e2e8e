"""Long lists as data chunks: the script filters and pages them.

A chunk names its columns once; a row is a list in that order. The first column is the position of the
document in the chunk ``index``. Imports ``source`` and ``escape``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.report.escape import json_in_script
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


def write_listing(path: Path, source: Source, name: str) -> None:
    """Write the chunk of the table *name*: every row, document by document, never all of them in memory."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        columns = json_in_script(["document", *_COLUMNS[name]])
        file.write(f'dc.receive({json_in_script(name)},{{"columns":{columns},"rows":[')
        for number, row in enumerate(_rows(source, name)):
            file.write("," * (number > 0) + json_in_script(row))
        file.write("]});\n")


def _rows(source: Source, name: str) -> Iterator[list[Any]]:
    table: ByDocument = getattr(source, name)
    columns = _COLUMNS[name]
    for position, doc_id in enumerate(source.documents):
        for row in table.get(doc_id, ()):
            yield [position, *(_plain(row[column]) for column in columns)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
