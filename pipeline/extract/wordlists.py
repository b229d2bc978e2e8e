"""Lists of words as patterns: a prefix tree, so that a word is read once however many the list holds.

Imports nothing of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_Tree = dict[str, "_Tree"]
_SPELLINGS = {" - ": " ?[-–] ?", " và ": " (?:và|&) ", " ": " "}
_END = ""  # the branch that says: a word may end here


def exactly(words: Iterable[str]) -> str:
    """Return a pattern for any of *words* as they are written, the longest that fits first.

    Spaces around a dash come and go in print, and so does the kind of dash; they are all one here, and so
    are "và" and "&".

    >>> pattern = exactly(["Văn hóa", "Văn hóa - Xã hội"])
    >>> re.match(pattern, "Văn hóa–Xã hội tỉnh").group()
    'Văn hóa–Xã hội'
    """
    return _pattern(_tree(list(_letters(word)) for word in words))


def one_of(words: Iterable[str]) -> str:
    """Return the same with a capital or a small first letter alike.

    >>> re.match(one_of(["cơ quan"]), "Cơ quan").group()
    'Cơ quan'
    """
    both = (first + word[1:] for word in words for first in {word[0].upper(), word[0].lower()})
    return exactly(both)


def _letters(word: str) -> Iterator[str]:
    """Yield the pattern of each letter of *word*; a dash with its spaces is one, and so is "và"."""
    for part in re.split(r"( - | và |.)", word):
        if part:
            yield _SPELLINGS.get(part) or re.escape(part)


def _tree(words: Iterable[list[str]]) -> _Tree:
    tree: _Tree = {}
    for letters in words:
        branch = tree
        for letter in letters:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return tree


def _pattern(tree: _Tree) -> str:
    """Return the pattern of a tree; branches are tried before the end of a word, so the longest wins."""
    branches = [letter + _pattern(tree[letter]) for letter in sorted(tree) if letter != _END]
    if not branches:
        return ""
    if len(branches) == 1 and _END not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if _END in tree else "")
