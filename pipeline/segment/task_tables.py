"""Tables of tasks (bảng phân công nhiệm vụ): which rows hold tasks, and what each cell says of the task.

The head of the table tells, by the words in ``lexicon/task_tables.toml``: task, who leads, who helps, when.
It may run over two rows and come back on every page; a line of figures under it counts the columns. Imports
``lexicon``, ``records`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from pipeline.lexicon import load
from pipeline.records import Provision
from pipeline.segment.sentences import is_heading

_LONGEST_HEAD = 80  # code points of a cell in the head of a table
_REMEMBERED = 1024  # cells: heads come back on every page, and so do the names of bodies
_LONGEST_NUMBER = 6  # code points of a cell that may number its row: "1.2.a", "-"
_LONGEST_MARKER = 5  # code points of a marker inside a table; "PHỤ LỤC", "Chương II" open something else
_STEP = re.compile(r"(?:Bước|B) ?\d")
# "(1)", "A", "3": a cell of the line that counts the columns.
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-H])\)?(?:\s?=.{1,20})?")


class Column(StrEnum):
    """What the cells of a column hold."""

    NUMBER = "number"
    TASK = "task"
    CONTENT = "content"  # a task, if the table has a column of bodies
    LEAD = "lead"  # cơ quan chủ trì
    IMPLEMENT = "implement"  # đơn vị thực hiện
    COORDINATE = "coordinate"  # cơ quan phối hợp
    SHARED = "shared"  # cơ quan chủ trì, phối hợp
    DEADLINE = "deadline"  # thời gian hoàn thành
    OTHER = "other"  # sản phẩm, kinh phí, ghi chú
    FOREIGN = "foreign"  # nothing that a table of tasks has


BODY_COLUMNS = frozenset({Column.LEAD, Column.IMPLEMENT, Column.COORDINATE, Column.SHARED})
"""Columns whose cells are lists of bodies."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: offsets into the text of its row, without outer spaces; ``column`` None where unknown."""

    start: int
    end: int
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of tasks. ``head``: it belongs to the head; its cells then say nothing."""

    head: bool
    cells: tuple[Cell, ...] = ()


class TableReader:
    """Reads the units of a document in order and tells the rows of its tables of tasks.

    >>> reader = TableReader()
    >>> reader.read(None, "STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn").head
    True
    >>> text = "Lập bản đồ ngập lụt | Sở Xây dựng | Quý I"
    >>> [(cell.column.value, text[cell.start : cell.end]) for cell in reader.read("1", text).cells]
    [('task', 'Lập bản đồ ngập lụt'), ('lead', 'Sở Xây dựng'), ('deadline', 'Quý I')]
    """

    def __init__(self) -> None:
        self._columns: tuple[Column | None, ...] = ()
        self._head: list[tuple[str, ...]] = []
        self._after_head = False

    @property
    def in_table(self) -> bool:
        """Whether the last head was that of a table of tasks, which may still go on."""
        return bool(self._columns)

    def read(self, marker: str | None, text: str) -> Row | None:
        """Return what the next unit is in its table; None where it is no row or no row of such a table.

        *marker* is the printed marker of the unit, *text* its own text.
        """
        if "|" not in text:
            self._read_line(marker, text)
            return None
        if marker is not None and not self._columns:
            return None  # a numbered row, and no head of a table of tasks above it
        cells = tuple(_cells_of(text))
        words = tuple(text[cell.start : cell.end] for cell in cells)
        if self._reads_as_head(marker, words):
            self._after_head = True
            return Row(head=True)
        self._after_head = False
        if _STEP.match(words[0]):
            self._columns = ()  # steps of a procedure, whatever its head says
        return Row(head=False, cells=self._aligned(marker, words, cells)) if self._columns else None

    def _read_line(self, marker: str | None, text: str) -> None:
        """A heading may part the rows of a table; a sentence, or another part of the document, ends it."""
        self._after_head = False
        if self._columns and (len(marker or "") > _LONGEST_MARKER or not is_heading(text)):
            self._columns = ()

    def _reads_as_head(self, marker: str | None, words: tuple[str, ...]) -> bool:
        """Take a row that belongs to a head: the first one, the second one, or the line that counts."""
        if marker is not None:
            return False
        if self._after_head and all(_COLUMN_NUMBER.fullmatch(word) for word in words if word):
            return True
        if any(len(word) > _LONGEST_HEAD for word in words):
            return False
        if self._columns and words in self._head:  # on a new page, all rows of the head or the first alone
            return True
        columns = tuple(column_of(word) for word in words)
        if self._after_head and self._columns and _is_second_row(columns, words):
            self._columns = _merged(self._columns, columns, words)
            self._head.append(words)
            return True
        if columns[0] is Column.NUMBER or _heads_tasks(columns):
            self._columns = columns if _heads_tasks(columns) else ()
            self._head = [words]
            return True
        return False

    def _aligned(
        self, marker: str | None, words: tuple[str, ...], cells: tuple[Cell, ...]
    ) -> tuple[Cell, ...]:
        """Return *cells* with their columns; the cell of the number is the marker, or was lost."""
        columns = self._columns
        numbered = columns[0] in (Column.NUMBER, None)
        if numbered and (marker is not None or len(words[0]) > _LONGEST_NUMBER):
            columns = columns[1:]
        return tuple(
            replace(cell, column=column)
            for cell, column in zip(cells, columns, strict=False)
            if cell.start < cell.end
        )


def _cells_of(text: str) -> Iterator[Cell]:
    """Yield the cells of a row, the empty ones too, without outer spaces."""
    start = 0
    for part in text.split("|"):
        inner = part.strip()
        first = start + (part.index(inner[0]) if inner else 0)
        yield Cell(first, first + len(inner))
        start += len(part) + 1


@lru_cache(maxsize=_REMEMBERED)
def column_of(head: str) -> Column | None:
    """Return what the column under *head* holds, or None.

    >>> column_of("Cơ quan, đơn vị chủ trì"), column_of("Thời gian hoàn thành"), column_of("Sở Y tế")
    (<Column.LEAD: 'lead'>, <Column.DEADLINE: 'deadline'>, None)
    """
    words = " ".join(head.lower().split()).strip(" .:*")
    return next((column for column, pattern in _heads() if pattern.match(words)), None)


@cache
def _heads() -> tuple[tuple[Column, re.Pattern[str]], ...]:
    words = load("task_tables")
    nouns = "|".join(sorted(map(re.escape, words["bodies"]), key=len, reverse=True))
    opening = rf"(?:(?:{nouns})(?!\w)(?:\s?[,/&–-]\s?|\s(?:và\s|hoặc\s)?)?){{0,8}}"
    patterns = []
    for entry in words["column"]:
        heads = "|".join(sorted(map(re.escape, entry["heads"]), key=len, reverse=True))
        end = "$" if entry.get("alone") else r"(?!\w| với)"
        patterns.append((Column(entry["kind"]), re.compile(rf"{opening}(?:{heads}){end}")))
    return tuple(patterns)


def _heads_tasks(columns: tuple[Column | None, ...]) -> bool:
    """Whether a head has a column of tasks, one that says who, when or which, and hardly an unknown one."""
    known = sum(column is not None for column in columns)
    if Column.FOREIGN in columns or known < 2 or 3 * known < 2 * len(columns):
        return False
    bodies = any(column in BODY_COLUMNS for column in columns)
    if Column.TASK in columns:
        return bodies or Column.DEADLINE in columns or columns[0] is Column.NUMBER
    return Column.CONTENT in columns and bodies


def _is_second_row(columns: tuple[Column | None, ...], words: tuple[str, ...]) -> bool:
    """Whether each full cell of a row is a head of its own: "| | Chủ trì | Phối hợp"."""
    return all(column is not None for column, word in zip(columns, words, strict=True) if word)


def _merged(
    above: tuple[Column | None, ...], below: tuple[Column | None, ...], words: tuple[str, ...]
) -> tuple[Column | None, ...]:
    """Return the columns of a head in two rows; the lower one is nearer to the cells, so it decides.

    Where covered cells were left out ("Cơ quan thực hiện" over "Chủ trì | Phối hợp"), the lower row takes
    the place of the column of bodies.
    """
    if words[0] and len(below) < len(above):
        place = next((i for i, column in enumerate(above) if column in BODY_COLUMNS), None)
        return above if place is None else (*above[:place], *below, *above[place + 1 :])
    longer = max(len(above), len(below))
    padded = (above + (None,) * longer)[:longer], (below + (None,) * longer)[:longer]
    return tuple(lower or upper for upper, lower in zip(*padded, strict=True))


def task_rows(provisions: Iterable[Provision]) -> dict[str, Row]:
    """Return the rows of the tables of tasks among *provisions*, which are those of a document in order.

    Keys are paths; offsets of the cells count from the start of the provision's text.

    >>> from pipeline.segment import parse_document
    >>> layout = parse_document("STT | Nhiệm vụ | Cơ quan chủ trì\\n1 | Lập bản đồ ngập lụt | Sở Xây dựng")
    >>> rows = task_rows(layout.provisions)
    >>> [(path, [cell.column.value for cell in row.cells]) for path, row in rows.items()]
    [('r1', []), ('1', ['task', 'lead'])]
    """
    provisions = list(provisions)
    if not any("|" in provision.text for provision in provisions):
        return {}
    reader = TableReader()
    read = ((provision.path, reader.read(provision.marker, provision.text)) for provision in provisions)
    return {path: row for path, row in read if row is not None}
