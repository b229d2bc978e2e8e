"""Lines with their markers, before any tree: which marker counts, judged by its neighbours.

Three kinds of doubt are settled here because they need the lines before and after, and no tree: a marker that
stands alone takes its text from the next line; what stands within a quotation is no marker; a heading in
capitals that is numbered "1." among I, II, III is one of them. Imports ``lines`` and ``markers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.segment.lines import Line, is_capitals
from pipeline.segment.markers import ITEM_STYLES, Marker, Style, read_marker, roman_numeral

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
        marker = None if index in quoted else read_marker(line.text)
        if marker is None and entries and _awaits_text(entries[-1]):
            whole = Line(entries[-1].line.start, document[entries[-1].line.start : line.end])
            entries[-1] = Entry(entries[-1].marker, line.start, line.text, whole)
            continue
        skipped = marker.length if marker else 0
        entries.append(Entry(marker, line.start + skipped, line.text[skipped:], line))
    _drop_lone_capitals(entries)
    _restore_sections(entries)
    return entries


def _awaits_text(entry: Entry) -> bool:
    return entry.marker is not None and not entry.text


def _quoted_lines(lines: Sequence[Line]) -> set[int]:
    """Return the indices of lines inside a quotation that an earlier line opened.

    Only a quotation that begins its line runs over several lines: an amendment that quotes whole clauses.
    """
    quoted: set[int] = set()
    for index, line in enumerate(lines):
        if line.text[0] == "“" and "”" not in line.text and index not in quoted:
            quoted.update(_until_closed(lines, index + 1))
    return quoted


def _until_closed(lines: Sequence[Line], first: int) -> range:
    for index in range(first, min(first + _LONGEST_QUOTATION, len(lines))):
        text = lines[index].text
        if text.count("”") > text.count("“"):
            return range(first, index + 1)
    return range(0)


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

    "1. MỤC ĐÍCH", "II. NHIỆM VỤ", "III. ...": the first becomes section I, its marker stays as printed.
    """
    romans = [index for index, entry in enumerate(entries) if _has_style(entry, Style.ROMAN)]
    if not romans:
        return
    for index, entry in enumerate(entries):
        if _has_style(entry, Style.ARABIC) and is_capitals(entry.text) and " " in entry.text:
            value = _missing_section(entries, romans, index)
            if value is not None and entry.marker is not None:
                label = roman_numeral(value)
                entry.marker = replace(entry.marker, style=Style.ROMAN, label=label, value=value)
                entry.corrected = True
                romans = sorted([*romans, index])


def _has_style(entry: Entry, style: Style) -> bool:
    return entry.marker is not None and entry.marker.style is style


def _missing_section(entries: list[Entry], romans: list[int], index: int) -> int | None:
    """Return the roman number that is missing at *index*, or None."""
    before = next((_value(entries[i]) for i in reversed(romans) if i < index), 0)
    after = next((_value(entries[i]) for i in romans if i > index), None)
    if after is not None:
        return before + 1 if after == before + 2 else None
    clause = next((_value(e) for e in reversed(entries[:index]) if _has_style(e, Style.ARABIC)), 0)
    value = _value(entries[index])
    return value if value == before + 1 and clause + 1 != value else None


def _value(entry: Entry) -> int:
    return entry.marker.value if entry.marker else 0
