"""Exchange with annotation tools: annotations and tables to their files, and their files to annotations.

``places`` puts rows into a text, ``building`` makes tasks of them and rows again, and one module per format
(``labelstudio``, ``doccano``, ``docbin``) writes and reads tasks. Imports ``annotations``, ``tables``,
``nlp`` and errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.annotations import GoldAlignment, read_gold_alignments, read_gold_documents
from pipeline.errors import AnnotationError, UsageError
from pipeline.exchange.building import alignment_task, annotation_of, document_task
from pipeline.exchange.doccano import read_doccano, write_doccano
from pipeline.exchange.labelstudio import read_labelstudio, write_labelstudio
from pipeline.exchange.places import PlacedDocument, place_gold, placed_tables, table_alignments
from pipeline.exchange.tasks import Task

__all__ = ["export_gold", "export_tables", "import_file"]


def export_gold(folder: Path, file: Path, form: str) -> None:
    """Write the annotations of *folder* to *file* in the format *form*: labelstudio, doccano or docbin.

    Raises:
        UsageError: there are no annotations, they contradict themselves, or *file* cannot be written.
    """
    documents = [place_gold(document) for document in read_gold_documents(folder)]
    if not documents:
        raise UsageError(f"{folder}: holds no annotations")
    _write(_tasks(documents, read_gold_alignments(folder)), file, form, decided=True)


def export_tables(out: Path, file: Path, form: str) -> None:
    """Write the tables under *out* to *file* in the format *form*, as the machine's suggestions.

    Raises:
        UsageError: there are no tables, or *file* cannot be written.
    """
    _write(_tasks(placed_tables(out), table_alignments(out)), file, form, decided=False)


def import_file(file: Path, folder: Path, form: str) -> list[Path]:
    """Write annotations to *folder* from *file* in the format *form*; return what was written.

    Raises:
        UsageError: *file* is not of that format, or a mark in it lacks what only a person can say.
    """
    tasks = _read(file, form)
    contents = [(_target(folder, task), annotation_of(task)) for task in tasks]
    for path, content in contents:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [path for path, _ in contents]


def _tasks(documents: Sequence[PlacedDocument], alignments: Iterable[GoldAlignment]) -> list[Task]:
    by_id = {document.doc_id: document for document in documents}
    tasks = [document_task(document) for document in documents]
    for alignment in alignments:
        for doc_id in (alignment.parent_doc_id, alignment.local_doc_id):
            if doc_id not in by_id:
                raise AnnotationError(f"align: {doc_id} is not among the documents")
        parent, local = by_id[alignment.parent_doc_id], by_id[alignment.local_doc_id]
        tasks.append(alignment_task(parent, local, alignment))
    return tasks


def _write(tasks: Sequence[Task], file: Path, form: str, *, decided: bool) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        match form:
            case "labelstudio":
                write_labelstudio(tasks, file, decided=decided)
            case "doccano":
                write_doccano(tasks, file)
            case _:
                # spaCy is loaded only where it is asked for
                from pipeline.exchange.docbin import write_docbin

                write_docbin(tasks, file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from error


def _read(file: Path, form: str) -> list[Task]:
    match form:
        case "labelstudio":
            return read_labelstudio(file)
        case "doccano":
            return read_doccano(file)
        case _:
            from pipeline.exchange.docbin import read_docbin

            return read_docbin(file)


def _target(folder: Path, task: Task) -> Path:
    """Return the file of annotations of *task*; its name comes from outside and must stay in *folder*."""
    if task.name != Path(task.name).name or task.name.startswith("."):
        raise AnnotationError(f"{task.name!r} cannot be the name of a file")
    return folder / ("align" if "parent_doc_id" in task.about else "") / f"{task.name}.json"
