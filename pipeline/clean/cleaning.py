"""The cleaning of one document: every fixer in a fixed order, until nothing changes.

Each fixer is a pure function from a text to edits of it. Composing the edits gives one ledger against the
raw text, so that a repair explains itself and every clean offset leads back to the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.clean.charset import LOWER, UPPER
from pipeline.clean.damage import is_damaged
from pipeline.clean.furniture import (
    drop_converter_lines,
    drop_converter_title,
    drop_front_matter,
    drop_page_numbers,
    drop_running_lines,
)
from pipeline.clean.joins import join_lines
from pipeline.clean.letters import compose_letters, restore_d_stroke
from pipeline.clean.letterspacing import join_letters, join_numbers
from pipeline.clean.markdown import join_emphasis, strip_markdown
from pipeline.clean.misread_case import restore_case
from pipeline.clean.misread_doubles import restore_doubles
from pipeline.clean.misread_markers import restore_letters, restore_lost_markers, restore_markers
from pipeline.clean.misread_numbers import restore_numbers
from pipeline.clean.misread_phrases import restore_phrases
from pipeline.clean.misread_places import restore_places
from pipeline.clean.misread_specks import drop_specks
from pipeline.clean.misread_symbols import restore_symbols
from pipeline.clean.misread_words import restore_words
from pipeline.clean.offsets import Edit, OffsetMap, apply_edits, compose
from pipeline.clean.portals import drop_portal_head, drop_portal_tail
from pipeline.clean.spaces import drop_invisible, single_spaces, unify_characters
from pipeline.clean.stamps import drop_digital_signature, drop_initials, drop_stamp, read_stamp
from pipeline.clean.suspicions import Suspicion, find_suspicions
from pipeline.clean.tables import split_tables
from pipeline.lexicon import load
from pipeline.records import Repair, Stamp

Fixer = Callable[[str], list[Edit]]

# Characters first, for every later rule reads them; then what is not text, while the layout that betrays
# it still stands; then the lines; and last what only shows inside whole paragraphs.
_CHARACTER_FIXERS: Final[tuple[Fixer, ...]] = (
    drop_invisible,
    unify_characters,
    compose_letters,
    restore_d_stroke,
)
# What most texts are made of alone: no fixer of characters touches any of these, whatever stands beside it.
_UNUSUAL: Final = re.compile(f"[^ -~\n\f{LOWER}{UPPER}“”‘’…–—•→≥≤×°²§]")
_LAYOUT_FIXERS: Final[tuple[Fixer, ...]] = (
    drop_front_matter,
    drop_converter_title,
    drop_portal_tail,
    split_tables,
    drop_portal_head,
    drop_converter_lines,
    drop_stamp,
    drop_digital_signature,
    drop_running_lines,
    join_emphasis,
    strip_markdown,
    drop_page_numbers,
    restore_lost_markers,
    join_lines,
    single_spaces,
    drop_initials,
    join_letters,
    join_numbers,
)
# Only where recognition damaged the text: what tells how lines belong together before they are joined, words
# when they have their neighbours.
_MISREAD_LINE_FIXERS: Final[tuple[Fixer, ...]] = (
    restore_phrases,
    restore_places,
    restore_numbers,
    restore_markers,
    restore_letters,
)
_MISREAD_WORD_FIXERS: Final[tuple[Fixer, ...]] = (
    drop_specks,
    restore_symbols,
    restore_numbers,
    restore_doubles,
    restore_words,
    restore_case,
)
_MAX_ROUNDS: Final = 12  # two suffice for real documents: one that repairs, one that finds nothing


@dataclass(frozen=True, slots=True)
class CleanText:
    """A clean text, every repair that led to it, and the way back.

    ``repairs`` are sorted and do not overlap; replayed on the raw text they give ``text``. ``page_breaks``
    are the raw offsets of the form feeds between pages.
    """

    text: str
    repairs: tuple[Repair, ...]
    offsets: OffsetMap
    stamp: Stamp
    suspicions: tuple[Suspicion, ...] = ()
    page_breaks: tuple[int, ...] = ()

    def to_raw(self, offset: int) -> int:
        """Return the raw offset of a clean one."""
        return self.offsets.to_raw(offset)

    def to_clean(self, offset: int) -> int:
        """Return the clean offset of a raw one."""
        return self.offsets.to_clean(offset)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw range that the clean range ``start:end`` was read from; empty stays empty."""
        first = self.to_raw(start)
        return (first, first) if start >= end else (first, max(first, self.to_raw(end - 1) + 1))

    def page_of(self, offset: int) -> int:
        """Return the page, from 1, on which a clean offset stands."""
        return 1 + bisect_right(self.page_breaks, self.to_raw(offset))


