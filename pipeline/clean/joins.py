"""Hard line breaks: which of them end a paragraph, and which only the width of a page.

A blank line proves nothing by itself: some converters put one after every line, others none at all. What
counts is read from the text: terminal punctuation, the case of the next line, markers, words that cannot
end a sentence, and whether a line was full, judged by the lines of the same document that certainly go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.clean.lines import Line, has_marker, is_capitals, is_row, is_type_line, split_lines, starts_unit
from pipeline.clean.offsets import Edit
from pipeline.clean.syllables import is_syllable
from pipeline.lexicon import load

MIN_CONTINUED: Final = 3  # certain continuations needed before line lengths mean anything
MIN_SHARE: Final = 0.25  # ... and their share of all breaks of that kind
FULL_QUANTILE: Final = 0.1  # nine in ten lines that go on are at least as long as a "full" line
ENDED_QUANTILE: Final = 0.25  # a line that ends in a full stop must be fuller than that
BLOCK_SHARE: Final = 0.95  # of a full line suffices where blank lines set the paragraphs apart
ITEM_SHARE: Final = 0.8  # of a full line: so long must an item's line be to go on without other evidence
FIRST_LINE_SHARE: Final = 0.9  # the first line of a paragraph is indented, so it is full a little sooner
SEAM_REACH: Final = 200_000  # code points searched for two words that stand side by side
MAX_SEAMS: Final = 256  # ... and how often, so that no text costs more than linear time
MARKER_REACH: Final = 6  # code points at the start of a paragraph where a stop belongs to its marker
MAX_TITLE_LINES: Final = 12
MAX_TITLE_LINE: Final = 160  # code points; a longer line is a paragraph
MAX_WIDTH: Final = 200  # code points; longer lines are paragraphs already, not lines of a page

_TERMINAL: Final = tuple(".;:!?")
_CLOSERS: Final = ' ”")’»]'
# 06/CT-BCA-, TT-, 48-, 2020-: a hyphen that belongs to the word before it
_LAST_LETTERS: Final = re.compile(r"([^\W\d_]{1,9})-$")
_FIRST_LETTERS: Final = re.compile(r"[^\W\d_]+")
_OPEN_HYPHEN: Final = re.compile(r"[\w/][-\N{EN DASH}]$")
_OPEN_SLASH: Final = re.compile(r"\d/(?:[\w/-]{0,28}[/-])?$")
_NUMBER_TAIL: Final = re.compile(r"\d/{1,4}[\w-]{0,28}$|\b(?:NĐ|QĐ|TT|CT|NQ|KH|KL|TB|CV)$")
_HYPHEN_HEAD: Final = re.compile(r"[-/][A-ZĐ]")  # -CP ngày, /CT-TTg
_WANTS_NUMBER: Final = re.compile(r"(?:^|\s)(?:Số|SỐ|số):?$")
# Sơn La, ngày 18 tháng 11 năm / 2025
_WANTS_YEAR: Final = re.compile(r"tháng \d{1,2} năm$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?!\w)")
# 06/CT-BCA-V05, 22/01/2019: no paragraph begins with a document number or a date
_NUMBER_HEAD: Final = re.compile(r"\d{1,5}/(?:\d{4}/)?[A-ZĐ]|\d{1,2}/\d{1,2}/\d{4}")
_LONE_MARKER: Final = re.compile(r"[-+•]|\d{1,2}[.)]|[a-zđ]\)")
_LONE_WORD: Final = re.compile(r"Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC")
LONGEST_LONE: Final = 6  # code points of a line that is such a marker or word
_INNER_STOP: Final = re.compile(r"[.;:]\s")


class _Break(NamedTuple):
    """Two neighbouring lines, the question being whether they are one."""

    before: Line
    after: Line

    @property
    def blank(self) -> bool:
        return self.after.blanks > 0

    @property
    def reach(self) -> int:
        """How long the first line would be with the first word of the second: no page was wide enough."""
        return len(self.before.text) + 1 + len(self.after.text.split(" ", 1)[0])


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How this document breaks its lines.

    ``reaches``: how long lines that certainly go on would have been with one word more, rising; empty
    where the document is not wrapped. ``soft_single`` and ``soft_blank``: most breaks without, and with,
    a blank line are made by the width of the page. ``blank_separates``: blank lines stand between
    paragraphs only.
    """

    reaches: tuple[int, ...]
    soft_single: bool
    soft_blank: bool
    blank_separates: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Wrapping:
        """Read the wrapping off the breaks after which a sentence certainly goes on."""
        counts = {True: [0, 0], False: [0, 0]}
        reaches: list[int] = []
        for first, second in pairwise(lines):
            count, before, after = counts[second.blanks > 0], first.text, second.text
            count[1] += 1
            may_go_on = after[0].islower() and len(before) <= MAX_WIDTH
            if may_go_on and _goes_on(before, after) and not is_row(before):
                count[0] += 1
                reaches.append(_Break(first, second).reach)
        soft = {kind: n >= MIN_CONTINUED and n >= MIN_SHARE * total for kind, (n, total) in counts.items()}
        separates = counts[True][1] >= MIN_CONTINUED and not soft[True]
        if not any(soft.values()):
            return cls((), False, False, separates)
        return cls(tuple(sorted(reaches)), soft[False], soft[True], separates)

    def is_full(self, pair: _Break, share: float = 1.0, quantile: float = FULL_QUANTILE) -> bool:
        """Tell whether only the width of the page can have ended the first line.

        ``quantile`` of the lines that go on count as exceptions; ``share`` of the width suffices.
        """
        if not self.reaches or len(pair.before.text) > MAX_WIDTH:
            return False
        return pair.reach >= share * self.reaches[int(len(self.reaches) * quantile)]

    def is_soft(self, pair: _Break) -> bool:
        """Tell whether breaks of this kind usually go on inside a paragraph."""
        return self.soft_blank if pair.blank else self.soft_single


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
        glue, rule = paragraph.glue(_Break(before, after), wrapping)
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

    def glue(self, pair: _Break, wrapping: Wrapping) -> tuple[str, str]:
        """Return what joins the two lines of ``pair`` and the rule: a line feed where nothing does."""
        before, after = pair.before.text, pair.after.text
        if self._is_type or before.endswith("./."):
            return "\n", "blank-lines"
        if (is_row(before) or is_row(after)) and not (after[0].islower() and self._full_soft(pair, wrapping)):
            return "\n", "blank-lines"
        if _cut_syllable(before, after):
            return "", "join-syllable"
        if _cut_number(before, after):
            return "", "join-number"
        if starts_unit(after) and not _LONE_WORD.fullmatch(before):
            if self._cut_dash(pair, wrapping):
                return " ", "join-dash"
            return "\n", "blank-lines"
        if self._in_title and self._gap_widens(pair):
            return "\n", "blank-lines"
        if _goes_on(before, after) or (after[0].islower() and self._full_soft(pair, wrapping)):
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

    def _width_ended(self, pair: _Break, wrapping: Wrapping) -> bool:
        """Tell whether the width of the page ended the line before a capital.

        A numbered line without a full stop may be a heading whose last line happens to be full: there
        the two words must also stand side by side elsewhere, or the line end inside a name.
        """
        before, after = pair.before.text, pair.after.text
        if before.endswith(":") or _case_changes(before, after) or not self._full_soft(pair, wrapping):
            return False
        if _is_ended(before) and self._first.text.startswith("Kính gửi"):
            return False
        if is_capitals(after) and (after.startswith(_issuer_heads()) or before.startswith(_issuer_heads())):
            return False
        if self._is_prose() or _is_ended(before) or not has_marker(self._first.text):
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

    def _item_goes_on(self, pair: _Break, wrapping: Wrapping) -> bool:
        """Tell whether an item or prose that has not ended goes on: unlike a heading, it is a sentence."""
        return (
            wrapping.is_soft(pair)
            and not _is_ended(pair.before.text)
            and wrapping.is_full(pair, ITEM_SHARE)
            and (self._first.text.startswith(("-", "+", "–")) or self._is_prose())
            and not _case_changes(pair.before.text, pair.after.text)
        )

    def _block_goes_on(self, pair: _Break, wrapping: Wrapping) -> bool:
        """Tell whether a line that has not ended goes on within a block, where blank lines separate.

        A legal basis (căn cứ) is one sentence; elsewhere the two words must stand side by side.
        """
        before, after = pair.before.text, pair.after.text
        if pair.blank or _is_ended(before) or is_capitals(before) or is_capitals(after):
            return False
        is_basis = self._first.text.startswith(("Căn cứ ", "Xét ", "Theo đề nghị "))
        return is_basis or (wrapping.is_soft(pair) and self._is_seam(before, after))

    def _page_goes_on(self, pair: _Break, wrapping: Wrapping) -> bool:
        """Tell whether a sentence goes on over a page end, where blank lines set the paragraphs apart."""
        before, after = pair.before.text, pair.after.text
        apart = pair.blank or not wrapping.blank_separates
        return pair.after.new_page and not (apart or _is_ended(before) or _case_changes(before, after))

    def _full_soft(self, pair: _Break, wrapping: Wrapping) -> bool:
        share = FIRST_LINE_SHARE if self._count == 1 else 1.0
        if wrapping.blank_separates:
            share = min(share, BLOCK_SHARE)
        doubtful = _is_ended(pair.before.text) and not wrapping.blank_separates
        quantile = ENDED_QUANTILE if doubtful else FULL_QUANTILE
        return wrapping.is_full(pair, share, quantile) and wrapping.is_soft(pair)

    def _cut_dash(self, pair: _Break, wrapping: Wrapping) -> bool:
        """Tell whether a dash at the start of a line belongs to the sentence before (Đảng ủy / - UBND).

        Only where the sentence has not ended and either the paragraph is running prose that was broken by
        the width, or the dash stands between quotation marks (“Xanh / - Sạch - Đẹp”).
        """
        before, after = pair.before.text, pair.after.text
        if not after.startswith(("- ", "– ")) or _is_ended(before):
            return False
        in_prose = self._count > 1 and self._full_soft(pair, wrapping) and self._is_prose()
        return in_prose or _cut_quotation(before, after)

    def _gap_widens(self, pair: _Break) -> bool:
        """Tell whether a capital follows a gap much wider than those inside the title: the title is over."""
        return self._count > 1 and pair.after.blanks > 2 * self._widest_gap and pair.after.text[0].isupper()

    def _title_goes_on(self, pair: _Break) -> bool:
        """Tell whether the next line is more of the title under the type of the document."""
        before, after = pair.before.text, pair.after.text
        if self._count >= MAX_TITLE_LINES or len(after) > MAX_TITLE_LINE or _is_ended(before):
            return False
        if is_capitals(before) and is_capitals(after):
            return not after.startswith(_issuer_heads())
        if is_capitals(before) != is_capitals(after):
            return False
        return self._is_seam(before, after)

    def _heading_goes_on(self, pair: _Break) -> bool:
        """Tell whether a numbered heading in capitals goes on in the next line."""
        before, after = pair.before.text, pair.after.text
        return (
            has_marker(self._first.text)
            and not pair.blank
            and is_capitals(before)
            and is_capitals(after)
            and not _is_ended(before)
            and not after.startswith(_issuer_heads())
        )


