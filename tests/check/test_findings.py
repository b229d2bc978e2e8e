"""Every rule finds what it is for and is silent about its look-alike."""

import re
from collections.abc import Callable

import pytest

from pipeline.align import align_documents
from pipeline.analyse import analyse_text
from pipeline.check import rules_markdown
from pipeline.lexicon import load
from pipeline.records import Document, Finding, Level, LocalAlignment, ManifestRow
from pipeline.resolve import resolve_corpus, resolve_document
from tests.check.whole import find_findings

DIRECTIVE = """CHỈ THỊ
Về tăng cường bảo vệ rừng
Bộ trưởng Bộ Nông nghiệp và Môi trường yêu cầu:
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Rà soát, lập hồ sơ quản lý từng lô rừng theo quy định; cập nhật diễn biến rừng hằng năm.
3. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày 15/11 hằng năm.
"""
CENTRAL = ManifestRow(level=Level.CENTRAL, number="05/CT-BNNMT")
PROVINCE = ManifestRow(level=Level.PROVINCE)
COMMUNE = ManifestRow(level=Level.COMMUNE)
TITLE = "KẾ HOẠCH\nThực hiện Chỉ thị số 05/CT-BNNMT ngày 02/6/2025 của Bộ Nông nghiệp và Môi trường\n"


def findings(**texts: tuple[str, ManifestRow]) -> list[Finding]:
    analysed = [analyse_text(text, doc_id=name, manifest=row) for name, (text, row) in texts.items()]
    documents = resolve_corpus(
        list(map(resolve_document, analysed)),
        manifest_parents={"local": "parent"} if "parent" in texts else {},
    )
    by_id = {document.doc_id: document for document in documents}
    alignments = [align(by_id, document) for document in documents if document.parent_doc_id]
    return find_findings(documents, alignments)


def test_directive_that_nobody_named_is_told() -> None:
    plan = "KẾ HOẠCH\nVề việc trồng rừng\n1. Trồng bổ sung cây bóng mát dọc các tuyến đường liên thôn."
    central = DIRECTIVE.replace("CHỈ THỊ\n", "CHỈ THỊ\nSố: 05/CT-BNNMT\n")
    found = findings(parent=(central, CENTRAL), other=(plan, PROVINCE))
    assert [(row.doc_id, row.rule) for row in found if row.rule == "parent-assumed"] == [
        ("other", "parent-assumed")
    ]


def align(by_id: dict[str, Document], local: Document) -> LocalAlignment:
    parent = by_id[str(local.parent_doc_id)]
    return LocalAlignment(parent.doc_id, local.doc_id, align_documents(parent, local))


def rules(text: str, row: ManifestRow = PROVINCE) -> set[str]:
    return {finding.rule for finding in findings(local=(text, row))}


CASES = [
    ("issuer-against-symbol", "1. Thực hiện Nghị định số 06/2014/NĐ-CP ngày 21/01/2014 của {} về an ninh.",
     "Thủ tướng Chính phủ", "Chính phủ"),
    ("issuer-against-symbol", "1. Thực hiện Nghị định số 90/2017/NĐ-CP ngày 31/7/2017 của {} về thú y.",
     "Bộ Nông nghiệp", "Chính phủ"),
    ("issuer-against-symbol", "1. Thực hiện Thông tư số 23/2012/TT-BCA ngày 27/4/2012 của {} về an ninh.",
     "Bộ Quốc phòng", "Bộ trưởng Bộ Công an"),
    ("number-against-date", "1. Thực hiện Nghị định số 06/2014/NĐ-CP ngày {} của Chính phủ.",
     "21/01/2015", "21/01/2014"),
    ("writing-variant", "1. Thực hiện Chỉ thị số {} ngày 01/12/2011 của Ban Bí thư.", "09/CT-TW", "09-CT/TW"),
    ("homonyms", "1. Thực hiện Chỉ thị số 02/CT-TTg ngày 04/7/2018 của Thủ tướng Chính phủ; Chỉ thị số "
     "{} của Thủ tướng Chính phủ.", "02/CT-TTg ngày 15/11/2019", "14/CT-TTg ngày 25/5/2018"),
    ("impossible-date", "1. Các xã báo cáo trước ngày {}/2025.", "31/6", "30/6"),
    ("impossible-date", "1. Các xã báo cáo trước ngày {} tháng 02 năm 2024.", "30", "29"),
    ("doubled-words", "1. Nâng cao ý thức cảnh giác {} phòng, chống tội phạm.",
     "trong công tác trong công tác", "trong công tác"),
    ("doubled-words", "1. Cán bộ {} rèn luyện đạo đức.", "không ngừng không ngừng", "luôn luôn"),
    ("mixed-case", "1. Sắp xếp bộ máy theo hướng “{}”.", "nhANH-gON", "Tinh - Gọn - Mạnh"),
    ("ocr-damage", "1. Hướng dẫn {} theo quy định.", "nộp thué giá trị gia tăng, bd sung đhời hạn",
     "nộp thuế giá trị gia tăng, bổ sung thời hạn"),
    ("missing-number", "1. Rà soát hồ sơ.\n2. Lập danh sách.\n{} Báo cáo kết quả.", "4.", "3."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "template", "wrong", "right"), CASES)
