"""Files that are broken or meant to do harm: each ends in a document or a reject, soon, and says why."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from pipeline.errors import UnreadableFile
from pipeline.read import Limits, read_bytes, read_file

REASONS = {
    *("binary", "crashed", "empty", "encoding", "encrypted", "no_text"),
    *("timeout", "too_large", "too_many_pages", "truncated", "unsupported"),
}

SEEDS = (
    "Kế hoạch số 12/KH-UBND\n1. Rà soát văn bản.".encode(),
    "Kế hoạch số 12/KH-UBND".encode("utf-16"),
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode("latin-1"),
    b"{\\rtf1{\\fonttbl{\\f0 .VnTime;}}\\trowd\\intbl a\\cell\\row\\pard Ch\\'d8 th\\'de\\par}",
    "<html><body><table border=1><tr><td>Việc<ol><li>một</ol></table><p>Điều 1</p></body></html>".encode(),
)


def reason_of(data: bytes, limits: Limits | None = None) -> str | None:
    try:
        document = read_bytes(data, limits or Limits())
    except UnreadableFile as error:
        assert error.detail.endswith(".")
        return error.reason
    assert any(page.strip() for page in document.pages)
    return None


def test_any_damage_ends_in_a_document_or_a_reason() -> None:
    chance = random.Random(20250507)
    for _ in range(400):
        data = bytearray(chance.choice(SEEDS))
        for _ in range(chance.choice((1, 3, 10))):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0:
                    data[place:place] = chance.randbytes(chance.randrange(1, 9))
                case 1:
                    del data[place : place + chance.randrange(1, 30)]
                case 2:
                    data[place:place] = data[: chance.randrange(1, 60)] * 3
                case 3:
                    data[place:place] = chance.choice(
                        (b"{", b"}", b"\\", b"<div>", b"\x00", b"%PDF-", b"PK\x03\x04")
                    )
        assert reason_of(bytes(data)) in REASONS | {None}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"a" * 3_000_000, None, id="one character"),
        pytest.param(b" " * 3_000_000, "empty", id="blanks"),
        pytest.param(b"1." * 1_500_000, None, id="figures and stops"),
        pytest.param(b"{\\rtf1" + b"{" * 1_000_000, "truncated", id="nested rtf"),
        pytest.param(b"<div>" * 200_000 + b"x", "no_text", id="nested html"),
        pytest.param(b"<table><tr><td>" * 20_000 + b"x", "no_text", id="nested tables"),
        pytest.param(b"<li>x" * 30_000, None, id="a long list"),
        pytest.param(b"<body><p>Giao</p><nav>a</nav>\x01b</body>" + b" " * 2_000, None, id="control"),
        pytest.param(b'<div class="menu"><p>x' * 20_000, None, id="nested menus"),
        pytest.param(b"%PDF-1.7\n" + b"1 0 obj<<" * 100_000, "truncated", id="nested pdf"),
        pytest.param(b"\xff\xfe" + b"\xd8" * 100_001, "encoding", id="broken UTF-16"),
    ],
)
def test_extreme_content_is_read_in_bounded_time(data: bytes, expected: str | None) -> None:
    start = time.perf_counter()
    assert reason_of(data) == expected
    assert time.perf_counter() - start < 10


def test_file_over_the_bound_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(3_000_000_000)
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    assert caught.value.reason == "too_large"
    assert "max_bytes" in caught.value.detail


def test_name_says_nothing_about_the_content(tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch\u202e ✓.pdf"
    path.write_text("Chỉ thị", encoding="utf-8")
    assert read_file(path).text_source == "text"


def test_link_out_of_the_corpus_is_not_followed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("Mật", encoding="utf-8")
    link = corpus / "link.txt"
    link.symlink_to(secret)
    inner = corpus / "inner.txt"
    inner.symlink_to(corpus / "real.txt")
    (corpus / "real.txt").write_text("Chỉ thị", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="outside_corpus"):
        read_file(link, root=corpus)
    assert read_file(inner, root=corpus).pages == ("Chỉ thị",)


def test_what_is_no_file_is_rejected(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for name, reason in (
        ("pipe", "unsupported"),
        ("absent", "missing"),
        (".", "unsupported"),
        ("loop", "io"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            read_file(tmp_path / name)
        assert caught.value.reason == reason


def test_file_without_read_permission_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Chỉ thị", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    assert caught.value.reason == "permission"
