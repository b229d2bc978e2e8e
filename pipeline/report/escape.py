"""Document text is hostile: what makes it inert on its way into a page or a script.

Templates escape markup by themselves; this module does what they do not. Imports nothing of ours.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

# Characters that show nothing themselves and change how their neighbours show: control characters,
# bidirectional marks, embeddings, overrides and isolates, zero-width characters.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
    r"|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)

_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SCRIPT_SPECIAL = re.compile("[<>&\u2028\u2029]")


def visible(text: str) -> str:
    """Return *text* with each unseen character replaced by U+FFFD, one for one, so that offsets stay true.

    >>> visible("kế hoạch\\u202e cod.exe")
    'kế hoạch\\ufffd cod.exe'
    """
    return _UNSEEN.sub("\ufffd", text)


def json_in_script(value: Any) -> str:
    """Return *value* as JSON that can stand in a script: no markup, no line separators, nothing unseen.

    Control characters below U+0020 stay as JSON's own escapes, which no parser of markup sees.

    >>> json_in_script({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _SCRIPT_SPECIAL.sub(lambda match: _IN_SCRIPT[match[0]], visible(text))


def chunk(name: str, value: Any) -> str:
    """Return the script that hands *value* to the page under *name*.

    Pages opened from the file system may not fetch files, but may run them.
    """
    return f"dc.receive({json_in_script(name)},{json_in_script(value)});\n"


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* with the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
