"""Texts on which a pattern would be slow if it could: strings to repeat, made of what the pattern reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Lines that a document is made of, and what separates its words.
UNITS = (
    *(" ", "\n", " \n", "\t", ".", ",", "-", "- ", "/", "|", " | ", "(", ")", '"', "“", "”", "a", "A", "Đ"),
    *("1", "1.1.1.1\n", "- a\n", "1. a\n", "a) b\n", "Điều 1.\n", "1/", "1/1/", "1.", "Điều ", "Ủy ban "),
    *("A B ", "ngày 1/1/1", "ngày 1 tháng 1 ", "số 1/", "của ", "và ", "a, b ", "a; ", "“a” ", "(a) "),
    *('"a" ', "01/QĐ-UBND ", "Công an ", "trước ", "hằng năm ", "từ 1 đến ", "Số: ", "Nơi nhận:\n", "TM. "),
    *("** ", "I.\n"),
)  # fmt: skip

FAVOURITES = " 1aAđ.,-/\n|“("
"""Where a class of characters holds one of these, it is tried."""


def hard_units(pattern: re.Pattern[Any], favourites: str = FAVOURITES) -> list[str]:
    """Return strings to repeat: `UNITS`, and what the pattern itself is made of."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    own = (unit for favourite in favourites for unit in _Sampler(favourite).units(tree))
    return [unit for unit in dict.fromkeys((*UNITS, *own)) if unit]


class _Sampler:
    """Makes strings out of the parts of a parsed pattern; classes that hold the favourite give it."""

    def __init__(self, favourite: str) -> None:
        self._favourite = favourite

    def units(self, tree: Any) -> Iterator[str]:
        """Yield, for each sequence within the pattern, every beginning, every item and every two in a row."""
        for sequence in self._sequences(tree):
            items = [self._item(*item) for item in sequence]
            for place in range(len(items)):
                yield "".join(items[: place + 1])
                yield items[place]
                yield "".join(items[place : place + 2])

    def _sequences(self, tree: Any) -> Iterator[Any]:
        yield tree
        for operation, argument in tree:
            for inner in _inner(operation, argument):
                yield from self._sequences(inner)

    def _item(self, operation: Any, argument: Any) -> str:
        if operation is codes.LITERAL:
            return chr(argument)
        if operation is codes.NOT_LITERAL:
            return self._favourite if argument != ord(self._favourite) else "x"
        if operation is codes.ANY:
            return self._favourite
        if operation is codes.IN:
            return self._from_class(argument)
        if operation in (codes.ASSERT_NOT, codes.AT, codes.GROUPREF):
            return ""
        inner = _inner(operation, argument)
        if operation is codes.BRANCH:
            inner = inner[-1:]
        return "".join(self._item(*item) for sequence in inner for item in sequence)

    def _from_class(self, members: Any) -> str:
        candidates = self._favourite + FAVOURITES + "bB;:)”"
        for candidate in candidates:
            if _holds(members, candidate):
                return candidate
        first = next((argument for code, argument in members if code is codes.LITERAL), None)
        ranges = next((argument for code, argument in members if code is codes.RANGE), (ord("x"), 0))
        return chr(first if first is not None else ranges[0])


def _inner(operation: Any, argument: Any) -> list[Any]:
    """Return the sequences within an item of a parsed pattern."""
    if operation is codes.BRANCH:
        return list(argument[1])
    if operation in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [argument[2]]
    if operation is codes.SUBPATTERN:
        return [argument[3]]
    if operation in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    return [argument] if operation is codes.ATOMIC_GROUP else []


_CATEGORIES = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
}
_OPPOSITES = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


def _holds(members: Any, letter: str) -> bool:
    negated = members[0][0] is codes.NEGATE
    return negated != any(_is_member(code, argument, letter) for code, argument in members)


def _is_member(code: Any, argument: Any, letter: str) -> bool:
    if code is codes.LITERAL:
        return bool(argument == ord(letter))
    if code is codes.RANGE:
        return bool(argument[0] <= ord(letter) <= argument[1])
    if code is codes.CATEGORY:
        opposite = _OPPOSITES.get(argument)
        return _CATEGORIES[opposite or argument](letter) != (opposite is not None)
    return False
