"""The citation graph: which document of the corpus a mention means, and who cites what.

Imports ``records`` and ``resolve.keys``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.records import Citation, Document, ReferenceRelation
from pipeline.resolve.keys import document_identity


def link_references(documents: Sequence[Document]) -> list[Document]:
    """Return *documents* with ``target_doc_id`` set where a keyed mention means one document of the corpus.

    Two documents with one key leave the mention unlinked; so does a mention of the document itself.
    """
    targets = _targets(documents)
    return [_linked(document, targets) for document in documents]


def _targets(documents: Sequence[Document]) -> dict[str, str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        identity = document_identity(document)
        if identity is not None:
            owners[identity.key].append(document.doc_id)
    return {key: doc_ids[0] for key, doc_ids in owners.items() if len(doc_ids) == 1}


def _linked(document: Document, targets: Mapping[str, str]) -> Document:
    references = []
    for reference in document.references:
        target = targets.get(reference.reference_key or "")
        references.append(replace(reference, target_doc_id=target if target != document.doc_id else None))
    return replace(document, references=tuple(references))


def citations(documents: Sequence[Document]) -> list[Citation]:
    """Return the edges of the citation graph, sorted by source, key and relation.

    Mentions without a key (a decree named by its subject alone) are in no edge.
    """
    counts: Counter[tuple[str, str, ReferenceRelation]] = Counter()
    targets: dict[str, str | None] = {}
    for document in documents:
        for reference in document.references:
            if reference.reference_key is not None:
                counts[document.doc_id, reference.reference_key, reference.relation] += 1
                targets[reference.reference_key] = (
                    targets.get(reference.reference_key) or reference.target_doc_id
                )
    return [
        Citation(source, key, targets[key] if targets[key] != source else None, relation, mentions)
        for (source, key, relation), mentions in sorted(counts.items())
    ]


def missing_instruments(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """Return the instruments that are implemented but not in the corpus, each with the documents that wait.

    Keys are reference keys in sorted order; documents are sorted too.
    """
    waiting: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for reference in document.references:
            absent = reference.target_doc_id is None and reference.reference_key is not None
            if absent and reference.relation is ReferenceRelation.IMPLEMENTS:
                waiting[str(reference.reference_key)].add(document.doc_id)
    return {key: tuple(sorted(waiting[key])) for key in sorted(waiting)}
