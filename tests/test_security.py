"""What a hostile corpus or a curious network could get: nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.tables import read_rows

TEXT = "CHỈ THỊ\nVề tăng cường bảo vệ rừng\n1. Tổ chức tuyên truyền pháp luật đến từng hộ gia đình.\n"
SECRET = "bí mật của người khác"
GUARD = """
import os, sys

ALLOWED = tuple(sys.argv[1:3]) + ("/dev/null", "/dev/shm", "/tmp/pymp-", "/proc/self")
SECRET = sys.argv[3]

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        path = os.path.abspath(os.fsdecode(path)) if isinstance(path, (str, bytes)) else ""
        if path.startswith(SECRET):
            sys.exit(f"read {path}")
        if flags & (os.O_WRONLY | os.O_RDWR) and not path.startswith(ALLOWED) and path:
            sys.exit(f"wrote {path}")
    elif event in {"socket.connect", "socket.bind", "socket.sendto"}:
        if not isinstance(arguments[1], (str, bytes)):
            sys.exit(f"{event} {arguments[1]}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "pickle.find_class", "os.system"}:
        sys.exit(f"{event} {arguments}")

from pipeline.__main__ import main
import pipeline.run.job
sys.addaudithook(watch)
sys.exit(main(["align", "--corpus", sys.argv[1], "--out", sys.argv[2], "--workers", "1"]))
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "ct.txt").write_text(TEXT, encoding="utf-8")
    (folder / "kh.txt").write_text(TEXT, encoding="utf-8")
    (folder / "link.txt").symlink_to("../elsewhere/secret.txt")
    (folder / "manifest.csv").write_text("doc_id,path\nsecret,../elsewhere/secret.txt\n", encoding="utf-8")
    return folder


def can_unshare() -> bool:
    try:
        return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def test_run_opens_no_socket_and_no_file_that_is_not_its_own(corpus: Path, tmp_path: Path) -> None:
    places = [str(corpus), str(tmp_path / "out"), str(tmp_path / "elsewhere")]
    answer = subprocess.run(
        [sys.executable, "-B", "-c", GUARD, *places], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    reasons = [row["reason"] for row in read_rows(tmp_path / "out", "rejects")]
    assert reasons == ["outside_corpus", "outside_corpus"]
    published = (path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert not any(SECRET.encode() in content for content in published)


@pytest.mark.skipif(not can_unshare(), reason="no right to make a network namespace")
def test_run_with_workers_needs_no_network(corpus: Path, tmp_path: Path) -> None:
    for number in range(70):  # more than a chunk, so that workers are started
        (corpus / f"kh{number}.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "trang.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "align", "--workers", "2"]
    command += ["--corpus", str(corpus), "--out", str(tmp_path / "out")]
    answer = subprocess.run(["unshare", "-rn", *command], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert len(read_rows(tmp_path / "out", "documents")) == 73


def test_data_is_never_code() -> None:
    """No room unpickles, evaluates or imports by name what it reads."""
    package = Path(__file__).parents[1] / "pipeline"
    banned = ("import pickle", "eval(", "exec(", "marshal", "shelve", "yaml.load", "shell=True", "os.system")
    found = [
        (path.name, word)
        for path in package.rglob("*.py")
        for word in banned
        if f" {word}" in (text := path.read_text(encoding="utf-8")) or text.startswith(word)
    ]
    assert found == []


def test_cache_is_for_its_owner_alone(corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "align", "--corpus", str(corpus), "--out"]
    subprocess.run([*command, str(tmp_path / "out")], check=True, capture_output=True, umask=0)
    modes = [path.stat().st_mode & 0o077 for path in (tmp_path / "out/.cache").rglob("*")]
    assert modes
    assert not any(modes)
