"""Tables to report on: the annotated corpus, and a simulated one of any size.

Both are written as tables directly, so that the report is tested without the stages before it.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.annotations import (
    GoldAlignment,
    GoldDocument,
    document_from_gold,
    read_gold_alignments,
    read_gold_documents,
)
from pipeline.records import Document
from pipeline.schemas import BY_NAME, TABLES, ColumnType
from pipeline.tables import arrow_table

Row = dict[str, Any]
Rows = dict[str, list[Row]]

ANNOTATIONS = Path(__file__).parents[2] / "annotations"
PARENT = "bca-ct-06-2025"
PLACES = {
    "dak-lak-kh-2025": ("Đắk Lắk", None),
    "hung-yen-ct": ("Hưng Yên", None),
    "long-bien-kh-2025": ("Hà Nội", "Long Biên"),
    "phu-tho-ct": ("Phú Thọ", None),
}


def write_rows(rows: Rows, folder: Path) -> Path:
    """Write *rows* as tables, columns that are not given null (or empty, where null is not allowed)."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        filled = [_filled(row, table.name) for row in rows.get(table.name, [])]
        pq.write_table(arrow_table(table, filled), folder / f"{table.name}.parquet")
    return folder


def _filled(row: Row, name: str) -> Row:
    return {
        column.name: row.get(column.name, None if column.nullable else _EMPTY[column.type])
        for column in BY_NAME[name].columns
    }


_EMPTY: dict[ColumnType, Any] = {
    ColumnType.TEXT: "",
    ColumnType.ENUM: "",
    ColumnType.INT: 0,
    ColumnType.FLOAT: 0.0,
    ColumnType.BOOL: False,
    ColumnType.DATE: dt.date(2025, 1, 1),
    ColumnType.TEXT_LIST: [],
}

# --- the annotated corpus ------------------------------------------------------------------------


def gold_rows(folder: Path = ANNOTATIONS) -> Rows:
    """Return the rows of every table that the annotations in *folder* can fill."""
    rows: Rows = {table.name: [] for table in TABLES}
    gold = read_gold_documents(folder)
    documents = {item.doc_id: document_from_gold(item) for item in gold}
    for item in gold:
        _add_document(rows, item, documents[item.doc_id])
    for alignment in read_gold_alignments(folder):
        _add_alignment(rows, alignment, documents)
    rows["citations"] = _citations(rows["references"])
    rows["findings"] = _findings()
    rows["repairs"] = [
        {
            "doc_id": "phu-tho-ct",
            "rule": "letter_dd",
            "raw_start": i,
            "raw_end": i + 1,
            "before": "ñ",
            "after": "đ",
        }
        for i in range(7)
    ]
    rows["rejects"] = [
        {
            "source_path": "scan-trang.pdf",
            "sha256": "0" * 64,
            "reason": "empty",
            "detail": "The file has no text.",
        }
    ]
    return rows


def _add_document(rows: Rows, gold: GoldDocument, document: Document) -> None:
    province, commune = PLACES.get(gold.doc_id, (None, None))
    local = gold.doc_id != PARENT
    rows["documents"].append(
        {
            "doc_id": gold.doc_id,
            "source_path": f"{gold.doc_id}.txt",
            "sha256": "0" * 64,
            "media_type": "text/plain",
            "text_source": "text",
            "doc_type": document.header.doc_type,
            "number": document.header.number,
            "issued_on": document.header.issued_on,
            "issuer": document.header.issuer,
            "level": document.level,
            "province": province,
            "commune": commune,
            "title": document.header.title,
            "signer": gold.document.get("signer"),
            "recipients": gold.document.get("recipients"),
            "parent_doc_id": PARENT if local else None,
            "parent_basis": "implements" if local else None,
            "repairs": 7 if gold.doc_id == "phu-tho-ct" else 0,
            "text": document.text,
        }
    )
    starts = {}
    for provision in document.provisions:
        starts[provision.path] = provision
        row = {name: getattr(provision, name) for name in provision.__slots__}
        rows["provisions"].append(row | {"doc_id": gold.doc_id})
    rows["references"] += [
        _spanned(document, row, ordinal) | _reference(row) for ordinal, row in enumerate(gold.references)
    ]
    rows["deadlines"] += [
        _spanned(document, row, i) | {"due_on": _date(row["due_on"])} for i, row in enumerate(gold.deadlines)
    ]
    for i, row in enumerate(gold.bodies):
        for body in row["text"].split(", "):
            rows["assignments"].append(_spanned(document, row, i) | {"body": body})


