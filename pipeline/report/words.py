"""The report's own words in Vietnamese and English.

A page is written in Vietnamese; each word carries its key, by which the script finds the English one.
Imports nothing of ours.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

Words = dict[str, tuple[str, str]]


@cache
def load_words() -> Words:
    """Return (Vietnamese, English) by key; keys of sections are joined by a dot.

    >>> load_words()["nav.matrix"]
    ('Ma trận', 'Matrix')
    """
    return _flat(tomllib.loads((files(__package__) / "strings.toml").read_text(encoding="utf-8")))


@cache
def word(key: str) -> Markup:
    """Return the Vietnamese word of *key* as an element that the script can turn into English.

    >>> word("nav.matrix")
    Markup('<span data-t="nav.matrix">Ma trận</span>')
    """
    return Markup('<span data-t="{}">{}</span>').format(key, load_words()[key][0])


@cache
def svg_word(key: str) -> Markup:
    """Return the word of *key* as an element that may stand in the text of a drawing."""
    return Markup('<tspan data-t="{}">{}</tspan>').format(key, load_words()[key][0])


@cache
def label(key: str) -> Markup:
    """Return attributes that name an element for a screen reader, in Vietnamese, with the key."""
    return Markup('aria-label="{}" data-t-label="{}"').format(load_words()[key][0], key)


def word_or(section: str, name: str | None) -> Markup:
    """Return the word of ``section.name``, or *name* itself where the section has no such word."""
    key = f"{section}.{name}"
    return word(key) if key in load_words() else escape(name or "")


def words_of(section: str, names: str) -> Markup:
    """Return the words of several names that ``+`` joins, as rules that met in one place.

    >>> words_of("repair", "eth+spaces").striptags()
    'ð thành đ + Gộp dấu cách'
    """
    return Markup(" + ").join(word_or(section, name) for name in names.split("+"))


def _flat(section: dict[str, Any], prefix: str = "") -> Words:
    words: Words = {}
    for name, value in section.items():
        if isinstance(value, dict):
            words |= _flat(value, f"{prefix}{name}.")
        else:
            vietnamese, english = value
            words[prefix + name] = (vietnamese, english)
    return words
