"""Paragraphs that lead into the tasks, and paragraphs that speak of the whole document after the last task.

The words are in ``lexicon/roles.toml``. Imports ``lexicon``.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import load


@cache
def _starts_with(key: str) -> re.Pattern[str]:
    """Return a pattern for the opening phrases listed under *key*."""
    phrases = sorted(load("roles")["ending"][key], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)


# "Chỉ thị này", "Kế hoạch nêu trên": the document speaks of itself.
_SELF = re.compile(
    r"(?:Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Công điện|Công văn|Chương trình|Hướng dẫn|Đề án|Thông báo)"
    r"\s(?:này|nêu trên|trên)(?!\w)"
)


def closes_document_firmly(text: str) -> bool:
    """Return whether a paragraph opens with a closing formula.

    >>> closes_document_firmly("Trên đây là Kế hoạch phòng, chống thiên tai năm 2025.")
    True
    """
    return _starts_with("firm").match(text) is not None


def closes_document(text: str) -> bool:
    """Return whether a paragraph after the last task may address the whole document again.

    >>> closes_document("Giao Sở Nội vụ theo dõi, đôn đốc việc thực hiện.")
    True
    >>> closes_document("Thời gian hoàn tất: trước ngày 25 tháng 7.")
    False
    """
    return (
        closes_document_firmly(text)
        or _starts_with("weak").match(text) is not None
        or _SELF.search(text) is not None
    )


def states_basis(text: str) -> bool:
    """Return whether a paragraph only says on what the document rests.

    >>> states_basis("Căn cứ Luật Tổ chức chính quyền địa phương;")
    True
    """
    return _starts_with("basis").match(text) is not None


def leads_in(text: str) -> bool:
    """Return whether a paragraph announces the tasks: it ends in a colon.

    >>> leads_in("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:")
    True
    """
    return text.endswith(":")


def ends_document(text: str) -> bool:
    """Return whether *text* ends with the sign "./." that closes a document.

    >>> ends_document("Văn phòng Chính phủ thông báo để các Bộ biết, thực hiện./.")
    True
    """
    return text.rstrip(" .").endswith("/")
