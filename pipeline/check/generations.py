"""Generations: directives that were replaced, and directives that are not in the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.check.rules import finding
from pipeline.records import Document, Finding, ParentBasis, Reference, ReferenceRelation
from pipeline.resolve import missing_instruments


def generation_findings(documents: Sequence[Document]) -> Iterator[Finding]:
    """Yield what documents carry out that was replaced, or is not there to compare with."""
    by_id = {document.doc_id: document for document in documents}
    replaced = _replaced(documents)
    waiting = missing_instruments(documents)
    for document in documents:
        if document.parent_basis is ParentBasis.ASSUMED and document.parent_doc_id:
            parent = by_id[document.parent_doc_id]
            yield finding(
                "parent-assumed",
                document.doc_id,
                None,
                document.header.title or "",
                parent=parent.header.number or parent.doc_id,
            )
        for reference in _carried_out(document):
            successor = replaced.get(reference.reference_key or "")
            if successor and successor != document.doc_id:
                yield from _older(document, reference, by_id[successor])
            elif reference.reference_key in waiting:
                yield finding(
                    "parent-missing",
                    document.doc_id,
                    reference.provision_path,
                    reference.text,
                    instrument=reference.number,
                    waiting=len(waiting[reference.reference_key]),
                )


def _older(document: Document, reference: Reference, successor: Document) -> Iterator[Finding]:
    name = successor.header.number or successor.doc_id
    if document.parent_basis is ParentBasis.SUCCESSION:
        yield finding(
            "older-generation",
            document.doc_id,
            reference.provision_path,
            reference.text,
            successor=name,
            instrument=reference.number,
        )
    issued, replaced_on = document.header.issued_on, successor.header.issued_on
    if issued and replaced_on and issued > replaced_on:
        yield finding(
            "cites-replaced",
            document.doc_id,
            reference.provision_path,
            reference.text,
            number=reference.number,
            successor=name,
        )


def _replaced(documents: Sequence[Document]) -> Mapping[str, str]:
    """Return, per replaced instrument, the document of this corpus that replaces it."""
    return {
        reference.reference_key: document.doc_id
        for document in documents
        for reference in document.references
        if reference.relation is ReferenceRelation.REPLACES and reference.reference_key
    }


def _carried_out(document: Document) -> list[Reference]:
    """Return the first mention of every instrument carried out; under succession, of every one cited."""
    relations = {ReferenceRelation.IMPLEMENTS}
    if document.parent_basis is ParentBasis.SUCCESSION:
        relations.add(ReferenceRelation.CITES)
    first: dict[str, Reference] = {}
    for reference in document.references:
        if reference.relation in relations and reference.reference_key and reference.number:
            first.setdefault(reference.reference_key, reference)
    return list(first.values())
