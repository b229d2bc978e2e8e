"""The walls of the house: who may import whom, and what the package offers."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent
ORDER = (
    ("records", "errors", "schemas"),
    ("lexicon",),
    ("manifest",),
    ("corpus",),
    ("read",),
    ("clean",),
    ("segment",),
    ("extract",),
    ("analyse", "nlp"),
    ("resolve",),
    ("align",),
    ("check",),
    ("tables",),
    ("annotations",),
    ("simulate",),
    ("report", "evaluate"),
    ("run", "exchange"),
    ("bench", "desk", "roundtrip"),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
FENCES = {
    "distributed": {"run"},
    "fsspec": {"run"},
    "msgspec": {"run"},
    "spacy": {"nlp"},
    "underthesea": {"nlp"},
    "pandas": {"tables"},
    "pyarrow": {"tables"},
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def imported_words(path: Path) -> Iterator[str]:
    """Yield the parts of the names of imported modules, and what is imported from them."""
    yield from (part for name in imports(path) for part in name.split("."))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)


def imported_rooms(path: Path) -> set[str]:
    names = {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")}
    return names - {room(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_stage_imports_no_later_stage(path: Path) -> None:
    if room(path) == "__init__":
        return
    late = {name for name in imported_rooms(path) if RANK[name] > RANK[room(path)]}
    assert not late, f"{room(path)} reaches forward into {sorted(late)}"


@pytest.mark.parametrize("package", sorted(FENCES))
def test_heavy_packages_have_one_door(package: str) -> None:
    users = {room(path) for path in modules() if package in {name.split(".")[0] for name in imports(path)}}
    assert users <= FENCES[package]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docstring_names_nothing_that_is_not_imported(path: Path) -> None:
    """What a module says after "Imports" is true; the docstring of a room speaks for all its modules."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    said = re.search(r"\bImports ([^.]*)\.", docstring)
    speaks_for = path.parent.rglob("*.py") if path.name == "__init__.py" else [path]
    known = {word for module in speaks_for for word in imported_words(module)}
    assert set(re.findall(r"``(\w+)``", said[1] if said else "")) <= known


def test_public_names_are_those_of_the_contract() -> None:
    assert pipeline.__all__ == [
        "align_documents",
        "clean_text",
        "find_assignments",
        "find_deadlines",
        "find_references",
        "read_tables",
        "segment_document",
    ]
    assert all(callable(getattr(pipeline, name)) for name in pipeline.__all__)


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = "{'spacy', 'underthesea', 'pandas', 'pyarrow', 'sklearn'}"
    code = f"import sys, pipeline.__main__; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
