"""Old Word files, by way of LibreOffice where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from pipeline.errors import UnreadableFile
from pipeline.read import Limits, read_bytes
from pipeline.read.office import read_office

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "WordDocument".encode("utf-16-le")
NEEDS_OFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs the package libreoffice-writer-nogui"
)


def test_missing_office_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableFile, match="libreoffice-writer-nogui") as caught:
        read_office(OLE, "application/msword", Limits())
    assert caught.value.reason == "missing_tool"


@NEEDS_OFFICE
def test_old_word_file_keeps_its_fonts_and_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("ChØ thÞ cña Bé C«ng an").font.name = ".VnTime"
    document.add_paragraph("Rà soát", style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    source = tmp_path / "a.docx"
    source.write_bytes(stream.getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    read = read_bytes((tmp_path / "a.doc").read_bytes(), Limits())
    assert read.pages == ("Chỉ thị của Bộ Công an\n1. Rà soát",)
    assert (read.media_type, read.text_source) == ("application/msword", "doc")


@NEEDS_OFFICE
def test_damaged_old_word_file_is_rejected() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(OLE, Limits())
    assert caught.value.reason in {"truncated", "no_text"}
