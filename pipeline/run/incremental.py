"""Only what changed: results come from the cache where it has them, from the workers where it has not.

Every result is named by what it was made from (`fingerprint`), so nothing is ever out of date; a ledger of
the last run tells, for a person, why something was made anew. Imports ``cache`` and ``workers``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.errors import UsageError
from pipeline.run.cache import Cache, Entry, Lookup, decode, read_note, write_note
from pipeline.run.workers import Engine

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 32
"""Items per task of a worker: enough to outweigh the cost of sending them."""

_LEDGER = "ledger.json"
_UNUSED = "the cache is not used"
_NEW = "it is new"
_DAMAGED = "its entry in the cache is damaged"
_GONE = "its entry in the cache is gone"


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """A result to be had: ``name`` for a person, ``causes`` what it is made from, ``key`` their hash.

    ``task`` gives what a worker needs to make it; it is called only where the result must be made.
    """

    name: str
    key: str
    causes: dict[str, str]
    task: Callable[[], T]


@dataclass(frozen=True, slots=True)
class Remade:
    """A result that had to be made, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class Memory:
    """What former runs left in *cache*, and what this one makes.

    ``fresh``: nothing of former runs is used. Results of this run are kept all the same, since no run holds
    them in memory: `fetch` reads them back.
    """

    cache: Cache
    fresh: bool = False
    remade: list[Remade] = field(default_factory=list)
    recalled: int = 0
    _before: dict[str, dict[str, str]] = field(default_factory=dict)
    _ledger: dict[str, dict[str, str]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _unkept: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = read_note(self._path, dict[str, dict[str, str]]) or {}

    def recall(self, job: Job[T], kind: type[R]) -> R | None:
        """Return the result of *job* if it is kept; note why where it is not."""
        self._ledger[job.name] = job.causes
        self._used.add(job.key)
        entry: Entry[R] = Entry(Lookup.MISSING) if self.fresh else self.cache.get(job.key, kind)
        if entry.lookup is Lookup.FOUND:
            self.recalled += 1
        else:
            self.remade.append(Remade(job.name, self._reason(job, entry.lookup)))
        return entry.record

    def keep(self, job: Job[T], data: bytes) -> None:
        """Keep the encoded result of *job*, in memory where the disk refuses it."""
        if not self.cache.put(job.key, data):
            self._unkept[job.key] = data

    def fetch(self, key: str) -> bytes:
        """Return the encoded result that this run recalled or kept under *key*.

        Raises:
            UsageError: somebody removed or damaged it meanwhile.
        """
        data = self._unkept.get(key) or self.cache.fetch(key).record
        if data is None:
            raise UsageError(f"{self.cache.folder}: was changed during the run; leave it alone and run again")
        return data

    def close(self) -> None:
        """Write the ledger and forget what nobody used for long; call it when the run is published."""
        write_note(self._path, self._ledger)
        self.cache.prune(self._used)

    def _reason(self, job: Job[T], lookup: Lookup) -> str:
        if self.fresh:
            return _UNUSED
        if lookup is Lookup.DAMAGED:
            return _DAMAGED
        before = self._before.get(job.name)
        if before is None:
            return _NEW
        changed = [cause for cause, value in job.causes.items() if before.get(cause) != value]
        return f"changed: {', '.join(changed)}" if changed else _GONE

    @property
    def _path(self) -> Path:
        return self.cache.folder / _LEDGER


def results_of(
    jobs: Iterable[Job[T]],
    make: Callable[[Sequence[T]], list[bytes]],
    kind: type[R],
    memory: Memory,
    engine: Engine,
) -> Iterator[tuple[int, R]]:
    """Yield the result of each job with its place among *jobs*, in no particular order.

    Jobs are taken as workers become free, so that few tasks are held at a time.

    Args:
        make: turns the tasks of a chunk into encoded records of type *kind*; runs in a worker.
    """
    kept: deque[tuple[int, R]] = deque()
    sent: deque[list[tuple[int, Job[T]]]] = deque()

    def missing() -> Iterator[tuple[int, Job[T]]]:
        for place, job in enumerate(jobs):
            record = memory.recall(job, kind)
            if record is None:
                yield place, job
            else:
                kept.append((place, record))

    def tasks() -> Iterator[list[T]]:
        rest = missing()
        while chunk := list(islice(rest, CHUNK)):
            sent.append(chunk)
            yield [job.task() for _, job in chunk]

    for results in engine.map(make, tasks()):
        for (place, job), data in zip(sent.popleft(), results, strict=True):
            memory.keep(job, data)
            yield place, decode(data, kind)
        while kept:
            yield kept.popleft()
    yield from kept
