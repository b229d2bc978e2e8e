"""Header fields, recipients and signatures of whole documents."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.segment import parse_document

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/segment/headers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["label"])
def test_parse_document_reads_header_and_closing(case: dict[str, Any]) -> None:
    text = case["text"].strip("\n")
    layout = parse_document(text)
    header, closing = layout.header, layout.closing
    found = {
        "doc_type": header.doc_type and header.doc_type.value,
        "number": header.number,
        "issued_on": header.issued_on and header.issued_on.isoformat(),
        "place": header.place,
        "issuer": header.issuer,
        "title": header.title,
        "addressees": list(header.addressees),
        "recipients": list(closing.recipients),
        "signer": closing.signer,
        "signer_title": closing.signer_title,
    }
    expected = {key: case.get(key, [] if isinstance(value, list) else None) for key, value in found.items()}
    assert found == expected
    if header.title_span is not None:
        assert text[header.title_span.start : header.title_span.end] == header.title


def test_header_and_closing_are_no_provisions() -> None:
    layout = parse_document(CASES["case"][0]["text"].strip("\n"))
    assert [provision.path for provision in layout.provisions] == ["pre/p1", "1"]
