"""One run: the stages in order, from a corpus folder to published outputs.

No stage holds more of the corpus than outlines, digests and counts; whole documents and comparisons lie in
the cache, from which each chunk takes its own. Progress and the summary go to stderr through `progress`;
nothing is printed here. Imports every stage.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import __version__
from pipeline.align.overrides import Override, place_overrides, read_overrides
from pipeline.check import Siblings, corpus_findings
from pipeline.corpus import Corpus, open_corpus
from pipeline.errors import UsageError
from pipeline.read import Limits
from pipeline.records import Citation, Finding, Level, Reject
from pipeline.resolve import citations, resolve_corpus
from pipeline.run.analysing import Filed, analyse_sources
from pipeline.run.cache import Cache
from pipeline.run.comparing import Stood, compare, stand, whole_document
from pipeline.run.fingerprint import SourcePrint, fingerprint_sources
from pipeline.run.incremental import Memory, Remade
from pipeline.run.progress import Progress
from pipeline.run.publish import current_slot, empty_slot, locked, publish, writing
from pipeline.run.reporting import page_prints, write_run_report
from pipeline.run.seal import inputs_of, write_seal
from pipeline.run.tabling import write_run_tables
from pipeline.run.tally import Summary, Tally
from pipeline.run.workers import Engine, LocalEngine, local_engine
from pipeline.run.workshop import Workshop
from pipeline.tables import Results
from pipeline.tables.datapackage import write_datapackage

Findings = dict[str, list[Finding]]
"""Findings by document."""


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before any comparison: documents in their places, who cites what, and what that shows."""

    documents: Sequence[Stood]
    citations: Sequence[Citation]
    findings: Findings
    rejects: Sequence[Reject]


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is known when all documents were compared: keys of the comparisons, counts, what siblings show."""

    documents: Sequence[Stood]
    comparisons: Mapping[str, str]
    findings: Findings
    tally: Tally
    rejects: Sequence[Reject]


def run(
    corpus_folder: Path,
    out: Path,
    *,
    workers: int,
    progress: Progress,
    overrides: Path | None = None,
    cache: Path | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
) -> RunSummary:
    """Compare the corpus and publish tables, report and ``run.json`` in *out*.

    Args:
        workers: processes; results and bytes do not depend on the number.
        overrides: what a person decided against the model; see `pipeline.align.overrides`.
        cache: folder of results of former runs; None makes everything anew and keeps nothing.
        scheduler: address of a Dask cluster that does the work in place of *workers*; the report is written
            by *workers* all the same, beside the tables.
        limits: what one file may cost; ``Limits()`` unless given.

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
    with locked(out), _memory(out, cache) as memory:
        prints = fingerprint_sources(corpus.sources, limits or Limits())
        inputs = inputs_of(corpus, out, prints, [overrides] if overrides else [])
        with local_engine(workers) as here, _engine(here, scheduler) as engine:
            workshop = Workshop(engine, memory, progress, limits or Limits())
            known = _analyse(corpus, prints, workshop, clock)
            with clock.stage("compare"):
                compared = _compare(known, decisions, workshop)
            rejects = (*corpus.rejects, *known.rejects, *bad_rows, *compared.rejects)
            summary = _summarise(compared, rejects)
            _require_something(summary, corpus_folder, out)
            rest = Results(consensus=compared.tally.consensus(), citations=known.citations, rejects=rejects)
            with writing(out):
                slot = empty_slot(out)
                with clock.stage("tables"):
                    rows = _write_tables(slot, compared, rest, workshop)
                with clock.stage("report"):
                    _write_report(slot, out, corpus.folder, compared, workshop, here)
                _write_run_file(slot / "run.json", corpus, compared, rejects, rows, clock)
                write_seal(slot, inputs, summary)
                publish(slot, out)
                memory.close()
    return RunSummary(summary, rows, clock.seconds, memory.remade, memory.recalled)


def _require_something(summary: Summary, corpus_folder: Path, out: Path) -> None:
    """Refuse to put outputs without a document in the place of others.

    Raises:
        UsageError: nothing could be read.
    """
    if not summary.documents and current_slot(out) is not None:
        first = summary.rejects[0]
        raise UsageError(
            f"{corpus_folder}: none of its files could be read ({first.source_path}: {first.detail}); "
            "the former outputs stand"
        )


