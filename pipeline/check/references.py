"""References: issuer against symbol, dates that contradict, instruments that come too late or too early."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pipeline.check.rules import finding, shown_day
from pipeline.extract.instrument_numbers import parse_number
from pipeline.lexicon import load
from pipeline.records import Document, Finding, Reference, ReferenceRelation

_OFFICES = frozenset({"VPCP", "VPTW", "VPQH", "VPCTN"})
"""Offices (văn phòng) write in the name of the body that they serve."""
_GOVERNMENT = frozenset({"CP", "TTG"})
# "Bộ Nông nghiệp", "Bộ trưởng Bộ Lao động": a ministry, though its name be short
_MINISTRY = re.compile(r"(?:Bộ trưởng )?Bộ (?!trưởng)\w")
_MAJORITY = 2
"""Documents that must agree before the one that differs is said to stand alone."""


def reference_findings(document: Document) -> Iterator[Finding]:
    """Yield what one document's references contradict by themselves."""
    for reference in document.references:
        if reference.number and not reference.short_form:
            yield from _issuer(document, reference)
            yield from _year(document, reference)
            yield from _too_late(document, reference)
            yield from _variant(document, reference)
    yield from _homonyms(document)
    yield from _plan_order(document)


def _issuer(document: Document, reference: Reference) -> Iterator[Finding]:
    """The symbol names one body, the text another that is known too; unknown bodies are let be.

    A ministry under any name is no government: "Bộ Nông nghiệp" issues no Nghị định.
    """
    parsed = parse_number(reference.number or "")
    if parsed is None or parsed.organ is None or not reference.issuer:
        return
    organ = parsed.organ.split("-")[0]
    if organ in _OFFICES:
        return
    expected = _bodies_by_symbol().get(organ)
    printed = _known_body(reference.issuer)
    if not expected:
        return
    short_ministry = printed is None and _MINISTRY.match(reference.issuer) is not None
    if (printed and printed not in expected) or (short_ministry and organ in _GOVERNMENT):
        yield finding(
            "issuer-against-symbol",
            document.doc_id,
            reference.provision_path,
            reference.text,
            number=reference.number,
            expected=expected[0],
            printed=reference.issuer,
        )


@cache
def _bodies_by_symbol() -> dict[str, tuple[str, ...]]:
    """Return the names of central bodies by symbol; the first is the one to show."""
    names: dict[str, list[str]] = defaultdict(list)
    for entry in _central_bodies():
        for symbol in entry["symbols"]:
            names[symbol.upper()].append(str(entry["name"]))
    return {symbol: tuple(bodies) for symbol, bodies in names.items()}


@cache
def _central_bodies() -> tuple[Mapping[str, Any], ...]:
    issuers = load("issuers")
    return (*issuers["body"], *issuers["ministry"], *issuers["party"])


def _known_body(issuer: str) -> str | None:
    """Return the registry name of a printed issuer, office and term of office aside, or None.

    >>> _known_body("Bộ trưởng Bộ Công an"), _known_body("Thủ tướng Chính phủ"), _known_body("UBND tỉnh")
    ('Bộ Công an', 'Thủ tướng Chính phủ', None)
    """
    printed = issuer.lower()
    for name, spelling in _spellings():
        if printed in {spelling, f"bộ trưởng {spelling}"}:
            return name
    return None


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(entry["name"]), spelling.lower())
        for entry in _central_bodies()
        for spelling in (entry["name"], *entry.get("aliases", ()))
    )


def _year(document: Document, reference: Reference) -> Iterator[Finding]:
    parsed = parse_number(reference.number or "")
    if parsed and parsed.year and reference.issued_on and parsed.year != reference.issued_on.year:
        yield finding(
            "number-against-date",
            document.doc_id,
            reference.provision_path,
            reference.text,
            number=reference.number,
            year=parsed.year,
            date=shown_day(reference.issued_on),
        )


