"""The recorded bodies of Jobindsats: what is asked for each, and how many rows it has."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.services import TableQuery

COUNTRY = ("_hele_landet", ("/",))
EVERY = ("*",)
TOTAL = ("/",)


def query(table: str, *dimensions: tuple[str, tuple[str, ...]], kind: str = "M", latest: int = 14) -> TableQuery:
    """The newest periods of a table, by these levels of its dimensions."""
    return TableQuery(table=table, dimensions=dimensions, period_kind=kind, latest=latest)


@dataclass(frozen=True)
class RecordedBody:
    """A recorded file, what is asked for it, its rows and its distinct rows, and its columns of figures."""

    file: str
    asked: TableQuery
    rows: int
    distinct: int
    measures: int


BODIES = (
    RecordedBody(
        "v3_data_activation.json", query("y01c01", COUNTRY, ("_akassedp", TOTAL), ("_tilb_2ptv", EVERY)), 418, 362, 3
    ),
    RecordedBody(
        "v3_data_graduates_akasser.json", query("y01dia02", COUNTRY, ("_akassedp", EVERY), latest=2), 44, 44, 4
    ),
    RecordedBody("v3_data_graduates_total.json", query("y01dia02", COUNTRY, ("_akassedp", TOTAL)), 14, 14, 4),
    RecordedBody(
        "v3_data_longterm_total.json", query("y25i09", COUNTRY, ("_ygrpi09", TOTAL), ("_akassebl", TOTAL)), 14, 14, 4
    ),
    RecordedBody("v3_data_new_work_sharing.json", query("y25i06b", COUNTRY, ("_var13uger", EVERY)), 28, 28, 2),
    RecordedBody("v3_data_sanctions_total.json", query("y01h01", COUNTRY, ("_akassedp", TOTAL), kind="Q"), 6, 6, 7),
    RecordedBody(
        "v3_data_unemployment_akasser.json",
        query("y25i01", COUNTRY, ("_ygrpi09", TOTAL), ("_akassebl", EVERY), latest=2),
        46,
        46,
        4,
    ),
    RecordedBody(
        "v3_data_unemployment_total.json",
        query("y25i01", COUNTRY, ("_ygrpi09", TOTAL), ("_akassebl", TOTAL)),
        14,
        14,
        4,
    ),
    RecordedBody(
        "v3_metadata_snippets.json:talkForms", query("smt02", COUNTRY, ("_akassedp", EVERY), latest=1), 3, 3, 5
    ),
    RecordedBody(
        "v3_metadata_snippets.json:afterlon", query("y28a02", COUNTRY, ("_akassedp", EVERY), latest=1), 3, 3, 5
    ),
    RecordedBody(
        "y30r21_2020-2022.ndjson",
        query("y30r21", ("_nykom", EVERY), ("_ygrp_y30r21", EVERY), kind="QMAT", latest=6),
        2352,
        2352,
        7,
    ),
)
