"""Lines with their markers, before any tree: which marker counts, judged by its neighbours.

Four kinds of doubt are settled here because they need the lines before and after, and no tree: a marker that
stands alone takes its text from the next line; what stands within a quotation is no marker; a heading
between the rows of a table is a row of it; a heading in capitals that is numbered "1." among I, II, III is
one of them. Imports ``lines`` and ``markers``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.segment.lines import CELL_SEPARATOR, EMPTY_CELL, Line, is_capitals
from pipeline.segment.markers import ITEM_STYLES, Marker, Style, read_marker, roman_numeral

# "I. Cải cách thể chế" between two rows heads the rows below it, not a section of the document.
_HEADING_ROWS = {
    Style.CAPITAL: Style.ROW_ROMAN,
    Style.ROMAN: Style.ROW_ROMAN,
    Style.ARABIC: Style.ROW_NUMBER,
    Style.DECIMAL: Style.ROW_DECIMAL,
}
_TABLE_OPENS = re.compile(r"(?:STT|TT|Số TT|Số thứ tự)\s?\|", re.IGNORECASE)
_LONGEST_QUOTATION = 80  # lines; a mark left open for longer is a slip, and no quotation


@dataclass(slots=True)
class Entry:
    """A future provision: its marker, and the offset and words of its own text.

    ``line`` holds marker and text; ``corrected``: the marker's place in the series is not the printed one.
    """

    marker: Marker | None
    start: int
    text: str
    line: Line
    corrected: bool = False

    def unmark(self) -> None:
        """Make a paragraph of the whole line: what looked like a marker is part of the sentence."""
        self.marker, self.start, self.text = None, self.line.start, self.line.text

    @property
    def counted(self) -> bool:
        """Whether the entry carries a number or letter."""
        return self.marker is not None and self.marker.style not in ITEM_STYLES


def read_entries(document: str, lines: Sequence[Line]) -> list[Entry]:
    """Return the entries of *lines*, which are lines of *document*, in order.

    >>> from pipeline.segment.lines import split_lines
    >>> text = "Chương I\\nQUY ĐỊNH CHUNG"
    >>> [entry.text for entry in read_entries(text, split_lines(text))]
    ['QUY ĐỊNH CHUNG']
    """
    quoted = _quoted_lines(lines)
    entries: list[Entry] = []
    for index, line in enumerate(lines):
        marker = None if index in quoted else read_marker(line.text, table=_is_row(lines, index))
        if marker is None and entries and _awaits_text(entries[-1]):
            whole = Line(entries[-1].line.start, document[entries[-1].line.start : line.end])
            entries[-1] = Entry(entries[-1].marker, line.start, line.text, whole)
            continue
        if marker is not None and marker.style in _HEADING_ROWS and _parts_rows(lines, index):
            marker = replace(marker, style=_HEADING_ROWS[marker.style])
        skipped = marker.length if marker else 0
        entries.append(Entry(marker, line.start + skipped, line.text[skipped:], line))
    _restore_sections(entries)
    _drop_lone_capitals(entries)
    return entries


def _is_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a line with cells is a row: a lone bar in running text is dirt of the scan."""
    text = lines[index].text
    bars = text.count(CELL_SEPARATOR) + text.startswith(EMPTY_CELL)
    if bars != 1:
        return bars > 1
    around = lines[max(0, index - 1) : index + 2]
    return sum("| " in line.text for line in around) > 1


def _parts_rows(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands between two rows of one table: a heading over all its columns."""
    if not 0 < index < len(lines) - 1:
        return False
    before, after = lines[index - 1].text, lines[index + 1].text
    return _has_cells(before) and _has_cells(after) and not _TABLE_OPENS.match(after)


def _has_cells(text: str) -> bool:
    return CELL_SEPARATOR in text or text.startswith(EMPTY_CELL)


def _awaits_text(entry: Entry) -> bool:
    return entry.marker is not None and not entry.text


def _quoted_lines(lines: Sequence[Line]) -> set[int]:
    """Return the indices of lines inside a quotation that an earlier line opened.

    Only a quotation that begins its line runs over several lines: an amendment that quotes whole clauses.
    """
    closing = [i for i, line in enumerate(lines) if line.text.count("”") > line.text.count("“")]
    quoted: set[int] = set()
    for index, line in enumerate(lines):
        if line.text[0] == "“" and "”" not in line.text and index not in quoted:
            place = bisect_right(closing, index)
            if place < len(closing) and closing[place] - index <= _LONGEST_QUOTATION:
                quoted.update(range(index + 1, closing[place] + 1))
    return quoted


def _drop_lone_capitals(entries: list[Entry]) -> None:
    """Make paragraphs of capital letters that stand in no series A, B, C: they are initials."""
    found = [entry for entry in entries if entry.marker and entry.marker.style is Style.CAPITAL]
    for index, entry in enumerate(found):
        values = [other.marker.value for other in found[max(0, index - 1) : index + 2] if other.marker]
        value = entry.marker.value if entry.marker else 0
        if value + 1 not in values and value - 1 not in values:
            entry.unmark()


def _restore_sections(entries: list[Entry]) -> None:
    """Number headings in capitals as sections where the series of roman numerals has a gap for them.

    "1. MỤC ĐÍCH", "II. NHIỆM VỤ", "III. ...": the first becomes section I, its marker stays as printed. A
    scan reads "II." as "H." or "11.": these too stand in a gap.
    """
    following = _following_sections(entries)
    section = clause = 0  # the last roman and the last arabic number
    for entry, after in zip(entries, following, strict=True):
        marker = entry.marker
        if marker is None:
            continue
        if marker.style is Style.ROMAN:
            section, clause = marker.value, 0
        elif marker.style in (Style.ARABIC, Style.CAPITAL) and (section or after):
            if _is_heading_line(entry) and _stands_in_gap(marker, section, clause, after):
                section, clause = section + 1, 0
                label = roman_numeral(section)
                entry.marker = replace(marker, style=Style.ROMAN, label=label, value=section)
                entry.corrected = True
            elif marker.style is Style.ARABIC:
                clause = marker.value


def _following_sections(entries: list[Entry]) -> list[int | None]:
    """Return, for each entry, the next roman number after it."""
    following: list[int | None] = []
    after = None
    for entry in reversed(entries):
        following.append(after)
        if entry.marker is not None and entry.marker.style is Style.ROMAN:
            after = entry.marker.value
    return following[::-1]


def _is_heading_line(entry: Entry) -> bool:
    return " " in entry.text and is_capitals(entry.text)


def _stands_in_gap(marker: Marker, section: int, clause: int, after: int | None) -> bool:
    """Whether one roman number is missing here; at the end of the series, the printed number must be it."""
    if after is not None:
        return after == section + 2
    return marker.style is Style.ARABIC and marker.value == section + 1 != clause + 1
