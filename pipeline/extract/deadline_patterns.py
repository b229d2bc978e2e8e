"""What deadlines look like in print: small pieces composed into one pattern per form.

An example line stands over each piece. Patterns find the words; `pipeline.extract.deadlines` reads them.
A space stands for one space, since clean text has no other. Imports nothing of ours.
"""

from __future__ import annotations

import re

# *** Pieces ***

# 1, 02, 31
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
# 1, 09, 12
MONTH = r"(?:1[0-2]|0?[1-9])"
# 2025
YEAR = r"(?:19|20)\d\d"
# 25, after a day and a month
SHORT_YEAR = r"[2-4]\d(?!\d)"
# IV, iv, 4
QUARTER = r"(?:IV|I{1,3}|iv|i{1,3}|[1-4])(?!\w)"
# 10, 03 (ba), hai
COUNT = (
    r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
    r"(?: \([^\W\d_]+(?: [^\W\d_]+){0,3}\))?"
)
# 15/11 · 15/11/2025 · 15-11-2025 · 27 tháng 6 năm 2014
DATE = (
    rf"(?:{DAY} ?/ ?{MONTH}(?: ?/ ?{YEAR}|/{SHORT_YEAR})?|{DAY}[-.]{MONTH}[-.]{YEAR}"
    rf"|(?:mùng |mồng )?{DAY}(?: của)? tháng {MONTH}(?:,? năm {YEAR})?)(?![\d/])"
)
# 17 giờ 00 ngày · 10h00,
CLOCK = r"(?:\d{1,2} ?(?:giờ|h|g)(?: ?\d\d(?: phút)?)?,? (?:sáng |chiều )?)?"
# hằng năm · hàng quý · mỗi tháng
EVERY = r"(?:[Hh]ằng|[Hh]àng|[Mm]ỗi)"
# trước · chậm nhất là · đến hết · vào
BEFORE = r"[Tt]rước(?: hạn)?"
NO_LATER = (
    r"(?:[Cc]hậm|[Mm]uộn) nhất(?: là)?(?: trước| đến(?: hết)?| vào| trong)?"
    r"|[Kk]hông (?:muộn|chậm|quá)(?: hơn)?|[Hh]ạn (?:cuối|chót)(?: cùng)?(?: là)?"
)
UNTIL = r"(?:[Cc]ho |[Xx]ong )?(?:[Đđ]ến(?: hết| trước)?|[Hh]ết|[Tt]rong|[Vv]ào|[Tt]ừ nay đến(?: hết)?)"

# hằng năm · của năm sau liền kề · năm tiếp theo
YEARLY_TAIL = (
    rf"(?: {EVERY} năm| (?:của )?năm (?:sau liền kề|liền kề|kế tiếp|tiếp theo|sau|báo cáo)"
    r"(?: năm báo cáo)?)"
)
# của tháng cuối quý · tháng đầu quý sau · tháng cuối mỗi quý
QUARTERLY_TAIL = (
    rf" (?:của )?tháng (?:cuối(?: cùng)?|đầu)(?: của| tiên của)? ?(?:{EVERY} |các )?quý"
    r"(?: sau| tiếp theo| kế tiếp)?"
)
# hằng tháng · của tháng sau · tháng kế tiếp
MONTHLY_TAIL = rf" (?:{EVERY} tháng|(?:của )?tháng (?:sau|tiếp theo|kế tiếp|liền kề))"

# *** Forms, strongest first ***

