"""Clean text to header, tree of provisions, and closing.

The stages, in order: lines (`lines`), the block above the body (`header`), the parts of the file (`parts`),
lines with markers (`entries`, `markers`), the tree (`tree`), roles (`roles`), recipients and signature
(`closing`). Imports ``records`` and ``lexicon``.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Closing, Layout, Provision, Span
from pipeline.segment.closing import parse_closing
from pipeline.segment.header import parse_header
from pipeline.segment.lines import split_lines
from pipeline.segment.parts import split_parts
from pipeline.segment.provisions import number_provisions, plant_parts
from pipeline.segment.sentences import is_alignable

__all__ = ["is_alignable", "parse_document", "segment_document"]


def segment_document(text: str) -> list[Provision]:
    """Return the provisions of a clean *text* in reading order; the empty text has none.

    >>> text = "CHỈ THỊ\\nVề phòng cháy\\nĐể phòng cháy, yêu cầu:\\n1. Rà soát.\\n2. Báo cáo."
    >>> [(provision.path, provision.text) for provision in segment_document(text)]
    [('pre/p1', 'Để phòng cháy, yêu cầu:'), ('1', 'Rà soát.'), ('2', 'Báo cáo.')]
    """
    return list(parse_document(text).provisions)


def parse_document(text: str) -> Layout:
    """Take a clean *text* apart: header, provisions, closing, furniture.

    Guarantees, for any text:

    1. it never raises;
    2. ``text[p.start:p.end] == p.text`` for every provision, and paths are unique;
    3. every character other than white space is in one provision, in its marker, or in furniture;
    4. provisions come in reading order, parents before children.
    """
    lines = split_lines(text)
    header, body_from = parse_header(lines)
    parts = split_parts(lines[body_from:])
    provisions, covered = number_provisions(plant_parts(text, parts))
    closing = next((parse_closing(part.closing) for part in parts if part.closing), Closing())
    return Layout(
        header=header,
        provisions=tuple(row.provision for row in provisions),
        closing=closing,
        furniture=tuple(_gaps(text, covered)),
        misnumbered=tuple(row.provision.path for row in provisions if row.corrected),
    )


def _gaps(text: str, covered: list[Span]) -> Iterator[Span]:
    """Yield what lies between *covered* spans, without outer white space."""
    position = 0
    for span in (*covered, Span(len(text), len(text))):
        gap = text[position : span.start]
        if stripped := gap.strip():
            start = position + gap.index(stripped[0])
            yield Span(start, start + len(stripped))
        position = max(position, span.end)
