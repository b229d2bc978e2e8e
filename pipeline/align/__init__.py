"""Alignment (đối chiếu): which local provisions carry which item of the parent directive.

``grams`` and ``masks`` read the texts, ``profiles`` lays them out, ``topics`` and ``scoring`` compare,
``matching`` links and ``coverage`` judges what is left of each item; ``drift`` tells what changed; ``fit``
measures and fits.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.align.drift import find_drift
from pipeline.align.matching import Matching
from pipeline.align.model import load_models
from pipeline.align.profiles import FamilyStatistics, family_statistics, read_side
from pipeline.align.scoring import compare
from pipeline.analyse import analyse_text
from pipeline.records import Alignment, Document
from pipeline.resolve.applicability import apply_applicability

__all__ = ["FamilyStatistics", "align_documents", "family_statistics"]


def align_documents(
    parent: Document | str, local: Document | str, *, statistics: FamilyStatistics | None = None
) -> Alignment:
    """Return the pairs, coverage, additions and drift of *local* against *parent*.

    Links are many-to-many and follow no order. Every operative provision of the parent that can stand alone
    has one coverage row, with its nearest local provision also where it is dropped; scores lie in [0, 1],
    1 = same task. Rows stand in reading order. A document without provisions yields no pairs.

    Args:
        parent: the directive, as a document or as text, raw or clean.
        local: the document that carries it out, likewise.
        statistics: what `family_statistics` returned for *parent*, to save reading it again; results are
            the same without.

    Raises:
        TooLongToCompare: the two documents have too many provisions; see `pipeline.align.bounds`.

    >>> directive = "CHỈ THỊ\\nVề an toàn thực phẩm\\n1. Kiểm tra bếp ăn tập thể.\\n2. Xây dựng chợ kiểu mẫu."
    >>> plan = "KẾ HOẠCH\\nVề an toàn thực phẩm\\n1. Tổ chức kiểm tra các bếp ăn tập thể hằng quý."
    >>> [(pair.parent_path, pair.local_path) for pair in align_documents(directive, plan).pairs]
    [('1', '1')]
    """
    parent, local = _as_document(parent), _as_document(local)
    statistics = statistics or family_statistics(parent)
    matching = Matching(compare(statistics, read_side(local, aims=statistics.rules)), load_models())
    pairs = matching.pairs()
    coverage = apply_applicability(parent, local, matching.coverage())
    return replace(
        Alignment(pairs=pairs, coverage=coverage, additions=matching.additions()),
        drift=find_drift(parent, local, pairs, original=statistics.original),
    )


def _as_document(given: Document | str) -> Document:
    return analyse_text(given) if isinstance(given, str) else given
