"""Level and place of documents, and the gazetteer behind them."""

from __future__ import annotations

import datetime as dt
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon import load
from pipeline.nlp import places as generator
from pipeline.records import Closing, Document, Header, Level
from pipeline.resolve.place_names import current_communes, current_province, province_named
from pipeline.resolve.places import locate, with_places
from pipeline.resolve.units import read_units

FILE = Path(__file__).parents[1] / "cases" / "places" / "documents.toml"
LEXICON = Path(generator.__file__).parents[1] / "lexicon"


def cases() -> list[Any]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def document(row: dict[str, Any]) -> Document:
    issued_on = dt.date.fromisoformat(row["issued_on"]) if "issued_on" in row else None
    header = Header(
        issued_on=issued_on, place=row.get("place"), issuer=row.get("issuer"), title=row.get("title")
    )
    closing = Closing(recipients=tuple(row.get("recipients", ())), signer_title=row.get("signer_title"))
    return Document("x", row.get("text", ""), header=header, closing=closing)


@pytest.mark.parametrize("case", cases())
def test_a_document_is_where_its_words_say(case: dict[str, Any]) -> None:
    found = locate(document(case))
    assert (found.level or "") == case["level"]
    assert (found.province or "") == case.get("province", "")
    assert (found.commune or "") == case.get("commune", "")


def test_evidence_names_the_words() -> None:
    found = locate(document({"issuer": "Ủy ban nhân dân tỉnh Phú Thọ"}))
    assert found.evidence == (
        "level: issuer Ủy ban nhân dân tỉnh Phú Thọ",
        "province: issuer Ủy ban nhân dân tỉnh Phú Thọ",
    )


def test_what_is_known_already_stands() -> None:
    known = Document("x", "", header=Header(issuer="Ủy ban nhân dân tỉnh Phú Thọ"), province="Hưng Yên")
    filled = with_places(known)
    assert (filled.level, filled.province) == (Level.PROVINCE, "Hưng Yên")


def test_a_level_that_is_known_finds_the_place() -> None:
    known = Document("x", "Thực hiện trên địa bàn tỉnh Phú Thọ.", level=Level.PROVINCE)
    assert with_places(known).province == "Phú Thọ"


def test_a_central_document_gets_no_province() -> None:
    document = Document("x", "", header=Header(issuer="Bộ Y tế", place="Hà Nội"))
    assert with_places(document).province is None


def test_there_are_34_provinces_made_of_63() -> None:
    provinces = load("places")["province"]
    assert len(provinces) == 34
    assert sum(len(entry["former"]) for entry in provinces.values()) == 63
    assert {kind for entry in provinces.values() for kind in [entry["kind"]]} == {"tỉnh", "thành phố"}


def test_every_variant_is_a_variant_of_a_province() -> None:
    for variant, name in load("place_variants")["province"].items():
        assert province_named(name) == name
        assert province_named(variant) == name


def test_former_provinces_lead_to_those_of_today() -> None:
    assert current_province("Bình Dương") == "Hồ Chí Minh"
    assert current_province("Đà Lạt") is None


def test_a_divided_commune_has_several_heirs() -> None:
    assert current_communes("Hà Nội", "Quận Ba Đình", "Phường Xã Không Có") == ()
    divided = load("former_places")
    several = [
        (province, district, entry.partition(">")[0])
        for province, districts in divided.items()
        for district, communes in districts.items()
        for entry in communes.split("|")
        if communes.count(f"{entry.partition('>')[0]}>") > 1
    ]
    assert several
    assert len(current_communes(*several[0])) > 1


def test_the_lexicons_are_what_the_generator_writes() -> None:
    assert (LEXICON / "places.toml").read_text(encoding="utf-8") == generator.places_toml()
    assert (LEXICON / "former_places.toml").read_text(encoding="utf-8") == generator.former_places_toml()


@pytest.mark.parametrize("filler", ["xã ", "các thành phố A - ", " ", "tỉnh Phú Thọ "])
def test_hostile_text_takes_linear_time(filler: str) -> None:
    text = filler * (1_000_000 // len(filler))
    start = time.perf_counter()
    sum(1 for _ in read_units(text))
    assert time.perf_counter() - start < 2
