"""What a locality does to the items of a directive: keep, reword, localise, shorten, split, merge, drop.

Every operation returns the text and what it did, so that the truth is recorded where it is made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from pipeline.lexicon import load
from pipeline.records import DriftType, Level, PairRelation

CLAUSE_END = re.compile(r"(?<=[;.]) (?=\w)")
_DAY = re.compile(r"ngày (\d{1,2})/(\d{1,2})")


@dataclass(frozen=True, slots=True)
class ParentItem:
    """One item of the directive; ``heading`` is the path of the numbered heading over it."""

    path: str
    text: str
    heading: str
    is_organisation: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One drift that an operation made."""

    type: DriftType
    parent_path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class LocalItem:
    """One local provision, the items that it answers, and how it came about."""

    text: str
    operation: str
    links: tuple[tuple[str, PairRelation], ...] = ()
    changes: tuple[Change, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each operation is chosen, and how often each change is made on top; all in [0, 1]."""

    keep: float = 0.36
    reword: float = 0.18
    localise: float = 0.16
    shorten: float = 0.10
    split: float = 0.05
    drop: float = 0.15
    merge: float = 0.05
    repeat: float = 0.15
    shift_deadline: float = 0.6
    add_reference: float = 0.08
    misquote: float = 0.1
    addition: float = 0.25


def operation_rates(rates: Rates) -> list[float]:
    """Return how often each operation is chosen for an item; all 0 leaves nothing to choose."""
    return [getattr(rates, name) for name in _OPERATIONS]


def answer_item(item: ParentItem, level: Level, rates: Rates, rng: Random) -> list[LocalItem]:
    """Return the local provisions that answer *item*; none where it is dropped."""
    operation = rng.choices(list(_OPERATIONS), operation_rates(rates))[0]
    answers = _OPERATIONS[operation](item, level, rng)
    if rng.random() < rates.shift_deadline:
        answers = [_shift_deadline(answer, item.path, rng) for answer in answers]
    if answers and rng.random() < rates.add_reference:
        answers[0] = _add_reference(answers[0], item.path, rates, rng)
    return answers


def repeat_item(item: ParentItem, rng: Random) -> LocalItem | None:
    """Return a shorter repetition of *item* for an assignee's section, or None where it has one clause."""
    clauses = CLAUSE_END.split(item.text)
    if len(clauses) < 2:
        return None
    return LocalItem(_sentence(rng.choice(clauses)), "repeat", ((item.path, PairRelation.PARTIAL),))


def merge_items(first: LocalItem, second: LocalItem) -> LocalItem:
    """Return both provisions as one."""
    return LocalItem(
        f"{first.text.rstrip('.;')}. {second.text}",
        "merge",
        tuple((path, _at_most_adapted(relation)) for path, relation in (*first.links, *second.links)),
        (*first.changes, *second.changes),
    )


def _at_most_adapted(relation: PairRelation) -> PairRelation:
    return PairRelation.ADAPTED if relation is PairRelation.VERBATIM else relation


def _keep(item: ParentItem, level: Level, rng: Random) -> list[LocalItem]:
    return [LocalItem(item.text, "keep", ((item.path, PairRelation.VERBATIM),))]


def _reword(item: ParentItem, level: Level, rng: Random) -> list[LocalItem]:
    text = item.text
    pairs: Sequence[tuple[str, str]] = load("simulation")["synonyms"]
    for one, other in pairs:
        if one in text and rng.random() < 0.7:
            text = text.replace(one, other, 1)
    return [LocalItem(text, "reword", ((item.path, _relation(item.text, text)),))]


def _localise(item: ParentItem, level: Level, rng: Random) -> list[LocalItem]:
    text, changes = item.text, []
    for body in load("simulation")["bodies"]:
        if body["central"] in text:
            text = text.replace(body["central"], body[level], 1)
            changes.append(Change(DriftType.BODY, item.path, body["central"], body[level]))
    relation = _relation(item.text, text)
    return [LocalItem(text, "localise", ((item.path, relation),), tuple(changes))]


def _shorten(item: ParentItem, level: Level, rng: Random) -> list[LocalItem]:
    clauses = CLAUSE_END.split(item.text)
    if len(clauses) < 2:
        return _reword(item, level, rng)
    gone = clauses.pop(rng.randrange(len(clauses)))
    change = Change(DriftType.SCOPE_DROPPED, item.path, gone.rstrip(".;"), None)
    text = _sentence(" ".join(clauses))
    return [LocalItem(text, "shorten", ((item.path, PairRelation.PARTIAL),), (change,))]


def _split(item: ParentItem, level: Level, rng: Random) -> list[LocalItem]:
    clauses = CLAUSE_END.split(item.text)
    if len(clauses) < 2:
        return _reword(item, level, rng)
    middle = rng.randrange(1, len(clauses))
    halves = (" ".join(clauses[:middle]), " ".join(clauses[middle:]))
    return [LocalItem(_sentence(half), "split", ((item.path, PairRelation.PARTIAL),)) for half in halves]


def _drop(item: ParentItem, level: Level, rng: Random) -> list[LocalItem]:
    return []


_OPERATIONS = {
    "keep": _keep,
    "reword": _reword,
    "localise": _localise,
    "shorten": _shorten,
    "split": _split,
    "drop": _drop,
}


def _shift_deadline(answer: LocalItem, parent_path: str, rng: Random) -> LocalItem:
    match = _DAY.search(answer.text)
    if match is None or "trước" not in answer.text[: match.start()]:
        return answer
    due = dt.date(2001, int(match[2]), int(match[1])) - dt.timedelta(days=rng.choice((5, 10, 15, 26, 31)))
    shifted = f"ngày {due.day:02}/{due.month:02}"
    text = answer.text.replace(match[0], shifted, 1)
    change = Change(DriftType.DEADLINE, parent_path, match[0], shifted)
    links = tuple((path, _at_most_adapted(relation)) for path, relation in answer.links)
    return replace(answer, text=text, links=links, changes=(*answer.changes, change))


def _add_reference(answer: LocalItem, parent_path: str, rates: Rates, rng: Random) -> LocalItem:
    doc_type, number, date, issuer = rng.choice(load("simulation")["instruments"])
    issued_on = dt.date.fromisoformat(date)
    if rng.random() < rates.misquote:
        issued_on = issued_on.replace(year=issued_on.year - 1)
    printed = f"{doc_type} số {number} ngày {issued_on:%d/%m/%Y} của {issuer}"
    change = Change(DriftType.REFERENCE, parent_path, None, printed)
    text = f"{answer.text.rstrip('.;')} theo {printed}."
    links = tuple((path, _at_most_adapted(relation)) for path, relation in answer.links)
    return replace(answer, text=text, links=links, changes=(*answer.changes, change))


def _relation(before: str, after: str) -> PairRelation:
    return PairRelation.VERBATIM if before == after else PairRelation.ADAPTED


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".;") + "."
