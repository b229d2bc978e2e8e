"""Rich Text Format: control words to lines of text, letters of old fonts decoded.

The font of every stretch of text is followed, since most Vietnamese .rtf files are from before Unicode and
only their fonts tell the encoding. Numbers of lists stand in the file as text and are kept; deleted and
hidden text, pictures and the like are left out; headers, footers and footnotes go to the notes. One pass
without recursion, so that no depth of nesting does harm. Imports ``cells`` and ``legacy``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.errors import UnreadableFile
from pipeline.read.cells import Cell, is_layout, table_lines
from pipeline.read.legacy import decode_runs, encoding_of_font
from pipeline.read.limits import Limits
from pipeline.read.text import repair_surface
from pipeline.records import RawDocument

MEDIA_TYPE = "text/rtf"

# "\\par", "\\f15 ", "\\'e1", "\\~", "{", text
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?"
    r"|\\'(?P<byte>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)

_MAX_DEPTH = 100_000

# Groups whose text is no part of the document, beyond those that are marked "\\*".
_SKIPPED = frozenset(
    {
        "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "filetbl", "revtbl", "rsidtbl",
        "generator", "listtable", "listoverridetable", "themedata", "colorschememapping", "datastore",
        "latentstyles", "xmlnstbl", "sp", "shprslt", "bkmkstart", "bkmkend", "nonesttables",
        "annotation", "atnid", "atnauthor", "mmathPr", "template",
    }
)  # fmt: skip
_STARRED_KEPT = frozenset({"shpinst", "shptxt", "nesttableprops", "ud"})
_APART = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "footnote": "footnote",
}

_PRINTED = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\N{NO-BREAK SPACE}", "_": "-", "-": "\xad", "\\": "\\", "{": "{", "}": "}"}

# Charsets of fonts that are other codepages than the file's.
_CODEPAGES = {163: "cp1258", 204: "cp1251", 238: "cp1250", 162: "cp1254", 161: "cp1253", 186: "cp1257"}
_BORDERS = frozenset({"brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair"})


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group and ends with it."""

    font: int = -1
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False
    skip: bool = False
    fallback: int = 1  # characters that follow a "\\u" for readers without Unicode
    apart: str | None = None
    in_font_table: bool = False


