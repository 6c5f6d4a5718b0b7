"""A small table of StatBank, invented, for tests that need no recorded body."""

from __future__ import annotations

from typing import Any

from jobcentre_desk.model.services import TableQuery
from jobcentre_desk.sources.statbank_areas import KnownAreas
from jobcentre_desk.sources.statbank_figures import Gathered
from jobcentre_desk.sources.statbank_request import choose
from jobcentre_desk.sources.statbank_rows import read_rows
from jobcentre_desk.sources.statbank_tables import TableInfo, read_table

AREAS = {
    "000": "All Denmark",
    "084": "Region Hovedstaden",
    "101": "Copenhagen",
    "147": "Frederiksberg",
    "01": "Province",
}
SEXES = {"TOT": ("I alt", "Total"), "M": ("Mænd", "Men"), "K": ("Kvinder", "Women")}
PERIODS = ("2024K1", "2024K2", "2024K3", "2024K4", "2025K1")
HEADER = "OMRÅDE;KØN;TID;INDHOLD"


def info(language: str, *, periods: tuple[str, ...] = PERIODS, **changes: Any) -> dict[str, Any]:
    """What /tableinfo would say of the invented table TEST1 in one language."""
    danish = language == "da"
    areas = {code: "København" if danish and code == "101" else name for code, name in AREAS.items()}
    sexes = {code: names[0 if danish else 1] for code, names in SEXES.items()}
    times = {code: code if danish else code.replace("K", "Q") for code in periods}
    variables = [
        _variable("OMRÅDE", "område" if danish else "region", areas),
        _variable("KØN", "køn" if danish else "sex", sexes),
        _variable("Tid", "tid" if danish else "time", times) | {"time": True, "elimination": False},
    ]
    told = {"id": "TEST1", "text": "Personer" if danish else "Persons", "unit": "Antal" if danish else "Number"}
    return told | {"updated": "2025-06-01T08:00:00", "active": True, "variables": variables} | changes


def table(**changes: Any) -> TableInfo:
    """The invented table."""
    return read_table(info("da", **changes), info("en", **changes))


def gathered(
    *rows: str, header: str = HEADER, query: TableQuery | None = None, table_read: TableInfo | None = None
) -> Gathered:
    """What is read of one answer with these rows of CSV."""
    areas = KnownAreas.of(())
    asked = query or TableQuery(table="TEST1", dimensions=(("KØN", ("*",)),), latest=0)
    read = Gathered(choose(table_read or table(), asked, areas), areas)
    body = "".join(f"{row}\r\n" for row in (header, *rows)).encode("utf-8-sig")
    read.take_rows(read_rows(body), 1)
    read.close()
    return read


def _variable(name: str, text: str, values: dict[str, str]) -> dict[str, Any]:
    listed = [{"id": code, "text": label} for code, label in values.items()]
    return {"id": name, "text": text, "elimination": True, "time": False, "values": listed}
