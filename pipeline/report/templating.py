"""The environment that every template is filled in. Imports ``names``, ``words``, ``escape``."""

from __future__ import annotations

import datetime as dt

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report.coverage import STATUSES
from pipeline.report.escape import visible
from pipeline.report.names import page_name, shortened
from pipeline.report.words import label, svg_word, word, word_or


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


def _date(value: dt.date | None) -> str:
    """Return 7/5/2025, the way the documents print it."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""
