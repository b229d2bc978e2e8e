"""``python -m tests.fuzz --cases N --seed S``: damaged files of every format through the whole analysis.

Every file must end in a document whose spans read back, or in a reject, within ten seconds. Prints counts
by format and reason; keeps each file that fails in a folder and exits with 1. The same seed gives the same
files. Pictures and .doc files, which other programs read, are one in fifty; without LibreOffice there are
no .doc, .rtf, .pdf and pictures to start from.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.analyse import analyse_source
from pipeline.corpus import Source
from pipeline.errors import UnreadableFile
from pipeline.read import sandbox
from pipeline.records import Document, ManifestRow
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import SLOW, Seed, seeds

LONGEST = 10.0  # seconds; a second try tells a hang from a busy machine
_ONE_SLOW_IN = 50


def check_spans(document: Document) -> None:
    """Require that everything found is where it says it is."""
    text = document.text
    rows = (*document.provisions, *document.references, *document.deadlines, *document.assignments)
    for row in rows:
        assert text[row.start : row.end] == row.text, f"{row!r} is not at its place"
    paths = [provision.path for provision in document.provisions]
    assert len(paths) == len(set(paths)), "paths are not unique"


def outcome(path: Path) -> str:
    """Return "document" or the reason of the reject; raise whatever else happens."""
    source = Source(doc_id="case", path=path, relative_path=path.name, manifest=ManifestRow())
    start = time.perf_counter()
    try:
        check_spans(analyse_source(source))
        result = "document"
    except UnreadableFile as error:
        result = error.reason
    seconds = time.perf_counter() - start
    if seconds > LONGEST:
        raise TimeoutError(f"{seconds:.1f} seconds")
    return result


def cases(files: list[Seed], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield *count* damaged files with their formats, the slow ones at the end."""
    chance = random.Random(seed)
    slow = [item for item in files if item.kind in SLOW]
    quick = [item for item in files if item.kind not in SLOW]
    kinds = sorted({item.kind for item in quick})
    slow_count = count // (_ONE_SLOW_IN if quick else 1) if slow else 0
    for _ in range(count - slow_count):
        kind = chance.choice(kinds)
        item = chance.choice([item for item in quick if item.kind == kind])
        yield kind, mutate(item, chance.choice(quick), chance)
    for _ in range(slow_count):
        item = chance.choice(slow)
        yield item.kind, mutate(item, chance.choice(files), chance)


def fuzz(files: list[Seed], count: int, seed: int, failures: Path) -> Counter[tuple[str, str]]:
    """Run the cases; count them by format and outcome, "FAILED" among the outcomes."""
    counts: Counter[tuple[str, str]] = Counter()
    programs = os.environ["PATH"]
    with tempfile.TemporaryDirectory(prefix="doichieu-fuzz-") as folder:
        path = Path(folder) / "case"
        for number, (kind, data) in enumerate(cases(files, count, seed)):
            # Damaged PDFs would go to recognition by the thousand; without the program they are refused.
            _allow_programs(programs if kind in SLOW else "")
            path.write_bytes(data)
            try:
                result = _twice(path)
            except Exception:
                result = "FAILED"
                failures.mkdir(parents=True, exist_ok=True)
                (failures / f"{seed}-{number}.{kind}").write_bytes(data)
                (failures / f"{seed}-{number}.log").write_text(traceback.format_exc(), encoding="utf-8")
            counts[kind, result] += 1
    _allow_programs(programs)
    return counts


def _allow_programs(path: str) -> None:
    if os.environ["PATH"] != path:
        os.environ["PATH"] = path
        sandbox._SANDBOX.close()  # the next one sees the change


def _twice(path: Path) -> str:
    try:
        return outcome(path)
    except TimeoutError:
        return outcome(path)


def main() -> int:
    """Return 1 if a case failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="texts to make files of")
    parser.add_argument("--more", type=Path, help="a folder of other files to start from")
    parser.add_argument("--only", nargs="*", metavar="KIND", help="formats: txt, docx, png, ...")
    parser.add_argument("--failures", type=Path, default=Path("outputs/fuzz"), help="where to keep them")
    options = parser.parse_args()
    start = time.perf_counter()
    files = [
        file for file in seeds(options.corpus, options.more) if not options.only or file.kind in options.only
    ]
    counts = fuzz(files, options.cases, options.seed, options.failures)
    for (kind, result), number in sorted(counts.items()):
        print(f"{kind:8}{result:16}{number:>8}")
    failed = sum(number for (_, result), number in counts.items() if result == "FAILED")
    print(f"{counts.total()} cases, {failed} failed, {time.perf_counter() - start:.0f} seconds")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
