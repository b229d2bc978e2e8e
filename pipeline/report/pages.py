"""A page per document, readable without a script, and its data for the side-by-side view.

Pages know of each other by name alone, so any part of them can be written by itself, also at the same time.
Imports ``source``, ``documents``, ``escape``, ``names`` and ``templating``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from jinja2 import Template

from pipeline.report.documents import document_chunk, item_views, provision_views, raw_view
from pipeline.report.escape import chunk, write_text
from pipeline.report.names import labels, page_name
from pipeline.report.source import Source, read_documents, read_source
from pipeline.report.templating import rendered, template_environment

_CHUNK = 64
"""Pages to a task: enough to outweigh opening the tables."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The documents whose pages are to be written from the tables to the folder of the report.

    ``corpus_href`` is the way from the report to the corpus folder; None leaves source files without links.
    """

    tables: Path
    report: Path
    corpus_href: str | None
    doc_ids: Sequence[str]


def pages_of(tables: Path, report: Path, corpus_href: str | None, doc_ids: Iterable[str]) -> Iterator[Pages]:
    """Yield the pages of the documents *doc_ids*, some at a time."""
    rest = iter(doc_ids)
    while some := tuple(islice(rest, _CHUNK)):
        yield Pages(tables, report, corpus_href, some)


def page_labels(tables: Path) -> dict[str, str]:
    """Return what each document is called on the pages, in the order of the tables.

    Raises:
        UsageError: a table is missing or cannot be read.
    """
    return labels(read_documents(tables))


def write_pages(pages: Pages) -> int:
    """Write ``doc/<page>.html`` and ``data/doc/<page>.js`` for each document; return how many there are."""
    source, names = _opened(pages.tables, _version(pages.tables))
    template = _template(pages.corpus_href)
    for doc_id in pages.doc_ids:
        name = page_name(doc_id)
        data = chunk(f"doc/{name}", document_chunk(source, doc_id))
        write_text(pages.report / f"data/doc/{name}.js", data)
        write_text(pages.report / f"doc/{name}.html", _page(source, names, doc_id, template))
    return len(pages.doc_ids)


def _page(source: Source, names: dict[str, str], doc_id: str, template: Template) -> str:
    return rendered(
        template,
        base="../",
        document=source.documents[doc_id],
        names=names,
        provisions=provision_views(source, doc_id),
        items=item_views(source, doc_id),
        additions=source.additions.get(doc_id, ()),
        terms=[row for row in source.drift.get(doc_id, ()) if row["type"] == "term"],
        findings=source.findings.get(doc_id, ()),
        repairs=Counter(row["rule"] for row in source.repairs.get(doc_id, ())),
        raw=raw_view(source, doc_id),
    )


def _version(tables: Path) -> int:
    """Return what tells new tables from old ones in the same place."""
    return (tables / "documents.parquet").stat().st_mtime_ns


@lru_cache(maxsize=1)
def _opened(tables: Path, version: int) -> tuple[Source, dict[str, str]]:
    source = read_source(tables)
    return source, labels(source.documents)


@lru_cache(maxsize=1)
def _template(corpus_href: str | None) -> Template:
    environment = template_environment()
    environment.globals["source_href"] = partial(_source_href, corpus_href)
    return environment.get_template("document.html.j2")


def _source_href(corpus_href: str | None, source_path: str, page: int | None = None) -> str | None:
    """Return the way from a document's page to its source file, at *page* of a PDF."""
    if corpus_href is None:
        return None
    place = f"#page={page}" if page and source_path.lower().endswith(".pdf") else ""
    return f"../{corpus_href}/{quote(source_path)}{place}"
