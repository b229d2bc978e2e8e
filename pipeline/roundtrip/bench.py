"""Renders the annotated corpus to every format, runs the main job on each, and tables the figures."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.clean import clean_text
from pipeline.corpus import open_corpus
from pipeline.errors import UsageError
from pipeline.evaluate import evaluate
from pipeline.manifest import MANIFEST
from pipeline.read import read_file
from pipeline.roundtrip.bars import Outcome
from pipeline.roundtrip.pictures import bad_scan, grey_scan, scan
from pipeline.roundtrip.web import web_page
from pipeline.roundtrip.word import MOTTO, split, word_file
from pipeline.run.job import run
from pipeline.run.progress import Progress
from pipeline.tables import read_rows

FONTS = ("DejaVu Serif", "Noto Serif", "Liberation Serif")
_ANY_FONT = FONTS[-1]

Render = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """One format to render to: a name for the table, the ending of its files, how a text becomes a file."""

    name: str
    suffix: str
    render: Render


def forms() -> list[Form]:
    """Return the formats, plain text first."""
    made = [
        Form("text", ".txt", _plain),
        Form("docx", ".docx", lambda text: word_file(text, _ANY_FONT)),
        Form("rtf", ".rtf", lambda text: office_file(text, _ANY_FONT, "rtf")),
        Form("html", ".html", web_page),
    ]
    for font in FONTS:
        made += [
            Form(f"pdf, {font}", ".pdf", _pdf_in(font)),
            Form(f"scan, {font}", ".pdf", _then(_pdf_in(font), scan)),
            Form(f"bad scan, {font}", ".pdf", _then(_pdf_in(font), bad_scan)),
        ]
    return [*made, Form(f"grey scan, {_ANY_FONT}", ".pdf", _then(_pdf_in(_ANY_FONT), grey_scan))]


def bench(corpus: Path, gold: Path, only: str = "") -> Iterator[Outcome]:
    """Yield the outcome of each format whose name begins with ``only``, and of plain text first.

    Raises:
        UsageError: the corpus cannot be used, or LibreOffice is not installed.
    """
    sources = open_corpus(corpus).sources
    texts = {s.doc_id: clean_text("\f".join(read_file(s.path).pages)).text for s in sources}
    plain: dict[str, str] = {}
    for form in forms():
        if plain and not form.name.startswith(only):
            continue
        with tempfile.TemporaryDirectory(prefix="doichieu-") as folder:
            out = Path(folder) / "out"
            _render(texts, form, corpus / MANIFEST, Path(folder) / "corpus")
            start = time.perf_counter()
            run(Path(folder) / "corpus", out, workers=1, progress=Progress())
            seconds = time.perf_counter() - start
            found = {row["doc_id"]: row["text"] for row in read_rows(out, "documents")}
            plain = plain or found
            figures = evaluate(gold, out).figures
            rejects = len(read_rows(out, "rejects"))
            yield Outcome(form.name, _letter_error(found, plain), figures, rejects, seconds)


def table(outcomes: list[Outcome]) -> str:
    """Return the figures as a Markdown table, a format each row."""
    layers = [f"{figure.name} (n = {figure.n})" for figure in outcomes[0].figures] if outcomes else []
    lines = ["| format | letter error | " + " | ".join(layers) + " | rejects | seconds |"]
    lines.append("|---" * (len(layers) + 4) + "|")
    for outcome in outcomes:
        cells = [f"{figure.value:.3f}" for figure in outcome.figures]
        row = [outcome.name, f"{outcome.letter_error:.2%}", *cells, str(outcome.rejects)]
        lines.append("| " + " | ".join([*row, f"{outcome.seconds:.1f}"]) + " |")
    return "\n".join(lines)


def _render(texts: dict[str, str], form: Form, manifest: Path, folder: Path) -> None:
    folder.mkdir()
    for doc_id, text in texts.items():
        (folder / f"{doc_id}{form.suffix}").write_bytes(form.render(text))
    with manifest.open(encoding="utf-8", newline="") as source, (folder / MANIFEST).open("w") as target:
        rows = list(csv.DictReader(source))
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "path": f"{row['doc_id']}{form.suffix}"})


def _letter_error(found: dict[str, str], expected: dict[str, str]) -> float:
    """Return edit distance over length, blanks folded, over all documents together."""
    folded = [
        (" ".join(found.get(key, "").split()), " ".join(text.split())) for key, text in expected.items()
    ]
    return sum(Levenshtein.distance(*pair) for pair in folded) / sum(len(text) for _, text in folded)


def _plain(text: str) -> bytes:
    """Return the lines that the other formats show, in their order."""
    parts = split(text)
    motto = MOTTO if parts.head else ()
    return "\n".join((*parts.head, *motto, *parts.body, *parts.recipients, *parts.signature)).encode()


def _then(first: Render, second: Callable[[bytes], bytes]) -> Render:
    return lambda text: second(first(text))


def _pdf_in(font: str) -> Render:
    return lambda text: office_file(text, font, "pdf")


def office_file(text: str, font: str, suffix: str) -> bytes:
    """Return *text* as a file of the format *suffix*, which LibreOffice makes of a Word file.

    Raises:
        UsageError: LibreOffice is not installed.
    """
    program = shutil.which("soffice")
    if program is None:
        raise UsageError("Install the package libreoffice-writer-nogui to render the corpus.")
    with tempfile.TemporaryDirectory(prefix="doichieu-") as folder:
        source = Path(folder) / "source.docx"
        source.write_bytes(word_file(text, font))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix(f".{suffix}").read_bytes()
