"""Whether the outputs that stand are what a run would make again, so that it need not happen.

A run seals its outputs with what they were made from and how their files looked then: size and time of the
last change. Whoever edits or deletes one breaks the seal. Imports ``corpus``, ``read``, ``fingerprint``,
``cache``, ``publish`` and ``tally``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus import Corpus, open_corpus
from pipeline.read import Limits
from pipeline.run.cache import read_note, write_note
from pipeline.run.fingerprint import SourcePrint, digest, fingerprint_run, fingerprint_sources
from pipeline.run.publish import current_slot
from pipeline.run.tally import Summary

_NAME = ".seal.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """What outputs were made from, how they looked when done, and what to tell of them."""

    inputs: str
    outputs: str
    summary: Summary


def inputs_of(corpus: Corpus, out: Path, prints: Iterable[SourcePrint], others: Iterable[Path]) -> str:
    """Return the fingerprint of everything that the outputs in *out* depend on; *prints* are its sources'."""
    way = os.path.relpath(corpus.folder, out)  # the report links to the files
    return digest(way, fingerprint_run(corpus, prints, others))


def write_seal(slot: Path, inputs: str, summary: Summary) -> None:
    """Seal the outputs in *slot*, which are complete and made from *inputs*."""
    write_note(slot / _NAME, Seal(inputs, _look_of(slot), summary))


def standing_seal(
    corpus_folder: Path, out: Path, others: Iterable[Path] = (), limits: Limits | None = None
) -> Seal | None:
    """Return the seal of the outputs in *out* if a run over *corpus_folder* would make them again.

    Args:
        others: files beside the corpus that a run reads.
        limits: what one file may cost; ``Limits()`` unless given.

    Raises:
        CorpusError: the corpus cannot be used.
    """
    slot = current_slot(out)
    seal = read_note(slot / _NAME, Seal) if slot else None
    if slot is None or seal is None or not is_intact(slot):
        return None
    corpus = open_corpus(corpus_folder)
    inputs = inputs_of(corpus, out, fingerprint_sources(corpus.sources, limits or Limits()), others)
    return seal if seal.inputs == inputs else None


def is_intact(slot: Path) -> bool:
    """Return whether the files in *slot* are those that were sealed there."""
    seal = read_note(slot / _NAME, Seal)
    return seal is not None and seal.outputs == _look_of(slot)


def _look_of(slot: Path) -> str:
    files = sorted(path for path in slot.rglob("*") if path.name != _NAME and path.is_file())
    return digest(*(f"{path.relative_to(slot)} {_look(path)}" for path in files))


def _look(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"
