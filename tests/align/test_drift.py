"""Drift between tiny documents, written as data in ``tests/cases/drift``."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.align.drift import find_drift
from pipeline.extract.bodies import find_assignments
from pipeline.extract.deadlines import find_deadlines
from pipeline.extract.references import find_references
from pipeline.lexicon import load
from pipeline.records import (
    Assignment,
    AssignmentRole,
    Document,
    Drift,
    DriftType,
    Header,
    Pair,
    PairRelation,
    Provision,
    ProvisionKind,
    ProvisionRole,
    Span,
)

CASES = Path(__file__).parents[1] / "cases" / "drift"
PARENT_NUMBER = "01/CT-BYT"


def read_cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def make_document(texts: dict[str, str], number: str | None = None) -> Document:
    """Return a document of leaf provisions, their slots found by the extractors."""
    text = "\n".join(texts.values())
    provisions = []
    for path, own in texts.items():
        start = text.index(own)
        provisions.append(
            Provision(
                path=path,
                parent_path=None,
                ordinal=len(provisions),
                depth=0,
                marker=None,
                kind=ProvisionKind.PARAGRAPH,
                role=ProvisionRole.TASK,
                text=own,
                start=start,
                end=start + len(own),
                leaf=True,
                alignable=True,
            )
        )

    def placed(slots: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            replace(slot, provision_path=provision.path)
            for slot in slots
            for provision in provisions
            if provision.start <= slot.start < provision.end
        )

    return Document(
        doc_id="document",
        text=text,
        header=Header(number=number),
        provisions=tuple(provisions),
        references=placed(find_references(text)),
        deadlines=placed(find_deadlines(text)),
        assignments=placed(find_assignments(text)),
    )


def drift_of(case: dict[str, Any]) -> tuple[Document, Document, tuple[Drift, ...]]:
    parent, local = make_document(case["parent"], PARENT_NUMBER), make_document(case["local"])
    pairs = [
        Pair(ours, theirs, PairRelation(relation), 1.0, "case") for ours, theirs, relation in case["pairs"]
    ]
    return parent, local, find_drift(parent, local, pairs)


def as_rows(drift: Sequence[Drift]) -> list[dict[str, str]]:
    rows = [
        {
            "type": row.type.value,
            "parent": row.parent_path,
            "local": row.local_path,
            "from": row.from_text,
            "to": row.to_text,
        }
        for row in drift
    ]
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


@pytest.mark.parametrize("case", [*read_cases("found"), *read_cases("no_drift")])
def test_drift_is_exactly_the_rows_of_the_case(case: dict[str, Any]) -> None:
    _, _, drift = drift_of(case)
    assert as_rows(drift) == case["drift"]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", read_cases("known_failures"))
def test_drift_known_failures(case: dict[str, Any]) -> None:
    _, _, drift = drift_of(case)
    assert as_rows(drift) == case["drift"]


@pytest.mark.parametrize("case", read_cases("found"))
def test_drift_spans_read_back_their_text(case: dict[str, Any]) -> None:
    parent, local, drift = drift_of(case)
    for row in drift:
        for document, span, text in (
            (parent, row.from_span, row.from_text),
            (local, row.to_span, row.to_text),
        ):
            if span is not None:
                assert document.text[span.start : span.end] == text


@pytest.mark.parametrize("group", ["acts", "degrees"])
def test_words_of_modality_are_of_two_syllables_in_lower_case(group: str) -> None:
    words = load("modality")[group]
    assert len(words) == len(set(words))
    assert [word for word in words if len(word.split()) != 2 or word != word.lower()] == []


def test_drift_names_the_body_that_a_heading_hands_down() -> None:
    parent = make_document({"1": "Cục An toàn thực phẩm kiểm tra bếp ăn tập thể."})
    local = make_document({"III/1": "Chi cục An toàn thực phẩm:", "III/1/-1": "Kiểm tra bếp ăn tập thể."})
    heading = local.provisions[0]
    body = Assignment(
        role=AssignmentRole.IMPLEMENT,
        text=heading.text[:-1],
        start=heading.start,
        end=heading.end - 1,
        body=heading.text[:-1],
        body_start=heading.start,
        body_end=heading.end - 1,
        rule="case",
        inherited=True,
        provision_path="III/1/-1",
    )
    pairs = [Pair("1", "III/1/-1", PairRelation.ADAPTED, 1.0, "case")]
    (row,) = find_drift(parent, replace(local, assignments=(body,)), pairs)
    assert (row.type, row.from_text) == (DriftType.BODY, "Cục An toàn thực phẩm")
    assert (row.to_text, row.to_span) == ("Chi cục An toàn thực phẩm", Span(body.start, body.end))


def test_drift_without_pairs_is_empty() -> None:
    document = make_document({"1": "Các bộ, ngành tổ chức kiểm tra."})
    assert find_drift(document, document, []) == ()


def test_drift_ignores_pairs_of_unknown_provisions() -> None:
    document = make_document({"1": "Các bộ, ngành tổ chức kiểm tra."})
    pairs = [Pair("9", "1", PairRelation.PARTIAL, 1.0, ""), Pair("1", "9", PairRelation.PARTIAL, 1.0, "")]
    assert find_drift(document, document, pairs) == ()


@pytest.mark.parametrize("text", ["", " ", "...;;;", "1.1.1.1" * 50, "ABC" * 200, "- / - /" * 50])
def test_drift_bears_texts_without_words(text: str) -> None:
    parent = make_document({"1": "Kiểm tra, giám sát việc sử dụng phụ gia thực phẩm."})
    local = make_document({"1": text})
    pairs = [Pair("1", "1", PairRelation.PARTIAL, 1.0, "")]
    find_drift(parent, local, pairs)
    find_drift(local, parent, pairs)
