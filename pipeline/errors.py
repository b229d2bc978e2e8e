"""The errors this package raises, and nothing else.

::

    PipelineError                 anything a caller may want to catch
    ├── UsageError                wrong arguments or an unusable corpus: exit code 2
    │   ├── CorpusError           the corpus folder or its manifest cannot be used
    │   └── AnnotationError       a gold file does not follow the guidelines
    ├── UnreadableFile            one file cannot be read: a row of ``rejects``, never the end of a run
    └── TooLongToCompare          two documents are read, but not compared: likewise

Imports nothing of ours.
"""


class PipelineError(Exception):
    """Base of every error that the package raises on purpose."""


class UsageError(PipelineError):
    """The caller asked for something impossible; the message is one line that says what to do."""


class CorpusError(UsageError):
    """The corpus folder or its manifest cannot be used."""


class AnnotationError(UsageError):
    """An annotation file does not follow ``annotations/GUIDELINES.md``."""


class TooLongToCompare(PipelineError):
    """Two documents are too long, or repeat too much, to be compared; the message says what was counted."""


class UnreadableFile(PipelineError):
    """One file of the corpus cannot be read.

    ``reason`` is a stable code such as ``"empty"`` or ``"binary"``; ``detail`` one sentence for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
