"""The main job on the command line: ``align``.

Arguments to calls, no logic, as in ``__main__``, which adds it to its own.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk.arguments import path, place, positive
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.read import Limits
    from pipeline.run.incremental import Remade
    from pipeline.run.progress import Progress
    from pipeline.run.tally import Summary

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, REJECTED = 0, 1

_LIMITS = ("max_bytes", "max_unpacked_bytes", "max_pages", "max_chars", "max_paragraphs", "seconds")
_OVERRIDES = Path("annotations/overrides.csv")


def add_main_job(commands: Commands) -> None:
    """Add ``align`` to the *commands*."""
    parser = commands.add_parser("align", help="the main job: raw files to tables and report")
    parser.add_argument(
        "--corpus",
        type=place,
        default=Path("corpus"),
        metavar="DIR",
        help="corpus/ by default; also an address",
    )
    parser.add_argument(
        "--out", type=place, default=Path("outputs"), metavar="DIR", help="outputs/ by default; likewise"
    )
    parser.add_argument("--workers", type=positive, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument(
        "--engine", choices=("local", "dask"), default="local", help="dask: the machines of --scheduler"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster: tcp://host:8786")
    parser.add_argument("--strict", action="store_true", help="exit 1 if anything was rejected")
    parser.add_argument(
        "--overrides", type=path, metavar="FILE", help=f"a person's decisions; {_OVERRIDES} where it exists"
    )
    _cache_arguments(parser)
    _limit_arguments(parser)
    parser.set_defaults(command=_align)


def _cache_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cache", type=path, metavar="DIR", help="results to reuse; OUT/.cache by default")
    parser.add_argument("--no-cache", action="store_true", help="make everything anew and keep nothing")
    parser.add_argument("--explain", action="store_true", help="say why each document was made anew")
    parser.add_argument(
        "--mirror",
        type=path,
        metavar="DIR",
        help="where copies of addresses lie; the user's cache else",
    )


def _limit_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what one file may cost; a reject names the bound that it went beyond")
    for name in _LIMITS:
        group.add_argument(f"--{name.replace('_', '-')}", type=positive, metavar="N")


def _limits(options: argparse.Namespace) -> Limits:
    from pipeline.read import Limits

    given = {name: getattr(options, name) for name in _LIMITS}
    return Limits(**{name: value for name, value in given.items() if value is not None})


# --- the command ---------------------------------------------------------------------------------


def _align(options: argparse.Namespace) -> int:
    if (options.engine == "dask") != bool(options.scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS go together")
    address = options.out if isinstance(options.out, str) else None
    _bring_here(options)
    summary, progress = _compare(options)
    if address:
        from pipeline.run.remote import mirror_of, send_outputs

        sent = send_outputs(options.out, address, mirror_of(address, options.mirror))
        progress.console.print(f"sent: {sent} files to {address}", soft_wrap=True)
    if not summary.documents:
        raise UsageError(f"{options.corpus}: none of its files could be read; the table rejects says why")
    return REJECTED if options.strict and summary.rejects else DONE


def _bring_here(options: argparse.Namespace) -> None:
    """Put folders of this machine in the place of addresses."""
    if isinstance(options.corpus, Path) and isinstance(options.out, Path):
        return
    from pipeline.run.remote import fetch_folder, mirror_of

    if isinstance(options.corpus, str):
        options.corpus = fetch_folder(options.corpus, mirror_of(options.corpus, options.mirror))
    if isinstance(options.out, str):
        options.out = mirror_of(options.out, options.mirror) / "files"


def _compare(options: argparse.Namespace) -> tuple[Summary, Progress]:
    from pipeline.run.progress import Progress, print_remade, print_summary
    from pipeline.run.seal import standing_seal

    overrides = options.overrides or (_OVERRIDES if _OVERRIDES.exists() else None)
    others = [overrides] if overrides else []
    start = time.perf_counter()
    progress = Progress()
    seal = None if options.no_cache else standing_seal(options.corpus, options.out, others, _limits(options))
    summary, remade, recalled = (seal.summary, (), 0) if seal else _run(options, overrides, progress)
    print_summary(progress.console, summary, time.perf_counter() - start)
    if options.explain and not seal:
        print_remade(progress.console, remade, recalled)
    state = "nothing changed, as they were" if seal else "written"
    tables, report = options.out / "tables", options.out / "report" / "index.html"
    progress.console.print(f"outputs: {state} · tables: {tables} · report: {report}", soft_wrap=True)
    return summary, progress


def _run(
    options: argparse.Namespace, overrides: Path | None, progress: Progress
) -> tuple[Summary, Sequence[Remade], int]:
    from pipeline.run.job import run
    from pipeline.run.workers import collect_rarely

    collect_rarely()
    done = run(
        options.corpus,
        options.out,
        workers=options.workers,
        progress=progress,
        overrides=overrides,
        cache=None if options.no_cache else options.cache or options.out / ".cache",
        scheduler=options.scheduler,
        limits=_limits(options),
    )
    return done.summary, done.remade, done.recalled
