"""The command line: arguments to calls, no logic.

Modules are imported by the command that needs them, so that ``--help`` and ``schema`` answer at once.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.desk.arguments import Parser, path, positive, rate
from pipeline.desk.commands import add_desk_commands
from pipeline.desk.main_job import add_main_job
from pipeline.errors import UnreadableFile, UsageError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, UNUSABLE = 0, 2

_EPILOG = """\
examples:
  doichieu align                            corpus/ to outputs/ (make align)
  doichieu align --corpus plans --out run   another corpus
  doichieu clean scan.txt --explain         what cleaning repaired, and why
  doichieu evaluate                         the tables against the annotations
  doichieu review                           what to look at first, ready to fill in
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 done, 1 rejected under --strict, 2 unusable input."""
    # Alignment solves many small systems, each too small to share out: threads would only wait for each other
    # (30 ms instead of 1 ms a document on two busy cores). Workers are the way to use more cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"doichieu: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("doichieu: stopped; what was written before is as it was", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog="doichieu",
        description="Đối chiếu kế hoạch của địa phương với chỉ thị của bộ. "
        "Compare local plans with a ministry's directive, task by task.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"doichieu {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_main_job(commands)
    _add_evaluate(commands)
    _add_report(commands)
    _add_clean(commands)
    _add_simulate(commands)
    _add_bench(commands)
    _add_schema(commands)
    add_desk_commands(commands)
    return parser


def _out_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=path, default=Path("outputs"), metavar="DIR", help="outputs/ by default"
    )


def _add_evaluate(commands: Commands) -> None:
    parser = commands.add_parser("evaluate", help="the tables against the annotations")
    parser.add_argument("--gold", type=path, default=Path("annotations"), metavar="DIR")
    _out_argument(parser)
    parser.add_argument("--held-out", action="store_true", help="alignment again, each document held out")
    parser.add_argument("--check", action="store_true", help="fail where a figure falls below its floor")
    parser.add_argument("--update", action="store_true", help="raise the floors to the figures measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: floors may fall")
    parser.set_defaults(command=_evaluate)


def _add_report(commands: Commands) -> None:
    parser = commands.add_parser("report", help="the HTML report from the tables alone")
    _out_argument(parser)
    parser.set_defaults(command=_report)


def _add_clean(commands: Commands) -> None:
    parser = commands.add_parser("clean", help="the clean text of one file")
    parser.add_argument("file", type=path)
    parser.add_argument(
        "--explain", action="store_true", help="list each repair instead: rule, place, before, after"
    )
    parser.set_defaults(command=_clean)


def _add_simulate(commands: Commands) -> None:
    parser = commands.add_parser("simulate", help="plans with known truth, derived from a real directive")
    parser.add_argument("--documents", type=positive, default=34, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument(
        "--out", type=path, required=True, metavar="DIR", help="a new folder: corpus/ and gold/"
    )
    parser.add_argument("--gold", type=path, default=Path("annotations"), metavar="DIR")
    parser.add_argument("--corpus", type=path, default=Path("corpus"), metavar="DIR")
    for name, default in _rates().items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, type=rate, default=default, metavar="RATE", help=f"{default} by default")
    parser.set_defaults(command=_simulate)


def _add_bench(commands: Commands) -> None:
    parser = commands.add_parser("bench", help="speed and memory on a simulated corpus, beside the peers")
    parser.add_argument("--documents", type=positive, default=100, metavar="N")
    parser.add_argument("--workers", type=positive, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--gold", type=path, default=Path("annotations"), metavar="DIR")
    parser.add_argument("--corpus", type=path, default=Path("corpus"), metavar="DIR")
    parser.set_defaults(command=_bench)


def _add_schema(commands: Commands) -> None:
    parser = commands.add_parser("schema", help="the data dictionary of every table")
    parser.add_argument("--format", choices=("md", "json"), default="md")
    parser.add_argument("--rules", action="store_true", help="the rules of findings instead")
    parser.set_defaults(command=_schema)


def _rates() -> dict[str, float]:
    from pipeline.simulate.operations import Rates

    return dataclasses.asdict(Rates())


# --- commands ------------------------------------------------------------------------------------


def _evaluate(options: argparse.Namespace) -> int:
    from pipeline.evaluate import evaluate, render
    from pipeline.evaluate.floors import check_floors, update_floors

    evaluation = evaluate(options.gold, options.out)
    print(render(evaluation))
    if options.held_out:
        print(_held_out(options.gold))
    floors = options.gold / "baseline.json"
    if options.update:
        update_floors(evaluation, floors, allow_regression=options.allow_regression)
    if options.check:
        check_floors(evaluation, floors)
    return DONE


def _held_out(gold: Path) -> str:
    from pipeline.align.model import load_models
    from pipeline.evaluate.training import read_cases, report

    return f"\nalignment on gold provisions\n{report(read_cases(gold), load_models())}"


def _report(options: argparse.Namespace) -> int:
    from pipeline.report import write_report

    write_report(options.out / "tables", options.out / "report")
    return DONE


def _clean(options: argparse.Namespace) -> int:
    from pipeline.clean import clean_text, explain
    from pipeline.read import read_file

    try:
        raw = read_file(options.file)
    except UnreadableFile as error:
        raise UsageError(f"{options.file}: {error}") from error
    clean = clean_text("\f".join(raw.pages), recognised=raw.text_source == "ocr")
    print(explain(clean) if options.explain else clean.text)
    return DONE


def _simulate(options: argparse.Namespace) -> int:
    from pipeline.simulate import Rates, simulate

    rates = Rates(**{name: getattr(options, name) for name in _rates()})
    simulate(
        options.gold, options.corpus, options.out, documents=options.documents, seed=options.seed, rates=rates
    )
    return DONE


def _bench(options: argparse.Namespace) -> int:
    from pipeline.bench import run_bench

    print(run_bench(options.gold, options.corpus, documents=options.documents, workers=options.workers))
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from pipeline.check.rules import rules_markdown
    from pipeline.schemas import dictionary_markdown, dictionary_rows

    if options.rules:
        print(rules_markdown())
    elif options.format == "json":
        print(json.dumps(dictionary_rows(), ensure_ascii=False, indent=1))
    else:
        print(dictionary_markdown())
    return DONE


if __name__ == "__main__":
    sys.exit(main())
