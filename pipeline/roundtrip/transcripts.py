"""``python -m pipeline.roundtrip.transcripts FOLDER``: letter error of files beside their transcripts.

A transcript is a text file of the same name. Transcribers set tables as they like, or leave the bars of cells
and the rules under headings out: so the error is given twice, over everything and over letters and figures
alone.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rapidfuzz.distance import Levenshtein

from pipeline.errors import UnreadableFile
from pipeline.read import read_file

_FIELD = re.compile(r"\bPAGE(?: +\d+)?\b")  # what Word prints as a page number


@dataclass(frozen=True, slots=True)
class LetterError:
    """Edit distance over the length of the transcript: of the whole text, and of its letters and figures."""

    name: str
    length: int
    whole: float
    letters: float


def letter_errors(folder: Path) -> Iterator[LetterError]:
    """Yield the letter error of each file below *folder* that has a transcript, in the order of their paths.

    The reader's own output is compared, before cleaning: cleaning takes out what transcripts keep, such as
    rules under headings.

    Raises:
        UnreadableFile: a file cannot be read.
    """
    for path in sorted(folder.rglob("*")):
        transcript = path.with_suffix(".txt")
        if path.is_file() and path != transcript and transcript.is_file():
            read = "\n".join(read_file(path).pages)
            yield compare(path.name, read, transcript.read_text(encoding="utf-8"))


def compare(name: str, read: str, transcript: str) -> LetterError:
    """Return the letter error of one text.

    >>> compare("qd.doc", "STT | Tên\\n1 | Nam", "STT\\nTên\\n1\\nNan").letters
    0.1
    """
    texts = [" ".join(unicodedata.normalize("NFC", text).split()) for text in (read, transcript)]
    plain = ["".join(filter(str.isalnum, _FIELD.sub("", text))) for text in texts]
    return LetterError(name, len(texts[1]), _error(*texts), _error(*plain))


def _error(read: str, expected: str) -> float:
    return Levenshtein.distance(read, expected) / max(1, len(expected))


def main() -> int:
    """Print a line for each file and the medians; exit code 2 where a file cannot be read."""
    try:
        found = list(letter_errors(Path(sys.argv[1])))
    except (IndexError, UnreadableFile) as error:
        print(f"python -m pipeline.roundtrip.transcripts FOLDER: {error}", file=sys.stderr)
        return 2
    for row in found:
        print(f"{row.name:<44} {row.length:>8,} {row.whole:>8.2%} {row.letters:>8.2%}")
    if found:
        middle = median(row.whole for row in found), median(row.letters for row in found)
        print(f"{f'median of {len(found)}':<44} {'':>8} {middle[0]:>8.2%} {middle[1]:>8.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
