"""How texts are read for comparison: masks, abbreviations, clauses, grams."""

from typing import Any

import pytest

from pipeline import lexicon
from pipeline.align.grams import declared_abbreviations, grams, read_clauses, read_syllables
from pipeline.align.masks import mask
from pipeline.align.terms import known_abbreviations


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("theo Chỉ thị số 17/CT-TTg ngày 13/4/2020.", "theo ."),
        ("thực hiện Quyết định này", "thực hiện"),
        ("báo cáo Sở Nông nghiệp và Môi trường, Ủy ban nhân dân tỉnh", "báo cáo ,"),
        ("Giám đốc Sở Y tế chỉ đạo", "chỉ đạo"),
        ("trước ngày 25 tháng 12 năm 2024", "trước"),
        ("Công an các tỉnh, thành phố trực thuộc Trung ương rà soát", "rà soát"),
        ("theo Luật của Quốc hội về lâm nghiệp", "theo của về lâm nghiệp"),
        ("theo quy định tại khoản 1 Điều 4", "theo quy định tại"),
        ("cơ sở dữ liệu (sau đây gọi tắt là cơ sở)", "cơ sở dữ liệu"),
        ("theo hướng dẫn của Bộ Y tế", "theo hướng dẫn của"),
        ("Kế hoạch tổ chức lễ hội", "Kế hoạch tổ chức lễ hội"),
        ("phong trào “Xanh, sạch, đẹp”", "phong trào “Xanh, sạch, đẹp”"),
        ("xây dựng nông thôn mới", "xây dựng nông thôn mới"),
        ("tỷ lệ 3/4 số hộ", "tỷ lệ số hộ"),
        ("trước ngày Quyết định này có hiệu lực thi hành", "trước"),
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành", "có hiệu lực kể từ"),
        ("khi thi hành công vụ", "khi thi hành công vụ"),
        ("Ban hành kèm theo Quyết định này Quy chế", "Quy chế"),
        ("Trên đây là Kế hoạch trồng rừng của tỉnh, các sở báo cáo", ", các sở báo cáo"),
        (
            "Bãi bỏ quy chế. Các hội chịu trách nhiệm thi hành Quyết định này",
            "Bãi bỏ quy chế. trách nhiệm thi hành",
        ),
        ("Hộ có các điều kiện sau đây:", "Hộ có các điều kiện :"),
        ("sau khi kiểm tra: báo cáo", "sau khi kiểm tra: báo cáo"),
    ],
)
def test_mask_takes_out_what_localising_swaps(text: str, left: str) -> None:
    assert mask(text).split() == left.split()


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("an toàn thực phẩm (ATTP)", {"attp": ("an", "toàn", "thực", "phẩm")}),
        ("quản lý thuế (xem phụ lục)", {}),
        ("Bộ Y tế (ABC)", {}),
        ("(ATTP)", {}),
    ],
)
def test_abbreviations_count_where_declared(text: str, declared: dict[str, tuple[str, ...]]) -> None:
    assert declared_abbreviations(text) == declared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà giải ở cơ sở", "hòa giải ở cơ sở"),
        ("Uỷ ban, UBND", "ủy ban; ủy ban nhân dân"),
        ("ĐẢM BẢO hàng năm", "bảo đảm hằng năm"),
    ],
)
def test_syllables_are_equal_in_two_spellings(one: str, other: str) -> None:
    assert read_syllables(one, known_abbreviations()) == read_syllables(other, known_abbreviations())


@pytest.mark.parametrize(("one", "other"), [("đề án", "dự án"), ("hợp đồng", "hội đồng"), ("ma", "má")])
def test_syllables_differ_in_meaning(one: str, other: str) -> None:
    assert read_syllables(one, {}) != read_syllables(other, {})


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Rà soát hộ nghèo đa chiều; hỗ trợ sửa nhà dột nát.", 2),
        ("Rà soát; hỗ trợ sửa nhà dột nát.", 1),
        ("Rà soát hộ nghèo theo chuẩn mới, tổ chức trao quà tận nhà.", 2),
        ("Rà soát hộ nghèo, hộ cận nghèo, người có công.", 1),
        ("", 1),
    ],
)
def test_clauses_end_at_stops_and_before_new_verbs(text: str, clauses: int) -> None:
    assert len(read_clauses(text, {})) == clauses


def test_grams_hold_the_concept_behind_other_words() -> None:
    assert "@inspect" in grams(("giám", "sát", "thi", "công"))
    assert "@inspect" in grams(("thanh", "tra", "đột", "xuất"))
    assert "@inspect" not in grams(("giám", "định", "thi", "công"))


@pytest.mark.parametrize("concept", lexicon.load("terms")["concept"], ids=lambda concept: concept["name"])
def test_every_concept_is_found_in_its_example(concept: dict[str, Any]) -> None:
    found = frozenset().union(*map(grams, read_clauses(concept["example"], {})))
    assert f"@{concept['name']}" in found


def test_no_phrase_belongs_to_two_concepts() -> None:
    phrases = [phrase for concept in lexicon.load("terms")["concept"] for phrase in concept["phrases"]]
    assert len(phrases) == len(set(phrases))