def _too_late(document: Document, reference: Reference) -> Iterator[Finding]:
    issued = document.header.issued_on
    if issued and reference.issued_on and reference.issued_on > issued:
        yield finding(
            "cited-before-issue",
            document.doc_id,
            reference.provision_path,
            reference.text,
            number=reference.number,
            date=shown_day(reference.issued_on),
            issued=shown_day(issued),
        )


def _variant(document: Document, reference: Reference) -> Iterator[Finding]:
    """Party numbers are NN-XX/ORGAN: ``09/CT-TW`` and ``28/NQ/TW`` are other ways of writing them."""
    parsed = parse_number(reference.number or "")
    if parsed is None or parsed.organ not in {"TW", "TƯ"} or parsed.symbol is None:
        return
    head, _, organ = (reference.number or "").rpartition("/")
    if "-" not in head or "-" in organ:
        serial, symbol = f"{parsed.serial:02}{parsed.suffix}", parsed.symbol
        yield finding(
            "writing-variant",
            document.doc_id,
            reference.provision_path,
            reference.text,
            number=reference.number,
            expected=f"{serial}-{symbol}/TW",
        )


def _homonyms(document: Document) -> Iterator[Finding]:
    keys: dict[str, dict[str, Reference]] = defaultdict(dict)
    for reference in document.references:
        if reference.number and reference.issued_on and reference.reference_key:
            keys[reference.number].setdefault(reference.reference_key, reference)
    for number, instruments in keys.items():
        if len(instruments) > 1:
            mentions = sorted(instruments.values(), key=lambda reference: reference.start)
            dates = ", ".join(shown_day(mention.issued_on) for mention in mentions if mention.issued_on)
            yield finding(
                "homonyms",
                document.doc_id,
                mentions[-1].provision_path,
                mentions[-1].text,
                number=number,
                dates=dates,
            )


def _plan_order(document: Document) -> Iterator[Finding]:
    """A plan of a local committee that is older than the ministry's, both carried out here."""
    plans = [
        reference
        for reference in document.references
        if reference.relation is ReferenceRelation.IMPLEMENTS
        and (reference.doc_type or "").lower() == "kế hoạch"
        and reference.issued_on
    ]
    central = [plan for plan in plans if _known_body(plan.issuer or "")]
    local = [plan for plan in plans if not _known_body(plan.issuer or "") and _is_local(plan)]
    for lower in local:
        for higher in central:
            if lower.issued_on and higher.issued_on and lower.issued_on < higher.issued_on:
                yield finding(
                    "plan-before-superior",
                    document.doc_id,
                    lower.provision_path,
                    lower.text,
                    lower=lower.number,
                    lower_date=shown_day(lower.issued_on),
                    higher=higher.number,
                    higher_date=shown_day(higher.issued_on),
                )


def _is_local(reference: Reference) -> bool:
    parsed = parse_number(reference.number or "")
    return parsed is not None and parsed.organ in {"UBND", "UB"}


def contradicting_dates(documents: Sequence[Document]) -> Iterator[Finding]:
    """Yield each mention whose date stands alone against the other documents of the corpus.

    Keys tell homonyms of other years apart, so two dates under one key are one instrument's.
    """
    dates: dict[str, Counter[dt.date]] = defaultdict(Counter)
    for key, date, _ in {(key, date, doc_id) for key, date, doc_id, _ in _dated(documents)}:
        dates[key][date] += 1
    for key, date, doc_id, reference in _dated(documents):
        majority, agreeing = max(dates[key].items(), key=lambda item: (item[1], item[0]))
        if date != majority and agreeing >= _MAJORITY and dates[key][date] == 1:
            yield finding(
                "two-dates",
                doc_id,
                reference.provision_path,
                reference.text,
                number=reference.number,
                date=shown_day(date),
                documents=agreeing,
                majority=shown_day(majority),
            )


def _dated(documents: Sequence[Document]) -> Iterator[tuple[str, dt.date, str, Reference]]:
    for document in documents:
        for reference in document.references:
            if reference.reference_key and reference.issued_on and not reference.short_form:
                yield reference.reference_key, reference.issued_on, document.doc_id, reference
