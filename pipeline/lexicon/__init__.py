"""Words as data: one TOML file per kind of word, loaded and checked once.

Each entry that comes from a decree or another public source names it in ``source``. Code that needs
words asks this room for them; no other room holds word lists. Imports nothing of ours.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed content of ``lexicon/<name>.toml``.

    The result is shared between callers: treat it as read-only.

    >>> sorted(load("document_types"))[:1]
    ['type']
    """
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