# trước ngày 15/11 hằng năm · chậm nhất là 17 giờ 00 ngày 20/11/2025 · đến hết ngày 30/9/2025
DATED = re.compile(
    rf"(?=[TtCcMmKkHhĐđXxVv])(?<!\w)(?:(?:{BEFORE}|{NO_LATER}) {CLOCK}(?:ngày )?|{UNTIL} {CLOCK}ngày )"
    rf"{DATE}(?:(?:, | và | hoặc |, ngày | và ngày | và trước ngày ){DATE})*(?: và tháng {MONTH})?"
    rf"(?:{YEARLY_TAIL}| năm nay)?"
)
# trước ngày 25 hằng tháng · trước ngày 20 tháng cuối quý · ngày 05 của tháng sau · hằng tháng (trước ngày 25)
DAY_OF_MONTH = re.compile(
    rf"(?=[TtCcMmKkHhĐđXxVvNn])(?<!\w)"
    rf"(?:(?:(?:(?:{BEFORE}|{NO_LATER}) {CLOCK}|{UNTIL} {CLOCK}(?=ngày))"
    rf"(?:ngày )?|[Nn]gày ){DAY}(?:{MONTHLY_TAIL}|{QUARTERLY_TAIL})"
    rf"|{EVERY} tháng(?: \(|,? )(?:{BEFORE}|{NO_LATER}|[Vv]ào) {CLOCK}"
    rf"ngày {DAY}(?!\w| ?[/-]| tháng)\)?)"
)
# thứ Sáu hằng tuần · trước 16 giờ 00 thứ Năm hằng tuần · hằng tuần (vào chiều thứ Năm)
_WEEKDAY = r"(?:[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])(?!\w)|[Cc]hủ nhật)"
_BY_WEEKDAY = rf"(?:(?:{BEFORE}|{NO_LATER}|[Vv]ào) {CLOCK}(?:sáng |chiều |cuối ngày |ngày )?)"
DAY_OF_WEEK = re.compile(
    rf"(?=[TtCcMmKkVvHh])(?<!\w)(?:{_BY_WEEKDAY}?{_WEEKDAY} {EVERY} tuần"
    rf"|{EVERY} tuần(?: \({_BY_WEEKDAY}?{_WEEKDAY}\)|,? {_BY_WEEKDAY}{_WEEKDAY}))"
)
# trước 15 giờ 00 hằng ngày
TIME_OF_DAY = re.compile(
    rf"(?=[TtCcMmKkVv])(?<!\w)(?:{BEFORE}|{NO_LATER}|[Vv]ào) \d{{1,2}} ?(?:giờ|h|g)(?: ?\d\d(?: phút)?)?,?"
    rf" {EVERY} ngày"
)
# từ ngày 01/01/2026 đến hết ngày 31/3/2026
SPAN_OF_DAYS = re.compile(rf"(?=[TtKk])(?<!\w)(?:kể )?[Tt]ừ (?:ngày )?{DATE},? đến (?:hết )?(?:ngày )?{DATE}")
# trong tháng 12 năm 2025 · tháng 12/2025 · trước tháng 11 hằng năm · trong tháng 12
_LED = rf"(?:{BEFORE}|{NO_LATER}|{UNTIL}) "
_OF_YEAR = rf"(?: ?/ ?{YEAR}|,? năm {YEAR}| {EVERY} năm)(?![\d/])"
# tháng 11 - 12 · tháng 6 và tháng 12
_MONTHS = rf"[Tt]háng {MONTH}(?!\d)(?:(?:, | và | ?[-–] ?)(?:tháng )?{MONTH}(?!\d)){{0,5}}"
MONTH_OF_YEAR = re.compile(
    rf"(?=[TtCcMmKkHhĐđXxVv])(?<!\w)(?:{_LED}{_MONTHS}(?:{_OF_YEAR}|(?! ?[\d/]))|{_MONTHS}{_OF_YEAR})"
)
# trong quý IV/2025 · quý I, II năm 2026 · quý IV hằng năm · trong quý II
_QUARTERS = rf"[Qq]uý {QUARTER}(?:(?:, | và | ?[-–] ?)(?:quý )?{QUARTER}){{0,3}}"
QUARTER_OF_YEAR = re.compile(
    rf"(?=[TtCcMmKkHhĐđXxVvQq])(?<!\w)(?:{_LED}{_QUARTERS}(?:{_OF_YEAR}|(?! ?[\d/]))|{_QUARTERS}{_OF_YEAR})"
)
# từ tháng 3 đến tháng 11 hằng năm · từ tháng 11/2025 đến khi kết thúc
SPAN_OF_MONTHS = re.compile(
    rf"(?=[Tt])(?<!\w)[Tt]ừ (?:đầu |giữa |cuối )?tháng {MONTH}(?: ?/ ?{YEAR}| năm {YEAR})?,? đến "
    rf"(?:hết |cuối )?(?:tháng {MONTH}(?: ?/ ?{YEAR}|,? năm {YEAR}| {EVERY} năm)?(?![\d/])"
    r"|khi [^\W\d_][^,;.:()|\n]{1,80}?(?=[,;.:()|\n]|$))"
)
# đến hết năm 2026 · trước năm 2030 · Đến năm 2030 · vào năm 2027
END_OF_YEAR = re.compile(
    rf"(?=[TtĐđHhCcXxVv])(?<!\w)"
    rf"(?:{BEFORE}|{NO_LATER}|(?:[Cc]ho |[Xx]ong )?[Đđ]ến(?: hết| cuối)?|[Hh]ết|[Cc]uối|[Vv]ào(?: cuối)?)"
    rf" năm {YEAR}(?!\d| ?[-–/])"
)
# Năm 2026 · năm 2026
BARE_YEAR = re.compile(rf"(?=[Nn])(?<!\w)[Nn]ăm {YEAR}(?!\d| ?[-–/])")
# giai đoạn 2026 - 2030 · từ năm 2026 đến năm 2030 · trong năm 2014 và các năm tiếp theo
SPAN_OF_YEARS = re.compile(
    rf"(?=[TtGgn])(?<!\w)(?:(?:[Tt]rong )?[Gg]iai đoạn(?: từ)?(?: năm)? {YEAR} ?(?:[-–]|đến)(?: năm)? ?{YEAR}"
    rf"|[Tt]ừ (?:nay|năm {YEAR}) đến (?:hết )?(?:năm )?{YEAR}(?: và (?:các|những) năm tiếp theo)?"
    rf"|[Tt]rong (?:{COUNT} |các )?(?:năm|kế hoạch|năm học) {YEAR}(?: ?[-–] ?{YEAR})?"
    r"(?: và (?:các |những )?(?:năm|giai đoạn) tiếp theo)?"
    r"|[Tt]rong (?:các |những )?năm tiếp theo|(?<=thực hiện )năm tiếp theo)(?!\d)"
)
# trong 6 tháng đầu năm 2026
HALF_YEAR = re.compile(rf"(?=[Tt])(?<!\w)[Tt]rong (?:0?[369]|sáu) tháng (?:đầu|cuối) năm(?: {YEAR})?(?!\w)")
# hằng năm · quý · 6 tháng · 06 tháng/lần · 3 tháng một lần · 02 lần/năm · mỗi năm một lần
_PACE = (
    r"(?:[Hh][ằà]ng (?:năm|quý|tháng|tuần|ngày)|[Mm]ỗi (?:năm|quý|tháng|tuần|ngày) (?:một|0?1) lần"
    rf"|{COUNT} (?:năm|tháng|tuần)(?:/| )(?:một |0?1 )?lần"
    r"|(?:một|hai|0?[1-4]) lần ?(?:/|một|mỗi|trong một) ?(?:năm|quý|tháng|tuần))"
)
_LOOSE_PACE = rf"(?:{_PACE}|{COUNT} (?:năm|tháng|tuần)|quý|tháng|năm|tuần)(?!\w)"
PACE = re.compile(_LOOSE_PACE)
PACE_JOINT = re.compile(r"(?:, và |, | và |/)?")
# định kỳ hằng năm · định kỳ 6 tháng, 1 năm · hằng quý, 6 tháng, năm · 3 tháng một lần
FREQUENCY = re.compile(
    rf"(?=[HhMmĐđ\dbcnst])(?<![\w/])(?:[Đđ]ịnh kỳ,? \(?{_LOOSE_PACE}|{_PACE}"
    rf"|{COUNT} tháng(?=(?:,| và|, và) [Hh][ằà]ng năm))(?!\w)"
    rf"(?:(?:, | và |, và |/){_LOOSE_PACE}(?! \d))*"
)

