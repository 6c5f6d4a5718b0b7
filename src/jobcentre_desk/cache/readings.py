"""Which answers of a service the figures of a measure were read from."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.cache.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer: the table it is of, the request without any key, when it was fetched, and its number of rows."""

    source: str
    table: str
    title: str
    request: str
    fetched_at: str
    rows: int


def read_from(snapshot: Snapshot, measure: str) -> tuple[Reading, ...]:
    """The answers that hold figures of `measure`, by source and table, the newest first; none for those from files."""
    rows = snapshot.connect().execute(
        "SELECT s.name, a.tbl, a.title, a.request, a.fetched_at, a.rows FROM sources s JOIN answers a"
        " ON a.source = s.id AND a.id IN (SELECT DISTINCT f.answer FROM figures f"
        " WHERE f.source = s.id AND f.measure = ?) ORDER BY s.id, a.tbl, a.fetched_at DESC, a.id",
        (measure,),
    )
    return tuple(Reading(**dict(zip(Reading.__dataclass_fields__, row, strict=True))) for row in rows)


def newest_periods(snapshot: Snapshot, source: str) -> frozenset[str]:
    """The newest period of each measure of a source; one step along the key for each measure."""
    rows = snapshot.connect().execute(
        "WITH RECURSIVE m(source, id) AS ("
        " SELECT s.id, (SELECT min(measure) FROM figures WHERE source = s.id) FROM sources s WHERE s.name = ?"
        " UNION ALL SELECT m.source, (SELECT min(measure) FROM figures WHERE source = m.source AND measure > m.id)"
        " FROM m WHERE m.id NOT NULL)"
        " SELECT (SELECT max(period) FROM figures f WHERE f.source = m.source AND f.measure = m.id) FROM m"
        " WHERE m.id NOT NULL",
        (source,),
    )
    return frozenset(period for (period,) in rows if period)


def revision_counts(snapshot: Snapshot) -> dict[tuple[str, int], int]:
    """How many figures each release of each source changed, by the name of the source and the number of the release."""
    rows = snapshot.connect().execute(
        "SELECT s.name, r.sequence, COUNT(*) FROM revisions r JOIN sources s ON s.id = r.source GROUP BY 1, 2"
    )
    return {(name, sequence): count for name, sequence, count in rows}
