"""Unicode to the old encodings, the inverse of what ``pipeline.read.legacy`` does."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from pipeline import lexicon

_TONES = "\u0300\u0301\u0303\u0309\u0323"


@pytest.fixture(name="encode_legacy")
def encode_legacy_fixture() -> Callable[[str, str], bytes]:
    """Encode a text in an old encoding."""
    return encode_legacy


def encode_legacy(text: str, encoding: str) -> bytes:
    """Encode composed Vietnamese; TCVN3 loses the capitals that it has no codes for."""
    if encoding == "cp1258":
        return b"".join(_cp1258(char) for char in text)
    if encoding == "vni":
        return b"".join(_vni(char) for char in text)
    codes = _codes(encoding)
    return b"".join(codes.get(char) or codes.get(char.lower()) or char.encode("latin-1") for char in text)


def _codes(encoding: str) -> dict[str, bytes]:
    entries = " ".join(lexicon.load("legacy_encodings")[encoding]["letters"]).split()
    return {letter: bytes.fromhex(code) for code, letter in (entry.split("=") for entry in entries)}


def _cp1258(char: str) -> bytes:
    """Windows-1258 has the letters â ê ô ă ơ ư đ, and the tone marks apart."""
    parts = unicodedata.normalize("NFD", char)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return (letter + "".join(part for part in parts if part in _TONES)).encode("cp1258")


def _vni(char: str) -> bytes:
    marks = lexicon.load("legacy_encodings")["vni"]["marks"]
    by_mark = {"".join(sorted(chr(int(c, 16)) for c in codes.split())): keys for keys, codes in marks.items()}
    if char in _codes("vni"):
        return _codes("vni")[char]
    if char.isascii() or char in "ìíÌÍ":
        return char.encode("latin-1")
    base, *rest = unicodedata.normalize("NFD", char)
    horn = "\u031b" in rest
    letter = unicodedata.normalize("NFC", base + "\u031b") if horn else base
    head = _codes("vni")[letter] if horn else letter.encode()
    keys = by_mark.get("".join(sorted(mark for mark in rest if mark != "\u031b")))
    return head + (keys[char.isupper()].encode("latin-1") if keys else b"")
