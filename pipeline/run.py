"""One run: the stages in order, from a corpus folder to published outputs.

Imports every stage. Progress and the summary go to stderr through `progress`; nothing is printed here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from pipeline import __version__
from pipeline.align import align_documents
from pipeline.analyse import analyse_source, sha256_of
from pipeline.check import find_findings
from pipeline.corpus import Corpus, Source, open_corpus
from pipeline.datapackage import write_datapackage
from pipeline.errors import UnreadableFile
from pipeline.overrides import Override, apply_overrides, read_overrides
from pipeline.progress import Progress
from pipeline.publish import empty_slot, locked, publish
from pipeline.records import Document, LocalAlignment, Reject
from pipeline.report import write_report
from pipeline.resolve import citations, resolve_corpus
from pipeline.tables import Results, write_tables

CHUNK = 64
"""Documents per task of a worker: enough to outweigh the cost of sending them."""

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: its results, rows per table, and seconds per stage."""

    results: Results
    rows: dict[str, int]
    seconds: dict[str, float]


@dataclass(slots=True)
class _Clock:
    """Seconds per stage, in the order of the stages."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def run(
    corpus_folder: Path, out: Path, *, workers: int, progress: Progress, overrides: Path | None = None
) -> RunSummary:
    """Compare the corpus and publish tables, report and ``run.json`` in *out*.

    Args:
        workers: processes; results and bytes do not depend on the number.
        overrides: what a person decided against the model; see `pipeline.overrides`.

    Raises:
        UsageError: the corpus or the overrides cannot be used, or *out* cannot be written or is in use.
    """
    clock = _Clock()
    corpus = open_corpus(corpus_folder)
    decisions, bad_rows = read_overrides(overrides) if overrides else ([], [])
    with locked(out):
        slot = empty_slot(out)
        results = _results(corpus, decisions, workers, progress, clock)
        results = replace(results, rejects=(*results.rejects, *bad_rows))
        with clock.stage("tables"):
            rows = write_tables(results, slot / "tables")
            write_datapackage(slot / "tables", slot / "datapackage.json")
        with clock.stage("report"):
            write_report(slot / "tables", slot / "report")
        _write_run_file(slot / "run.json", corpus, results, rows, clock.seconds)
        publish(slot, out)
    return RunSummary(results, rows, clock.seconds)


def _results(
    corpus: Corpus, overrides: Sequence[Override], workers: int, progress: Progress, clock: _Clock
) -> Results:
    with clock.stage("analyse"):
        outcomes = _map(_analyse, corpus.sources, workers, progress, "analyse")
        analysed = [outcome for outcome in outcomes if isinstance(outcome, Document)]
        rejects = [outcome for outcome in outcomes if isinstance(outcome, Reject)]
    with clock.stage("resolve"):
        parents = {source.doc_id: source.manifest.parent for source in corpus.sources}
        documents = resolve_corpus(analysed, manifest_parents=parents)
    with clock.stage("align"):
        computed = _align(documents, workers, progress)
        alignments, unused = apply_overrides(documents, computed, overrides)
        rejects += unused
    results = Results(documents, alignments, citations(documents), (), (*corpus.rejects, *rejects))
    with clock.stage("check"):
        return replace(results, findings=find_findings(results.documents, results.alignments))


def _analyse(source: Source) -> Document | Reject:
    try:
        return analyse_source(source)
    except UnreadableFile as error:
        return Reject(source.relative_path, sha256_of(source.path), error.reason, error.detail)


def _align(documents: Sequence[Document], workers: int, progress: Progress) -> list[LocalAlignment]:
    by_id = {document.doc_id: document for document in documents}
    pairs = [
        (by_id[document.parent_doc_id], document) for document in documents if document.parent_doc_id in by_id
    ]
    return _map(_align_pair, pairs, workers, progress, "align")


def _align_pair(pair: tuple[Document, Document]) -> LocalAlignment:
    parent, local = pair
    return LocalAlignment(parent.doc_id, local.doc_id, align_documents(parent, local))


def _map(
    function: Callable[[T], R], items: Sequence[T], workers: int, progress: Progress, stage: str
) -> list[R]:
    """Return *function* of each item in the order of *items*, in *workers* processes where it pays."""
    with progress.stage(stage, len(items)) as advance:
        if workers == 1 or len(items) <= CHUNK:
            return list(advance(map(function, items)))
        with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
            return list(advance(pool.map(function, items, chunksize=CHUNK)))


def _write_run_file(
    path: Path, corpus: Corpus, results: Results, rows: dict[str, int], seconds: dict[str, float]
) -> None:
    content = {
        "version": __version__,
        "arguments": {"corpus": corpus.folder.as_posix()},
        "inputs": dict(sorted(_input_hashes(results))),
        "rows": rows,
        "seconds": seconds,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _input_hashes(results: Results) -> Iterable[tuple[str, str]]:
    for document in results.documents:
        if document.source_path and document.sha256:
            yield document.source_path, document.sha256
    for reject in results.rejects:
        if reject.sha256:
            yield reject.source_path, reject.sha256
