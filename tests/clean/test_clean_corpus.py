"""The gold of the corpus is the target of cleaning: every provision stands verbatim in the clean text."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean_text, explain
from pipeline.clean.syllables import is_syllable

ROOT = Path(__file__).parents[2]
GOLD = sorted(path for path in (ROOT / "annotations").glob("*.json") if path.stem != "baseline")


def raw_text(doc_id: str) -> str:
    return (ROOT / "corpus" / f"{doc_id}.txt").read_text(encoding="utf-8")


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> Any:
    return json.loads(request.param.read_text(encoding="utf-8"))


def test_every_provision_is_verbatim_and_ends_its_line(gold: Any) -> None:
    lines = clean_text(raw_text(gold["document"]["doc_id"])).text.split("\n")
    for provision in gold["provisions"]:
        own = [line for line in lines if line.endswith(provision["text"])]
        assert any(len(line) - len(provision["text"]) <= 8 for line in own), provision["path"]


def test_title_is_one_line(gold: Any) -> None:
    text = clean_text(raw_text(gold["document"]["doc_id"])).text
    assert gold["document"]["title"] in text.split("\n")


def test_clean_documents_stay_as_they_are(gold: Any) -> None:
    cleaned = clean_text(raw_text(gold["document"]["doc_id"]))
    again = clean_text(cleaned.text)
    assert (again.text, again.repairs) == (cleaned.text, ())
    assert explain(cleaned).count("\n") == len(cleaned.repairs) - 1


def test_broken_lines_come_back_whole(gold: Any) -> None:
    """A document broken at a fixed width, blank lines between its paragraphs, is put together again."""
    clean = clean_text(raw_text(gold["document"]["doc_id"])).text
    paragraphs = [line for line in clean.split("\n") if line.endswith(".") and len(line) > 300]
    damaged = "\n\n".join(broken(line, random.Random(7)) for line in paragraphs)
    assert clean_text(damaged).text.split("\n") == paragraphs


def broken(paragraph: str, rng: random.Random, width: int = 88) -> str:
    """Wrap a paragraph, doubling a space here and there."""
    lines, line = [], ""
    for word in paragraph.split(" "):
        if len(line) + len(word) > width:
            lines.append(line.rstrip())
            line = ""
        line += word + (" " if rng.random() < 0.95 else "  ")
    return " \n".join([*lines, line.rstrip()])


def test_stamp_is_read_and_removed() -> None:
    cleaned = clean_text(raw_text("bca-ct-06-2025"))
    assert cleaned.stamp.received_number == "2751"
    assert cleaned.stamp.received_on == dt.date(2025, 5, 15)
    assert cleaned.stamp.received_by is not None
    assert cleaned.stamp.received_by not in cleaned.text


def test_casing_noise_is_reported_where_it_stands() -> None:
    cleaned = clean_text(raw_text("bca-ct-06-2025"))
    assert [s.surface for s in cleaned.suspicions] == ["nhANH", "gON"]
    assert all(cleaned.text[s.start : s.end] == s.surface for s in cleaned.suspicions)


def test_pages_are_counted_by_form_feeds() -> None:
    cleaned = clean_text("Điều 1. Phạm vi.\fĐiều 2. Hiệu lực.")
    assert [cleaned.page_of(cleaned.text.index(word)) for word in ("Phạm", "Hiệu")] == [1, 2]


def test_marked_words_of_the_corpus_are_syllables() -> None:
    text = "\n".join(clean_text(raw_text(path.stem)).text for path in GOLD)
    marked = {w for w in re.findall(r"[^\W\d_]+", text) if re.search("[à-ỹ]", w) and w.islower()}
    assert {word for word in marked if not is_syllable(word)} == {"đ"}
