"""Letters that a broken font map or a wrong key put in the place of đ and Đ, repaired on evidence.

Three substitutions occur. A two-character one: đ printed as ñ and, at the same time, Đ as ð. A one-key
one: Đ typed as Icelandic Ð, đ as ð. And foreign words that hold those letters by right (El Niño, España),
which must survive. So each token must become a possible syllable or a known symbol, and the document as
a whole must show which substitution it suffered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.clean.offsets import Edit
from pipeline.clean.syllables import is_syllable
from pipeline.lexicon import load

_N_TILDE, _CAPITAL_N_TILDE, _ETH, _CAPITAL_ETH = "ñÑðÐ"
_NOT_SPANISH: Final = frozenset("ăâêôơưàèìòùãõỳĂÂÊÔƠƯÀÈÌÒÙÃÕỲ")
_SUSPECT_TOKEN: Final = re.compile(r"(?<![^\W\d_])[^\W\d_ñÑðÐ]*+[ñÑðÐ][^\W\d_]*")  # ñảm, HðND
_POINT: Final = re.compile(r"(?:^|\n)[ ]{0,8}ñ[.)]")  # the point đ) of an article
_TOKEN: Final = re.compile(r"\S+")
_LIGATURES: Final = "\ufb00\ufb01\ufb02\ufb03\ufb04"  # ff, fi, fl, ffi, ffl
_SENTENCE_START: Final = re.compile(r"(?:^|[\n.!?…:;]\s{0,3}[“\"(]?|[-+•]\s)$")


def compose_letters(text: str) -> list[Edit]:
    """Return edits that bring every word into NFC, the form in which Vietnamese letters are one character.

    Ligatures, which some fonts of PDF files put for two letters (fi, fl), are parted.

    >>> compose_letters("xa\N{COMBINING TILDE} hội")
    [Edit(start=0, end=3, after='xã', rule='nfc')]
    """
    if any(ligature in text for ligature in _LIGATURES):
        return [
            Edit(m.start(), m.end(), unicodedata.normalize("NFKC", m[0]), "ligature")
            for m in re.finditer(f"[{_LIGATURES}]", text)
        ]
    if unicodedata.is_normalized("NFC", text):
        return []
    return [
        Edit(m.start(), m.end(), unicodedata.normalize("NFC", m[0]), "nfc")
        for m in _TOKEN.finditer(text)
        if not unicodedata.is_normalized("NFC", m[0])
    ]


def restore_d_stroke(text: str) -> list[Edit]:
    """Return edits that put back đ and Đ where ñ, Ñ, ð or Ð stand for them.

    Left alone: tokens that would be no syllable and no symbol (Niño, España, Ðorðe), and a small ð
    where nothing in the document tells whether it was đ or Đ.

    >>> [e.after for e in restore_d_stroke("ðảng ñã chỉ ñạo theo Nghị ñịnh 06/Nð-CP; El Niño")]
    ['Đ', 'đ', 'đ', 'đ', 'Đ']
    """
    if not any(letter in text for letter in "ñÑðÐ"):
        return []
    tokens = [m for m in _SUSPECT_TOKEN.finditer(text) if _becomes_valid(m[0], text, m.end())]
    edits: list[Edit] = []
    eth_is_capital = _eth_is_capital(text, tokens)
    trusted = _n_tilde_trusted(text, tokens)
    for token in tokens:
        edits.extend(_token_edits(token, eth_is_capital, trusted))
    return edits


def _token_edits(token: re.Match[str], eth_is_capital: bool | None, trusted: bool) -> Iterator[Edit]:
    """Yield an edit for each damaged letter of one valid token."""
    for offset, letter in enumerate(token[0], token.start()):
        if letter in "ñÑ" and (trusted or _is_marked(token[0])):
            yield Edit(offset, offset + 1, "đ" if letter == _N_TILDE else "Đ", "n-tilde")
        elif letter == _CAPITAL_ETH:
            yield Edit(offset, offset + 1, "Đ", "eth")
        elif letter == _ETH and (after := _small_eth(token, eth_is_capital)):
            yield Edit(offset, offset + 1, after, "eth")


def _small_eth(token: re.Match[str], is_capital: bool | None) -> str | None:
    """Return what a small ð of the token stands for, None where nothing tells."""
    if is_capital or _among_capitals(token[0]):
        return "Đ"
    if is_capital is None and _starts_sentence(token):
        return "Đ"
    return "đ" if is_capital is False or "đ" not in token.string else None


@cache
def _symbols() -> frozenset[str]:
    return frozenset(load("symbols")["with_d_stroke"])


def _becomes_valid(token: str, text: str, end: int) -> bool:
    """Tell whether the token with its damaged letters replaced is a syllable or a symbol."""
    repaired = re.sub("[ÑðÐ]", "Đ", token).replace(_N_TILDE, "đ")
    if is_syllable(repaired) or (token == _N_TILDE and _POINT.search(text, max(0, end - 10), end + 1)):
        return True
    if not _among_capitals(token):
        return False
    # Qð-TTg, HðND, Nð-CP; an unknown symbol counts where a hyphen goes on with the issuer's letters
    return (
        repaired.upper() in _symbols()
        or text[end : end + 1] in ("-", "/")
        or "/" in text[max(0, end - 9) : end]
    )


def _among_capitals(token: str) -> bool:
    """Tell whether every letter but the damaged ones is a capital, and there is one."""
    others = re.sub("[ñÑðÐ]", "", token)
    return others.isupper()


def _is_marked(token: str) -> bool:
    """Tell whether the token bears a letter that only Vietnamese has: then ñ cannot be Spanish."""
    return any("\u1ea0" <= letter <= "\u1ef9" or letter in _NOT_SPANISH for letter in token)


def _n_tilde_trusted(text: str, tokens: list[re.Match[str]]) -> bool:
    """Tell whether plain tokens such as ``ñang`` may be repaired: the document shows the damage elsewhere."""
    damaged = [token[0] for token in tokens if _N_TILDE in token[0] or _CAPITAL_N_TILDE in token[0]]
    beside_eth = len(damaged) < len(tokens)  # both halves of the two-character substitution
    return any(map(_is_marked, damaged)) or beside_eth or (len(damaged) >= 2 and "đ" not in text)


def _eth_is_capital(text: str, tokens: list[re.Match[str]]) -> bool | None:
    """Tell whether a small ð stands for Đ (True), for đ (False), or nothing tells (None).

    Whichever of đ and Đ the rest of the document still prints cannot be the lost one.
    """
    words = [token[0] for token in tokens]
    if any(_N_TILDE in word or (_ETH in word and _among_capitals(word)) for word in words):
        return True
    if any(_CAPITAL_ETH in word for word in words):
        return False
    small, capital = "đ" in text, "Đ" in text
    return small if small != capital else None


def _starts_sentence(token: re.Match[str]) -> bool:
    return bool(_SENTENCE_START.search(token.string[max(0, token.start() - 4) : token.start()]))
