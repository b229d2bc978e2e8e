"""The columns of every table: name, type, meaning. The data dictionary is printed from here.

A column is declared once; `tables` builds the Arrow schema from it. Imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class ColumnType(StrEnum):
    """Types that columns may have; `tables` maps them to Arrow."""

    TEXT = "string"
    ENUM = "dictionary<string>"
    INT = "int32"
    FLOAT = "float64"
    BOOL = "bool"
    DATE = "date32"
    TEXT_LIST = "list<string>"


class Column(NamedTuple):
    """One column: its description says what a value means and when it is null."""

    name: str
    type: ColumnType
    description: str
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its columns in order, and the columns by which its rows are sorted."""

    name: str
    description: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]


TEXT, ENUM, INT, FLOAT = ColumnType.TEXT, ColumnType.ENUM, ColumnType.INT, ColumnType.FLOAT
BOOL, DATE, TEXT_LIST = ColumnType.BOOL, ColumnType.DATE, ColumnType.TEXT_LIST

_DOC_ID = Column("doc_id", TEXT, "key of the document", nullable=False)
_PARENT_DOC = Column("parent_doc_id", TEXT, "the directive compared against", nullable=False)
_LOCAL_DOC = Column("local_doc_id", TEXT, "the local document", nullable=False)
_START = Column("start", INT, "first code point in documents.text", nullable=False)
_END = Column("end", INT, "one past the last code point in documents.text", nullable=False)
_PROVISION = Column("provision_path", TEXT, "provision that holds the words", nullable=False)
_RULE = Column("rule", TEXT, "rule that fired", nullable=False)

