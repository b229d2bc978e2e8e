"""The fence around underthesea and spaCy: no other room imports them.

``words`` wraps underthesea and imports it only when it is called; ``component`` is the spaCy view of the
facts and ``docbin`` its file format; both are imported by whoever wants spaCy.
"""

from pipeline.nlp.words import named_entities, segment_words, split_sentences, tone_key

__all__ = ["named_entities", "segment_words", "split_sentences", "tone_key"]
