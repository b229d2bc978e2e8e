"""What is rendered is read back: the markers that Word makes, and the document within a site."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.docx import read_docx
from pipeline.read.html import read_html
from pipeline.read.limits import Limits
from pipeline.roundtrip.web import web_page
from pipeline.roundtrip.word import MOTTO, split, word_file

PLAN = """\
Số: 12/KH-UBND
KẾ HOẠCH
Về bảo vệ an ninh
I. MỤC ĐÍCH
1. Nâng cao nhận thức.
2. Bảo đảm hiệu quả.
II. NHIỆM VỤ
1. Công an tỉnh:
a) Rà soát văn bản;
b) Báo cáo kết quả.
- Trước ngày 15/11.
+ Hằng năm.
2. Các sở, ban, ngành.
4. Số bỏ cách một.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH"""


def expected(text: str) -> list[str]:
    parts = split(text)
    return [*parts.head, *(MOTTO if parts.head else ()), *parts.body, *parts.recipients, *parts.signature]


def test_word_file_is_read_back_with_its_numbers() -> None:
    read = read_docx(word_file(PLAN, "Noto Serif"), Limits())
    assert read.pages[0].split("\n") == expected(PLAN)
    assert "1. Công an" not in word_file(PLAN, "Noto Serif").decode("latin-1")


def test_web_page_is_read_back_without_its_site() -> None:
    assert read_html(web_page(PLAN), Limits()).pages[0].split("\n") == expected(PLAN)


MARKERS = st.sampled_from(
    ["I. ", "II. ", "III. ", "1. ", "2. ", "3. ", "10. ", "a) ", "b) ", "c) ", "- ", "+ ", ""]
)
LINES = st.lists(
    st.tuples(MARKERS, st.sampled_from(["Rà soát.", "Báo cáo", "Giao Sở"])), min_size=1, max_size=12
)


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_any_sequence_of_markers_is_read_back(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(["KẾ HOẠCH", "Về an ninh", *(marker + words for marker, words in lines)])
    assert read_docx(word_file(text, "Noto Serif"), Limits()).pages[0] == text


@pytest.mark.parametrize("text", ["", "một dòng", "Nơi nhận:\n- Như trên;"])
def test_any_text_can_be_divided(text: str) -> None:
    parts = split(text)
    assert "\n".join([*parts.head, *parts.body, *parts.recipients, *parts.signature]) == text
