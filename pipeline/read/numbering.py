"""Automatic numbering of Word: the markers that a reader sees and the file does not hold.

A paragraph says which list it belongs to and at which level; the list says how its levels count and what
they print. ("%1.%2." at the second level of decimal numbers prints "1.1."). Works on the XML of
``numbering.xml`` and of paragraphs (ECMA-376 part 1, section 17.9). Imports nothing of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Element = Any  # an lxml element, which comes without types

_LEVELS = 9

# Signs of symbol fonts (private use characters among them) are dots, squares and arrows: all bullets.
_BULLET = "•"
_KEPT_BULLETS = frozenset("-–—+*•o")

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_NUMBER = 10_000  # a larger one is a hostile file's


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and prints."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart_after: int | None = None  # the level, from 1, that restarts it; 0 never, None any above
    legal: bool = False  # all numbers in arabic figures


@dataclass(slots=True)
class _List:
    """A list's levels, and how far it has counted; lists of one abstract definition count together."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through the lists of one document, paragraph by paragraph in document order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {_value(s, "styleId"): s for s in _children(styles, "style")}
        self._lists = dict(_read_lists(numbering, self._styles))
        self._style_levels = _levels_of_styles(numbering)

    def marker(self, paragraph: Element) -> str:
        """Return what is printed before a paragraph ("1.", "a)", "-"), "" where it is not in a list.

        Every call counts: call it once for every paragraph, in order.
        """
        list_id, depth = self._membership(paragraph)
        found = self._lists.get(list_id or "")
        if found is None:
            return ""
        level = found.levels.get(depth)
        return _print(found, level, _count(found, depth)) if level else ""

    def _membership(self, paragraph: Element) -> tuple[str | None, int]:
        """Return the list and the level of a paragraph: its own, or those of its style."""
        properties = paragraph.find(f"{W}pPr")
        style_id = _child_value(properties, "pStyle")
        list_id, depth = _list_of(properties)
        if list_id is None:
            list_id, style_depth, owner = self._from_style(style_id)
            depth = depth if depth is not None else self._style_levels.get((list_id, owner), style_depth)
        return list_id, min(depth or 0, _LEVELS - 1)

    def _from_style(self, style_id: str | None) -> tuple[str | None, int | None, str | None]:
        """Walk up the chain of styles to the one that names a list."""
        for _ in range(_LEVELS + 1):
            style = self._styles.get(style_id or "")
            if style is None:
                break
            list_id, depth = _list_of(style.find(f"{W}pPr"))
            if list_id is not None:
                return list_id, depth, style_id
            style_id = _child_value(style, "basedOn")
        return None, None, None


def format_number(number: int, style: str) -> str:
    """Return a number as a list of that style prints it; unknown styles print arabic figures.

    >>> [format_number(4, style) for style in ("decimal", "upperRoman", "lowerLetter", "decimalZero")]
    ['4', 'IV', 'd', '04']
    >>> format_number(28, "lowerLetter")
    'bb'
    """
    if not 0 < number <= _MAX_NUMBER:
        return str(number)
    formatter = _FORMATS.get(style)
    return formatter(number) if formatter else str(number)


def _roman(number: int) -> str:
    digits = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        times, number = divmod(number, value)
        digits += letters * times
    return digits


def _letter(number: int) -> str:
    """Word goes on after z with aa, bb, cc."""
    times, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (times + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "decimalZero": lambda number: f"{number:02d}",
    "none": lambda number: "",
}


def _count(found: _List, depth: int) -> int:
    """Step the level on, and put the deeper levels back that it restarts."""
    if depth in found.restarts:
        found.counts[depth] = found.restarts.pop(depth)
    else:
        found.counts[depth] = (
            found.counts.get(depth, found.levels[depth].start - 1 if depth in found.levels else 0) + 1
        )
    for deeper in [level for level in found.counts if level > depth]:
        restart_after = found.levels[deeper].restart_after if deeper in found.levels else None
        if restart_after is None or 0 < restart_after <= depth + 1:
            del found.counts[deeper]
    return found.counts[depth]


