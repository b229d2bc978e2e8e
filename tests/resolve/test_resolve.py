"""Identity of instruments, targets in the corpus, and the choice of the parent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.extract.references import find_references
from pipeline.records import DocType, Document, Header, Level, ParentBasis, ReferenceRelation
from pipeline.resolve import (
    citations,
    missing_instruments,
    resolve_corpus,
    resolve_document,
    resolve_references,
)
from pipeline.resolve.keys import identity_of

DIRECTIVE = "Chỉ thị số 6/CT-BYT ngày 7/5/2025 của Bộ Y tế"
NO_HEADER = Header()
OLD_DIRECTIVE = "Chỉ thị số 7/CT-BYT ngày 15/8/2014 của Bộ Y tế"


def document(
    doc_id: str, title: str, body: str = "", header: Header = NO_HEADER, level: Level = Level.PROVINCE
) -> Document:
    text = f"{title}\n{body}"
    found = find_references(text, title_end=len(title))
    references = tuple(replace(reference, provision_path="title") for reference in found)
    return Document(doc_id, text, header=header, level=level, references=references)


def directive(doc_id: str = "bo", body: str = "") -> Document:
    header = Header(doc_type=DocType.DIRECTIVE, number="06/CT-BYT", issued_on=dt.date(2025, 5, 7))
    return document(doc_id, "Về nâng cao chất lượng", body, header, Level.CENTRAL)


def keys(text: str) -> list[str | None]:
    (resolved,) = resolve_references([document("a", "", text)])
    return [reference.reference_key for reference in resolved.references]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("09-CT/TW", "09/CT-TW"),
        ("28/NQ/TW", "28/NQ-TW"),
        ("28/NQ/TW", "28-NQ/TW"),
        ("6/CT-TTg", "06/CT-TTG"),
        ("204 / 2004 / NĐ - CP", "204/2004/NĐ-CP"),
    ],
)
def test_variants_of_one_number_share_a_key(one: str, other: str) -> None:
    assert identity_of(one, None, None) == identity_of(other, None, None) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("3/HĐ-UBND", "3/HD-UBND"), ("30a/NQ-CP", "30/NQ-CP"), ("6/CT-BYT", "6/CT-BYT-K2")]
)
def test_other_numbers_have_other_keys(one: str, other: str) -> None:
    assert identity_of(one, None, None) != identity_of(other, None, None)


def test_homonyms_of_two_years_have_two_keys() -> None:
    found = keys(
        "Chỉ thị số 2/CT-TTg ngày 4/7/2018; Chỉ thị số 2/CT-TTg ngày 15/11/2019; Chỉ thị số 2/CT-TTg"
    )
    assert found == ["CT|02|TTG|2018", "CT|02|TTG|2019", "CT|02|TTG"]


def test_a_mention_without_date_takes_the_only_year_that_is_known() -> None:
    assert keys("Chỉ thị số 48-CT/TW ngày 22/10/2010; Chỉ thị số 48/CT-TW") == ["CT|48|TW|2010"] * 2


def test_local_numbers_carry_the_day() -> None:
    assert keys("Kế hoạch số 191/KH-UBND ngày 18/7/2025") == ["KH|191|UBND|2025-07-18"]


def test_a_law_by_name_has_the_key_of_its_number() -> None:
    assert keys("Luật Cư trú (Luật số 68/2020/QH14); Luật Cư trú") == ["L|68|QH14|2020"] * 2


def test_a_mention_never_means_an_instrument_issued_later() -> None:
    newer = document("moi", "", "Luật Cư trú (Luật số 68/2020/QH14); Chỉ thị số 5/CT-TTg ngày 1/2/2020")
    older = document("cu", "", "Luật Cư trú; Chỉ thị số 5/CT-TTg", Header(issued_on=dt.date(2014, 1, 1)))
    resolved = resolve_references([newer, older])
    assert [r.reference_key for r in resolved[1].references] == ["L|luật cư trú", "CT|05|TTG"]


def test_what_has_neither_number_nor_name_has_no_key() -> None:
    assert keys("theo Nghị định của Chính phủ quy định về hội") == [None]


def test_targets_are_documents_of_the_corpus() -> None:
    plan = document("ke-hoach", f"Triển khai {DIRECTIVE}", "1. Phổ biến Chỉ thị 6/CT-BYT.")
    resolved = resolve_references([directive(), plan])
    assert [reference.target_doc_id for reference in resolved[1].references] == ["bo", "bo"]


def test_two_documents_of_one_identity_leave_the_mention_unlinked() -> None:
    plan = document("ke-hoach", f"Triển khai {DIRECTIVE}")
    resolved = resolve_references([directive("bo-1"), directive("bo-2"), plan])
    assert resolved[2].references[0].target_doc_id is None


def parents(*documents: Document, manifest: dict[str, str | None] | None = None) -> dict[str, object]:
    resolved = resolve_corpus(list(map(resolve_document, documents)), manifest_parents=manifest or {})
    return {d.doc_id: (d.parent_doc_id, d.parent_basis) for d in resolved if d.parent_doc_id}


def test_parent_by_implementing() -> None:
    plan = document("ke-hoach", f"Triển khai {DIRECTIVE}")
    assert parents(directive(), plan) == {"ke-hoach": ("bo", ParentBasis.IMPLEMENTS)}


def test_parent_by_succession() -> None:
    successor = directive(body=f"Chỉ thị này thay thế {OLD_DIRECTIVE}.")
    plan = document("ke-hoach", f"Triển khai {OLD_DIRECTIVE}")
    other = document("bo-2", "Về việc khác", "", Header(doc_type=DocType.DIRECTIVE), Level.CENTRAL)
    assert parents(successor, plan, other) == {"ke-hoach": ("bo", ParentBasis.SUCCESSION)}


def test_parent_by_assumption_only_of_the_only_central_directive() -> None:
    local = document("tinh", "Về đẩy mạnh phong trào")
    assert parents(directive(), local) == {"tinh": ("bo", ParentBasis.ASSUMED)}
    assert parents(directive("bo-1"), directive("bo-2"), local) == {}


def test_the_manifest_wins_and_an_unknown_parent_is_passed_over() -> None:
    plan = document("ke-hoach", f"Triển khai {DIRECTIVE}")
    local = document("tinh", "Về đẩy mạnh phong trào")
    named = parents(directive(), plan, local, manifest={"ke-hoach": "tinh", "tinh": "nowhere"})
    assert named == {"ke-hoach": ("tinh", ParentBasis.MANIFEST), "tinh": ("bo", ParentBasis.ASSUMED)}


def test_no_choice_closes_a_cycle() -> None:
    def plan(doc_id: str, number: str, title: str) -> Document:
        header = Header(doc_type=DocType.PLAN, number=number, issued_on=dt.date(2025, 1, 1))
        return document(doc_id, title, "", header)

    one = plan("a", "1/KH-BYT", "Triển khai Kế hoạch số 2/KH-BYT ngày 1/1/2025")
    two = plan("b", "2/KH-BYT", "Triển khai Kế hoạch số 1/KH-BYT ngày 1/1/2025")
    assert parents(one, two) == {"a": ("b", ParentBasis.IMPLEMENTS)}


def test_citations_count_mentions_per_relation() -> None:
    plan = document("ke-hoach", f"Triển khai {DIRECTIVE}", "1. Phổ biến Chỉ thị 6/CT-BYT và Luật Giá.")
    edges = citations(resolve_references([directive(), plan]))
    assert [(e.reference_key, e.target_doc_id, e.relation, e.mentions) for e in edges] == [
        ("CT|06|BYT|2025", "bo", ReferenceRelation.IMPLEMENTS, 2),
        ("L|luật giá", None, ReferenceRelation.CITES, 1),
    ]


def test_missing_instruments_name_who_waits() -> None:
    plans = [document(doc_id, f"Triển khai {OLD_DIRECTIVE}") for doc_id in ("b", "a")]
    assert missing_instruments(resolve_references(plans)) == {"CT|07|BYT|2014": ("a", "b")}
