"""The words around a list of bodies that give it a role (annotation guidelines, section 5).

Patterns for the left are matched at the end of the clause so far, patterns for the right at the end of
the list. An example line stands over each. Imports ``lexicon`` and its neighbours in this room.
"""

from __future__ import annotations

import re

from pipeline.extract.wordlists import one_of
from pipeline.lexicon import load

_ROLES = load("body_roles")
_WORD = r"[^\W\d_]+"

# *** On the left ***

# các đồng chí · ông (bà)
_PERSONS = r"(?:[Cc]ác )?(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)(?:,? \(?bà\)?| và bà|/bà)?"

# Giao · yêu cầu · đề nghị: somebody is told; not "bàn giao", "không giao", "đã giao"
ORDERED = re.compile(
    r"(?<!\w)(?<!chuyển )(?<!bàn )(?<!hông )(?<!hưa )(?<!đã )"
    r"(?:[Gg]iao(?: cho| nhiệm vụ cho| trách nhiệm cho)?|[Yy]êu cầu|[Đđ]ề nghị"
    rf"|[Pp]hân công(?: cho)?|[Ủủ]y quyền cho|[Cc]hỉ thị)(?: {_PERSONS})? $"
)
# hoặc đề nghị · kiến nghị · đề xuất: a body above is approached
APPROACHED = re.compile(r"(?<!\w)(?:(?:hoặc|và) đề nghị|(?:[Kk]iến nghị|[Đđ]ề xuất)(?: với)?) $")
# Chỉ đạo; not "để chỉ đạo", "chỉ đạo và hướng dẫn"
DIRECTED = re.compile(r"(?<!\w)(?<!để )[Cc]hỉ đạo(?:, đôn đốc)? $")
# là nhiệm vụ thường xuyên của · là trách nhiệm của
DUTY_OF = re.compile(rf"(?<!\w)là (?:nhiệm vụ|trách nhiệm)(?: {_WORD}){{0,6}} của $")
# phối hợp chặt chẽ với · trao đổi, liên hệ với
ALONGSIDE = re.compile(
    r"(?<!\w)(?:[Pp]hối hợp(?: công tác)?|[Tt]rao đổi|[Ll]iên hệ|[Ll]iên kết)"
    r"(?: chặt chẽ| tốt| thường xuyên| đồng bộ| hiệu quả)?(?:,? (?:với|cùng với|cùng))? $"
)
# phối hợp trong bảo vệ chính trị nội bộ với; not an agreement "phối hợp giữa A với B"
ALONGSIDE_IN = re.compile(r"(?<!\w)[Pp]hối hợp (?!giữa)[^;.:()]{1,160}(?<! đối),? với $")
# Nâng cao hiệu quả công tác phối hợp giữa
_STRENGTHEN = r"(?:[Nn]âng cao|[Tt]ăng cường|[Đđ]ẩy mạnh|[Tt]hực hiện tốt|[Ll]àm tốt)"
BETWEEN = re.compile(rf"{_STRENGTHEN}(?: {_WORD},?){{0,6}} phối hợp(?: {_WORD}){{0,3}} giữa $")
# Nâng cao hiệu quả công tác phối hợp giữa lực lượng Công an với
BETWEEN_PARTNER = re.compile(
    rf"{_STRENGTHEN}[^;.:]{{0,60}} phối hợp [^;.:]{{0,20}}giữa [^;.:]{{1,200}},? (?:với|và) $"
)
# báo cáo · gửi về · trình · báo cáo tình hình, kết quả thực hiện về
REPORTED = re.compile(
    r"(?<!\w)(?<!thời hạn )(?<!chế độ )"
    r"(?:(?:[Bb]áo cáo|[Gg]ửi|(?<!giải )(?<!quá )(?<!ương )(?<!quy )(?<!lộ )[Tt]rình"
    r"|[Nn]ộp|[Cc]huyển|[Pp]hản ánh)(?: kết quả| báo cáo| hồ sơ)?"
    r"(?: gửi)?(?: về| đến| cho| lên| tới| với)?"
    r"|(?:[Bb]áo cáo|[Gg]ửi|[Nn]ộp|[Cc]huyển|[Tt]ổng hợp|[Pp]hản ánh)[^;.:]{1,200} (?:về|gửi|lên)) $"
)
# (qua · phản ánh về Bộ qua; not "ủy thác qua"
THROUGH = re.compile(
    r"(?:\((?:thông )?|(?<!\w)(?:[Bb]áo cáo|[Gg]ửi|[Pp]hản ánh|[Ll]iên hệ)[^;.:()]{0,120} (?:thông )?)qua $"
)
# đã phối hợp với
PAST = re.compile(r"(?<!\w)(?:đã|đều|từng)(?!\w)(?! được)")
# Căn cứ Chỉ thị này, · Hằng năm · trong đó: what may stand before the subject of a clause
_CIRCUMSTANCE = one_of(_ROLES["circumstances"])
OPENS = re.compile(
    rf"[\s”\"(*•+–-]*(?:[a-zđ]\) )?(?:{_PERSONS}:? )?"
    rf"(?:{_CIRCUMSTANCE} (?:[^;:.\n]|\.(?! )){{1,300}}(?:, | thì )"
    r"|(?:[Đđ]ịnh kỳ )?[Hh][ằà]ng (?:năm|quý|tháng|tuần),? |[Tt]rong đó,? |[Đđ]ồng thời,? )?"
)
# Sở Tài chính chủ trì, (Sở Nội vụ phối hợp)
AFTER_LEAD = re.compile(r"chủ trì[^;.:()]{0,80}[,;(] ?$")
# Trên cơ sở đề nghị của: what follows belongs to the opening words, but for its last member
OPENING_OF = re.compile(
    r"[\s•+–-]*(?:[Tt]rên cơ sở|[Tt]heo|[Cc]ăn cứ|[Ss]au khi)[^,;:.\n]{1,250} (?:của|từ|do) "
)

