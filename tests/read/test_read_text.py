"""Plain text files: every encoding that Vietnamese offices have used comes back letter by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from pipeline.errors import UnreadableFile
from pipeline.read import Limits, read_bytes
from pipeline.read.legacy import decode_legacy, decode_runs

Encoder = Callable[[str, str], bytes]

DIRECTIVE = (
    "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố.\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 "
    "tháng 6 năm 2025, Bộ trưởng yêu cầu các đơn vị thực hiện những nhiệm vụ sau đây:\n1. Đẩy mạnh tuyên "
    "truyền, phổ biến pháp luật; xử lý nghiêm hành vi vi phạm, kể cả ở những nơi hẻo lánh, bỡ ngỡ.\n"
)

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("codec", UNICODE)
def test_unicode_file_is_read_as_it_is(codec: str) -> None:
    document = read_bytes(DIRECTIVE.encode(codec), Limits())
    assert document.pages == (DIRECTIVE.rstrip("\n"),)
    assert (document.media_type, document.text_source, document.paged) == ("text/plain", "text", False)


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "viscii", "vps"])
def test_eight_bit_file_is_decoded_by_its_words(encode_legacy: Encoder, encoding: str) -> None:
    document = read_bytes(encode_legacy(DIRECTIVE, encoding), Limits())
    lowered = encoding == "tcvn3"  # TCVN3 has no capitals with tone marks
    expected = DIRECTIVE.replace("Ủ", "ủ").replace("Ẩ", "ẩ") if lowered else DIRECTIVE
    assert document.pages[0] == expected.rstrip("\n")
    assert document.notes == (f"encoding: {encoding}",)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_font_codes_saved_as_unicode_are_decoded(encode_legacy: Encoder, encoding: str) -> None:
    surface = encode_legacy(DIRECTIVE.lower(), encoding).decode("cp1252")
    assert read_bytes(surface.encode(), Limits()).pages[0] == DIRECTIVE.lower().rstrip("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ban chỉ đạo phòng, chống El Niño; đại sứ quán España", id="foreign names"),
        pytest.param("Liberté, égalité, fraternité: à la façon d'un château où naît l'été", id="French"),
        pytest.param("Kế hoạch của ðảng ủy, HðND và các sở, ngành ñược phê duyệt", id="broken font map"),
        pytest.param("Uy ban nhan dan tinh", id="no marks"),
    ],
)
def test_unicode_text_is_never_decoded_again(text: str) -> None:
    assert read_bytes(text.encode(), Limits()).pages == (text,)


def test_decomposed_letters_stay_for_cleaning_to_compose() -> None:
    decomposed = unicodedata.normalize("NFD", DIRECTIVE)
    assert read_bytes(decomposed.encode(), Limits()).pages[0] == decomposed.rstrip("\n")


def test_form_feeds_separate_pages() -> None:
    document = read_bytes("trang một\n\ftrang hai\n\f".encode(), Limits())
    assert document.pages == ("trang một\n", "trang hai")
    assert document.paged


def test_line_ends_become_newlines() -> None:
    assert read_bytes("một\r\nhai\rba\x0bbốn".encode(), Limits()).pages == ("một\nhai\nba\nbốn",)


def test_damaged_byte_is_shown_and_noted() -> None:
    data = bytearray((DIRECTIVE * 20).encode())
    data[len(data) // 2] = 0xFF
    document = read_bytes(bytes(data), Limits())
    assert 1 <= document.pages[0].count("\N{REPLACEMENT CHARACTER}") <= 3
    assert document.notes[-1].startswith("damaged bytes:")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b" \n\t\r\n\f ", "empty", id="blanks only"),
        pytest.param(bytes(range(256)) * 20, "binary", id="every byte"),
        pytest.param(b"\x00" * 5000, "binary", id="NUL bytes"),
        pytest.param("Kế hoạch\x00\x01\x02".encode() * 200, "binary", id="NUL bytes in text"),
        pytest.param("Liberté à la façon du château d'été".encode("latin-1") * 9, "encoding", id="latin-1"),
        pytest.param("План работы Министерства".encode("koi8-r") * 9, "encoding", id="Russian"),
        pytest.param(b"PK\x03\x04" + b"\x07" * 50, "unsupported", id="unknown container"),
    ],
)
def test_what_is_not_vietnamese_text_is_rejected_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, Limits())
    assert caught.value.reason == reason
    assert caught.value.detail.endswith(".")


def test_too_many_characters_are_rejected() -> None:
    with pytest.raises(UnreadableFile, match="too_large"):
        read_bytes(b"a" * 101, Limits(max_chars=100))


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("Céng hoµ x· héi chñ nghÜa", ".VnTime", "Cộng hoà xã hội chủ nghĩa"),
        ("thñ t−íng chÝnh phñ", "ABCDEF+.VnTimeH", "thủ tướng chính phủ"),
        ("HîP T¸C X·", ".VnTimeH", "HỢP TÁC XÃ"),
        ("HîP T¸C X·", "ABCDEF+VnTimeH-Bold", "HỢP TÁC XÃ"),
        ("Bé tµi chÝnh", ".VnTimeH", "Bộ tài chính"),
        ("UBND x·", ".VnTime", "UBND xã"),
        ("QUYEÁT ÑÒNH", "VNI-Times", "QUYẾT ĐỊNH"),
        ("QUYẾT ĐỊNH", ".VnTime", "QUYẾT ĐỊNH"),
        ("QUYEÁT ÑÒNH", "Arial", "QUYEÁT ÑÒNH"),
        ("", "VNI-Times", ""),
    ],
)
def test_font_name_decides_how_a_run_is_decoded(text: str, font: str, expected: str) -> None:
    assert decode_runs([(text, font)]) == expected


def test_minus_sign_between_numbers_is_no_letter() -> None:
    assert decode_legacy("5 − 3 = 2, t− vÊn, trung −¬ng", "tcvn3") == "5 − 3 = 2, tư vấn, trung ương"
