"""Words that were read with doubt reach the analyst, page by page."""

from pipeline.analyse import analyse_pages
from pipeline.check import document_findings
from pipeline.records import Doubt, ManifestRow, RawDocument

PAGES = ("KẾ HOẠCH\nVề bảo vệ rừng\n1. Rà soát hồ sơ.", "2. Báo cáo kểt qủa về Sở.")
DOUBTFUL = (Doubt(2, "kểt qủa về Sở", 0.3), Doubt(2, "CHỦ TlCH", 0.4), Doubt(3, "lả", 0.1))


def test_each_page_with_doubtful_words_is_a_finding() -> None:
    raw = RawDocument(PAGES, "image/tiff", "ocr", paged=True, doubtful=DOUBTFUL)
    document = analyse_pages(raw, doc_id="scan", manifest=ManifestRow())
    found = [f for f in document_findings(document) if f.rule == "doubtful-recognition"]
    assert [f.evidence for f in found] == ["kểt qủa về Sở · CHỦ TlCH", "lả"]
    assert found[0].message_en.startswith("Page 2: 2 places")


def test_pages_read_with_confidence_are_no_finding() -> None:
    document = analyse_pages(RawDocument(PAGES, "image/tiff", "ocr"), doc_id="scan", manifest=ManifestRow())
    assert all(f.rule != "doubtful-recognition" for f in document_findings(document))
