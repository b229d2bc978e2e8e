"""The arithmetic of evaluation, against values worked out by hand."""

import pytest

from pipeline.evaluate.scoring import Score, cohen_kappa, compare, label_f1, macro_f1


def test_compare_counts_repeated_keys_once_each() -> None:
    score = compare(found=[("a",), ("a",), ("b",)], gold=[("a",), ("c",)])
    assert (score.hits, score.wrong, score.missed) == (1, (("a",), ("b",)), (("c",),))
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), 0.5)


def test_nothing_found_where_nothing_is_to_be_found_is_perfect() -> None:
    assert Score(hits=0).f1 == 1.0


def test_kappa_takes_chance_out() -> None:
    pairs = [("a", "a")] * 4 + [("b", "b")] * 4 + [("a", "b")] * 2
    assert cohen_kappa(pairs) == pytest.approx((0.8 - 0.48) / (1 - 0.48))


def test_macro_f1_weighs_rare_labels_like_common_ones() -> None:
    pairs = [("kept", "kept")] * 9 + [("kept", "dropped")]
    assert label_f1(pairs, "dropped") == 0.0
    assert macro_f1(pairs) == pytest.approx((18 / 19 + 0) / 2)
