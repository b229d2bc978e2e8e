"""Two documents and their links to what is compared: words, slots, clauses.

Imports ``sides``, ``words``, ``masks``, ``lexicon`` and ``records``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeVar

from pipeline.align.drift.sides import Comparison, Item, Side, Weight
from pipeline.align.drift.words import Expansions, Word, find_expansions, joined_keys, pairs_of, read_words
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
    assignments = _own(document.assignments, provision.path)
    bodies = tuple(slot for slot in assignments if not slot.inherited)
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
        in_slot=_marked(words, spans),
        clauses=_numbers(_CLAUSE_BREAK, provision, words),
        sentences=_numbers(_SENTENCE_BREAK, provision, words),
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
    start = offset - provision.start
    found = _CLAUSE_END.search(provision.text, start, start + _LONGEST_TITLE)
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