@dataclass(slots=True)
class _Table:
    """The table that is being read."""

    rows: list[list[Cell]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    bordered: bool = False


def read_rtf(data: bytes, limits: Limits) -> RawDocument:
    r"""Read an RTF file; it has no pages of its own, so that all text is one page.

    >>> read_rtf(rb"{\rtf1{\fonttbl{\f0 .VnTime;}}\f0 Ch\'d8 th\'de\par}", Limits()).pages
    ('Chỉ thị',)

    Raises:
        UnreadableFile: ``truncated``, ``no_text`` or ``too_large``.
    """
    parser = _Parser(limits)
    parser.feed(data.decode("latin-1"))
    text, _ = repair_surface("\n".join(parser.finish()))
    if not text.strip():
        raise UnreadableFile("no_text", "The RTF file holds no text; perhaps only pictures of pages.")
    return RawDocument((text,), MEDIA_TYPE, "rtf", notes=tuple(parser.notes()))


class _Parser:
    """Reads token by token; ``finish`` gives the lines."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.max_chars
        self._state = _State()
        self._stack: list[_State] = []
        self._starred = False
        self._pending_skip = 0  # characters to pass over after a "\\u"
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._charsets: dict[int, str] = {}
        self._stretches: list[tuple[int, bool, str]] = []
        self._interrupted: list[tuple[int, bool, str]] = []
        self._lines: list[str] = []
        self._apart: dict[str, list[str]] = {}
        self._table: _Table | None = None
        self._in_table = False
        self._row_border = False

    def feed(self, source: str) -> None:
        """Read the whole source."""
        for match in _TOKEN.finditer(source):
            kind = match.lastgroup
            if kind == "brace":
                self._brace(match["brace"])
            elif kind == "text":
                self._write(match["text"])
            elif kind == "byte":
                self._write(chr(int(match["byte"], 16)))
            elif kind == "symbol":
                self._symbol(match["symbol"])
            else:
                number = match["number"]
                self._control(match["word"], None if number is None else int(number))

    def finish(self) -> list[str]:
        """Return the lines of the document, once all is read."""
        self._end_paragraph()
        self._end_table()
        return self._lines

    def notes(self) -> Iterator[str]:
        """Yield headers, footers and footnotes, each different one once."""
        for kind, texts in self._apart.items():
            yield from dict.fromkeys(f"{kind}: {text}" for text in texts)

    def _brace(self, brace: str) -> None:
        self._starred = False
        if brace == "{":
            if len(self._stack) >= _MAX_DEPTH:
                raise UnreadableFile("truncated", "The RTF file is nested too deep to be a document.")
            self._stack.append(self._state)
        elif self._stack:
            ended, self._state = self._state, self._stack.pop()
            if ended.apart and not self._state.apart:
                self._end_apart(ended.apart)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":
            self._control("par", None)
        else:
            self._write(_SYMBOLS.get(symbol, ""))

    def _control(self, word: str, number: int | None) -> None:
        """Do what a control word says; unknown words say nothing about the text."""
        if self._open_group(word):
            return
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in _PRINTED:
            self._write(_PRINTED[word], printed=True)
        elif word in ("par", "sect", "page", "cell", "nestcell", "row", "nestrow", "trowd", "pard", "intbl"):
            self._structure(word)
        else:
            self._property(word, number)

    def _open_group(self, word: str) -> bool:
        """Decide by the first word of a group what becomes of it; True where that is all it says."""
        starred, self._starred = self._starred, False
        if word in _SKIPPED or (starred and word not in _STARRED_KEPT):
            self._state = replace(self._state, skip=True)
            return True
        if word == "fonttbl":
            self._state = replace(self._state, in_font_table=True)
            return True
        if word in _APART:
            if self._state.apart is None:
                self._begin_apart()
            self._state = replace(self._state, apart=_APART[word])
            return True
        return False

    def _property(self, word: str, number: int | None) -> None:
        on = number != 0
        match word:
            case "f":
                self._state = replace(self._state, font=number or 0)
            case "plain":
                self._state = replace(self._state, capitals=False, hidden=False, deleted=False)
            case "caps":
                self._state = replace(self._state, capitals=on)
            case "v":
                self._state = replace(self._state, hidden=on)
            case "deleted":
                self._state = replace(self._state, deleted=on)
            case "uc":
                self._state = replace(self._state, fallback=min(number or 0, 16))
            case "ansicpg" if number:
                self._codepage = f"cp{number}"
            case "fcharset" if number in _CODEPAGES:
                self._charsets[self._state.font] = _CODEPAGES[number]
            case _ if word in _BORDERS:
                self._row_border = True

    def _structure(self, word: str) -> None:
        if self._state.skip or self._state.in_font_table:
            return
        match word:
            case "par" | "sect" | "page":
                self._end_paragraph()
            case "cell":
                self._end_paragraph()
                self._open_table().cells.append(self._open_table().lines)
                self._open_table().lines = []
            case "nestcell" | "nestrow":
                self._end_paragraph()
            case "row":
                table = self._open_table()
                table.rows.append(table.cells)
                table.bordered |= self._row_border
                table.cells = []
            case "trowd":
                self._row_border = False
            case "pard":
                self._in_table = False
            case "intbl":
                self._in_table = True

    def _unicode(self, number: int) -> None:
        """Write a UTF-16 unit; what follows for other readers is passed over."""
        self._write(chr(number % 0x10000), printed=True)
        self._pending_skip = self._state.fallback

    def _write(self, text: str, *, printed: bool = False) -> None:
        """Add text to the paragraph; ``printed`` text is Unicode, other text is in the font's codes."""
        if self._pending_skip:
            passed = min(self._pending_skip, len(text))
            self._pending_skip, text = self._pending_skip - passed, text[passed:]
        state = self._state
        if state.in_font_table and not state.skip:
            self._fonts[state.font] = self._fonts.get(state.font, "") + text
        elif text and not (state.skip or state.hidden or state.deleted):
            self._left -= len(text)
            if self._left < 0:
                raise UnreadableFile("too_large", "The RTF file holds too much text; raise max_chars.")
            self._stretches.append((state.font, state.capitals, text if printed else self._decode(text)))

    def _font_name(self, font: int) -> str:
        return self._fonts.get(font, "").rstrip(";")

    def _decode(self, text: str) -> str:
        """Turn the bytes of a font of another codepage, or of the file's, into letters."""
        font = self._state.font
        if text.isascii() or encoding_of_font(self._font_name(font)) is not None:
            return text
        codepage = self._charsets.get(font, self._codepage)
        try:
            return text.encode("latin-1").decode(codepage)
        except (UnicodeError, LookupError):
            return text

    def _paragraph(self) -> list[str]:
        """Take the lines of the paragraph; neighbouring stretches in one font are decoded together."""
        printed = ""
        for capitals, stretch in groupby(self._stretches, key=lambda piece: piece[1]):
            decoded = decode_runs((text, self._font_name(font)) for font, _, text in stretch)
            printed += decoded.upper() if capitals else decoded
        self._stretches = []
        whole = printed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        printed = unicodedata.normalize("NFC", whole).replace("\xad", "")
        return [line for line in printed.split("\n") if line.strip()]

    def _end_paragraph(self) -> None:
        lines = self._paragraph()
        if self._state.apart:
            self._apart.setdefault(self._state.apart, []).extend(lines)
        elif self._in_table:
            self._open_table().lines += lines
        elif lines:
            self._end_table()
            self._lines += lines

    def _begin_apart(self) -> None:
        """Put the paragraph in which a footnote stands aside until the note ends."""
        self._interrupted = self._stretches
        self._stretches = []

    def _end_apart(self, kind: str) -> None:
        self._apart.setdefault(kind, []).extend(self._paragraph())
        self._stretches = self._interrupted

    def _open_table(self) -> _Table:
        if self._table is None:
            self._table = _Table()
        return self._table

    def _end_table(self) -> None:
        table, self._table = self._table, None
        if table is not None:
            rows = [*table.rows, table.cells] if table.cells else table.rows
            self._lines += table_lines(rows, layout=is_layout(rows, bordered=table.bordered)) + table.lines
