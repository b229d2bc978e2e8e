"""What a fingerprint takes in is everything that the result depends on."""

import ast
from pathlib import Path

import pytest

import pipeline
from pipeline.corpus import open_corpus
from pipeline.read import Limits
from pipeline.run import fingerprint
from pipeline.run.fingerprint import ANALYSIS, COMPARISON, code_version, fingerprint_source

PACKAGE = Path(pipeline.__file__).parent


def imported_rooms(room: str) -> set[str]:
    single = PACKAGE / f"{room}.py"
    rooms = set()
    for path in [single] if single.exists() else (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline."):
                rooms.add(str(node.module).split(".")[1])
    return rooms


@pytest.mark.parametrize("rooms", [ANALYSIS, COMPARISON])
def test_rooms_of_a_stage_are_all_that_it_imports(rooms: tuple[str, ...]) -> None:
    reached = set(rooms).union(*map(imported_rooms, rooms))
    assert reached == set(rooms)


def test_stages_have_versions_of_their_own() -> None:
    assert len({code_version(), code_version(ANALYSIS), code_version(COMPARISON)}) == 3


@pytest.mark.parametrize(
    "module, stages",
    [("run/analysing.py", {ANALYSIS, COMPARISON}), ("run/comparing.py", {COMPARISON}), ("run/job.py", set())],
)
def test_what_a_worker_puts_together_is_part_of_the_version(
    module: str, stages: set[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        fingerprint, "hash_file", lambda path: f"{path}{' changed' * path.as_posix().endswith(module)}"
    )
    changed = {rooms: code_version.__wrapped__(rooms) for rooms in (ANALYSIS, COMPARISON)}
    monkeypatch.setattr(fingerprint, "hash_file", str)
    assert {rooms for rooms in changed if code_version.__wrapped__(rooms) != changed[rooms]} == stages


def test_key_follows_file_and_row(tmp_path: Path) -> None:
    def key(text: str, row: str) -> str:
        (tmp_path / "kh.txt").write_text(text)
        (tmp_path / "manifest.csv").write_text(f"doc_id,number\n{row}\n")
        return fingerprint_source(open_corpus(tmp_path).sources[0], Limits()).key

    keys = [key("a", "kh,"), key("b", "kh,"), key("a", "kh,17/KH-UBND")]
    assert len(set(keys)) == 3
    assert key("a", "kh,") == keys[0]
