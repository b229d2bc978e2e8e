"""Reads untrusted formats in a process that may run out of memory, hang or crash without harm to the run.

The process is started with the first file and serves file after file; a file that it does not survive, or
that takes too long, costs the process, not the run. Every process of a run has a sandbox of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.read.limits import Limits, Progress, silent
from pipeline.records import Doubt, RawDocument

_CHUNK = 1 << 16
_TRIES = 4  # a page that nothing can be read on is recognised in four directions
_WORKER = (sys.executable, "-m", "pipeline.read.worker")


class Sandbox:
    """One process that reads files, one at a time; ``command`` is given the bound of its memory."""

    def __init__(self, command: Sequence[str] = _WORKER) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._memory = 0

    def read(self, data: bytes, media_type: str, limits: Limits, progress: Progress = silent) -> RawDocument:
        """Read the bytes of a file.

        Raises:
            UnreadableFile: ``timeout``, ``crashed``, and whatever the reader says.
        """
        process = self._running(limits.memory_bytes)
        try:
            self._send(process, data, media_type, limits)
            answer = self._receive(process, limits, progress)
        except (BrokenPipeError, EOFError, ValueError):
            self.close()
            raise UnreadableFile(
                "crashed", "The file breaks its reader; save it anew and try again."
            ) from None
        except TimeoutError:
            self.close()
            seconds = f"{limits.seconds:g} seconds"
            raise UnreadableFile("timeout", f"Reading takes longer than {seconds}; raise seconds.") from None
        if "reason" in answer:
            raise UnreadableFile(answer["reason"], answer["detail"])
        return _document(answer["document"])

    def close(self) -> None:
        """Stop the process and every process that it started."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _running(self, memory: int) -> subprocess.Popen[bytes]:
        """Return the process; start it where there is none, or none of ours with this bound."""
        if self._process is not None and (self._process.poll() is not None or self._memory != memory):
            self.close()
        if self._process is None or self._owner != os.getpid():
            self._owner, self._memory = os.getpid(), memory
            root = str(Path(__file__).resolve().parents[2])
            path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
            self._process = subprocess.Popen(
                [*self._command, str(memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,
            )
        return self._process

    def _send(self, process: subprocess.Popen[bytes], data: bytes, media_type: str, limits: Limits) -> None:
        assert process.stdin is not None  # opened as a pipe
        bounds = asdict(limits)
        cache_dir = bounds.pop("cache_dir")
        request = {
            "media_type": media_type,
            "size": len(data),
            "limits": bounds,
            "cache_dir": None if cache_dir is None else str(cache_dir),
        }
        process.stdin.write(json.dumps(request).encode() + b"\n" + data)
        process.stdin.flush()

    def _receive(
        self, process: subprocess.Popen[bytes], limits: Limits, progress: Progress
    ) -> dict[str, Any]:
        """Wait for the answer; every recognised page earns the time of the next one."""
        assert process.stdout is not None  # opened as a pipe
        deadline = time.monotonic() + limits.seconds
        buffer = bytearray()
        while True:
            line, found, rest = buffer.partition(b"\n")
            if found:
                buffer = bytearray(rest)
                message: dict[str, Any] = json.loads(line)
                if "total" not in message:
                    return message
                progress(message["done"], message["total"])
                deadline = time.monotonic() + limits.seconds + _TRIES * limits.seconds_per_scan
                continue
            if not select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk:
                raise EOFError
            buffer += chunk


def _document(fields: dict[str, Any]) -> RawDocument:
    """Return the document that the other side sent as plain values."""
    lists = {name: tuple(fields[name]) for name in ("pages", "notes")}
    return RawDocument(
        **{**fields, **lists, "doubtful": tuple(Doubt(**doubt) for doubt in fields["doubtful"])}
    )


_SANDBOX = Sandbox()
atexit.register(_SANDBOX.close)


def read_sandboxed(data: bytes, media_type: str, limits: Limits, progress: Progress = silent) -> RawDocument:
    """Read a file of an untrusted format in this process's sandbox.

    Raises:
        UnreadableFile: As ``Sandbox.read`` does.
    """
    return _SANDBOX.read(data, media_type, limits, progress)
