"""Files and manifest to sources: what there is to read, and under which key.

The corpus folder holds raw files as received, in any sub-folders, and optionally ``manifest.csv``.
Nothing is opened here but the manifest. Imports ``manifest``, ``records`` and ``errors``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import CorpusError
from pipeline.manifest import MANIFEST, check_parents, read_manifest
from pipeline.records import ManifestRow, Reject


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
    manifest itself are no documents. What cannot become a document is a reject: a row without a file, a
    second row for one file, a path or link that leaves the corpus, a second file with the same key, a pipe or
    device, a name that is no text.

    Raises:
        CorpusError: the folder is missing, holds no document, or its manifest has no usable columns.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such corpus folder; name one with --corpus")
    rows, rejects = read_manifest(folder)
    files, strange = _files(folder)
    listed, listed_rejects = _listed_sources(folder, rows, files)
    listed_paths = {source.relative_path for source in listed}
    unlisted = [_unlisted_source(folder, name) for name in files if name not in listed_paths]
    sources, duplicates = _keep_first(listed + unlisted)
    manifest, orphans = check_parents({source.doc_id: source.manifest for source in sources})
    sources = [replace(source, manifest=manifest[source.doc_id]) for source in sources]
    rejects += [*strange, *listed_rejects, *duplicates, *orphans]
    if not sources and not rejects:
        raise CorpusError(f"{folder}: holds no documents; put .txt, .pdf, .docx ... files in it")
    return Corpus(folder, tuple(sorted(sources, key=lambda source: source.doc_id)), tuple(rejects))


def _files(folder: Path) -> tuple[list[str], list[Reject]]:
    """Return the files that may be documents, and a reject for what is none."""
    names, rejects = [], []
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or _is_companion(path) or (path.is_dir() and not path.is_symlink()):
            continue
        problem = _problem(path, home)
        if problem:
            rejects.append(Reject(_printable(relative.as_posix()), None, *problem))
        else:
            names.append(relative.as_posix())
    return names, rejects


def _problem(path: Path, home: Path) -> tuple[str, str] | None:
    """Return why *path* can be no document: a code and a sentence."""
    if _printable(path.name) != path.name:
        return "unreadable_name", "the file's name is no UTF-8; rename the file"
    if path.is_symlink() and not path.resolve().is_relative_to(home):
        return "outside_corpus", "the link leads out of the corpus folder; copy the file into it"
    if path.is_dir():
        return "linked_folder", "a link to a folder; its files are read where they lie"
    if not path.is_file():
        return "no_file", "no regular file; only files are read"
    return None


def _printable(name: str) -> str:
    """Return *name* with the bytes that are no text written out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


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
    taken: set[str] = set()
    for row in rows:
        outcome = _listed_source(folder, home, row, row.path or by_stem.get(row.doc_id or ""))
        if isinstance(outcome, Reject):
            rejects.append(outcome)
        elif outcome.relative_path in taken:
            detail = f"{outcome.relative_path} has two rows; the first counts"
            rejects.append(Reject(MANIFEST, None, "duplicate_row", detail))
        else:
            taken.add(outcome.relative_path)
            sources.append(outcome)
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
            detail = (
                f"same name as {first.relative_path}, which is read as {source.doc_id}: rename one of them, "
                f"or give it a doc_id of its own in {MANIFEST}"
            )
            rejects.append(Reject(source.relative_path, None, "duplicate_doc_id", detail))
    return list(kept.values()), rejects
