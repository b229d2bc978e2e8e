"""The files of the report: pages, data chunks, style sheet and script.

Everything is written by itself and for good: no page asks a network for anything, and the same tables
give the same bytes. Data that not every reader needs waits in ``data/`` until a view asks for it.

::

    index.html            every view; a script fills the large ones from the chunks
    documents.html        all documents, readable without a script
    doc/<page>.html       one document, readable without a script
    data/index.js         documents, directives, items and the matrix
    data/<listing>.js     findings, deadlines, references, assignments
    data/doc/<page>.js    one document for the side-by-side view

Imports ``source`` and the modules of the views.
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from pipeline.report.cascade import cascade
from pipeline.report.coverage import directives
from pipeline.report.escape import chunk, write_text
from pipeline.report.graph import graph, instruments
from pipeline.report.index import index
from pipeline.report.listings import LISTINGS, write_listing
from pipeline.report.names import labels
from pipeline.report.overview import overview
from pipeline.report.pages import page_labels, pages_of, write_pages
from pipeline.report.source import Row, Source, read_source
from pipeline.report.templating import rendered, template_environment
from pipeline.report.words import load_words

_SPACES = {ord(" "): "␣", ord("\u00a0"): "␣", ord("\n"): "⏎", ord("\t"): "⇥"}
_ASSETS = ("report.css", "report.js")


def write_report(tables: Path, report: Path, *, corpus_href: str | None = None) -> None:
    """Write the report on the Parquet tables in the folder *tables* into the folder *report*.

    Args:
        tables: folder with one file per table.
        report: created where it is missing; an older report in it is replaced.
        corpus_href: how a page in *report* reaches the corpus folder, such as ``../../corpus``; without
            it, source files are named but not linked.

    Raises:
        UsageError: a table is missing or cannot be read.
    """
    prepare(report)
    write_views(tables, report)
    for pages in pages_of(tables, report, corpus_href, page_labels(tables)):
        write_pages(pages)


def write_views(tables: Path, report: Path) -> None:
    """Write everything but the pages of the documents to *report*, which is prepared.

    Raises:
        UsageError: a table is missing or cannot be read.
    """
    source = read_source(tables)
    names = labels(source.documents)
    environment = template_environment()
    _write_first_page(source, names, environment, report)
    page = environment.get_template("documents.html.j2")
    write_text(report / "documents.html", rendered(page, source=source, names=names, base=""))


def prepare(report: Path) -> None:
    """Make the folders of *report*, without the pages of an older one, and its style sheet and script."""
    _empty(report / "doc", "*.html")
    _empty(report / "data/doc", "*.js")
    for name in _ASSETS:
        write_text(report / name, (files(__package__) / name).read_text(encoding="utf-8"))
    write_text(report / "data/strings.js", chunk("strings", load_words()))


def _write_first_page(source: Source, names: dict[str, str], environment: Environment, report: Path) -> None:
    compared = directives(source)
    known = instruments(source)
    write_text(report / "data/index.js", chunk("index", index(source, compared, names, known)))
    for name in LISTINGS:
        write_listing(report / f"data/{name}.js", source, name)
    text = rendered(
        environment.get_template("index.html.j2"),
        base="",
        names=names,
        overview=overview(source, compared),
        cascade=cascade(source, names),
        graph=graph(source, names, known),
        repairs=_repairs(source),
        rejects=source.rejects,
    )
    write_text(report / "index.html", text)


def _repairs(source: Source) -> list[Row]:
    """Return the repairs by rule, the most frequent first, with the first of each as an example."""
    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    first: dict[str, Row] = {}
    for rows in source.repairs.values():
        counts.update(row["rule"] for row in rows)
        documents.update({row["rule"] for row in rows})
        for row in rows:
            first.setdefault(row["rule"], row)
    return [
        {
            "rule": rule,
            "count": count,
            "documents": documents[rule],
            "before": _spaces_shown(first[rule]["before"]),
            "after": _spaces_shown(first[rule]["after"]),
        }
        for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _spaces_shown(text: str) -> str:
    """Return *text* with its spaces as signs where it is nothing else, else with its line breaks so."""
    return text.replace("\n", "⏎") if text.strip() else text.translate(_SPACES)


def _empty(folder: Path, pattern: str) -> None:
    """Make sure of *folder* and remove what an older report left in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob(pattern):
        path.unlink()
