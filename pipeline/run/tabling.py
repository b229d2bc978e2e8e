"""The third stage: documents and comparisons to the tables, chunk by chunk, in the order of their keys.

Imports ``tables``, ``resolve``, ``comparing``, ``cache`` and ``workshop``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipeline.records import Finding, LocalAlignment
from pipeline.resolve import Standing
from pipeline.run.cache import decode
from pipeline.run.comparing import Comparison, Stood, resolved
from pipeline.run.workshop import Workshop
from pipeline.tables import OF_ALIGNMENTS, OF_DOCUMENTS, Piece, Results, TablesWriter, make_piece

T = TypeVar("T")

CHUNK = 128
"""Documents to a piece of a table: some megabytes in memory, and a row group that is worth skipping."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a worker needs for the rows of one document; ``findings`` are those that concern its siblings."""

    outcome: bytes
    standing: Standing
    comparison: bytes
    findings: tuple[Finding, ...]


Compared = tuple[str, str, bytes]
"""Keys of a directive and a local document, and their encoded comparison."""


def write_run_tables(
    folder: Path,
    documents: Sequence[Stood],
    comparisons: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]],
    rest: Results,
    workshop: Workshop,
) -> dict[str, int]:
    """Write all tables to *folder*; return the number of rows of each.

    Args:
        documents: in the order of their keys.
        comparisons: for each document the key of its comparison.
        findings: what concerns siblings, by document.
        rest: what belongs to the corpus as a whole.
    """
    fetch = workshop.memory.fetch
    shown = (
        Shown(
            fetch(item.key),
            item.standing,
            fetch(comparisons[item.doc_id]),
            tuple(findings.get(item.doc_id, ())),
        )
        for item in documents
    )
    pairs = sorted((item.standing.parent_doc_id or "", item.doc_id) for item in documents)
    compared = ((parent, local, fetch(comparisons[local])) for parent, local in pairs if parent)
    with TablesWriter(folder) as writer, workshop.progress.stage("tables", len(documents)) as advance:
        for piece in workshop.engine.map(document_piece, _chunks(advance(shown))):
            writer.add(piece)
        for piece in workshop.engine.map(alignment_piece, _chunks(compared)):
            writer.add(piece)
        others = [name for name in writer.rows if name not in {*OF_DOCUMENTS, *OF_ALIGNMENTS}]
        writer.add(make_piece(rest, others))
    return writer.rows


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


# --- in a worker ---------------------------------------------------------------------------------


def document_piece(chunk: Sequence[Shown]) -> Piece:
    """Return the rows of the documents of *chunk*."""
    documents = [resolved(item.outcome, item.standing) for item in chunk]
    findings = [row for item in chunk for row in _findings(item)]
    return make_piece(Results(documents=documents, findings=findings), OF_DOCUMENTS)


def _findings(item: Shown) -> Iterable[Finding]:
    """Return the findings of one document, each once."""
    return dict.fromkeys((*decode(item.comparison, Comparison).findings, *item.findings))


def alignment_piece(chunk: Sequence[Compared]) -> Piece:
    """Return the rows of the alignments of *chunk*."""
    alignments = []
    for parent, local, data in chunk:
        alignment = decode(data, Comparison).alignment
        if alignment is not None:
            alignments.append(LocalAlignment(parent, local, alignment))
    return make_piece(Results(alignments=alignments), OF_ALIGNMENTS)
