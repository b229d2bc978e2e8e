"""spaCy DocBin: a `Doc` per task, its marks in ``doc.spans`` by layer, the rest in ``doc.user_data``.

Imports ``tasks`` of this room and ``nlp``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import AnnotationError
from pipeline.exchange.tasks import Link, Mark, Task, read_label
from pipeline.nlp.docbin import MarkedSpan, MarkedText, read_marked, write_marked


def write_docbin(tasks: Iterable[Task], path: Path) -> None:
    """Write *tasks* to *path*; labels are those of the other formats."""
    write_marked(map(_marked, tasks), path)


def read_docbin(path: Path) -> list[Task]:
    """Return the tasks of *path*.

    Raises:
        AnnotationError: the file is no DocBin of ours.
    """
    try:
        return [_task(text) for text in read_marked(path)]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise AnnotationError(f"{path}: no DocBin that export wrote ({error!r})") from error


def _marked(task: Task) -> MarkedText:
    groups: dict[str, list[MarkedSpan]] = {mark.layer: [] for mark in task.marks}
    for mark in task.marks:
        groups[mark.layer].append(MarkedSpan(mark.start, mark.end, mark.label, mark.id))
    known = {
        "name": task.name,
        "about": task.about,
        "attributes": {mark.id: mark.attributes for mark in task.marks},
        "links": [[link.source, link.target, link.value] for link in task.links],
    }
    return MarkedText(task.text, groups, known)


def _task(text: MarkedText) -> Task:
    attributes = text.known["attributes"]
    return Task(
        name=text.known["name"],
        text=text.text,
        marks=tuple(
            Mark(span.id, *read_label(span.label), span.start, span.end, attributes.get(span.id, {}))
            for group in text.groups.values()
            for span in group
        ),
        links=tuple(Link(*link) for link in text.known["links"]),
        about=text.known["about"],
    )
