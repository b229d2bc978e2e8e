"""Corpora and outputs behind an address (``s3://``, ``sftp://``): copied here, and back after a run.

A run works on files and publishes by one rename, which object stores do not have. So a corpus is mirrored,
and only what changed is fetched again; outputs are sent when they stand, ``run.json`` last: whoever sees it
anew finds everything else sent. The only importer of fsspec, which knows the addresses. Imports ``read``,
``cache``, ``fingerprint``, ``publish``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pipeline.errors import UsageError
from pipeline.read.limits import user_cache
from pipeline.run.cache import read_note, write_note
from pipeline.run.fingerprint import digest
from pipeline.run.publish import current_slot

try:
    import fsspec
except ImportError as error:
    raise UsageError("an address needs the extra: pip install 'doichieu[scale]'") from error

_NOTE = "known.json"
_LAST = "run.json"
Stamps = dict[str, str]
"""What tells one version of a file from the next, by its name below the folder."""


def mirror_of(address: str, mirrors: Path | None = None) -> Path:
    """Return the folder of this machine that stands for *address*, in *mirrors* or in the user's cache.

    Workers on other machines need *mirrors* on a file system that they share.
    """
    return (mirrors or user_cache() / "remote") / digest(address)[:16]


def fetch_folder(address: str, mirror: Path) -> Path:
    """Make ``mirror/files`` the same as the folder at *address* and return it.

    Files that did not change are not fetched again, those that are gone there go here.

    Raises:
        UsageError: nothing answers there, the folder is empty, or a name in it leads out of it.
    """
    with _plainly(address):
        files, root = fsspec.url_to_fs(address)
        stamps = {_below(root, name): files.ukey(name) for name in sorted(files.find(root))}
        if not stamps:
            raise UsageError(f"{address}: holds no files")
        folder = mirror / "files"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = read_note(mirror / _NOTE, Stamps) or {}
        for name, stamp in stamps.items():
            if known.get(name) == stamp and (folder / name).exists():
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            files.get_file(f"{root}/{name}", str(folder / name))
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if path.relative_to(folder).as_posix() not in stamps:
                path.unlink()
    write_note(mirror / _NOTE, stamps)
    return folder


def send_outputs(out: Path, address: str, mirror: Path) -> int:
    """Send the published outputs in *out* to *address*; return the number of files that had to be sent.

    Raises:
        UsageError: they cannot be written there.
    """
    slot = current_slot(out)
    if slot is None:
        raise UsageError(f"{out}: holds no outputs")
    stamps = dict(_stamps(slot))
    known = read_note(mirror / _NOTE, Stamps) or {}
    changed = sorted((name for name, stamp in stamps.items() if known.get(name) != stamp), key=_order)
    with _plainly(address):
        files, root = fsspec.url_to_fs(address)
        for name in changed:
            files.makedirs(f"{root}/{PurePosixPath(name).parent}", exist_ok=True)
            files.put_file(str(slot / name), f"{root}/{name}")
        for name in sorted(known.keys() - stamps.keys()):
            if files.exists(f"{root}/{name}"):
                files.rm_file(f"{root}/{name}")
    mirror.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_note(mirror / _NOTE, stamps)
    return len(changed)


def _stamps(slot: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(slot.rglob("*")):
        name = path.relative_to(slot).as_posix()
        if path.is_file() and not name.startswith("."):
            status = path.stat()
            yield name, f"{status.st_size} {status.st_mtime_ns}"


def _order(name: str) -> tuple[bool, str]:
    return name == _LAST, name


def _below(root: str, name: str) -> str:
    """Return *name* relative to *root*.

    Raises:
        UsageError: it would lead out of a folder of this machine.
    """
    relative = PurePosixPath(name.removeprefix(root).lstrip("/"))
    if ".." in relative.parts or not relative.parts:
        raise UsageError(f"{name}: leads out of the folder")
    return relative.as_posix()


@contextmanager
def _plainly(address: str) -> Iterator[None]:
    """Turn whatever a store says when it refuses into one line: every kind of store has errors of its own."""
    try:
        yield
    except UsageError:
        raise
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise UsageError(f"{address}: {reason[0]}") from error