@contextmanager
def _memory(out: Path, cache: Path | None) -> Iterator[Memory]:
    """Yield what is remembered; without a *cache*, in a folder that does not outlive the run."""
    if cache is not None:
        yield Memory(Cache(cache))
        return
    scratch = out / ".runs" / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)  # of a run that was killed
    try:
        yield Memory(Cache(scratch), fresh=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _engine(here: Engine, scheduler: str | None) -> AbstractContextManager[Engine]:
    if scheduler is None:
        return nullcontext(here)
    from pipeline.run.cluster import cluster_engine  # an extra that most installations do without

    return cluster_engine(scheduler)


def _analyse(corpus: Corpus, prints: Sequence[SourcePrint], workshop: Workshop, clock: _Clock) -> _Known:
    """Return the documents in their places; nothing else of their outlines is asked for again."""
    with clock.stage("analyse"):
        filed, rejects = analyse_sources(corpus.sources, prints, workshop)
    with clock.stage("resolve"):
        return _resolve(corpus, filed, rejects)


def _resolve(corpus: Corpus, filed: Sequence[Filed], rejects: Sequence[Reject]) -> _Known:
    findings: Findings = defaultdict(list)
    named = {source.doc_id: source.manifest.parent for source in corpus.sources}
    outlines = resolve_corpus([item.outline for item in filed], manifest_parents=named)
    _gather(findings, corpus_findings(outlines))
    documents = [stand(item, outline) for item, outline in zip(filed, outlines, strict=True)]
    return _Known(documents, citations(outlines), findings, rejects)


def _compare(known: _Known, overrides: Sequence[Override], workshop: Workshop) -> _Compared:
    documents, findings = known.documents, known.findings
    parents = {item.doc_id: item.standing.parent_doc_id for item in documents}
    decisions, rejects = place_overrides(overrides, parents)
    comparisons: dict[str, str] = {}
    refused: dict[str, Sequence[Reject]] = {}
    tally, siblings = Tally(), Siblings()
    for doc_id, key, comparison in compare(documents, decisions, workshop):
        comparisons[doc_id] = key
        parent = parents[doc_id]
        if parent is not None and comparison.alignment is not None:
            tally.add(parent, doc_id, comparison.alignment)
            siblings.add(parent, doc_id, comparison.digest)
        tally.add_findings(comparison.findings)
        refused[doc_id] = comparison.rejects
    _gather(findings, siblings.findings(_item_texts(documents, workshop)))
    for rows in findings.values():
        tally.add_findings(rows)
    rejects += [reject for item in documents for reject in refused[item.doc_id]]
    return _Compared(documents, comparisons, findings, tally, rejects)


def _gather(findings: Findings, found: Iterable[Finding]) -> None:
    for row in found:
        findings[row.doc_id].append(row)


def _item_texts(documents: Sequence[Stood], workshop: Workshop) -> dict[str, dict[str, str]]:
    """Return the texts of the provisions of every directive, by path."""
    parents = {item.standing.parent_doc_id for item in documents}
    return {
        item.doc_id: {row.path: row.text for row in whole_document(workshop, item).provisions}
        for item in documents
        if item.doc_id in parents
    }


def _summarise(compared: _Compared, rejects: Sequence[Reject]) -> Summary:
    parents = {item.doc_id: item.standing.parent_doc_id for item in compared.documents}
    known = {doc_id for pair in parents.items() if pair[1] for doc_id in pair}
    return Summary(
        documents=len(compared.documents),
        tasks=sum(item.tasks for item in compared.documents),
        localities=compared.tally.worst_first(),
        alone=[
            item.doc_id
            for item in compared.documents
            if item.doc_id not in known and item.level is not Level.CENTRAL
        ],
        severities=compared.tally.severities,
        rejects=rejects,
    )


def _write_tables(slot: Path, compared: _Compared, rest: Results, workshop: Workshop) -> dict[str, int]:
    rows = write_run_tables(
        slot / "tables", compared.documents, compared.comparisons, compared.findings, rest, workshop
    )
    write_datapackage(slot / "tables", slot / "datapackage.json")
    return rows


def _write_report(
    slot: Path, out: Path, corpus: Path, compared: _Compared, workshop: Workshop, here: LocalEngine
) -> None:
    way = os.path.relpath(corpus, out / "report")
    prints = page_prints(slot / "tables", compared.documents, compared.comparisons, compared.findings, way)
    write_run_report(slot, out, prints, way, workshop, here)


def _write_run_file(
    path: Path,
    corpus: Corpus,
    compared: _Compared,
    rejects: Sequence[Reject],
    rows: dict[str, int],
    clock: _Clock,
) -> None:
    inputs = {item.source_path: item.sha256 for item in compared.documents}
    inputs |= {reject.source_path: reject.sha256 for reject in rejects if reject.sha256}
    content = {
        "version": __version__,
        "arguments": {"corpus": corpus.folder.as_posix()},
        "inputs": dict(sorted(inputs.items())),
        "rows": rows,
        "seconds": clock.seconds,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
