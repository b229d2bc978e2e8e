"""Two documents and their links to what is compared: words, slots, clauses.

Imports ``sides``, ``words``, ``masks``, ``lexicon`` and ``records``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

from pipeline.align.drift.sides import Bigrams, Comparison, Item, Side, Weight
from pipeline.align.drift.words import (
    REMEMBERED,
    Expansions,
    Word,
    abbreviations,
    find_expansions,
    joined_keys,
    read_words,
)
from pipeline.align.masks import body_spans
from pipeline.lexicon import load
from pipeline.records import Assignment, Deadline, Document, Pair, PairRelation, Provision, Reference

_Slot = TypeVar("_Slot", Assignment, Deadline, Reference)

# "; ", ". ", ": " between clauses; not the dots of "1.2" or "v.v..."
_CLAUSE_BREAK = re.compile(r"[.;:](?=\s)")
# "(sau đây gọi tắt là Ban Chỉ đạo)"
_DEFINITION = re.compile(r"\(sau đây[^()]{1,200}\)")
_SENTENCE_BREAK = re.compile(r"\.(?=\s)")
# what follows a reference up to the end of its clause is the title of the cited document
_CLAUSE_END = re.compile(r";|\.\s|$")
_LONGEST_TITLE = 600
"""Code points after a reference that may still be the cited title."""


def compare(parent: Document, local: Document, pairs: Sequence[Pair]) -> Comparison:
    """Return the linked provisions of both documents, ready for comparison.

    Pairs whose provisions are not in the documents are left out.
    """
    expansions = find_expansions(p.text for p in (*parent.provisions, *local.provisions))
    ours, theirs = _paths(parent), _paths(local)
    pairs = [pair for pair in pairs if pair.parent_path in ours and pair.local_path in theirs]
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


def _paths(document: Document) -> set[str]:
    return {provision.path for provision in document.provisions}


def _sides(
    document: Document, paths: set[str], expansions: Expansions, parent_number: str | None = None
) -> dict[str, Side]:
    slots = _Slots.of(document)
    wanted = [provision for provision in document.provisions if provision.path in paths]
    return {provision.path: _side(slots, provision, expansions, parent_number) for provision in wanted}


@dataclass(frozen=True, slots=True)
class _Slots:
    """The slots of a document by the path of their provision."""

    assignments: dict[str, list[Assignment]]
    deadlines: dict[str, list[Deadline]]
    references: dict[str, list[Reference]]

    @classmethod
    def of(cls, document: Document) -> _Slots:
        return cls(
            _by_path(document.assignments), _by_path(document.deadlines), _by_path(document.references)
        )


def _by_path(slots: Iterable[_Slot]) -> dict[str, list[_Slot]]:
    groups: dict[str, list[_Slot]] = {}
    for slot in slots:
        groups.setdefault(slot.provision_path or "", []).append(slot)
    return groups


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the words of a provision say by themselves; the fields are those of `Side`."""

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    bigrams: Bigrams
    joined: str
    mentions: tuple[tuple[int, int], ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]


@lru_cache(REMEMBERED)
def _read(text: str, spelt: tuple[tuple[str, tuple[str, ...]], ...]) -> _Reading:
    """Read *text*, in which the abbreviations of *spelt* stand for these keys."""
    words = read_words(text, dict(spelt))
    keys = tuple(word.key for word in words)
    return _Reading(
        words=words,
        keys=keys,
        bigrams=frozenset(pairwise(keys)),
        joined=joined_keys(words),
        mentions=tuple(_mentions(text)),
        clauses=_numbers(_CLAUSE_BREAK, text, words),
        sentences=_numbers(_SENTENCE_BREAK, text, words),
    )


def _side(slots: _Slots, provision: Provision, expansions: Expansions, parent_number: str | None) -> Side:
    spelt = tuple((name, expansions[name]) for name in sorted(abbreviations(provision.text)))
    reading = _read(provision.text, spelt)
    assignments = slots.assignments.get(provision.path, [])
    bodies = tuple(slot for slot in assignments if not slot.inherited)
    deadlines = tuple(slots.deadlines.get(provision.path, ()))
    references = slots.references.get(provision.path, [])
    offset = provision.start
    spans = [(slot.start - offset, slot.end - offset) for slot in bodies]
    spans += [(slot.start - offset, slot.end - offset) for slot in deadlines]
    spans += [(slot.start - offset, _clause_end(provision, slot.end)) for slot in references]
    return Side(
        provision=provision,
        words=reading.words,
        keys=reading.keys,
        bigrams=reading.bigrams,
        joined=reading.joined,
        in_slot=_marked(reading.words, [*spans, *reading.mentions]),
        clauses=reading.clauses,
        sentences=reading.sentences,
        bodies=bodies,
        inherited=tuple(slot for slot in assignments if slot.inherited),
        deadlines=deadlines,
        references=tuple(slot for slot in references if not _is_number(slot.number, parent_number)),
    )


def _marked(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    """Return, for each word, whether it begins in one of *spans*."""
    starts = [word.start for word in words]
    marked = [False] * len(words)
    for start, end in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        marked[first:last] = [True] * (last - first)
    return tuple(marked)


def _numbers(break_: re.Pattern[str], text: str, words: Sequence[Word]) -> tuple[int, ...]:
    """Return, for each word of *text*, how many breaks stand before it."""
    breaks = [found.start() for found in break_.finditer(text)]
    return tuple(bisect_right(breaks, word.start) for word in words)


def _is_number(number: str | None, other: str | None) -> bool:
    return number is not None and other is not None and number.casefold() == other.casefold()


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
    """Return where the clause ends that a slot up to *offset* stands in, in the provision's text."""
    start = offset - provision.start
    found = _CLAUSE_END.search(provision.text, start, start + _LONGEST_TITLE)
    return found.start() if found else len(provision.text)


def _count(sides: Sequence[Side]) -> Counter[str | tuple[str, str]]:
    """Return how often each syllable and each pair of neighbouring syllables stands in *sides*."""
    counts: Counter[str | tuple[str, str]] = Counter()
    for side in sides:
        counts.update(side.keys)
        counts.update(pairwise(side.keys))
    return counts


def _weights(items: Sequence[Item]) -> Weight:
    """Return how much a pair of words tells of an item: the fewer items have it, the more."""
    frequency = Counter(pair for item in items for pair in item.parent.bigrams)
    total = 1 + len(items)
    return lambda pair: math.log(total / frequency[pair]) if pair in frequency else 0.0
