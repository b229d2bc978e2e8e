"""Codes of the tables have words in both languages, so that no reader meets a code."""

import re
from pathlib import Path

import pipeline
from pipeline.lexicon import load
from pipeline.report.words import load_words

PACKAGE = Path(pipeline.__file__).parent


def source(folder: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / folder).rglob("*.py")))


def named(section: str) -> set[str]:
    return {key.partition(".")[2] for key in load_words() if key.startswith(f"{section}.")}


def test_every_rule_of_findings_has_a_name() -> None:
    assert named("rule") == set(load("rules"))


def test_every_rule_of_misread_letters_has_a_name() -> None:
    assert set(load("misreadings")["confidence"]) <= named("repair")


def test_every_code_of_a_repair_is_one_of_cleaning() -> None:
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source("clean")))
    assert named("repair") <= codes | set(load("misreadings")["confidence"])


def test_every_reason_of_a_reject_has_a_name() -> None:
    code = r'(?:UnreadableFile|Reject|refuse)\(\s*(?:[^"()]*,\s*)?"([a-z_]+)"'
    assert set(re.findall(code, source("read"))) <= named("reason")
    overrides = set(re.findall(r'"(override_[a-z_]+)"', source("align")))
    assert overrides
    assert overrides <= named("reason")
