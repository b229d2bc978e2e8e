"""How the job fares on simulated plans, by kind of operation and of damage; and how like real ones they are.

``python -m pipeline.bench.simulated --simulation DIR --out DIR`` reads what ``simulate`` wrote to the one and
``align`` to the other and prints three tables in Markdown. Simulated figures measure that operations and
damages are undone, not how localities write. Imports ``annotations`` and ``evaluate``.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.annotations import (
    GoldAlignment,
    GoldDocument,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.evaluate.evaluation import Found, figures_of, read_found
from pipeline.evaluate.scoring import Score, compare
from pipeline.records import OPERATIVE_ROLES, CoverageStatus, DriftType

Row = dict[str, Any]
Place = tuple[str, str]
"""A local document and the path of one of its provisions."""
Link = tuple[str, str, str]
"""A local document, the path of an item of its parent, and that of the provision that answers it."""

BY_DAMAGE = (
    "provisions: boundaries",
    "references: number and date",
    "pairs",
    "coverage: dropped F1",
    "drift: deadline",
)
"""The figures of the table by kind of damage."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulated corpus: its truth, what befell each document, and how each provision came about."""

    documents: Sequence[GoldDocument]
    alignments: Sequence[GoldAlignment]
    damages: Mapping[str, frozenset[str]]
    operations: Mapping[Place, str]


def read_simulation(folder: Path) -> Simulation:
    """Return the simulation that ``simulate`` wrote to *folder*."""
    damages = {row["doc_id"]: row["damage"].split("; ") for row in _read_csv(folder / "damage.csv")}
    operations = _read_csv(folder / "operations.csv")
    return Simulation(
        documents=read_gold_documents(folder / "gold"),
        alignments=read_gold_alignments(folder / "gold"),
        damages={doc_id: frozenset(filter(None, names)) for doc_id, names in damages.items()},
        operations={(row["doc_id"], row["path"]): row["operation"] for row in operations},
    )


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- by operation --------------------------------------------------------------------------------


def operation_rows(simulation: Simulation, found: Found) -> Iterator[tuple[str, Score, float | None]]:
    """Yield each operation, its links, and the share of those found whose relation is right as well.

    A link belongs to the operation that made its local provision. Additions, which answer nothing, and
    dropped items, which nothing answers, come last: the score is of the provisions or items found to be such.
    """
    gold, ours = _relations(simulation.alignments, found)
    for name in sorted({simulation.operations[doc_id, local] for doc_id, _, local in gold}):
        wanted, reached = (
            {link for link in links if simulation.operations.get((link[0], link[2])) == name}
            for links in (gold, ours)
        )
        common = wanted & reached
        right = sum(gold[link] == ours[link] for link in common)
        yield name, compare(reached, wanted), right / max(1, len(common))
    yield "addition", _additions(simulation.alignments, found), None
    yield "drop", _dropped(simulation.alignments, found), None


def _relations(alignments: Sequence[GoldAlignment], found: Found) -> tuple[dict[Link, str], dict[Link, str]]:
    """Return the relation of each link: of the truth, and as found."""
    gold: dict[Link, str] = {}
    ours: dict[Link, str] = {}
    for one in alignments:
        name = one.local_doc_id
        gold |= {(name, row["parent"], row["local"]): row["relation"] for row in one.pairs}
        rows = found.links["pairs"][one.parent_doc_id, name]
        ours |= {(name, row["parent_path"], row["local_path"]): row["relation"] for row in rows}
    return gold, ours


def _additions(alignments: Sequence[GoldAlignment], found: Found) -> Score:
    wanted = [(one.local_doc_id, path) for one in alignments for path in one.added]
    reached = [
        (one.local_doc_id, row["local_path"])
        for one in alignments
        for row in found.links["added"][one.parent_doc_id, one.local_doc_id]
    ]
    return compare(reached, wanted)


def _dropped(alignments: Sequence[GoldAlignment], found: Found) -> Score:
    annotated = {one.local_doc_id for one in alignments}
    wanted = {
        (one.local_doc_id, row["parent"]) for one in alignments for row in one.coverage if _is_dropped(row)
    }
    reached = {(row["local_doc_id"], row["parent_path"]) for row in found.coverage if _is_dropped(row)}
    return compare((key for key in reached if key[0] in annotated), wanted)


def _is_dropped(row: Row) -> bool:
    return bool(row["status"] == CoverageStatus.DROPPED)


# --- by damage -----------------------------------------------------------------------------------


