"""What documents are called: in the report's addresses and to its readers.

Imports nothing of ours.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

# dak-lak-kh-2025: safe on every file system, in every address, and not hidden
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


def page_name(doc_id: str) -> str:
    """Return the name of the page of *doc_id*: plain letters, digits and hyphens, different for each.

    >>> page_name("dak-lak-kh-2025")
    'dak-lak-kh-2025'
    >>> page_name("../Đắk Lắk")
    'dak-lak-3946c8b6'
    """
    if _PLAIN_NAME.fullmatch(doc_id):
        return doc_id
    slug = re.sub(r"[^a-z0-9]+", "-", folded(doc_id))[:40].strip("-")
    digest = hashlib.sha256(doc_id.encode()).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def folded(text: str) -> str:
    """Return *text* without case and diacritics, đ as d: a key to search by, never to show.

    >>> folded("Đắk Lắk")
    'dak lak'
    """
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def place_name(document: Mapping[str, Any]) -> str:
    """Return the place that *document* speaks for, else its issuer, else its key.

    >>> place_name({"doc_id": "x", "commune": "Long Biên", "province": "Hà Nội", "issuer": None})
    'Long Biên, Hà Nội'
    """
    places = [document[name] for name in ("commune", "province") if document[name]]
    return ", ".join(places) or document["issuer"] or document["doc_id"]


def labels(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return a label for each document by its key: its place, with the key added where two share one."""
    names = {doc_id: place_name(row) for doc_id, row in documents.items()}
    counts = Counter(names.values())
    return {doc_id: name if counts[name] == 1 else f"{name} · {doc_id}" for doc_id, name in names.items()}
