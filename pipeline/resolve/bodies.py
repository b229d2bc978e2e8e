"""Which body is meant: ``body_id`` and ``body_level`` for every member of every list of bodies.

An id is ``scope:kind``. The scope is ``central``; ``province``, ``district`` or ``commune``, followed by the
place where it is known (``province/dak-lak``, ``commune/ha-noi/long-bien``); ``class`` for common nouns and
for all bodies of a kind (``class:departments``, ``class:commune:ubnd``); ``org`` for companies and
associations, which are of no level. What a member names together is joined by ``+``; a part of a body follows
it after ``/``. Ids are made of the printed names, so they stay the same from corpus to corpus.
Imports ``records``, ``extract`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.body_lists import read_body_lists
from pipeline.records import Assignment, Document
from pipeline.resolve.body_names import identify, without_title
from pipeline.resolve.body_registry import fold
from pipeline.resolve.place_names import key
from pipeline.resolve.scopes import Context, Identity
from pipeline.resolve.substitution import substitutes

__all__ = ["context_of", "identify_bodies", "substitutes"]

# (sau đây gọi tắt là Ban Chỉ đạo) · (viết tắt là BCĐ)
_SHORT_NAME = re.compile(
    r" ?\((?:sau đây )?(?:gọi|viết)(?: tắt| chung)? là:? [\"“]?(?P<name>[^()\"“”]{2,60}?)[\"”]?\)"
)
_WINDOW = 200  # code points before a short name in which its body stands
# Công an tỉnh - Đội 7, Phòng Tham mưu
_PART_FOLLOWS = re.compile(r" ?[-–] ")
_PART = re.compile(r"(?:đội|tổ|phòng|ban|cục|vụ|văn phòng) ")


def identify_bodies(documents: Sequence[Document]) -> list[Document]:
    """Return *documents*, in their order, with ``body_id`` and ``body_level`` on every assignment.

    Level and place of the documents must be known already, as far as they can be; they tell which "Công an
    tỉnh" is meant. What is not known stays None.
    """
    return [_identified(document) for document in documents]


def _identified(document: Document) -> Document:
    if not document.assignments:
        return document
    context = context_of(document)
    identities: list[Identity | None] = []
    before: Assignment | None = None
    for row in document.assignments:
        of_before = identities[-1] if identities else None
        identities.append(_identity(row, before, of_before, document.text, context))
        before = row
    _level_lists(document.assignments, identities)
    rows = zip(document.assignments, identities, strict=True)
    return replace(document, assignments=tuple(_with_body(row, identity) for row, identity in rows))


def _with_body(row: Assignment, identity: Identity | None) -> Assignment:
    if identity is None:
        return row
    return replace(row, body_id=identity.body_id, body_level=identity.level)


def _level_lists(rows: Sequence[Assignment], identities: list[Identity | None]) -> None:
    """Give the classes of a list the level printed at its end: "Các sở, ban, ngành, đoàn thể tỉnh"."""
    for index in range(len(rows) - 2, -1, -1):
        identity, after = identities[index], identities[index + 1]
        if not (identity and after and after.qualified and _same_list(rows[index], rows[index + 1])):
            continue
        if identity.body_id.startswith("class:") and identity.level is None:
            identities[index] = replace(after, body_id=identity.body_id)


def _same_list(row: Assignment, other: Assignment) -> bool:
    return (row.provision_path, row.start, row.role) == (other.provision_path, other.start, other.role)


def _identity(
    row: Assignment, before: Assignment | None, of_before: Identity | None, text: str, context: Context
) -> Identity | None:
    """Return the identity of one member; it may be a part of the body of the row before it."""
    if before and of_before and _same_list(row, before) and _PART.match(fold(row.body)):
        whole = _whole_of(row, before, of_before.body_id, text)
        if whole:
            return Identity(f"{whole}/{key(row.body)}", of_before.level)
    return identify(row.body, context)


def _whole_of(row: Assignment, before: Assignment, body_id: str, text: str) -> str | None:
    """Return the id of the body that *row* is a part of: printed after a dash, or after another such part."""
    if _PART_FOLLOWS.fullmatch(text, before.body_end, row.body_start):
        return body_id
    whole, _, part = body_id.rpartition("/")
    return whole if part == key(before.body) and ":" in whole else None


# --- context -------------------------------------------------------------------------------------


def context_of(document: Document) -> Context:
    """Return what *document* tells about the bodies that it names without their place."""
    context = Context(document.level, document.province, document.commune)
    return replace(context, issuer=_issuer(document, context), short_names=_short_names(document.text))


def _issuer(document: Document, context: Context) -> tuple[str, str] | None:
    """Return head word and id of the issuing body: what *document* calls "Bộ" is its ministry."""
    name = document.header.issuer or ""
    identity = identify(name, context)
    if identity is None:
        return None
    head = fold(without_title(name)[0]).split()[0]
    return head, identity.body_id


def _short_names(text: str) -> tuple[tuple[str, str], ...]:
    """Return the short names that *text* declares for bodies, each with the body in full."""
    pairs = []
    for match in _SHORT_NAME.finditer(text):
        start = max(0, match.start() - _WINDOW)
        before = text[start : match.start()]
        members = [member for found in read_body_lists(before) for member in found.members]
        if members and members[-1].end == len(before):
            pairs.append((match["name"], before[members[-1].start :]))
    return tuple(pairs)
