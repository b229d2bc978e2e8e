"""Every genre end to end: a small document of each kind, and all that is to be read in it.

``tests/cases/genres/README.md`` describes the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.analyse import analyse_text
from pipeline.records import Document

CASES = Path(__file__).parent / "cases/genres"


def _printed(document: Document) -> Iterator[str]:
    """Yield the document line by line: header, provisions, and the facts of each below it."""
    header = document.header
    yield f"{header.doc_type} | {header.number} | {header.issued_on} | {header.issuer}"
    yield f"title: {header.title}"
    if header.addressees:
        yield "to: " + " ; ".join(header.addressees)
    for provision in document.provisions:
        yield f"{provision.path} | {provision.marker or ''} | {provision.role} | {provision.text}"
        yield from _facts(document, provision.path)
    if document.closing.signer:
        yield f"signed: {document.closing.signer_title} | {document.closing.signer}"


def _facts(document: Document, path: str) -> Iterator[str]:
    for row in dict.fromkeys(
        (r.role, r.text, r.inherited) for r in document.assignments if r.provision_path == path
    ):
        yield f"    {row[0]}: {row[1]}" + (" (inherited)" if row[2] else "")
    for deadline in document.deadlines:
        if deadline.provision_path == path:
            when = deadline.due_on or deadline.rrule or "?"
            yield f"    {deadline.kind} {deadline.bound or '-'} {when}: {deadline.text} [{deadline.action}]"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_genre_is_read_end_to_end(case: Path) -> None:
    document = analyse_text(case.read_text(encoding="utf-8"))
    expected = case.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert [line.rstrip() for line in _printed(document)] == expected


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_spans_point_at_the_words(case: Path) -> None:
    document = analyse_text(case.read_text(encoding="utf-8"))
    for row in document.assignments:
        assert document.text[row.start : row.end] == row.text
        assert document.text[row.body_start : row.body_end] == row.body
    for deadline in document.deadlines:
        assert document.text[deadline.start : deadline.end] == deadline.text