# what names whoever is to act, where the words of a time run into it
_ACTOR = (
    r"(?:Ủy ban|Uỷ ban|UBND|Công an|Sở|Bộ|Cục|Chi cục|Phòng|Trung tâm|Văn phòng|Chủ tịch|Giám đốc|Thủ trưởng"
    r"|cơ quan|đơn vị)"
)
# 10 ngày làm việc · 03 tháng
_LENGTH = (
    rf"{COUNT} (?:ngày làm việc|ngày|giờ làm việc|giờ|tuần|tháng|năm)"
    r"(?! (?:qua|gần|vừa|trước đây|nay|đầu|cuối|\d))(?![\w/]| \([^)]*\)/)"
)
# kể từ ngày nhận đủ hồ sơ, up to whoever is to act
_COUNTED_FROM = (
    r"(?:,? (?:kể )?từ (?:ngày|khi|lúc|thời điểm)| sau khi) [^,;.:()|\n]{2,140}?"
    r"(?= ?(?:[,;.:()|\n]|$)| (?:thì|phải|có trách nhiệm|và (?:gửi|thông báo|báo cáo|trả))(?!\w)"
    rf"|(?<!của)(?<!cho)(?<!với)(?<!từ)(?<!tại)(?<!do) {_ACTOR}(?!\w))"
)
# trong thời hạn 07 (bảy) ngày làm việc kể từ ngày nhận hồ sơ · không quá 03 ngày · 15 ngày, kể từ ngày ký
LENGTH_OF_TIME = re.compile(
    r"(?=[TtCcMmKk\dhbns])(?<!\w)"
    r"(?:(?:(?:[Cc]hậm nhất |[Mm]uộn nhất )?[Tt]rong(?: vòng| thời hạn| thời gian| thời hạn tối đa)?"
    r"(?: không quá| tối đa)?|[Kk]hông quá|[Cc]hậm nhất(?: là| sau)?|[Mm]uộn nhất(?: là| sau)?)"
    rf" {_LENGTH}(?:{_COUNTED_FROM})?|{_LENGTH}{_COUNTED_FROM})"
)
# ít nhất 15 ngày trước khi hết hạn · trước 05 ngày làm việc
LENGTH_BEFORE = re.compile(
    r"(?=[ÍíTtCcMm])(?<!\w)(?:(?:[Íí]t nhất|[Tt]ối thiểu|[Cc]hậm nhất|[Mm]uộn nhất)(?: là| trước)? "
    rf"{_LENGTH}(?=,? trước (?:khi|ngày))|[Tt]rước (?:ít nhất |tối thiểu |(?!\d{{1,2}} giờ)){_LENGTH})"
    r"(?:,? trước (?:khi|ngày) [^,;.:()|\n]{2,80})?"
)
# trước khi đưa vào sử dụng · ngay sau khi ban hành · khi kết thúc Chương trình
EVENT = re.compile(
    r"(?=[TtNnKk])(?<!\w)(?:[Tt]rước khi|[Nn]gay(?: sau)? khi|(?<!đến )(?<![Ss]au )[Kk]hi kết thúc)"
    r" [^\W\d_][^,;.:()|\n]{0,80}?(?=[,;.:()|\n]| (?:để|thì|về|và|nhưng|theo|phải|mà) |$)"
)

