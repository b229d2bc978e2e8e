"""Likeness by topics: words used side by side elsewhere bring two provisions together."""

import numpy as np

from pipeline.align.presence import Presence, presence
from pipeline.align.topics import TOPICS, topic_likeness


def held(rows: list[list[int]], width: int) -> Presence:
    """Provisions of one clause each that hold these columns."""
    return presence([np.array(row, dtype=np.int64) for row in rows], width)


def test_provisions_in_the_same_words_are_alike_and_in_others_are_not() -> None:
    provisions = held([[0, 1], [2, 3]], 4)
    assert np.allclose(topic_likeness(provisions, provisions, np.ones(4, dtype=bool)), np.eye(2))


def test_what_is_not_topical_makes_no_topic() -> None:
    provisions = held([[0, 1], [1, 2]], 3)
    assert np.allclose(topic_likeness(provisions, provisions, np.array([True, False, True])), np.eye(2))


def test_topics_of_equal_strength_stand_or_fall_together() -> None:
    size = TOPICS + 5
    provisions = held([[place] for place in range(size)], size)
    assert np.allclose(topic_likeness(provisions, provisions, np.ones(size, dtype=bool)), np.eye(size))


def test_what_only_one_side_says_stands_behind_the_parents_columns() -> None:
    likeness = topic_likeness(held([[0], [1]], 2), held([[0, 2], [2]], 3), np.ones(3, dtype=bool))
    assert likeness[0, 0] > 0 and np.allclose(likeness[1], 0)


def test_nothing_is_like_nothing() -> None:
    nothing = np.ones(0, dtype=bool)
    assert topic_likeness(held([[], []], 0), held([[], [], []], 0), nothing).shape == (2, 3)
