"""The truth of a simulated plan in the annotation format.

Layers that the operations do not know are null, which evaluation reads as "not annotated".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.annotations import GoldDocument, parent_path
from pipeline.lexicon import load
from pipeline.records import CoverageStatus, DriftType, PairRelation, ProvisionRole
from pipeline.simulate.plan import Directive, Locality, PlanProvision

Row = dict[str, Any]
Link = tuple[str, str, PairRelation, str]
"""Path of the item, path of the local provision, relation, operation."""

_OPERATIVE = {ProvisionRole.TASK, ProvisionRole.ORGANISATION, ProvisionRole.ASSIGNMENT}


def gold_document(
    doc_id: str, directive: Directive, locality: Locality, plan: Sequence[PlanProvision], parent: GoldDocument
) -> Row:
    """Return the annotation file of one plan."""
    return {
        "simulated": True,
        "document": {
            "doc_id": doc_id,
            "doc_type": "plan",
            "number": None,
            "issued_on": None,
            "issuer": locality.issuer,
            "level": str(locality.level),
            "title": f"Thực hiện {directive.citation}",
            "signer": "Nguyễn Văn Mẫu",
            "signer_title": "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
            "recipients": ["Như trên", "Lưu: VT"],
        },
        "provisions": _provisions(plan),
        "references": list(_references(directive, plan, parent)),
        "deadlines": list(_deadlines(plan, parent)),
        "bodies": None,
    }


def gold_alignment(directive: Directive, plan: Sequence[PlanProvision]) -> Row:
    """Return the annotation file of one pair of documents."""
    links = [
        (path, provision.path, relation, provision.item.operation)
        for provision in plan
        if provision.item
        for path, relation in provision.item.links
    ]
    return {
        "simulated": True,
        "pairs": [
            {"parent": parent, "local": local, "relation": str(relation)}
            for parent, local, relation, _ in links
        ],
        "coverage": [
            {"parent": item.path, "status": str(_status(item.path, links)), "note": "simulated"}
            for item in directive.items
        ],
        "added": [
            provision.path
            for provision in plan
            if provision.item and not provision.item.links and provision.role in _OPERATIVE
        ],
        "drift": list(_drift(plan)),
    }


def _status(path: str, links: Sequence[Link]) -> CoverageStatus:
    """Return what the union of the linked provisions keeps: the halves of a split item make it whole."""
    answers = [(relation, operation) for parent, _, relation, operation in links if parent == path]
    relations = {relation for relation, _ in answers}
    if not answers:
        return CoverageStatus.DROPPED
    if PairRelation.VERBATIM in relations:
        return CoverageStatus.VERBATIM
    is_whole = PairRelation.ADAPTED in relations or "split" in {operation for _, operation in answers}
    return CoverageStatus.ADAPTED if is_whole else CoverageStatus.PARTIAL


def _provisions(plan: Sequence[PlanProvision]) -> list[Row]:
    paths = {provision.path for provision in plan}
    parents = {parent_path(path, paths) for path in paths}
    return [
        {
            "path": provision.path,
            "marker": provision.marker,
            "kind": str(provision.kind),
            "role": str(provision.role),
            "text": provision.text,
            "leaf": provision.path not in parents,
        }
        for provision in plan
    ]


def _references(directive: Directive, plan: Sequence[PlanProvision], parent: GoldDocument) -> Iterator[Row]:
    document = parent.document
    for place in ("title", "pre/p1"):
        yield _reference(
            place, "Chỉ thị", document["number"], document["issued_on"], document["issuer"], "implements"
        )
    for provision in plan:
        if provision.item:
            yield from _carried(provision, parent.references or ())
            yield from _inserted(provision)


def _carried(provision: PlanProvision, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the references of the directive whose printed words still stand in the provision."""
    for row in rows:
        if row["text"] in provision.text:
            yield row | {"provision": provision.path}


def _inserted(provision: PlanProvision) -> Iterator[Row]:
    for doc_type, number, _date, issuer in load("simulation")["instruments"]:
        _, printed, after = provision.text.partition(f"{doc_type} số {number} ngày ")
        if printed:
            day, month, year = after[:10].split("/")
            date = dt.date(int(year), int(month), int(day)).isoformat()
            yield _reference(provision.path, doc_type, number, date, issuer, "cites")


def _reference(provision: str, doc_type: str, number: str, issued_on: str, issuer: str, relation: str) -> Row:
    return {
        "provision": provision,
        "text": f"{doc_type} số {number}",
        "doc_type": doc_type,
        "number": number,
        "issued_on": issued_on,
        "issuer": issuer,
        "relation": relation,
        "short_form": False,
    }


def _deadlines(plan: Sequence[PlanProvision], parent: GoldDocument) -> Iterator[Row]:
    """Yield the deadlines of the directive that the provisions keep, on the day to which they moved."""
    for provision in plan:
        if provision.item is None:
            continue
        text = provision.text.lower()
        for row in parent.deadlines or ():
            moved = _moved(row, provision)
            if moved["text"].lower() in text and row["provision"] in {
                path for path, _ in provision.item.links
            }:
                yield moved | {"provision": provision.path}


def _moved(row: Row, provision: PlanProvision) -> Row:
    for change in provision.item.changes if provision.item else ():
        if change.type is DriftType.DEADLINE and change.before and change.before in row["text"]:
            day, month = (int(part) for part in (change.after or "").removeprefix("ngày ").split("/"))
            text = row["text"].replace(change.before, change.after or "")
            return row | {"text": text, "rrule": f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"}
    return row


def _drift(plan: Iterable[PlanProvision]) -> Iterator[Row]:
    for provision in plan:
        for change in provision.item.changes if provision.item else ():
            yield {
                "parent": change.parent_path,
                "local": provision.path,
                "type": str(change.type),
                "from": change.before,
                "to": change.after,
            }
