"""Siblings: the local documents of one directive beside each other, taken one by one in any order.

Who drops what most keep stands out; so does an added paragraph that somebody else has to the letter. Of each
document only a digest is held, so that a country's worth of them fits into memory.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.check.rules import finding
from pipeline.records import OWN_GENERATION, Alignment, CoverageStatus, Document, Finding

_SIBLINGS = 4
"""Fewer documents than this make no majority."""
_KEPT = 0.9
"""Share of the siblings that must keep an item before dropping it is an outlier."""
_SHARED_WORDS = 20
"""Shorter paragraphs may be alike by chance: formulas of the genre are."""
_SHOWN = 120  # code points of a paragraph that a finding quotes

Item = tuple[str, str]
"""Key of a directive, and path of an item in it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An added paragraph: ``words`` is a hash of its words, case and marks aside."""

    path: str
    words: bytes
    beginning: str


@dataclass(frozen=True, slots=True)
class LocalDigest:
    """What siblings must know of a local document.

    ``kept`` are the items of the directive that it keeps; ``dropped`` those that it drops though they may
    be its own to do, each with the path of the nearest provision. Both are empty where it answers another
    generation of the directive.
    """

    kept: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str | None], ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


def digest_of(local: Document, alignment: Alignment) -> LocalDigest:
    """Return what siblings must know of *local* and its *alignment*."""
    rows = alignment.coverage if local.parent_basis in OWN_GENERATION else ()
    dropped = [row for row in rows if row.status is CoverageStatus.DROPPED]
    return LocalDigest(
        kept=tuple(row.parent_path for row in rows if row.status is not CoverageStatus.DROPPED),
        foreign=tuple(row.parent_path for row in dropped if row.applicable is False),
        dropped=tuple((row.parent_path, row.nearest_path) for row in dropped if row.applicable is not False),
        paragraphs=tuple(_long_additions(local, alignment)),
    )


def _long_additions(local: Document, alignment: Alignment) -> Iterator[Paragraph]:
    added = set(alignment.additions)
    for provision in local.provisions:
        if provision.path in added:
            words = re.findall(r"\w+", provision.text.lower())
            if len(words) >= _SHARED_WORDS:
                key = hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest()
                yield Paragraph(provision.path, key, provision.text[:_SHOWN])


@dataclass(slots=True)
class Siblings:
    """The digests of local documents; what they show does not depend on the order in which they came."""

    _counts: dict[Item, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    _dropped: list[tuple[str, Item, str | None]] = field(default_factory=list)
    _paragraphs: dict[bytes, list[tuple[str, Paragraph]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, parent_doc_id: str, doc_id: str, digest: LocalDigest) -> None:
        """Take in the document *doc_id*."""
        for path in digest.kept:
            self._counts[parent_doc_id, path][True] += 1
        for path in (*digest.foreign, *(path for path, _ in digest.dropped)):
            self._counts[parent_doc_id, path][False] += 1
        self._dropped += [(doc_id, (parent_doc_id, path), nearest) for path, nearest in digest.dropped]
        for paragraph in digest.paragraphs:
            self._paragraphs[paragraph.words].append((doc_id, paragraph))

    def findings(self, texts: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
        """Yield the findings of all documents taken in.

        Args:
            texts: the texts of the items of each directive, by path.
        """
        yield from self._shared()
        yield from self._outliers(texts)

    def _shared(self) -> Iterator[Finding]:
        """Yield the added paragraphs that a document before has to the letter, case and marks aside."""
        for _, places in sorted(self._paragraphs.items()):
            (first, original), *others = sorted(places, key=lambda place: (place[0], place[1].path))
            for doc_id, paragraph in (place for place in others if place[0] != first):
                yield finding(
                    "shared-with-sibling",
                    doc_id,
                    paragraph.path,
                    paragraph.beginning,
                    sibling=first,
                    path=original.path,
                )

    def _outliers(self, texts: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
        """Yield the items that a document drops though most documents of its generation keep them."""
        for doc_id, (parent, path), nearest in sorted(self._dropped, key=lambda row: row[:2]):
            counts = self._counts[parent, path]
            siblings = counts.total() - 1
            if siblings >= _SIBLINGS and counts[True] >= _KEPT * siblings:
                yield finding(
                    "dropped-by-few",
                    doc_id,
                    nearest,
                    texts[parent][path],
                    item=path,
                    kept=counts[True],
                    siblings=siblings,
                )
