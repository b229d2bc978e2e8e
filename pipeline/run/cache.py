"""Results kept from run to run, and in transit between processes: records as bytes.

The bytes are MessagePack, checked against the types of the records as they are read: an entry that
somebody tampered with can be wrong, but it cannot run code, as a pickle could. An entry that was cut off or
damaged does not match its checksum and counts as missing. The only importer of msgspec.

::

    <cache>/3f/3f8a...      32 bytes of checksum, then the record

Imports the errors.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from pipeline.errors import UsageError

T = TypeVar("T")

_CHECKSUM = 32
_UNFINISHED = "tmp-"


class Lookup(StrEnum):
    """What looking for an entry came to."""

    FOUND = "found"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """An entry as looked up; the record is None unless it was found whole."""

    lookup: Lookup
    record: T | None = None


_DAMAGED: Entry[Any] = Entry(Lookup.DAMAGED)

Packed = msgspec.Raw
"""A record inside another that stays bytes until `decode` is asked for it."""


def pack(record: object) -> Packed:
    """Return *record* to be put inside another, which can then be read without it."""
    return Packed(encode(record))


def encode(record: object) -> bytes:
    """Return *record*, a dataclass of plain values, as bytes; equal records give equal bytes."""
    return msgspec.msgpack.encode(record)


def decode(data: bytes | Packed, kind: type[T]) -> T:
    """Return the record of type *kind* in *data*.

    Raises:
        ValueError: the bytes hold no such record.

    >>> from pipeline.records import Span
    >>> decode(encode(Span(3, 8)), Span)
    Span(start=3, end=8)
    """
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


class Cache:
    """Entries in one folder, each under a key that says what it was made from.

    Entries never change, so runs may share a folder. A write that fails (a full disk) costs speed, nothing
    else.
    """

    def __init__(self, folder: Path) -> None:
        """Open *folder*, private to its owner; create it where it is missing.

        Raises:
            UsageError: it cannot be created.
        """
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"{folder}: cannot keep a cache there ({error.strerror}); try --cache"
            ) from error

    def get(self, key: str, kind: type[T]) -> Entry[T]:
        """Return the record of type *kind* under *key*, a hash in hexadecimal."""
        entry = self.fetch(key)
        if entry.record is None:
            return Entry(entry.lookup)
        try:
            return Entry(Lookup.FOUND, decode(entry.record, kind))
        except ValueError:
            return _DAMAGED

    def fetch(self, key: str) -> Entry[bytes]:
        """Return the encoded record under *key*, as it was put there."""
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return Entry(Lookup.MISSING)
        checksum, data = content[:_CHECKSUM], content[_CHECKSUM:]
        return Entry(Lookup.FOUND, data) if checksum == _checksum(data) else _DAMAGED

    def put(self, key: str, data: bytes) -> bool:
        """Keep *data* under *key*, whole or not at all; return whether it is kept."""
        path = self._path(key)
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _write_whole(path, _checksum(data) + data)
        except OSError:
            return False
        return True

    def prune(self, used: Collection[str]) -> None:
        """Remove the oldest entries beyond as many as were *used*, and whatever was left unfinished.

        So a cache holds at most two runs' worth: going back to yesterday's corpus is still cheap.
        """
        names = set(used)
        others = [path for path in self._entries() if path.name not in names]
        for path in sorted(others, key=_age)[: max(0, len(others) - len(names))]:
            path.unlink(missing_ok=True)
        for path in self.folder.glob(f"??/{_UNFINISHED}*"):
            path.unlink(missing_ok=True)

    def _entries(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("??/*") if not path.name.startswith(_UNFINISHED))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def write_note(path: Path, note: Any) -> None:
    """Write *note*, plain values or a dataclass, to *path* as JSON, whole or not at all."""
    _write_whole(path, msgspec.json.encode(note))


def read_note(path: Path, kind: type[T]) -> T | None:
    """Return the note of type *kind* in *path*, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def _write_whole(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).rename(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM).digest()


def _age(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name
