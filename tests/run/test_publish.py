"""Readers see the former outputs or the new ones, never a mixture."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.run.publish import empty_slot, locked, publish


def publish_text(out: Path, **files: str) -> None:
    with locked(out):
        slot = empty_slot(out)
        for name, text in files.items():
            (slot / name).write_text(text)
        publish(slot, out)


def test_second_run_replaces_the_first_and_its_extra_names(tmp_path: Path) -> None:
    publish_text(tmp_path, tables="1", report="1")
    publish_text(tmp_path, tables="2")
    assert (tmp_path / "tables").read_text() == "2"
    assert not (tmp_path / "report").is_symlink()


def test_run_that_dies_before_publishing_leaves_the_former_outputs(tmp_path: Path) -> None:
    publish_text(tmp_path, tables="1")
    with locked(tmp_path):
        (empty_slot(tmp_path) / "tables").write_text("half")
    assert (tmp_path / "tables").read_text() == "1"
    publish_text(tmp_path, tables="2")
    assert (tmp_path / "tables").read_text() == "2"


def test_reader_with_an_open_file_keeps_the_former_run(tmp_path: Path) -> None:
    publish_text(tmp_path, tables="1")
    with (tmp_path / "tables").open() as reader:
        publish_text(tmp_path, tables="2")
        assert reader.read() == "1"


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(UsageError, match="another run"), locked(tmp_path):
        pass


def test_foreign_folder_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    with pytest.raises(UsageError, match="move it away"):
        publish_text(tmp_path, tables="1")
    assert (tmp_path / "tables").is_dir()
