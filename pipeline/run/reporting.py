"""The last stage: the tables to what people open; pages that would come out as they stand are linked.

Imports ``report``, ``comparing``, ``fingerprint``, ``cache``, ``publish``, ``seal``, ``workers`` and
``workshop``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.records import Finding
from pipeline.report.names import page_name
from pipeline.report.pages import page_labels, pages_of, write_pages
from pipeline.report.site import prepare, write_views
from pipeline.report.workbook import write_workbook
from pipeline.run.cache import encode, read_note, write_note
from pipeline.run.comparing import Stood
from pipeline.run.fingerprint import code_version, digest
from pipeline.run.publish import current_slot
from pipeline.run.seal import is_intact
from pipeline.run.workers import InProcess, LocalEngine, beside
from pipeline.run.workshop import Workshop

_LEDGER = ".pages.json"


def write_run_report(
    slot: Path, out: Path, prints: Mapping[str, str], source_links: str, workshop: Workshop, here: LocalEngine
) -> None:
    """Write report and workbook into *slot*; *source_links* leads from the report to the corpus folder.

    The workbook is one file and the work of one process: a worker writes it while the others write the pages.

    Args:
        prints: for each document what its page is made from, as `page_prints` tells.
    """
    tables, report = slot / "tables", slot / "report"
    prepare(report)
    kept = set() if workshop.memory.fresh else _link_pages(report, out, prints)
    pages = list(pages_of(tables, report, source_links, [doc_id for doc_id in prints if doc_id not in kept]))
    scribe = here if len(pages) > 1 else InProcess()  # starting processes for one chunk would take longer
    book = scribe.begin(write_workbook, tables, slot / "doi-chieu.xlsx")
    with (
        workshop.progress.stage("report", sum(len(task.doc_ids) for task in pages)) as advance,
        beside(count for done in here.map(write_pages, pages) for count in advance(range(done))),
    ):
        write_views(tables, report)
    book.result()
    write_note(slot / _LEDGER, dict(prints))


def page_prints(
    tables: Path,
    documents: Sequence[Stood],
    comparisons: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]],
    source_links: str,
) -> dict[str, str]:
    """Return for each document the hash of everything that its page is made from."""
    labels = page_labels(tables)
    prints = {item.doc_id: item.print for item in documents}
    return {
        item.doc_id: digest(
            code_version(),
            source_links,
            prints[item.doc_id],
            prints.get(item.standing.parent_doc_id or "", ""),
            comparisons[item.doc_id],
            encode(list(findings.get(item.doc_id, ()))),
            labels[item.doc_id],
            labels.get(item.standing.parent_doc_id or "", ""),
        )
        for item in documents
    }


def _link_pages(report: Path, out: Path, prints: Mapping[str, str]) -> set[str]:
    """Link what stands in *out* and would come out again into *report*; return the documents done.

    A page is never written twice into one file, so that the former run keeps what it has.
    """
    former = current_slot(out)
    if former is None or not is_intact(former):
        return set()
    before = read_note(former / _LEDGER, dict[str, str]) or {}
    same = [doc_id for doc_id, print_ in prints.items() if before.get(doc_id) == print_]
    return {doc_id for doc_id in same if _link_page(former / "report", report, page_name(doc_id))}


def _link_page(former: Path, report: Path, name: str) -> bool:
    """Link page and data of one document; where either cannot be linked, leave neither."""
    try:
        for file in _files(name):
            os.link(former / file, report / file)
    except OSError:
        for file in _files(name):
            (report / file).unlink(missing_ok=True)
        return False
    return True


def _files(name: str) -> Iterator[str]:
    yield f"doc/{name}.html"
    yield f"data/doc/{name}.js"
