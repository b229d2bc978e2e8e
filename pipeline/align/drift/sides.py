"""What is compared: each linked provision with its words and slots, and the items they form.

Imports ``words``, ``masks``, ``lexicon`` and ``records``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import TypeVar

from pipeline.align.drift.words import (
    Expansions,
    Word,
    find_expansions,
    is_function,
    joined_keys,
    pairs_of,
    read_words,
)
from pipeline.align.masks import body_spans
from pipeline.lexicon import load
from pipeline.records import (
    Assignment,
    Deadline,
    Document,
    Pair,
    PairRelation,
    Provision,
    Reference,
    Span,
)

Bigrams = frozenset[tuple[str, str]]
Weight = Callable[[tuple[str, str]], float]
_Slot = TypeVar("_Slot", Assignment, Deadline, Reference)

# "; ", ". ", ": " between clauses; not the dots of "1.2" or "v.v..."
_CLAUSE_BREAK = re.compile(r"[.;:](?=\s)")
# "(sau đây gọi tắt là Ban Chỉ đạo)"
_DEFINITION = re.compile(r"\(sau đây[^()]{1,200}\)")
_SENTENCE_BREAK = re.compile(r"\.(?=\s)")
# what follows a reference up to the end of its clause is the title of the cited document
_CLAUSE_END = re.compile(r";|\.\s|$")
_NEAR = 15
"""Words to either side that tell which item of the parent a local addition belongs to."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One provision as the comparison sees it.

    ``references`` leaves out those to the parent document itself. ``in_slot[i]`` tells whether word i
    stands in a body, deadline or reference (title included), which are compared as such and not by word,
    or names the document itself, or defines a short form.
    ``clauses[i]`` is the ordinal of its clause, which ends at a full stop, colon or semicolon, and
    ``sentences[i]`` that of its sentence.
    """

    provision: Provision
    words: tuple[Word, ...]
    bigrams: Bigrams
    joined: str
    in_slot: tuple[bool, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    bodies: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    references: tuple[Reference, ...]

    def text(self, start: int, end: int) -> str:
        """Return the printed words between two offsets of the document."""
        return self.provision.text[start - self.provision.start : end - self.provision.start]

    def words_in(self, span: Span) -> Sequence[Word]:
        """Return the words that touch *span*."""
        first, last = self._places(span)
        return self.words[first:last]

    def sentence_at(self, span: Span) -> int:
        """Return the ordinal of the sentence that *span* begins in."""
        return self.sentences[min(self._places(span)[0], len(self.sentences) - 1)]

    def _places(self, span: Span) -> tuple[int, int]:
        return (
            bisect_right(self.words, span.start, key=lambda word: word.end),
            bisect_left(self.words, span.end, key=lambda word: word.start),
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


def compare(parent: Document, local: Document, pairs: Sequence[Pair]) -> Comparison:
    """Return the linked provisions of both documents, ready for comparison.

    Pairs whose provisions are not in the documents are left out.
    """
    expansions = find_expansions(p.text for p in (*parent.provisions, *local.provisions))
    pairs = [pair for pair in pairs if _has(parent, pair.parent_path) and _has(local, pair.local_path)]
    parent_sides = _sides(parent, {pair.parent_path for pair in pairs}, expansions)
    local_sides = _sides(local, {pair.local_path for pair in pairs}, expansions, parent.header.number)
    items = []
    for path, side in parent_sides.items():
        links = {pair.local_path: pair.relation for pair in pairs if pair.parent_path == path}
        linked = tuple(local_side for name, local_side in local_sides.items() if name in links)
        kept = any(relation is not PairRelation.PARTIAL for relation in links.values())
        items.append(Item(parent=side, locals=linked, kept=kept))
    sides = (*parent_sides.values(), *local_sides.values())
    return Comparison(tuple(items), tuple(local_sides.values()), _weights(items), _count(sides))


def _has(document: Document, path: str) -> bool:
    return any(provision.path == path for provision in document.provisions)


def _sides(
    document: Document, paths: set[str], expansions: Expansions, parent_number: str | None = None
) -> dict[str, Side]:
    wanted = [provision for provision in document.provisions if provision.path in paths]
    return {provision.path: _side(document, provision, expansions, parent_number) for provision in wanted}


def _side(
    document: Document, provision: Provision, expansions: Expansions, parent_number: str | None
) -> Side:
    words = read_words(provision.text, provision.start, expansions)
    bodies = tuple(slot for slot in _own(document.assignments, provision.path) if not slot.inherited)
    deadlines = _own(document.deadlines, provision.path)
    references = _own(document.references, provision.path)
    spans = [(slot.start, slot.end) for slot in bodies]
    spans += [(slot.start, slot.end) for slot in deadlines]
    spans += [(slot.start, _clause_end(provision, slot.end)) for slot in references]
    spans += [(provision.start + start, provision.start + end) for start, end in _mentions(provision.text)]
    return Side(
        provision=provision,
        words=words,
        bigrams=frozenset(pairs_of(words)),
        joined=joined_keys(words),
        in_slot=tuple(any(start <= word.start < end for start, end in spans) for word in words),
        clauses=_numbers(_CLAUSE_BREAK, provision, words),
        sentences=_numbers(_SENTENCE_BREAK, provision, words),
        bodies=bodies,
        deadlines=deadlines,
        references=tuple(slot for slot in references if not _is_number(slot.number, parent_number)),
    )


def _numbers(break_: re.Pattern[str], provision: Provision, words: Sequence[Word]) -> tuple[int, ...]:
    """Return, for each word, how many breaks stand before it."""
    breaks = [provision.start + found.start() for found in break_.finditer(provision.text)]
    return tuple(bisect_right(breaks, word.start) for word in words)


def _is_number(number: str | None, other: str | None) -> bool:
    return number is not None and other is not None and number.casefold() == other.casefold()


def _own(slots: Sequence[_Slot], path: str) -> tuple[_Slot, ...]:
    return tuple(slot for slot in slots if slot.provision_path == path)


def _mentions(text: str) -> Iterator[tuple[int, int]]:
    """Yield where *text* names a body, assigned or not, or the document itself, or defines a short form."""
    yield from body_spans(text)
    yield from (found.span() for found in _own_name().finditer(text))
    yield from (found.span() for found in _DEFINITION.finditer(text))


@cache
def _own_name() -> re.Pattern[str]:
    words = (row["word"].capitalize() for row in load("document_types")["type"])
    # tổ chức thực hiện nghiêm túc |Chỉ thị|: a capital inside a sentence; not "Chỉ thị số 07"
    return re.compile(rf"(?<=\w )(?:{'|'.join(words)})\b(?: này\b)?(?! số)")


def _clause_end(provision: Provision, offset: int) -> int:
    found = _CLAUSE_END.search(provision.text, offset - provision.start)
    return provision.start + found.start() if found else provision.end


def _count(sides: Sequence[Side]) -> Counter[str | tuple[str, str]]:
    """Return how often each syllable and each pair of neighbouring syllables stands in *sides*."""
    counts: Counter[str | tuple[str, str]] = Counter()
    for side in sides:
        keys = [word.key for word in side.words]
        counts.update(keys)
        counts.update(pairwise(keys))
    return counts


def _weights(items: Sequence[Item]) -> Weight:
    """Return how much a pair of words tells of an item: the fewer items have it, the more."""
    frequency = Counter(pair for item in items for pair in item.parent.bigrams)
    total = 1 + len(items)
    return lambda pair: math.log(total / frequency[pair]) if pair in frequency else 0.0