# *** What only looks like one ***

# “...” and "..." hold titles and names
QUOTED = re.compile(r"“[^”\n]{1,600}”|\"[^\"\n]{1,600}\"")
# số 06/CT-BCA ngày 07/5/2025 của Bộ Công an về ... (to the end of the title)
CITED_TITLE = re.compile(
    r"(?<=số )\S{1,40}/\S{1,40}(?:,? ngày [\d/ thángnăm]{4,40})?(?:,? của [^.;:\n]{3,120}?)?"
    r",? (?:về|V/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi)[^.;:\n]{0,500}"
)
# trợ cấp hằng tháng, đời sống hằng ngày: a quality, not a pace of work
ADJECTIVE_OF_PACE = re.compile(
    r"(?:[Hh]ỗ trợ|trợ cấp|phụ cấp|5 năm và"
    r"|lương|thuê đất|trả tiền|sinh hoạt|đời sống|công việc|nghỉ phép|nghỉ|cây"
    r"|học phí|giờ|mức [^,;.]{1,30}|chế độ [^,;.]{1,30}) $"
)
# kế hoạch hằng năm của doanh nghiệp · bồi dưỡng hằng năm quy định tại: a quality too
ATTRIBUTE = re.compile(r" (?:của|quy định tại)(?!\w)")
# có hiệu lực ... , có giá trị ...: how long something holds
VALIDITY = re.compile(r"(?:hiệu lực|giá trị|ổn định|thời kỳ|được miễn|được giảm)[^.;\n]{0,50}$")
# Thời gian hoàn thành: ... · hoàn thành trong ...
TIME_CUE = re.compile(
    r"(?:[Tt]hời (?:gian|hạn|điểm)|[Tt]iến độ|[Hh]oàn thành|[Hh]oàn tất|[Xx]ong)[^.;|\n]{0,40}$"
)
# a modal verb tells whether the sentence orders or relates
MODAL = re.compile(
    r"(?<!\w)(đã|đều|từng|phải|cần|tiếp tục|có trách nhiệm|yêu cầu)(?!\w)"
    r"(?! (?:được|ban hành|phê duyệt|đề ra|giao|ký))"
)
# đã từ trần, đã được bổ nhiệm (trước ngày 01/01/2009): a state, not a task
STATE = re.compile(r"(?<!\w)(?:đã|đang|từng)(?!\w)[^,;.]{0,70} $")
# (đến ngày 23/9/2025) mới có: told of the past
ONLY_THEN = re.compile(r",? (?:mới|đã)(?!\w)")
# Nếu chấm dứt hoạt động · Trường hợp hộ gia đình: a condition, as long as no comma ends it
CONDITION = re.compile(
    r"[\s•+–-]*(?:Nếu|Trường hợp)(?!\w)(?:(?! thì )[^,\n(]|\([^()\n]{0,150}\)"
    r"|, (?:thành phố|thị xã|huyện|xã|phường|thị trấn|ngành)(?!\w)){0,400}"
)
# quá 01 năm kể từ ngày, sau 10 ngày: a threshold, no deadline
THRESHOLD = re.compile(r"(?:(?<!không )quá|sau|hơn|trên|dưới|từ|đủ|tối thiểu|ít nhất|còn) $")
# ngày 01 (tháng 01 năm 2026): the rest of a date
DAY_BEFORE = re.compile(r"\d ?$")
# what may follow "Năm 2026" and "Tháng 12/2025" where they stand for a time by themselves
STANDS_ALONE = re.compile(r" ?(?:[,:;.|)/]|$|và )")
# định kỳ, hằng năm, báo cáo quý: somewhere in a sentence, they make a bare day return
RETURNING = re.compile(
    rf"{EVERY} (?:năm|quý|tháng)|[Đđ]ịnh kỳ|năm một lần|tháng một lần|lần/năm|tháng/lần"
    r"|báo cáo (?:định kỳ|0?6 tháng|sáu tháng|quý|năm(?! \d))"
)
# (ngày 25 tháng 6) và tháng 12: the same day of another month
SAME_DAY = re.compile(rf"và tháng ({MONTH})(?!\d)")
# one printed day: 15/11/2025 or 27 tháng 6 năm 2014
DAY_PARTS = re.compile(
    rf"({DAY})(?: ?[/.-] ?|(?: của)? tháng )({MONTH})"
    rf"(?:(?: ?[/.-] ?|,? năm )({YEAR}|(?<=/){SHORT_YEAR}))?(?![\d/])"
)
# trong một năm: how much in a year, not by when
IN_ONE = re.compile(r"[Tt]rong (?:một|mỗi) (?:ngày|tuần|tháng|năm)")

