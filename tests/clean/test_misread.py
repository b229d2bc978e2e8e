"""Misreadings: repaired where the text shows damage and the evidence decides, reported where it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.clean import clean_text
from pipeline.clean.damage import is_damaged
from pipeline.clean.misread_case import restore_case
from pipeline.clean.misread_doubles import restore_doubles
from pipeline.clean.misread_markers import restore_letters, restore_lost_markers, restore_markers
from pipeline.clean.misread_numbers import restore_numbers
from pipeline.clean.misread_phrases import restore_phrases
from pipeline.clean.misread_specks import drop_specks
from pipeline.clean.misread_symbols import restore_symbols
from pipeline.clean.misread_words import restore_words
from pipeline.clean.offsets import Edit, apply_edits
from tests.clean.timing import assert_linear

Fixer = Callable[[str], list[Edit]]
DAMAGED = "Căn cứ Luật sửa đổi, bd sung một số điều của Luật Bảo hiém y tế; "


@pytest.mark.parametrize(
    ("fixer", "read", "printed"),
    [
        (restore_numbers, "Chỉ thị số O6/CT-TTg", "Chỉ thị số 06/CT-TTg"),
        (restore_numbers, "Nghị định số 156/2017/ND-CP", "Nghị định số 156/2017/NĐ-CP"),
        (restore_numbers, "Tờ trình số 76/TTr-LDTBXH", "Tờ trình số 76/TTr-LĐTBXH"),
        (restore_numbers, "ngày l4/3/2O14", "ngày 14/3/2014"),
        (restore_numbers, "ngày 23 thang 3 nam 2022", "ngày 23 tháng 3 năm 2022"),
        (restore_symbols, "Chỉ thị số 31/CT-T'Tg, 31/CT-TTEg", "Chỉ thị số 31/CT-TTg, 31/CT-TTg"),
        (restore_symbols, "Kết luận số 54-KL/IW", "Kết luận số 54-KL/TW"),
        (restore_symbols, "Đề án số 19/ĐĐĐA-BCA, 54-KLƯ/TW", "Đề án số 19/ĐA-BCA, 54-KL/TW"),
        (restore_symbols, "Kế hoạch số 41/KH-BCA-A0O2", "Kế hoạch số 41/KH-BCA-A02"),
        (restore_symbols, "Chỉ thị 11CT-BCA, số 27lKH-UBND", "Chỉ thị 11/CT-BCA, số 27/KH-UBND"),
        (restore_doubles, "PCCC, " * 4 + "PCCCC, NÑgày", "PCCC, " * 5 + "Ngày"),
        (restore_phrases, "TỎNG GIÁM ĐÓC", "TỔNG GIÁM ĐỐC"),
        (restore_phrases, "ỦY BAN THƯỜNG VỤ QUOC HOL", "ỦY BAN THƯỜNG VỤ QUỐC HỘI"),
        (restore_phrases, "Kính gui: Sở Y tế", "Kính gửi: Sở Y tế"),
        (restore_markers, "I. Một\nIl. Hai\nIII. Ba", "I. Một\nII. Hai\nIII. Ba"),
        (restore_letters, "a) Một;\n©) Hai;\nc) Ba.", "a) Một;\nb) Hai;\nc) Ba."),
        (restore_lost_markers, "1. Một.\ncì\nHai.\n3. Ba.", "1. Một.\n2. Hai.\n3. Ba."),
        (restore_case, "ở CƠ SỞ, sự tham gia Của các ngành", "ở cơ sở, sự tham gia của các ngành"),
        (drop_specks, "bảo vệ an _. ninh trật tự, phát . triển", "bảo vệ an ninh trật tự, phát triển"),
        (restore_words, "người nộp thué giá trị", "người nộp thuế giá trị"),
        (restore_words, "theo quy đinh của pháp luật", "theo quy định của pháp luật"),
    ],
)  # fmt: skip
def test_misreading_is_put_right(fixer: Fixer, read: str, printed: str) -> None:
    assert apply_edits(read, fixer(read)) == printed
    assert fixer(printed) == []


@pytest.mark.parametrize(
    ("fixer", "text"),
    [
        (restore_numbers, "Hướng dẫn số 36-HD/VPTW, 12/DA-UBND, 5/HĐ-SYT, 55/CV-DSCS"),
        (restore_numbers, "mẫu số 1 18/2021/NĐ-CP, khoản 1 18/2021/NĐ-CP"),
        (restore_numbers, "ngày 3 5/2/2020"),  # no day of the calendar
        (restore_numbers, "QĐ/I/II, 1/BK-TTS"),
        (restore_symbols, "12/TTĐĐ-UBND, 7/ĐĐBQH-VP, A4CT-BC, 1.5HD-AB, 200QH-KL, 48-CT/TU, PC06, 100-KH"),
        (restore_doubles, "CAP, " * 9 + "CATP, CAPX, VCAP, CAP(PV01), CAP-CAPP"),
        (restore_doubles, "ANTQ, " * 4 + "ANTTQ, ANTTQ; La Niña, EL NIÑO"),
        (restore_phrases, "THỦ TRƯỞNG, VỤ TRƯỞNG, UỶ BAN NHÂN DÂN, CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (restore_lost_markers, "1. Một.\nBộ Y tế\n3. Ba.\n- Hai\n5. Năm\nsi\nRà soát\ncì\nNâng cao\n7. Bảy"),
        (restore_markers, "I. Một\n1. Hai\n2. Ba\nII. Bốn\n1. Năm\n3. Sáu"),
        (restore_letters, "a) Một;\n©) Hai;\nd) Ba.\n*) Bốn\na) Năm;\n•) Sáu"),
        (restore_case, "khí CO, xe Ô tô, cấp CO mẫu D, giao Sở Y tế, thuộc Vụ Pháp chế, UBND các cấp"),
        (drop_specks, "kinh tế - xã hội; 2025 - 2030 | 1 | . . . . . ; Nơi nhận : các sở"),
        (restore_words, "Nguyễn Văn Bảy và Trần Thị Dung, xã Tân Lâp"),
        (restore_words, "trộm cắp tài sản, phục vụ đắc lực nhiệm vụ"),
        (restore_words, "uỷ quyền, hoà giải, thuỷ lợi"),
    ],
)
def test_look_alike_stays(fixer: Fixer, text: str) -> None:
    assert fixer(text) == []


def test_clean_text_is_not_measured_as_damaged() -> None:
    assert not is_damaged("Các nghành phối hợp, gửi qua email và mạng Internet, cáp 22 kV, trđ/hộ.")
    assert not is_damaged("This is the English translation of the decision, for reference only.")
    assert is_damaged(DAMAGED)


def test_what_stays_unread_is_reported_where_it_stands() -> None:
    cleaned = clean_text(DAMAGED + "Nguyén tắc đhời hạn ngườj nộp hé sơ tiiế.")
    odd = [s for s in cleaned.suspicions if s.rule == "odd-syllable"]
    assert "đhời" in {s.surface for s in odd}
    assert all(cleaned.text[s.start : s.end] == s.surface for s in odd)


def test_foreign_words_of_a_clean_text_are_not_reported() -> None:
    assert clean_text("Gửi qua email, truy cập https://dichvucong.gov.vn bằng ôtô.").suspicions == ()


@pytest.mark.parametrize(
    "fixer",
    [
        drop_specks,
        restore_case,
        restore_doubles,
        restore_letters,
        restore_lost_markers,
        restore_markers,
        restore_numbers,
        restore_phrases,
        restore_symbols,
        restore_words,
    ],
)
@pytest.mark.parametrize(
    "unit",
    ["bd ", "bd sung ", "l. a\n", "1 1/", "số 1 ", "O6/", "/QD-", "/ĐĐ-", "1CT", "-TT", "ABC ", "AB(", "D",
     "QDDDDDDDDDDDDD-", "CONG HOA ", "A ",
     "ngày l/", "ngày 1 ", "Độc lập ", "I", "|", "aé", "rnrn", " ", "NƠI ",
     "_", " _", "a. a", "OS ", "a CO ", "1. a\n", "1. A\nS A\n", "A\n"],
)  # fmt: skip
def test_time_grows_linearly_on_hostile_text(fixer: Fixer, unit: str) -> None:
    assert_linear(fixer, unit)