def test_rule_finds_the_slip_and_not_its_look_alike(rule: str, template: str, wrong: str, right: str) -> None:
    assert rule in rules(TITLE + template.format(wrong))
    assert rule not in rules(TITLE + template.format(right))


@pytest.mark.parametrize(
    "entry", [*load("checks")["missing_word"], *load("checks")["residue"]], ids=lambda entry: entry["example"]
)
def test_pattern_matches_its_example_and_not_its_counter_example(entry: dict[str, str]) -> None:
    assert re.search(entry["pattern"], entry["example"])
    assert not re.search(entry["pattern"], entry["counter_example"])


def test_residue_counts_only_below_the_level_that_speaks_so() -> None:
    text = TITLE + "1. Nhân rộng các mô hình điểm trên địa bàn tỉnh."
    assert "residue-of-superior" in rules(text, COMMUNE)
    assert "residue-of-superior" not in rules(text, PROVINCE)


@pytest.mark.parametrize(
    ("day", "rule"),
    [("trước ngày 20/11 hằng năm", "deadline-after-superior"), ("theo quy định", "deadline-left-open")],
)
def test_report_that_cannot_reach_the_superior_in_time(day: str, rule: str) -> None:
    plan = TITLE + f"1. Các xã báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường {day}."
    found = [row for row in findings(parent=(DIRECTIVE, CENTRAL), local=(plan, PROVINCE)) if row.rule == rule]
    assert [row.provision_path for row in found] == ["1"]


def test_report_before_the_superior_is_in_order() -> None:
    plan = (
        TITLE
        + "1. Các xã báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường trước ngày 30/10 hằng năm."
    )
    found = {row.rule for row in findings(parent=(DIRECTIVE, CENTRAL), local=(plan, PROVINCE))}
    assert not found & {"deadline-after-superior", "deadline-left-open"}


@pytest.mark.parametrize(("day", "late"), [("15/11", False), ("20/11", True)])
def test_the_report_that_is_asked_for_may_come_on_the_day_itself(day: str, late: bool) -> None:
    plan = (
        TITLE
        + "1. Các xã báo cáo Sở Nông nghiệp và Môi trường trước ngày 30/10 hằng năm; "
        + "Sở Nông nghiệp và Môi trường báo cáo kết quả thực hiện về "
        + f"Bộ Nông nghiệp và Môi trường trước ngày {day} hằng năm."
    )
    found = [
        row
        for row in findings(parent=(DIRECTIVE, CENTRAL), local=(plan, PROVINCE))
        if row.rule == "deadline-after-superior"
    ]
    assert [row.evidence for row in found] == ([f"trước ngày {day} hằng năm"] if late else [])


def test_one_document_against_the_majority_and_not_the_majority_against_it() -> None:
    def citing(day: str) -> tuple[str, ManifestRow]:
        return (
            f"KẾ HOẠCH\nVề an ninh\n1. Thực hiện Chỉ thị số 09/CT-TTg ngày {day} của Thủ tướng Chính phủ.",
            PROVINCE,
        )

    found = findings(a=citing("01/3/2021"), b=citing("01/3/2021"), c=citing("10/3/2021"))
    assert [row.doc_id for row in found if row.rule == "two-dates"] == ["c"]


def test_evidence_is_printed_in_the_document() -> None:
    text = TITLE + "1. Thực hiện Nghị định số 06/2014/NĐ-CP ngày 21/01/2014 của Thủ tướng Chính phủ."
    (found,) = [row for row in findings(local=(text, PROVINCE)) if row.rule == "issuer-against-symbol"]
    assert found.evidence in text
    assert "Chính phủ" in found.message_vi and "Chính phủ" in found.message_en


def test_every_rule_has_a_ground_and_two_messages_with_the_same_placeholders() -> None:
    fields: Callable[[str], set[str]] = lambda text: set(re.findall(r"{(\w+?)(?:_vi|_en)?}", text))  # noqa: E731
    for name, entry in load("rules").items():
        assert entry["ground"], name
        assert fields(entry["message_vi"]) == fields(entry["message_en"]), name


def test_documentation_names_every_rule() -> None:
    page = rules_markdown()
    assert all(f"### {name} " in page for name in load("rules"))
