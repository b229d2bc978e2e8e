"""Ways to damage a file: what a bad line, a bad disk, a bad program or a bad person would do to it."""

from __future__ import annotations

import io
import random
import re
import zipfile

from tests.fuzz.seeds import Seed

_FEW = (1, 1, 2, 4, 8)  # operations on a file, each as likely as the others
_LONGEST = 2_000  # bytes that one operation moves

# What readers and rules look for, put where it does not belong.
TOKENS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"\f", b"\r", b"{", b"}", b"\\", b"<", b">", b"</"),
    *(b"<table>", b"<tr><td>", b"</table>", b"<ol><li>", b"<w:p>", b"<w:tbl>", b"\\row", b"\\cell"),
    *(b"\\bin9999999 ", b"\\uc99 ", b"%PDF-1.7", b"endobj", b"xref", b"stream\n", b"PK\x03\x04", b"--x"),
    *(b"=?utf-8?b?", b" | ", b"|\n", b"- ", b"1. ", b"1.1.1.1 ", b"a) ", b"I. ", b"(", b'"', b"9999999999. "),
    *map(str.encode, ("“", "Điều 0. ", "ngày 31/02/0000 ", "trước ngày 99/99 ", "Số: 1/", "PHỤ LỤC\n")),
    *map(str.encode, ("Nơi nhận:\n", "KT. CHỦ TỊCH\n", "ñ", "từ 1 đến 9999999999999999 ", "năm 99999 ", "²")),
    "\N{COMBINING ACUTE ACCENT}".encode(),
)  # fmt: skip

_VALUES = (b"0", b"-1", b"1", b"99999999999", b"", b"%1.%9", "Chương".encode(), b"1.1.1.1 " * 99)
# An opening tag of a Word file, the value of an attribute, the words between two tags.
_CHANGEABLE = re.compile(
    rb"<w:(?:p|r|t|tc|tr|tbl|lvl|num|abstractNum|style|sectPr)\b[^<>]{0,500}(?<!/)>"
    rb"|(?<==\")[^\"<>]{1,60}(?=\")|(?<=>)[^<>]{1,500}(?=<)"
)


def mutate(seed: Seed, other: Seed, chance: random.Random) -> bytes:
    """Return the bytes of *seed* damaged; parts of *other* are spliced in.

    Most Word files are damaged within their parts, and so that they stay XML: others are refused at the door.
    """
    if seed.kind == "docx" and chance.random() < 0.8:
        return _within_container(seed.data, chance)
    data = bytearray(seed.data)
    for _ in range(chance.choice(_FEW)):
        _damage(data, other.data, chance)
    return bytes(data)


def _damage(data: bytearray, other: bytes, chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    length = chance.randrange(1, _LONGEST)
    match chance.randrange(8):
        case 0:
            if place < len(data):
                data[place] ^= 1 << chance.randrange(8)
        case 1:
            if place < len(data):
                data[place] = chance.randrange(256)
        case 2:
            del data[place:]
        case 3:
            del data[place : place + length]
        case 4:
            start = chance.randrange(len(other) + 1)
            data[place:place] = other[start : start + length]
        case 5:
            data[place:place] = data[place : place + length] * chance.randrange(1, 9)
        case 6:
            data[place:place] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 500))
        case _:
            data[place:place] = chance.randbytes(chance.randrange(1, 20))


def _within_container(data: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        names = source.namelist()
        damaged = {chance.choice(names), "word/document.xml"}
        for name in names:
            part = bytearray(source.read(name))
            if name in damaged:
                for _ in range(chance.choice(_FEW)):
                    part = _change_markup(part, chance)
            target.writestr(name, bytes(part))
    return stream.getvalue()


def _change_markup(part: bytearray, chance: random.Random) -> bytearray:
    """Repeat, drop or move a stretch between two tags of one name, or change a value or the words."""
    found = [match.span() for match in _CHANGEABLE.finditer(part)]
    if not found:
        return part
    start, end = chance.choice(found)
    if part[start : start + 1] == b"<":
        name = part[start + 1 : end].split(b" ")[0].strip(b"/>")
        closed = part.find(b"</" + name + b">", end)
        if closed < 0:
            return part
        end = closed + len(name) + 3
        stretch = part[start:end] * chance.choice((0, 2, 2, 3, 30))
    else:
        stretch = bytearray(chance.choice(_VALUES))
    return part[:start] + stretch + part[end:]
