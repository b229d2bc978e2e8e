"""What a corpus must know of its documents, and what each learns from it in return.

A corpus of fifty thousand plans does not fit into memory, their headers and references do: parents, keys of
instruments and the graph of citations are found on *outlines*, and each whole document is told its
*standing* when its turn comes. Imports ``records``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.records import Document, ParentBasis, ProvisionRole


@dataclass(frozen=True, slots=True)
class Standing:
    """What the corpus tells about a document: its parent, and keys and targets of its references in order."""

    parent_doc_id: str | None = None
    parent_basis: ParentBasis | None = None
    reference_keys: tuple[str | None, ...] = ()
    target_doc_ids: tuple[str | None, ...] = ()


def outline_of(document: Document) -> Document:
    """Return *document* without its text: header, references, and where its preamble stands."""
    preamble = tuple(
        replace(row, text="") for row in document.provisions if row.role is ProvisionRole.PREAMBLE
    )
    return replace(document, text="", provisions=preamble, deadlines=(), assignments=(), repairs=())


def standing_of(outline: Document) -> Standing:
    """Return what was found out about a document on its resolved *outline*."""
    return Standing(
        outline.parent_doc_id,
        outline.parent_basis,
        tuple(reference.reference_key for reference in outline.references),
        tuple(reference.target_doc_id for reference in outline.references),
    )


def with_standing(document: Document, standing: Standing) -> Document:
    """Return *document* with what its outline's *standing* says of it.

    >>> plan = Document("kh-12", "1. Rà soát.")
    >>> with_standing(plan, Standing("ct-06", ParentBasis.IMPLEMENTS)).parent_doc_id
    'ct-06'
    """
    references = tuple(
        replace(reference, reference_key=key, target_doc_id=target)
        for reference, key, target in zip(
            document.references, standing.reference_keys, standing.target_doc_ids, strict=True
        )
    )
    return replace(
        document,
        references=references,
        parent_doc_id=standing.parent_doc_id,
        parent_basis=standing.parent_basis,
    )