def _print(found: _List, level: _Level, number: int) -> str:
    if level.format == "bullet":
        sign = level.text.strip()
        return sign if sign in _KEPT_BULLETS else _BULLET

    def number_of(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = found.levels.get(index, _Level())
        style = "decimal" if level.legal and index < _LEVELS else other.format
        return format_number(found.counts.get(index, other.start), style)

    return _PLACE.sub(number_of, level.text).strip()


def _read_lists(numbering: Element | None, styles: dict[str, Element]) -> Iterator[tuple[str, _List]]:
    """Yield the lists of a document by their ids."""
    abstracts = {_value(a, "abstractNumId"): a for a in _children(numbering, "abstractNum")}
    counts: dict[str, dict[int, int]] = {key: {} for key in abstracts}
    for num in _children(numbering, "num"):
        key = _child_value(num, "abstractNumId") or ""
        if key not in abstracts:
            continue
        abstract = _linked(abstracts[key], abstracts, styles, numbering)
        levels = dict(_read_level(level) for level in _children(abstract, "lvl"))
        found = _List(levels, counts[key])
        for override in _children(num, "lvlOverride"):
            depth = integer(_value(override, "ilvl"), 0)
            levels.update(_read_level(level) for level in _children(override, "lvl"))
            start = _child_value(override, "startOverride")
            if start is not None:
                found.restarts[depth] = integer(start, 1)
        yield _value(num, "numId"), found


def _linked(
    abstract: Element, abstracts: dict[str, Element], styles: dict[str, Element], numbering: Element
) -> Element:
    """Follow a list that only points at the style in which its levels are defined."""
    style = styles.get(_child_value(abstract, "numStyleLink") or "")
    list_id, _ = _list_of(style.find(f"{W}pPr")) if style is not None else (None, None)
    for num in _children(numbering, "num"):
        if list_id is not None and _value(num, "numId") == list_id:
            return abstracts.get(_child_value(num, "abstractNumId") or "", abstract)
    return abstract


def _read_level(level: Element) -> tuple[int, _Level]:
    restart = _child_value(level, "lvlRestart")
    return integer(_value(level, "ilvl"), 0), _Level(
        start=integer(_child_value(level, "start"), 1),
        format=_child_value(level, "numFmt") or "decimal",
        text=_child_value(level, "lvlText") or "",
        restart_after=None if restart is None else integer(restart, 0),
        legal=level.find(f"{W}isLgl") is not None,
    )


def _levels_of_styles(numbering: Element | None) -> dict[tuple[str | None, str | None], int]:
    """Map (list, style) to the level that the list gives to the style."""
    abstracts = {_value(a, "abstractNumId"): a for a in _children(numbering, "abstractNum")}
    levels: dict[tuple[str | None, str | None], int] = {}
    for num in _children(numbering, "num"):
        for level in _children(abstracts.get(_child_value(num, "abstractNumId") or ""), "lvl"):
            style = _child_value(level, "pStyle")
            if style is not None:
                levels[_value(num, "numId"), style] = integer(_value(level, "ilvl"), 0)
    return levels


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    """Return list id and level that paragraph properties name, None for what they leave open."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None, None
    depth = _child_value(numbered, "ilvl")
    return _child_value(numbered, "numId"), None if depth is None else integer(depth, 0)


def _children(parent: Element | None, name: str) -> list[Element]:
    return [] if parent is None else parent.findall(f"{W}{name}")


def _child_value(parent: Element | None, name: str) -> str | None:
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child.get(f"{W}val") if child is not None else None


def _value(element: Element, name: str) -> str:
    return str(element.get(f"{W}{name}") or "")


def integer(text: str | None, default: int) -> int:
    """Return the number that an attribute holds, the default where it holds none."""
    try:
        return int(text or "")
    except ValueError:
        return default
