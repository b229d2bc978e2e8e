"""What a file is shows in its bytes; names are never asked."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.read.sniff import ENCRYPTED_OFFICE, media_type_of

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


def container(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        pytest.param(b"%PDF-1.7\n", "application/pdf", id="pdf"),
        pytest.param(b"\n\n%PDF-1.4", "application/pdf", id="pdf behind blank lines"),
        pytest.param(rb"{\rtf1\ansi", "text/rtf", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg", id="jpeg"),
        pytest.param(b"II*\x00\x08\x00\x00\x00", "image/tiff", id="tiff"),
        pytest.param(b"<!DOCTYPE html><html>", "text/html", id="html"),
        pytest.param("<table><tr><td>Chỉ thị".encode(), "text/html", id="part of a page"),
        pytest.param("\ufeff<html>".encode("utf-16-le"), "text/html", id="html in UTF-16"),
        pytest.param(b'<?xml version="1.0"?>\n<html xmlns="x">', "text/html", id="xhtml"),
        pytest.param(
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x", "multipart/related", id="mhtml"
        ),
        pytest.param(container("word/document.xml"), "application/vnd.openxmlformats-officedocument"
                     ".wordprocessingml.document", id="docx"),
        pytest.param(container("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument"
                     ".spreadsheetml.sheet", id="xlsx"),
        pytest.param(container("readme.txt"), "application/zip", id="zip"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "application/msword", id="doc"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), ENCRYPTED_OFFICE, id="locked docx"),
        pytest.param(OLE + b"\xec\xa5" + bytes(9) + b"\x01" + "WordDocument".encode("utf-16-le"),
                     ENCRYPTED_OFFICE, id="locked doc"),
        pytest.param(OLE, "application/x-ole-storage", id="unknown ole"),
        pytest.param(b"MZ\x90\x00\x03", "application/x-dosexec", id="program"),
        pytest.param("BM. UBND tỉnh".encode(), "text/plain", id="words that begin like a bitmap"),
        pytest.param("MZ là chữ cái".encode(), "text/plain", id="words that begin like a program"),
        pytest.param("<Chỉ thị số 06>".encode(), "text/plain", id="words in angle brackets"),
        pytest.param("Số: 06/CT-BCA".encode(), "text/plain", id="text"),
    ],
)  # fmt: skip
def test_media_type_follows_content(data: bytes, media_type: str) -> None:
    assert media_type_of(data) == media_type
