"""Scans: pictures made ready, and recognised for real where tesseract is installed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import UnreadableFile
from pipeline.read import tesseract
from pipeline.read.image import read_image
from pipeline.read.images import find_rules, prepare, skew
from pipeline.read.ink import upright_strokes
from pipeline.read.limits import Limits
from pipeline.read.line_starts import reconsider, with_dash, with_number, without_specks, without_stray_marks
from pipeline.read.ocr import ScannedPage
from pipeline.read.tesseract import Word
from pipeline.read.word_places import POINT, pieces_of
from pipeline.records import Doubt

FONTS = [
    Path("/usr/share/fonts/truetype") / name
    for name in (
        "dejavu/DejaVuSerif.ttf",
        "noto/NotoSerif-Regular.ttf",
        "liberation2/LiberationSerif-Regular.ttf",
    )
]
FONT = next((font for font in FONTS if font.is_file()), None)
NEEDS_TESSERACT = pytest.mark.skipif(
    shutil.which("tesseract") is None or FONT is None,
    reason="needs the packages tesseract-ocr, tesseract-ocr-vie and fonts-dejavu-core",
)

TEXT = ["CHỈ THỊ", "1. Công an các đơn vị, địa phương", "- báo cáo kết quả về Bộ Công an."]


def page(lines: list[str], size: tuple[int, int] = (1240, 500)) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), 36) if FONT else None
    for number, text in enumerate(lines):
        draw.text((80, 60 + 80 * number), text, fill="black", font=font)
    return picture


def encoded(picture: Image.Image, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format=kind)
    return stream.getvalue()


@NEEDS_TESSERACT
def test_picture_is_recognised_and_kept(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    limits = Limits(cache_dir=tmp_path)
    data = encoded(page(TEXT))
    read = read_image(data, "image/png", limits, lambda done, total: steps.append((done, total)))
    assert [line for line in read.pages[0].split("\n") if line] == TEXT
    assert (read.text_source, read.paged, steps) == ("ocr", True, [(0, 1), (1, 1)])
    [kept] = tmp_path.iterdir()
    stamp = kept.stat().st_mtime_ns
    assert read_image(data, "image/png", limits, lambda done, total: None) == read
    assert kept.stat().st_mtime_ns == stamp


def test_missing_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    tesseract.version.cache_clear()
    with pytest.raises(UnreadableFile, match="tesseract-ocr-vie") as caught:
        read_image(encoded(page([])), "image/png", Limits(), lambda done, total: None)
    tesseract.version.cache_clear()
    assert caught.value.reason == "missing_tool"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(encoded(page([]))[:200], "truncated", id="cut off"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"x" * 100, "truncated", id="not a picture"),
        pytest.param(encoded(Image.new("1", (20_000, 20_000))), "too_large", id="too many dots"),
    ],
)
@NEEDS_TESSERACT
def test_unusable_picture_is_rejected_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_image(data, "image/png", Limits(), lambda done, total: None)
    assert caught.value.reason == reason


def bars(angle: float) -> Image.Image:
    picture = Image.new("L", (700, 900), 255)
    draw = ImageDraw.Draw(picture)
    for top in range(100, 800, 40):
        draw.rectangle((80, top, 620, top + 12), fill=0)
    return picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("angle", [-3.0, 0.7])
def test_skew_is_found_and_put_right(angle: float) -> None:
    assert skew(bars(angle)) == pytest.approx(-angle, abs=0.2)


def test_seal_fades_and_letters_under_it_stay() -> None:
    picture = page([], (1700, 2200))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 500, 900, 900), fill=(200, 30, 45))
    draw.rectangle((600, 600, 700, 620), fill="black")
    prepared = prepare(picture)
    factor = prepared.width / picture.width
    assert prepared.getpixel((round(800 * factor), round(800 * factor))) > 200
    assert prepared.getpixel((round(650 * factor), round(610 * factor))) < 60


def test_rules_of_a_table_are_found_and_letters_are_none() -> None:
    picture = page(TEXT if FONT else [], (1240, 900)).convert("L")
    draw = ImageDraw.Draw(picture)
    for y in (400, 600):
        draw.line((100, y, 1100, y), fill=0, width=3)
    draw.line((100, 400, 100, 600), fill=0, width=3)
    horizontal, vertical = find_rules(picture)
    assert {round(rule.at / 10) * 10 for rule in horizontal} == {400, 600}
    assert {round(rule.at / 10) * 10 for rule in vertical} == {100}


def word(text: str, confidence: float, left: int, top: int, right: int, bottom: int, line: int = 0) -> Word:
    return Word(text, confidence, left, top, right, bottom, line)


@pytest.mark.parametrize(
    ("text", "box", "read"),
    [
        ("¬", (10, 30, 25, 35), "-"),
        (":", (10, 30, 25, 35), "-"),
        ("_", (10, 0, 12, 60), "_"),
        ("h", (10, 30, 25, 35), "-"),
        ("a", (10, 20, 25, 35), "a"),
    ],
)
def test_flat_mark_at_the_start_of_a_line_is_a_dash(
    text: str, box: tuple[int, int, int, int], read: str
) -> None:
    line = [word(text, 20, *box), word("Giao", 95, 160, 10, 260, 50)]
    assert with_dash(line)[0].text == read


@pytest.mark.parametrize(
    ("first", "confidence", "again", "sure", "read"),
    [
        ("L.", 50, "I.", 84, "I."),
        ("I.", 70, "II", 64, "II."),
        ("2.", 60, "7.", 79, "7."),
        ("|", 10, "I", 70, "I"),
        ("2.", 96, "7.", 79, "2."),
        ("II.", 73, "II.", 13, "II."),
        ("lễ", 15, "I.", 84, "I."),
        ("TM.", 96, "1.", 90, "TM."),
        ("L.", 50, "..", 90, "L."),
        ("L.", 50, None, 0, "L."),
    ],
)
def test_doubtful_number_is_read_again(
    first: str, confidence: float, again: str | None, sure: float, read: str
) -> None:
    line = [word(first, confidence, 0, 0, 30, 40), word("MỤC", 96, 90, 0, 150, 40)]
    assert with_number(line, lambda start, end: (again or "", sure))[0].text == read


@pytest.mark.parametrize(
    ("first", "left", "read"), [("ở:", 120, "3."), ("ở:", 50, "ở:"), ("đ)", 120, "đ)"), ("Các", 120, "Các")]
)
def test_what_stands_off_like_a_marker_is_read_again(first: str, left: int, read: str) -> None:
    line = [word(first, 60, 0, 0, 30, 40), word("Chủ", 96, left, 0, left + 60, 40)]
    assert with_number(line, lambda start, end: ("3.", 90))[0].text == read


def test_parts_of_a_number_before_a_heading_become_one_word() -> None:
    line = [word("II.", 75, 0, 0, 30, 40), word("ˆ", 60, 34, 0, 40, 9), word("MỤC", 96, 90, 0, 150, 40)]
    read = with_number(line, lambda start, end: ("III", 90 if (len(start), end) == (2, 90) else 0))
    assert [part.text for part in read] == ["III.", "MỤC"]


@pytest.mark.parametrize("strokes", [1, 2, 3])
def test_strokes_of_roman_ones_are_counted(strokes: int) -> None:
    picture = Image.new("L", (120, 60), 255)
    draw = ImageDraw.Draw(picture)
    for n in range(strokes):
        draw.rectangle((10 + 22 * n, 10, 26 + 22 * n, 13), fill=0)
        draw.rectangle((15 + 22 * n, 10, 21 + 22 * n, 50), fill=0)
    draw.rectangle((16 + 22 * strokes, 45, 21 + 22 * strokes, 50), fill=0)
    assert upright_strokes(picture) == (strokes, True)
    draw.rectangle((16 + 22 * strokes, 45, 21 + 22 * strokes, 50), fill=255)
    assert upright_strokes(picture) == (strokes, False)
    draw.rectangle((80, 10, 112, 50), fill=0)
    assert upright_strokes(picture)[0] == 0


@pytest.mark.parametrize(("width", "height", "found"), [(16, 5, True), (5, 16, False), (90, 5, False)])
def test_dash_that_was_passed_over_is_put_back(width: int, height: int, found: bool) -> None:
    picture = Image.new("L", (600, 100), 255)
    ImageDraw.Draw(picture).rectangle((100, 50, 99 + width, 49 + height), fill=0)
    line = [word("Giao", 96, 240, 30, 330, 70), word("Sở", 96, 340, 30, 390, 70)]
    assert ([part.text for part in reconsider(line, picture, 1)] == ["-", "Giao", "Sở"]) is found


def test_dirt_is_left_out_and_punctuation_stays() -> None:
    words = [word(text, conf, 0, 0, 9, 9) for text, conf in [("_", 10), ("ˆ", 80), ("-", 90), ("a", 5)]]
    assert [kept.text for kept in without_specks(words)] == ["-", "a"]


def test_base_line_is_seen_under_words_without_tails() -> None:
    places = [
        ("ngày", 110),
        ("trong", 110),
        ("các", 100),
        ("năm", 100),
        ("và", 100),
        ("việc", 110),
        ("sơ", 100),
    ]
    words = [word(text, 96, 60 * n, 60, 60 * n + 50, bottom) for n, (text, bottom) in enumerate(places)]
    assert {round(piece.base / POINT) for piece in pieces_of(words)} == {100}


def test_marks_above_letters_are_no_line() -> None:
    text = [word("đầu", 96, 0, 100, 60, 140), word("tư", 96, 70, 100, 110, 140)]
    marks = [word("Ũ", 25, 0, 90, 12, 98, 1), word("2", 90, 80, 90, 90, 98, 1)]
    dash = [word("-", 90, 0, 160, 14, 165, 2)]
    assert without_stray_marks([text, marks, text, text, dash]) == [text, text, text, dash]


def test_dark_middle_of_a_seal_is_no_rule() -> None:
    picture = Image.new("L", (1200, 900), 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((100, 100, 500, 500), fill=0)
    draw.rectangle((100, 700, 900, 704), fill=0)
    horizontal, vertical = find_rules(picture)
    assert {rule.at for rule in horizontal} == {700, 701, 702, 703, 704}
    assert vertical == []


def test_doubtful_lines_are_reported_not_swallowed() -> None:
    words = (
        word("Nhân", 20, 0, 0, 50, 40),
        word("dân", 30, 60, 0, 90, 40),
        word("rõ", 96, 0, 80, 50, 120, 1),
    )
    assert ScannedPage(words).doubts(3) == [Doubt(3, "Nhân dân", 0.25)]
    assert ScannedPage(()).confidence == 0.0


def test_doubtful_words_in_a_row_are_reported_where_the_rest_of_the_line_is_sure() -> None:
    sure = [
        word(text, 96, 60 * n, 0, 60 * n + 50, 40) for n, text in enumerate(["Giao", "Công", "an", "tỉnh"])
    ]
    seal = [word(text, 20, 300 + 60 * n, 0, 350 + 60 * n, 40) for n, text in enumerate(["chứ", "tí", "phôi"])]
    assert ScannedPage((*sure, *seal)).doubts(1) == [Doubt(1, "chứ tí phôi", 0.2)]
    assert ScannedPage((*sure, *seal[:2])).doubts(1) == []
