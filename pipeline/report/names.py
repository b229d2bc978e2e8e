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
# Ủy ban nhân dân, Uỷ ban nhân dân, ủy ban Nhân dân
_PEOPLES_COMMITTEE = re.compile(r"(?:ủy|uỷ) ban nhân dân", re.IGNORECASE)
_PEOPLES_COUNCIL = re.compile(r"hội đồng nhân dân", re.IGNORECASE)


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
    """Return the place that *document* speaks for, else its issuer in short, else its key.

    >>> place_name({"doc_id": "x", "commune": "Long Biên", "province": "Hà Nội", "issuer": None})
    'Long Biên, Hà Nội'
    >>> place_name({"doc_id": "x", "commune": None, "province": None, "issuer": "Ủy ban nhân dân tỉnh X"})
    'UBND tỉnh X'
    """
    places = [document[name] for name in ("commune", "province") if document[name]]
    issuer = _PEOPLES_COUNCIL.sub("HĐND", _PEOPLES_COMMITTEE.sub("UBND", document["issuer"] or ""))
    return ", ".join(places) or issuer or document["doc_id"]


def labels(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return a different label for each document by its key: its place.

    Where two share a place, the number is added; where two share that too, the key instead.
    """
    places = {doc_id: place_name(row) for doc_id, row in documents.items()}
    shared = Counter(places.values())
    numbered = {doc_id: f"{places[doc_id]} · {row['number'] or doc_id}" for doc_id, row in documents.items()}
    twice = Counter(numbered.values())
    return {
        doc_id: place
        if shared[place] == 1
        else (numbered[doc_id] if twice[numbered[doc_id]] == 1 else f"{place} · {doc_id}")
        for doc_id, place in places.items()
    }


def shortened(text: str, length: int) -> str:
    """Return *text* in at most *length* letters, with the middle left out: both ends tell things apart.

    >>> shortened("Chủ tịch UBND Thành phố Hồ Chí Minh", 24)
    'Chủ tịch UB… Hồ Chí Minh'
    """
    if len(text) <= length:
        return text
    tail = length // 2
    return f"{text[: length - tail - 1]}…{text[-tail:]}"