def _spanned(document: Document, row: Row, ordinal: int) -> Row:
    start = max(document.text.find(row["text"]), 0)
    place = {
        "doc_id": document.doc_id,
        "provision_path": row["provision"],
        "ordinal": ordinal,
        "start": start,
        "end": start + len(row["text"]),
        "body_start": start,
        "body_end": start + len(row["text"]),
        "inherited": False,
        "rule": "gold",
    }
    return row | place


def _reference(row: Row) -> Row:
    issued_on = _date(row["issued_on"])
    key = f"{row['number']}|{issued_on.year if issued_on else ''}" if row["number"] else None
    target = PARENT if (row["number"] or "").startswith("06/CT-BCA") else None
    return {"issued_on": issued_on, "reference_key": key, "target_doc_id": target}


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _citations(references: list[Row]) -> list[Row]:
    counts: dict[tuple[str, str, str | None, str], int] = {}
    for row in references:
        if row["reference_key"]:
            key = (row["doc_id"], row["reference_key"], row["target_doc_id"], row["relation"])
            counts[key] = counts.get(key, 0) + 1
    names = ("source_doc_id", "reference_key", "target_doc_id", "relation")
    return [dict(zip(names, key, strict=True)) | {"mentions": count} for key, count in counts.items()]


def _findings() -> list[Row]:
    return [
        {
            "doc_id": "long-bien-kh-2025",
            "provision_path": "1",
            "rule": "misnumbered",
            "severity": "warning",
            "message_vi": "Số thứ tự in sai trong dãy I, II, III, IV.",
            "message_en": "The marker is out of sequence in I, II, III, IV.",
            "evidence": "1. MỤC ĐÍCH",
        },
        {
            "doc_id": "hung-yen-ct",
            "provision_path": None,
            "rule": "parent_not_in_corpus",
            "severity": "info",
            "message_vi": "Chỉ thị được triển khai không có trong kho.",
            "message_en": "The directive that is implemented is not in the corpus.",
            "evidence": "Chỉ thị số 07/CT-BCA-V28",
        },
        {
            "doc_id": "long-bien-kh-2025",
            "provision_path": "II/1/-1",
            "rule": "issuer_symbol",
            "severity": "error",
            "message_vi": "Cơ quan ban hành không khớp ký hiệu văn bản.",
            "message_en": "The issuing body contradicts the symbol.",
            "evidence": "Nghị định số 06/2014/NĐ-CP của Thủ tướng Chính phủ",
        },
    ]


def _add_alignment(rows: Rows, gold: GoldAlignment, documents: dict[str, Document]) -> None:
    keys = {"parent_doc_id": gold.parent_doc_id, "local_doc_id": gold.local_doc_id}
    linked: dict[str, list[str]] = {}
    for pair in gold.pairs:
        linked.setdefault(pair["parent"], []).append(pair["local"])
        rows["alignments"].append(
            keys
            | {
                "parent_path": pair["parent"],
                "local_path": pair["local"],
                "relation": pair["relation"],
                "score": 0.8,
                "evidence": "gold",
            }
        )
    operative = [p.path for p in documents[gold.local_doc_id].provisions if p.alignable]
    for cover in gold.coverage:
        paths = linked.get(cover["parent"], [])
        rows["coverage"].append(
            keys
            | {
                "parent_path": cover["parent"],
                "status": cover["status"],
                "score": 0.0 if cover["status"] == "dropped" else 0.8,
                "local_paths": paths,
                "nearest_path": paths[0] if paths else operative[0],
                "nearest_score": 0.31,
                "source": "model",
                "evidence": cover.get("note"),
            }
        )
    rows["additions"] += [keys | {"local_path": path} for path in gold.added]
    rows["drift"] += [_drift(row, keys, documents) for row in gold.drift]


