"""The questions to put to a person: rows of which the model is least sure, best questions first.

A question is the better, the nearer its score lies to the decision and the more its siblings (the other
local documents) answer otherwise. Written in the columns of ``annotations/overrides.csv``, with what one
needs to answer beside them. Imports ``align.model``, ``overrides``, ``records`` and ``tables``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.align.model import load_models
from pipeline.align.overrides import COLUMNS, OverrideKind, read_lines
from pipeline.errors import UsageError
from pipeline.records import CoverageStatus
from pipeline.tables import read_rows

FILE = "review.csv"
SIBLINGS_WEIGH = 0.5
"""How much full disagreement with the siblings adds to the doubt of a row that is otherwise sure."""
PARTS_WEIGH = 0.5
"""The same for a share of the item kept that suits the other status better."""
WIDTH = 140
"""Characters of a text that the printed table shows."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One row to decide: what the model says of it and how much that is in *doubt*, in [0, 1]."""

    parent_doc_id: str
    parent_path: str
    local_doc_id: str
    local_path: str | None
    kind: OverrideKind
    doubt: float
    model: str
    why: str
    parent_text: str
    local_text: str


def find_questions(out: Path) -> list[Question]:
    """Return the questions about the tables under *out*, the best first.

    What a person decided is none, nor what is addressed to no body of the locality.

    Raises:
        UsageError: there are no tables.
    """
    texts = {(row["doc_id"], row["path"]): row["text"] for row in read_rows(out, "provisions")}
    coverage = [row for row in read_rows(out, "coverage") if _is_open(row)]
    pairs = read_rows(out, "alignments")
    consensus = {(row["parent_doc_id"], row["parent_path"]): row for row in read_rows(out, "consensus")}
    questions = [
        *_status_questions(coverage, pairs, consensus, texts),
        *_pair_questions(pairs, coverage, texts),
    ]
    return sorted(questions, key=lambda question: (-question.doubt, *_key(question)))


def write_questions(questions: Iterable[Question], path: Path) -> None:
    """Write *questions* to *path*, ready to fill in; a byte order mark makes spreadsheets read UTF-8.

    Raises:
        UsageError: the file holds answers, which would be lost.
    """
    if path.exists() and _answered(path):
        raise UsageError(f"{path}: holds answers; move them to annotations/overrides.csv first")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, "model", "doubt", "why", "parent_text", "local_text"])
        writer.writerows(_cells(question) for question in questions)


def print_questions(questions: Iterable[Question], console: Console) -> None:
    """Print *questions* as a table to read: on the left what to decide, on the right the two texts."""
    table = Table(show_lines=True, show_header=False)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=3, overflow="fold")
    for question in questions:
        asked = (question.local_doc_id, f"{question.kind}: {question.model}", question.why)
        item = f"{question.parent_path}  {_short(question.parent_text)}"
        provision = f"{question.local_path or '-'}  {_short(question.local_text)}"
        table.add_row(Text("\n".join(asked)), Text(f"{item}\n\n{provision}"))
    console.print(table)


# --- the questions -------------------------------------------------------------------------------


def _is_open(row: Row) -> bool:
    return row["source"] == "model" and row["applicable"] is not False


def _status_questions(
    coverage: Iterable[Row],
    pairs: Iterable[Row],
    consensus: Mapping[tuple[str, str], Row],
    texts: Mapping[tuple[str, str], str],
) -> Iterator[Question]:
    best = {_item(row): row for row in sorted(pairs, key=lambda row: row["score"])}
    for row in coverage:
        siblings = consensus.get((row["parent_doc_id"], row["parent_path"]))
        link = best.get(_item(row))
        local_path = link["local_path"] if link else row["nearest_path"]
        score = link["score"] if link else row["nearest_score"]
        doubts = (
            _near(score or 0.0, linked=link is not None),
            SIBLINGS_WEIGH * _siblings(row, siblings),
            PARTS_WEIGH * _parts(row),
        )
        why = _reasons(row, score, siblings)
        yield _question(row, local_path, OverrideKind.STATUS, _joint(doubts), row["status"], why, texts)


