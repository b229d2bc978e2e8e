"""What is compared: each linked provision with its words and slots, and the items they form.

Imports ``words`` and ``records``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from pipeline.align.drift.words import Word, is_function
from pipeline.records import Assignment, Deadline, Provision, Reference, Span

Pair = tuple[str, str]
Bigrams = frozenset[Pair]
Weight = Callable[[Pair], float]

_NEAR = 15
"""Words to either side that tell which item of the parent a local addition belongs to."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One provision as the comparison sees it.

    Words have their offsets in the provision's text; ``starts``, ``ends`` and ``keys`` are theirs.
    ``bodies`` are those that it prints, ``inherited`` those that a heading hands down to it. ``references``
    leaves out those to the parent document itself. ``in_slot[i]`` tells whether word i stands in a body,
    deadline or reference (title included), which are compared as such and not by word, or names the document
    itself, or defines a short form.
    ``clauses[i]`` is the ordinal of its clause, which ends at a full stop, colon or semicolon, and
    ``sentences[i]`` that of its sentence.
    """

    provision: Provision
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    bigrams: Bigrams
    joined: str
    in_slot: tuple[bool, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    bodies: tuple[Assignment, ...]
    inherited: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    references: tuple[Reference, ...]

    def text(self, start: int, end: int) -> str:
        """Return what is printed between two offsets of the provision's text."""
        return self.provision.text[start:end]

    def span(self, words: Sequence[Word]) -> Span:
        """Return where *words* lie in the document's text."""
        return Span(self.provision.start + words[0].start, self.provision.start + words[-1].end)

    def words_in(self, span: Span) -> Sequence[Word]:
        """Return the words that touch *span* of the document's text."""
        first, last = self._places(span)
        return self.words[first:last]

    def sentence_at(self, span: Span) -> int:
        """Return the ordinal of the sentence that *span* begins in."""
        return self.sentences[min(self._places(span)[0], len(self.sentences) - 1)]

    def places_of(self, pair: Pair) -> int:
        """Return how often the words *pair* stand side by side."""
        return list(pairwise(self.keys)).count(pair) if pair in self.bigrams else 0

    def _places(self, span: Span) -> tuple[int, int]:
        return (
            bisect_right(self.ends, span.start - self.provision.start),
            bisect_left(self.starts, span.end - self.provision.start),
        )

    def words_near(self, span: Span) -> tuple[Sequence[Word], Sequence[Word]]:
        """Return the words of *span* and around it in its sentence, and those before it in any.

        At most ``_NEAR`` words to either side.
        """
        first, last = self._places(span)
        before = self.words[max(0, first - _NEAR) : first]
        sentences = set(self.sentences[first:last])
        near = range(max(0, first - _NEAR), min(last + _NEAR, len(self.words)))
        return [self.words[place] for place in near if self.sentences[place] in sentences], before

    def clause_ranges(self) -> Iterator[range]:
        """Yield the words of each clause, in order."""
        for _, places in groupby(range(len(self.words)), key=lambda place: self.clauses[place]):
            clause = list(places)
            yield range(clause[0], clause[-1] + 1)


def all_bigrams(sides: Iterable[Side]) -> Bigrams:
    """Return the pairs of words of all *sides*, at least one, together."""
    first, *others = sides
    return first.bigrams.union(*(side.bigrams for side in others)) if others else first.bigrams


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item of the parent and all local provisions linked to it.

    ``kept``: one of the links alone keeps every obligation of the item (verbatim or adapted). ``known`` are
    the pairs of words of all linked provisions together.
    """

    parent: Side
    locals: tuple[Side, ...]
    kept: bool
    known: Bigrams

    @property
    def path(self) -> str:
        """The item's path in the parent."""
        return self.parent.provision.path


def linked(parent: Side, locals_: Sequence[Side], *, kept: bool) -> Item:
    """Return the item *parent* with the local provisions that answer it."""
    return Item(parent, tuple(locals_), kept, all_bigrams(locals_))


def answered(items: Sequence[Item], locals_: Iterable[Side]) -> dict[str, tuple[Item, ...]]:
    """Return the *items* that each of *locals_*, by its path, is linked to, in their order."""
    by_path: dict[str, list[Item]] = {local.provision.path: [] for local in locals_}
    for item in items:
        for local in item.locals:
            by_path[local.provision.path].append(item)
    return {path: tuple(found) for path, found in by_path.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Everything that two documents' drift is read off.

    ``answered``: the items that each local provision, by its path, is linked to, in the parent's order.
    ``counts``: how often syllables stand in the linked provisions of both. ``contexts``: pairs of words that
    a term which the parent uses throughout may stand behind.
    """

    items: tuple[Item, ...]
    locals: tuple[Side, ...]
    answered: Mapping[str, tuple[Item, ...]]
    weight: Weight
    counts: Counter[str]
    contexts: Bigrams

    def items_of(self, local: Side) -> tuple[Item, ...]:
        """Return the items that *local* is linked to, in the parent's order."""
        return self.answered[local.provision.path]

    def known(self, local: Side) -> Bigrams:
        """Return the pairs of words of all items that *local* is linked to."""
        return all_bigrams(item.parent for item in self.items_of(local))

    def nearest_item(self, local: Side, span: Span) -> Item:
        """Return the linked item whose words stand nearest around *span* of the local text.

        The rest of the sentence decides, or else the words before it. Pairs of words that many items of the
        parent share count for little; ties go to the first item.
        """
        items = self.items_of(local)
        if len(items) == 1:
            return items[0]
        for near in local.words_near(span):
            shares = [self._share(item, near) for item in items]
            if max(shares) > 0:
                return items[shares.index(max(shares))]
        return items[0]

    def are_bound(self, left: Word, right: Word) -> bool:
        """Return whether one of two neighbouring syllables mostly stands beside the other: one word."""
        if is_function(left.key) or is_function(right.key):
            return False
        together = self._places_of((left.key, right.key))
        return 2 * together >= min(self.counts[left.key], self.counts[right.key])

    def _places_of(self, pair: Pair) -> int:
        """Return how often *pair* stands in the linked provisions of both documents."""
        sides = chain((item.parent for item in self.items), self.locals)
        return sum(side.places_of(pair) for side in sides)

    def _share(self, item: Item, words: Sequence[Word]) -> float:
        around = pairwise(word.key for word in words)
        return sum(self.weight(pair) for pair in around if pair in item.parent.bigrams)