# *** On the right ***

_LEAD_AS = r"(?:là|làm) (?:cơ quan |đơn vị |lực lượng )?(?:thường trực|chủ trì|đầu mối|nòng cốt)"
# (sau đây gọi là ...)
_ASIDE = r"(?: \([^()]{1,150}\))?"
# chủ trì · giữ vai trò nòng cốt · là cơ quan thường trực
_LEAD = (
    r"(?:có trách nhiệm |chịu trách nhiệm |tiếp tục |được giao )?"
    rf"(?:chủ trì|chịu trách nhiệm chính|(?:giữ|đóng|phát huy) vai trò (?:nòng cốt|chủ trì)|{_LEAD_AS})"
)
LEADS = re.compile(rf"{_ASIDE},? {_LEAD}")
# Sở Y tế: Chủ trì · Sở Y tế: (a list of what it is to do, or the first line of it)
COLON = re.compile(rf"{_ASIDE}:\s{{1,3}}(?:[-–+•*]\s?|\w{{1,2}}[.)]\s)?")
LEADS_AFTER_COLON = re.compile(rf"(?i:{_LEAD})")
ACTS_AFTER_COLON = re.compile(rf"(?:phải |cần |sẽ )?{one_of(_ROLES['operative'])}(?!\w)", re.IGNORECASE)
# về Bộ Xây dựng là cơ quan chủ trì
IS_LEAD = re.compile(rf" {_LEAD_AS}")
# a verb, but not in "các cơ quan, tổ chức chính trị"
_OPERATIVE = (
    rf"(?!tổ chức (?:chính trị|hành chính|xã hội|đảng|kinh tế|khác|có liên)){one_of(_ROLES['operative'])}"
)
# thẩm định và xác định nguồn kinh phí · có liên quan đến nhiệm vụ nêu tại Chỉ thị này xây dựng
ACTS = re.compile(
    rf"{_ASIDE}(?: (?!có trách nhiệm)[^,;.:()\n]{{1,100}}? có trách nhiệm(?!\w)"
    rf"| (?:có|thuộc|hoạt động|được|tham gia|là) [^,;.:()\n]{{1,100}}?{_ASIDE} (?:có trách nhiệm|phải)(?!\w)"
    rf"|(?: (?:có liên quan|liên quan|được giao|nêu|nơi) [^,;.:\n]{{1,80}}?)?,?"
    rf" (?:phải |cần |sẽ )?{_OPERATIVE}(?!\w))"
)

