"""``python -m pipeline.roundtrip [--corpus DIR] [--gold DIR] [--only NAME]``: what each format reaches."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.roundtrip.bars import Outcome, shortfalls
from pipeline.roundtrip.bench import bench, table


def main() -> int:
    """Run the bench; exit code 2 where it cannot run."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.roundtrip")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--gold", type=Path, default=Path("annotations"))
    parser.add_argument("--only", default="", help='formats whose name begins so, such as "scan"')
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    try:
        for outcome in bench(options.corpus, options.gold, options.only):
            print(f"{outcome.name}: letter error {outcome.letter_error:.2%}", file=sys.stderr)
            outcomes.append(outcome)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(outcomes))
    print("\nBars not reached:", *(shortfalls(outcomes) or ["none"]), sep="\n- ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
