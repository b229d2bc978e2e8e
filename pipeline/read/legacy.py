"""Old Vietnamese encodings: which one a text is in, and the letters that its codes stand for.

Before Unicode a Vietnamese document carried the codes of the font that it was typed in, so that an
extractor hands out "Céng hoµ x· héi" (TCVN3) or "Coäng hoøa xaõ hoäi" (VNI) for "Cộng hòa xã hội". The name
of the font tells the encoding where it is known; elsewhere the words themselves must: every encoding is
tried, and the one that yields Vietnamese wins. Imports only the lexicon.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pipeline import lexicon

ENCODINGS = ("tcvn3", "vni", "viscii", "vps")

_WORD = re.compile(r"[^\W\d_]+")

# A PDF names these glyphs by what they look like: "t− vÊn" is "t\xad vÊn" (tư vấn). Beside a letter
# or the code of one only, so that the minus sign of "5 − 3" stays.
_LOOKALIKE_GLYPHS = {"−": "\xad", "∙": "\xb7", "μ": "\xb5"}
_LOOKALIKE = re.compile(r"(?<=[^\W\d_])[−∙μ]|(?<=[\xa1-\xff])[−∙μ]|[−∙μ](?=[^\W\d_]|[\xa1-\xff])")

# A font of capitals: ".VnTimeH", "VnTimeH-Bold", ".VnArial NarrowH".
_CAPITAL_FONT = re.compile(r"\.?Vn[A-Za-z ]*H(?![A-Za-z])")

# Letters that only Unicode has: ă đ ĩ ũ ơ ư in capitals or not, and the block of letters with two marks.
_UNICODE_ONLY = re.compile(r"[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")

_CHOSEN = re.compile(r"[^A-Za-z]+")  # of plain letters the typist chose between small ones and capitals

_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")  # "ABCDEF+.VnTime" in a PDF


@dataclass(frozen=True, slots=True)
class Evidence:
    """How Vietnamese a text is: of its ``marked`` words (non-ASCII), ``known`` are frequent syllables."""

    marked: int
    known: int

    @property
    def share(self) -> float:
        """Share of known words in [0, 1]; 0 where no word carries a mark."""
        return self.known / self.marked if self.marked else 0.0


def evidence(text: str) -> Evidence:
    """Count the marked words of ``text`` and those of them that are frequent Vietnamese syllables.

    >>> evidence("Căn cứ Luật Tổ chức chính quyền")
    Evidence(marked=7, known=7)
    >>> evidence("C¨n cø LuËt Tæ chøc chÝnh quyÒn").known
    0
    """
    words = [w for w in _WORD.findall(unicodedata.normalize("NFC", text).lower()) if not w.isascii()]
    known = _frequent_syllables()
    return Evidence(len(words), sum(word in known for word in words))


def decode_legacy(text: str, encoding: str) -> str:
    """Return the letters that the codes of ``text`` stand for in ``encoding``, in NFC.

    ``text`` holds the codes as Latin-1 or Windows-1252 characters, the way extractors hand them out. Text
    that holds Vietnamese Unicode letters already is returned as it is: the font's name was wrong.

    >>> decode_legacy("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "tcvn3")
    'Cộng hoà xã hội chủ nghĩa Việt Nam'
    >>> decode_legacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'

    Raises:
        KeyError: ``encoding`` is none of ``ENCODINGS``.
    """
    if _UNICODE_ONLY.search(text):
        return text
    surface = _LOOKALIKE.sub(lambda m: _LOOKALIKE_GLYPHS[m[0]], text)
    decoded = _decode_vni(surface) if encoding == "vni" else surface.translate(_letters(encoding))
    return unicodedata.normalize("NFC", decoded)


@cache
def encoding_of_font(font: str | None) -> str | None:
    """Return the encoding that a font is drawn for, None for fonts of Unicode and unknown ones.

    >>> [encoding_of_font(font) for font in ("ABCDEF+.VnTimeH", "VNI-Times", "Times New Roman")]
    ['tcvn3', 'vni', None]
    """
    name = _SUBSET_TAG.sub("", font or "").strip().lower()
    for encoding in ENCODINGS:
        if name.startswith(tuple(lexicon.load("legacy_encodings")[encoding]["fonts"])):
            return encoding
    return None


def decode_runs(runs: Iterable[tuple[str, str | None]]) -> str:
    """Join (text, font) runs, each decoded as its font wants it; a letter may reach over several runs.

    Fonts of capitals (".VnTimeH") draw small letters as capitals. The letters are given as typed; but TCVN3
    has no accented capitals, so that words typed in capitals carry small letters where they have marks.

    >>> decode_runs([("Bé tµi chÝnh, ", ".VnTimeH"), ("Bộ Tài chính, ", "Arial"), ("Boä", "VNI-Times")])
    'Bộ tài chính, Bộ Tài chính, Bộ'
    >>> decode_runs([("QU¶N Lý NHµ N¦íC", ".VnTimeH")])
    'QUẢN LÝ NHÀ NƯỚC'
    """
    stretches = groupby(runs, key=lambda run: (encoding_of_font(run[1]), _draws_capitals(run[1])))
    return "".join(_decode_stretch("".join(text for text, _ in run), *kind) for kind, run in stretches)


def _decode_stretch(text: str, encoding: str | None, capitals: bool) -> str:
    decoded = decode_legacy(text, encoding) if encoding else text
    return decoded.upper() if capitals and _CHOSEN.sub("", decoded).isupper() else decoded


@cache
def _draws_capitals(font: str | None) -> bool:
    return _CAPITAL_FONT.match(_SUBSET_TAG.sub("", font or "").strip()) is not None


@cache
def _frequent_syllables() -> frozenset[str]:
    return frozenset(lexicon.load("frequent_syllables")["syllables"].split())


@cache
def _letters(encoding: str) -> dict[int, str]:
    """Map the code points that stand for letters in ``encoding``, as Latin-1 and as Windows-1252."""
    table: dict[int, str] = {}
    for entry in " ".join(lexicon.load("legacy_encodings")[encoding]["letters"]).split():
        code, letter = entry.split("=")
        table[int(code, 16)] = letter
        table.setdefault(ord(bytes.fromhex(code).decode("cp1252", "ignore") or letter), letter)
    return table


@cache
def _vni_marks() -> dict[str, str]:
    marks = lexicon.load("legacy_encodings")["vni"]["marks"]
    combining = {keys: "".join(chr(int(code, 16)) for code in codes.split()) for keys, codes in marks.items()}
    return {key: value for keys, value in combining.items() for key in keys}


@cache
def _vni_vowel() -> re.Pattern[str]:
    vowels = lexicon.load("legacy_encodings")["vni"]["vowels"]
    return re.compile(f"([{vowels}])([{''.join(_vni_marks())}])")


def _decode_vni(text: str) -> str:
    """Join each vowel with the mark after it: "tieáng" is tiếng; then replace what stands alone."""
    letters, marks = _letters("vni"), _vni_marks()
    pieces: list[str] = []
    at = 0
    for match in _vni_vowel().finditer(text):
        pieces += [text[at : match.start()].translate(letters), match[1].translate(letters), marks[match[2]]]
        at = match.end()
    return "".join(pieces) + text[at:].translate(letters)
