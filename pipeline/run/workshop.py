"""What every stage of a run works with. Imports ``read``, ``incremental``, ``progress`` and ``workers``."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.read import Limits
from pipeline.run.incremental import Memory
from pipeline.run.progress import Progress
from pipeline.run.workers import Engine


@dataclass(frozen=True, slots=True)
class Workshop:
    """Who does the work, what is remembered of it, who is told, and what one file may cost."""

    engine: Engine
    memory: Memory
    progress: Progress
    limits: Limits = field(default_factory=Limits)
