"""The first stage: a file, as it arrived, to pages of raw text.

What a file is shows in its content (``sniff``); there is one module per kind of file. Readers of formats
that others may have made to do harm run in a process of their own (``sandbox``). Imports records, errors
and the lexicon.
"""

from pipeline.read.files import read_bytes, read_file
from pipeline.read.limits import Limits

__all__ = ["Limits", "read_bytes", "read_file"]
