"""Entries come back whole or not at all, and never run anything."""

import datetime as dt
import os
import pickle
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.records import DocType, Document, Header, Span
from pipeline.run.cache import Cache, Lookup, decode, encode

KEY = "3f" * 32
DOCUMENT = Document(
    "kh", "Kế hoạch", Header(DocType.PLAN, "17/KH-UBND", dt.date(2025, 6, 2), title_span=Span(0, 8))
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entry_path(cache: Cache) -> Path:
    return cache.folder / KEY[:2] / KEY


def test_record_comes_back_as_it_was(cache: Cache) -> None:
    cache.put(KEY, encode(DOCUMENT))
    assert cache.get(KEY, Document).record == DOCUMENT


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40] + b"\0" + b[41:]])
def test_damaged_entry_is_noticed(cache: Cache, damage) -> None:  # type: ignore[no-untyped-def]
    cache.put(KEY, encode(DOCUMENT))
    entry_path(cache).write_bytes(damage(entry_path(cache).read_bytes()))
    assert cache.get(KEY, Document).lookup is Lookup.DAMAGED


def test_entry_of_another_type_is_refused(cache: Cache) -> None:
    cache.put(KEY, encode(Span(3, 8)))
    assert cache.get(KEY, Document).lookup is Lookup.DAMAGED


def test_pickle_is_never_opened(cache: Cache) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.abort, ()  # type: ignore[return-value]

    cache.put(KEY, pickle.dumps(Trap()))
    assert cache.get(KEY, Document).lookup is Lookup.DAMAGED
    with pytest.raises(ValueError):
        decode(pickle.dumps(Trap()), Document)


def test_only_the_owner_may_look(cache: Cache) -> None:
    cache.put(KEY, encode(DOCUMENT))
    assert cache.folder.stat().st_mode & 0o077 == 0
    assert entry_path(cache).stat().st_mode & 0o077 == 0


def test_full_disk_costs_the_entry_and_leaves_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    cache.put(KEY, encode(DOCUMENT))
    assert cache.get(KEY, Document).lookup is Lookup.MISSING
    assert [path for path in cache.folder.rglob("*") if path.is_file()] == []


def test_cache_holds_at_most_twice_what_a_run_used(cache: Cache) -> None:
    keys = [f"{number:064x}" for number in range(10)]
    for age, key in enumerate(keys):
        cache.put(key, encode(DOCUMENT))
        os.utime(cache.folder / key[:2] / key, (age, age))
    cache.prune(keys[8:])
    assert [key for key in keys if cache.get(key, Document).record] == keys[6:]


def test_folder_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--cache"):
        Cache(tmp_path / "file" / "cache")
