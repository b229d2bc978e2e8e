"""The environment that every template is filled in. Imports ``coverage``, ``escape``, ``names``, words."""

from __future__ import annotations

import datetime as dt

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.report.coverage import STATUSES
from pipeline.report.escape import visible
from pipeline.report.names import page_name, shortened
from pipeline.report.words import label, svg_word, word, word_or, words_of


def template_environment() -> Environment:
    """Return the environment of the templates: markup escaped, None left out, no other silent gaps."""
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {
        "t": word,
        "svg_word": svg_word,
        "label": label,
        "word_or": word_or,
        "words_of": words_of,
        "page_name": page_name,
    }
    environment.globals["statuses"] = STATUSES
    environment.filters["date"] = _date
    environment.filters["percent"] = _percent
    environment.filters["shortened"] = shortened
    return environment


def rendered(template: Template, **values: object) -> str:
    """Return *template* filled with *values*, whatever a reader could not see in them replaced by U+FFFD.

    Once for the page: once for each of its thousand values takes a quarter of the time of a report.
    """
    return visible(template.render(values))


def _shown(value: object) -> object:
    return "" if value is None else value


def _date(value: dt.date | None) -> str:
    """Return 7/5/2025, the way the documents print it."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""
