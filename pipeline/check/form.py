"""Form: numbering, doubled and missing words, mixed case, parts that a document should have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from pipeline.check.rules import finding
from pipeline.clean.suspicions import find_suspicions
from pipeline.lexicon import load
from pipeline.records import Document, Finding, Provision, ProvisionKind

# "trong công tác trong công tác": two to four words, at once again. One word may be reduplication.
_DOUBLED = re.compile(r"(?<!\w)(\w{1,8}(?: \w{1,8}){1,3}) \1(?!\w)")
_APPENDIX = "PL"
"""Path of appendices (phụ lục): forms and tables number as they like."""
_SHOWN = 10  # misread words that a finding quotes
_PARTS = {
    "number": ("số, ký hiệu", "number and symbol"),
    "issued_on": ("ngày ban hành", "date of issue"),
    "title": ("trích yếu", "summary"),
}
_CLOSING_PARTS = {"recipients": ("nơi nhận", "recipients"), "signer": ("chữ ký", "signature")}


def form_findings(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with the form of one document, in the order of the rules."""
    yield from _numbering(document)
    yield from _gaps(document)
    yield from _words(document)
    repaired = sum("ocr-" in repair.rule for repair in document.repairs)
    suspicions = find_suspicions(document.text, damaged=repaired > 0)
    for suspicion in suspicions:
        if suspicion.rule == "mixed-case":
            path = _path_at(document, suspicion.start)
            yield finding("mixed-case", document.doc_id, path, suspicion.surface, words=suspicion.surface)
    left = [s.surface for s in suspicions if s.rule == "odd-syllable"]
    if left or repaired:
        yield _recognition(document, repaired, left)
    yield from _missing_parts(document)


def _numbering(document: Document) -> Iterator[Finding]:
    """A marker that the sequence corrected: the last step of the path differs from what is printed."""
    for provision in document.provisions:
        printed = _bare(provision.marker)
        expected = provision.path.rpartition("/")[2]
        is_counted = provision.kind is ProvisionKind.SECTION and expected.isalpha() and expected.isupper()
        if printed and is_counted and printed.isdigit():
            yield finding(
                "numbering",
                document.doc_id,
                provision.path,
                f"{provision.marker} {provision.text}",
                printed=provision.marker,
                expected=f"{expected}.",
            )


def _gaps(document: Document) -> Iterator[Finding]:
    siblings: dict[str | None, list[Provision]] = defaultdict(list)
    for provision in document.provisions:
        is_counted = provision.kind is ProvisionKind.NUMBERED and (_bare(provision.marker) or "").isdigit()
        if is_counted and not provision.path.startswith(_APPENDIX):
            siblings[provision.parent_path].append(provision)
    for group in siblings.values():
        for before, after in pairwise(group):
            if int(_bare(after.marker) or 0) == int(_bare(before.marker) or 0) + 2:
                yield finding(
                    "missing-number",
                    document.doc_id,
                    after.path,
                    f"{after.marker} {after.text[:80]}",
                    before=before.marker,
                    after=after.marker,
                )


def _bare(marker: str | None) -> str | None:
    return marker.strip(" .)(/") if marker else None


def _words(document: Document) -> Iterator[Finding]:
    missing = load("checks")["missing_word"]
    for provision in document.provisions:
        for match in _DOUBLED.finditer(provision.text):
            if not match[1].isdigit():
                yield finding("doubled-words", document.doc_id, provision.path, match[0], words=match[0])
        for entry in missing:
            for match in re.finditer(entry["pattern"], provision.text):
                yield finding("missing-word", document.doc_id, provision.path, match[0], words=match[0])


def _recognition(document: Document, repaired: int, left: list[str]) -> Finding:
    """What recognition damaged, once for the document: how much was put right, how much is left."""
    words = len(document.text.split())
    shown = " · ".join(list(dict.fromkeys(left))[:_SHOWN])
    rate = f"{len(left) / words:.1%}"
    return finding(
        "ocr-damage", document.doc_id, None, shown, repaired=repaired, left=len(left), words=words, rate=rate
    )


def _missing_parts(document: Document) -> Iterator[Finding]:
    lacking = [words for field, words in _PARTS.items() if not getattr(document.header, field)]
    lacking += [words for field, words in _CLOSING_PARTS.items() if not getattr(document.closing, field)]
    if lacking:
        vietnamese, english = (", ".join(words[side] for words in lacking) for side in (0, 1))
        yield finding("missing-parts", document.doc_id, None, "", parts_vi=vietnamese, parts_en=english)


def _path_at(document: Document, offset: int) -> str | None:
    for provision in document.provisions:
        if provision.start <= offset < provision.end:
            return provision.path
    return None
