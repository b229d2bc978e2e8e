"""One printed body to its identity, in the light of the document that names it.

A reader takes the words of one member of a list, without its title, and answers or passes on: central bodies
by name, bodies of a field of work, kinds of bodies with their units, classes, organs with names of their own.
Imports ``records``, ``lexicon``, ``clean`` and its neighbours in this room.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.clean.charset import UPPER
from pipeline.lexicon import load
from pipeline.records import Level
from pipeline.resolve.body_registry import Kind, central_bodies, classes, fields, fold, kinds, one_of
from pipeline.resolve.place_names import key, province_named
from pipeline.resolve.scopes import Context, Identity, own, placed, unit_level
from pipeline.resolve.units import Unit, read_units


@lru_cache(maxsize=20_000)
def identify(body: str, context: Context) -> Identity | None:
    """Return which body the printed words *body* mean in a document of *context*; None where unknown.

    >>> here = Context(Level.PROVINCE, "Đắk Lắk")
    >>> identify("Giám đốc Công an tỉnh", here).body_id, identify("các sở", here).body_id
    ('province/dak-lak:cong-an', 'class:departments')
    >>> identify("UBND các huyện, thị xã", here).body_id, identify("Bộ Công an", here).body_id
    ('class:district:ubnd', 'central:bo-cong-an')
    """
    words = dict(context.short_names).get(body, body)
    named = central_bodies().get(fold(words))
    if named:
        return Identity(named, Level.CENTRAL)
    bare, plural = without_title(words)
    if not plural and fold(bare) in _OFFICES and (bare != words or context.issuer):
        return _issuing(fold(bare), context)
    for reader in (_central, _fielded, _of_kind, _organ, _of_classes):
        identity = reader(bare, plural, context)
        if identity:
            return identity
    return None


# --- titles --------------------------------------------------------------------------------------

# các · toàn thể
_EACH = re.compile(r"(?:các|những|từng|mỗi|toàn thể) ")
_TITLES = load("bodies")["titles"]
# "Chánh Văn phòng UBND": the office is the body, so only the first word goes
_SHORT_TITLE = re.compile(r"(?:trưởng|chánh) (?=(?:công an|văn phòng|thanh tra|phòng|ban) )")
_TITLE = re.compile(one_of(_TITLES) + " ")
# lãnh đạo tỉnh: no body follows
_BARE_LEADERS = re.compile(r"lãnh đạo (?:tỉnh|thành phố|huyện|quận|xã|phường)")


def without_title(words: str) -> tuple[str, bool]:
    """Return *words* without "các" and the title of whoever heads the body, and whether "các" stood there."""
    plural = False
    folded = fold(words)
    start = 0
    if each := _EACH.match(folded):
        plural, start = True, each.end()
    title = _SHORT_TITLE.match(folded, start) or _TITLE.match(folded, start)
    if title and not _BARE_LEADERS.fullmatch(folded, start):
        start = title.end()
        if each := _EACH.match(folded, start):
            plural, start = True, each.end()
    return words[start:], plural


# --- central bodies and bodies of a field --------------------------------------------------------

# Bộ · lãnh đạo Sở · Bộ trưởng: the issuing body, by the head word of its name
_OFFICES = {
    "bộ": "bộ",
    "bộ trưởng": "bộ",
    "thứ trưởng": "bộ",
    "sở": "sở",
    "cục": "cục",
    "tổng cục": "tổng cục",
}
_FIELDED = re.compile(rf"(?P<head>bộ|sở|phòng|ngành|ban):? (?P<fields>{one_of(fields())}.*)")
_FIELD = re.compile(one_of(fields()))
# a department is always a province's
_PROVINCE = Unit("tỉnh", Level.PROVINCE, name=None, plural=False, start=0)


def _central(words: str, plural: bool, context: Context) -> Identity | None:
    body_id = central_bodies().get(fold(words))
    return Identity(body_id, Level.CENTRAL) if body_id else None


def _issuing(office: str, context: Context) -> Identity | None:
    """Return the issuing body where its name starts with the word that *office* stands for, else None."""
    if context.issuer is None or context.issuer[0] != _OFFICES[office]:
        return None
    return Identity(context.issuer[1], context.level)


def _fielded(words: str, plural: bool, context: Context) -> Identity | None:
    """Read "Sở Y tế", "Phòng Nội vụ phường", "các Sở: Tài chính, Xây dựng"."""
    folded = fold(words)
    match = _FIELDED.fullmatch(folded)
    if match is None:
        return None
    first = _FIELD.match(folded, match.start("fields"))
    names = [first.group()] if first else []
    if words[match.end("head")] == ":":
        names = _FIELD.findall(folded, match.start("fields"))
    rest = words[match.start("fields") + len(names[-1]) :] if len(names) == 1 else ""
    several = plural and len(names) == 1
    return _joined([_of_field(match["head"], fields()[name], rest, several, context) for name in names])


def _of_field(head: str, name: str, rest: str, plural: bool, context: Context) -> Identity:
    slug = key(f"{head} {name}")
    if head == "bộ":
        return Identity(f"central:{slug}", Level.CENTRAL)
    if head == "ngành":
        return Identity(f"class:{slug}", None)
    units = list(read_units(rest))
    if head == "sở":
        province = [unit for unit in units if unit.level is Level.PROVINCE] or [_PROVINCE]
        return placed(slug, province, plural=plural, context=context) or Identity(f"class:{slug}", None)
    found = placed(slug, units, plural=plural, context=context) if units else None
    at_home = head == "ban" or context.level in (Level.DISTRICT, Level.COMMUNE)
    return found or (own(slug, context) if at_home and not units else None) or Identity(f"class:{slug}", None)


def _joined(identities: list[Identity]) -> Identity | None:
    """Return one identity for the bodies that one member names together, in the order of print."""
    if not identities:
        return None
    levels = {identity.level for identity in identities}
    level = levels.pop() if len(levels) == 1 else None
    return Identity("+".join(identity.body_id for identity in identities), level)


# --- kinds of bodies and their units -------------------------------------------------------------

_KIND = re.compile(one_of(kinds()))
# Công an các cấp · Công an các đơn vị, địa phương
_EVERYWHERE = re.compile(r" (?:các cấp|(?:các |ở )?(?:đơn vị|địa phương))(?!\w)")
_OF_THE_MINISTRY = re.compile(r"trực thuộc bộ(?!\w)")
_BASE = re.compile(r" (?:cấp |ở )?cơ sở$")
# phường thuộc tỉnh: whose unit it is in turn
_WITHIN = re.compile(r" (?:trực )?thuộc (?=tỉnh|thành phố|huyện|quận).*")
# cơ quan Trung ương · đơn vị thuộc Bộ
_AT_THE_CENTRE = re.compile(r" (?:(?:ở )?trung ương|(?:trực )?thuộc (?:bộ|chính phủ))(?!\w)")
_CENTRE = re.compile(r" (?:ở )?trung ương$| việt nam$")


def _of_kind(words: str, plural: bool, context: Context) -> Identity | None:
    """Read "UBND tỉnh", "Công an các xã, phường", "Báo Phú Thọ"."""
    folded = fold(words)
    match = _KIND.match(folded)
    if match is None:
        return None
    longer = _CLASS.match(folded)
    if longer and longer.end() > match.end():
        return None
    kind = kinds()[match.group()]
    rest = words[match.end() :]
    if _EVERYWHERE.match(fold(rest)):
        return _without_units(kind, rest, plural, context)
    whose = _WITHIN.search(fold(rest))
    units = list(read_units(f"{kind.unit or ''}{rest[: whose.start()] if whose else rest}"))
    if units:
        return placed(kind.id, units, plural=plural, context=context, rest=fold(rest))
    return _without_units(kind, rest, plural, context)


def _without_units(kind: Kind, rest: str, plural: bool, context: Context) -> Identity | None:
    folded, kind_id = fold(rest), kind.id
    bare_class = plural or kind.force or (kind.local and context.level is Level.CENTRAL)
    if _OF_THE_MINISTRY.search(folded):
        return Identity(f"class:central:{kind_id}", Level.CENTRAL)
    if _BASE.search(folded):
        return Identity(f"class:commune:{kind_id}", Level.COMMUNE)
    if _EVERYWHERE.match(folded) or (not rest and bare_class):
        return Identity(f"class:{kind_id}", None)
    if _CENTRE.search(folded) or (not rest and context.level is Level.CENTRAL):
        return Identity(f"central:{kind_id}", Level.CENTRAL)
    province = province_named(rest)
    if province:
        return Identity(f"province/{key(province)}:{kind_id}", Level.PROVINCE)
    return None if rest.strip() else own(kind_id, context)


# --- classes -------------------------------------------------------------------------------------

_CLASS = re.compile(
    rf"(?:^|, (?:và )?| và |/| - )(?:(?:các|những|từng|mỗi) )?"
    rf"(?!xã (?:hội|viên))(?P<word>{one_of(classes())})"
)
# trên địa bàn tỉnh: where, not whose
_WHERE = re.compile(r"(?:trên|tại|trong) (?:địa bàn )?.*")


def _of_classes(words: str, plural: bool, context: Context) -> Identity | None:
    """Read common nouns: "sở, ban, ngành", "đoàn thể tỉnh", "cơ quan, đơn vị có liên quan"."""
    folded = fold(words).partition(":")[0]
    matches = list(_CLASS.finditer(folded))
    if not matches or matches[0].start() != 0:
        return None
    found = [classes()[match["word"]] for match in matches]
    units = list(read_units(words[matches[-1].end() : _end_of_whose(folded, matches[-1].end())]))
    printed = {unit_level(unit, units, context, folded) for unit in units}
    body_id = "class:" + "+".join(dict.fromkeys(item.id for item in found))
    if _BASE.match(folded, matches[-1].end()):
        printed = {Level.COMMUNE}
    elif _AT_THE_CENTRE.search(folded, matches[-1].end()):
        printed = {Level.CENTRAL}
    if len(printed) == 1 and None not in printed:
        return Identity(body_id, printed.pop(), qualified=bool(units) and not units[0].plural)
    levels = {item.level for item in found}
    return Identity(body_id, levels.pop() if len(levels) == 1 else None)


def _end_of_whose(folded: str, start: int) -> int:
    where = _WHERE.search(folded, start)
    return where.start() if where else len(folded)


# --- organs --------------------------------------------------------------------------------------

_ORGAN = re.compile(one_of((*load("bodies")["organs"], *load("bodies")["task_forces"])))
_CENTRAL_ORGAN = re.compile(
    r"(?:cục|vụ|tổng cục|học viện|tạp chí|nhà xuất bản)(?!\w)"
    r"|.* (?:việt nam|quốc gia|trung ương|chính phủ|quốc hội)$"
)
# a name goes on with a capital or a number; "Ban Chỉ đạo" is complete
_NAMED = re.compile(rf" (?:[{UPPER}]|\d)|(?<=hỉ đạo)(?!\w)")
_COMPANY = re.compile(r"(?:công ty|tập đoàn|tổng công ty|ngân hàng|chi nhánh|hiệp hội)(?!\w)")
_UNIT_AT_END = re.compile(
    r" (?:các )?(?:cấp )?(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|đặc khu)(?!\w).*"
)


def _organ(words: str, plural: bool, context: Context) -> Identity | None:
    """Read a body with a name of its own: "Cục Quản lý thị trường", "Ban Chỉ đạo 389 tỉnh"."""
    folded = fold(words)
    head = _ORGAN.match(folded)
    if head is None or plural or not words[0].isupper() or not _NAMED.match(words, head.end()):
        return None
    if _EVERYWHERE.search(folded):
        return Identity(f"class:{key(_EVERYWHERE.split(folded)[0])}", None)
    if _COMPANY.match(folded):
        return Identity(f"org:{key(words)}", None)
    if _CENTRAL_ORGAN.match(folded):
        return Identity(f"central:{key(words)}", Level.CENTRAL)
    slug = key(_UNIT_AT_END.sub("", folded))
    units = list(read_units(words))
    if units:
        return placed(slug, units, plural=plural, context=context, rest=folded)
    return own(slug, context)
