"""Saved web pages: the document that the page shows, without the site around it.

A portal wraps a document in navigation, notices, lists of other documents and comments. Elements that say
by name what they are go first; then the way leads from the page down to the element that still holds the
whole document. Tables stay tables, and numbers of lists, which a browser makes, are made here. Imports
``cells``, ``numbering`` and ``text``.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from pipeline import lexicon
from pipeline.errors import UnreadableFile
from pipeline.read.cells import Cell, is_layout, table_lines
from pipeline.read.limits import Limits
from pipeline.read.numbering import format_number
from pipeline.read.text import decode, repair_surface
from pipeline.records import RawDocument

MEDIA_TYPE = "text/html"

Element = Any  # an lxml element, which comes without types

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p", "p:colorspan",
    }
)  # fmt: skip

_BLANKS = re.compile(r"[ \t\r\n\f]+")  # a no-break space is a letter to a browser
_WORDS = re.compile(r"[a-z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*none")
_BORDER = re.compile(r"border[a-z-]{0,40}\s{0,9}:[^;]{0,60}\b(?:solid|double|dotted|dashed|windowtext)")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that no tree may hold
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_LIST_STYLES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

_MAX_COLUMNS = 60  # that one cell may cover

# The way down ends where it would leave out more than this.
_MAIN_SHARE = 0.6  # least part of the text that the next element holds
_LINKED = 0.4  # least part of the text of a block of links that stands in links
_PROSE = 200  # characters; a block with more text outside of links may be part of the document
_DOCUMENT_SIGNS = re.compile(
    r"độc lập\s*[-–]\s*tự do|nơi nhận\s*:|ngày\s+\d{1,2}\s+tháng|số\s*:\s*\d|phụ lục", re.IGNORECASE
)


def read_html(data: bytes, limits: Limits) -> RawDocument:
    """Read a saved web page; it has no pages of its own, so that all text is one page.

    >>> page = "<nav>Trang chủ</nav><ol type=I><li>Mục đích<li>Yêu cầu</ol>"
    >>> read_html(page.encode(), Limits()).pages
    ('I. Mục đích\\nII. Yêu cầu',)

    Raises:
        UnreadableFile: ``no_text``, ``too_large`` and what decoding raises.
    """
    source, _, notes = decode(data)
    if len(source) > limits.max_chars:
        raise UnreadableFile("too_large", f"More than {limits.max_chars} characters; raise max_chars.")
    body = _parse(_NO_XML.sub(" ", source))
    _remove_chrome(body)
    text, _ = repair_surface("\n".join(_lines(_main_part(body))))
    if not text.strip():
        raise UnreadableFile("no_text", "The page shows no text; save it from the browser once it is loaded.")
    return RawDocument((text,), MEDIA_TYPE, "html", notes=notes)


def read_mhtml(data: bytes, limits: Limits) -> RawDocument:
    """Read a page that a browser saved with its pictures in one file (.mht).

    Raises:
        UnreadableFile: ``no_text`` where it holds no page, and what ``read_html`` raises.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == MEDIA_TYPE else None
        if isinstance(payload, bytes):
            return read_html(payload, limits)
    raise UnreadableFile("no_text", "The saved page holds no text; save it from the browser again.")


def _parse(source: str) -> Element:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        raise UnreadableFile("no_text", "The page is empty; save it from the browser again.") from None
    body = root.find("body")
    return root if body is None else body


def _remove_chrome(body: Element) -> None:
    """Remove what is part of the site by its own account, unless that is most of the page."""
    chrome = lexicon.load("html_chrome")
    elements, words = frozenset(chrome["elements"]), frozenset(chrome["class_words"])
    whole = _length(body)
    for element in [e for e in body.iter() if isinstance(e.tag, str) and e is not body]:
        if element.tag in elements:
            element.drop_tree() if element.tag != "form" else _remove_small(element, whole)
        elif _is_hidden(element) or words & set(_names(element)):
            _remove_small(element, whole)


def _remove_small(element: Element, whole: int) -> None:
    if element.getparent() is not None and _length(element) < whole / 2:
        element.drop_tree()


