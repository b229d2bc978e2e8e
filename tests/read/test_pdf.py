"""PDF: the text layer where it can be trusted; which pages are pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from PIL import Image

from pipeline.errors import UnreadableFile
from pipeline.read.limits import Limits, silent
from pipeline.read.pdf import read_pdf, trust
from pipeline.read.pdf_page import Glyph, _piece


def pdf(pages: Sequence[str], *, font: str = "Helvetica", rotate: int = 0) -> bytes:
    """Return a PDF whose pages draw these content streams, in Windows-1252 codes of one font."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        f"<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}/Contents {5 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"{body}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\n".encode("cp1252")


def show(text: str, x: float, y: float) -> str:
    return f"BT /F 13 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def pages_of(data: bytes) -> tuple[str, ...]:
    return read_pdf(data, Limits(), silent).pages


def test_pages_are_kept_apart_and_columns_are_read_in_turn() -> None:
    head = [show("BO CONG AN", 80, 780), show("CONG HOA XA HOI", 320, 781), show("So: 06", 80, 760)]
    first = "\n".join([*head, show("Doc lap - Tu do", 320, 762), show("CHI THI", 270, 700)])
    read = read_pdf(pdf([first, show("trang hai", 80, 780)]), Limits(), silent)
    lines = [line for line in read.pages[0].split("\n") if line]
    assert lines == ["BO CONG AN", "So: 06", "CONG HOA XA HOI", "Doc lap - Tu do", "CHI THI"]
    assert read.pages[1].strip() == "trang hai"
    assert (read.text_source, read.paged) == ("pdf_text", True)


def test_letters_of_an_old_font_are_decoded() -> None:
    text = "C\xb8c bé, ngµnh vµ c\xb8c tØnh thùc hiÖn nghiªm chØ thÞ nµy"
    assert pages_of(pdf([show(text, 60, 700)], font="ABCDEF+.VnTime"))[0].strip() == (
        "Các bộ, ngành và các tỉnh thực hiện nghiêm chỉ thị này"
    )


def test_old_font_without_its_name_is_known_by_its_words() -> None:
    text = "Uû ban nh\xa9n d\xa9n c\xb8c tØnh, thµnh phè chÞu tr\xb8ch nhiÖm thi hµnh quyÕt ®Þnh nµy"
    assert "Uỷ ban nhân dân các tỉnh, thành phố" in pages_of(pdf([show(text, 40, 700)]))[0]


def test_table_with_rules_is_read_by_rows() -> None:
    rules = [f"60 {y} m 500 {y} l S" for y in (700, 670, 640)]
    rules += [f"{x} 700 m {x} 640 l S" for x in (60, 100, 500)]
    cells = [show("TT", 65, 680), show("Noi dung", 110, 680), show("1", 65, 650), show("Ra soat", 110, 650)]
    assert pages_of(pdf(["\n".join([*rules, *cells])])) == ("TT | Noi dung\n1 | Ra soat",)


def test_text_askew_is_no_text() -> None:
    turned = "BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (BAN SAO) Tj ET"
    upright = "BT /F 9 Tf 0 1 -1 0 20 100 Tm (Nguoi ky) Tj ET"
    assert pages_of(pdf(["\n".join([turned, upright, show("Chi thi", 80, 700)])]))[0].strip() == "Chi thi"


@pytest.mark.parametrize(
    ("rotate", "matrix"), [(90, "0 1 -1 0 {y} 80"), (270, "0 -1 1 0 {y} 700"), (180, "-1 0 0 -1 500 {y}")]
)
def test_page_shown_turned_is_read_turned(rotate: int, matrix: str) -> None:
    places = (100, 200) if rotate in (90, 180) else (500, 400)
    lines = [f"BT /F 13 Tf {matrix.format(y=y)} Tm (dong {n}) Tj ET" for n, y in enumerate(places)]
    read = pages_of(pdf(["\n".join(lines)], rotate=rotate))[0].split("\n")
    assert [line for line in read if line] == ["dong 0", "dong 1"]


def test_hyphen_at_a_line_end_stays() -> None:
    lines = pages_of(pdf(["\n".join([show("so 06/2014/ND-", 80, 700), show("CP ngay", 80, 684)])]))[0]
    assert "06/2014/ND-\n" in lines


def test_piece_is_decoded_over_changes_of_font() -> None:
    run = [Glyph(char, n, n + 1, 0, 10, font, False) for n, (char, font) in enumerate(
        [("t", "VnTime"), ("−", "ABCDEF+VnTimeBold"), (" ", "VnTime"), ("−", "Arial")]
    )]  # fmt: skip
    assert _piece(run).text == "tư −"


@pytest.mark.parametrize(
    ("text", "trusted"),
    [
        ("Ủy ban nhân dân các cấp thực hiện nghiêm Chỉ thị này", True),
        ("Uy ban nhan dan cac cap thuc hien nghiem Chi thi nay", False),
        ("\ue001\ue002 \ue003\ue004 ngày \ue001\ue002\ue003", False),
        ("&Ӝ1*+Ñ$;+Ӝ,&+Ӫ1*+Ƭ$9,ӊ71$0", False),
        ("", False),
    ],
)
def test_text_layer_is_measured(text: str, trusted: bool) -> None:
    assert (trust(text) >= 0.3) is trusted


def image_pdf() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (300, 400), 255).save(stream, format="PDF")
    return stream.getvalue()


ENCRYPTED = (
    pdf([show("x", 1, 1)]).replace(
        b"trailer<<",
        b"trailer<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"00" * 32 + b">/U<" + b"11" * 32
        + b">/P -4>>",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"%PDF-1.4\n%%EOF", "truncated", id="cut off"),
        pytest.param(pdf([]), "truncated", id="no pages"),
        pytest.param(ENCRYPTED, "encrypted", id="password"),
        pytest.param(pdf([show("x", 1, 1)] * 6), "too_many_pages", id="too many pages"),
    ],
)
def test_unusable_pdf_is_rejected_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(data, Limits(max_pages=5), silent)
    assert caught.value.reason == reason
    assert caught.value.detail.endswith(".")