def damage_rows(simulation: Simulation, found: Found) -> Iterator[tuple[str, int, list[float]]]:
    """Yield each kind of damage, the number of documents it befell, and their figures of `BY_DAMAGE`.

    Most documents suffer several kinds, so that they count in several rows; "none" and "all" frame them.
    """
    kinds = sorted(frozenset[str]().union(*simulation.damages.values()))
    groups = {"none": [doc_id for doc_id, names in simulation.damages.items() if not names]}
    groups |= {kind: [d for d, names in simulation.damages.items() if kind in names] for kind in kinds}
    groups["all documents"] = list(simulation.damages)
    for name, doc_ids in groups.items():
        if doc_ids:
            yield name, len(doc_ids), _figures(simulation, found, frozenset(doc_ids))


def _figures(simulation: Simulation, found: Found, doc_ids: frozenset[str]) -> list[float]:
    documents = [gold for gold in simulation.documents if gold.doc_id in doc_ids]
    alignments = [gold for gold in simulation.alignments if gold.local_doc_id in doc_ids]
    values = {figure.name: figure.value for figure in figures_of(documents, alignments, found)}
    return [values[name] for name in BY_DAMAGE]


# --- calibration ---------------------------------------------------------------------------------


def calibration(documents: Sequence[GoldDocument], alignments: Sequence[GoldAlignment]) -> dict[str, float]:
    """Return what the truth of some plans says of how they were made; shares in [0, 1].

    The same is read off real and simulated annotations, so that the two columns compare like with like.
    """
    by_id = {gold.doc_id: gold for gold in documents}
    items = [row["status"] for one in alignments for row in one.coverage]
    answers = Counter((one.local_doc_id, row["parent"]) for one in alignments for row in one.pairs)
    merged = Counter((one.local_doc_id, row["local"]) for one in alignments for row in one.pairs)
    leaves = sum(_operative_leaves(by_id[one.local_doc_id]) for one in alignments)
    shares = {f"items {status.value}": items.count(status) / len(items) for status in CoverageStatus}
    return {
        "items": float(len(items)),
        **shares,
        "linked items answered at several places": _several(answers),
        "linked local provisions that answer several items": _several(merged),
        "local operative provisions that answer nothing": sum(len(one.added) for one in alignments) / leaves,
        **_drift_shares(alignments, linked=len(answers)),
    }


def _operative_leaves(gold: GoldDocument) -> int:
    return sum(row["leaf"] and row["role"] in OPERATIVE_ROLES for row in gold.provisions)


def _several(counts: Counter[tuple[str, str]]) -> float:
    return sum(count > 1 for count in counts.values()) / max(1, len(counts))


def _drift_shares(alignments: Sequence[GoldAlignment], *, linked: int) -> dict[str, float]:
    """Return the share of the linked items that have each type of drift."""
    items: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in alignments:
        for row in one.drift:
            items[row["type"]].add((one.local_doc_id, row["parent"]))
    types = [type_.value for type_ in DriftType if type_ is not DriftType.TERM]
    return {f"linked items with drift: {name}": len(items[name]) / max(1, linked) for name in types}


# --- tables --------------------------------------------------------------------------------------


def render(simulation: Simulation, found: Found, real: Path) -> str:
    """Return the three tables in Markdown; *real* is the folder of the real annotations."""
    ours = calibration(simulation.documents, simulation.alignments)
    theirs = calibration(read_gold_documents(real), read_gold_alignments(real))
    operations = [
        (name, _number(score.f1), _number(score.precision), _number(score.recall), _share(right), score.n)
        for name, score, right in operation_rows(simulation, found)
    ]
    damages = [(name, n, *map(_number, values)) for name, n, values in damage_rows(simulation, found)]
    rates = [(name, _rate(name, theirs[name]), _rate(name, ours[name])) for name in ours]
    return "\n\n".join(
        (
            _table(("operation", "F1", "precision", "recall", "relation right", "n"), operations),
            _table(("damage", "documents", *BY_DAMAGE), damages),
            _table(("rate", "real annotations", "simulated"), rates),
        )
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _number(value: float) -> str:
    return f"{value:.3f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _rate(name: str, value: float) -> str:
    return f"{value:.0f}" if name == "items" else f"{value:.0%}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.bench.simulated", description=__doc__)
    parser.add_argument("--simulation", type=Path, required=True, help="what simulate --out named")
    parser.add_argument("--out", type=Path, required=True, help="what align --out named")
    parser.add_argument("--gold", type=Path, default=Path("annotations"), help="the real annotations")
    options = parser.parse_args(arguments)
    print(render(read_simulation(options.simulation), read_found(options.out), options.gold))


if __name__ == "__main__":
    main()
