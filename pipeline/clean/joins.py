"""Hard line breaks: which of them end a paragraph, and which only the width of a page.

A blank line proves nothing by itself: some converters put one after every line, others none at all. What
counts is read from the text: terminal punctuation, the case of the next line, markers, words that cannot
end a sentence, and whether a line was full, judged by the lines of the same document that certainly go on.
Imports ``continuations``, ``wrapping``, ``lines``, ``offsets`` and ``lexicon``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.clean.continuations import (
    case_changes,
    cuts_number,
    cuts_quotation,
    cuts_syllable,
    goes_on,
    is_ended,
    is_lone_word,
)
from pipeline.clean.lines import Line, has_marker, is_capitals, is_row, is_type_line, split_lines, starts_unit
from pipeline.clean.offsets import Edit
from pipeline.clean.wrapping import FULL_QUANTILE, Break, Wrapping
from pipeline.lexicon import load

ENDED_QUANTILE: Final = 0.25  # a line that ends in a full stop must be fuller than that
BLOCK_SHARE: Final = 0.95  # of a full line suffices where blank lines set the paragraphs apart
ITEM_SHARE: Final = 0.8  # of a full line: so long must an item's line be to go on without other evidence
FIRST_LINE_SHARE: Final = 0.9  # the first line of a paragraph is indented, so it is full a little sooner
SEAM_REACH: Final = 200_000  # code points searched for two words that stand side by side
MAX_SEAMS: Final = 256  # ... and how often, so that no text costs more than linear time
MARKER_REACH: Final = 6  # code points at the start of a paragraph where a stop belongs to its marker
MAX_TITLE_LINES: Final = 12
MAX_TITLE_LINE: Final = 160  # code points; a longer line is a paragraph

_INNER_STOP: Final = re.compile(r"[.;:]\s")


def join_lines(text: str) -> list[Edit]:
    """Return edits that leave one paragraph, heading, bullet or recipient per line, and no blank line.

    Where lines go on they are joined by a space, or by nothing where a document number was cut at its
    hyphen. Two paragraphs are never joined for want of a blank line, nor kept apart because of one.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "1. Thực hiện Thông tư số 09/TT-\\n\\nBCA của Bộ\\n\\ntrưởng.\\n\\n2. Tổ chức thực hiện"
    >>> apply_edits(raw, join_lines(raw))
    '1. Thực hiện Thông tư số 09/TT-BCA của Bộ trưởng.\\n2. Tổ chức thực hiện'
    """
    lines = split_lines(text)
    if not lines:
        return [Edit(0, len(text), "", "blank-lines")] if text else []
    edits = _margin(0, lines[0].start)
    wrapping = Wrapping.of(lines)
    paragraph = _Paragraph(text, lines[0])
    for before, after in pairwise(lines):
        glue, rule = paragraph.glue(Break(before, after), wrapping)
        if glue == "\n":
            paragraph.restart(after)
        else:
            paragraph.extend(after)
        end = before.end - 1 if rule == "join-syllable" else before.end  # the hyphen goes with the line break
        if text[end : after.start] != glue:
            edits.append(Edit(end, after.start, glue, rule))
    return edits + _margin(lines[-1].end, len(text))


def _margin(start: int, end: int) -> list[Edit]:
    return [Edit(start, end, "", "blank-lines")] if start < end else []


class _Paragraph:
    """The paragraph being put together, as far as the next decision needs to know it."""

    def __init__(self, source: str, first: Line) -> None:
        self._source = source
        self._has_rows = is_row(source)
        self._seams = 0
        self._is_type = False
        self.restart(first)

    def restart(self, first: Line) -> None:
        below_type_line, self._is_type = self._is_type, is_type_line(first.text)
        self._in_title = below_type_line and not self._is_type
        self._first = first
        self._count = 1
        self._widest_gap = 0
        self._prose = False
        self._unread = [first]

    def extend(self, line: Line) -> None:
        self._count += 1
        self._widest_gap = max(self._widest_gap, line.blanks)
        self._unread.append(line)

    def _is_prose(self) -> bool:
        """Tell whether a sentence or clause has ended inside the paragraph: headings are of one piece."""
        for line in self._unread:
            marker = MARKER_REACH if line is self._first else 0
            self._prose = self._prose or bool(_INNER_STOP.search(line.text, marker))
        self._unread.clear()
        return self._prose

    def glue(self, pair: Break, wrapping: Wrapping) -> tuple[str, str]:
        """Return what joins the two lines of ``pair`` and the rule: a line feed where nothing does."""
        before, after = pair.before.text, pair.after.text
        if self._is_type or before.endswith("./."):
            return "\n", "blank-lines"
        row = self._has_rows and (is_row(before) or is_row(after))
        if row and not (after[0].islower() and self._full_soft(pair, wrapping)):
            return "\n", "blank-lines"
        if before[-1] in "-–/" or after[0] in "-/":
            if cuts_syllable(before, after):
                return "", "join-syllable"
            if cuts_number(before, after):
                return "", "join-number"
        if starts_unit(after) and not is_lone_word(before):
            if self._cut_dash(pair, wrapping):
                return " ", "join-dash"
            return "\n", "blank-lines"
        if self._in_title and self._gap_widens(pair):
            return "\n", "blank-lines"
        if goes_on(before, after) or (after[0].islower() and self._full_soft(pair, wrapping)):
            return " ", "join-sentence"
        if after[0].isdigit() and wrapping.is_soft(pair) and before[-1].islower():
            return " ", "join-digits"
        if self._in_title and self._title_goes_on(pair):
            return " ", "join-title"
        if self._heading_goes_on(pair):
            return " ", "join-heading"
        if self._width_ended(pair, wrapping):
            return " ", "join-width"
        if self._item_goes_on(pair, wrapping):
            return " ", "join-item"
        if self._block_goes_on(pair, wrapping):
            return " ", "join-block"
        if self._page_goes_on(pair, wrapping):
            return " ", "join-page"
        return "\n", "blank-lines"

    def _width_ended(self, pair: Break, wrapping: Wrapping) -> bool:
        """Tell whether the width of the page ended the line before a capital.

        A numbered line without a full stop may be a heading whose last line happens to be full: there
        the two words must also stand side by side elsewhere, or the line end inside a name.
        """
        before, after = pair.before.text, pair.after.text
        if before.endswith(":") or case_changes(before, after) or not self._full_soft(pair, wrapping):
            return False
        if is_ended(before) and self._first.text.startswith("Kính gửi"):
            return False
        if is_capitals(after) and (after.startswith(_issuer_heads()) or before.startswith(_issuer_heads())):
            return False
        if self._is_prose() or is_ended(before) or not has_marker(self._first.text):
            return True
        inside_name = before.rsplit(" ", 1)[-1].istitle()
        return inside_name or self._first.text.startswith(("-", "+", "–")) or self._is_seam(before, after)

    def _is_seam(self, before: str, after: str) -> bool:
        """Tell whether the document prints the last and the first word side by side elsewhere.

        "an ninh / Tổ quốc": a name that a line break cut in two.
        """
        last, first = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0]
        self._seams += 1
        return self._seams <= MAX_SEAMS and self._source.find(f"{last} {first}", 0, SEAM_REACH) >= 0

    def _item_goes_on(self, pair: Break, wrapping: Wrapping) -> bool:
        """Tell whether an item or prose that has not ended goes on: unlike a heading, it is a sentence."""
        return (
            wrapping.is_soft(pair)
            and not is_ended(pair.before.text)
            and wrapping.is_full(pair, ITEM_SHARE)
            and (self._first.text.startswith(("-", "+", "–")) or self._is_prose())
            and not case_changes(pair.before.text, pair.after.text)
        )

    def _block_goes_on(self, pair: Break, wrapping: Wrapping) -> bool:
        """Tell whether a line that has not ended goes on within a block, where blank lines separate.

        A legal basis (căn cứ) is one sentence; elsewhere the two words must stand side by side.
        """
        before, after = pair.before.text, pair.after.text
        if pair.blank or is_ended(before) or is_capitals(before) or is_capitals(after):
            return False
        is_basis = self._first.text.startswith(("Căn cứ ", "Xét ", "Theo đề nghị "))
        return is_basis or (wrapping.is_soft(pair) and self._is_seam(before, after))

    def _page_goes_on(self, pair: Break, wrapping: Wrapping) -> bool:
        """Tell whether a sentence goes on over a page end, where blank lines set the paragraphs apart."""
        before, after = pair.before.text, pair.after.text
        apart = pair.blank or not wrapping.blank_separates
        return pair.after.new_page and not (apart or is_ended(before) or case_changes(before, after))

    def _full_soft(self, pair: Break, wrapping: Wrapping) -> bool:
        share = FIRST_LINE_SHARE if self._count == 1 else 1.0
        if wrapping.blank_separates:
            share = min(share, BLOCK_SHARE)
        doubtful = is_ended(pair.before.text) and not wrapping.blank_separates
        quantile = ENDED_QUANTILE if doubtful else FULL_QUANTILE
        return wrapping.is_full(pair, share, quantile) and wrapping.is_soft(pair)

    def _cut_dash(self, pair: Break, wrapping: Wrapping) -> bool:
        """Tell whether a dash at the start of a line belongs to the sentence before (Đảng ủy / - UBND).

        Only where the sentence has not ended and either the paragraph is running prose that was broken by
        the width, or the dash stands between quotation marks (“Xanh / - Sạch - Đẹp”).
        """
        before, after = pair.before.text, pair.after.text
        if not after.startswith(("- ", "– ")) or is_ended(before):
            return False
        in_prose = self._count > 1 and self._full_soft(pair, wrapping) and self._is_prose()
        return in_prose or cuts_quotation(before, after)

    def _gap_widens(self, pair: Break) -> bool:
        """Tell whether a capital follows a gap much wider than those inside the title: the title is over."""
        return self._count > 1 and pair.after.blanks > 2 * self._widest_gap and pair.after.text[0].isupper()

    def _title_goes_on(self, pair: Break) -> bool:
        """Tell whether the next line is more of the title under the type of the document."""
        before, after = pair.before.text, pair.after.text
        if self._count >= MAX_TITLE_LINES or len(after) > MAX_TITLE_LINE or is_ended(before):
            return False
        if is_capitals(before) and is_capitals(after):
            return not after.startswith(_issuer_heads())
        if is_capitals(before) != is_capitals(after):
            return False
        return self._is_seam(before, after)

    def _heading_goes_on(self, pair: Break) -> bool:
        """Tell whether a numbered heading in capitals goes on in the next line."""
        before, after = pair.before.text, pair.after.text
        return (
            has_marker(self._first.text)
            and not pair.blank
            and is_capitals(before)
            and is_capitals(after)
            and not is_ended(before)
            and not after.startswith(_issuer_heads())
        )


@cache
def _issuer_heads() -> tuple[str, ...]:
    return tuple(load("line_words")["issuer_heads"])