def _drift(row: Row, keys: Row, documents: dict[str, Document]) -> Row:
    from_start, from_end = _find(documents[keys["parent_doc_id"]], row["parent"], row["from"])
    to_start, to_end = _find(documents[keys["local_doc_id"]], row["local"], row["to"])
    return keys | {
        "parent_path": row["parent"],
        "local_path": row["local"],
        "type": row["type"],
        "from": row["from"],
        "to": row["to"],
        "from_start": from_start,
        "from_end": from_end,
        "to_start": to_start,
        "to_end": to_end,
    }


def _find(document: Document, path: str | None, words: str | None) -> tuple[int | None, int | None]:
    for provision in document.provisions:
        if words and provision.path == path and words in provision.text:
            start = provision.start + provision.text.index(words)
            return start, start + len(words)
    return None, None


# --- a simulated corpus --------------------------------------------------------------------------

_WORDS = re.findall(
    r"\w+",
    "tổ chức tuyên truyền nâng cao nhận thức của cán bộ công chức viên chức người lao động học sinh sinh "
    "viên về công tác bảo đảm an ninh trật tự trong cơ quan doanh nghiệp cơ sở giáo dục trên địa bàn",
)
_STATUSES = ("verbatim", "adapted", "partial", "dropped", "adapted", "partial", "adapted")
_ROLES = ("lead", "implement", "coordinate", "report_to", "via")


def simulated_rows(localities: int, items: int = 21, provisions: int = 30) -> Rows:
    """Return tables of one directive and *localities* local plans; the same arguments, the same rows."""
    rows: Rows = {table.name: [] for table in TABLES}
    _add_simulated_document(rows, 0, "ct-goc", "central", None, None, items)
    for number in range(1, localities + 1):
        province = f"Tỉnh {number % 34:02}"
        commune = None if number <= 34 else f"Xã {number:04}"
        doc_id = f"kh-{number:04}"
        level = "commune" if commune else "province"
        _add_simulated_document(rows, number, doc_id, level, province, commune, provisions)
        _add_simulated_alignment(rows, number, doc_id, items)
    return rows


def _sentence(seed: int, length: int = 45) -> str:
    words = [_WORDS[(seed * 7 + step * (1 + seed % 5)) % len(_WORDS)] for step in range(length)]
    return " ".join(words).capitalize() + "."


