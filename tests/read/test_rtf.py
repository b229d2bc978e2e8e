"""RTF: fonts tell the letters; tables, lists and fields are read as printed."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from pipeline.errors import UnreadableFile
from pipeline.read.limits import Limits
from pipeline.read.rtf import read_rtf

FONTS = r"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1 .VnTime;}{\f2 VNI-Times;}{\f3\fcharset163 Arial;}}"


def lines_of(body: str) -> list[str]:
    """Read an RTF file with this body; letters that Latin-1 lacks are written as Word writes them."""
    escaped = "".join(char if ord(char) < 256 else rf"\u{ord(char)}?" for char in body)
    source = rf"{{\rtf1\ansi\ansicpg1252{FONTS}{escaped}}}".encode("latin-1")
    return read_rtf(source, Limits()).pages[0].split("\n")


TABLE = (
    r"\trowd\clbrdrt\brdrs\intbl TT\cell Việc\cell\row\intbl 1\cell Rà\par soát\cell\row"
    r"\pard Nơi nhận\par"
)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(r"\f1 ChØ thÞ \f2 Coâng \f0 an\par", ["Chỉ thị Công an"], id="fonts, font by font"),
        pytest.param(r"\f1 Ch\'d8 th\'de\par", ["Chỉ thị"], id="bytes in hexadecimal"),
        pytest.param(r"\f3 ti\'ea\'ecng \'f0\par", ["tiếng đ"], id="a Vietnamese codepage"),
        pytest.param(r"\uc1 Ch\u7881?\~th\u7883?\par", ["Chỉ\xa0thị"], id="Unicode with fallback"),
        pytest.param(r"{\uc2 \u7881\'d8\'d9}{\uc0 \u7883}\par", ["ỉị"], id="fallback of a group"),
        pytest.param(r"a\line b\par c\tab d\par", ["a", "b", "c d"], id="breaks"),
        pytest.param(r"{\listtext 1.\tab}Rà soát\par", ["1. Rà soát"], id="numbers of lists"),
        pytest.param(r"trước{\v ẩn}{\deleted xóa} sau\par", ["trước sau"], id="hidden and deleted"),
        pytest.param(r"{\field{\*\fldinst LINK x}{\fldrslt ở đây}}\par", ["ở đây"], id="fields"),
        pytest.param(r"{\*\khac thừa}{\pict 01}{\info{\title T}}chữ\par", ["chữ"], id="no text"),
        pytest.param(r"{\caps quy chế}\par", ["QUY CHẾ"], id="capitals"),
        pytest.param(TABLE, ["TT | Việc", "1 | Rà soát", "Nơi nhận"], id="table"),
        pytest.param(r"\trowd\intbl BỘ\par Số\cell CỘNG HÒA\cell\row", ["BỘ", "Số", "CỘNG HÒA"], id="head"),
    ],
)
def test_rtf_is_read_as_printed(body: str, lines: list[str]) -> None:
    assert lines_of(body) == lines


def test_headers_and_footnotes_stand_apart() -> None:
    read = read_rtf(rb"{\rtf1{\header trang 1}Noi dung{\footnote\pard ghi chu} tiep\par}", Limits())
    assert read.pages == ("Noi dung tiep",)
    assert read.notes == ("header: trang 1", "footnote: ghi chu")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(rb"{\rtf1 }", "no_text", id="nothing in it"),
        pytest.param(rb"{\rtf1" + b"{" * 200_000, "truncated", id="nested without end"),
        pytest.param(rb"{\rtf1 " + b"a" * 2000, "too_large", id="too much text"),
    ],
)
def test_unusable_rtf_is_rejected_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rtf(data, Limits(max_chars=1000))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "unit", [b"{", b"}", b"\\", b"{\\*", b"\\u", b"\\'", b"\\cell", b"\\row", b"\\trowd\\intbl "]
)
def test_reading_takes_linear_time(unit: bytes) -> None:
    data = rb"{\rtf1 chu " + unit * (300_000 // len(unit))
    start = time.perf_counter()
    with suppress(UnreadableFile):
        read_rtf(data, Limits())
    assert time.perf_counter() - start < 2
