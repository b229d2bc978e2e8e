"""The other side of the sandbox: ``python -m pipeline.read.worker MEMORY`` reads files sent to it.

A request is one line of JSON and the bytes of the file; an answer is one line of JSON: progress while
pages are recognised, then the document or the reason why there is none. The process keeps its memory
within MEMORY bytes and ends when its input ends.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import UnreadableFile
from pipeline.read.limits import Limits
from pipeline.read.readers import read_untrusted


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""

    def answer(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message, ensure_ascii=True).encode() + b"\n")
        answers.flush()

    def progress(done: int, total: int) -> None:
        answer({"done": done, "total": total})

    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        limits = Limits(**request["limits"])
        if request["cache_dir"] is not None:
            limits = Limits(**request["limits"], cache_dir=Path(request["cache_dir"]))
        try:
            answer({"document": asdict(read_untrusted(data, request["media_type"], limits, progress))})
        except UnreadableFile as error:
            answer({"reason": error.reason, "detail": error.detail})
        except MemoryError:
            answer({"reason": "too_large", "detail": "The file needs more memory; raise memory_bytes."})
        except Exception as error:  # whatever a parser of an untrusted format comes upon
            detail = f"The file cannot be parsed ({type(error).__name__}); save it anew."
            answer({"reason": "crashed", "detail": detail})


def main() -> None:
    """Serve on standard input and output; what libraries print goes nowhere."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
