"""Tables drawn with vertical bars: layout tables taken apart, data tables kept as rows.

Converters draw two kinds. One line per row (``| Số: 31/CT-TTg | Hà Nội, ngày ... |``), and one line per
cell with bars on lines of their own. Either holds data, or only the layout of a page: the header with the
national name (quốc hiệu), and recipients beside the signature. A layout table becomes lines, a data table
rows with cells joined by " | ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.clean.charset import LOWER, UPPER
from pipeline.clean.lines import Line, split_lines
from pipeline.clean.offsets import Edit

_NAME_PART: Final = rf"[{UPPER}][{LOWER}]{{1,6}}"  # Nguyễn
_BORDER: Final = re.compile(r"\|[ :|-]{2,}\|?")
_LAYOUT: Final = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|N[ơo]i nhận\s*:|(?:^|[\s|*])Số\s*:"
)
# Cell borders and the short rules under the issuer and the motto. A match begins where blanks or a line of
# "_" begin and gives nothing back; a line that a word or the end of the row follows is there to be filled in.
_SEPARATOR: Final = re.compile(
    r"(?<![ ])[ ]*+(?:\||-{3}|—{2}|(?<!_)_{3,}+(?=[ |—-]))(?:[ |—-]|_++(?=[ |—-]))*+"
)
# One cell, several lines: "VIỆT NAM Độc lập - Tự do", "Số: 5/UBND V/v ...", "CHỦ TỊCH Nguyễn Văn A".
_SEAM: Final = re.compile(
    rf"""(?x)
      (?<=\S)[ ](?=Độc[ ]lập[ ][-–])
    | (?<=\S)[ ](?=V/v[ ])
    | (?<=[:;.,)])[ ](?=-[ ]?[^\W\d_])
    | (?<=[{UPPER}])[ ](?=(?:KT|TL|TUQ)\.[ ]|PHÓ[ ])
    | (?<=[{UPPER}])[ ](?={_NAME_PART}(?:[ ]{_NAME_PART}){{1,4}}[ ]?(?:\||$))
    """
)
_BAR: Final = re.compile(r"(?<! ) *+\| *")
_MAX_CELL_LINES: Final = 60


def split_tables(text: str) -> list[Edit]:
    """Return edits that turn drawn tables into lines: cells of a layout table, rows of a data table.

    >>> from pipeline.clean.offsets import apply_edits
    >>> raw = "| BỘ Y TẾ ---- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\\n|---|---|\\n| Số: 1/CT-BYT | Hà Nội |"
    >>> apply_edits(raw, split_tables(raw)).split("\\n")
    ['BỘ Y TẾ', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', '', 'Số: 1/CT-BYT', 'Hà Nội']
    """
    if "|" not in text:
        return []
    lines = split_lines(text)
    edits: list[Edit] = []
    index = 0
    while index < len(lines):
        if lines[index].text == "|":
            end = _cells_end(lines, index)
            edits.extend(_cell_lines(text, lines[index:end]))
        elif lines[index].text.startswith("|"):
            end = _rows_end(lines, index)
            after_row = index > 0 and " | " in lines[index - 1].text
            edits.extend(_row_lines(lines[index:end], after_row=after_row))
        else:
            end = index + 1
        index = end
    return edits


# --- one line per row ------------------------------------------------------------------------------


def _rows_end(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and lines[index].text.startswith("|") and len(lines[index].text) > 1:
        index += 1
    return index


def _row_lines(rows: Sequence[Line], *, after_row: bool) -> Iterator[Edit]:
    layout = any(_LAYOUT.search(row.text) for row in rows)
    for row in rows:
        if _BORDER.fullmatch(row.text):
            yield Edit(row.start, row.end, "", "table-border")
        elif layout:
            yield from _split_cells(row)
        elif after_row and not row.text.endswith("|"):
            yield from _space_bars(row, 0, len(row.text))
        else:
            yield from _strip_bars(row)


def _split_cells(row: Line) -> Iterator[Edit]:
    """Yield edits that give each cell of a layout row, and each line printed in a cell, a line of its own."""
    found: dict[int, Edit] = {}
    for m in _SEPARATOR.finditer(row.text):
        inner = m.start() > 0 and m.end() < len(row.text)
        found[m.start()] = _within(row, m, "\n" if inner else "")
    for m in _SEAM.finditer(row.text):
        found.setdefault(m.start(), _within(row, m, "\n"))
    yield from (found[at] for at in sorted(found))


def _within(row: Line, match: re.Match[str], after: str) -> Edit:
    return Edit(row.start + match.start(), row.start + match.end(), after, "table-layout")


def _strip_bars(row: Line) -> Iterator[Edit]:
    """Yield edits that take the outer bars of a data row away and put one space around the inner ones.

    Empty cells before the last full one stay, so that columns keep their places: "|  | b | |" is "| b".
    """
    end = len(row.text.rstrip("| "))
    if not end:
        yield Edit(row.start, row.end, "", "table-border")
        return
    first = 1 + len(row.text[1:end]) - len(row.text[1:end].lstrip(" "))
    yield Edit(row.start, row.start + first, "", "table-row")
    yield from _space_bars(row, first, end)
    if end < len(row.text):
        yield Edit(row.start + end, row.end, "", "table-row")


def _space_bars(row: Line, first: int, end: int) -> Iterator[Edit]:
    """Yield edits that put one space around the bars of a row; before a bar that opens it, none."""
    for m in _BAR.finditer(row.text, first, end):
        spaced = " | " if m.start() > first else "| "
        if m[0] != spaced:
            yield Edit(row.start + m.start(), row.start + m.end(), spaced, "table-row")


# --- one line per cell -----------------------------------------------------------------------------


def _cells_end(lines: Sequence[Line], index: int) -> int:
    """Return where the table ends that begins at ``index``, a line with nothing but a bar.

    A row is closed by a bar; what follows is another cell only while the row has fewer cells than the
    one above and the cell is closed in its turn, with no blank line inside.
    """
    width = cells = 0
    end = index + 1
    while end < len(lines):
        if lines[end].text == "|":
            width, cells = (max(width, cells), 0) if _bar_above(lines, end) else (width, cells)
            end += 1
            continue
        close = _cell_end(lines, end)
        if close is None or (cells >= width > 0) or (cells and lines[end].blanks):
            break
        cells += 1
        end = close
    return end


def _bar_above(lines: Sequence[Line], index: int) -> bool:
    return lines[index - 1].text == "|"


def _cell_end(lines: Sequence[Line], index: int) -> int | None:
    """Return the index just after the bar that closes the cell at ``index``, None where none does."""
    for at in range(index, min(index + _MAX_CELL_LINES, len(lines))):
        if at > index and lines[at].blanks:
            return None
        if lines[at].text == "|":
            return at + 1
        if lines[at].text.startswith("|"):
            return None
    return None


def _cell_lines(text: str, lines: Sequence[Line]) -> Iterator[Edit]:
    """Yield edits for a table with a bar on every other line."""
    if _LAYOUT.search(text, lines[0].start, lines[-1].end):
        yield from (Edit(line.start, line.end, "", "table-layout") for line in lines if line.text == "|")
        return
    yield Edit(lines[0].start, lines[0].end, "", "table-row")
    index = 1
    while index < len(lines):
        if lines[index].text != "|":
            if index + 1 < len(lines) and lines[index + 1].text != "|":
                yield Edit(lines[index].end, lines[index + 1].start, " ", "table-row")
            index += 1
            continue
        bars = index
        while bars < len(lines) and lines[bars].text == "|":
            bars += 1
        start = lines[index - 1].end if index > 1 else lines[index].start
        end = lines[bars].start if bars < len(lines) else lines[-1].end
        glue = "" if bars == len(lines) or index == 1 else " | " if bars == index + 1 else "\n"
        yield Edit(start, end, glue, "table-row")
        index = bars
