"""Likeness by topics: words used side by side elsewhere bring two provisions together."""

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.align.topics import TOPICS, topic_likeness


def test_provisions_in_the_same_words_are_alike_and_in_others_are_not() -> None:
    counts = csr_matrix(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]))
    likeness = topic_likeness(counts, counts, ["hồ", "sơ", "chợ", "quê"])
    assert np.allclose(likeness, np.eye(2))


def test_pairs_of_syllables_make_no_topic() -> None:
    counts = csr_matrix(np.array([[1.0, 1, 0], [0, 1, 1]]))
    assert np.allclose(topic_likeness(counts, counts, ["hồ", "hồ sơ", "sơ"]), np.eye(2))


def test_topics_of_equal_strength_stand_or_fall_together() -> None:
    size = TOPICS + 5
    counts = csr_matrix(np.eye(size))
    vocabulary = [f"w{place}" for place in range(size)]
    assert np.allclose(topic_likeness(counts, counts, vocabulary), np.eye(size))


def test_nothing_is_like_nothing() -> None:
    assert topic_likeness(csr_matrix((2, 0)), csr_matrix((3, 0)), []).shape == (2, 3)
