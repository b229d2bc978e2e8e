"""Old Word files (.doc), OpenDocument and flat Word XML, by way of LibreOffice and ``docx``."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.read.docx import read_docx
from pipeline.read.limits import Limits
from pipeline.records import RawDocument

_INSTALL = "Install the package libreoffice-writer-nogui to read old Word files, or save it as .docx."

# LibreOffice looks at the name before it looks at the content.
_SUFFIXES = {
    "application/msword": ".doc",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.ms-wordml": ".xml",
}

# LibreOffice needs a second or two for most files; one that it hangs on is given up before the sandbox
# would give up, because only here its helpers are known.
_PATIENCE = 20.0
_BYTES_PER_SECOND = 50_000


def read_office(data: bytes, media_type: str, limits: Limits) -> RawDocument:
    """Convert a file to .docx and read that; fonts, and so the old encodings they tell, are kept.

    Raises:
        UnreadableFile: ``missing_tool`` where LibreOffice is not installed, ``timeout``, ``truncated``
            where it cannot read the file, and what ``read_docx`` raises.
    """
    with tempfile.TemporaryDirectory(prefix="doichieu-") as folder:
        source = Path(folder) / f"source{_SUFFIXES[media_type]}"
        source.write_bytes(data)
        patience = min(_PATIENCE + len(data) / _BYTES_PER_SECOND, 0.8 * limits.seconds)
        _convert(source, patience)
        converted = source.with_suffix(".docx")
        if not converted.is_file():
            raise UnreadableFile("truncated", "LibreOffice cannot read the file; it is damaged or locked.")
        document = read_docx(converted.read_bytes(), limits, text_source="doc")
    return replace(document, media_type=media_type)


def _convert(source: Path, seconds: float) -> None:
    """Run LibreOffice with a profile of its own, so that several may run at once.

    It starts helpers that outlive it when it is stopped; they form a group, and the group is stopped.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFile("missing_tool", _INSTALL)
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", str(source.parent)]
    process = subprocess.Popen(
        [program, profile, *options, str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableFile("timeout", "LibreOffice takes too long over the file; raise seconds.") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
