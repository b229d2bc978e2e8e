"""Header fields, recipients and signatures of whole documents."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean_text
from pipeline.segment import parse_document
from pipeline.segment.names import name_body

FOLDER = Path(__file__).parents[1] / "cases/segment"
CASES = tomllib.loads((FOLDER / "headers.toml").read_text(encoding="utf-8"))
SCANNED = tomllib.loads((FOLDER / "scanned_headers.toml").read_text(encoding="utf-8"))


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


@pytest.mark.parametrize("case", SCANNED["case"], ids=lambda case: case["label"])
def test_damaged_header_yields_what_it_still_tells_and_nothing_else(case: dict[str, Any]) -> None:
    header = parse_document(clean_text(case["text"].strip("\n")).text).header
    found = {
        "doc_type": header.doc_type and header.doc_type.value,
        "number": header.number,
        "issued_on": header.issued_on and header.issued_on.isoformat(),
        "issuer": header.issuer,
    }
    assert found == {key: case.get(key) for key in found}


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["CỤC THUẾ", "THUẾ TỈNH TÂY NINH"], "Thuế tỉnh Tây Ninh"),
        (["BỘ TÀI CHÍNH CỤC THUẾ"], "Cục Thuế"),
        (["BỘ", "TÀI CHÍNH CỤC THUẾ"], "Cục Thuế"),
        (["UBND TP. ĐÀ NẴNG"], "Ủy ban nhân dân thành phố Đà Nẵng"),
        (["SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"], "Sở Lao động - Thương binh và Xã hội"),
        (["NGÂN HÀNG NHÀ NƯỚC", "VIỆT NAM"], "Ngân hàng Nhà nước Việt Nam"),
        (["TỈNH ỦY ĐẮK LẮK"], "Tỉnh ủy Đắk Lắk"),
        (["UBND", "XÃ EA KAR"], "Ủy ban nhân dân xã Ea Kar"),
        (["TONG CUC THUE"], "Tổng cục Thuế"),
        (["ỦY BAN NHÂN DÂN", "THÀNH PHÔ HAI PHÒNG"], "Ủy ban nhân dân thành phố Hải Phòng"),
        (["CUC THUE TINH NGHE AN"], None),  # the rest is for cleaning to put back
        (["NHỮNG ĐIỀU CẦN BIẾT"], None),
    ],
)
def test_name_body_reads_letterheads(lines: list[str], name: str | None) -> None:
    assert name_body(lines) == name


@pytest.mark.parametrize("note", ["", "(Đã ký)\n"])
def test_an_office_and_a_name_at_the_end_are_a_signature_without_further_signs(note: str) -> None:
    layout = parse_document(
        f"KẾ HOẠCH\nVề thú y\n1. Tiêm phòng cho đàn lợn.\nCHỦ TỊCH\n{note}Phạm Văn Dũng\n"
    )
    assert (layout.closing.signer_title, layout.closing.signer) == ("CHỦ TỊCH", "Phạm Văn Dũng")
    assert [row.text for row in layout.provisions] == ["Tiêm phòng cho đàn lợn."]


def test_an_office_before_a_task_is_no_signature() -> None:
    layout = parse_document("KẾ HOẠCH\nVề thú y\nCHỦ TỊCH\n1. Tiêm phòng cho đàn lợn.\n2. Tuyên truyền.\n")
    assert layout.closing.signer is None and len(layout.provisions) >= 2
