"""Alignment of tiny families, written as data in ``tests/cases/align``, and what holds for any input."""

import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.align import align_documents, family_statistics
from pipeline.align.scoring import SIGNALS
from pipeline.analyse import analyse_text
from pipeline.records import (
    CoverageStatus,
    Document,
    Header,
    Provision,
    ProvisionKind,
    ProvisionRole,
)

CASES = Path(__file__).parents[1] / "cases" / "align"


def read_cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def make_document(texts: dict[str, str], title: str | None = None) -> Document:
    """Return a document of leaf tasks."""
    text = "\n".join(texts.values())
    provisions = []
    start = 0
    for ordinal, (path, own) in enumerate(texts.items()):
        provisions.append(
            Provision(
                path=path,
                parent_path=None,
                ordinal=ordinal,
                depth=0,
                marker=None,
                kind=ProvisionKind.NUMBERED,
                role=ProvisionRole.TASK,
                text=own,
                start=start,
                end=start + len(own),
                leaf=True,
                alignable=True,
            )
        )
        start += len(own) + 1
    return Document("made-up", text, header=Header(title=title), provisions=tuple(provisions))


def _first_as(document: Document, **changes: Any) -> Document:
    first, *others = document.provisions
    return replace(document, provisions=(replace(first, **changes), *others))


def check(case: dict[str, Any]) -> None:
    found = align_documents(make_document(case["parent"], case["title"]), make_document(case["local"]))
    links = {(pair.parent_path, pair.local_path, pair.relation.value) for pair in found.pairs}
    assert links == {tuple(row) for row in case["pairs"]}
    dropped = [row.parent_path for row in found.coverage if row.status is CoverageStatus.DROPPED]
    assert dropped == case["dropped"]
    assert list(found.additions) == case["added"]


@pytest.fixture
def family() -> tuple[Document, Document]:
    case = read_cases("families")[0].values[0]
    assert isinstance(case, dict)
    return make_document(case["parent"], case["title"]), make_document(case["local"])


