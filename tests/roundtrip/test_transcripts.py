"""Letter error of files beside their transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.roundtrip.transcripts import compare, letter_errors


@pytest.mark.parametrize(
    ("read", "transcript", "whole", "letters"),
    [
        ("Chỉ thị", "Chỉ  thị\n", 0.0, 0.0),
        ("a | b", "a\nb", 2 / 3, 0.0),
        ("Số: 12\n-----", "Số: 12\n PAGE 3", 6 / 13, 0.0),
        ("Chi thị", "Chỉ thị", 1 / 7, 1 / 6),
    ],
)
def test_letters_are_counted_with_and_without_layout(
    read: str, transcript: str, whole: float, letters: float
) -> None:
    error = compare("x", read, transcript)
    assert (error.whole, error.letters) == pytest.approx((whole, letters))


def test_only_files_with_a_transcript_count(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/qd.rtf").write_bytes(rb"{\rtf1{\fonttbl{\f0 .VnTime;}}\f0 Ch\'d8 th\'de\par}")
    (tmp_path / "old/qd.txt").write_text("Chỉ thị", encoding="utf-8")
    (tmp_path / "alone.txt").write_text("Chỉ thị", encoding="utf-8")
    assert [(row.name, row.whole) for row in letter_errors(tmp_path)] == [("qd.rtf", 0.0)]
