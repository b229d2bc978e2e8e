"""The generator of ``lexicon/places.toml`` and ``lexicon/former_places.toml`` from ``underthesea.address``.

The mapping that underthesea carries is a JSON of 5 MB behind an import of a second; the lexicons hold the
same names in a few long strings, which load in milliseconds. Run ``python -m pipeline.nlp.places`` after
an update of underthesea; a test compares the files with what this module writes. Imports nothing
of ours.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).parents[1] / "lexicon"
_HEAD = """\
# {title}
# source: underthesea.address, mapping.json (its source: vietnamadminunits {version}), in force on {day}.
# Written by `python -m pipeline.nlp.places`; edit the generator, not this file.
"""


def places_toml() -> str:
    """Return the text of ``places.toml``: the provinces of today, those they were made of, their communes."""
    mapping = _mapping()
    lines = [_head("Provinces and communes since 1 July 2025")]
    for province, former in _former_provinces(mapping).items():
        kind, name = _kind_and_name(province)
        lines += [
            f'[province."{name}"]',
            f'kind = "{kind}"',
            f"former = {json.dumps(former, ensure_ascii=False)}",
        ]
        lines += [f'communes = "{"|".join(_communes(mapping, province))}"', ""]
    return "\n".join(lines)


def former_places_toml() -> str:
    """Return the text of ``former_places.toml``: the communes of each former district and their fate.

    ``Phường A>Phường B``: A went into B; without ``>`` the commune kept its kind and name. A commune that
    was divided has an entry for each part.
    """
    districts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _mapping()["ward_mapping"]:
        old, new = row["old_ward"], row["new_ward"]
        districts[row["old_province"], row["old_district"]].append(old if old == new else f"{old}>{new}")
    lines = [_head("Districts and communes until 30 June 2025, by province")]
    last = None
    for (province, district), communes in sorted(districts.items()):
        if province != last:
            lines.append(f'["{_kind_and_name(province)[1]}"]')
            last = province
        lines.append(f'"{district}" = "{"|".join(sorted(communes))}"')
    return "\n".join(lines) + "\n"


@cache
def _mapping() -> dict[str, Any]:
    source = files("underthesea.address") / "data" / "mapping.json"
    mapping: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return mapping


def _head(title: str) -> str:
    metadata = _mapping()["metadata"]
    return _HEAD.format(title=title, version=metadata["version"], day=metadata["effective_date"])


def _former_provinces(mapping: dict[str, Any]) -> dict[str, list[str]]:
    """Return, for each province of today in full, the short names of the provinces it was made of."""
    former: dict[str, list[str]] = {info["name"]: [] for info in mapping["province_names"].values()}
    for old, new in mapping["province_mapping"].items():
        former[mapping["province_names"][new]["name"]].append(mapping["old_province_names"][old]["short"])
    return {name: sorted(former[name]) for name in sorted(former)}


def _communes(mapping: dict[str, Any], province: str) -> list[str]:
    return sorted({row["new_ward"] for row in mapping["ward_mapping"] if row["new_province"] == province})


def _kind_and_name(province: str) -> tuple[str, str]:
    """Split "Tỉnh Phú Thọ" into its kind in small letters and its name."""
    kind = "thành phố" if province.startswith("Thành phố ") else "tỉnh"
    return kind, province[len(kind) + 1 :]


if __name__ == "__main__":
    for name, text in (("places", places_toml()), ("former_places", former_places_toml())):
        (LEXICON / f"{name}.toml").write_text(text, encoding="utf-8")
