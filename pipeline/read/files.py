"""One file of the corpus to pages of raw text: guards first, then the reader for what the file is."""

from __future__ import annotations

import stat
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.read.limits import MIB, Limits, Progress, silent
from pipeline.read.sandbox import read_sandboxed
from pipeline.read.sniff import ENCRYPTED_OFFICE, media_type_of
from pipeline.read.text import read_text
from pipeline.records import RawDocument


def read_file(
    path: Path, *, limits: Limits | None = None, root: Path | None = None, progress: Progress = silent
) -> RawDocument:
    """Read one file by its content, whatever its name says.

    Args:
        path: The file.
        limits: What the file may cost; ``Limits()`` unless given.
        root: The corpus folder; a link that leads out of it is not followed.
        progress: Told how many scanned pages are recognised.

    Returns:
        Pages of raw text in reading order, lines separated by "\\n". ``paged`` is False where the source
        has no pages of its own.

    Raises:
        UnreadableFile: The file cannot be read; ``reason`` is one of ``missing``, ``permission``,
            ``outside_corpus``, ``io``, ``empty``, ``too_large``, ``too_many_pages``, ``binary``,
            ``encoding``, ``truncated``, ``encrypted``, ``unsupported``, ``no_text``, ``missing_tool``,
            ``timeout``, ``crashed``; ``detail`` is a sentence that says what to do.
    """
    bounds = limits or Limits()
    _require_inside(path, root)
    return read_bytes(_load(path, bounds), bounds, progress)


def read_bytes(data: bytes, limits: Limits, progress: Progress = silent) -> RawDocument:
    """Read the content of one file, as ``read_file`` does.

    >>> read_bytes("Kính gửi: Ủy ban nhân dân các xã".encode(), Limits()).text_source
    'text'
    """
    if not data:
        raise UnreadableFile("empty", "The file has no content; ask the sender for it again.")
    media_type = media_type_of(data)
    if media_type == "text/plain":
        return read_text(data, limits)
    if media_type == ENCRYPTED_OFFICE:
        raise UnreadableFile("encrypted", "The file asks for a password; save it without one.")
    return read_sandboxed(data, media_type, limits, progress)


def _require_inside(path: Path, root: Path | None) -> None:
    if root is not None and not path.resolve().is_relative_to(root.resolve()):
        raise UnreadableFile("outside_corpus", "The path leads out of the corpus; copy the file into it.")


def _load(path: Path, limits: Limits) -> bytes:
    """Read a regular file, never more of it than the bound."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("unsupported", "Not a regular file.")
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise UnreadableFile("missing", "There is no such file.") from None
    except PermissionError:
        raise UnreadableFile("permission", "The file may not be read; give read permission to it.") from None
    except OSError as error:
        raise UnreadableFile("io", f"The file could not be read: {error.strerror or error}.") from None
    if len(data) > limits.max_bytes:
        allowed = limits.max_bytes // MIB
        raise UnreadableFile("too_large", f"More than {allowed} MiB; raise max_bytes to read it.")
    return data
