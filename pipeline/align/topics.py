"""Likeness by topics: words used side by side elsewhere bring two provisions together.

Imports ``presence`` of this room.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.align.presence import Floats, Presence

TOPICS = 30
"""Most topics of two documents that are told apart; beyond them lie the accidents of wording."""
_TIE = 1e-9
_FAINT = 1e-6
"""Length under which a provision has no topic: what is left there is the noise of adding up."""


def topic_likeness(parent: Presence, local: Presence, topical: NDArray[np.bool_]) -> Floats:
    """Return the cosines of all items of *parent* × provisions of *local* by their topics, in [0, 1].

    Both tell how many clauses of each provision hold each gram; the parent's columns are the first of the
    local document's. Only grams that are *topical* count: pairs of syllables are too rare to share a topic.
    """
    items = parent.shape[0]
    both = _stacked(parent, local, topical)
    if not len(both.rows):
        return np.zeros((items, local.shape[0]))
    weighed = both.matrix(_weighed(both))
    return _by_topics(np.asarray((weighed @ weighed.T).toarray()))[:items, items:]


def _stacked(parent: Presence, local: Presence, topical: NDArray[np.bool_]) -> Presence:
    """Return the rows of *parent* above those of *local*, in the *topical* columns alone."""
    rows = np.concatenate([parent.rows, local.rows + parent.shape[0]])
    columns = np.concatenate([parent.columns, local.columns])
    counts = np.concatenate([parent.counts, local.counts])
    kept = topical[columns]
    shape = (parent.shape[0] + local.shape[0], local.shape[1])
    return Presence(rows[kept], columns[kept], counts[kept], shape)


def _weighed(held: Presence) -> Floats:
    """Return the weight of each entry, inverse to how many provisions hold its gram; rows have length 1."""
    rarity = np.log((held.shape[0] + 1) / (held.holders + 1)) + 1
    weights = (np.log(held.counts) + 1) * rarity[held.columns]
    lengths = np.sqrt(np.bincount(held.rows, weights**2, held.shape[0]))
    return np.asarray(weights / lengths[held.rows])


def _by_topics(cosines: Floats) -> Floats:
    """Return the cosines in the space of the strongest topics.

    The eigenvectors of the cosines are the topics of a truncated singular value decomposition of the
    weighed words, exact and several times faster. Topics of equal strength are kept or left out together,
    for which of them comes first would be chance.
    """
    strengths, topics = np.linalg.eigh(cosines)
    kept = strengths >= max(strengths[-min(TOPICS, len(strengths))], 0) - _TIE
    places: Floats = topics[:, kept] * np.sqrt(np.maximum(strengths[kept], 0))
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    places = np.where(lengths > _FAINT, places / np.maximum(lengths, _FAINT), 0)
    return np.asarray(np.clip(places @ places.T, 0, 1))
