"""Whole small documents: the tree, the roles, and what holds for any text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Layout
from pipeline.segment import parse_document

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases/segment/documents.toml").read_text(encoding="utf-8")
)


def _params() -> list[object]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True)] if case.get("known_failure") else [],
        )
        for case in CASES["case"]
    ]


@pytest.mark.parametrize("case", _params())
def test_parse_document_yields_the_tree(case: dict[str, str]) -> None:
    layout = parse_document(case["text"].strip("\n"))
    lines = [f"{p.path} | {p.marker or ''} | {p.role} | {p.text}" for p in layout.provisions]
    squeezed = [" ".join(line.split()) for line in lines]
    assert squeezed == [" ".join(line.split()) for line in case["tree"].strip("\n").split("\n")]


def test_misnumbered_sections_are_reported() -> None:
    layout = parse_document("1. MỤC ĐÍCH, YÊU CẦU\n1. Nâng cao.\nII. NHIỆM VỤ\n1. Trồng rừng.")
    assert layout.misnumbered == ("I",)
    assert layout.provisions[0].marker == "1."


def test_only_sentences_of_non_leaves_are_alignable() -> None:
    layout = parse_document(
        "1. Chủ động nắm tình hình, không để bị động, bất ngờ. Trong đó tập trung:\n- Tuần tra;\n"
        "2. Nâng cao nhận thức\n- Tuyên truyền."
    )
    alignable = {p.path: p.alignable for p in layout.provisions}
    assert alignable == {"1": True, "1/-1": True, "2": False, "2/-1": True}


MARKERS = [
    "I. ",
    "II. ",
    "1. ",
    "2. ",
    "1.1. ",
    "a) ",
    "b) ",
    "- ",
    "+ ",
    "Điều 1. ",
    "“",
    "”",
    "KẾ HOẠCH",
    "",
]
LINES = st.tuples(
    st.sampled_from(
        [*MARKERS, "Nơi nhận:", "KT. CHỦ TỊCH", "Kính gửi: ", "Số: 1/KH-UBND", "PHỤ LỤC I", "1 | "]
    ),
    st.text(max_size=12),
)


def _check_guarantees(text: str, layout: Layout) -> None:
    paths = [p.path for p in layout.provisions]
    assert len(paths) == len(set(paths))
    covered = [(span.start, span.end) for span in layout.furniture]
    for provision in layout.provisions:
        assert text[provision.start : provision.end] == provision.text
        before = text[: provision.start].rstrip().rstrip("|").rstrip()
        marker = provision.marker or ""
        assert before.endswith(marker)
        start = len(before) - len(marker) if marker else provision.start
        covered.append((start, provision.end))
    position = 0
    for start, end in sorted(covered):
        assert not text[position:start].strip()
        assert start >= position
        position = max(position, end)
    assert not text[position:].strip()


@given(st.lists(LINES, max_size=25))
@settings(max_examples=120, deadline=None)
def test_parse_document_loses_no_character(parts: list[tuple[str, str]]) -> None:
    text = "\n".join(marker + words for marker, words in parts)
    _check_guarantees(text, parse_document(text))


def test_parts_of_an_attachment_stand_below_it() -> None:
    text = "QUYẾT ĐỊNH\nVề thủ tục\nĐiều 1. Công bố.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n"
    text += "PHỤ LỤC\nTHỦ TỤC NỘI BỘ\nPHẦN I. DANH MỤC\n1. Đo đạc.\nPHẦN II. NỘI DUNG\n1. Trình tự."
    paths = [provision.path for provision in parse_document(text).provisions]
    assert paths == ["dieu-1", "PL", "PL/phan-I", "PL/phan-I/1", "PL/phan-II", "PL/phan-II/1"]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_parse_document_takes_any_text(text: str) -> None:
    _check_guarantees(text, parse_document(text))


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "1.1",
        "1.\n",
        "- a\n",
        "“a\n",
        "A. B\n",
        "1. A B\nII. C D\n",
        "a) x:\n1. y:\n",
        "Số: ",
        "x | ",
        "a; - ",
        "CONG E 1OI CHU NGHIA\n",
        "nqay 1 thanq 1 nam \n",
        "/A-A \n",
    ],
)
def test_parse_document_takes_linear_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.perf_counter()
    parse_document(text)
    assert time.perf_counter() - started < 3
