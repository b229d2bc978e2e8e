"""How like two provisions are in the topics that their words make up.

Two provisions may tell the same duty in words that differ, but that other provisions use side by side:
latent semantic analysis of the two documents together brings them near each other. scikit-learn weighs the
words; it is imported on first use, so that importing the package stays cheap. Imports ``profiles`` of this
room.
"""

from __future__ import annotations

from itertools import chain, pairwise

import numpy as np

from pipeline.align.profiles import Floats, Side

TOPICS = 30
"""Most topics of two documents that are told apart; beyond them lie the accidents of wording."""
_TIE = 1e-9


def topic_likeness(parent: Side, local: Side) -> Floats:
    """Return the cosines of all items of *parent* × provisions of *local* by their topics, in [0, 1]."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    items, held = len(parent.provisions), [*_provisions(parent), *_provisions(local)]
    if not any(held):
        return np.zeros((items, len(local.provisions)))
    weighed = TfidfVectorizer(analyzer=_as_given, sublinear_tf=True).fit_transform(held)
    cosines = np.asarray((weighed @ weighed.T).todense())
    return _by_topics(cosines)[:items, items:]


def _provisions(side: Side) -> list[list[str]]:
    """Return the syllables and acts of each provision, once for every clause that holds them.

    Pairs of syllables are left out: they are too rare to share a topic.
    """
    words = [[gram for gram in clause if " " not in gram] for clause in side.clause_grams]
    bounds = [*side.first.tolist(), len(words)]
    return [list(chain.from_iterable(words[first:end])) for first, end in pairwise(bounds)]


def _as_given(words: list[str]) -> list[str]:
    return words


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
