"""Two documents and their links to what is compared: words, slots, clauses.

Imports ``sides``, ``words``, ``masks``, ``lexicon`` and ``records``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import TypeAlias, TypeVar

from pipeline.align.drift.sides import Bigrams, Comparison, Item, Side, Weight, answered, linked
from pipeline.align.drift.terms import find_contexts
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
_SPELLINGS = 16
"""Readings of one parent that are kept: nearly all local documents spell its abbreviations out alike."""

_Spelt: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Abbreviations with the keys that they stand for."""


class Original:
    """The parent as drift reads it, kept from one local document of the family to the next."""

    def __init__(self, document: Document) -> None:
        """Read nothing yet: what abbreviations stand for, the local document may tell."""
        self.document = document
        self._names = sorted(frozenset[str]().union(*(abbreviations(p.text) for p in document.provisions)))
        self._read = lru_cache(_SPELLINGS)(self._read_anew)

    def reading(self, expansions: Expansions) -> OriginalReading:
        """Return all provisions with the abbreviations in them standing for what *expansions* says."""
        return self._read(tuple((name, expansions[name]) for name in self._names))

    def _read_anew(self, spelt: _Spelt) -> OriginalReading:
        paths = _paths(self.document)
        sides = _sides(self.document, paths, dict(spelt))
        return OriginalReading(sides, find_contexts(sides.values()))


@dataclass(frozen=True, slots=True)
class OriginalReading:
    """The provisions of the parent by their paths, in order, and the `contexts` of a comparison."""

    sides: Mapping[str, Side]
    contexts: Bigrams


def compare(original: Original, local: Document, pairs: Sequence[Pair]) -> Comparison:
    """Return the linked provisions of both documents, ready for comparison.

    Pairs whose provisions are not in the documents are left out.
    """
    parent = original.document
    expansions = find_expansions(p.text for p in (*parent.provisions, *local.provisions))
    reading, theirs = original.reading(expansions), _paths(local)
    pairs = [pair for pair in pairs if pair.parent_path in reading.sides and pair.local_path in theirs]
    links: dict[str, dict[str, PairRelation]] = {}
    for pair in pairs:
        links.setdefault(pair.parent_path, {})[pair.local_path] = pair.relation
    sides = _sides(local, {pair.local_path for pair in pairs}, expansions, parent.header.number)
    ours = [side for path, side in reading.sides.items() if path in links]
    items = tuple(_item(side, links[side.provision.path], sides) for side in ours)
    locals_ = tuple(sides.values())
    return Comparison(
        items=items,
        locals=locals_,
        answered=answered(items, locals_),
        weight=_weights(items),
        counts=Counter(chain.from_iterable(side.keys for side in (*ours, *locals_))),
        contexts=reading.contexts,
    )


def _item(parent: Side, links: Mapping[str, PairRelation], locals_: Mapping[str, Side]) -> Item:
    """Return the item *parent* with the provisions among *locals_* that *links* names."""
    kept = any(relation is not PairRelation.PARTIAL for relation in links.values())
    return linked(parent, [side for path, side in locals_.items() if path in links], kept=kept)


def _paths(document: Document) -> set[str]:
    return {provision.path for provision in document.provisions}


def _sides(
    document: Document, paths: Set[str], expansions: Expansions, parent_number: str | None = None
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
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    bigrams: Bigrams
    joined: str
    mentions: tuple[tuple[int, int], ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]


@lru_cache(REMEMBERED)
def _read(text: str, spelt: _Spelt) -> _Reading:
    """Read *text*, in which the abbreviations of *spelt* stand for these keys."""
    words = read_words(text, dict(spelt))
    starts = tuple(word.start for word in words)
    keys = tuple(word.key for word in words)
    return _Reading(
        words=words,
        starts=starts,
        ends=tuple(word.end for word in words),
        keys=keys,
        bigrams=frozenset(pairwise(keys)),
        joined=joined_keys(words),
        mentions=tuple(_mentions(text)),
        clauses=_numbers(_CLAUSE_BREAK, text, starts),
        sentences=_numbers(_SENTENCE_BREAK, text, starts),
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
        starts=reading.starts,
        ends=reading.ends,
        keys=reading.keys,
        bigrams=reading.bigrams,
        joined=reading.joined,
        in_slot=_marked(reading.starts, [*spans, *reading.mentions]),
        clauses=reading.clauses,
        sentences=reading.sentences,
        bodies=bodies,
        inherited=tuple(slot for slot in assignments if slot.inherited),
        deadlines=deadlines,
        references=tuple(slot for slot in references if not _is_number(slot.number, parent_number)),
    )


def _marked(starts: Sequence[int], spans: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    """Return, for each word by its start, whether it begins in one of *spans*."""
    marked = [False] * len(starts)
    for start, end in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        marked[first:last] = [True] * (last - first)
    return tuple(marked)


def _numbers(break_: re.Pattern[str], text: str, starts: Sequence[int]) -> tuple[int, ...]:
    """Return, for each word of *text* by its start, how many breaks stand before it."""
    breaks = [found.start() for found in break_.finditer(text)]
    return tuple(bisect_right(breaks, start) for start in starts)


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


def _weights(items: Sequence[Item]) -> Weight:
    """Return how much a pair of words tells of an item: the fewer items have it, the more."""
    total = 1 + len(items)

    def weight(pair: tuple[str, str]) -> float:
        holders = sum(pair in item.parent.bigrams for item in items)
        return math.log(total / holders) if holders else 0.0

    return weight