def _names(element: Element) -> list[str]:
    """Return the words of the class and the id: "siteMenu-top" gives site, menu, top."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _WORDS.findall(_CAMEL.sub(" ", names).lower())


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _length(element: Element) -> int:
    return len(_BLANKS.sub(" ", element.text_content()).strip())


def _linked_length(element: Element) -> int:
    return sum(_length(link) for link in element.iter("a"))


def _main_part(body: Element) -> Element:
    """Go down while one element holds most of the text and what it leaves out is no part of a document."""
    main = body
    while len(main):
        child = max((c for c in main if isinstance(c.tag, str)), key=_length, default=None)
        if child is None or child.tag in _INLINE or _length(child) < _MAIN_SHARE * _length(main):
            break
        if child.tag in ("p", "li", "table") or (main.text or "").strip():
            break
        if not all(_is_site_part(other) for other in main if other is not child):
            break
        main = child
    return main


def _is_site_part(element: Element) -> bool:
    """Whether a block beside the document is a part of the site: links, or a few words."""
    if (element.tail or "").strip():
        return False
    text = element.text_content() if isinstance(element.tag, str) else ""
    if _DOCUMENT_SIGNS.search(text):
        return False
    outside = _length(element) - _linked_length(element) if text else 0
    return outside < _PROSE or _linked_length(element) >= _LINKED * _length(element)


def _lines(element: Element) -> Iterator[str]:
    """Yield the lines that a browser shows, blanks collapsed."""
    parts: list[str] = []
    for kind, text in _flow(element):
        if kind == "text":
            parts.append(text)
            continue
        yield from _broken(parts)
        parts = []
        if kind == "row":
            yield text
    yield from _broken(parts)


def _broken(parts: list[str]) -> Iterator[str]:
    for line in "".join(parts).split("\v"):
        collapsed = _BLANKS.sub(" ", line).strip(" ")
        if collapsed.strip():
            yield collapsed


def _flow(element: Element) -> Iterator[tuple[str, str]]:
    """Yield text, ends of blocks and rows of tables in document order; "\\v" is a line break."""
    yield "text", _text(element, element.text)
    number = int(_figures(element, "start") or "1") - 1
    for child in element:
        if not isinstance(child.tag, str):
            yield "text", _text(element, child.tail)
            continue
        if child.tag == "br":
            yield "text", "\v"
        elif child.tag == "table":
            yield "end", ""
            yield from (("row", line) for line in _table(child))
        elif child.tag in _INLINE:
            yield from _flow(child)
        else:
            if child.tag == "li":
                number = _number_of(child, number)
            yield "end", ""
            yield "text", _list_marker(child, number)
            yield from _flow(child)
            yield "end", ""
        yield "text", _text(element, child.tail)


def _text(parent: Element, text: str | None) -> str:
    return (text or "").replace("\n", "\v") if parent.tag == "pre" else (text or "").replace("\v", " ")


def _figures(element: Element, attribute: str) -> str:
    """Return an attribute that is a number of a list, "" where it is none."""
    value = (element.get(attribute) or "").strip()
    return value if value.isascii() and value.isdecimal() and len(value) < 6 else ""


def _number_of(item: Element, last: int) -> int:
    return int(_figures(item, "value") or last + 1)


def _list_marker(item: Element, number: int) -> str:
    """Return the number or the bullet that a browser puts before an item of a list."""
    owner = item.getparent()
    if item.tag != "li" or _NO_MARKER.search(f"{item.get('style') or ''} {owner.get('style') or ''}"):
        return ""
    if owner.tag != "ol":
        return "• "
    return f"{format_number(number, _LIST_STYLES.get(owner.get('type') or '1', 'decimal'))}. "


def _table(table: Element) -> list[str]:
    rows: list[list[Cell]] = []
    covered: dict[int, int] = {}  # column -> rows that a cell above still reaches over
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            rows.append(_row(row, covered))
    return table_lines(rows, layout=is_layout(rows, bordered=_has_borders(table)))


def _row(row: Element, covered: dict[int, int]) -> list[Cell]:
    """Return the cells of a row, an empty one for every column that another cell covers."""
    cells: list[Cell] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        _skip_covered(cells, covered)
        height = int(_figures(cell, "rowspan") or 1)
        for column in range(min(_MAX_COLUMNS, int(_figures(cell, "colspan") or 1))):
            covered[len(cells)] = height - 1
            cells.append([] if column else list(_lines(cell)))
    _skip_covered(cells, covered)
    return cells


def _skip_covered(cells: list[Cell], covered: dict[int, int]) -> None:
    while covered.get(len(cells), 0) > 0:
        covered[len(cells)] -= 1
        cells.append([])


def _has_borders(table: Element) -> bool:
    if (table.get("border") or "0") not in ("0", "0px", ""):
        return True
    return any(_BORDER.search(element.get("style") or "") for element in (table, *table.iter("td", "th")))
