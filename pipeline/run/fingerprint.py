"""What a result was made from, as hashes: code, lexicons, libraries, files and rows of the manifest.

Two runs with equal fingerprints give equal bytes, so the second one need not happen. Programs outside
Python (``tesseract``, ``soffice``) are not part of it: after a new version of one, run with ``--no-cache``.
Imports ``corpus`` and ``read``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.corpus import Corpus, Source
from pipeline.read import Limits

ANALYSIS = (
    "analyse",
    "clean",
    "corpus",
    "manifest",
    "errors",
    "extract",
    "lexicon",
    "read",
    "records",
    "resolve",
    "run/analysing.py",
    "segment",
)
"""Rooms that make the analysed document; a change in any other room leaves cached documents valid."""

COMPARISON = (*ANALYSIS, "align", "check", "nlp", "run/comparing.py")
"""Rooms that make a comparison out of two analysed documents."""

_LIBRARIES = (
    "lxml",
    "numpy",
    "pillow",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "scikit-learn",
    "scipy",
    "underthesea",
)
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class SourcePrint:
    """What one document is made from, as hashes."""

    file: str
    row: str
    limits: str
    code: str

    @property
    def key(self) -> str:
        """The name of its entry in the cache."""
        return digest("document", self.file, self.row, self.limits, self.code)


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of *parts*, in hexadecimal; where one part ends and the next begins matters.

    >>> digest("kế", "hoạch") == digest("kế hoạch")
    False
    """
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def hash_file(path: Path) -> str:
    """Return the SHA-256 of the bytes of *path*, in hexadecimal; "unreadable" where there are none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


@cache
def code_version(rooms: tuple[str, ...] | None = None) -> str:
    """Return the hash of the package's own files, or of those of *rooms*, and of what they run on.

    A room is a folder, a module at the top, or one module of a room that is not meant as a whole.
    """
    names = [path.relative_to(_PACKAGE) for path in _package_files()]
    chosen = [name for name in names if rooms is None or not _rooms_of(name).isdisjoint(rooms)]
    files = [f"{name.as_posix()} {hash_file(_PACKAGE / name)}" for name in chosen]
    return digest(sys.version, *map(_library, _LIBRARIES), *files)


def _rooms_of(name: Path) -> set[str]:
    return {name.parts[0].removesuffix(".py"), name.as_posix()}


def fingerprint_sources(sources: Iterable[Source], limits: Limits) -> list[SourcePrint]:
    """Return what each analysed document depends on, in the order of *sources*. Reads every file."""
    return [fingerprint_source(source, limits) for source in sources]


def fingerprint_source(source: Source, limits: Limits) -> SourcePrint:
    """Return what the analysed document of *source* within *limits* depends on. Reads the whole file."""
    return SourcePrint(
        file=hash_file(source.path),
        row=digest(source.doc_id, source.relative_path, repr(astuple(source.manifest))),
        limits=digest(repr(limits)),
        code=code_version(ANALYSIS),
    )


def fingerprint_run(corpus: Corpus, prints: Iterable[SourcePrint], others: Iterable[Path]) -> str:
    """Return what the outputs of a whole run depend on; *others* are files read beside the corpus."""
    return digest(
        code_version(),
        corpus.folder.as_posix(),
        repr(corpus.rejects),
        *(print_.key for print_ in prints),
        *map(hash_file, others),
    )


def _package_files() -> list[Path]:
    return sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} missing"
