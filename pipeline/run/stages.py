"""The two stages that take time, document by document, and what a worker does in each of them.

A worker gets plain values and encoded records and gives encoded records back, on this machine or another.
Imports ``analyse``, ``align``, ``incremental``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from pipeline.align import FamilyStatistics, align_documents, family_statistics
from pipeline.analyse import analyse_source, sha256_of
from pipeline.corpus import Source
from pipeline.errors import UnreadableFile, UsageError
from pipeline.records import Alignment, Document, LocalAlignment, Reject
from pipeline.run.cache import decode, encode
from pipeline.run.fingerprint import ALIGNMENT, code_version, digest, fingerprint_source, hash_file
from pipeline.run.incremental import Job, Memory, results_of
from pipeline.run.progress import Progress
from pipeline.run.workers import Engine

T = TypeVar("T")
R = TypeVar("R")

_CODE = "code or lexicons"
Analysis = tuple[Source, str]
"""A source, and the hash of the file that it is to be."""

Pair = tuple[bytes, bytes]
"""The parent and the local document, encoded."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a document, or the reason why there is none."""

    document: Document | None = None
    reject: Reject | None = None


@dataclass(frozen=True, slots=True)
class Workshop:
    """What both stages work with."""

    engine: Engine
    memory: Memory
    progress: Progress


def analyse_sources(sources: Sequence[Source], workshop: Workshop) -> tuple[list[Document], list[Reject]]:
    """Return the documents and the rejects, each in the order of *sources*."""
    outcomes: list[Outcome | None] = [None] * len(sources)
    with workshop.progress.stage("analyse", len(sources)) as advance:
        jobs = map(_analysis, sources)
        results = results_of(jobs, analyse_chunk, Outcome, workshop.memory, workshop.engine)
        for place, outcome in advance(results):
            outcomes[place] = outcome
    documents = [outcome.document for outcome in outcomes if outcome and outcome.document]
    return documents, [outcome.reject for outcome in outcomes if outcome and outcome.reject]


def align_locals(documents: Sequence[Document], workshop: Workshop) -> list[LocalAlignment]:
    """Return the alignment of each document that has its parent in *documents*, in their order."""
    by_id = {document.doc_id: document for document in documents}
    locals_ = [document for document in documents if document.parent_doc_id in by_id]
    parents = {doc_id: _encoded(by_id[doc_id]) for doc_id in {str(local.parent_doc_id) for local in locals_}}
    jobs = (_alignment(local, parents[str(local.parent_doc_id)]) for local in locals_)
    found: list[Alignment] = [Alignment()] * len(locals_)
    with workshop.progress.stage("align", len(locals_)) as advance:
        results = results_of(jobs, align_chunk, Alignment, workshop.memory, workshop.engine)
        for place, alignment in advance(results):
            found[place] = alignment
    return [
        LocalAlignment(str(local.parent_doc_id), local.doc_id, alignment)
        for local, alignment in zip(locals_, found, strict=True)
    ]


def _analysis(source: Source) -> Job[Analysis]:
    prints = fingerprint_source(source)
    causes = {"file": prints.file, "row of the manifest": prints.row, _CODE: prints.code}
    found = replace(source, path=source.path.absolute())  # a worker may stand elsewhere
    return Job(source.doc_id, prints.key, causes, (found, prints.file))


def _alignment(local: Document, parent: bytes) -> Job[Pair]:
    data = _encoded(local)
    causes = {"directive": digest(parent), "document": digest(data), _CODE: code_version(ALIGNMENT)}
    key = digest("alignment", *causes.values())
    return Job(f"{local.doc_id} against {local.parent_doc_id}", key, causes, (parent, data))


def _encoded(document: Document) -> bytes:
    """Return *document* as an aligner needs it: repairs tell it nothing and would cost half the bytes."""
    return encode(replace(document, repairs=()))


# --- in a worker ---------------------------------------------------------------------------------


def analyse_chunk(analyses: Sequence[Analysis]) -> list[bytes]:
    """Return the encoded `Outcome` of each source.

    Raises:
        UsageError: a file is not the one that it is to be: it was changed meanwhile, or this is another
            machine and the corpus is not the same here.
    """
    return [encode(_outcome(source, expected)) for source, expected in analyses]


def _outcome(source: Source, expected: str) -> Outcome:
    try:
        outcome = Outcome(document=analyse_source(source))
    except UnreadableFile as error:
        reject = Reject(source.relative_path, sha256_of(source.path), error.reason, error.detail)
        outcome = Outcome(reject=reject)
    if hash_file(source.path) != expected:
        raise UsageError(f"{source.path}: not the file that the run began with; leave it alone and run again")
    return outcome


def align_chunk(pairs: Sequence[Pair]) -> list[bytes]:
    """Return the encoded `Alignment` of each pair."""
    return [encode(_aligned(parent, local)) for parent, local in pairs]


def _aligned(parent: bytes, local: bytes) -> Alignment:
    document, statistics = _family(parent)
    return align_documents(document, decode(local, Document), statistics=statistics)


@lru_cache(maxsize=8)
def _family(parent: bytes) -> tuple[Document, FamilyStatistics]:
    """Return the parent and its statistics, read once per worker for the whole family."""
    document = decode(parent, Document)
    return document, family_statistics(document)
