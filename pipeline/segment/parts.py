"""The parts of a file: the document itself, and what is attached to it after its signature.

Imports ``closing``, ``lines``, ``markers`` and ``lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.lexicon import load
from pipeline.records import ProvisionRole
from pipeline.segment.closing import is_name, is_office, starts_closing
from pipeline.segment.header import ISSUED_WITH
from pipeline.segment.lines import Line, fold, is_capitals
from pipeline.segment.markers import Style, read_marker

_LONGEST_HEADING = 60  # code points of a line that heads an attachment
_LINES_OF_SIGNER = 2  # below an office: a note, the name
_RESUMING = frozenset(
    {Style.PART, Style.CHAPTER, Style.ROMAN, Style.ARTICLE, Style.ARABIC, Style.ROW_NUMBER, Style.ROW_ROMAN}
)
# "PHỤ LỤC I", "Phụ lục 02", "BIỂU SỐ 3": the number of an attachment.
_NUMBER = re.compile(r"\s*(?:SỐ|Số|số)?\s*(?P<number>(?:[IVXL]{1,6}|\d{1,3}[A-Za-z]?)(?!\w))?\s*[.:]?\s*")
# Words that open the operative part, alone on their line; folded.
_ENACTS = re.compile(
    r"(?:quyet dinh|quyet nghi|nghi quyet|chi thi|yeu cau|thong bao|ket luan|ban hanh)\s?[:.]?"
)


@dataclass(slots=True)
class Part:
    """One document in the file. ``marker`` is the heading of an attachment, ``title`` the lines under it."""

    label: str = ""
    role: ProvisionRole = ProvisionRole.TASK
    marker: Line | None = None
    title: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Heading:
    label: str
    role: ProvisionRole
    length: int


@cache
def _attachments() -> tuple[tuple[str, dict[str, object]], ...]:
    entries = load("attachments")["attachment"]
    return tuple(sorted(((entry["word"], entry) for entry in entries), key=lambda pair: -len(pair[0])))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in _attachments()), re.IGNORECASE)


def split_parts(lines: Sequence[Line]) -> list[Part]:
    """Return the document and its attachments; *lines* start after the header block.

    Every line is in one part. Lines that only open the operative part ("QUYẾT ĐỊNH:") are in none.
    """
    parts = [Part()]
    for index, line in enumerate(lines):
        part = parts[-1]
        heading = _heading(line.text, part)
        if heading is not None:
            parts.append(Part(heading.label, heading.role, Line(line.start, line.text[: heading.length])))
            _take_heading_rest(parts[-1], line, heading.length)
        elif part.closing:
            (_resume(parts) if _resumes(line.text) else part.closing).append(line)
        elif _starts_closing(lines, index):
            part.closing.append(line)
        elif part.marker is not None and not part.body and _belongs_to_title(part, line):
            part.title.append(line)
        elif not _enacts(part, line.text):
            part.body.append(line)
    return parts


def _heading(text: str, part: Part) -> _Heading | None:
    """Return the attachment that a line heads, or None."""
    if _heads().match(text) is None:
        return None
    text = ISSUED_WITH.split(text, maxsplit=1)[0].rstrip()
    if len(text) > _LONGEST_HEADING and not is_capitals(text):
        return None
    lowered = text.lower()
    for word, entry in _attachments():
        if not lowered.startswith(word) or (entry.get("after_closing") and not part.closing):
            continue
        length = len(word)
        number = None
        if entry.get("numbered"):
            match = _NUMBER.match(text, length)
            number, length = (match["number"], match.end()) if match else (None, length)
        if _stands_alone(text, length, number) and (part.closing or _may_follow(part, str(entry["label"]))):
            label = f"{entry['label']}-{number}" if number else str(entry["label"])
            return _Heading(label, ProvisionRole(str(entry["role"])), length)
    return None


def _stands_alone(text: str, length: int, number: str | None) -> bool:
    rest = text[length:].strip(" .:*")
    if not rest:
        return is_capitals(text[:length]) or number is not None
    return (
        is_capitals(text)
        and (number is not None or " " in text[length - 1 : length + 1])
        and len(text) > length
    )


def _may_follow(part: Part, label: str) -> bool:
    """Whether an attachment may begin where no signature was seen: after the last words of the body."""
    return bool(part.body) and (label == "PL" or part.body[-1].text.rstrip(" .").endswith("./"))


def _take_heading_rest(part: Part, line: Line, length: int) -> None:
    rest = line.text[length:]
    if rest.strip():
        part.title.append(Line(line.start + length + len(rest) - len(rest.lstrip()), rest.strip()))


def _resumes(text: str) -> bool:
    """Whether a numbered provision follows a signature: an attachment that lost its heading."""
    marker = read_marker(text)
    return marker is not None and marker.style in _RESUMING and marker.value == 1 and not is_office(text)


def _resume(parts: list[Part]) -> list[Line]:
    """Open a part for what goes on after a signature without a heading."""
    parts.append(Part("PL", ProvisionRole.RULE))
    return parts[-1].body


def _starts_closing(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if starts_closing(text):
        return True
    if not is_office(text):
        return False
    after_end = index > 0 and lines[index - 1].text.rstrip(" .").endswith("/")
    return after_end or _names_signer(lines[index + 1 :])


def _names_signer(rest: Sequence[Line]) -> bool:
    """Whether nothing but a name is left, if need be below "(Đã ký)"."""
    return 1 <= len(rest) <= _LINES_OF_SIGNER and is_name(rest[-1].text)


def _belongs_to_title(part: Part, line: Line) -> bool:
    if not part.title:
        return read_marker(line.text) is None and not line.text.endswith((":", ";"))
    if ISSUED_WITH.match(line.text):
        return True
    last = part.title[-1].text
    return (is_capitals(last) and is_capitals(line.text) and read_marker(line.text) is None) or line.text[
        0
    ].islower()


def _enacts(part: Part, text: str) -> bool:
    return (
        len(text) < 24
        and is_capitals(text)
        and _ENACTS.fullmatch(fold(text)) is not None
        and not any(read_marker(line.text) for line in part.body if line.text[0] not in "-+")
    )


def title_span(part: Part) -> Iterator[Line]:
    """Yield the lines of an attachment's title without "(Ban hành kèm theo ...)"."""
    for line in part.title:
        match = ISSUED_WITH.search(line.text)
        if match is None:
            yield line
        elif kept := line.text[: match.start()].rstrip():
            yield Line(line.start, kept)
