"""Every regular expression that the package compiles, recorded as it does so.

Word lists make patterns only when they are needed, so the documents of the corpus are compared on the way.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pipeline

PACKAGE = Path(pipeline.__file__).parent
_AT_A_PLACE = frozenset({"match", "fullmatch"})
_USES = _AT_A_PLACE | {"search", "sub", "subn", "split", "finditer", "findall"}


@dataclass(frozen=True)
class Compiled:
    """A pattern, the module that compiled it, and whether it is searched for or only matched at a place."""

    module: str
    pattern: re.Pattern[Any]
    searched: bool

    @property
    def name(self) -> str:
        """Say which pattern it is, in one line."""
        return f"{self.module}: {self.pattern.pattern[:90]!r}"


def record() -> list[Compiled]:
    """Import every module, compare two documents, and return the patterns that came by, each once.

    Call it in a process in which nothing of the package was imported but itself.
    """
    found: dict[tuple[str, Any], tuple[re.Pattern[Any], set[str]]] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def recording(pattern: Any, flags: int) -> re.Pattern[Any]:
        compiled: re.Pattern[Any] = compile_(pattern, flags)
        frame = sys._getframe(1)
        caller = frame.f_back.f_globals.get("__name__", "") if frame.f_back else ""
        if caller.startswith("pipeline"):
            found.setdefault((caller, compiled), (compiled, set()))[1].add(frame.f_code.co_name)
        return compiled

    re._compile = recording  # type: ignore[attr-defined]
    try:
        _use_everything()
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
    methods = _methods_by_name()
    return [
        Compiled(module, pattern, not _uses(module, pattern, called, methods) <= _AT_A_PLACE)
        for (module, _), (pattern, called) in found.items()
    ]


def _use_everything() -> None:
    for module in pkgutil.walk_packages([str(PACKAGE)], "pipeline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from pipeline.align import align_documents
    from pipeline.analyse import analyse_text
    from tests.check.whole import find_findings

    texts = (path.read_text("utf-8") for path in sorted((PACKAGE.parent / "corpus").glob("*.txt")))
    documents = [analyse_text(text, doc_id=str(place)) for place, text in enumerate(texts)]
    for document in documents[1:]:
        align_documents(documents[0], document)
    find_findings(documents, ())


def _methods_by_name() -> dict[str, set[str]]:
    """Return which attributes are asked of each name of the package: _SPACES -> {"sub"}."""
    methods: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                name = node.value
                key = name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")
                methods.setdefault(key, set()).add(node.attr)
    return methods


def _uses(module: str, pattern: re.Pattern[Any], called: set[str], methods: dict[str, set[str]]) -> set[str]:
    """Return how a pattern is used; one that has no name of its own may be used in every way."""
    names = [name for name, value in vars(sys.modules[module]).items() if value is pattern]
    uses = {use for name in names for use in methods.get(name, ())} | (called - {"compile"})
    return uses & _USES or {"search"}
