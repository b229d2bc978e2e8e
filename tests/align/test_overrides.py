"""A person's decisions win, keep the tables in step, and never pass in silence where they do not apply."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.align import align_documents
from pipeline.align.overrides import COLUMNS, apply_overrides, place_overrides, read_overrides
from pipeline.analyse import analyse_text
from pipeline.errors import UsageError
from pipeline.records import Alignment, CoverageStatus, Document, PairRelation, Reject

PARENT = """CHỈ THỊ
Về tăng cường bảo vệ rừng
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Rà soát, lập hồ sơ quản lý từng lô rừng theo quy định; cập nhật diễn biến rừng hằng năm.
3. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày 15/11 hằng năm.
"""
LOCAL = """KẾ HOẠCH
Thực hiện Chỉ thị về tăng cường bảo vệ rừng
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Các xã báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường trước ngày 30/10 hằng năm.
3. Trồng bổ sung cây bóng mát dọc các tuyến đường liên thôn.
"""


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [replace(analyse_text(text), doc_id=doc_id) for doc_id, text in (("ct", PARENT), ("kh", LOCAL))]


@pytest.fixture(scope="module")
def computed(documents: list[Document]) -> Alignment:
    return align_documents(*documents)


class Desk:
    """Writes rows as a reviewer would, and applies them."""

    def __init__(self, folder: Path, documents: list[Document], computed: Alignment) -> None:
        self.file = folder / "overrides.csv"
        self.documents = documents
        self.computed = computed

    def decide(self, *rows: str) -> tuple[Alignment, list[Reject]]:
        self.file.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
        overrides, bad = read_overrides(self.file)
        compared, elsewhere = place_overrides(overrides, {"ct": None, "kh": "ct"})
        alignment, rejects = apply_overrides(*self.documents, self.computed, compared.get("kh", ()))
        return alignment, [*bad, *elsewhere, *rejects]


@pytest.fixture
def desk(tmp_path: Path, documents: list[Document], computed: Alignment) -> Desk:
    return Desk(tmp_path, documents, computed)


def statuses(alignment: Alignment) -> dict[str, str]:
    return {row.parent_path: str(row.status) for row in alignment.coverage}


def links(alignment: Alignment) -> set[tuple[str, str]]:
    return {(pair.parent_path, pair.local_path) for pair in alignment.pairs}


def test_the_model_alone_finds_what_the_decisions_below_change(computed: Alignment) -> None:
    assert links(computed) == {("1", "1"), ("3", "2")}
    assert statuses(computed)["2"] == "dropped"
    assert computed.additions == ("3",)


def test_no_rows_change_nothing(desk: Desk, computed: Alignment) -> None:
    assert desk.decide() == (computed, [])


def test_added_pair_covers_the_item_and_ends_the_addition(desk: Desk) -> None:
    alignment, rejects = desk.decide("ct,2,kh,3,pair,partial,Lan,2025-12-01,same plots")
    assert not rejects
    assert links(alignment) == {("1", "1"), ("2", "3"), ("3", "2")}
    (row,) = [row for row in alignment.coverage if row.parent_path == "2"]
    assert (row.status, row.source, row.local_paths) == (CoverageStatus.PARTIAL, "override", ("3",))
    assert row.evidence == "decided by Lan on 2025-12-01: same plots"
    assert alignment.additions == ()


def test_removed_pair_drops_the_item_its_drift_and_makes_an_addition(desk: Desk) -> None:
    alignment, rejects = desk.decide("ct,3,kh,2,pair,none,Lan,,")
    assert not rejects
    assert links(alignment) == {("1", "1")}
    assert statuses(alignment)["3"] == "dropped"
    assert alignment.additions == ("2", "3")
    assert not [row for row in alignment.drift if row.parent_path == "3"]


def test_a_heading_is_no_addition_where_something_else_was_decided(
    tmp_path: Path, documents: list[Document]
) -> None:
    headed = analyse_text(LOCAL.replace("\n1. ", "\nI. NHIỆM VỤ TRỌNG TÂM\n1. "))
    pair = [documents[0], replace(headed, doc_id="kh")]
    computed = align_documents(*pair)
    alignment, rejects = Desk(tmp_path, pair, computed).decide("ct,3,kh,I/2,pair,none,Lan,,")
    assert not rejects
    assert alignment.additions == ("I/2", "I/3")


def test_status_replaces_that_of_the_model_and_leaves_the_links(desk: Desk) -> None:
    alignment, rejects = desk.decide("ct,1,kh,,status,partial,Lan,,")
    assert not rejects
    assert statuses(alignment)["1"] == "partial"
    assert ("1", "1") in links(alignment)


def test_status_dropped_takes_the_links_away(desk: Desk) -> None:
    alignment, _ = desk.decide("ct,1,kh,,status,dropped,,,")
    assert links(alignment) == {("3", "2")}
    (row,) = [row for row in alignment.coverage if row.parent_path == "1"]
    assert (row.score, row.local_paths) == (0.0, ())


def test_status_of_a_dropped_item_links_the_provision_that_it_names(desk: Desk) -> None:
    alignment, rejects = desk.decide("ct,2,kh,3,status,adapted,Lan,,")
    assert not rejects
    (pair,) = [pair for pair in alignment.pairs if pair.parent_path == "2"]
    assert (pair.local_path, pair.relation, pair.score) == ("3", PairRelation.ADAPTED, 1.0)


def test_untouched_rows_stay_those_of_the_model(desk: Desk) -> None:
    alignment, _ = desk.decide("ct,2,kh,3,status,adapted,Lan,,")
    assert {row.parent_path for row in alignment.coverage if row.source == "model"} == {"1", "3"}


def test_questions_nobody_answered_and_further_columns_are_no_decisions(desk: Desk) -> None:
    desk.file.write_text(
        ",".join([*COLUMNS, "why"]) + "\nct,2,kh,3,status,,,,,near\nct,1,kh,,status,partial,,,,far\n",
        encoding="utf-8-sig",
    )
    overrides, rejects = read_overrides(desk.file)
    assert [(row.line, row.value) for row in overrides] == [(3, "partial")]
    assert not rejects


@pytest.mark.parametrize(
    ("rows", "reason", "detail"),
    [
        (["ct,1,hue,,status,dropped,,,"], "override_unknown_document", "line 2: hue is not in the corpus"),
        (["kh,1,ct,,status,dropped,,,"], "override_not_compared", "line 2: ct is not compared with kh"),
        (["ct,9,kh,,status,dropped,,,"], "override_unknown_path", "line 2: ct has no item 9"),
        (["ct,1,kh,9,pair,partial,,,"], "override_unknown_path", "line 2: kh has no provision 9"),
        (["ct,2,kh,,status,adapted,,,"], "override_without_link", "line 2: nothing is linked to 2"),
        (["ct,1,kh,1,pair,kept,,,"], "override_cell", "line 2: 'kept' is no pair; write one of"),
        (["ct,1,kh,1,link,none,,,"], "override_cell", "line 2: kind 'link' is neither pair nor status"),
        (["ct,1,kh,,pair,none,,,"], "override_cell", "line 2: local_path must be given for a pair"),
        (
            ["ct,1,kh,1,pair,none,,12/1/2025,"],
            "override_cell",
            "line 2: date '12/1/2025' is not written like",
        ),
    ],
)
def test_a_row_that_cannot_be_applied_is_named(
    desk: Desk, computed: Alignment, rows: list[str], reason: str, detail: str
) -> None:
    alignment, (reject,) = desk.decide(*rows)
    assert alignment == computed
    assert (reject.source_path, reject.reason) == ("overrides.csv", reason)
    assert reject.detail.startswith(detail)


@pytest.mark.parametrize(
    "rows",
    [
        ("ct,1,kh,,status,dropped,Lan,,", "ct,1,kh,,status,partial,Minh,,"),
        ("ct,2,kh,3,pair,none,Lan,,", "ct,2,kh,3,pair,adapted,Minh,,"),
        ("ct,1,kh,,status,dropped,Lan,,", "ct,1,kh,2,pair,partial,Minh,,"),
        ("ct,2,kh,3,status,adapted,Lan,,", "ct,2,kh,3,pair,none,Minh,,"),
    ],
    ids=["two statuses", "two pairs", "dropped yet linked", "kept by what is not linked"],
)
def test_of_two_rows_that_contradict_neither_is_applied(
    desk: Desk, computed: Alignment, rows: tuple[str, str]
) -> None:
    alignment, rejects = desk.decide(*rows)
    assert alignment == computed
    assert [reject.reason for reject in rejects] == ["override_contradiction"] * 2


def test_the_same_row_twice_is_no_contradiction(desk: Desk) -> None:
    alignment, rejects = desk.decide(*["ct,1,kh,,status,partial,Lan,,"] * 2)
    assert not rejects
    assert statuses(alignment)["1"] == "partial"


def test_a_spreadsheet_with_a_decimal_comma_parts_cells_by_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(";".join(COLUMNS) + "\r\nct;1;kh;;status;partial;Lan;;a, b\r\n", encoding="utf-8-sig")
    ([row], rejects) = read_overrides(path)
    assert (row.value, row.reason, rejects) == ("partial", "a, b", [])


def test_the_guide_says_what_to_do_about_every_reject() -> None:
    guide = Path("docs/annotation.md").read_text(encoding="utf-8")
    source = Path("pipeline/align/overrides.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r'"(override_\w+)"', source))
    assert len(reasons) == 6
    assert not [reason for reason in reasons if f"`{reason}`" not in guide]


@pytest.mark.parametrize("content", [b"parent_doc_id,parent_path\n", "giá trị\n".encode("utf-16")])
def test_a_file_that_is_no_table_of_decisions_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "overrides.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"overrides\.csv"):
        read_overrides(path)
