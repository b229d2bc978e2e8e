"""Identity of bodies: the members of ``cases/bodies/identities.toml``, lists, and the substitution map."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.bodies import find_assignments
from pipeline.lexicon import load
from pipeline.records import Document, Header, Level
from pipeline.resolve.bodies import context_of, identify_bodies, substitutes
from pipeline.resolve.body_names import identify
from pipeline.resolve.body_registry import fold, successor_field

FILE = Path(__file__).parents[1] / "cases" / "bodies" / "identities.toml"
TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))
PROVINCE = {"level": "province", "province": "Đắk Lắk"}


def cases() -> list[Any]:
    return [
        pytest.param(row, id=row.get("label", f"{row['document']}: {row['body']}")) for row in TABLES["case"]
    ]


def document(known: dict[str, str], text: str = "") -> Document:
    level = known.get("level")
    return Document(
        doc_id="x",
        text=text,
        header=Header(issuer=known.get("issuer")),
        level=Level(level) if level else None,
        province=known.get("province"),
        commune=known.get("commune"),
        assignments=tuple(find_assignments(text)),
    )


def ids(text: str) -> list[tuple[str, str | None]]:
    (found,) = identify_bodies([document(PROVINCE, text)])
    return [(row.body, row.body_id) for row in found.assignments]


@pytest.mark.parametrize("case", cases())
def test_a_member_is_the_body_that_the_document_means(case: dict[str, str]) -> None:
    found = identify(case["body"], context_of(document(TABLES["documents"][case["document"]])))
    assert (found.body_id if found else "") == case["id"]
    assert ((found and found.level) or "") == case["level"]


def test_parts_after_a_dash_belong_to_the_body_before_it() -> None:
    text = "Các xã gửi báo cáo về UBND tỉnh (qua Công an tỉnh - Đội 7, Phòng Tham mưu) trước ngày 20/10."
    assert dict(ids(text))["Đội 7"] == "province/dak-lak:cong-an/doi-7"
    assert dict(ids(text))["Phòng Tham mưu"] == "province/dak-lak:cong-an/phong-tham-muu"


def test_the_level_at_the_end_of_a_list_counts_for_its_classes() -> None:
    (found,) = identify_bodies([document(PROVINCE, "Giao các ban, ngành, đoàn thể tỉnh tổ chức thực hiện.")])
    assert {row.body_level for row in found.assignments} == {Level.PROVINCE}


def test_a_declared_short_name_means_the_full_one() -> None:
    text = (
        "Giao Ban Chỉ đạo an toàn thực phẩm tỉnh (sau đây gọi tắt là Ban Chỉ đạo) chủ trì.\n"
        "Giao Ban Chỉ đạo tổng hợp, báo cáo."
    )
    assert {body_id for _, body_id in ids(text)} == {"province/dak-lak:ban-chi-dao-an-toan-thuc-pham"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("class:cong-an", "commune/ha-noi/long-bien:cong-an"),
        ("central:bo-cong-an", "province:cong-an"),
        ("class:ministries", "class:departments"),
        ("class:ministries+sectors", "class:departments+boards+sectors"),
        ("province:ubnd", "class:commune:ubnd"),
        ("class:party-committees", "province/phu-tho:cap-uy"),
        ("class:quan-doi", "province/ha-noi:quan-su"),
        ("central:toa-an-nhan-dan-toi-cao", "province:toa-an"),
        ("central:bo-lao-dong-thuong-binh-va-xa-hoi", "province:so-noi-vu"),
    ],
)
def test_bodies_of_one_family_substitute_for_each_other(one: str, other: str) -> None:
    assert substitutes(one, other)
    assert substitutes(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("class:cong-an", "class:quan-doi"),
        ("province:so-y-te", "province:so-tai-chinh"),
        ("class:enterprises", "class:schools"),
        ("province:ubnd", "province:hdnd"),
        ("class:party-committees", "province:ubnd"),
    ],
)
def test_other_bodies_do_not(one: str, other: str) -> None:
    assert not substitutes(one, other)


def test_every_field_that_ended_has_a_successor_that_goes_on() -> None:
    for entry in load("body_registry")["successor"]:
        assert successor_field(fold(entry["into"])) == fold(entry["into"])


def test_names_of_the_registry_are_unambiguous() -> None:
    heads = [fold(head) for entry in load("body_registry")["kind"] for head in entry["heads"]]
    words = [fold(word) for entry in load("body_registry")["class"] for word in entry["words"]]
    assert len(heads) == len(set(heads))
    assert len(words) == len(set(words))


@pytest.mark.parametrize("filler", ["(sau đây gọi là ", "các sở, ", " " * 50])
def test_hostile_text_takes_linear_time(filler: str) -> None:
    text = filler * (200_000 // len(filler))
    start = time.perf_counter()
    context = context_of(Document("x", text, level=Level.PROVINCE))
    identify(text[:20_000], context)
    assert time.perf_counter() - start < 1
