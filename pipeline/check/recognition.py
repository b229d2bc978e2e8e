"""What recognition read with doubt on the pages of a scan, mostly under seals and signatures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.check.rules import finding
from pipeline.records import Document, Finding

_SHOWN = 10  # stretches of one page that a finding quotes


def recognition_findings(document: Document) -> Iterator[Finding]:
    """Yield a finding for each page on which words were read with doubt; the words are as recognised."""
    for page, group in groupby(document.doubtful, key=lambda stretch: stretch.page):
        stretches = [stretch.text for stretch in group]
        yield finding(
            "doubtful-recognition",
            document.doc_id,
            None,
            " · ".join(stretches[:_SHOWN]),
            page=page,
            count=len(stretches),
        )
