"""spaCy sees our spans, and every span reads back its own text."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin

from pipeline.analyse import analyse_text
from pipeline.nlp.component import DirectiveTokenizer, directive_pipeline, write_docbin

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


@pytest.mark.parametrize("path", sorted(Path("corpus").glob("*.txt")), ids=lambda path: path.stem)
def test_docbin_spans_read_back_the_printed_words(path: Path, tmp_path: Path) -> None:
    document = analyse_text(path.read_text(encoding="utf-8"))
    write_docbin([document], tmp_path / "corpus.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "corpus.spacy").get_docs(NLP.vocab)
    assert doc.text == document.text
    assert [span.text for span in doc.spans["references"]] == [row.text for row in document.references]
    assert [span.text for span in doc.spans["deadlines"]] == [row.text for row in document.deadlines]
    assert [span.text for span in doc.spans["bodies"]] == [row.body for row in document.assignments]
