"""One simulated plan: its provisions in reading order, with the truth that each carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from pipeline.lexicon import load
from pipeline.records import DocType, Level, ProvisionKind, ProvisionRole
from pipeline.simulate.operations import (
    LocalItem,
    ParentItem,
    Rates,
    answer_item,
    merge_items,
    repeat_item,
)

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Directive:
    """The real directive that plans are derived from."""

    doc_id: str
    doc_type: DocType
    citation: str
    title: str
    headings: dict[str, str]
    items: tuple[ParentItem, ...]


@dataclass(frozen=True, slots=True)
class Locality:
    """An invented place that issues a plan."""

    level: Level
    province: str
    commune: str | None
    number: str
    day: int

    @property
    def issuer(self) -> str:
        """The people's committee of the place."""
        place = self.commune or self.province
        return f"Ủy ban nhân dân {place[0].lower()}{place[1:]}"


@dataclass(frozen=True, slots=True)
class PlanProvision:
    """One provision of a plan as gold has it, and the item that it was made from."""

    path: str
    marker: str | None
    kind: ProvisionKind
    role: ProvisionRole
    text: str
    item: LocalItem | None = None


def compose_plan(directive: Directive, locality: Locality, rates: Rates, rng: Random) -> list[PlanProvision]:
    """Return the provisions of one plan: preamble, purposes, tasks, assignments, organisation."""
    words = load("simulation")
    tasks = _with_additions(_answer(directive, locality, rates, rng, organisation=False), rates, rng)
    organisation = [item for _, item in _answer(directive, locality, rates, rng, organisation=True)]
    repeats = _repeats(directive, rates, rng)
    plan = [_preamble(directive, locality)]
    plan += _section(0, rng.choice(words["purpose_headings"]), ProvisionRole.PURPOSE)
    plan += _numbered("I", [LocalItem(text, "purpose") for text in words["purposes"]], ProvisionRole.PURPOSE)
    plan += _section(1, rng.choice(words["task_headings"]), ProvisionRole.TASK)
    plan += _tasks(directive, tasks)
    if repeats:
        plan += _section(2, rng.choice(words["assignment_headings"]), ProvisionRole.ASSIGNMENT)
        plan += _assignments(locality, repeats, rng)
    last = 3 if repeats else 2
    plan += _section(last, rng.choice(words["organisation_headings"]), ProvisionRole.ORGANISATION)
    closing = organisation or [
        LocalItem("Các cơ quan, đơn vị căn cứ Kế hoạch này tổ chức thực hiện.", "closing")
    ]
    plan += _numbered(ROMAN[last], closing, ProvisionRole.ORGANISATION)
    return plan


def plan_title(directive: Directive) -> str:
    """Return the title (trích yếu) of every plan that answers *directive*."""
    return f"Thực hiện {directive.citation} {directive.title[:1].lower()}{directive.title[1:]}"


def _answer(
    directive: Directive, locality: Locality, rates: Rates, rng: Random, *, organisation: bool
) -> list[tuple[str, LocalItem]]:
    """Return the local provisions with the headings of the directive that they stand under."""
    answers = []
    for item in directive.items:
        if item.is_organisation is organisation:
            answers += [(item.heading, answer) for answer in answer_item(item, locality.level, rates, rng)]
    return _merged(answers, rates, rng)


def _merged(
    answers: Sequence[tuple[str, LocalItem]], rates: Rates, rng: Random
) -> list[tuple[str, LocalItem]]:
    merged: list[tuple[str, LocalItem]] = []
    for heading, answer in answers:
        if merged and merged[-1][0] == heading and rng.random() < rates.merge:
            merged[-1] = (heading, merge_items(merged[-1][1], answer))
        else:
            merged.append((heading, answer))
    return merged


def _with_additions(
    answers: Sequence[tuple[str, LocalItem]], rates: Rates, rng: Random
) -> list[tuple[str, LocalItem]]:
    texts: list[str] = load("simulation")["additions"]
    unused = rng.sample(texts, len(texts))
    result = list(answers)
    for heading in dict.fromkeys(heading for heading, _ in answers):
        if rng.random() < rates.addition and unused:
            last = max(index for index, (name, _) in enumerate(result) if name == heading)
            result.insert(last + 1, (heading, LocalItem(unused.pop(), "addition")))
    return result


def _repeats(directive: Directive, rates: Rates, rng: Random) -> list[LocalItem]:
    repeats = [
        repeat_item(item, rng)
        for item in directive.items
        if not item.is_organisation and rng.random() < rates.repeat
    ]
    return [item for item in repeats if item]


def _preamble(directive: Directive, locality: Locality) -> PlanProvision:
    text = f"{plan_title(directive)}; {locality.issuer} ban hành Kế hoạch thực hiện như sau:"
    return PlanProvision("pre/p1", None, ProvisionKind.PARAGRAPH, ProvisionRole.PREAMBLE, text)


def _section(index: int, heading: str, role: ProvisionRole) -> list[PlanProvision]:
    return [PlanProvision(ROMAN[index], f"{ROMAN[index]}.", ProvisionKind.SECTION, role, heading)]


def _numbered(above: str, items: Sequence[LocalItem], role: ProvisionRole) -> Iterator[PlanProvision]:
    for number, item in enumerate(items, start=1):
        path = f"{above}/{number}"
        yield PlanProvision(path, f"{number}.", ProvisionKind.NUMBERED, role, item.text, item)


def _bullets(above: str, items: Sequence[LocalItem], role: ProvisionRole) -> Iterator[PlanProvision]:
    for number, item in enumerate(items, start=1):
        yield PlanProvision(f"{above}/-{number}", "-", ProvisionKind.ITEM, role, item.text, item)


def _tasks(directive: Directive, tasks: Sequence[tuple[str, LocalItem]]) -> Iterator[PlanProvision]:
    headings = dict.fromkeys(heading for heading, _ in tasks)
    for number, heading in enumerate(headings, start=1):
        above = f"II/{number}"
        text = directive.headings[heading]
        yield PlanProvision(above, f"{number}.", ProvisionKind.NUMBERED, ProvisionRole.TASK, text)
        yield from _bullets(above, [item for name, item in tasks if name == heading], ProvisionRole.TASK)


def _assignments(locality: Locality, repeats: Sequence[LocalItem], rng: Random) -> Iterator[PlanProvision]:
    words = load("simulation")
    heads: list[str] = words[f"assignees_{locality.level}"]
    shares: dict[str, list[LocalItem]] = {}
    for item in repeats:
        shares.setdefault(rng.choice(heads), []).append(item)
    for number, (head, items) in enumerate(shares.items(), start=1):
        above = f"III/{number}"
        yield PlanProvision(above, f"{number}.", ProvisionKind.NUMBERED, ProvisionRole.ASSIGNMENT, head)
        yield from _bullets(above, items, ProvisionRole.ASSIGNMENT)
