"""underthesea: sentences, words and tone marks, with offsets into the caller's own text.

It is imported inside the functions that need it, so that importing the package stays cheap. What crosses
the fence are plain strings and `Span` offsets; the models' own tokens, which lose offsets, stay here.
"""

from __future__ import annotations

from functools import cache

from pipeline.records import Span


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of *text* as spans, in order.

    underthesea splits; the offsets, which it drops, are found again in *text*. Only white space lies
    between the spans. Meant for the inside of a provision: on whole documents it cuts "1." from its task.

    >>> text = "Tổ chức sơ kết, tổng kết. Báo cáo trước ngày 15/11."
    >>> [text[s.start : s.end] for s in split_sentences(text)]
    ['Tổ chức sơ kết, tổng kết.', 'Báo cáo trước ngày 15/11.']
    """
    from underthesea import sent_tokenize

    spans = []
    position = 0
    for sentence in sent_tokenize(text):
        start, end = _find_again(text, sentence, position)
        spans.append(Span(start, end))
        position = end
    return spans


def segment_words(text: str) -> list[str]:
    """Return the words of *text*, a word of several syllables joined by spaces, as printed.

    Slow (0.2 MB/s): for terms that are compared, not for whole documents.

    >>> segment_words("lực lượng bảo vệ cơ quan")
    ['lực lượng', 'bảo vệ', 'cơ quan']
    """
    from underthesea import word_tokenize

    words: list[str] = word_tokenize(text, use_token_normalize=False)
    return words


def named_entities(text: str) -> list[tuple[str, str]]:
    """Return the words of *text* with underthesea's entity tags (``B-ORG``, ``O`` ...), in order.

    Very slow (0.008 MB/s) and blind to bodies below a ministry: a peer to measure against, no part of a run.

    >>> [word for word, _ in named_entities("Bộ Công an ban hành chỉ thị")]
    ['Bộ', 'Công an', 'ban hành', 'chỉ thị']
    """
    from underthesea import ner

    return [(row[0], row[-1]) for row in ner(text)]


@cache
def tone_key(syllable: str) -> str:
    """Return *syllable* with its tone mark in the standard place, as a key to compare by.

    Old and new spelling ("hoá", "hóa") get the same key; nothing else changes.

    >>> tone_key("hoá") == tone_key("hóa"), tone_key("uỷ") == tone_key("ủy"), tone_key("đ")
    (True, True, 'đ')
    """
    from underthesea import text_normalize

    key: str = text_normalize(syllable)
    return key


def _find_again(text: str, sentence: str, position: int) -> tuple[int, int]:
    """Return where *sentence* lies in *text* from *position* on, letting white space differ."""
    start = text.find(sentence, position)
    if start >= 0:
        return start, start + len(sentence)
    first = end = -1
    for letter in sentence:
        if not letter.isspace():
            end = text.index(letter, position) + 1
            first = end - 1 if first < 0 else first
            position = end
    return first, end
