"""The records that pass between the stages; they are the rows of the tables, less the document's key.

Conventions, for every record:

* offsets are code points, half-open, into the clean text of the document (``Document.text``) unless a
  docstring says otherwise, and ``text[start:end]`` reads back the printed words;
* unknown is ``None``, never a guess or an empty string;
* ``rule`` names the rule that fired, so that a person can ask why.

Imports nothing of ours.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class DocType(StrEnum):
    """Kinds of documents; the Vietnamese word stands beside each."""

    DIRECTIVE = "directive"  # chỉ thị
    PLAN = "plan"  # kế hoạch
    DECISION = "decision"  # quyết định
    OFFICIAL_DISPATCH = "official_dispatch"  # công văn
    TELEGRAM = "telegram"  # công điện
    RESOLUTION = "resolution"  # nghị quyết
    DECREE = "decree"  # nghị định
    CIRCULAR = "circular"  # thông tư
    CONCLUSION = "conclusion"  # kết luận
    SCHEME = "scheme"  # đề án
    PROGRAMME = "programme"  # chương trình
    NOTICE = "notice"  # thông báo
    GUIDANCE = "guidance"  # hướng dẫn
    REPORT = "report"  # báo cáo
    OTHER = "other"


class Level(StrEnum):
    """Level of government of an issuing body."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class ProvisionKind(StrEnum):
    """Form of a provision: what its marker looks like."""

    SECTION = "section"  # roman numerals, PHẦN, CHƯƠNG, MỤC
    NUMBERED = "numbered"  # arabic numbers, letters, Điều
    ITEM = "item"  # dash, plus, bullet
    PARAGRAPH = "paragraph"  # no marker


class ProvisionRole(StrEnum):
    """What a provision does in the document."""

    PREAMBLE = "preamble"
    PURPOSE = "purpose"  # mục đích, yêu cầu
    TASK = "task"  # nhiệm vụ
    ORGANISATION = "organisation"  # tổ chức thực hiện
    ASSIGNMENT = "assignment"  # phân công nhiệm vụ
    RULE = "rule"  # norms that nobody is told to carry out


OPERATIVE_ROLES = frozenset({ProvisionRole.TASK, ProvisionRole.ORGANISATION, ProvisionRole.ASSIGNMENT})
"""Roles whose provisions tell somebody to do something; only these are aligned."""


class ReferenceRelation(StrEnum):
    """What the citing document does with the cited instrument."""

    IMPLEMENTS = "implements"
    REPLACES = "replaces"
    AMENDS = "amends"
    CITES = "cites"


class DeadlineKind(StrEnum):
    """How a deadline is anchored in time (annotation guidelines, section 4)."""

    DATE = "date"
    RECURRING = "recurring"
    FREQUENCY = "frequency"
    PERIOD = "period"
    RELATIVE = "relative"


class Bound(StrEnum):
    """Which side of the day a deadline falls on."""

    BEFORE = "before"  # trước ngày
    BY = "by"  # chậm nhất, đến hết
    ON = "on"  # vào ngày


class AssignmentRole(StrEnum):
    """What a body is told to be in a provision."""

    LEAD = "lead"  # chủ trì, nòng cốt
    IMPLEMENT = "implement"
    COORDINATE = "coordinate"  # phối hợp với
    REPORT_TO = "report_to"
    VIA = "via"  # qua


IN_CHARGE = frozenset({AssignmentRole.LEAD, AssignmentRole.IMPLEMENT})
"""Roles of bodies that are to act themselves."""


class PairRelation(StrEnum):
    """How much of the parent's item one local provision keeps."""

    VERBATIM = "verbatim"
    ADAPTED = "adapted"
    PARTIAL = "partial"


class CoverageStatus(StrEnum):
    """How much of the parent's item all linked local provisions keep together."""

    VERBATIM = "verbatim"
    ADAPTED = "adapted"
    PARTIAL = "partial"
    DROPPED = "dropped"


class DriftType(StrEnum):
    """What changed between an item of the parent and its local counterpart."""

    BODY = "body"
    DEADLINE = "deadline"
    REFERENCE = "reference"
    SCOPE_ADDED = "scope_added"
    SCOPE_DROPPED = "scope_dropped"
    MODALITY = "modality"
    TERM = "term"


class ParentBasis(StrEnum):
    """Why a document is aligned against its parent."""

    MANIFEST = "manifest"
    IMPLEMENTS = "implements"
    SUCCESSION = "succession"
    ASSUMED = "assumed"


OWN_GENERATION = frozenset({ParentBasis.MANIFEST, ParentBasis.IMPLEMENTS})
"""Grounds on which a document answers this very directive, and no earlier or other one."""


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int


# --- read and clean ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that cleaning made; offsets are code points into the *raw* text.

    ``confidence``: share of such repairs that were right where checked; None where the rule is certain.
    """

    rule: str
    raw_start: int
    raw_end: int
    before: str
    after: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """The incoming stamp (dấu công văn đến) of whoever received the document."""

    received_by: str | None = None
    received_number: str | None = None
    received_on: dt.date | None = None


# --- segment -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Header:
    """What the block above the body says about the document."""

    doc_type: DocType | None = None
    number: str | None = None
    issued_on: dt.date | None = None
    place: str | None = None
    issuer: str | None = None
    title: str | None = None
    title_span: Span | None = None
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients (nơi nhận) and signature (chữ ký)."""

    recipients: tuple[str, ...] = ()
    signer: str | None = None
    signer_title: str | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One marked unit or unmarked paragraph of the body; ``text`` is its own text, marker left out.

    ``text == document.text[start:end]``. ``ordinal`` counts provisions in reading order from 0;
    ``depth`` is 0 at the top; ``page`` counts from 1 and is None where the source has no pages.
    ``alignable`` goes by form alone: the provision is a leaf or holds a full sentence of its own.
    """

    path: str
    parent_path: str | None
    ordinal: int
    depth: int
    marker: str | None
    kind: ProvisionKind
    role: ProvisionRole
    text: str
    start: int
    end: int
    leaf: bool
    alignable: bool
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A clean text taken apart: every character is in one provision, its marker, or furniture.

    ``misnumbered``: paths that were put right from the sequence; their ``marker`` stays as printed.
    """

    header: Header
    provisions: tuple[Provision, ...]
    closing: Closing
    furniture: tuple[Span, ...] = ()
    misnumbered: tuple[str, ...] = ()


