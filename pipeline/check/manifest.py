"""The manifest against the text: the manifest wins, and the contradiction is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records import Document, Finding, Header, Severity

_FIELDS = {
    "doc_type": ("loại văn bản", "type"),
    "number": ("số, ký hiệu", "number"),
    "issued_on": ("ngày ban hành", "date of issue"),
}


def manifest_findings(documents: Sequence[Document]) -> Iterator[Finding]:
    """Yield one finding per field that the manifest and the text fill differently."""
    for document in documents:
        for field in _FIELDS:
            finding = _contradiction(document, field)
            if finding:
                yield finding


def _contradiction(document: Document, field: str) -> Finding | None:
    printed, used = _value(document.printed_header, field), _value(document.header, field)
    if printed is None or printed == used:
        return None
    vietnamese, english = _FIELDS[field]
    return Finding(
        doc_id=document.doc_id,
        provision_path=None,
        rule="manifest-contradicts-text",
        severity=Severity.WARNING,
        message_vi=f"Manifest ghi {vietnamese} là {used}, văn bản ghi {printed}",
        message_en=f"The manifest gives the {english} as {used}, the text as {printed}",
        evidence=printed,
    )


def _value(header: Header, field: str) -> str | None:
    value = getattr(header, field)
    return None if value is None else str(value)
