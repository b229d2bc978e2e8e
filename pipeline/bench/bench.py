"""The benchmark: stages one by one, the whole job, the peers, and how right these are.

Stages and peers are measured in seconds of processor, which other work on the machine disturbs least; the
whole job, which may have several processors, by the clock.
"""

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
from pipeline.bench.accuracy import accuracy_table
from pipeline.bench.peers import PEERS, Peer, combined_pass
from pipeline.bench.peers import Job as PeerJob
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

_WARMING_UP = ("Ủy ban nhân dân tỉnh báo cáo trước ngày 15/11/2025.",)

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
    """Return the tables of a benchmark over *documents* simulated plans, as plain text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = [_sample(gold, corpus, folder / f"sample{seed}", documents, seed) for seed in SEEDS]
        baselines = (
            _fastest("one combined regex pass", samples, _combined),
            _fastest("read, decode, NFC", samples, _read),
        )
        stages = _stages(samples)
        peers = _peer_lines(samples[0], _together(stages))
        whole = [_whole_job(samples[0], folder / f"out{n}", n) for n in sorted({1, workers})]
    sample = samples[0]
    lines = [f"simulated corpus: {len(sample.texts)} documents, {sample.size / 1e6:.1f} MB", "", _HEADER]
    lines += [_line(timing, baselines, sample) for timing in (*baselines, *stages, *whole)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines += ["", f"peak memory of the main process: {memory:.0f} MB", "", *peers]
    return "\n".join([*lines, "", accuracy_table(gold)])


_HEADER = f"{'job':<36} {'MB/s':>8} {'documents/s':>12} {'× one pass':>11} {'× read':>8}"
_PEERS_HEADER = f"{'peer on the same text':<36} {'MB/s':>8} {'× clean to extract':>19}"


def _line(timing: Timing, baselines: tuple[Timing, Timing], sample: Sample) -> str:
    speed, rate = sample.size / timing.seconds / 1e6, len(sample.texts) / timing.seconds
    one_pass, reading = (timing.seconds / baseline.seconds for baseline in baselines)
    return f"{timing.name:<36} {speed:8.3f} {rate:12.1f} {one_pass:11.1f} {reading:8.1f}"


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
        _fastest("bodies", samples, _extract(lambda _, layout: assignments_of(layout))),
    ]
    whole = Timing(_TOGETHER, sum(timing.seconds for timing in timings))
    return [*timings, whole, _fastest("align, with drift", samples, _align)]


_TOGETHER = "clean to extract, together"


def _together(stages: Sequence[Timing]) -> float:
    return next(timing.seconds for timing in stages if timing.name == _TOGETHER)


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
    return Timing(f"whole job, {workers} workers, by the clock", time.perf_counter() - start)


# --- peers ---------------------------------------------------------------------------------------


def _peer_lines(sample: Sample, ours: float) -> list[str]:
    """Return a line for each peer: its speed, and how many times longer than *ours*, in seconds, it takes."""
    return [_PEERS_HEADER, *(_peer_line(peer, peer.load(), sample, ours) for peer in PEERS)]


def _peer_line(peer: Peer, job: PeerJob | None, sample: Sample, ours: float) -> str:
    if job is None:
        return f"{peer.name:<36} not installed"
    seconds = _peer_seconds(job, sample, peer.characters)
    bar = "" if peer.bar is None else f"   asked: {peer.bar:g}"
    return f"{peer.name:<36} {sample.size / seconds / 1e6:8.3f} {seconds / ours:19.1f}{bar}"


def _peer_seconds(job: PeerJob, sample: Sample, characters: int) -> float:
    """Return the seconds of a peer on as much of the text as its speed allows, scaled to the whole."""
    texts = _first(sample.texts, characters)
    share = sum(map(len, texts)) / sum(map(len, sample.texts))
    job(_WARMING_UP)
    return _seconds(lambda: job(texts)) / share


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
    """Return the seconds of processor that *job* took, programs that it started included."""
    start = _used()
    job()
    return _used() - start


def _used() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
