"""The manifest against the text: the manifest wins, and the contradiction is a finding."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules import finding
from pipeline.records import Document, Finding, Header

_FIELDS = {
    "doc_type": ("loại văn bản", "type"),
    "number": ("số, ký hiệu", "number"),
    "issued_on": ("ngày ban hành", "date of issue"),
}


def manifest_findings(document: Document) -> Iterator[Finding]:
    """Yield one finding per field that the manifest and the text fill differently."""
    for field, (vietnamese, english) in _FIELDS.items():
        printed, used = _value(document.printed_header, field), _value(document.header, field)
        if printed is not None and printed != used:
            yield finding(
                "manifest-contradicts-text",
                document.doc_id,
                None,
                printed,
                field_vi=vietnamese,
                field_en=english,
                used=used,
                printed=printed,
            )


def _value(header: Header, field: str) -> str | None:
    value = getattr(header, field)
    return None if value is None else str(value)
