"""The first stage: every source by itself, read, cleaned, segmented, facts extracted, bodies named.

A worker gets a source and gives bytes back, on this machine or another; the whole document stays bytes, and
the main process sees its outline. Imports ``analyse``, ``resolve``, ``fingerprint``, ``cache``,
``incremental`` and ``workshop``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.analyse import analyse_source, sha256_of
from pipeline.corpus import Source
from pipeline.errors import UnreadableFile, UsageError
from pipeline.read import Limits
from pipeline.records import OPERATIVE_ROLES, Document, Reject
from pipeline.resolve import outline_of, resolve_document
from pipeline.run.cache import Packed, encode, pack
from pipeline.run.fingerprint import SourcePrint, hash_file
from pipeline.run.incremental import Job, results_of
from pipeline.run.workshop import Workshop

CODE = "code or lexicons"

Analysis = tuple[Source, str, Limits]
"""A source, the hash of the file that it is to be, and what reading it may cost."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a document with its outline, or the reason why there is none.

    ``tasks``: alignable provisions that tell somebody to do something.
    """

    document: Packed
    outline: Document | None = None
    tasks: int = 0
    reject: Reject | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """An analysed document as the main process holds it: its outline, and the key of all the rest."""

    key: str
    outline: Document
    tasks: int


def analyse_sources(
    sources: Sequence[Source], prints: Sequence[SourcePrint], workshop: Workshop
) -> tuple[list[Filed], list[Reject]]:
    """Return the documents by their keys, and the rejects in the order of *sources*.

    Args:
        prints: what each source was when the run began.
    """
    pairs = zip(sources, prints, strict=True)
    jobs = [_analysis(source, print_, workshop.limits) for source, print_ in pairs]
    outcomes: dict[int, Outcome] = {}
    with workshop.progress.stage("analyse", len(jobs)) as advance:
        results = results_of(jobs, analyse_chunk, Outcome, workshop.memory, workshop.engine)
        for place, outcome in advance(results):
            outcomes[place] = replace(outcome, document=Packed())
    filed = [
        Filed(jobs[place].key, outcome.outline, outcome.tasks)
        for place, outcome in outcomes.items()
        if outcome.outline is not None
    ]
    rejects = [outcomes[place].reject for place in range(len(jobs))]
    return sorted(filed, key=lambda item: item.outline.doc_id), [reject for reject in rejects if reject]


def _analysis(source: Source, prints: SourcePrint, limits: Limits) -> Job[Analysis]:
    causes = {
        "file": prints.file,
        "row of the manifest": prints.row,
        "limits": prints.limits,
        CODE: prints.code,
    }
    found = replace(source, path=source.path.absolute())  # a worker may stand elsewhere
    return Job(source.doc_id, prints.key, causes, lambda: (found, prints.file, limits))


# --- in a worker ---------------------------------------------------------------------------------


def analyse_chunk(analyses: Sequence[Analysis]) -> list[bytes]:
    """Return the encoded `Outcome` of each source.

    Raises:
        UsageError: a file is not the one that it is to be: it was changed meanwhile, or this is another
            machine and the corpus is not the same here.
    """
    return [encode(_outcome(*analysis)) for analysis in analyses]


def _outcome(source: Source, expected: str, limits: Limits) -> Outcome:
    try:
        document = resolve_document(analyse_source(source, limits))
        outcome = Outcome(pack(document), outline_of(document), _tasks(document))
    except UnreadableFile as error:
        reject = Reject(source.relative_path, sha256_of(source.path), error.reason, error.detail)
        outcome = Outcome(pack(None), reject=reject)
    if hash_file(source.path) != expected:
        raise UsageError(f"{source.path}: not the file that the run began with; leave it alone and run again")
    return outcome


def _tasks(document: Document) -> int:
    return sum(row.alignable and row.role in OPERATIVE_ROLES for row in document.provisions)