# *** What stands around a deadline ***

# Thời gian hoàn thành: the action stands in the sentence before
TIME_LABEL = re.compile(
    r"[\s(•+–-]*(?:[Tt]hời (?:gian|hạn|điểm)|[Tt]iến độ|[Hh]ạn)(?: [^\W\d_]+){0,6} ?:?\s?"
)
# Định kỳ (trước ngày ...): nothing was said yet
OPENS_ACTION = re.compile(r"(?:[Đđ]ịnh kỳ|[Tt]rong đó|[Tt]hời (?:gian|hạn)[^,]*|[Gg]iao|[Yy]êu cầu|và|,|\s)*")
# Giao · yêu cầu: before whoever is to act
_TOLD = r"(?:[Gg]iao(?: cho)?|[Yy]êu cầu|[Đđ]ề nghị|[Đđ]ịnh kỳ|[Tt]rong đó|[,:)]|\s)*"
ACTION_OPENS = re.compile(_TOLD)
# có trách nhiệm · phải: between whoever acts and the action
DUTY = re.compile(r"(?:,? ?(?:có trách nhiệm|chịu trách nhiệm|phải|cần|và) ?|, )?")
# ... gửi về · ... về: between the action and its recipient
RECIPIENT_CUE = re.compile(
    r"[\s(,]{0,4}(?:và )?(?:gửi(?: báo cáo)?(?: về)?|về|lên|đến|tới|cho|qua)?[\s(]{0,4}$"
)
TIME_LABEL_ENDS = re.compile(r"(?:[Tt]hời (?:gian|hạn|điểm)|[Tt]iến độ)(?: [^\W\d_]+){0,6} ?:$")
# (để tổng hợp, báo cáo): what for, not what
PURPOSE = re.compile(r"[\s)]*(?:để|nhằm) ")

# *** When the document itself was issued, at the earliest ***

# số 06/CT-BCA ngày 07/5/2025
CITED_DAY = re.compile(rf"(?<=số )\S{{1,40}}/\S{{1,40}},? ngày ({DATE})")
PRINTED_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
