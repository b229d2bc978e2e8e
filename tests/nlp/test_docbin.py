"""What plain spaCy reads in the DocBin that is written here."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from pipeline.analyse import analyse_text
from pipeline.nlp.docbin import MarkedSpan, MarkedText, read_marked, write_marked


@pytest.mark.parametrize("path", sorted(Path("corpus").glob("*.txt")), ids=lambda path: path.stem)
def test_spans_read_back_the_printed_words(path: Path, tmp_path: Path) -> None:
    document = analyse_text(path.read_text(encoding="utf-8"))
    facts = [*document.references, *document.deadlines]
    spans = [MarkedSpan(fact.start, fact.end, fact.rule, str(place)) for place, fact in enumerate(facts)]
    write_marked([MarkedText(document.text, {"facts": spans}, {})], tmp_path / "corpus.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "corpus.spacy").get_docs(spacy.blank("xx").vocab)
    assert doc.text == document.text
    assert [(span.text, span.label_) for span in doc.spans["facts"]] == [
        (fact.text, fact.rule) for fact in facts
    ]


def test_a_mark_within_a_word_cuts_it(tmp_path: Path) -> None:
    marked = MarkedText("UBND tỉnh", {"bodies": [MarkedSpan(2, 4, "lead", "1")]}, {"reviewer": ["Lan"]})
    write_marked([marked], tmp_path / "marks.spacy")
    assert read_marked(tmp_path / "marks.spacy") == [marked]
