"""The ready first page: the first rows of the default list, kept as JSON in the snapshot and read without numpy."""

from __future__ import annotations

import msgspec

from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.outcomes import EmployerRow, Period, Scope

FIRST_ROWS = 200


class FirstPage(msgspec.Struct, frozen=True):
    """The first rows of the list without any filter, how many rows it has and how many of them have a rate."""

    total: int
    rated: int
    period: Period
    rows: list[EmployerRow]


def make_first_page(snapshot: Snapshot) -> str:
    """The JSON of the first page, from a snapshot that has all but it; "" when it holds no known outcomes."""
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.find import find_employers, rows
    from jobcentre_desk.errors import QuarterOutOfRange

    figures = Figures.open(snapshot)
    try:
        found = find_employers(figures, Scope())
    except QuarterOutOfRange:
        return ""
    page = FirstPage(found.total, found.rated, found.period, rows(figures, found, 0, FIRST_ROWS))
    return msgspec.json.encode(page).decode()


def ready_page(snapshot: Snapshot) -> FirstPage | None:
    """The first page of a snapshot; None when it has none."""
    row = snapshot.connect().execute("SELECT data FROM first_page ORDER BY id LIMIT 1").fetchone()
    return msgspec.json.decode(row[0], type=FirstPage) if row and row[0] else None
