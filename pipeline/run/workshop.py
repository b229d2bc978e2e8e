"""What every stage of a run works with. Imports ``incremental``, ``progress`` and ``workers``."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.run.incremental import Memory
from pipeline.run.progress import Progress
from pipeline.run.workers import Engine


@dataclass(frozen=True, slots=True)
class Workshop:
    """Who does the work, what is remembered of it, and who is told."""

    engine: Engine
    memory: Memory
    progress: Progress
