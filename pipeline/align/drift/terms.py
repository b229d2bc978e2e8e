"""Term drift: a term of art (thuật ngữ) that the local document replaces throughout.

Two terms correspond where they follow the same words: "cơ quan, doanh nghiệp, *cơ sở giáo dục*" in one
text and "cơ quan, doanh nghiệp, *nhà trường*" in the other. Imports ``sides`` and ``records``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.align.drift.sides import Comparison, Side
from pipeline.align.drift.words import Word
from pipeline.records import Drift, DriftType, Span

Keys = tuple[str, ...]
_LONGEST = 5
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
    shared = _frequent(parents) & _frequent(comparison.locals)
    ours, theirs = _continuations(parents, shared), _continuations(comparison.locals, shared)
    found: dict[tuple[Keys, Keys], int] = {}
    for context in sorted(shared):
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
    items = (
        replace(item, parent=_widen(item.parent, terms), locals=tuple(widened[side] for side in item.locals))
        for item in comparison.items
    )
    return replace(comparison, items=tuple(items), locals=tuple(widened.values()))


def _widen(side: Side, terms: Sequence[Term]) -> Side:
    bigrams = side.bigrams
    for term in terms:
        ours, theirs = (frozenset(pairwise(keys)) for keys in (term.parent, term.local))
        if ours <= side.bigrams or theirs <= side.bigrams:
            bigrams |= ours | theirs
    return replace(side, bigrams=bigrams)


def _frequent(sides: Iterable[Side]) -> set[Keys]:
    """Return the pairs of keys that something follows at ``_LEAST`` places or more."""
    counts: Counter[Keys] = Counter()
    for side in sides:
        counts.update(pairwise(side.keys[:-1]))
    return {context for context, times in counts.items() if times >= _LEAST}


def _continuations(sides: Iterable[Side], contexts: set[Keys]) -> dict[Keys, list[Keys]]:
    """Return, for each of *contexts*, what follows it at each of its places."""
    found: dict[Keys, list[Keys]] = defaultdict(list)
    for side in sides:
        keys = side.keys
        for place, context in enumerate(pairwise(keys[:-1]), start=2):
            if context in contexts:
                found[context].append(keys[place : place + _LONGEST])
    return found


def _leading(continuations: Sequence[Keys]) -> str:
    """Return the key that most of *continuations* begin with."""
    return Counter(run[0] for run in continuations).most_common(1)[0][0]


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
    if min(len(here), len(there)) < 2 or here[0] == there[0] or here[-1] == there[-1]:
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
