"""đối chiếu: compare local plans with a ministry's directive, task by task.

The public API, and nothing else. Names are imported when they are first used, so that importing the
package costs nothing.

>>> from pipeline import find_deadlines
>>> [deadline.text for deadline in find_deadlines("Báo cáo trước ngày 15/11 hằng năm.")]
['trước ngày 15/11 hằng năm']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.align import align_documents
    from pipeline.clean import clean_text
    from pipeline.extract.bodies import find_assignments
    from pipeline.extract.deadlines import find_deadlines
    from pipeline.extract.references import find_references
    from pipeline.segment import segment_document
    from pipeline.tables import read_tables

__version__ = "0.1.0"

__all__ = [
    "align_documents",
    "clean_text",
    "find_assignments",
    "find_deadlines",
    "find_references",
    "read_tables",
    "segment_document",
]

_HOMES = {
    "align_documents": "pipeline.align",
    "clean_text": "pipeline.clean",
    "find_assignments": "pipeline.extract.bodies",
    "find_deadlines": "pipeline.extract.deadlines",
    "find_references": "pipeline.extract.references",
    "read_tables": "pipeline.tables",
    "segment_document": "pipeline.segment",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
