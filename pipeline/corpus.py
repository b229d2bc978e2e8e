"""Files and manifest to sources: what there is to read, and under which key.

The corpus folder holds raw files as received, in any sub-folders, and optionally ``manifest.csv``.
Nothing is opened here but the manifest. Imports ``records`` and ``errors``.
"""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import CorpusError
from pipeline.records import DocType, Level, ManifestRow, Reject

MANIFEST = "manifest.csv"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the corpus and what the manifest says of it."""

    doc_id: str
    path: Path
    relative_path: str
    manifest: ManifestRow


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sources in the order of their keys, and what could not become one."""

    folder: Path
    sources: tuple[Source, ...]
    rejects: tuple[Reject, ...]


def open_corpus(folder: Path) -> Corpus:
    """Return the sources of *folder*, sorted by ``doc_id``; open none of them.

    A file without a row in the manifest takes its stem as its key. Dot files, ``README*`` and the
    manifest itself are no documents. A row without a file, a path that leaves the corpus and a second
    file with the same key each become a reject.

    Raises:
        CorpusError: the folder is missing, holds no document, or its manifest has no usable columns.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such corpus folder; name one with --corpus")
    rows, rejects = _read_manifest(folder)
    files, links = _files(folder)
    listed, listed_rejects = _listed_sources(folder, rows, files)
    listed_paths = {source.relative_path for source in listed}
    unlisted = [_unlisted_source(folder, name) for name in files if name not in listed_paths]
    sources, duplicates = _keep_first(listed + unlisted)
    rejects += [*links, *listed_rejects, *duplicates, *_unknown_parents(sources)]
    if not sources and not rejects:
        raise CorpusError(f"{folder}: holds no documents; put .txt, .pdf, .docx ... files in it")
    return Corpus(folder, tuple(sorted(sources, key=lambda source: source.doc_id)), tuple(rejects))


def _files(folder: Path) -> tuple[list[str], list[Reject]]:
    """Return the files that may be documents, and the links that lead out of the corpus."""
    names, rejects = [], []
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or path.is_dir() or _is_companion(path):
            continue
        name = relative.as_posix()
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            detail = "the link leads out of the corpus folder; copy the file into it"
            rejects.append(Reject(name, None, "outside_corpus", detail))
        else:
            names.append(name)
    return names, rejects


def _is_companion(path: Path) -> bool:
    return path.name == MANIFEST or path.name.upper().startswith("README")


def _unlisted_source(folder: Path, name: str) -> Source:
    path = folder / name
    return Source(_key(path.stem), path, name, ManifestRow())


def _key(stem: str) -> str:
    """Return *stem* in NFC, as keys compare equal whatever system wrote the file name."""
    return unicodedata.normalize("NFC", stem)


def _listed_sources(
    folder: Path, rows: Iterable[ManifestRow], files: list[str]
) -> tuple[list[Source], list[Reject]]:
    sources, rejects = [], []
    by_stem: dict[str, str] = {}
    for file in files:
        by_stem.setdefault(_key(Path(file).stem), file)
    home = folder.resolve()
    for row in rows:
        outcome = _listed_source(folder, home, row, row.path or by_stem.get(row.doc_id or ""))
        if isinstance(outcome, Source):
            sources.append(outcome)
        else:
            rejects.append(outcome)
    return sources, rejects


def _listed_source(folder: Path, home: Path, row: ManifestRow, name: str | None) -> Source | Reject:
    if name is None:
        return Reject(MANIFEST, None, "no_file", f"no file for {row.doc_id}: give its path or remove the row")
    path = folder / name
    if not path.resolve().is_relative_to(home):
        return Reject(MANIFEST, None, "outside_corpus", f"{name} leads out of the corpus folder")
    if not path.is_file():
        return Reject(MANIFEST, None, "no_file", f"{name} is not in the corpus folder")
    return Source(row.doc_id or _key(path.stem), path, path.relative_to(folder).as_posix(), row)


def _keep_first(sources: list[Source]) -> tuple[list[Source], list[Reject]]:
    kept: dict[str, Source] = {}
    rejects = []
    for source in sources:
        first = kept.setdefault(source.doc_id, source)
        if first is not source:
            detail = f"doc_id {source.doc_id} is taken by {first.relative_path}; give one a row in {MANIFEST}"
            rejects.append(Reject(source.relative_path, None, "duplicate_doc_id", detail))
    return list(kept.values()), rejects


def _unknown_parents(sources: list[Source]) -> list[Reject]:
    known = {source.doc_id for source in sources}
    return [
        Reject(
            MANIFEST,
            None,
            "unknown_parent",
            f"{source.doc_id}: parent {source.manifest.parent} is not in the corpus; its references decide",
        )
        for source in sources
        if source.manifest.parent and source.manifest.parent not in known
    ]


# --- manifest ------------------------------------------------------------------------------------


def _read_manifest(folder: Path) -> tuple[list[ManifestRow], list[Reject]]:
    path = folder / MANIFEST
    if not path.exists():
        return [], []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read as UTF-8 ({error})") from error
    reader = csv.DictReader(lines)
    columns = set(reader.fieldnames or ())
    if not columns & {"doc_id", "path"}:
        raise CorpusError(f"{path}: the first line must name the columns, among them doc_id or path")
    rows, rejects = [], []
    for number, cells in enumerate(reader, start=2):
        row, problems = _manifest_row(cells)
        rejects += [Reject(MANIFEST, None, "manifest_cell", f"line {number}: {text}") for text in problems]
        if row != ManifestRow():
            rows.append(row)
    return rows, rejects


def _manifest_row(cells: dict[str, str | None]) -> tuple[ManifestRow, list[str]]:
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
