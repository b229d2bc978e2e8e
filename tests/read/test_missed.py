"""Ink without words: noticed, read once more, and reported where nothing comes out."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.read import missed
from pipeline.read.missed import missed_areas, with_missed_lines
from pipeline.read.tesseract import Word

LINES = (100, 200, 300)


def picture() -> Image.Image:
    """A page of three lines, drawn as rows of uprights."""
    page = Image.new("L", (1000, 500), 255)
    draw = ImageDraw.Draw(page)
    for top in LINES:
        for left in range(100, 900, 12):
            draw.rectangle((left, top, left + 4, top + 40), fill=0)
    return page


def line(top: int, number: int, confidence: float = 95.0, text: str = "Rà soát hồ sơ") -> list[Word]:
    places = range(100, 900, 200)
    return [
        Word(word, confidence, left, top, left + 195, top + 40, number)
        for word, left in zip(text.split(), places, strict=True)
    ]


@pytest.mark.parametrize(("read", "areas"), [(LINES, 0), (LINES[:2], 1), (LINES[1:2], 2), ((), 3)])
def test_lines_without_words_are_counted(read: tuple[int, ...], areas: int) -> None:
    words = [word for number, top in enumerate(read) for word in line(top, number)]
    assert missed_areas(words, picture()) == areas


def test_specks_are_no_ink() -> None:
    page = Image.new("L", (1000, 500), 255)
    for at in range(0, 1000, 7):
        page.putpixel((at, at // 2), 0)
    assert missed_areas([], page) == 0


@pytest.mark.parametrize(("confidence", "found"), [(90.0, 3), (40.0, 2)])
def test_missed_line_is_read_once_more(
    monkeypatch: pytest.MonkeyPatch, confidence: float, found: int
) -> None:
    known = (*line(100, 0), *line(300, 1))
    again = (*line(100, 0), *line(200, 1, confidence), *line(300, 2))
    monkeypatch.setattr(missed, "recognise_picture", lambda *args, **options: again)
    words = with_missed_lines(known, picture(), 1.0)
    assert len({word.line for word in words}) == found
    assert words[: len(known)] == known


def test_page_without_missed_lines_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known = tuple(word for number, top in enumerate(LINES) for word in line(top, number))
    monkeypatch.setattr(missed, "recognise_picture", None)
    assert with_missed_lines(known, picture(), 1.0) == known
