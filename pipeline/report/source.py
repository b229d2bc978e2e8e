"""The tables as the report wants them: rows of every document at hand, in reading order.

Imports ``tables``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.schemas import BY_NAME
from pipeline.tables import OF_ALIGNMENTS, read_grouped_rows, read_table_rows

Row = dict[str, Any]
ByDocument = Mapping[str, list[Row]]

_OF_DOCUMENT = ("provisions", "references", "deadlines", "assignments", "findings", "repairs")
_WITHOUT_TEXT = tuple(column.name for column in BY_NAME["documents"].columns if column.name != "text")


@dataclass(frozen=True, slots=True)
class Source:
    """All tables; rows of one document by its key, absent where it has none.

    ``coverage``, ``alignments``, ``additions`` and ``drift`` are by the local document; ``documents`` is
    without the texts, which are in ``texts``.
    """

    documents: dict[str, Row]
    texts: ByDocument
    provisions: ByDocument
    references: ByDocument
    deadlines: ByDocument
    assignments: ByDocument
    findings: ByDocument
    repairs: ByDocument
    alignments: ByDocument
    coverage: ByDocument
    additions: ByDocument
    drift: ByDocument
    citations: list[Row]
    rejects: list[Row]


def read_source(tables: Path) -> Source:
    """Return every table in the folder *tables*.

    Raises:
        UsageError: a table is missing or cannot be read.
    """
    of_document = {name: read_grouped_rows(tables, name, "doc_id") for name in _OF_DOCUMENT}
    of_local = {name: read_grouped_rows(tables, name, "local_doc_id") for name in OF_ALIGNMENTS}
    return Source(
        documents=read_documents(tables),
        texts=read_grouped_rows(tables, "documents", "doc_id", ["text"]),
        citations=read_table_rows(tables, "citations"),
        rejects=read_table_rows(tables, "rejects"),
        **of_document,
        **of_local,
    )


def read_documents(tables: Path) -> dict[str, Row]:
    """Return the rows of the documents by their keys, without the texts.

    Raises:
        UsageError: the table is missing or cannot be read.
    """
    return {row["doc_id"]: row for row in read_table_rows(tables, "documents", _WITHOUT_TEXT)}
