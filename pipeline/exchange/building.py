"""Placed annotations to tasks and back: what is marked, linked and said of each mark.

A task of one document marks its provisions and facts. A task of two documents holds the parent's text, then
the local one: the parent's provisions bear the status, the local ones may be additions, links are the pairs.
Imports ``places`` and ``tasks`` of this room, ``annotations`` and ``records``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.annotations import GoldAlignment
from pipeline.errors import AnnotationError
from pipeline.exchange.places import FACTS, TITLE, PlacedDocument
from pipeline.exchange.tasks import RELATIONS, Link, LocalValue, Mark, Row, Task
from pipeline.records import ProvisionKind

SAID = {"provisions": "role", "references": "relation", "deadlines": "kind", "bodies": "role"}
"""The field of a layer that becomes the value of the mark."""
_DERIVED = frozenset({"text", "start", "end", "leaf"})
_BETWEEN = "\n\n"


# --- to tasks ------------------------------------------------------------------------------------


def document_task(placed: PlacedDocument) -> Task:
    """Return the task of one document."""
    marks = [
        Mark(f"{layer}-{number}", layer, row[SAID[layer]], row["start"], row["end"], _rest(row, SAID[layer]))
        for layer, rows in placed.rows.items()
        for number, row in enumerate(rows, start=1)
    ]
    about = {"document": placed.document, "layers": list(placed.rows)}
    return Task(placed.doc_id, placed.text, tuple(marks), about=about)


def alignment_task(parent: PlacedDocument, local: PlacedDocument, alignment: GoldAlignment) -> Task:
    """Return the task of two documents, one after the other.

    Raises:
        AnnotationError: the alignment names a provision that its document does not have.
    """
    statuses = {row["parent"]: row for row in alignment.coverage}
    additions: dict[str, Row] = {path: {"status": LocalValue.ADDED} for path in alignment.added}
    marks = [
        *_side("parent", parent, 0, statuses),
        *_side("local", local, len(parent.text) + len(_BETWEEN), additions),
    ]
    ids = {(mark.layer, mark.attributes["path"]): mark.id for mark in marks}
    named = [*(("parent", path) for path in statuses), *(("local", path) for path in additions)]
    named += [(side, row[side]) for row in alignment.pairs for side in ("parent", "local")]
    for side, path in named:
        if (side, path) not in ids:
            raise AnnotationError(f"{_name(alignment)}: the {side} document has no provision {path}")
    return Task(
        name=_name(alignment),
        text=parent.text + _BETWEEN + local.text,
        marks=tuple(marks),
        links=tuple(
            Link(ids["parent", row["parent"]], ids["local", row["local"]], row["relation"])
            for row in alignment.pairs
        ),
        about={
            "parent_doc_id": alignment.parent_doc_id,
            "local_doc_id": alignment.local_doc_id,
            "drift": list(alignment.drift),
        },
    )


def _side(layer: str, placed: PlacedDocument, shift: int, said: Mapping[str, Row]) -> Iterator[Mark]:
    """Yield a mark per provision of one of two documents; *said* is what the alignment says, by path."""
    for number, row in enumerate(placed.rows["provisions"], start=1):
        known = dict(said.get(row["path"], {}))
        value = known.pop("status", None)
        attributes = {"path": row["path"], **{key: known[key] for key in known if key != layer}}
        yield Mark(f"{layer}-{number}", layer, value, row["start"] + shift, row["end"] + shift, attributes)


def _rest(row: Row, said: str) -> Row:
    return {key: value for key, value in row.items() if key != said and key not in _DERIVED}


def _name(alignment: GoldAlignment) -> str:
    return f"{alignment.parent_doc_id}__{alignment.local_doc_id}"


# --- from tasks ----------------------------------------------------------------------------------


def annotation_of(task: Task) -> Row:
    """Return what a file of annotations holds for *task*.

    Raises:
        AnnotationError: a mark lacks what only a person can say, or a link joins what cannot be a pair.
    """
    return _alignment(task) if "parent_doc_id" in task.about else _document(task)


def _document(task: Task) -> Row:
    marks: dict[str, list[Mark]] = {layer: [] for layer in SAID}
    for mark in sorted(task.marks, key=lambda mark: mark.start):
        if mark.layer not in marks:
            raise _error(task, mark, f"{mark.layer} belongs to two documents side by side")
        marks[mark.layer].append(mark)
    paths = [_path(task, mark) for mark in marks["provisions"]]
    annotated = task.about.get("layers", ["provisions"])
    return {
        "document": task.about.get("document", {"doc_id": task.name}),
        "provisions": [_provision(task, mark, paths) for mark in marks["provisions"]],
        **{
            layer: _facts(task, marks[layer], marks["provisions"])
            if layer in annotated or marks[layer]
            else None
            for layer in FACTS
        },
    }


def _provision(task: Task, mark: Mark, paths: Sequence[str]) -> Row:
    path = _path(task, mark)
    return {
        "path": path,
        "marker": None,
        "kind": kind_of(path),
        "role": _said(task, mark),
        **mark.attributes,
        "text": task.text[mark.start : mark.end],
        "leaf": not any(other.startswith(f"{path}/") for other in paths),
    }


def _facts(task: Task, marks: Iterable[Mark], provisions: Sequence[Mark]) -> list[Row]:
    order = {_path(task, mark): place for place, mark in enumerate(provisions, start=1)}
    rows = [
        {
            "provision": _holder(task, mark, provisions),
            "text": task.text[mark.start : mark.end],
            **_UNSAID[mark.layer],
            SAID[mark.layer]: _said(task, mark),
            **{key: value for key, value in mark.attributes.items() if key != "provision"},
        }
        for mark in marks
    ]
    return sorted(rows, key=lambda row: order.get(row["provision"], 0))


def _holder(task: Task, mark: Mark, provisions: Sequence[Mark]) -> str:
    """Return the path of the provision that holds *mark*; where several do, the one it names."""
    holders = [_path(task, held) for held in provisions if held.start <= mark.start and mark.end <= held.end]
    named = mark.attributes.get("provision")
    if named in holders or (named == TITLE and not holders):
        return str(named)
    if not holders:
        raise _error(task, mark, "lies within no provision")
    return holders[-1]


def _alignment(task: Task) -> Row:
    marks = {mark.id: mark for mark in task.marks}
    ordered = sorted(task.marks, key=lambda mark: mark.start)
    for mark in ordered:
        if mark.layer not in {"parent", "local"}:
            raise _error(task, mark, "belongs to one document: mark it there")
    return {
        "pairs": [_pair(task, link, marks) for link in task.links],
        "coverage": [
            {"parent": _path(task, mark), "status": mark.value, **_without_path(mark)}
            for mark in ordered
            if mark.layer == "parent" and mark.value
        ],
        "added": [_path(task, mark) for mark in ordered if mark.layer == "local" and mark.value],
        "drift": task.about["drift"],
    }


def _pair(task: Task, link: Link, marks: Mapping[str, Mark]) -> Row:
    if link.source not in marks or link.target not in marks:
        raise AnnotationError(f"{task.name}: a relation leads to a mark that is not there")
    # tools draw an arrow either way; "parent" sorts after "local"
    target, source = sorted((marks[link.source], marks[link.target]), key=lambda mark: mark.layer)
    if (source.layer, target.layer) != ("parent", "local"):
        raise _error(task, source, "must be linked to a provision of the other document")
    if link.value not in RELATIONS:
        raise _error(task, source, f"needs a relation: one of {', '.join(RELATIONS)}")
    return {"parent": _path(task, source), "local": _path(task, target), "relation": link.value}


def _without_path(mark: Mark) -> Row:
    return {key: value for key, value in mark.attributes.items() if key != "path"}


def _path(task: Task, mark: Mark) -> str:
    path = mark.attributes.get("path")
    if not isinstance(path, str):
        raise _error(task, mark, 'needs a path: give it the attributes {"path": "II/3"}')
    return path


def _said(task: Task, mark: Mark) -> str:
    if mark.value is None:
        raise _error(task, mark, f"needs a {SAID[mark.layer]}: label it {mark.layer}/...")
    return mark.value


def _error(task: Task, mark: Mark, problem: str) -> AnnotationError:
    words = task.text[mark.start : mark.end][:40]
    return AnnotationError(f"{task.name}: {mark.label} {words!r} at {mark.start} {problem}")


def kind_of(path: str) -> ProvisionKind:
    """Return the form of the provision at *path*, which its last step shows.

    >>> [kind_of(path).value for path in ("II", "II/3", "II/3/-1", "pre/p1")]
    ['section', 'numbered', 'item', 'paragraph']
    """
    step = path.rpartition("/")[2]
    if step[:1] in "-+":
        return ProvisionKind.ITEM
    if step[:1] == "p" and step[1:].isdigit():
        return ProvisionKind.PARAGRAPH
    return ProvisionKind.SECTION if set(step) <= set("IVXLC") else ProvisionKind.NUMBERED


_UNSAID: dict[str, Row] = {
    "references": {
        "doc_type": None,
        "number": None,
        "issued_on": None,
        "issuer": None,
        "short_form": False,
    },
    "deadlines": {"rrule": None, "due_on": None, "bound": None, "action": None, "recipient": None},
    "bodies": {},
}
"""What a fact says that an annotator marked and described no further."""
