"""Outputs appear whole or not at all.

A run writes into one of two slots under ``<out>/.runs`` and then flips one symbolic link, so a reader
sees the former run or the new one, never a mixture; a run that dies leaves the former one standing.
The lock is the operating system's and vanishes with the process that held it. Imports ``errors``.

::

    out/.runs/a/  out/.runs/b/     the slots
    out/.runs/current -> a         flipped by one rename
    out/tables -> .runs/current/tables     and so on, for every published name
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError

_SLOTS = ("a", "b")


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the output folder *out* for one run, creating the folder where it is missing.

    Raises:
        UsageError: another run holds it, or it cannot be written.
    """
    runs = out / ".runs"
    try:
        runs.mkdir(parents=True, exist_ok=True)
        lock = (runs / "lock").open("a", encoding="utf-8")
    except OSError as error:
        raise _refusal(out, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"{out}: another run is writing there; wait for it or choose another --out"
            ) from error
        yield


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one line; clear away what is half written.

    Only for the run that holds the lock of *out*.

    Raises:
        UsageError: something could not be written; what was published before is as it was.
    """
    try:
        yield
    except OSError as error:
        for slot in _free_slots(out):  # or a full disk would stay full
            shutil.rmtree(slot, ignore_errors=True)
        raise _refusal(out, error) from error


def _refusal(out: Path, error: OSError) -> UsageError:
    reason = error.strerror or error
    return UsageError(f"{out}: cannot write outputs there ({reason}); those of the former run, if any, stand")


def empty_slot(out: Path) -> Path:
    """Return an empty folder to write a run into; whatever a dead run left there is removed."""
    slot = _free_slots(out)[0]
    if slot.exists():
        shutil.rmtree(slot)
    slot.mkdir(parents=True)
    return slot


def publish(slot: Path, out: Path) -> None:
    """Make what stands in *slot* the outputs of *out*, in one rename; names with a leading dot stay inside.

    Names that an earlier run published and this one does not have lead nowhere and are removed.
    """
    _sync_tree(slot)
    _sync(slot.parent)
    names = {entry.name for entry in slot.iterdir() if not entry.name.startswith(".")}
    for name in sorted(names):
        _replace_link(out / name, Path(".runs") / "current" / name)
    _replace_link(out / ".runs" / "current", Path(slot.name))
    for entry in sorted(out.iterdir()):
        if entry.is_symlink() and entry.name not in names and ".runs" in entry.readlink().parts:
            entry.unlink()
    _sync(out / ".runs")
    _sync(out)


def _free_slots(out: Path) -> list[Path]:
    current = current_slot(out)
    return [out / ".runs" / name for name in _SLOTS if current is None or name != current.name]


def current_slot(out: Path) -> Path | None:
    """Return the folder that holds the published outputs of *out*, or None before the first run."""
    link = out / ".runs" / "current"
    return link.with_name(link.readlink().name) if link.is_symlink() else None


def _replace_link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    if link.is_dir() and not link.is_symlink():
        raise UsageError(f"{link}: stands where outputs belong; move it away or choose another --out")
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.rename(link)


def _sync_tree(folder: Path) -> None:
    """Bring *folder* to the disk: all pages in one flush, then each file that cannot be made from others.

    A flush for each of 6,800 pages takes 20 s, one for all of them 0.2 s; but it says nothing of failures,
    so what the report is made from is asked for by name.
    """
    os.sync()
    for path in sorted([*folder.glob("*"), *folder.glob("tables/*")], reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
