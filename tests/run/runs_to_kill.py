"""Starts runs and kills each at a random moment: ``runs_to_kill.py FOLDER KILLS SEED``.

FOLDER holds two corpora, ``a`` and ``b``, which are run in turn into one output folder. After every kill the
outputs must be those of one undisturbed run or of the other, whole; the last run is left to finish. Every
fifth run cannot write files beyond a random size instead, as on a full disk. Prints the counts as JSON.
"""

import hashlib
import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.run.job import run
from pipeline.run.progress import Progress

Look = dict[str, str]


def look(out: Path) -> Look:
    """Return the hash of every published file but ``run.json``, which tells the time."""
    names = [path for path in out.iterdir() if path.is_symlink()]
    files = [file for name in names for file in ([name] if name.is_file() else name.rglob("*"))]
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and path.name != "run.json"
    }


def start(corpus: Path, out: Path, *, kill_after: float | None = None, largest: int | None = None) -> int:
    """Run in a process of its own, which may die; return its status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    if kill_after is not None:
        # the default action of SIGALRM ends the process as kill -9 does: no handler runs, nothing is closed
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, kill_after)
    code = 1
    try:
        run(corpus, out, workers=1, progress=Progress(), cache=out / ".cache")
        code = 0
    finally:
        os._exit(code)


def main(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Return how many runs died, finished, failed to write, and left something else than whole outputs."""
    corpora, out, chance = [folder / "a", folder / "b"], folder / "out", random.Random(seed)
    expected = []
    for corpus in corpora:
        begun = time.perf_counter()
        assert start(corpus, folder / f"calm-{corpus.name}") == 0
        longest = time.perf_counter() - begun
        expected.append(look(folder / f"calm-{corpus.name}"))
    assert start(corpora[0], out) == 0
    counts: Counter[str] = Counter()
    for number in range(kills):
        corpus = corpora[(number + 1) % 2]
        if number % 5 == 4:
            status = start(corpus, out, largest=chance.randrange(max_size(out)))
        else:
            status = start(corpus, out, kill_after=chance.uniform(0, 1.1 * longest))
        counts["finished" if status == 0 else "killed" if os.WIFSIGNALED(status) else "failed"] += 1
        counts["not whole"] += look(out) not in expected
    for corpus, outputs in zip(corpora, expected, strict=True):
        counts["lost"] += start(corpus, out) != 0 or look(out) != outputs
    return counts


def max_size(out: Path) -> int:
    return max(path.stat().st_size for path in (out / ".runs").rglob("*") if path.is_file())


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
