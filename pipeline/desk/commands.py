"""The commands of the analyst's desk: review, export, import, agreement.

Arguments to calls, no logic, as in ``__main__``, which adds them to its own. Modules are imported by the
command that needs them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk.arguments import path, positive

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS = ("labelstudio", "doccano", "docbin")
_DONE = 0


def add_desk_commands(commands: Commands) -> None:
    """Add the commands of the desk to those of the command line."""
    _add_review(commands)
    _add_export(commands)
    _add_import(commands)
    _add_agreement(commands)


def _add_review(commands: Commands) -> None:
    parser = commands.add_parser("review", help="what the model is least sure of, best questions first")
    parser.add_argument(
        "--out", type=path, default=Path("outputs"), metavar="DIR", help="outputs/ by default"
    )
    parser.add_argument(
        "--most", type=positive, default=50, metavar="N", help="questions to ask, 50 by default"
    )
    parser.set_defaults(command=_review)


def _add_export(commands: Commands) -> None:
    parser = commands.add_parser("export", help="provisions, facts and pairs for an annotation tool")
    _format_argument(parser)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--out", type=path, default=Path("outputs"), metavar="DIR", help="tables to export")
    source.add_argument("--gold", type=path, metavar="DIR", help="annotations to export instead")
    parser.add_argument("file", type=path, metavar="FILE", help="file to write")
    parser.set_defaults(command=_export)


def _add_import(commands: Commands) -> None:
    parser = commands.add_parser("import", help="an annotation tool's file to annotations")
    _format_argument(parser)
    parser.add_argument("file", type=path, metavar="FILE", help="file that the tool exported")
    parser.add_argument("--gold", type=path, required=True, metavar="DIR", help="folder for the annotations")
    parser.set_defaults(command=_import)


def _add_agreement(commands: Commands) -> None:
    parser = commands.add_parser("agreement", help="how far two annotators agree, layer by layer")
    parser.add_argument("first", type=path, metavar="A", help="folder of annotations")
    parser.add_argument("second", type=path, metavar="B", help="folder of another annotator's")
    parser.set_defaults(command=_agreement)


def _format_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, required=True)


# --- commands ------------------------------------------------------------------------------------


def _review(options: argparse.Namespace) -> int:
    from rich.console import Console

    from pipeline.desk.review import FILE, find_questions, print_questions, write_questions

    questions = find_questions(options.out)[: options.most]
    write_questions(questions, options.out / FILE)
    print_questions(questions, Console())
    print(f"fill in the column value of {options.out / FILE}: see docs/annotation.md", file=sys.stderr)
    return _DONE


def _export(options: argparse.Namespace) -> int:
    from pipeline.exchange import export_gold, export_tables

    if options.gold:
        export_gold(options.gold, options.file, options.format)
    else:
        export_tables(options.out, options.file, options.format)
    return _DONE


def _import(options: argparse.Namespace) -> int:
    from pipeline.exchange import import_file

    import_file(options.file, options.gold, options.format)
    return _DONE


def _agreement(options: argparse.Namespace) -> int:
    from pipeline.evaluate.agreement import agreement, render

    print(render(agreement(options.first, options.second)))
    return _DONE