@pytest.mark.parametrize("case", read_cases("families"))
def test_align_finds_links_and_what_is_missing(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", read_cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_align_known_failures(case: dict[str, Any]) -> None:
    check(case)


def test_align_a_document_with_itself_is_verbatim(family: tuple[Document, Document]) -> None:
    parent, _ = family
    found = align_documents(parent, parent)
    assert {row.status for row in found.coverage} == {CoverageStatus.VERBATIM}
    assert found.additions == ()


def test_align_names_the_nearest_provision_of_a_dropped_item(family: tuple[Document, Document]) -> None:
    dropped = [row for row in align_documents(*family).coverage if row.status is CoverageStatus.DROPPED]
    assert dropped
    assert all(row.nearest_path and row.nearest_score is not None and row.evidence for row in dropped)


def test_align_evidence_says_what_was_shared(family: tuple[Document, Document]) -> None:
    pair = align_documents(*family).pairs[0]
    signals, words = pair.evidence.split("; + ")
    assert {signal.split()[0] for signal in signals.split(", ")} <= set(SIGNALS)
    assert "tập huấn" in words
    assert "@" not in words


def test_align_evidence_of_a_dropped_item_is_that_for_the_nearest(family: tuple[Document, Document]) -> None:
    parent, local = family
    dropped = [row for row in align_documents(parent, local).coverage if row.status is CoverageStatus.DROPPED]
    assert all(row.evidence.startswith("≈ ") for row in dropped)
    alone = align_documents(parent, replace(local, provisions=()))
    assert {row.evidence for row in alone.coverage} == {"∅"}


@pytest.mark.parametrize(
    ("role", "links"), [(ProvisionRole.RULE, [("1", "1")]), (ProvisionRole.TASK, [])], ids=["rule", "task"]
)
def test_align_lets_aims_answer_rules_alone(role: ProvisionRole, links: list[tuple[str, str]]) -> None:
    text = "Nhà nước hỗ trợ, cộng đồng giúp đỡ, hộ nghèo tự sửa chữa nhà ở."
    parent = _first_as(make_document({"1": text, "2": "Bộ Y tế kiểm tra bếp ăn."}), role=role)
    local = _first_as(make_document({"1": text, "2": "Sở Y tế rà soát chợ."}), role=ProvisionRole.PURPOSE)
    assert [(pair.parent_path, pair.local_path) for pair in align_documents(parent, local).pairs] == links


def test_align_links_lead_ins_but_never_counts_them() -> None:
    text = "Hộ nghèo sống trong nhà tạm, nhà dột nát được hỗ trợ với các mức như sau:"
    lead_in = _first_as(
        make_document({"1": text, "2": "Kiểm tra bếp ăn tập thể."}), leaf=False, alignable=False
    )
    found = align_documents(lead_in, lead_in)
    assert ("1", "1") in {(pair.parent_path, pair.local_path) for pair in found.pairs}
    assert [row.parent_path for row in found.coverage] == ["2"]


def test_align_does_not_miss_the_name_of_who_is_told() -> None:
    duty = "lập danh sách hộ nghèo khó khăn về nhà ở, niêm yết công khai tại nhà văn hóa"
    directive = f"CHỈ THỊ\nVề nhà ở\n1. Các địa phương {duty}.\n2. Trồng cây xanh ven đường."
    plan = f"KẾ HOẠCH\nVề nhà ở\n1. Phòng Kinh tế {duty}.\n2. Trồng cây xanh ven đường."
    (row, _) = align_documents(directive, plan).coverage
    assert (row.status, row.evidence) == (CoverageStatus.ADAPTED, "100%; − ∅")


def test_align_gives_the_same_with_statistics_made_before(family: tuple[Document, Document]) -> None:
    parent, local = family
    assert align_documents(parent, local, statistics=family_statistics(parent)) == align_documents(
        parent, local
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_align_takes_texts_as_it_takes_documents(end: str) -> None:
    texts = (
        "CHỈ THỊ\nVề an toàn thực phẩm\n1. Kiểm tra bếp ăn tập thể.\n2. Xây dựng chợ kiểu mẫu.\n",
        "KẾ HOẠCH\nVề an toàn thực phẩm\n1. Tổ chức kiểm tra các bếp ăn tập thể hằng quý.\n",
    )
    parent, local = map(analyse_text, texts)
    assert align_documents(*(text.replace("\n", end) for text in texts)) == align_documents(parent, local)
    assert align_documents(parent, local).pairs


def test_align_does_not_depend_on_the_order_of_local_provisions(family: tuple[Document, Document]) -> None:
    parent, local = family
    turned = replace(local, provisions=local.provisions[::-1])
    scores, again = (
        {(pair.parent_path, pair.local_path, pair.score) for pair in align_documents(parent, one).pairs}
        for one in (local, turned)
    )
    assert scores == again


@pytest.mark.parametrize("empty", ["parent", "local", "both"])
def test_align_bears_documents_without_provisions(family: tuple[Document, Document], empty: str) -> None:
    parent, local = family
    parent = replace(parent, provisions=()) if empty != "local" else parent
    local = replace(local, provisions=()) if empty != "parent" else local
    found = align_documents(parent, local)
    assert found.pairs == ()
    assert all(row.nearest_path is None for row in found.coverage)
    assert len(found.coverage) == len(parent.provisions)


@pytest.mark.parametrize("text", ["", ".", " ; ; ", "Ủy ban nhân dân tỉnh.", "Nghị định số 15/2018/NĐ-CP"])
def test_align_bears_provisions_that_say_nothing(family: tuple[Document, Document], text: str) -> None:
    parent, _ = family
    assert align_documents(parent, make_document({"1": text})).pairs == ()
    assert align_documents(make_document({"1": text}), parent).pairs == ()


@pytest.mark.parametrize(
    "text", [" " * 300_000, "1.1" * 100_000, "và " * 100_000, "Sở " * 60_000, "“" * 200_000, "số 1/" * 50_000]
)
def test_align_takes_linear_time_on_hostile_text(family: tuple[Document, Document], text: str) -> None:
    parent, _ = family
    start = time.perf_counter()
    align_documents(parent, make_document({"1": text}))
    assert time.perf_counter() - start < 2
