"""Drift (sai lệch): how the linked local text differs from the parent's items.

Bodies, deadlines and references are compared as such (``slots``), the rest word by word (``scope``,
``modality``), after terms replaced throughout (``terms``) are taken out. Imports ``lexicon`` and ``records``.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.align.drift.modality import modality_drift
from pipeline.align.drift.reading import Original, compare
from pipeline.align.drift.scope import scope_drift
from pipeline.align.drift.slots import slot_drift
from pipeline.align.drift.terms import find_terms, without_terms
from pipeline.records import Document, Drift, DriftType, Pair, Span

__all__ = ["Original", "find_drift"]

_TYPES = list(DriftType)


def find_drift(
    parent: Document, local: Document, pairs: Sequence[Pair], *, original: Original | None = None
) -> tuple[Drift, ...]:
    """Return the differences of substance between linked texts.

    Rows stand in the parent's order, then by type; term drift, which has no paths, comes last. Spans point
    into ``parent.text`` (from) and ``local.text`` (to) and read back their own text; added references of one
    provision are one row, joined by "; ", without span. Without pairs there is no drift. Spelling, case,
    punctuation, abbreviations and word order are no drift. An *original* made of *parent* saves reading it
    again; the rows are the same without.

    >>> from pipeline.analyse import analyse_text
    >>> from pipeline.records import PairRelation
    >>> parent = analyse_text("CHỈ THỊ\\n1. Các bộ, ngành kiểm tra bếp ăn tập thể, xét nghiệm mẫu nước.")
    >>> local = analyse_text("KẾ HOẠCH\\n1. Các sở, ngành kiểm tra bếp ăn tập thể.")
    >>> pairs = [Pair("1", "1", PairRelation.PARTIAL, 1.0, "")]
    >>> for row in find_drift(parent, local, pairs):
    ...     print(row.type.value, "|", row.from_text, "|", row.to_text)
    body | Các bộ, ngành | Các sở, ngành
    scope_dropped | xét nghiệm mẫu nước | None
    """
    comparison = compare(original or Original(parent), local, pairs)
    terms = find_terms(comparison)
    aligned = without_terms(comparison, terms)
    modality = modality_drift(aligned)
    scope = [row for row in scope_drift(aligned) if not any(_is_within(row, other) for other in modality)]
    drift = [*slot_drift(aligned), *scope, *modality]
    order = {item.path: place for place, item in enumerate(comparison.items)}
    drift.sort(key=lambda row: (order[row.parent_path or ""], _TYPES.index(row.type)))
    return (*drift, *(term.drift for term in terms))


def _is_within(row: Drift, other: Drift) -> bool:
    """Return whether the words of *row*, on the side where it has any, are words of *other*."""
    return (
        row.parent_path == other.parent_path
        and _covers(other.from_span, row.from_span)
        and _covers(other.to_span, row.to_span)
    )


def _covers(outer: Span | None, inner: Span | None) -> bool:
    return inner is None or (outer is not None and outer.start <= inner.start and inner.end <= outer.end)
