"""What recognition did to letterheads: bodies, provinces, the word before the number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.clean.misread_numbers import restore_numbers
from pipeline.clean.misread_phrases import restore_phrases
from pipeline.clean.misread_places import restore_places
from pipeline.clean.offsets import Edit, apply_edits
from tests.clean.timing import assert_linear

Fixer = Callable[[str], list[Edit]]


@pytest.mark.parametrize(
    ("fixer", "read", "printed"),
    [
        (restore_phrases, "CUC THUÊ", "CỤC THUẾ"),
        (restore_phrases, "SO Y TE", "SỞ Y TẾ"),
        (restore_phrases, "BẢO HIẾM XÃ HỌI", "BẢO HIỂM XÃ HỘI"),
        (restore_phrases, "BO TAI CHINH", "BỘ TÀI CHÍNH"),
        (restore_phrases, "\n$6: 12/QĐ-UBND", "\nSố: 12/QĐ-UBND"),
        (restore_phrases, "\nSé: ##20 /TCT-CS", "\nSố: ##20 /TCT-CS"),
        (restore_numbers, "Số:5120 /C1-TNCN", "Số:5120 /CT-TNCN"),
        (restore_places, "TP. HÒ CHÍ MINH", "TP. HỒ CHÍ MINH"),
        (restore_places, "tinh Đông Nai", "tỉnh Đồng Nai"),
        (restore_places, "TÍNH SƠN LA", "TỈNH SƠN LA"),
        (restore_places, "Thành phó Hà Nội", "Thành phố Hà Nội"),
        (restore_places, "CỤC THUẾ TỈNH HAL DUONG", "CỤC THUẾ TỈNH HẢI DƯƠNG"),
        (restore_places, "tình Bà Rịa - Vung Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
    ],
)
def test_letterhead_is_put_right(fixer: Fixer, read: str, printed: str) -> None:
    assert apply_edits(read, fixer(read)) == printed
    assert fixer(printed) == []


@pytest.mark.parametrize(
    ("fixer", "text"),
    [
        (restore_phrases, "\nSở: 12 người; \nSổ: theo dõi; \nSo: sánh"),  # no symbol behind the colon
        (restore_phrases, "CÔNG ĐOÀN, HỘI NÔNG DÂN, CỤC THỐNG KÊ"),
        (restore_numbers, "Số:5120 /B1-TNCN, 12/D1-XYZ"),  # becomes no symbol of the genre
        (restore_places, "xã Liên Hong, huyện Dong Anh"),  # too many names to tell by their letters
        (restore_places, "cách tính Hà Nội áp dụng, mô tả đặc tính Hải quan"),
        (restore_places, "tỉnh hoa binh"),  # no name: small letters
        (restore_places, "Ông Lê Quang Nam, tỉnh Thủy Nguyên"),
        (restore_places, "thành phố Hòa Bình, tỉnh Thanh Hoá, TP Hồ Chí Minh, tỉnh Đắk Lắk"),
    ],
)
def test_what_may_be_meant_stays(fixer: Fixer, text: str) -> None:
    assert fixer(text) == []


@pytest.mark.parametrize(
    "unit", ["tinh ", "TP. ", "tinh Ha ", "thanh pho A - ", "\nS6: ", "\n$6:1/A1-", "/C1-T"]
)
def test_reading_letterheads_takes_linear_time(unit: str) -> None:
    for fixer in (restore_places, restore_phrases, restore_numbers):
        assert_linear(fixer, unit)