# --- extract and resolve -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of an instrument. ``provision_path`` is "title" for the title."""

    text: str
    start: int
    end: int
    doc_type: str | None
    number: str | None
    issued_on: dt.date | None
    issuer: str | None
    relation: ReferenceRelation
    short_form: bool
    rule: str
    provision_path: str | None = None
    ordinal: int = 0
    reference_key: str | None = None
    target_doc_id: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline. ``rrule`` is an RFC 5545 recurrence; dates are null unless the year is known."""

    text: str
    start: int
    end: int
    kind: DeadlineKind
    rule: str
    rrule: str | None = None
    starts_on: dt.date | None = None
    due_on: dt.date | None = None
    bound: Bound | None = None
    action: str | None = None
    responsible: str | None = None
    recipient: str | None = None
    via: str | None = None
    provision_path: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One body of a list of bodies in one role.

    ``text``, ``start`` and ``end`` are the list as printed; ``body``, ``body_start`` and ``body_end``
    this member of it. ``inherited``: handed down by a heading, whose words the spans point at.
    """

    role: AssignmentRole
    text: str
    start: int
    end: int
    body: str
    body_start: int
    body_end: int
    rule: str
    inherited: bool = False
    body_id: str | None = None
    body_level: Level | None = None
    provision_path: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that were recognised with doubt on ``page``, from 1, as read; ``confidence`` in [0, 1].

    "[…]" stands for ink in which no words were seen.
    """

    page: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """One document with everything that is known of it; what alignment takes and tables hold.

    ``header`` is what the manifest says, else what the text says; ``printed_header`` the text alone.
    """

    doc_id: str
    text: str
    header: Header = Header()
    printed_header: Header = Header()
    closing: Closing = Closing()
    stamp: Stamp = Stamp()
    level: Level | None = None
    province: str | None = None
    commune: str | None = None
    provisions: tuple[Provision, ...] = ()
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    repairs: tuple[Repair, ...] = ()
    source_path: str | None = None
    sha256: str | None = None
    media_type: str | None = None
    text_source: str | None = None
    pages: int | None = None
    doubtful: tuple[Doubt, ...] = ()
    parent_doc_id: str | None = None
    parent_basis: ParentBasis | None = None

    @property
    def layout(self) -> Layout:
        """The text taken apart, as the extractors want it; furniture is not kept."""
        return Layout(self.header, self.provisions, self.closing)


# --- align ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """A link between an item of the parent and a local provision; score in [0, 1], 1 = same task."""

    parent_path: str
    local_path: str
    relation: PairRelation
    score: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of one item of the parent in one local document.

    ``nearest_path`` is the best candidate, also where the item is dropped. ``applicable`` is None
    where the text does not tell whether the item is addressed to bodies of this locality.
    """

    parent_path: str
    status: CoverageStatus
    score: float
    local_paths: tuple[str, ...] = ()
    nearest_path: str | None = None
    nearest_score: float | None = None
    source: str = "model"
    applicable: bool | None = None
    addressee: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference between linked texts; spans point into the parent's and the local clean text."""

    type: DriftType
    parent_path: str | None
    local_path: str | None
    from_text: str | None = None
    to_text: str | None = None
    from_span: Span | None = None
    to_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """All that comparing one local document with its parent yields, each part in a fixed order."""

    pairs: tuple[Pair, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    additions: tuple[str, ...] = ()
    drift: tuple[Drift, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalAlignment:
    """An alignment and the keys of the two documents that it compares."""

    parent_doc_id: str
    local_doc_id: str
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Consensus:
    """How many local documents keep, reword or drop one item of a directive; ``documents`` is their sum."""

    parent_doc_id: str
    parent_path: str
    documents: int
    verbatim: int
    adapted: int
    partial: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Citation:
    """An edge of the citation graph: how often a document mentions an instrument in one relation."""

    source_doc_id: str
    reference_key: str
    target_doc_id: str | None
    relation: ReferenceRelation
    mentions: int


# --- findings ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an analyst should look at; ``evidence`` quotes the very words."""

    doc_id: str
    provision_path: str | None
    rule: str
    severity: Severity
    message_vi: str
    message_en: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A file that could not be read; ``reason`` is a stable code."""

    source_path: str
    sha256: str | None
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row of ``manifest.csv``; empty cells are None."""

    doc_id: str | None = None
    path: str | None = None
    level: Level | None = None
    province: str | None = None
    commune: str | None = None
    doc_type: DocType | None = None
    number: str | None = None
    issued_on: dt.date | None = None
    issuer: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader yields: pages of raw text, how they were got, and what was recognised with doubt."""

    pages: tuple[str, ...]
    media_type: str
    text_source: str
    paged: bool = False
    notes: tuple[str, ...] = field(default=())
    doubtful: tuple[Doubt, ...] = ()