def _add_simulated_document(
    rows: Rows, number: int, doc_id: str, level: str, province: str | None, commune: str | None, count: int
) -> None:
    texts = [_sentence(number * 31 + index if index % 3 else index) for index in range(count)]
    local = number > 0
    rows["documents"].append(
        {
            "doc_id": doc_id,
            "source_path": f"{doc_id}.txt",
            "sha256": f"{number:064x}",
            "media_type": "text/plain",
            "text_source": "text",
            "doc_type": "plan" if local else "directive",
            "number": f"{number}/KH-UBND" if local else "01/CT-BCA",
            "issued_on": dt.date(2025, 5, 1) + dt.timedelta(days=number % 200),
            "issuer": "Ủy ban nhân dân" if local else "Bộ Công an",
            "level": level,
            "province": province,
            "commune": commune,
            "title": "Về nâng cao chất lượng phong trào toàn dân bảo vệ an ninh Tổ quốc",
            "parent_doc_id": "ct-goc" if local else None,
            "parent_basis": "implements" if local else None,
            "repairs": 2,
            "text": "\n".join(texts),
        }
    )
    start = 0
    for index, text in enumerate(texts):
        path = f"II/{index + 1}"
        place = {
            "doc_id": doc_id,
            "provision_path": path,
            "start": start,
            "end": start + 20,
            "rule": "simulated",
        }
        rows["provisions"].append(
            {
                "doc_id": doc_id,
                "path": path,
                "ordinal": index,
                "marker": f"{index + 1}.",
                "kind": "numbered",
                "role": "organisation" if index > 17 else "task",
                "text": text,
                "start": start,
                "end": start + len(text),
                "leaf": True,
                "alignable": True,
            }
        )
        if index % 3 == 0:
            _add_simulated_facts(rows, place, number, index, text)
        start += len(text) + 1
    for rule in ("spaces", "letter_dd"):
        rows["repairs"].append(
            {"doc_id": doc_id, "rule": rule, "raw_start": len(rule), "before": "ñ", "after": "đ"}
        )
    if number % 2:
        rows["findings"].append(
            {
                "doc_id": doc_id,
                "provision_path": "II/1",
                "rule": "chronology",
                "severity": ("error", "warning", "info")[number % 3],
                "message_vi": "Văn bản viện dẫn ra đời sau văn bản này.",
                "message_en": "The cited document is younger than this one.",
                "evidence": texts[0][:40],
            }
        )


def _add_simulated_facts(rows: Rows, place: Row, number: int, index: int, text: str) -> None:
    symbol = f"{index % 9 + 1:02}/CT-TTg" if index % 2 else "01/CT-BCA"
    target = None if index % 2 else "ct-goc"
    relation = "cites" if index % 2 else "implements"
    reference = place | {
        "ordinal": index,
        "text": f"Chỉ thị số {symbol}",
        "doc_type": "Chỉ thị",
        "number": symbol,
        "relation": relation,
        "reference_key": f"chi-thi|{symbol}|{2014 + index % 12}",
        "target_doc_id": target,
    }
    rows["references"].append(reference)
    rows["citations"].append(
        {
            "source_doc_id": place["doc_id"],
            "reference_key": reference["reference_key"],
            "target_doc_id": target,
            "relation": relation,
            "mentions": 1,
        }
    )
    if index % 15 == 0:
        month, day = 10 if number > 34 else 11, number % 28 + 1
        rows["deadlines"].append(
            place
            | {
                "text": f"trước ngày {day}/{month} hằng năm",
                "kind": "recurring",
                "rrule": f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
                "bound": "before",
                "action": "báo cáo kết quả",
            }
        )
    rows["assignments"].append(
        place
        | {
            "role": _ROLES[index % 5],
            "text": text[:20],
            "body": f"Sở số {(number + index) % 40}",
            "body_start": place["start"],
            "body_end": place["end"],
            "inherited": False,
        }
    )


def _add_simulated_alignment(rows: Rows, number: int, doc_id: str, items: int) -> None:
    keys = {"parent_doc_id": "ct-goc", "local_doc_id": doc_id}
    for index in range(items):
        status = _STATUSES[(number * 13 + index * 5) % len(_STATUSES)]
        path = f"II/{index + 1}"
        link = keys | {"parent_path": path, "local_path": path}
        rows["coverage"].append(
            keys
            | {
                "parent_path": path,
                "status": status,
                "score": 0.7,
                "local_paths": [] if status == "dropped" else [path],
                "nearest_path": path,
                "nearest_score": 0.4,
                "source": "model",
                "applicable": True,
            }
        )
        if status == "dropped":
            continue
        rows["alignments"].append(link | {"relation": status, "score": 0.7, "evidence": "simulated"})
        rows["drift"].append(link | {"type": "body", "from": "các bộ, ngành", "to": "các sở, ngành"})