def clean_text(raw: str, *, recognised: bool = False) -> CleanText:
    """Return the clean text of a document whose pages are joined by form feeds.

    *recognised*: the text was recognised on pictures, so that misread letters are looked for even where
    none shows at first sight. After the call:

    1. the text is NFC, without invisible characters, with single spaces only;
    2. one paragraph, heading, bullet, recipient or table row stands on each line, and no line is blank;
    3. page numbers, running lines, converter marks, stamps and the typist's initials are gone;
    4. every word of the document is there, its author's own errors included; misread ones are put right
       only in a text that recognition damaged, and only where the evidence decides;
    5. cleaning the result again changes nothing and yields no repair.

    Never raises; empty input gives an empty text.

    >>> result = clean_text("Quyết ñịnh số 521/Qð-\\n\\nTTg ngày\\n13/6/2005 của Thủ  tướng.")
    >>> result.text
    'Quyết định số 521/QĐ-TTg ngày 13/6/2005 của Thủ tướng.'
    >>> [(r.rule, r.before, r.after) for r in result.repairs][0]
    ('n-tilde', 'ñ', 'đ')
    """
    draft = _Draft(raw)
    draft.run(_character_fixers_for(draft.text))
    stamp = read_stamp(draft.text)
    changed = draft.run(_fixers_for(draft.text, recognised=recognised)) or bool(draft.edits)
    for _ in range(_MAX_ROUNDS):
        if not changed:
            break
        changed = draft.run(_character_fixers_for(draft.text))
        changed = draft.run(_fixers_for(draft.text, recognised=recognised)) or changed
    return CleanText(
        text=draft.text,
        repairs=tuple(_repair(raw, edit) for edit in draft.edits),
        offsets=OffsetMap.of(draft.edits),
        stamp=stamp,
        suspicions=find_suspicions(draft.text, damaged=any("ocr-" in edit.rule for edit in draft.edits)),
        page_breaks=tuple(match.start() for match in re.finditer("\f", raw)),
    )


def _repair(raw: str, edit: Edit) -> Repair:
    """Return the row of one edit; of several rules at one place the least certain gives the confidence."""
    before = raw[edit.start : edit.end]
    if "ocr-" not in edit.rule:
        return Repair(edit.rule, edit.start, edit.end, before, edit.after)
    known = load("misreadings")["confidence"]
    confidence = min(known.get(rule, 1.0) for rule in edit.rule.split("+"))
    return Repair(edit.rule, edit.start, edit.end, before, edit.after, confidence)


def _character_fixers_for(text: str) -> tuple[Fixer, ...]:
    """Return the fixers of characters, none where one look tells that they have nothing to do."""
    return _CHARACTER_FIXERS if _UNUSUAL.search(text) else ()


def _fixers_for(text: str, *, recognised: bool) -> tuple[Fixer, ...]:
    """Return the fixers of lines and words that a text needs, once its characters are right."""
    if is_damaged(text, recognised=recognised):
        return _MISREAD_LINE_FIXERS + _LAYOUT_FIXERS + _MISREAD_WORD_FIXERS
    return _LAYOUT_FIXERS


class _Draft:
    """A text on its way, with the edits of the raw text made so far."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self.text = raw
        self.edits: Sequence[Edit] = ()
        self._settled: dict[Fixer, str] = {}  # the text in which a fixer found nothing to do

    def run(self, fixers: Sequence[Fixer]) -> bool:
        """Run the fixers in order and tell whether any of them changed the text."""
        before = self.text
        for fixer in fixers:
            if self._settled.get(fixer) is self.text:
                continue
            made = fixer(self.text)
            if not made:
                self._settled[fixer] = self.text
            else:
                composed = compose(self.edits, made, self.text)
                self.text = apply_edits(self.text, made)
                self.edits = [e for e in composed if self._raw[e.start : e.end] != e.after]
        return self.text != before


def explain(cleaned: CleanText) -> str:
    """Return one line per repair: raw place, rule, what stood there and what stands there now.

    >>> print(explain(clean_text("Chỉ  thị")))
    3-5          spaces            '  ' -> ' '
    """
    return "\n".join(
        f"{f'{r.raw_start}-{r.raw_end}':<12} {r.rule:<17} {r.before!r} -> {r.after!r}"
        for r in cleaned.repairs
    )
