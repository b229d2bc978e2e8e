"""What a file is, by what is in it: the name of a file is only what somebody called it.

Imports nothing of ours.
"""

from __future__ import annotations

import io
import re
import zipfile

HEAD = 4096
"""Bytes at the start of a file that decide, containers apart."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")

_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
}

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

ENCRYPTED_OFFICE = "application/x-encrypted-office"
"""A Word file, old or new, behind a password."""

# A part of the container -> what the container is.
_ZIP_PARTS = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_WORDML = b'progid="Word.Document"'


# Streams of an OLE container are named in UTF-16.
_OLE_STREAMS = {
    "EncryptedPackage": ENCRYPTED_OFFICE,
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}

# The start of an HTML page or of a part of one, behind blanks, comments and an XML declaration.
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p)\b", re.IGNORECASE)
_MARKUP_START = re.compile(rb"\s{0,512}<")
_MHTML = re.compile(rb"^(?:From|MIME-Version|Content-Type):", re.IGNORECASE | re.MULTILINE)

_OTHER = {
    b"\x1f\x8b": "application/gzip",
    b"7z\xbc\xaf\x27\x1c": "application/x-7z-compressed",
    b"Rar!": "application/vnd.rar",
    b"MZ": "application/x-dosexec",
    b"\x7fELF": "application/x-executable",
}


def media_type_of(data: bytes) -> str:
    """Return the media type of a file's bytes; what has no mark of its own is "text/plain".

    >>> media_type_of(b"%PDF-1.4 ...")
    'application/pdf'
    >>> media_type_of("Số: 06/CT-BCA".encode())
    'text/plain'
    """
    head = data[:HEAD]
    if head.startswith(_ZIP_STARTS):
        return "application/vnd.oasis.opendocument.text" if _ODT in head[:128] else _zip_type(data)
    if head.startswith(_OLE):
        return _ole_type(data)
    for marks in (_IMAGES, _OTHER):
        for mark, media_type in marks.items():
            if head.startswith(mark) and _is_not_words(head):
                return media_type
    return _markup_type(head)


def _markup_type(head: bytes) -> str:
    """Tell the formats that are written in readable characters apart."""
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").removeprefix(b"\xff\xfe").lstrip()
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if start.startswith(b"{\\rtf"):
        return "text/rtf"
    if _WORDML in head:
        return "application/vnd.ms-wordml"
    if _MHTML.match(start) and b"multipart/related" in head:
        return "multipart/related"
    if _MARKUP_START.match(start) and _HTML.search(start):
        return "text/html"
    return "text/plain"


def _is_not_words(head: bytes) -> bool:
    """Two-letter marks such as "BM" and "MZ" may begin a sentence: a binary file shows its nature soon."""
    return any(byte < 9 for byte in head[:64]) or head[:1] > b"\x7f"


def _zip_type(data: bytes) -> str:
    """Name the container by its parts; a damaged one counts as what its bytes mention."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = {part for part in _ZIP_PARTS if part.encode() in data}
    return next((kind for part, kind in _ZIP_PARTS.items() if part in names), "application/zip")


def _ole_type(data: bytes) -> str:
    if _is_locked_doc(data):
        return ENCRYPTED_OFFICE
    for stream, media_type in _OLE_STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return media_type
    return "application/x-ole-storage"


def _is_locked_doc(data: bytes) -> bool:
    """Whether the header of an old Word document, in the first sector, says that it is encrypted."""
    return data[512:514] == b"\xec\xa5" and bool(data[523:524] and data[523] & 1)
