"""Choice of the parent: the directive that a document is aligned against, and why that one.

In this order: the manifest; an instrument of the corpus that the document implements; the successor, in the
corpus, of an instrument that it implements or is introduced by; the only central directive of the corpus.
Imports ``records``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import (
    DocType,
    Document,
    Level,
    ParentBasis,
    Provision,
    ProvisionRole,
    Reference,
    ReferenceRelation,
)

Parent = tuple[str, ParentBasis]


def choose_parents(
    documents: Sequence[Document], manifest_parents: Mapping[str, str | None]
) -> dict[str, Parent]:
    """Return the parent of each document that has one, with the basis of the choice.

    References must carry keys and targets already. A parent that the manifest names and the corpus lacks is
    passed over. A central document never has a parent by assumption, and no choice closes a cycle.
    """
    by_id = {document.doc_id: document for document in documents}
    parents: dict[str, Parent] = {}
    for document in documents:
        named = manifest_parents.get(document.doc_id)
        if named in by_id and named != document.doc_id:
            parents[document.doc_id] = (str(named), ParentBasis.MANIFEST)
    successors = _successors(documents)
    only_directive = _only_central_directive(documents)
    for doc_id in sorted(by_id.keys() - parents.keys()):
        candidates = _candidates(by_id[doc_id], by_id, successors, only_directive)
        parent = next(
            (choice for choice in candidates if not _closes_cycle(doc_id, choice[0], parents)), None
        )
        if parent is not None:
            parents[doc_id] = parent
    return parents


def _candidates(
    document: Document,
    by_id: Mapping[str, Document],
    successors: Mapping[str, str],
    only_directive: str | None,
) -> Iterator[Parent]:
    """Yield the possible parents of *document*, best first."""
    implemented = [r for r in document.references if r.relation is ReferenceRelation.IMPLEMENTS]
    targets = [reference.target_doc_id for reference in implemented if reference.target_doc_id]
    for target in sorted(targets, key=lambda doc_id: not _is_central_directive(by_id[doc_id])):
        yield target, ParentBasis.IMPLEMENTS
    for reference in (*implemented, *_introducing(document)):
        if successor := successors.get(reference.reference_key or ""):
            yield successor, ParentBasis.SUCCESSION
    if only_directive is not None and document.level is not Level.CENTRAL:
        yield only_directive, ParentBasis.ASSUMED


def _introducing(document: Document) -> list[Reference]:
    """Return what the title and the preamble cite: the line of policy that the document stands in."""
    preamble = {p.path for p in document.provisions if _is_preamble(p)} | {"title"}
    return [
        reference
        for reference in document.references
        if reference.provision_path in preamble and reference.relation is ReferenceRelation.CITES
    ]


def _is_preamble(provision: Provision) -> bool:
    return provision.role is ProvisionRole.PREAMBLE


def _successors(documents: Sequence[Document]) -> dict[str, str]:
    """Return, for each key that exactly one document of the corpus replaces, that document."""
    replacing: dict[str, set[str]] = {}
    for document in documents:
        for reference in document.references:
            if reference.relation is ReferenceRelation.REPLACES and reference.reference_key:
                replacing.setdefault(reference.reference_key, set()).add(document.doc_id)
    return {key: next(iter(doc_ids)) for key, doc_ids in replacing.items() if len(doc_ids) == 1}


def _only_central_directive(documents: Sequence[Document]) -> str | None:
    directives = [document.doc_id for document in documents if _is_central_directive(document)]
    return directives[0] if len(directives) == 1 else None


def _is_central_directive(document: Document) -> bool:
    return document.level is Level.CENTRAL and document.header.doc_type is DocType.DIRECTIVE


def _closes_cycle(doc_id: str, parent: str, parents: Mapping[str, Parent]) -> bool:
    while parent != doc_id:
        if parent not in parents:
            return False
        parent = parents[parent][0]
    return True
