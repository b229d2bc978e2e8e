"""The benchmark: stages one by one, the whole job, and the peers."""

from __future__ import annotations

import resource
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.align import align_documents, family_statistics
from pipeline.analyse import analyse_text
from pipeline.bench.peers import PEERS, combined_pass
from pipeline.clean import clean_text
from pipeline.extract.bodies import assignments_of
from pipeline.extract.deadlines import deadlines_of
from pipeline.extract.references import references_of
from pipeline.progress import Progress
from pipeline.records import Document, Layout
from pipeline.run import run
from pipeline.segment import parse_document
from pipeline.simulate import Rates, simulate

REPEATS = 3
"""Times a stage is run; the fastest counts, as noise only ever adds."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one job took over all texts."""

    name: str
    seconds: float


def run_bench(gold: Path, corpus: Path, *, documents: int, workers: int) -> str:
    """Return the table of a benchmark over *documents* simulated plans, as plain text."""
    with tempfile.TemporaryDirectory() as folder:
        simulated = Path(folder) / "simulated"
        simulate(gold, corpus, simulated, documents=documents, seed=0, rates=Rates())
        paths = sorted((simulated / "corpus").glob("*.txt"))
        texts = [path.read_text(encoding="utf-8") for path in paths]
        size = sum(len(text.encode()) for text in texts)
        baseline = _fastest("one combined regex pass", lambda: [combined_pass(text) for text in texts])
        timings = [baseline, *_denominators(paths), *_stages(texts), *_peers(texts)]
        whole = [_whole_job(simulated / "corpus", Path(folder) / f"out{n}", n) for n in sorted({1, workers})]
    lines = [f"simulated corpus: {len(texts)} documents, {size / 1e6:.1f} MB", "", _HEADER]
    lines += [_line(timing, baseline, len(texts), size) for timing in [*timings, *whole]]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return "\n".join([*lines, "", f"peak memory of the main process: {memory:.0f} MB"])


_HEADER = f"{'job':<34} {'MB/s':>8} {'documents/s':>12} {'× one pass':>11}"


def _line(timing: Timing, baseline: Timing, documents: int, size: int) -> str:
    speed, rate = size / timing.seconds / 1e6, documents / timing.seconds
    return f"{timing.name:<34} {speed:8.3f} {rate:12.1f} {timing.seconds / baseline.seconds:11.1f}"


def _denominators(paths: Sequence[Path]) -> list[Timing]:
    def read() -> None:
        for path in paths:
            unicodedata.normalize("NFC", path.read_bytes().decode("utf-8"))

    return [_fastest("read, decode, NFC", read)]


def _stages(texts: Sequence[str]) -> list[Timing]:
    cleaned = [clean_text(text).text for text in texts]
    layouts = [parse_document(text) for text in cleaned]
    pairs = list(zip(cleaned, layouts, strict=True))
    parent, *locals_ = [analyse_text(text) for text in texts]
    extractors: dict[str, Callable[[str, Layout], object]] = {
        "references": references_of,
        "deadlines": deadlines_of,
        "bodies": assignments_of,
    }
    timings = [
        _fastest("clean", lambda: [clean_text(text) for text in texts]),
        _fastest("segment", lambda: [parse_document(text) for text in cleaned]),
    ]
    for name, extract in extractors.items():
        timings.append(_fastest(name, _over(extract, pairs)))
    whole = sum(timing.seconds for timing in timings)
    aligned = _fastest("align", lambda: _align_all(parent, locals_))
    return [*timings, Timing("clean to extract, together", whole), aligned]


def _over(
    extract: Callable[[str, Layout], object], pairs: Sequence[tuple[str, Layout]]
) -> Callable[[], object]:
    return lambda: [extract(text, layout) for text, layout in pairs]


def _align_all(parent: Document, locals_: Sequence[Document]) -> None:
    statistics = family_statistics(parent)
    for local in locals_:
        align_documents(parent, local, statistics=statistics)


def _peers(texts: Sequence[str]) -> list[Timing]:
    """Return the peers' timings, each on as much of the text as its speed allows, scaled to the whole."""
    size = sum(map(len, texts))
    timings = []
    for peer in PEERS:
        job = peer.load()
        if job is None:
            continue
        sample = _sample(texts, peer.characters)
        share = sum(map(len, sample)) / size
        timing = _fastest(peer.name, _over_texts(job, sample), repeats=1)
        timings.append(Timing(timing.name, timing.seconds / share))
    return timings


def _over_texts(job: Callable[[str], object], texts: Sequence[str]) -> Callable[[], object]:
    return lambda: [job(text) for text in texts]


def _sample(texts: Sequence[str], characters: int) -> list[str]:
    sample: list[str] = []
    for text in texts:
        sample.append(text)
        characters -= len(text)
        if characters <= 0:
            break
    return sample


def _whole_job(corpus: Path, out: Path, workers: int) -> Timing:
    start = time.perf_counter()
    run(corpus, out, workers=workers, progress=Progress())
    return Timing(f"whole job with report, {workers} workers", time.perf_counter() - start)


def _fastest(name: str, job: Callable[[], object], repeats: int = REPEATS) -> Timing:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - start)
    return Timing(name, min(seconds))
