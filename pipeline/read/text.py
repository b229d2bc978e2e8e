"""Plain text: bytes to characters, in whatever encoding the file was saved.

No header says how a text file is encoded. Unicode encodings prove themselves by their form; the eight-bit
ones do not, so each is tried, and the words that come out decide. What nothing decides is rejected: a
wrong guess would look like a text and be none. Imports ``legacy`` and the errors.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import partial

from pipeline.errors import UnreadableFile
from pipeline.read.legacy import ENCODINGS, Evidence, decode_legacy, evidence
from pipeline.read.limits import Limits
from pipeline.records import RawDocument

_SAMPLE = 200_000  # bytes or characters that decide about the whole file

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f�]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_MAX_CONTROL_SHARE = 0.002
_MAX_DAMAGED_SHARE = 0.001  # damaged bytes in a file that is UTF-8 otherwise

# A decoding is believed when enough of its marked words are frequent syllables, and clearly more than
# in the next best decoding. Real documents show 0.7 to 0.85, wrong decodings less than 0.1.
_MIN_SHARE = 0.35
_MIN_KNOWN = 3
_MIN_LEAD = 1.5

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

# High bytes of the letters, marks and punctuation that Vietnamese text is made of in UTF-16.
_UTF16_HIGH_BYTES = b"\x00\x01\x03\x1e\x20"
_MIN_UTF16_SHARE = 0.97


def read_text(data: bytes, limits: Limits) -> RawDocument:
    """Decode a plain text file; pages are what form feeds separate.

    Line ends become "\\n". The encoding is named in ``notes`` where it is not UTF-8.

    >>> read_text("Số: 06/CT-BCA".encode("utf-16"), Limits()).pages
    ('Số: 06/CT-BCA',)

    Raises:
        UnreadableFile: ``empty``, ``binary``, ``encoding`` or ``too_large``.
    """
    text, encoding, notes = decode(data)
    if len(text) > limits.max_chars:
        raise UnreadableFile("too_large", f"More than {limits.max_chars} characters; raise max_chars.")
    if not text.strip():
        raise UnreadableFile("empty", "The file holds no text; ask the sender for it again.")
    if encoding != "utf-8":
        notes = (f"encoding: {encoding}", *notes)
    pages = tuple(text.rstrip("\f\n").split("\f"))
    return RawDocument(pages, "text/plain", "text", paged=len(pages) > 1, notes=notes)


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of ``data``, the name of its encoding, and notes for a person.

    >>> decode("C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng".encode("latin-1"))
    ('Căn cứ Luật Tổ chức chính quyền địa phương', 'tcvn3', ())

    Raises:
        UnreadableFile: ``binary`` or ``encoding``.
    """
    text, encoding, notes = _decode_unicode(data) or _decode_eight_bit(data)
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text) + 1:
        raise UnreadableFile("binary", "The file is not text; save the document as text, Word or PDF.")
    return _LINE_END.sub("\n", text), encoding, notes


def repair_surface(text: str) -> tuple[str, str | None]:
    """Decode text whose letters are the codes of an old font, saved as if they were Unicode.

    Returns the text and the encoding found, or the text as it is and None.

    >>> repair_surface("Céng hoµ x· héi chñ nghÜa ViÖt Nam - §éc lËp")
    ('Cộng hoà xã hội chủ nghĩa Việt Nam - Độc lập', 'tcvn3')
    >>> repair_surface("El Niño, España, château, Zürich, São Paulo")[1] is None
    True
    """
    sample = text[:_SAMPLE]
    as_is = evidence(sample)
    if as_is.marked < _MIN_KNOWN or as_is.share >= _MIN_SHARE / 2:
        return text, None
    encoding = _most_vietnamese({name: decode_legacy(sample, name) for name in ENCODINGS})
    if encoding is None:
        return text, None
    # Line by line: a line that holds Unicode letters already is left alone.
    return "\n".join(decode_legacy(line, encoding) for line in text.split("\n")), encoding


def _decode_unicode(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """Decode what is UTF-8 or UTF-16 by its form, None for anything else."""
    encoding = _encoding_by_mark(data) or _utf16_without_mark(data) or "utf-8"
    try:
        text, damaged = data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        damaged = text.count("\N{REPLACEMENT CHARACTER}")
        # A handful of bad bytes among many good sequences is damage; many are another encoding.
        if damaged > _MAX_DAMAGED_SHARE * sum(char > "\x7f" for char in text) + 1 or damaged * 10 > len(text):
            return None
    repaired, legacy = repair_surface(text.removeprefix("\N{BYTE ORDER MARK}"))
    notes = (f"damaged bytes: {damaged}",) if damaged else ()
    return repaired, legacy or encoding.removesuffix("-sig"), notes


def _encoding_by_mark(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _utf16_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 by its high bytes, nearly all of which are the same few."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    even, odd = sample[::2], sample[1::2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        usual = sum(high.count(byte) for byte in _UTF16_HIGH_BYTES)
        if (
            not high
            or usual < _MIN_UTF16_SHARE * len(high)
            or not low.count(0) < len(low) / 10 < high.count(0)
        ):
            continue
        plain = sum(
            32 <= code < 127 or code in b"\r\n\t" for top, code in zip(high, low, strict=True) if top == 0
        )
        if plain > 2 * high.count(0) / 3:  # the rest may be à, é, ô
            return name
    return None


def _decode_eight_bit(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Try every eight-bit encoding and keep the one whose words are Vietnamese."""
    decoders: dict[str, Callable[[bytes], str]] = {
        "cp1258": lambda raw: unicodedata.normalize("NFC", raw.decode("cp1258", "replace"))
    }
    for name in ENCODINGS:
        decoders[name] = partial(_decode_bytes, encoding=name)
    encoding = _most_vietnamese({name: decode(data[:_SAMPLE]) for name, decode in decoders.items()})
    if encoding is None:
        if data.count(0) > _MAX_CONTROL_SHARE * len(data):
            raise UnreadableFile("binary", "The file is not text; save the document as text, Word or PDF.")
        raise UnreadableFile("encoding", "The letters are in no known Vietnamese encoding; save it as UTF-8.")
    return decoders[encoding](data), encoding, ()


def _decode_bytes(raw: bytes, encoding: str) -> str:
    return decode_legacy(raw.decode("latin-1"), encoding)


def _most_vietnamese(candidates: dict[str, str]) -> str | None:
    """Name the candidate whose words are Vietnamese, None where none is or two are as good."""
    tried = [(evidence(text), name) for name, text in candidates.items()]
    ranked = sorted(tried, key=_by_share, reverse=True)
    (best, name), (second, _) = ranked[:2]
    if best.known < _MIN_KNOWN or best.share < _MIN_SHARE or best.share < _MIN_LEAD * second.share:
        return None
    return name


def _by_share(candidate: tuple[Evidence, str]) -> float:
    return candidate[0].share
