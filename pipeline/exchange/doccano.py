"""doccano JSONL (sequence labelling with relations): a line per task.

doccano counts offsets in UTF-16 code units and knows nothing of a span beyond its label. What else is said
travels beside the spans and finds them again by layer and place; doccano keeps it as metadata and numbers
spans anew. Allow overlapping spans in the project. Imports ``tasks`` of this room.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from pipeline.errors import AnnotationError
from pipeline.exchange.tasks import CodeUnits, Link, Mark, Row, Task, read_label


def write_doccano(tasks: Iterable[Task], path: Path) -> None:
    """Write *tasks* to *path*, one a line; ids of spans and relations are unique in the file."""
    ids = count(1)
    lines = [json.dumps(_line(task, ids), ensure_ascii=False) + "\n" for task in tasks]
    path.write_text("".join(lines), encoding="utf-8")


def read_doccano(path: Path) -> list[Task]:
    """Return the tasks of *path*.

    Raises:
        AnnotationError: the file is no such JSONL, or bears a label that is none of ours.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return [_read_line(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise AnnotationError(f"{path}: no export of doccano ({error!r})") from error


def _line(task: Task, ids: Iterator[int]) -> Row:
    units = CodeUnits(task.text)
    numbers = {mark.id: next(ids) for mark in task.marks}
    entities = [
        {
            "id": numbers[mark.id],
            "label": mark.label,
            "start_offset": units.from_points(mark.start),
            "end_offset": units.from_points(mark.end),
        }
        for mark in task.marks
    ]
    return {
        "text": task.text,
        "entities": entities,
        "relations": [
            {
                "id": next(ids),
                "from_id": numbers[link.source],
                "to_id": numbers[link.target],
                "type": link.value,
            }
            for link in task.links
        ],
        "name": task.name,
        "about": task.about,
        "attributes": [
            {"layer": mark.layer, "start": mark.start, "end": mark.end, "said": mark.attributes}
            for mark in task.marks
        ],
    }


def _read_line(row: Row) -> Task:
    units = CodeUnits(row["text"])
    said: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for known in row["attributes"]:
        said[known["layer"], known["start"], known["end"]].append(known["said"])
    return Task(
        name=row["name"],
        text=row["text"],
        marks=tuple(_mark(entity, units, said) for entity in row["entities"]),
        links=tuple(
            Link(str(link["from_id"]), str(link["to_id"]), link["type"])
            for link in row.get("relations") or ()
        ),
        about=row["about"],
    )


def _mark(entity: Row, units: CodeUnits, said: dict[tuple[str, int, int], list[Row]]) -> Mark:
    layer, value = read_label(entity["label"])
    start, end = units.to_points(entity["start_offset"]), units.to_points(entity["end_offset"])
    known = said[layer, start, end]
    # of several marks of one layer in one place each takes what is said of one of them, in order
    return Mark(str(entity["id"]), layer, value, start, end, known.pop(0) if known else {})
