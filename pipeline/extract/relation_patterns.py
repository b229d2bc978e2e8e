"""Patterns of the words around a reference that tell what a document does with the instrument.

Words come from ``lexicon/reference_cues.toml``. "Lead" is the text before a mention, up to the mention
before it or the start of the sentence; most patterns are searched at its end.
"""

from __future__ import annotations

import re

from pipeline.lexicon import load

_CUES = load("reference_cues")


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_CARRY_OUT = _any(_CUES["implement"]["verbs"])
_CONNECTIVE = rf"(?:(?i:{_any(_CUES['implement']['connectives'])})|\d{{1,3}}|[a-zđ])(?![^\W_])"
_VEHICLE = _any(_CUES["implement"]["vehicles"])
_CHANGE = f"(?i:{_any(_CUES['change']['verbs'])})"
_PART = rf"(?:(?i:{_any(_CUES['change']['parts'])})|\d{{1,3}}[a-zđ]?|[IVX]{{1,5}}|[a-zđ])(?![^\W_])"
_FEW_WORDS = r"(?:,? [^\W\d_]+){0,5}[ :]*\Z"

# --- where sentences and parts of a document begin and end ---------------------------------------

FIRST_MARKER = re.compile(r"^(?:PHẦN|Phần|CHƯƠNG|Chương|[IA1]\.|1\)|Điều 1\b|ĐIỀU 1\b)", re.MULTILINE)
# a line break, a full stop before a word, and "./."; one class in front, to which the engine skips
SENTENCE_END = re.compile(r"[\n.!?](?:(?<=\n)|(?<!\n) +(?=[^\W\d_])|(?<=\.)/\.)")

# --- implements ----------------------------------------------------------------------------------

# ... thực hiện [có hiệu quả các] Chỉ thị số 06
CARRYING_OUT = re.compile(rf"(?i:{_CARRY_OUT})(?![^\W_]){_FEW_WORDS}")
# ... hỗ trợ người có công về nhà ở theo Quyết định số 22
ACCORDING_TO = re.compile(rf"(?i:(?<!kèm )(?<![^\W_])theo)(?![^\W_]){_FEW_WORDS}")
# Thực hiện · Để tổ chức triển khai thực hiện
_OPENING = (
    r"(?:[-+*] ?|\d{1,2}[.)] ?)?(?:[Vv]/v:? |[Vv]ề việc )?(?:Để |Nhằm |Tiếp tục )?(?:[Tt]ổ chức )?"
    r"(?:[Tt]riển khai thực hiện|[Tt]riển khai|[Tt]hực hiện|[Tt]hi hành|THỰC HIỆN)"
)
# Thực hiện [ý kiến chỉ đạo của Thủ tướng Chính phủ tại] Công điện, not [nghiêm túc, hiệu quả] Chỉ thị
OPENS_BY_CARRYING_OUT = re.compile(
    rf"{_OPENING}(?: {_CONNECTIVE}){{0,8}}(?: [^\n.;:,]{{2,80}} (?:tại|theo)(?: các)?)?[ :]*\Z"
)
# Ban hành kèm theo Quyết định này Kế hoạch triển khai thực hiện · ban hành Kế hoạch thực hiện
ISSUING = re.compile(
    rf"(?:(?i:ban hành) kèm theo [^.;:\n]{{3,30}} này|Trên đây là|ban hành {_VEHICLE})"
    rf"[^.;:\n]{{0,160}}\b{_CARRY_OUT}(?:,? [^\W\d_]+){{0,5}} *\Z"
)
# Thực hiện Chỉ thị số 09, [trong những năm qua] ...
TOLD_OF_PAST = re.compile(r"\b(?:thời gian|năm|tháng|nhiệm kỳ)(?: vừa)? qua\b")

# --- replaces, amends ----------------------------------------------------------------------------

# Chỉ thị này thay thế [cho các] Chỉ thị số 07
REPEAL = re.compile(
    rf"(?i:{_any(_CUES['change']['repeals'])})(?: {_any(_CUES['change']['repeal_links'])})*[ :]*\Z"
)
# Sửa đổi, bổ sung một số điều của [Nghị định số ...]
AMENDMENT = re.compile(rf"{_CHANGE} ?,? (?:(?:{_CHANGE}|{_PART}) ?,? ){{0,24}}\Z")
# khoản 2 Điều 5 [Nghị định số ... hết hiệu lực]
PART_OF = re.compile(rf"{_PART} ?,? \Z")
# a document that speaks of itself: Chỉ thị này
SELF = re.compile(r"\b[^\W\d_]+ này\b")
OPENS_WITH_CHANGE = re.compile(rf"(?:[\divxa-zđ]{{1,4}}[.)] |Điều \d+\. )?(?=[A-ZĐ]){_CHANGE}")
TITLE_OPENS_WITH_CHANGE = re.compile(rf"(?:(?i:về việc|v/v|về):? )?{_CHANGE}")
# what makes "Sửa đổi khoản 2 Điều 5 ..." an act and not a proposal
ENACTING = re.compile(r"như sau|sau đây|[;:]\s*\Z")
ARTICLE = re.compile(r"(?:Điều \d{1,3}\.|^\d{1,2}\.) ?\Z", re.MULTILINE)
EXPIRING = re.compile(r"\bhết hiệu lực\b")
# ...; [Quyết định số] · ... và các [Quyết định số]
IN_LIST = re.compile(r"(?:[;,]|\b(?:và|hoặc|cùng))(?: (?:các|số|tại))* *\Z")
NEVER = re.compile(r"(?!)")
