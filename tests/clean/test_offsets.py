"""Composing edits: one list does what two did, and offsets survive."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.offsets import Edit, OffsetMap, apply_edits, compose


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> list[Edit]:
    """Return sorted edits without overlap of a text of that length."""
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Edit(start, end, draw(st.text("xyz", max_size=3)), "rule") for start, end in pairs]


@given(st.data(), st.text("abc", max_size=20))
def test_composed_edits_do_what_both_do(data: st.DataObject, raw: str) -> None:
    first = data.draw(edits_of(len(raw)))
    middle = apply_edits(raw, first)
    second = data.draw(edits_of(len(middle)))
    assert apply_edits(raw, compose(first, second, middle)) == apply_edits(middle, second)


def test_overlapping_edits_name_both_rules() -> None:
    first = [Edit(0, 1, "đ", "n-tilde")]
    assert compose(first, [Edit(0, 2, "Đ", "case")], "đi") == [Edit(0, 2, "Đ", "n-tilde+case")]


def test_deleted_characters_map_to_where_they_stood() -> None:
    offsets = OffsetMap.of([Edit(2, 5, "", "page-number")])
    assert [offsets.to_clean(i) for i in range(7)] == [0, 1, 2, 2, 2, 2, 3]
    assert [offsets.to_raw(i) for i in range(4)] == [0, 1, 5, 6]
