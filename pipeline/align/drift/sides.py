"""What is compared: each linked provision with its words and slots, and the items they form.

Imports ``words`` and ``records``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.align.drift.words import Word, is_function
from pipeline.records import Assignment, Deadline, Provision, Reference, Span

Bigrams = frozenset[tuple[str, str]]
Weight = Callable[[tuple[str, str]], float]

_NEAR = 15
"""Words to either side that tell which item of the parent a local addition belongs to."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One provision as the comparison sees it.

    Words have their offsets in the provision's text; ``keys`` are theirs. ``bodies`` are those that it
    prints, ``inherited`` those that a heading hands down to it. ``references`` leaves out those to the
    parent document itself. ``in_slot[i]`` tells whether word i stands in a body, deadline or reference
    (title included), which are compared as such and not by word, or names the document itself, or defines
    a short form.
    ``clauses[i]`` is the ordinal of its clause, which ends at a full stop, colon or semicolon, and
    ``sentences[i]`` that of its sentence.
    """

    provision: Provision
    words: tuple[Word, ...]
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

    def _places(self, span: Span) -> tuple[int, int]:
        return (
            bisect_right(self.words, span.start - self.provision.start, key=lambda word: word.end),
            bisect_left(self.words, span.end - self.provision.start, key=lambda word: word.start),
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


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item of the parent and all local provisions linked to it.

    ``kept``: one of the links alone keeps every obligation of the item (verbatim or adapted).
    """

    parent: Side
    locals: tuple[Side, ...]
    kept: bool

    @property
    def known(self) -> Bigrams:
        """The pairs of words of all linked provisions together."""
        return frozenset[tuple[str, str]]().union(*(side.bigrams for side in self.locals))

    @property
    def path(self) -> str:
        """The item's path in the parent."""
        return self.parent.provision.path


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Everything that two documents' drift is read off.

    ``counts``: how often syllables and pairs of them stand in the linked provisions of both.
    """

    items: tuple[Item, ...]
    locals: tuple[Side, ...]
    weight: Weight
    counts: Counter[str | tuple[str, str]]

    def items_of(self, local: Side) -> tuple[Item, ...]:
        """Return the items that *local* is linked to, in the parent's order."""
        return tuple(item for item in self.items if local in item.locals)

    def known(self, local: Side) -> Bigrams:
        """Return the pairs of words of all items that *local* is linked to."""
        return frozenset[tuple[str, str]]().union(*(item.parent.bigrams for item in self.items_of(local)))

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
        together = self.counts[left.key, right.key]
        return 2 * together >= min(self.counts[left.key], self.counts[right.key])

    def _share(self, item: Item, words: Sequence[Word]) -> float:
        around = pairwise(word.key for word in words)
        return sum(self.weight(pair) for pair in around if pair in item.parent.bigrams)
