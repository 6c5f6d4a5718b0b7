"""The definitions of the measures shipped in `data/measures.toml`, as rows of a publication's table."""

from __future__ import annotations

import tomllib
from functools import cache

from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.paths import shipped

_AMENDED = {"sentence_da": "amended_da", "sentence_en": "amended_en"}


def measure_rows(release: int = 1) -> list[dict[str, str]]:
    """The measures as a release of the demonstration defines them.

    Each release after the first amends the definition of the next traineeship measure in turn (and, when all
    have had theirs, takes the amendments back one by one), with a new `definition_version`.
    """
    definitions = _read_definitions()
    amendable = [name for name, entry in definitions.items() if "amended_da" in entry]
    rows = []
    for name, entry in definitions.items():
        turn = amendable.index(name) if name in amendable else release
        amendments = max(0, -(-(release - 1 - turn) // len(amendable)))
        rows.append(_row(name, entry, amendments))
    return rows


def _row(name: str, entry: dict[str, str], amendments: int) -> dict[str, str]:
    row = {"id": name, "definition_version": "1", **entry}
    if amendments:
        row["definition_version"] = str(1 + amendments)
    if amendments % 2:
        row |= {column: entry[amended] for column, amended in _AMENDED.items()}
    return {column: row[column] for column in TABLE_COLUMNS["measures"]}


@cache
def _read_definitions() -> dict[str, dict[str, str]]:
    entries = tomllib.loads((shipped("data") / "measures.toml").read_text(encoding="utf-8"))
    common = entries.pop("common")
    return {name: {**common[entry["common"]], **entry} for name, entry in entries.items()}
