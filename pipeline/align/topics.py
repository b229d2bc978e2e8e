"""How like two provisions are in the topics that their words make up.

Two provisions may tell the same duty in words that differ, but that other provisions use side by side:
latent semantic analysis of the two documents together brings them near each other. scikit-learn weighs the
words; it is imported on first use, so that importing the package stays cheap. Imports ``model`` of this
room.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix, vstack

from pipeline.align.model import Floats

TOPICS = 30
"""Most topics of two documents that are told apart; beyond them lie the accidents of wording."""
_TIE = 1e-9


def topic_likeness(parent: csr_matrix, local: csr_matrix, vocabulary: Iterable[str]) -> Floats:
    """Return the cosines of all items of *parent* × provisions of *local* by their topics, in [0, 1].

    The matrices count the clauses of each provision that hold each gram of the *vocabulary*, of which the
    parent's knows a beginning. Pairs of syllables are left out: they are too rare to share a topic.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    items, topical = parent.shape[0], np.array([" " not in gram for gram in vocabulary], dtype=bool)
    if not topical.any():
        return np.zeros((items, local.shape[0]))
    padded = csr_matrix((parent.data, parent.indices, parent.indptr), shape=(items, local.shape[1]))
    weighed = TfidfTransformer(sublinear_tf=True).fit_transform(vstack([padded, local])[:, topical])
    cosines = np.asarray((weighed @ weighed.T).todense())
    return _by_topics(cosines)[:items, items:]


def _by_topics(cosines: Floats) -> Floats:
    """Return the cosines in the space of the strongest topics.

    The eigenvectors of the cosines are the topics of a truncated singular value decomposition of the
    weighed words, exact and several times faster. Topics of equal strength are kept or left out together,
    for which of them comes first would be chance.
    """
    strengths, topics = np.linalg.eigh(cosines)
    kept = strengths >= max(strengths[-min(TOPICS, len(strengths))], 0) - _TIE
    places: Floats = topics[:, kept] * np.sqrt(np.maximum(strengths[kept], 0))
    places /= np.maximum(np.linalg.norm(places, axis=1, keepdims=True), _TIE)
    return np.asarray(np.clip(places @ places.T, 0, 1))
