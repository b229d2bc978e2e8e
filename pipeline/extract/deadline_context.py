"""What stands around a deadline: the action, who is to act, who receives, and through whom.

The bodies come from the assignments of the same text. Imports ``records``, ``lexicon`` and its neighbours
in this room.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from pipeline.extract import deadline_patterns as patterns
from pipeline.extract.bodies import find_assignments
from pipeline.extract.clauses import Boundaries
from pipeline.lexicon import load
from pipeline.records import IN_CHARGE, Assignment, AssignmentRole, Deadline, Span

_RECEIVERS = frozenset({AssignmentRole.REPORT_TO, AssignmentRole.VIA})
# "và ngày", "Sau đó": words between times, which say nothing of an action by themselves
_FILLERS = frozenset(load("deadline_words")["fillers"])
_FAR = 2_000  # code points; what has more than that without a stop is no sentence
_FEWEST_WORDS = 3  # of an action that stands before its deadline; "quý", "và gửi" are none


def in_context(rows: list[Deadline], text: str, bounds: Boundaries) -> list[Deadline]:
    """Return *rows*, the deadlines of *text* in order of place, with what stands around each filled in.

    The action is quoted from *text*, on the side where it stands; what is not there stays None. Of two
    deadlines of one action ("định kỳ hằng năm (trước ngày 15/12)") both get it.
    """
    placed: list[Deadline] = []
    sentence, bodies = Span(0, 0), list[Assignment]()
    for number, row in enumerate(rows):
        if not sentence.start <= row.start < sentence.end:
            sentence = Span(*bounds.sentence(row.start))
            bodies = _bodies_of(text, sentence)
        near = _around(bodies, row)
        row = _with_context(row, _reach(rows, number, text, bounds), text, near, bounds)
        if placed and bounds.clause(placed[-1].start) == bounds.clause(row.start):
            row = replace(row, action=row.action or placed[-1].action)
            placed[-1] = replace(placed[-1], action=placed[-1].action or row.action)
        placed.append(row)
    return placed


def _bodies_of(text: str, sentence: Span) -> list[Assignment]:
    """Return the assignments of one sentence, with offsets into *text*."""
    return [
        replace(body, start=body.start + sentence.start, end=body.end + sentence.start)
        for body in find_assignments(text[sentence.start : sentence.end])
    ]


def _around(bodies: list[Assignment], row: Deadline) -> list[Assignment]:
    """Return those of *bodies*, in order of place, that stand within `_FAR` of a deadline."""
    first = bisect_left(bodies, row.start - _FAR, key=_start)
    return bodies[first : bisect_left(bodies, row.end + _FAR, key=_start)]


def _start(body: Assignment) -> int:
    return body.start


def _reach(rows: list[Deadline], number: int, text: str, bounds: Boundaries) -> Span:
    """Return how far the words of one deadline go: its clause, less those of its neighbours.

    "Trước ngày 10/6: hoàn thành ..." goes on after the colon.
    """
    row = rows[number]
    start, end = bounds.clause(row.start)
    if text[row.end : row.end + 1] == ":":
        end = bounds.clause(row.end + 1)[1]
    if number:
        start = max(start, rows[number - 1].end)
    if number + 1 < len(rows):
        end = max(row.end, min(end, rows[number + 1].start))
    return Span(start, end)


def _with_context(
    row: Deadline, reach: Span, text: str, bodies: list[Assignment], bounds: Boundaries
) -> Deadline:
    near = [body for body in bodies if reach.start <= body.start < reach.end]
    recipient = _nearest(row, (body for body in near if body.role is AssignmentRole.REPORT_TO))
    via = _nearest(row, (body for body in near if body.role is AssignmentRole.VIA))
    actor = _nearest(row, (body for body in bodies if body.role in IN_CHARGE))
    return replace(
        row,
        action=_action(row, reach, text, near, bounds),
        responsible=actor.text if actor else None,
        recipient=recipient.text if recipient else None,
        via=via.text if via else None,
    )


def _nearest(row: Deadline, bodies: Iterable[Assignment]) -> Assignment | None:
    """Return the body that stands nearest to the deadline, in characters; the earlier of two."""
    return min(bodies, key=lambda body: (_distance(row, body), body.start), default=None)


def _distance(row: Deadline, body: Assignment) -> int:
    return body.start - row.end if body.start >= row.end else row.start - body.end


def _action(row: Deadline, reach: Span, text: str, near: list[Assignment], bounds: Boundaries) -> str | None:
    """Return the words of the action: before the deadline where they are more than a lead-in, else after."""
    before, after = Span(reach.start, row.start), Span(row.end, reach.end)
    preceding = text[before.start : before.end]
    if patterns.TIME_LABEL.fullmatch(preceding) or _is_after_label(text, before):
        return _sentence_before(text, row, bounds)
    opens = patterns.OPENS_ACTION.fullmatch(preceding) or len(preceding.split()) < _FEWEST_WORDS
    # "Hằng tháng báo cáo nhanh, 3 tháng một lần ...": what stands before is the action of the one before
    taken = before.start > bounds.clause(row.start)[0] and preceding.rstrip().endswith(",")
    sides = (after, before) if opens or taken else (before, after)
    action = _stripped(text, sides[0], near) or _stripped(text, sides[1], near)
    if action and len(action.split()) < _FEWEST_WORDS and text[reach.start - 1 : reach.start] == ";":
        return _with_clause_before(text, reach, action, bounds)
    return action


def _with_clause_before(text: str, reach: Span, action: str, bounds: Boundaries) -> str:
    """Return the clause before that of a short *action*, and it: "rà soát phương án; hoàn thành"."""
    start = bounds.clause(reach.start - 1)[0]
    end = text.index(action, reach.start) + len(action)
    return text[start:end].strip(" ,.;:()-–|")


def _stripped(text: str, side: Span, near: list[Assignment]) -> str | None:
    """Return one side without its subject, its recipient, and the words that join them."""
    start, end = patterns.ACTION_OPENS.match(text, side.start, side.end).end(), side.end  # type: ignore[union-attr]
    for body in near:
        if body.role in IN_CHARGE and body.start == start:
            start = patterns.DUTY.match(text, body.end).end()  # type: ignore[union-attr]
        elif body.role in _RECEIVERS and start < body.start < end:
            end = body.start
    words = text[start:end]
    if patterns.PURPOSE.match(words):
        return None
    words = words[: patterns.RECIPIENT_CUE.search(words).start()]  # type: ignore[union-attr]
    words = words.strip(" ,.;:()/-–|")
    said = [word for word in words.lower().split() if word.isalpha()]
    return None if _FILLERS.issuperset(said) else words


def _is_after_label(text: str, before: Span) -> bool:
    """Return whether the clause opens after "Thời gian hoàn thành:"."""
    label_start = text.rfind("\n", 0, before.start) + 1
    sentence = text[max(label_start, before.start - 60) : before.start]
    return not text[before.start : before.end].strip() and bool(patterns.TIME_LABEL_ENDS.search(sentence))


def _sentence_before(text: str, row: Deadline, bounds: Boundaries) -> str | None:
    """Return the sentence before that of the deadline, in the same paragraph, or None."""
    start = bounds.sentence(row.start)[0]
    if start < 2 or text[start - 1] == "\n":
        return None
    previous = bounds.sentence(start - 1)
    return text[previous[0] : previous[1]].strip(" ,.;:()-–|") or None
