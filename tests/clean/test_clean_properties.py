"""What holds for every text: idempotence, replay, offsets in bounds and in order, linear time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.clean import CleanText, clean_text
from tests.clean.timing import assert_linear

PIECES = (
    *" \n\n\f\t-*|#.:;,125/()“”ñðÐaĐđ",
    *("Điều 1. ", "CHỈ THỊ", "- ", "tổ ", "Quốc ", "NĐ-", "CP", "\u0301", "\u00a0", "\u200b", "**", "---\n"),
    *("Số: 1", "Ngày: 1/2/2020", "Chuyển:", "./. kt", "--- PAGE BREAK ---", "| a | b |", "|---|", "Trang 3"),
    *("các sở, ban, ngành và toàn thể nhân dân", "\r\n", "Nơi nhận: ", "CỘNG HÒA XÃ HỘI", "T ổ c h ức "),
    *(
        "bd sung ",
        "Bảo hiém y té ",
        "TONG CUC THUE",
        "số O6/CT-BCA ",
        "\nl. ",
        "ngày 2 8/2/2020",
        "/2020/QD-UBND ",
    ),
)
RAW = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60))


def replayed(raw: str, cleaned: CleanText) -> str:
    """Make the repairs on the raw text, checking that each quotes it."""
    pieces, done = [], 0
    for repair in cleaned.repairs:
        assert done <= repair.raw_start <= repair.raw_end
        assert raw[repair.raw_start : repair.raw_end] == repair.before != repair.after
        pieces += [raw[done : repair.raw_start], repair.after]
        done = repair.raw_end
    return "".join([*pieces, raw[done:]])


@settings(max_examples=300, deadline=None)
@given(RAW)
@example("a\n2\n\nb\n\n3")
def test_repairs_replay_and_nothing_is_left_to_repair(raw: str) -> None:
    cleaned = clean_text(raw)
    assert replayed(raw, cleaned) == cleaned.text
    again = clean_text(cleaned.text)
    assert (again.text, again.repairs) == (cleaned.text, ())


@settings(max_examples=200, deadline=None)
@given(RAW)
def test_offsets_are_monotone_and_in_bounds(raw: str) -> None:
    cleaned = clean_text(raw)
    to_raw = [cleaned.to_raw(offset) for offset in range(len(cleaned.text) + 1)]
    to_clean = [cleaned.to_clean(offset) for offset in range(len(raw) + 1)]
    assert all(a <= b for a, b in pairwise(to_raw))
    assert all(a <= b for a, b in pairwise(to_clean))
    assert all(0 <= offset <= len(raw) for offset in to_raw)
    assert all(0 <= offset <= len(cleaned.text) for offset in to_clean)


@settings(max_examples=200, deadline=None)
@given(RAW)
def test_clean_text_has_single_spaces_and_no_blank_line(raw: str) -> None:
    text = clean_text(raw).text
    assert text == text.strip(" \n")
    assert not any(pair in text for pair in ("  ", "\n\n", " \n", "\n ", "\f", "\r", "\t"))


@settings(max_examples=100, deadline=None)
@given(RAW)
def test_untouched_words_read_back_from_the_raw_text(raw: str) -> None:
    cleaned = clean_text(raw)
    touched = {i for r in cleaned.repairs for i in range(r.raw_start, r.raw_end)}
    places = zip(cleaned.offsets.clean_starts, cleaned.offsets.clean_ends, strict=True)
    inserted = {offset for place in places for offset in range(*place)}
    for offset, character in enumerate(cleaned.text):
        start, end = cleaned.raw_span(offset, offset + 1)
        if end - start == 1 and start not in touched and offset not in inserted:
            assert raw[start] == character


@pytest.mark.parametrize(
    "unit",
    [" ", "a", "\n", "1.1.1.1", "1.1.1.1\n", "* ", "**", "|", "|\n", "| a ", "ñ", "CHỈ THỊ\nA b\n", "2\n\n",
     "a-\n", "Số: 1\n", "Thời gian ký: 1\n", "---\n", "\u0301", "./. a", "a\nb\n", "B ", "B\u00a0", "“ "],
)  # fmt: skip
def test_time_grows_linearly_on_hostile_text(unit: str) -> None:
    assert_linear(clean_text, unit)
