"""What an annotation tool is given and gives back, whatever its file format: texts, marks and links.

Offsets are code points here; formats that count otherwise convert. Imports ``records`` and errors.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pipeline.errors import AnnotationError
from pipeline.records import (
    AssignmentRole,
    CoverageStatus,
    DeadlineKind,
    PairRelation,
    ProvisionRole,
    ReferenceRelation,
)

Row = dict[str, Any]


class LocalValue(StrEnum):
    """What is said of a local provision beside the parent's text."""

    ADDED = "added"


VALUES: dict[str, type[StrEnum]] = {
    "provisions": ProvisionRole,
    "references": ReferenceRelation,
    "deadlines": DeadlineKind,
    "bodies": AssignmentRole,
    "parent": CoverageStatus,
    "local": LocalValue,
}
"""What may be said of a mark, by layer; the last two layers are those of two documents side by side."""

RELATIONS = tuple(PairRelation)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text; ``value`` is None where nothing is said of it but that it is there."""

    id: str
    layer: str
    value: str | None
    start: int
    end: int
    attributes: Row = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Layer and value as one word, which is what tools call a label.

        >>> Mark("1", "bodies", "lead", 0, 9).label
        'bodies/lead'
        """
        return f"{self.layer}/{self.value}" if self.value else self.layer


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one mark to another, by their ids."""

    source: str
    target: str
    value: str


@dataclass(frozen=True, slots=True)
class Task:
    """One text to annotate: a document, or a directive and a local document one after the other.

    ``about`` holds what belongs to no mark, in plain JSON values.
    """

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    about: Row = field(default_factory=dict)


def read_label(label: str) -> tuple[str, str | None]:
    """Return layer and value of a *label*.

    Raises:
        AnnotationError: the label is none of ours.

    >>> read_label("bodies/lead")
    ('bodies', 'lead')
    """
    layer, _, value = label.partition("/")
    if layer not in VALUES or (value and value not in set(VALUES[layer])):
        raise AnnotationError(f"label {label!r} is unknown; the labels are {', '.join(all_labels())}")
    return layer, value or None


def all_labels() -> list[str]:
    """Return every label that a mark may bear, layer by layer."""
    labels = [f"{layer}/{value}" for layer, values in VALUES.items() for value in values]
    return [*labels, "parent", "local"]


class CodeUnits:
    """Offsets of a text in code points and in UTF-16 code units, which JavaScript counts.

    The two differ after every character beyond U+FFFF: an emoji is one code point and two units.

    >>> units = CodeUnits("🌲 rừng")
    >>> units.from_points(2), units.to_points(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        self._points = [place for place, letter in enumerate(text) if letter > "\uffff"]
        self._units = [place + before for before, place in enumerate(self._points)]

    def from_points(self, offset: int) -> int:
        """Return *offset* in code points as one in code units."""
        return offset + bisect_left(self._points, offset)

    def to_points(self, offset: int) -> int:
        """Return *offset* in code units as one in code points; within a character, its beginning."""
        return offset - bisect_left(self._units, offset)
