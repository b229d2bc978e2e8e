"""Classes of Vietnamese letters, for regular expressions over NFC text.

Python's ``re`` knows no ``\\p{Lu}``, and the range À-Ỹ mixes both cases; so the letters are written out.
"""

from __future__ import annotations

from typing import Final

_VOWELS: Final = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
LOWER: Final = "a-zđ" + "".join(letter for letter in _VOWELS if not letter.isascii())
UPPER: Final = "A-ZĐ" + "".join(letter.upper() for letter in _VOWELS if not letter.isascii())
CONSONANTS: Final = "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX"
