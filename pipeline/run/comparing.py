"""The second stage: every document against its directive, and what it shows by itself and beside it.

Imports ``align``, ``check``, ``resolve``, ``analysing``, ``fingerprint``, ``cache``, ``incremental`` and
``workshop``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.align import FamilyStatistics, align_documents, family_statistics
from pipeline.align.overrides import Override, apply_overrides
from pipeline.check import LocalDigest, digest_of, document_findings, pair_findings
from pipeline.errors import TooLongToCompare
from pipeline.records import Alignment, Document, Finding, Level, Reject
from pipeline.resolve import Standing, standing_of, with_standing
from pipeline.run.analysing import CODE, Filed, Outcome
from pipeline.run.cache import decode, encode
from pipeline.run.fingerprint import COMPARISON, code_version, digest
from pipeline.run.incremental import Job, results_of
from pipeline.run.workshop import Workshop

Decisions = Mapping[str, Sequence[Override]]
"""What a person decided, by local document."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A document as a run holds it: its place in the corpus, and the key of its `Outcome`."""

    doc_id: str
    key: str
    standing: Standing
    level: Level | None
    source_path: str
    sha256: str
    tasks: int

    @property
    def print(self) -> str:
        """The hash of everything that the resolved document is made from."""
        return digest(self.key, encode(self.standing))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing one document came to; ``alignment`` is None where it has no directive in the corpus.

    ``rejects`` are the rows of overrides that changed nothing, or say why the document was not compared.
    """

    alignment: Alignment | None
    digest: LocalDigest
    findings: tuple[Finding, ...]
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparing:
    """What a worker needs to compare one document: encoded outcomes, each with its standing."""

    local: bytes
    standing: Standing
    parent: bytes | None
    decisions: tuple[Override, ...]


def stand(filed: Filed, outline: Document) -> Stood:
    """Return the document *filed* with the place that its resolved *outline* has in the corpus."""
    return Stood(
        outline.doc_id,
        filed.key,
        standing_of(outline),
        outline.level,
        outline.source_path or "",
        outline.sha256 or "",
        filed.tasks,
    )


def compare(
    documents: Sequence[Stood], decisions: Decisions, workshop: Workshop
) -> Iterator[tuple[str, str, Comparison]]:
    """Yield key of the document, key of its comparison, and the comparison; in no particular order."""
    parents = _Parents({document.doc_id: document for document in documents}, workshop)
    jobs = [_comparison(document, parents, decisions, workshop) for document in documents]
    with workshop.progress.stage("compare", len(jobs)) as advance:
        results = results_of(jobs, compare_chunk, Comparison, workshop.memory, workshop.engine)
        for place, comparison in advance(results):
            yield documents[place].doc_id, jobs[place].key, comparison


class _Parents:
    """The directives, encoded for workers when the first local document asks for one."""

    def __init__(self, documents: Mapping[str, Stood], workshop: Workshop) -> None:
        self._documents = documents
        self._workshop = workshop
        self._encoded = lru_cache(maxsize=8)(self._encode)

    def of(self, document: Stood) -> Stood | None:
        return self._documents.get(document.standing.parent_doc_id or "")

    def encoded(self, parent: Stood) -> bytes:
        return self._encoded(parent.doc_id)

    def _encode(self, doc_id: str) -> bytes:
        document = whole_document(self._workshop, self._documents[doc_id])
        return encode(replace(document, repairs=()))  # half of the bytes, and they tell alignment nothing


def whole_document(workshop: Workshop, document: Stood) -> Document:
    """Return *document* with everything that is known of it."""
    return resolved(workshop.memory.fetch(document.key), document.standing)


def resolved(outcome: bytes, standing: Standing) -> Document:
    """Return the document of an encoded `Outcome` with its place in the corpus."""
    return with_standing(decode(decode(outcome, Outcome).document, Document), standing)


def _comparison(
    document: Stood, parents: _Parents, decisions: Decisions, workshop: Workshop
) -> Job[Comparing]:
    parent = parents.of(document)
    decided = tuple(decisions.get(document.doc_id, ())) if parent else ()
    causes = {
        "document": document.print,
        "directive": parent.print if parent else "",
        "overrides": digest(encode(decided)),
        CODE: code_version(COMPARISON),
    }

    def task() -> Comparing:
        encoded = parents.encoded(parent) if parent else None
        return Comparing(workshop.memory.fetch(document.key), document.standing, encoded, decided)

    name = f"{document.doc_id} against {parent.doc_id}" if parent else f"{document.doc_id} by itself"
    return Job(name, digest("comparison", *causes.values()), causes, task)


# --- in a worker ---------------------------------------------------------------------------------


def compare_chunk(tasks: Sequence[Comparing]) -> list[bytes]:
    """Return the encoded `Comparison` of each document."""
    return [encode(_compared(task)) for task in tasks]


def _compared(task: Comparing) -> Comparison:
    local = resolved(task.local, task.standing)
    found = tuple(document_findings(local))
    if task.parent is None:
        return Comparison(None, LocalDigest(), found)
    try:
        parent, statistics = _family(task.parent)
        computed = align_documents(parent, local, statistics=statistics)
    except TooLongToCompare as error:
        reject = Reject(local.source_path or "", local.sha256, "not_compared", str(error))
        return Comparison(None, LocalDigest(), found, (reject,))
    alignment, rejects = apply_overrides(parent, local, computed, task.decisions)
    found += tuple(pair_findings(parent, local, alignment))
    return Comparison(alignment, digest_of(local, alignment), found, tuple(rejects))


@lru_cache(maxsize=8)
def _family(parent: bytes) -> tuple[Document, FamilyStatistics]:
    """Return the parent and its statistics, read once per worker for the whole family."""
    document = decode(parent, Document)
    return document, family_statistics(document)
