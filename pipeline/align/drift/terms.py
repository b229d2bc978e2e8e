"""Term drift: a term of art (thuật ngữ) that the local document replaces throughout.

Two terms correspond where they follow the same words: "cơ quan, doanh nghiệp, *cơ sở giáo dục*" in one
text and "cơ quan, doanh nghiệp, *nhà trường*" in the other. Imports ``sides`` and ``records``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from pipeline.align.drift.sides import Bigrams, Comparison, Pair, Side, answered, linked
from pipeline.align.drift.words import REMEMBERED, Word
from pipeline.records import Drift, DriftType, Span

Keys = tuple[str, ...]
_SHORTEST, _LONGEST = 2, 5
"""Words of a term."""
_LEAST = 3
"""Times a term must stand in each text to be called the term used throughout."""
_MOST = 0.6
"""Share of the places after one context that one and the same term must fill."""
_RARE = 0.2
"""Share of its places in one text that a term may keep in the other and still count as replaced."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the parent, what the local document says instead, and the row that says so."""

    parent: Keys
    local: Keys
    drift: Drift


def find_terms(comparison: Comparison) -> tuple[Term, ...]:
    """Return the terms replaced throughout, the most frequent of the parent's first."""
    parents = [item.parent for item in comparison.items]
    ours = _continuations(parents, comparison.contexts)
    theirs = _continuations(comparison.locals, comparison.contexts)
    found: dict[tuple[Keys, Keys], int] = {}
    for context in sorted(ours.keys() & theirs.keys()):
        if _leading(ours[context]) == _leading(theirs[context]):
            continue  # the same word follows in both texts, so nothing is replaced here
        here, there = _usual(ours[context]), _usual(theirs[context])
        if here and there and here != there and _replaced(here, there, parents, comparison.locals):
            found[here, there] = max(found.get((here, there), 0), len(ours[context]))
    ranked = sorted(found, key=lambda terms: (-found[terms], terms))
    return tuple(_term(here, there, parents, comparison.locals) for here, there in ranked)


def without_terms(comparison: Comparison, terms: Sequence[Term]) -> Comparison:
    """Return *comparison* where a text that has one term of *terms* counts as having the other too."""
    if not terms:
        return comparison
    widened = {side: _widen(side, terms) for side in comparison.locals}
    items = tuple(
        linked(_widen(item.parent, terms), [widened[side] for side in item.locals], kept=item.kept)
        for item in comparison.items
    )
    locals_ = tuple(widened.values())
    return replace(comparison, items=items, locals=locals_, answered=answered(items, locals_))


def _widen(side: Side, terms: Sequence[Term]) -> Side:
    bigrams = side.bigrams
    for term in terms:
        ours, theirs = (frozenset(pairwise(keys)) for keys in (term.parent, term.local))
        if ours <= side.bigrams or theirs <= side.bigrams:
            bigrams |= ours | theirs
    return replace(side, bigrams=bigrams)


def find_contexts(sides: Iterable[Side]) -> Bigrams:
    """Return the pairs of words that the same ``_SHORTEST`` words follow at ``_LEAST`` places of *sides*.

    No other pair can tell what term is used throughout.
    """
    length = 2 + _SHORTEST
    runs = (zip(*(side.keys[first:] for first in range(length)), strict=False) for side in sides)
    counts = Counter(chain.from_iterable(runs))
    return frozenset(run[:2] for run, times in counts.items() if times >= _LEAST)


def _continuations(sides: Iterable[Side], contexts: Bigrams) -> dict[Pair, list[Keys]]:
    """Return what follows each of *contexts* at each of its places, where there are ``_LEAST`` or more."""
    found: dict[Pair, list[Keys]] = defaultdict(list)
    for side in sides:
        for context, run in _followers(side.keys, contexts):
            found[context].append(run)
    return {context: runs for context, runs in found.items() if len(runs) >= _LEAST}


@lru_cache(REMEMBERED)
def _followers(keys: Keys, contexts: Bigrams) -> tuple[tuple[Pair, Keys], ...]:
    """Return each of *contexts* at each of its places in *keys*, with what follows it there."""
    pairs = enumerate(pairwise(keys[:-1]), start=2)
    return tuple((pair, keys[place : place + _LONGEST]) for place, pair in pairs if pair in contexts)


def _leading(continuations: Iterable[Keys]) -> str:
    """Return the key that most of *continuations* begin with, of several the first."""
    first = [run[0] for run in continuations]
    return max(first, key=first.count)


def _usual(continuations: Sequence[Keys]) -> Keys:
    """Return the longest run that most of *continuations* begin with, or nothing."""
    usual: Keys = ()
    for length in range(1, _LONGEST + 1):
        runs = Counter(run[:length] for run in continuations if len(run) >= length)
        if not runs:
            break
        run, times = runs.most_common(1)[0]
        if times < max(_LEAST, _MOST * len(continuations)) or run[: length - 1] != usual:
            break
        usual = run
    return usual


def _replaced(here: Keys, there: Keys, parents: Sequence[Side], locals_: Sequence[Side]) -> bool:
    if min(len(here), len(there)) < _SHORTEST or here[0] == there[0] or here[-1] == there[-1]:
        return False
    old, new = _count(here, parents), _count(there, locals_)
    return (
        min(old, new) >= _LEAST
        and _count(here, locals_) <= _RARE * old
        and _count(there, parents) <= _RARE * new
    )


def _count(keys: Keys, sides: Iterable[Side]) -> int:
    return sum(1 for side in sides for _ in _places(keys, side))


def _places(keys: Keys, side: Side) -> Iterator[Sequence[Word]]:
    words = side.words
    for place in range(len(words) - len(keys) + 1):
        if words[place].key == keys[0] and tuple(w.key for w in words[place : place + len(keys)]) == keys:
            yield words[place : place + len(keys)]


def _term(here: Keys, there: Keys, parents: Sequence[Side], locals_: Sequence[Side]) -> Term:
    old, new = _first(here, parents), _first(there, locals_)
    drift = Drift(DriftType.TERM, None, None, old[0], new[0], old[1], new[1])
    return Term(here, there, drift)


def _first(keys: Keys, sides: Iterable[Side]) -> tuple[str, Span]:
    side, run = next((side, run) for side in sides for run in _places(keys, side))
    return side.text(run[0].start, run[-1].end), side.span(run)