TABLES: tuple[TableSchema, ...] = (
    TableSchema(
        "documents",
        "One row per document that was read.",
        (
            _DOC_ID,
            Column("source_path", TEXT, "file, relative to the corpus folder", nullable=False),
            Column("sha256", TEXT, "SHA-256 of the file's bytes", nullable=False),
            Column("media_type", TEXT, "media type found in the content", nullable=False),
            Column("text_source", ENUM, "how the text was got: text, pdf_text, ocr, docx, doc, html, rtf"),
            Column("pages", INT, "number of pages; null where the source has none"),
            Column("doc_type", ENUM, "directive, plan, decision, ... (annotation guidelines, section 1)"),
            Column("number", TEXT, "number and symbol (số, ký hiệu) as printed or in the manifest"),
            Column("issued_on", DATE, "date of issue"),
            Column("issuer", TEXT, "issuing body"),
            Column("level", ENUM, "central, province, district, commune"),
            Column("province", TEXT, "province or city under the central government"),
            Column("commune", TEXT, "commune, ward or special zone"),
            Column("title", TEXT, "summary (trích yếu) as printed"),
            Column("signer", TEXT, "name of the person who signed"),
            Column("signer_title", TEXT, "in what capacity, as printed"),
            Column("addressees", TEXT_LIST, "bodies after 'Kính gửi' or 'điện'"),
            Column("recipients", TEXT_LIST, "lines of 'Nơi nhận'"),
            Column("received_by", TEXT, "incoming stamp: whose"),
            Column("received_number", TEXT, "incoming stamp: number"),
            Column("received_on", DATE, "incoming stamp: date"),
            Column("parent_doc_id", TEXT, "the directive this document is compared against"),
            Column("parent_basis", ENUM, "why: manifest, implements, succession, assumed"),
            Column("repairs", INT, "number of rows in repairs", nullable=False),
            Column("text", TEXT, "clean text, one paragraph a line", nullable=False),
        ),
        ("doc_id",),
    ),
    TableSchema(
        "provisions",
        "The body of every document as a tree, in reading order.",
        (
            _DOC_ID,
            Column("path", TEXT, "markers joined by '/'; unique within the document", nullable=False),
            Column("parent_path", TEXT, "path of the provision above; null at the top"),
            Column("ordinal", INT, "position in reading order, from 0", nullable=False),
            Column("depth", INT, "0 at the top", nullable=False),
            Column("marker", TEXT, "marker as printed; null for an unmarked paragraph"),
            Column("kind", ENUM, "section, numbered, item, paragraph", nullable=False),
            Column("role", ENUM, "preamble, purpose, task, organisation, assignment, rule", nullable=False),
            Column("text", TEXT, "own text, marker left out", nullable=False),
            _START,
            _END,
            Column("page", INT, "page on which it starts, from 1; null where the source has none"),
            Column("leaf", BOOL, "has no provision below it", nullable=False),
            Column("alignable", BOOL, "takes part in alignment", nullable=False),
        ),
        ("doc_id", "ordinal"),
    ),
    TableSchema(
        "references",
        "Every mention of an instrument.",
        (
            _DOC_ID,
            Column("provision_path", TEXT, "provision, or 'title'", nullable=False),
            Column("ordinal", INT, "position within the document, from 0", nullable=False),
            Column("text", TEXT, "type, number, date and issuer as printed", nullable=False),
            _START,
            _END,
            Column("doc_type", TEXT, "Vietnamese word for the type of instrument"),
            Column("number", TEXT, "number and symbol; for a short form the one it stands for"),
            Column("issued_on", DATE, "date of the instrument"),
            Column("issuer", TEXT, "issuing body as printed"),
            Column("relation", ENUM, "implements, replaces, amends, cites", nullable=False),
            Column("short_form", BOOL, "a short form such as 'Chỉ thị 07'", nullable=False),
            Column("reference_key", TEXT, "canonical identity of the instrument"),
            Column("target_doc_id", TEXT, "the instrument, where it is in this corpus"),
            _RULE,
        ),
        ("doc_id", "ordinal"),
    ),
    TableSchema(
        "deadlines",
        "Every deadline that somebody is given.",
        (
            _DOC_ID,
            _PROVISION,
            Column("text", TEXT, "as printed", nullable=False),
            _START,
            _END,
            Column("kind", ENUM, "date, recurring, frequency, period, relative", nullable=False),
            Column("rrule", TEXT, "recurrence in RFC 5545"),
            Column("starts_on", DATE, "first day of a period"),
            Column("due_on", DATE, "the day, where the year is known"),
            Column("bound", ENUM, "before, by, on"),
            Column("action", TEXT, "what is due, as printed"),
            Column("responsible", TEXT, "who owes it, as printed"),
            Column("recipient", TEXT, "to whom, as printed"),
            Column("via", TEXT, "through whom, as printed"),
            _RULE,
        ),
        ("doc_id", "start", "end"),
    ),
    TableSchema(
        "assignments",
        "One row per body that is put in charge of something.",
        (
            _DOC_ID,
            _PROVISION,
            Column("role", ENUM, "lead, implement, coordinate, report_to, via", nullable=False),
            Column("text", TEXT, "the list of bodies as printed", nullable=False),
            _START,
            _END,
            Column("body", TEXT, "this member of the list as printed", nullable=False),
            Column("body_start", INT, "first code point of the member", nullable=False),
            Column("body_end", INT, "one past the member's last code point", nullable=False),
            Column("body_id", TEXT, "identity in the registry of bodies; null where unknown"),
            Column("body_level", ENUM, "level of the body; null where unknown"),
            Column("inherited", BOOL, "handed down by a heading", nullable=False),
            _RULE,
        ),
        ("doc_id", "provision_path", "start", "body_start", "role"),
    ),
    TableSchema(
        "alignments",
        "Links between items of a directive and local provisions.",
        (
            _PARENT_DOC,
            Column("parent_path", TEXT, "item of the directive", nullable=False),
            _LOCAL_DOC,
            Column("local_path", TEXT, "local provision", nullable=False),
            Column("relation", ENUM, "verbatim, adapted, partial", nullable=False),
            Column("score", FLOAT, "0 to 1, 1 = same task", nullable=False),
            Column("evidence", TEXT, "which signals spoke", nullable=False),
        ),
        ("parent_doc_id", "local_doc_id", "parent_path", "local_path"),
    ),
    TableSchema(
        "coverage",
        "What became of every item of the directive in every local document.",
        (
            _PARENT_DOC,
            Column("parent_path", TEXT, "item of the directive", nullable=False),
            _LOCAL_DOC,
            Column("status", ENUM, "verbatim, adapted, partial, dropped", nullable=False),
            Column("score", FLOAT, "share of the item that is kept, 0 to 1", nullable=False),
            Column("local_paths", TEXT_LIST, "linked local provisions", nullable=False),
            Column("nearest_path", TEXT, "best candidate, also where the item is dropped"),
            Column("nearest_score", FLOAT, "its score, 0 to 1"),
            Column("source", ENUM, "model, or override by a person", nullable=False),
            Column("applicable", BOOL, "addressed to bodies of this locality; null where unknown"),
            Column("addressee", TEXT, "whom the item addresses, as printed"),
            Column("evidence", TEXT, "which signals spoke"),
        ),
        ("parent_doc_id", "local_doc_id", "parent_path"),
    ),
    TableSchema(
        "consensus",
        "How many local documents kept, reworded or dropped each item of the directive.",
        (
            _PARENT_DOC,
            Column("parent_path", TEXT, "item of the directive", nullable=False),
            Column("documents", INT, "local documents to which the item applies", nullable=False),
            Column("verbatim", INT, "documents that keep it to the letter", nullable=False),
            Column("adapted", INT, "documents that keep all of it in other words", nullable=False),
            Column("partial", INT, "documents that keep part of it", nullable=False),
            Column("dropped", INT, "documents that drop it", nullable=False),
        ),
        ("parent_doc_id", "parent_path"),
    ),
    TableSchema(
        "additions",
        "Local provisions that answer nothing in the directive.",
        (_PARENT_DOC, _LOCAL_DOC, Column("local_path", TEXT, "local provision", nullable=False)),
        ("parent_doc_id", "local_doc_id", "local_path"),
    ),
    TableSchema(
        "drift",
        "What changed between an item and the provisions that answer it.",
        (
            _PARENT_DOC,
            Column("parent_path", TEXT, "item of the directive; null for a term changed throughout"),
            _LOCAL_DOC,
            Column("local_path", TEXT, "local provision; null for a term changed throughout"),
            Column(
                "type",
                ENUM,
                "body, deadline, reference, scope_added, scope_dropped, modality, term",
                nullable=False,
            ),
            Column("from", TEXT, "words of the directive; null where something was added"),
            Column("to", TEXT, "words of the local document; null where something was dropped"),
            Column("from_start", INT, "first code point in the directive's text"),
            Column("from_end", INT, "one past the last"),
            Column("to_start", INT, "first code point in the local text"),
            Column("to_end", INT, "one past the last"),
        ),
        ("parent_doc_id", "local_doc_id", "parent_path", "local_path", "type", "from_start", "to_start"),
    ),
    TableSchema(
        "citations",
        "The graph of citations: one row per document, instrument and relation.",
        (
            Column("source_doc_id", TEXT, "citing document", nullable=False),
            Column("reference_key", TEXT, "cited instrument", nullable=False),
            Column("target_doc_id", TEXT, "cited instrument, where it is in this corpus"),
            Column("relation", ENUM, "implements, replaces, amends, cites", nullable=False),
            Column("mentions", INT, "number of mentions", nullable=False),
        ),
        ("source_doc_id", "reference_key", "relation"),
    ),
    TableSchema(
        "findings",
        "What an analyst should look at.",
        (
            _DOC_ID,
            Column("provision_path", TEXT, "where; null for the whole document"),
            _RULE,
            Column("severity", ENUM, "error, warning, info", nullable=False),
            Column("message_vi", TEXT, "message in Vietnamese", nullable=False),
            Column("message_en", TEXT, "message in English", nullable=False),
            Column("evidence", TEXT, "the very words", nullable=False),
        ),
        ("doc_id", "rule", "provision_path", "evidence"),
    ),
    TableSchema(
        "repairs",
        "Every change that cleaning made.",
        (
            _DOC_ID,
            _RULE,
            Column("raw_start", INT, "first code point in the raw text", nullable=False),
            Column("raw_end", INT, "one past the last code point in the raw text", nullable=False),
            Column("before", TEXT, "raw characters", nullable=False),
            Column("after", TEXT, "what stands in their place", nullable=False),
            Column(
                "confidence", FLOAT, "0 to 1, how often such a repair was right; null: the rule is certain"
            ),
        ),
        ("doc_id", "raw_start", "raw_end"),
    ),
    TableSchema(
        "rejects",
        "Files that could not be read, and rows of the manifest or of overrides.csv that could not be used.",
        (
            Column("source_path", TEXT, "file, relative to the corpus folder", nullable=False),
            Column("sha256", TEXT, "SHA-256 of the bytes; null where they could not be read"),
            Column("reason", ENUM, "a stable code", nullable=False),
            Column("detail", TEXT, "one sentence that says what to do", nullable=False),
        ),
        ("source_path", "reason", "detail"),
    ),
)

BY_NAME = {table.name: table for table in TABLES}


def dictionary_markdown() -> str:
    """Return the data dictionary of every table as Markdown.

    >>> dictionary_markdown().startswith("# Data dictionary")
    True
    """
    parts = ["# Data dictionary", "", "Generated by `python -m pipeline schema`.", ""]
    for table in TABLES:
        parts += [f"## {table.name}", "", table.description, f"Sorted by {', '.join(table.keys)}.", ""]
        parts += ["| column | type | null | meaning |", "|---|---|---|---|"]
        parts += [_dictionary_line(column) for column in table.columns]
        parts.append("")
    return "\n".join(parts)


def _dictionary_line(column: Column) -> str:
    null = "yes" if column.nullable else "no"
    return f"| `{column.name}` | {column.type} | {null} | {column.description} |"


def dictionary_rows() -> list[dict[str, object]]:
    """Return the data dictionary as plain values, one per table, for JSON."""
    return [
        {
            "table": table.name,
            "description": table.description,
            "sorted_by": list(table.keys),
            "columns": [
                {
                    "name": column.name,
                    "type": str(column.type),
                    "nullable": column.nullable,
                    "description": column.description,
                }
                for column in table.columns
            ],
        }
        for table in TABLES
    ]
