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
from pipeline.extract.assignments import assignments_of
from pipeline.extract.deadlines import deadlines_of
from pipeline.extract.references import references_of
from pipeline.records import Layout
from pipeline.run.job import run
from pipeline.run.progress import Progress
from pipeline.segment import parse_document
from pipeline.simulate import Rates, simulate

SEEDS = (0, 1, 2)
"""Each stage is timed on three corpora and the fastest counts: noise only ever adds. No text is read
twice, so that what a stage remembers helps it here as it would help a user, and no more."""

Texts = Sequence[str]
Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one job took over all texts of a corpus."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One simulated corpus: its folder and the texts of its files."""

    folder: Path
    texts: Texts

    @property
    def size(self) -> int:
        """Bytes of all texts."""
        return sum(len(text.encode()) for text in self.texts)


def run_bench(gold: Path, corpus: Path, *, documents: int, workers: int) -> str:
    """Return the table of a benchmark over *documents* simulated plans, as plain text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = [_sample(gold, corpus, folder / f"sample{seed}", documents, seed) for seed in SEEDS]
        baseline = _fastest("one combined regex pass", samples, _combined)
        timings = [baseline, _fastest("read, decode, NFC", samples, _read), *_stages(samples)]
        timings += _peers(samples[0])
        timings += [_whole_job(samples[0], folder / f"out{n}", n) for n in sorted({1, workers})]
    size = samples[0].size
    lines = [f"simulated corpus: {len(samples[0].texts)} documents, {size / 1e6:.1f} MB", "", _HEADER]
    lines += [_line(timing, baseline, len(samples[0].texts), size) for timing in timings]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return "\n".join([*lines, "", f"peak memory of the main process: {memory:.0f} MB"])


_HEADER = f"{'job':<36} {'MB/s':>8} {'documents/s':>12} {'× one pass':>11}"


def _line(timing: Timing, baseline: Timing, documents: int, size: int) -> str:
    speed, rate = size / timing.seconds / 1e6, documents / timing.seconds
    return f"{timing.name:<36} {speed:8.3f} {rate:12.1f} {timing.seconds / baseline.seconds:11.1f}"


def _sample(gold: Path, corpus: Path, folder: Path, documents: int, seed: int) -> Sample:
    simulate(gold, corpus, folder, documents=documents, seed=seed, rates=Rates())
    paths = sorted((folder / "corpus").glob("*.txt"))
    return Sample(folder / "corpus", tuple(path.read_text(encoding="utf-8") for path in paths))


def _combined(sample: Sample) -> Job:
    return lambda: [combined_pass(text) for text in sample.texts]


def _read(sample: Sample) -> Job:
    def read() -> None:
        for path in sample.folder.glob("*.txt"):
            unicodedata.normalize("NFC", path.read_bytes().decode("utf-8"))

    return read


# --- stages --------------------------------------------------------------------------------------


def _stages(samples: Sequence[Sample]) -> list[Timing]:
    timings = [
        _fastest("clean", samples, lambda sample: lambda: [clean_text(text) for text in sample.texts]),
        _fastest("segment", samples, _segment),
        _fastest("references", samples, _extract(references_of)),
        _fastest("deadlines", samples, _extract(deadlines_of)),
        _fastest("bodies", samples, _extract(assignments_of)),
    ]
    whole = sum(timing.seconds for timing in timings)
    return [*timings, Timing("clean to extract, together", whole), _fastest("align", samples, _align)]


def _segment(sample: Sample) -> Job:
    cleaned = [clean_text(text).text for text in sample.texts]
    return lambda: [parse_document(text) for text in cleaned]


def _extract(extract: Callable[[str, Layout], object]) -> Callable[[Sample], Job]:
    def prepare(sample: Sample) -> Job:
        cleaned = [clean_text(text).text for text in sample.texts]
        pairs = [(text, parse_document(text)) for text in cleaned]
        return lambda: [extract(text, layout) for text, layout in pairs]

    return prepare


def _align(sample: Sample) -> Job:
    parent, *locals_ = [analyse_text(text) for text in sample.texts]

    def align() -> None:
        statistics = family_statistics(parent)
        for local in locals_:
            align_documents(parent, local, statistics=statistics)

    return align


def _whole_job(sample: Sample, out: Path, workers: int) -> Timing:
    start = time.perf_counter()
    run(sample.folder, out, workers=workers, progress=Progress())
    return Timing(f"whole job with report, {workers} workers", time.perf_counter() - start)


# --- peers ---------------------------------------------------------------------------------------


def _peers(sample: Sample) -> list[Timing]:
    """Return the peers' timings, each on as much of the text as its speed allows, scaled to the whole."""
    timings = []
    for peer in PEERS:
        job = peer.load()
        if job is not None:
            timings.append(_peer(peer.name, job, sample, peer.characters))
    return timings


def _peer(name: str, job: Callable[[str], object], sample: Sample, characters: int) -> Timing:
    texts = _first(sample.texts, characters)
    share = sum(map(len, texts)) / sum(map(len, sample.texts))
    seconds = _seconds(lambda: [job(text) for text in texts])
    return Timing(name, seconds / share)


def _first(texts: Texts, characters: int) -> list[str]:
    first: list[str] = []
    for text in texts:
        first.append(text)
        characters -= len(text)
        if characters <= 0:
            break
    return first


# --- clock ---------------------------------------------------------------------------------------


def _fastest(name: str, samples: Sequence[Sample], prepare: Callable[[Sample], Job]) -> Timing:
    """Time the job that *prepare* makes of each sample, preparation left out; the fastest counts."""
    return Timing(name, min(_seconds(prepare(sample)) for sample in samples))


def _seconds(job: Job) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