def _pair_questions(
    pairs: Iterable[Row], coverage: Iterable[Row], texts: Mapping[tuple[str, str], str]
) -> Iterator[Question]:
    """Yield a question per link but the best of an item, which the question of its status asks for."""
    asked = {_item(row) for row in coverage}
    rows = [row for row in pairs if _item(row) in asked]
    rows.sort(key=lambda row: row["score"], reverse=True)
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        if _item(row) in seen:
            why = f"link {row['score']:.2f}, decided at {_threshold():.2f}"
            doubt = _near(row["score"], linked=True)
            yield _question(row, row["local_path"], OverrideKind.PAIR, doubt, row["relation"], why, texts)
        seen.add(_item(row))


def _question(
    row: Row,
    local_path: str | None,
    kind: OverrideKind,
    doubt: float,
    model: str,
    why: str,
    texts: Mapping[tuple[str, str], str],
) -> Question:
    return Question(
        parent_doc_id=row["parent_doc_id"],
        parent_path=row["parent_path"],
        local_doc_id=row["local_doc_id"],
        local_path=local_path,
        kind=kind,
        doubt=round(doubt, 6),
        model=model,
        why=why,
        parent_text=texts[row["parent_doc_id"], row["parent_path"]],
        local_text=texts.get((row["local_doc_id"], local_path or ""), ""),
    )


def _near(score: float, *, linked: bool) -> float:
    """Return how near a link's *score* lies to the decision: 1 at it, 0 as far from it as can be."""
    threshold = _threshold()
    distance = (1 - score) / (1 - threshold) if linked else score / threshold
    return min(max(distance, 0.0), 1.0)


def _siblings(row: Row, consensus: Row | None) -> float:
    """Return the share of the other local documents that answer otherwise: keep what is dropped here."""
    others = consensus["documents"] - 1 if consensus else 0
    return min(_otherwise(row, consensus) / others, 1.0) if consensus and others > 0 else 0.0


def _otherwise(row: Row, consensus: Row) -> int:
    dropped: int = consensus["dropped"]
    return consensus["documents"] - dropped if row["status"] == CoverageStatus.DROPPED else dropped


def _parts(row: Row) -> float:
    """Return how ill the share of the item that is kept suits its status: adapted with little, say."""
    match row["status"]:
        case CoverageStatus.ADAPTED:
            return 1.0 - float(row["score"])
        case CoverageStatus.PARTIAL:
            return float(row["score"])
        case _:
            return 0.0


def _joint(doubts: Iterable[float]) -> float:
    sure = 1.0
    for doubt in doubts:
        sure *= 1 - doubt
    return 1 - sure


def _reasons(row: Row, score: float | None, consensus: Row | None) -> str:
    linked = row["status"] != CoverageStatus.DROPPED
    reasons = [f"{'link' if linked else 'nearest'} {score or 0:.2f}, decided at {_threshold():.2f}"]
    if linked:
        reasons.append(f"{row['score']:.2f} of its words kept")
    if consensus and _otherwise(row, consensus):
        does = "drop" if linked else "keep"
        reasons.append(f"{_otherwise(row, consensus)} of {consensus['documents'] - 1} siblings {does} it")
    return "; ".join(reasons)


def _threshold() -> float:
    return load_models().pair.threshold


def _item(row: Row) -> tuple[str, str, str]:
    return row["parent_doc_id"], row["local_doc_id"], row["parent_path"]


# --- the file ------------------------------------------------------------------------------------


def _answered(path: Path) -> bool:
    """Whether *path* holds answers, or is no file of questions at all: then it is not ours to overwrite."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    lines = read_lines(text)
    if "value" not in (lines.fieldnames or ()):
        return bool(text.strip())
    return any((line["value"] or "").strip() for line in lines)


def _cells(question: Question) -> list[str]:
    """Return the cells of a line; texts are quoted, so that no spreadsheet reads one as a formula."""
    answer = ["", "", "", ""]
    return [
        question.parent_doc_id,
        question.parent_path,
        question.local_doc_id,
        question.local_path or "",
        question.kind,
        *answer,
        question.model,
        f"{question.doubt:.2f}",
        question.why,
        f"“{question.parent_text}”",
        f"“{question.local_text}”",
    ]


def _key(question: Question) -> tuple[str, str, str, str]:
    return question.parent_doc_id, question.local_doc_id, question.parent_path, question.local_path or ""


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1].rstrip() + "…"
