"""Simulated plans to files: raw texts, manifest, and gold beside them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from pipeline.annotations import GoldDocument, read_gold_documents
from pipeline.errors import UsageError
from pipeline.lexicon import load
from pipeline.records import DocType, Level
from pipeline.simulate.damage import damage_lines
from pipeline.simulate.gold import gold_alignment, gold_document
from pipeline.simulate.operations import ParentItem, Rates, operation_rates
from pipeline.simulate.plan import Directive, Locality, PlanProvision, compose_plan, plan_title

Row = dict[str, Any]
MANIFEST_COLUMNS = (
    "doc_id",
    "path",
    "level",
    "province",
    "commune",
    "doc_type",
    "number",
    "issued_on",
    "issuer",
)


def simulate(
    gold_folder: Path, corpus_folder: Path, out: Path, *, documents: int, seed: int, rates: Rates
) -> None:
    """Write *documents* simulated plans under ``out/corpus`` and their truth under ``out/gold``.

    They answer the one central directive that is annotated in *gold_folder*, whose raw text is taken from
    *corpus_folder*. ``out/operations.csv`` says how every provision came about, ``out/damage.csv`` what
    befell every file. The same arguments give the same bytes.

    Raises:
        UsageError: there is no annotated central directive, or its text is not in the corpus, or *out*
            exists, or every operation has the rate 0.
    """
    if not any(operation_rates(rates)):
        raise UsageError("every operation has the rate 0; give one of them more, as --keep 1")
    gold = _central_directive(gold_folder)
    text = corpus_folder / f"{gold.doc_id}.txt"
    if not text.is_file():
        raise UsageError(f"{text}: the directive's text is needed; name its folder with --corpus")
    if out.exists():
        raise UsageError(f"{out}: exists; name a new folder with --out")
    for folder in (out / "corpus", out / "gold" / "align"):
        folder.mkdir(parents=True)
    shutil.copyfile(text, out / "corpus" / text.name)
    directive = _directive(gold)
    logs: tuple[list[Row], list[Row], list[Row]] = ([_directive_row(gold)], [], [])
    for index in range(documents):
        _write_plan(directive, gold, out, index, Random(f"{seed}:{index}"), rates, logs)
    _write_logs(out, logs)


def _write_plan(
    directive: Directive,
    gold: GoldDocument,
    out: Path,
    index: int,
    rng: Random,
    rates: Rates,
    logs: tuple[list[Row], list[Row], list[Row]],
) -> None:
    doc_id = f"simulated-{index:05}"
    locality = _locality(index, rng)
    plan = compose_plan(directive, locality, rates, rng)
    lines, damages = damage_lines(plan_lines(directive, locality, plan), rng)
    (out / "corpus" / f"{doc_id}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write_json(out / "gold" / f"{doc_id}.json", gold_document(doc_id, directive, locality, plan, gold))
    name = f"{directive.doc_id}__{doc_id}.json"
    _write_json(out / "gold" / "align" / name, gold_alignment(directive, plan))
    manifest, operations, damage = logs
    manifest.append(_manifest_row(doc_id, locality))
    damage.append({"doc_id": doc_id, "damage": "; ".join(damages)})
    operations += [
        {"doc_id": doc_id, "path": provision.path, "operation": provision.item.operation}
        for provision in plan
        if provision.item
    ]


def plan_lines(directive: Directive, locality: Locality, plan: Sequence[PlanProvision]) -> list[str]:
    """Return the plan as a clean file would have it, one paragraph a line."""
    body = [
        f"{provision.marker} {provision.text}" if provision.marker else provision.text for provision in plan
    ]
    place = locality.commune or locality.province
    return [
        locality.issuer.upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Số: {locality.number}",
        f"{place.split(' ', 1)[1]}, ngày {locality.day:02} tháng 9 năm 2025",
        "",
        "KẾ HOẠCH",
        plan_title(directive),
        "",
        *body[:-1],
        f"{body[-1].rstrip('.')}./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn Mẫu",
    ]


def _central_directive(gold_folder: Path) -> GoldDocument:
    central = [
        gold
        for gold in read_gold_documents(gold_folder)
        if gold.document["level"] == Level.CENTRAL and gold.document["number"]
    ]
    if len(central) != 1:
        raise UsageError(f"{gold_folder}: must hold one annotated central directive, holds {len(central)}")
    return central[0]


def _directive(gold: GoldDocument) -> Directive:
    """Return the directive in parts: its numbered headings, and the leaves that order something."""
    row = gold.document
    year, month, day = row["issued_on"].split("-")
    citation = f"Chỉ thị số {row['number']} ngày {day}/{month}/{year} của {row['issuer']}"
    tops = {provision["path"]: provision for provision in gold.provisions if "/" not in provision["path"]}
    items = tuple(
        ParentItem(
            path=provision["path"],
            text=provision["text"],
            heading=provision["path"].split("/")[0],
            is_organisation=provision["role"] == "organisation",
        )
        for provision in gold.provisions
        if provision["leaf"] and provision["role"] in {"task", "organisation", "assignment"}
    )
    headings = {path: provision["text"] for path, provision in tops.items()}
    return Directive(gold.doc_id, DocType(row["doc_type"]), citation, row["title"], headings, items)


def _locality(index: int, rng: Random) -> Locality:
    words = load("simulation")
    province = rng.choice(words["provinces"])
    is_commune = rng.random() < 0.7
    return Locality(
        level=Level.COMMUNE if is_commune else Level.PROVINCE,
        province=province,
        commune=rng.choice(words["communes"]) if is_commune else None,
        number=f"{rng.randrange(10, 999)}/KH-UBND",
        day=rng.randrange(1, 29),
    )


def _manifest_row(doc_id: str, locality: Locality) -> Row:
    return {
        "doc_id": doc_id,
        "path": f"{doc_id}.txt",
        "level": locality.level,
        "province": locality.province,
        "commune": locality.commune,
        "doc_type": DocType.PLAN,
        "issuer": locality.issuer,
    }


def _directive_row(gold: GoldDocument) -> Row:
    row = {name: gold.document.get(name) for name in MANIFEST_COLUMNS}
    return row | {"doc_id": gold.doc_id, "path": f"{gold.doc_id}.txt"}


def _write_logs(out: Path, logs: tuple[list[Row], list[Row], list[Row]]) -> None:
    manifest, operations, damage = logs
    _write_csv(out / "corpus" / "manifest.csv", MANIFEST_COLUMNS, manifest)
    _write_csv(out / "operations.csv", ("doc_id", "path", "operation"), operations)
    _write_csv(out / "damage.csv", ("doc_id", "damage"), damage)


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_json(path: Path, content: Row) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
