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

import datetime as dt
from collections import Counter
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report.cascade import cascade
from pipeline.report.coverage import STATUSES, directives
from pipeline.report.documents import document_chunk, item_views, provision_views, raw_view
from pipeline.report.escape import chunk, visible
from pipeline.report.graph import graph, instruments
from pipeline.report.index import index
from pipeline.report.listings import LISTINGS, listing
from pipeline.report.names import labels, page_name, shortened
from pipeline.report.overview import overview
from pipeline.report.source import Row, Source, read_source
from pipeline.report.words import label, load_words, svg_word, word, word_or

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
    source = read_source(tables)
    _empty(report / "doc", "*.html")
    _empty(report / "data/doc", "*.js")
    for name in _ASSETS:
        _write(report / name, (files(__package__) / name).read_text(encoding="utf-8"))
    _write(report / "data/strings.js", chunk("strings", load_words()))
    names = labels(source.documents)
    environment = template_environment()
    environment.globals["source_href"] = partial(_source_href, corpus_href)
    _write_first_page(source, names, environment, report)
    _write_documents(source, names, environment, report)
    page = environment.get_template("documents.html.j2")
    _write(report / "documents.html", page.render(source=source, names=names, base=""))


def _write_first_page(source: Source, names: dict[str, str], environment: Environment, report: Path) -> None:
    compared = directives(source)
    known = instruments(source)
    _write(report / "data/index.js", chunk("index", index(source, compared, names, known)))
    for name in LISTINGS:
        _write(report / f"data/{name}.js", chunk(name, listing(source, name)))
    text = environment.get_template("index.html.j2").render(
        base="",
        names=names,
        overview=overview(source, compared),
        cascade=cascade(source, names),
        graph=graph(source, names, known),
        repairs=_repairs(source),
        rejects=source.rejects,
    )
    _write(report / "index.html", text)


def template_environment() -> Environment:
    """Return the environment of the templates: markup escaped, unseen characters shown, no silent gaps."""
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {
        "t": word,
        "svg_word": svg_word,
        "label": label,
        "word_or": word_or,
        "page_name": page_name,
    }
    environment.globals["statuses"] = STATUSES
    environment.filters["date"] = _date
    environment.filters["percent"] = _percent
    environment.filters["shortened"] = shortened
    return environment


def _write_documents(source: Source, names: dict[str, str], environment: Environment, report: Path) -> None:
    page = environment.get_template("document.html.j2")
    for doc_id, document in source.documents.items():
        name = page_name(doc_id)
        _write(report / f"data/doc/{name}.js", chunk(f"doc/{name}", document_chunk(source, doc_id)))
        text = page.render(
            base="../",
            document=document,
            names=names,
            provisions=provision_views(source, doc_id),
            items=item_views(source, doc_id),
            additions=source.additions.get(doc_id, ()),
            terms=[row for row in source.drift.get(doc_id, ()) if row["type"] == "term"],
            findings=source.findings.get(doc_id, ()),
            repairs=Counter(row["rule"] for row in source.repairs.get(doc_id, ())),
            raw=raw_view(source, doc_id),
        )
        _write(report / f"doc/{name}.html", text)


def _repairs(source: Source) -> list[Row]:
    """Return the repairs by rule, the most frequent first, with the first of each as an example."""
    by_rule: dict[str, list[Row]] = {}
    for rows in source.repairs.values():
        for row in rows:
            by_rule.setdefault(row["rule"], []).append(row)
    ordered = sorted(by_rule.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {
            "rule": rule,
            "count": len(rows),
            "documents": len({row["doc_id"] for row in rows}),
            "before": _spaces_shown(rows[0]["before"]),
            "after": _spaces_shown(rows[0]["after"]),
        }
        for rule, rows in ordered
    ]


def _spaces_shown(text: str) -> str:
    """Return *text* with its spaces as signs where it is nothing else, else with its line breaks so."""
    return text.replace("\n", "⏎") if text.strip() else text.translate(_SPACES)


def _source_href(corpus_href: str | None, source_path: str, page: int | None = None) -> str | None:
    """Return the way from a document's page to its source file, at *page* of a PDF."""
    if corpus_href is None:
        return None
    place = f"#page={page}" if page and source_path.lower().endswith(".pdf") else ""
    return f"../{corpus_href}/{quote(source_path)}{place}"


def _date(value: dt.date | None) -> str:
    """Return 7/5/2025, the way the documents print it."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""


def _empty(folder: Path, pattern: str) -> None:
    """Make sure of *folder* and remove what an older report left in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob(pattern):
        path.unlink()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
