"""What `data/statbank.toml` holds: the tables asked for by default, their definitions, and breaks in series."""

from __future__ import annotations

from functools import cache

import msgspec

from jobcentre_desk.model.services import TableQuery
from jobcentre_desk.paths import shipped


class Generic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences shared by all tables; `{...}` is filled in from the table."""

    sentence_da: str
    sentence_en: str
    levels_da: str
    levels_en: str
    suppressed_da: str
    suppressed_en: str
    why_da: str
    why_en: str
    footnote_da: str
    footnote_en: str
    source: str


class Preset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table asked for by default, with its definition in our own words."""

    table: str
    latest: int
    name_da: str
    name_en: str
    sentence_da: str
    sentence_en: str
    dimensions: dict[str, list[str]]
    unit: str = ""
    why_da: str = ""
    why_en: str = ""


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A break in the series of `tables` (none = of every figure by branch): the period for each kind of table."""

    tables: list[str]
    periods: dict[str, str]
    sentence_da: str
    sentence_en: str


class StatBankTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    generic: Generic
    tables: list[Preset]
    breaks: list[Break]


@cache
def texts() -> StatBankTexts:
    """The file as shipped."""
    return msgspec.toml.decode((shipped("data") / "statbank.toml").read_bytes(), type=StatBankTexts)


def preset_queries() -> tuple[TableQuery, ...]:
    """The questions put to StatBank unless a person chooses others."""
    return tuple(
        TableQuery(
            table=preset.table,
            dimensions=tuple((name, tuple(levels)) for name, levels in preset.dimensions.items()),
            latest=preset.latest,
        )
        for preset in texts().tables
    )


def preset_of(table: str) -> Preset | None:
    """The definition of a table, when the file has one."""
    return next((preset for preset in texts().tables if preset.table.casefold() == table.casefold()), None)
