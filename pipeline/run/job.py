"""One run: the stages in order, from a corpus folder to published outputs.

Imports every stage. Progress and the summary go to stderr through `progress`; nothing is printed here.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import __version__
from pipeline.align.overrides import Override, apply_overrides, read_overrides
from pipeline.check import find_findings
from pipeline.corpus import Corpus, open_corpus
from pipeline.errors import UsageError
from pipeline.report import write_report
from pipeline.report.workbook import write_workbook
from pipeline.resolve import citations, resolve_corpus
from pipeline.run.cache import Cache
from pipeline.run.incremental import Memory, Remade
from pipeline.run.progress import Progress, Summary, summarise
from pipeline.run.publish import empty_slot, locked, publish, writing
from pipeline.run.seal import inputs_of, write_seal
from pipeline.run.stages import Workshop, align_locals, analyse_sources
from pipeline.run.workers import Engine, local_engine
from pipeline.tables import Results, write_tables
from pipeline.tables.datapackage import write_datapackage


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: its results in short, rows per table, seconds per stage, and what was made anew.

    ``recalled`` counts the results that came from the cache.
    """

    summary: Summary
    rows: dict[str, int]
    seconds: dict[str, float]
    remade: Sequence[Remade] = ()
    recalled: int = 0


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
    corpus_folder: Path,
    out: Path,
    *,
    workers: int,
    progress: Progress,
    overrides: Path | None = None,
    cache: Path | None = None,
    scheduler: str | None = None,
) -> RunSummary:
    """Compare the corpus and publish tables, report and ``run.json`` in *out*.

    Args:
        workers: processes; results and bytes do not depend on the number.
        overrides: what a person decided against the model; see `pipeline.align.overrides`.
        cache: folder of results of former runs; None makes everything anew and keeps nothing.
        scheduler: address of a Dask cluster that does the work in place of *workers*.

    Raises:
        UsageError: the corpus or the overrides cannot be used, *out* cannot be written or is in use, or a
            worker died.
    """
    clock = _Clock()
    if out.resolve().is_relative_to(corpus_folder.resolve()):
        raise UsageError(
            f"{out}: lies in the corpus folder, whose files are never touched; choose another --out"
        )
    corpus = open_corpus(corpus_folder)
    decisions, bad_rows = read_overrides(overrides) if overrides else ([], [])
    with locked(out):
        memory = Memory(Cache(cache) if cache else None)
        inputs = inputs_of(corpus, out, [overrides] if overrides else [])
        with _engine(workers, scheduler) as engine:
            results = _results(corpus, decisions, Workshop(engine, memory, progress), clock)
        results = replace(results, rejects=(*results.rejects, *bad_rows))
        summary, hashes = summarise(results), dict(sorted(_input_hashes(results)))
        with writing(out):
            slot = empty_slot(out)
            rows = _write_tables(slot, results, clock)
            del results  # what follows reads the tables; the records would double the memory
            _write_report(slot, os.path.relpath(corpus_folder, out / "report"), clock)
            _write_run_file(slot / "run.json", corpus, hashes, rows, clock.seconds)
            write_seal(slot, inputs, documents=summary.documents, rejects=len(summary.rejects))
            publish(slot, out)
            memory.close()
    return RunSummary(summary, rows, clock.seconds, memory.remade, memory.recalled)


def _engine(workers: int, scheduler: str | None) -> AbstractContextManager[Engine]:
    if scheduler is None:
        return local_engine(workers)
    from pipeline.run.cluster import cluster_engine  # an extra that most installations do without

    return cluster_engine(scheduler)


def _results(corpus: Corpus, overrides: Sequence[Override], workshop: Workshop, clock: _Clock) -> Results:
    with clock.stage("analyse"):
        analysed, rejects = analyse_sources(corpus.sources, workshop)
    with clock.stage("resolve"):
        parents = {source.doc_id: source.manifest.parent for source in corpus.sources}
        documents = resolve_corpus(analysed, manifest_parents=parents)
    with clock.stage("align"):
        computed = align_locals(documents, workshop)
        alignments, unused = apply_overrides(documents, computed, overrides)
        rejects += unused
    results = Results(documents, alignments, citations(documents), (), (*corpus.rejects, *rejects))
    with clock.stage("check"):
        return replace(results, findings=find_findings(results.documents, results.alignments))


def _write_tables(slot: Path, results: Results, clock: _Clock) -> dict[str, int]:
    with clock.stage("tables"):
        rows = write_tables(results, slot / "tables")
        write_datapackage(slot / "tables", slot / "datapackage.json")
    return rows


def _write_report(slot: Path, source_links: str, clock: _Clock) -> None:
    """Write what people open; *source_links* leads from the report to the corpus folder."""
    with clock.stage("report"):
        write_report(slot / "tables", slot / "report", corpus_href=source_links)
        write_workbook(slot / "tables", slot / "doi-chieu.xlsx")


def _write_run_file(
    path: Path, corpus: Corpus, hashes: dict[str, str], rows: dict[str, int], seconds: dict[str, float]
) -> None:
    content = {
        "version": __version__,
        "arguments": {"corpus": corpus.folder.as_posix()},
        "inputs": hashes,
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
