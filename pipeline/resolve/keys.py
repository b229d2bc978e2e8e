"""Identity of instruments: one key for all the ways of writing one document, another for its homonyms.

A key is ``TYPE|serial|organ|year``: ``CT|09|TW|2011`` for 09-CT/TW and 09/CT-TW of 2011. Numbering restarts
every year, so the year is part of it; local bodies number by themselves (every province has its 191/KH-UBND),
so theirs carry the whole date. A law known by name alone is ``L|name|year``. What is unknown is left out.
Imports ``records``, ``lexicon`` and ``extract``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.extract.instrument_numbers import InstrumentNumber, name_of, parse_number
from pipeline.lexicon import load
from pipeline.records import DocType, Document, Reference

_YEAR_IN_NAME = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an instrument: ``stem``, and the year or day that tells homonyms apart."""

    stem: str
    time: str | None

    @property
    def key(self) -> str:
        """The canonical key; without time where none is known."""
        return f"{self.stem}|{self.time}" if self.time else self.stem


def identity_of(number: str | None, issued_on: dt.date | None, doc_type: str | None) -> Identity | None:
    """Return the identity of an instrument with this *number*, or None where the number says too little.

    *doc_type*, the Vietnamese word, stands in where the number names no type (29/2018/QH14).

    >>> identity_of("09-CT/TW", dt.date(2011, 12, 1), "Chỉ thị").key
    'CT|09|TW|2011'
    >>> identity_of("09/CT-TW", None, "Chỉ thị").key
    'CT|09|TW'
    >>> identity_of("191/KH-UBND", dt.date(2025, 7, 18), "Kế hoạch").key
    'KH|191|UBND|2025-07-18'
    """
    parsed = parse_number(number) if number else None
    if parsed is None or parsed.organ is None:
        return None
    symbol = parsed.symbol or symbol_of(doc_type)
    stem = "|".join(part for part in (symbol, f"{parsed.serial:02d}{parsed.suffix}", parsed.organ) if part)
    return Identity(stem, _time(parsed, issued_on))


def _time(number: InstrumentNumber, issued_on: dt.date | None) -> str | None:
    if number.year is None and issued_on and is_local(number.organ):
        return issued_on.isoformat()
    year = number.year or (issued_on.year if issued_on else None)
    return str(year) if (year and not is_local(number.organ)) or number.year else None


def symbol_of(doc_type: str | None) -> str | None:
    """Return the abbreviation of a word for an instrument, or None; laws have ``L``.

    >>> symbol_of("Nghị quyết"), symbol_of("Luật")
    ('NQ', 'L')
    """
    return _symbols().get((doc_type or "").lower())


@cache
def _symbols() -> dict[str, str]:
    symbols = {e["word"]: e["symbols"][0].upper() for e in load("document_types")["type"] if e["symbols"]}
    return symbols | {"luật": "L", "bộ luật": "L"}


def is_local(organ: str | None) -> bool:
    """Return whether *organ*, as in a number, is one that every province, district or commune has.

    >>> is_local("UBND-KT"), is_local("BCA-V05")
    (True, False)
    """
    return organ is not None and organ.split("-")[0] not in _central_symbols()


@cache
def _central_symbols() -> frozenset[str]:
    issuers = load("issuers")
    named = (entry for kind in ("body", "ministry", "party") for entry in issuers[kind])
    terms = {f"{body}{term}" for body in ("QH", "UBTVQH", "QHK", "UBTVQHK") for term in range(1, 31)}
    return frozenset({symbol.upper() for entry in named for symbol in entry["symbols"]} | terms)


# --- keys of a corpus ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """The times at which instruments of one stem are known, and the numbers of laws known by name."""

    times: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    laws: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, reference: Reference) -> None:
        identity = identity_of(reference.number, reference.issued_on, reference.doc_type)
        if identity is None:
            return
        if identity.time:
            self.times[identity.stem].add(identity.time)
        if (name := name_of(reference)) is not None and " " in name:
            self.laws[name].add(identity.key)

    def key(self, reference: Reference) -> str | None:
        """Return the key of *reference* if what is known here settles it, else None."""
        identity = identity_of(reference.number, reference.issued_on, reference.doc_type)
        if identity is None:
            laws = self.laws.get(name_of(reference) or "", set())
            return next(iter(laws)) if len(laws) == 1 and reference.issued_on is None else None
        if identity.time:
            return identity.key
        times = self.times.get(identity.stem, set())
        return f"{identity.stem}|{next(iter(times))}" if len(times) == 1 else None


def key_references(documents: Sequence[Document]) -> list[Document]:
    """Return *documents* with ``reference_key`` set on their references.

    A mention without a date takes the year that its own document gives that number elsewhere, else the one
    that the corpus gives it; where there are two, the key has no year. An instrument without a number has a
    key only if it is a law.
    """
    corpus = _Known()
    for document in documents:
        _learn(corpus, document.references)
        _learn_identity(corpus, document)
    return [_keyed(document, corpus) for document in documents]


def _keyed(document: Document, corpus: _Known) -> Document:
    own = _Known()
    _learn(own, document.references)
    references = tuple(
        replace(reference, reference_key=_key(reference, own, corpus, document.header.issued_on))
        for reference in document.references
    )
    return replace(document, references=references)


def _key(reference: Reference, own: _Known, corpus: _Known, cited_on: dt.date | None) -> str | None:
    if key := own.key(reference):
        return key
    # what is issued later than the citing document cannot be what that document means
    key = corpus.key(reference)
    later = key is not None and cited_on is not None and _year_of(key) > cited_on.year
    return key if key is not None and not later else _bare_key(reference)


def _year_of(key: str) -> int:
    return int(key.rpartition("|")[2][:4])


def _learn(known: _Known, references: Iterable[Reference]) -> None:
    for reference in references:
        known.add(reference)


def _learn_identity(known: _Known, document: Document) -> None:
    identity = document_identity(document)
    if identity is not None and identity.time:
        known.times[identity.stem].add(identity.time)


def _bare_key(reference: Reference) -> str | None:
    identity = identity_of(reference.number, reference.issued_on, reference.doc_type)
    if identity is not None:
        return identity.key
    name = name_of(reference)
    if name is None or reference.doc_type is None or name == reference.doc_type.lower():
        return None
    printed_year = _YEAR_IN_NAME.search(reference.text)
    year = str(reference.issued_on.year) if reference.issued_on else printed_year and printed_year.group()
    return "|".join(
        part for part in (symbol_of(reference.doc_type) or reference.doc_type, name, year) if part
    )


def document_identity(document: Document) -> Identity | None:
    """Return the identity of *document* itself, from number and date of its header."""
    header = document.header
    word = _word_of(header.doc_type) if header.doc_type else None
    return identity_of(header.number, header.issued_on, word)


@cache
def _word_of(doc_type: str) -> str | None:
    if doc_type == DocType.OTHER:
        return None
    words = [entry["word"] for entry in load("document_types")["type"] if entry["type"] == doc_type]
    return words[0] if words else None
