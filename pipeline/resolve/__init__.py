"""Facts of the corpus to identity: places, bodies, keys of instruments, targets in the corpus, the parent.

Imports ``records``, ``lexicon`` and ``extract``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.records import Document
from pipeline.resolve.bodies import identify_bodies, substitutes
from pipeline.resolve.graph import citations, link_references, missing_instruments
from pipeline.resolve.keys import key_references
from pipeline.resolve.outlines import Standing, outline_of, standing_of, with_standing
from pipeline.resolve.parents import Parent, choose_parents
from pipeline.resolve.place_names import current_communes, current_province
from pipeline.resolve.places import locate, with_places

__all__ = [
    "Standing",
    "choose_parents",
    "citations",
    "current_communes",
    "current_province",
    "identify_bodies",
    "locate",
    "missing_instruments",
    "outline_of",
    "resolve_corpus",
    "resolve_document",
    "resolve_references",
    "standing_of",
    "substitutes",
    "with_standing",
]


def resolve_references(documents: Sequence[Document]) -> list[Document]:
    """Return *documents*, in their order, with ``reference_key`` and ``target_doc_id`` on every reference.

    Both are None where unknown: a key needs a number or the name of a law, a target one document of the
    corpus with that key.
    """
    return link_references(key_references(documents))


def resolve_document(document: Document) -> Document:
    """Return *document* with what it tells by itself: its level and place, and which bodies it means."""
    return identify_bodies([with_places(document)])[0]


def resolve_corpus(
    documents: Sequence[Document], *, manifest_parents: Mapping[str, str | None]
) -> list[Document]:
    """Return *documents*, in their order, with references resolved and parents chosen.

    Outlines will do (`outline_of`), of documents that `resolve_document` has seen. *manifest_parents* gives,
    per ``doc_id``, the parent that the manifest names, if any.
    """
    resolved = resolve_references(documents)
    parents = choose_parents(resolved, manifest_parents)
    return [_with_parent(document, parents.get(document.doc_id)) for document in resolved]


def _with_parent(document: Document, parent: Parent | None) -> Document:
    if parent is None:
        return document
    return replace(document, parent_doc_id=parent[0], parent_basis=parent[1])
