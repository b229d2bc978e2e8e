"""``manifest.csv``: what a person says of the documents of a corpus.

Cells may be separated by commas, semicolons or tabs, as spreadsheets write them. A row or cell that cannot
be used is a reject, and the rest stands. Imports ``records`` and ``errors``.
"""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pipeline.errors import CorpusError
from pipeline.records import DocType, Level, ManifestRow, Reject

MANIFEST = "manifest.csv"
T = TypeVar("T")

_SEPARATORS = ",;\t"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_manifest(folder: Path) -> tuple[list[ManifestRow], list[Reject]]:
    """Return the usable rows of the manifest of *folder*, and a reject for what is not.

    Raises:
        CorpusError: it cannot be read, or its first line names neither ``doc_id`` nor ``path``.
    """
    path = folder / MANIFEST
    if not path.exists():
        return [], []
    lines = _text(path).splitlines()
    separator = max(_SEPARATORS, key=lines[0].count) if lines else ","
    reader = csv.DictReader(lines, delimiter=separator)
    if not set(reader.fieldnames or ()) & {"doc_id", "path"}:
        raise CorpusError(f"{path}: the first line must name the columns, among them doc_id or path")
    rows, rejects = [], []
    for number, cells in enumerate(reader, start=2):
        row, problems = _row(cells)
        rejects += [Reject(MANIFEST, None, "manifest_cell", f"line {number}: {text}") for text in problems]
        if row != ManifestRow():
            rows.append(row)
    return rows, rejects


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig")
    except IsADirectoryError as error:
        raise CorpusError(f"{path}: is a folder; the manifest is a file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read as UTF-8 ({error})") from error


def _row(cells: Mapping[str, str | None]) -> tuple[ManifestRow, list[str]]:
    problems: list[str] = []

    def cell(name: str, parse: Callable[[str], T]) -> T | None:
        value = unicodedata.normalize("NFC", (cells.get(name) or "").strip())
        try:
            return parse(value) if value else None
        except ValueError:
            problems.append(f"{name} {value!r} is not valid and is left empty")
            return None

    row = ManifestRow(
        doc_id=cell("doc_id", str),
        path=cell("path", str),
        level=cell("level", Level),
        province=cell("province", str),
        commune=cell("commune", str),
        doc_type=cell("doc_type", DocType),
        number=cell("number", str),
        issued_on=cell("issued_on", dt.date.fromisoformat),
        issuer=cell("issuer", str),
        parent=cell("parent", str),
    )
    return row, problems


def check_parents(rows: Mapping[str, ManifestRow]) -> tuple[dict[str, ManifestRow], list[Reject]]:
    """Return the rows by ``doc_id``, without parents that cannot be, and a reject for each of those.

    A parent cannot be where it is no document of the corpus, or where following parents leads back.
    """
    checked, rejects = {}, []
    for doc_id, row in rows.items():
        problem = _parent_problem(doc_id, rows)
        if problem:
            reason, detail = problem
            rejects.append(Reject(MANIFEST, None, reason, f"{doc_id}: {detail}; its references decide"))
            row = replace(row, parent=None)
        checked[doc_id] = row
    return checked, rejects


def _parent_problem(doc_id: str, rows: Mapping[str, ManifestRow]) -> tuple[str, str] | None:
    parent = rows[doc_id].parent
    if parent is None:
        return None
    if parent not in rows:
        return "unknown_parent", f"parent {parent} is not in the corpus"
    chain = list(_ancestors(doc_id, rows))
    if doc_id in chain:
        return "cyclic_parent", f"parents lead back to it ({' → '.join([doc_id, *chain])})"
    return None


def _ancestors(doc_id: str, rows: Mapping[str, ManifestRow]) -> Iterable[str]:
    """Yield the parents above *doc_id*, up to the first that comes again."""
    seen: set[str] = set()
    above = rows[doc_id].parent
    while above is not None and above in rows and above not in seen:
        seen.add(above)
        yield above
        above = rows[above].parent