@cache
def _issuer_heads() -> tuple[str, ...]:
    return tuple(load("line_words")["issuer_heads"])


@cache
def _open_words() -> frozenset[str]:
    return frozenset(load("line_words")["open_words"])


@cache
def _line_words(key: str) -> tuple[str, ...]:
    return tuple(load("line_words")[key])


def _is_ended(line: str) -> bool:
    """Tell whether the line ends as a paragraph may end."""
    return line.rstrip(_CLOSERS).endswith(_TERMINAL)


def _case_changes(before: str, after: str) -> bool:
    return is_capitals(before) != is_capitals(after)


def _cut_syllable(before: str, after: str) -> bool:
    """Tell whether a typesetter's hyphen cut a syllable in two: "hi- / ện", but not "nông- / lâm"."""
    if before[-1] != "-" or not after[0].islower():
        return False
    head, tail = _LAST_LETTERS.search(before[-10:]), _FIRST_LETTERS.match(after)
    return head is not None and tail is not None and is_syllable(head[1] + tail[0])


def _cut_number(before: str, after: str) -> bool:
    """Tell whether a word or document number was cut at its hyphen or stroke: TT- / BCA, 48- / CT/TW."""
    if before[-1] not in "-–/" and after[0] not in "-/":
        return False
    if after[0].isalnum():
        return bool(_OPEN_HYPHEN.search(before[-2:])) or bool(_OPEN_SLASH.search(before[-30:]))
    return bool(_HYPHEN_HEAD.match(after)) and bool(_NUMBER_TAIL.search(before[-30:]))


