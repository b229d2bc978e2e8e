"""Label Studio JSON: a list of tasks, each with a result of regions, notes and relations.

Label Studio counts offsets in code points; versions before 2022 counted UTF-16 code units. Both are read:
the words that stand beside the offsets tell which was meant. What belongs to a region beyond its label is
JSON in a text area of the region. Imports ``tasks`` of this room.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from pipeline import __version__
from pipeline.errors import AnnotationError
from pipeline.exchange.tasks import RELATIONS, CodeUnits, Link, Mark, Row, Task, all_labels, read_label

_LABELS, _NOTES, _TEXT = "label", "attributes", "text"


def write_labelstudio(tasks: Iterable[Task], path: Path, *, decided: bool) -> None:
    """Write *tasks* to *path* and the labelling interface beside it (``<stem>.config.xml``).

    Args:
        decided: whether the marks are a person's (annotations) or the machine's (predictions).
    """
    content = json.dumps([_task(task, decided) for task in tasks], ensure_ascii=False, indent=1)
    path.write_text(content + "\n", encoding="utf-8")
    path.with_suffix(".config.xml").write_text(interface(), encoding="utf-8")


def read_labelstudio(path: Path) -> list[Task]:
    """Return the tasks of *path*: of each the last annotation, or the last prediction where there is none.

    Raises:
        AnnotationError: the file is no such JSON, or a region cannot be placed or read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, list):
            raise TypeError("not a list of tasks")
        return [_read_task(row) for row in content]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise AnnotationError(f"{path}: no tasks of Label Studio ({error!r})") from error


def interface() -> str:
    """Return the labelling interface: labels, relations, and a text area per region.

    >>> print(interface().splitlines()[1])
      <Labels name="label" toName="text">
    """
    labels = [f"    <Label value={quoteattr(label)}/>" for label in all_labels()]
    relations = [f"    <Relation value={quoteattr(relation)}/>" for relation in RELATIONS]
    lines = [
        "<View>",
        f'  <Labels name="{_LABELS}" toName="{_TEXT}">',
        *labels,
        "  </Labels>",
        "  <Relations>",
        *relations,
        "  </Relations>",
        f'  <Text name="{_TEXT}" value="$text" granularity="symbol"/>',
        f'  <TextArea name="{_NOTES}" toName="{_TEXT}" perRegion="true" editable="true" maxSubmissions="1"/>',
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def _task(task: Task, decided: bool) -> Row:
    result = [part for mark in task.marks for part in _regions(task, mark)]
    result += [
        {
            "type": "relation",
            "from_id": link.source,
            "to_id": link.target,
            "direction": "right",
            "labels": [link.value],
        }
        for link in task.links
    ]
    data = {"text": task.text, "name": task.name, "about": task.about}
    if decided:
        return {"data": data, "annotations": [{"result": result}]}
    return {"data": data, "predictions": [{"model_version": f"doichieu {__version__}", "result": result}]}


def _regions(task: Task, mark: Mark) -> Iterable[Row]:
    words = task.text[mark.start : mark.end]
    base = {"id": mark.id, "to_name": _TEXT}
    place = {"start": mark.start, "end": mark.end}
    yield base | {
        "from_name": _LABELS,
        "type": "labels",
        "value": place | {"text": words, "labels": [mark.label]},
    }
    yield base | {
        "from_name": _NOTES,
        "type": "textarea",
        "value": place | {"text": [json.dumps(mark.attributes, ensure_ascii=False)]},
    }


def _read_task(row: Row) -> Task:
    data = row["data"]
    result = _result(row)
    regions = [part for part in result if part["type"] == "labels"]
    notes = {part["id"]: part["value"]["text"] for part in result if part["type"] == "textarea"}
    to_points = _reading(data["name"], data["text"], [part["value"] for part in regions])
    return Task(
        name=data["name"],
        text=data["text"],
        marks=tuple(_mark(part, notes.get(part["id"]), to_points) for part in regions),
        links=tuple(
            Link(part["from_id"], part["to_id"], label)
            for part in result
            if part["type"] == "relation"
            for label in part.get("labels") or ("",)
        ),
        about=data["about"],
    )


def _result(row: Row) -> list[Row]:
    for kind in ("annotations", "predictions"):
        standing = [answer for answer in row.get(kind) or () if not answer.get("was_cancelled")]
        if standing:
            result: list[Row] = standing[-1]["result"]
            return result
    return []


def _reading(name: str, text: str, values: Sequence[Row]) -> Callable[[int], int]:
    """Return how the offsets of *values* become code points: as they are, or from UTF-16 code units."""
    readings: tuple[Callable[[int], int], ...] = (int, CodeUnits(text).to_points)
    for reading in readings:
        if all(_reads_back(text, value, reading) for value in values):
            return reading
    raise AnnotationError(f"{name}: the offsets do not lead to the words beside them")


def _reads_back(text: str, value: Row, reading: Callable[[int], int]) -> bool:
    """Return whether a region holds its words; Label Studio may fold white space in them."""
    words = value.get("text")
    return words is None or text[reading(value["start"]) : reading(value["end"])].split() == words.split()


def _mark(part: Row, note: str | list[str] | None, to_points: Callable[[int], int]) -> Mark:
    value = part["value"]
    if len(value["labels"]) != 1:
        raise AnnotationError(f"region {part['id']}: needs one label, has {len(value['labels'])}")
    layer, said = read_label(value["labels"][0])
    return Mark(
        part["id"], layer, said, to_points(value["start"]), to_points(value["end"]), _attributes(part, note)
    )


def _attributes(part: Row, note: str | list[str] | None) -> Row:
    """Return the JSON of a region's text area, which an annotator may have written anew."""
    written = note if isinstance(note, str) else "".join(note or ())
    try:
        attributes = json.loads(written or "{}")
    except ValueError as error:
        raise AnnotationError(f"region {part['id']}: its attributes are no JSON ({error})") from error
    if not isinstance(attributes, dict):
        raise AnnotationError(f"region {part['id']}: its attributes are no JSON object")
    return attributes