# ban hành Kế hoạch ... như sau · thông báo để các cơ quan biết: the issuer speaks of itself
ISSUES = re.compile(
    r" (?:(?:xin |trân trọng )?thông báo (?:để|tới|đến|cho|ý kiến|nội dung)"
    r"|(?:ban hành|xây dựng|triển khai|phát động)[^;.\n]{1,200} (?:như sau|cụ thể):?(?:\n|$))"
)
# Sở Tài chính chủ trì, Sở Nội vụ phối hợp.
HELPS = re.compile(r",? (?:cùng )?phối hợp(?: thực hiện)?(?=[.;)|]|$)")

# Chánh Văn phòng, Cục trưởng Cục A, B và C, Thủ trưởng các đơn vị chịu trách nhiệm thi hành: whoever is named
EXECUTES = re.compile(
    r"(?:(?!chủ trì|phối hợp|đề nghị|giao |[Cc]ăn cứ)[^.\n]){0,600}?"
    r" (?:chịu|có) trách nhiệm (?:tổ chức |triển khai )?thi hành(?!\w)"
)

# *** Labels: what stands before the colon ***

_BODY_NOUNS = r"(?:[Cc]ơ quan|[Đđ]ơn vị)(?:, (?:cơ quan|đơn vị|tổ chức|địa phương)){0,3}"
_LABEL_OPENS = r"(?:^|[;.|(\n] ?|[-–+•] )"
# Cơ quan, đơn vị phối hợp: a label, and nobody who helps
LABEL = re.compile(
    rf"{_BODY_NOUNS} (?:(?:chịu trách nhiệm|tổ chức) )?"
    r"(?:chủ trì|đầu mối|phối hợp|thực hiện|tham mưu)[^:.;\n]{0,20}:"
)
# Cơ quan chủ trì: Bộ Quốc phòng · Chủ trì: Bộ Quốc phòng
LABEL_LEAD = re.compile(
    rf"(?:{_BODY_NOUNS} (?:chủ trì|đầu mối)|{_LABEL_OPENS}[Cc]hủ trì)(?: thực hiện| tham mưu)?:$"
)
# Đơn vị phối hợp: các sở, ngành
LABEL_COORDINATE = re.compile(rf"(?:{_BODY_NOUNS} phối hợp|{_LABEL_OPENS}[Pp]hối hợp)(?: thực hiện)?:$")
# Đơn vị thực hiện: UBND các xã
LABEL_IMPLEMENT = re.compile(
    r"(?:[Cc]ơ quan|[Đđ]ơn vị|[Pp]hân công|[Tt]rách nhiệm)(?: chịu trách nhiệm| tổ chức)?"
    r" (?:thực hiện|tham mưu):$"
)

# *** Headings ***

# Trách nhiệm của · Đối với
HEADING_OPENS = re.compile(
    r"(?:(?:[Tt]rách nhiệm|[Nn]hiệm vụ) của |[Đđ]ối với |[Đđ]ề nghị |[Gg]iao |[Yy]êu cầu |[Vv]ề phía )?"
)
HEADING_CLOSES = re.compile(r"[\s.:;…)]*")
# Chủ trì, phối hợp với
LEADS_BELOW = re.compile(r"Chủ trì(?!\w)")
# Là cơ quan chủ trì tham mưu
LEADS_ABOVE = re.compile(r"Là (?:cơ quan|đơn vị|lực lượng) (?:chủ trì|đầu mối|nòng cốt)")