def _cut_quotation(before: str, after: str) -> bool:
    """Tell whether a quotation that the first line opens is closed in the second."""
    return before.rfind("“") > before.rfind("”") and 0 < after.find("”") < (after.find("“") + 1 or len(after))


@lru_cache(maxsize=2048)
def _goes_on(before: str, after: str) -> bool:
    """Tell whether the sentence of ``before`` certainly goes on in ``after``, whatever the layout."""
    first = after.lstrip('“"(')[:1]
    if _WANTS_YEAR.search(before[-14:]) and _YEAR.match(after):
        return True
    if len(before) <= LONGEST_LONE and _LONE_WORD.fullmatch(before):
        return first.isdigit()
    if has_marker(after) or before.endswith((":", "./.")):
        return bool(_WANTS_NUMBER.search(before[-6:])) and first.isdigit()
    if len(before) <= LONGEST_LONE and _LONE_MARKER.fullmatch(before):
        return first.isupper() or first.isdigit()
    if first.islower():
        return not before.rstrip(_CLOSERS).endswith((".", "!", "?")) or before.endswith(("...", "…"))
    if before.endswith(","):
        return not _case_changes(before, after) or first.isdigit()
    if _NUMBER_HEAD.match(after):
        return before[-1].islower()
    if before.endswith((" -", " –")):
        return True
    if before.endswith(_line_words("open_offices")) and after.startswith(_line_words("bodies_of_offices")):
        return True
    last = before.rsplit(" ", 1)[-1]
    return last in _open_words() and " " in before and not is_capitals(after)
