"""spaCy sees our spans, and every span reads back its own text."""

from pathlib import Path

import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.component import DirectiveTokenizer, directive_pipeline

TEXT = (
    "Thực hiện Chỉ thị số 06/CT-BCA-V05 ngày 07/5/2025 của Bộ Công an; "
    "báo cáo UBND tỉnh trước ngày 20/10 hằng năm."
)
NLP = spacy.blank("xx")


def test_factory_is_found_by_name_in_any_pipeline() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("directive_facts")
    assert set(nlp(TEXT).spans) == {"references", "deadlines", "bodies"}


def test_spans_are_those_of_the_extractors() -> None:
    doc = directive_pipeline()(TEXT)
    assert [span.text for span in doc.spans["references"]] == [
        "Chỉ thị số 06/CT-BCA-V05 ngày 07/5/2025 của Bộ Công an"
    ]
    assert [(span.text, span.label_) for span in doc.spans["deadlines"]] == [
        ("trước ngày 20/10 hằng năm", "recurring")
    ]
    assert ("UBND tỉnh", "report_to") in [(span.text, span.label_) for span in doc.spans["bodies"]]


@given(st.text())
def test_tokenizer_keeps_every_character(text: str) -> None:
    assert DirectiveTokenizer(NLP.vocab)(text).text == text


def test_pipeline_survives_saving_and_loading(tmp_path: Path) -> None:
    directive_pipeline().to_disk(tmp_path / "model")
    blank = directive_pipeline().from_disk(tmp_path / "model")
    assert blank(TEXT).text == TEXT
