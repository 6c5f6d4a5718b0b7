"""Taking figures asked of a service over into the next snapshot: the same tables and rules as for a publication.

What was asked for is replaced and compared, what was not asked for stays. Code lists are kept as a file of the
source, as those of a publication are, so that they are merged, and removed, with them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobcentre_desk.cache import file_rows, small_tables
from jobcentre_desk.cache.arrivals import ReleaseChanges, RowCounts
from jobcentre_desk.cache.change_log import log_changes
from jobcentre_desk.cache.revisions import Counted, FigureKey, keep_revisions, stored_figures
from jobcentre_desk.cache.service_rows import RowChecks, counted, listed_rows
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.publication import TABLE_COLUMNS, Resource
from jobcentre_desk.model.services import SERVICES, ServiceAnswer, ServiceFigures, SourceKind, TracedFigure
from jobcentre_desk.publishing.format import content_hash, gzip_bytes
from jobcentre_desk.publishing.read_tables import read_small_table, table_bytes
from jobcentre_desk.publishing.row_rules import Row
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

SHARE_MINIMUM_COUNT = 3
"""Both services publish 3 as their smallest count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceArrival:
    """What one sync read from the service `name`; `queries` holds each query put to it by its table, as JSON."""

    name: str
    location: str
    kind: SourceKind
    figures: ServiceFigures
    queries: Mapping[str, str]


def write_service_figures(connection: sqlite3.Connection, arrival: ServiceArrival, *, task: Task) -> ReleaseChanges:
    """Write the figures into an open snapshot that has no name yet; rows that break a rule become problems.

    The release number grows by one when anything changed. Raises PublicationRefused when a code list would hold
    more codes than the program can.
    """
    return _ServiceWriter(connection, arrival, task).write()


class _ServiceWriter:
    def __init__(self, connection: sqlite3.Connection, arrival: ServiceArrival, task: Task) -> None:
        self._connection = connection
        self._arrival = arrival
        self._figures = arrival.figures
        self._task = task
        self._at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self._changes = ReleaseChanges()
        self._lists: dict[str, Sequence[Row]] = {}
        self._checks = RowChecks(arrival.figures)
        self._kept = {table.casefold() for table in arrival.figures.kept_tables}
        self._source, self._sequence = _put_source(connection, arrival, self._at)

    def write(self) -> ReleaseChanges:
        self._task.report(0, 0, _("Reading figures"))
        self._leave_tables()
        self._write_list("areas", self._checks.areas())
        self._write_list("benefit_groups", self._checks.benefit_groups())
        self._write_measures()
        answers = self._put_answers()
        self._write_figures(answers)
        self._drop_measures()
        self._drop_lists()
        self._write_queries()
        self._write_breaks()
        self._write_problems()
        self._settle_sequence()
        return self._changes

    def _leave_tables(self) -> None:
        """Take out what is no longer asked for: whole tables, and measures of a table that is asked otherwise now."""
        asked = {table.casefold(): text for table, text in self._arrival.queries.items()}
        rows = self._run("SELECT id, tbl FROM answers WHERE source = ?").fetchall()
        former = {
            table.casefold(): text for table, text in self._run("SELECT tbl, query FROM queries WHERE source = ?")
        }
        for answer, table in rows:
            name = table.casefold()
            if name not in asked:
                self._delete_read_in(answer, set())
            elif name not in self._kept and former.get(name) != asked[name]:
                self._delete_read_in(answer, set(self._figures.covered))

    def _delete_read_in(self, answer: int, but: set[str]) -> None:
        measures = [
            row[0] for row in self._run("SELECT DISTINCT measure FROM figures WHERE source = ? AND answer = ?", answer)
        ]
        for measure in measures:
            if measure not in but:
                deleted = self._run(
                    "DELETE FROM figures WHERE source = ? AND answer = ? AND measure = ?", answer, measure
                )
                self._changes.count("figures", RowCounts(gone=deleted.rowcount))

    def _write_list(self, table: str, came: Sequence[Row]) -> None:
        """Merge a code list: words that a publication gave a code stay."""
        before = self._listed(table)
        after = list(listed_rows(before, came))
        published = self._published_codes(table)
        small_tables.put_codes(self._connection, table, [row for row in after if row["code"] not in published])
        self._put_list(table, after)
        self._lists[table] = before

    def _published_codes(self, table: str) -> set[str]:
        """The codes that publications list."""
        kinds = [kind.value for kind in SERVICES]
        marks = ", ".join("?" * len(kinds))
        rows = self._connection.execute(f"SELECT id FROM sources WHERE kind NOT IN ({marks})", kinds)  # noqa: S608 - marks
        found: set[str] = set()
        return found.union(*(file_rows.codes_of(self._connection, source)[table] for (source,) in rows.fetchall()))

    def _put_list(self, table: str, after: Sequence[Row]) -> None:
        csv = table_bytes(table, after)
        body = gzip_bytes(csv)
        resource = Resource(
            name=table,
            path=table,
            table=table,
            bytes=len(body),
            hash=content_hash(body),
            content_hash=content_hash(csv),
        )
        file_rows.put_file(self._connection, self._source, resource, rows=len(after), gz_bytes=body)

    def _listed(self, table: str) -> list[Row]:
        body = file_rows.read_body(self._connection, self._source, table)
        return read_small_table(table, body, file=table)[0] if body else []

    def _write_measures(self) -> None:
        columns = TABLE_COLUMNS["measures"]
        names = ", ".join(small_tables.stored_name("measures", column) for column in columns)
        stored = self._run(f"SELECT {names} FROM measures WHERE source = ?").fetchall()  # noqa: S608 - our own names
        rows = {row[0]: dict(zip(columns, row, strict=True)) for row in stored}
        rows |= {str(row["id"]): row for row in self._checks.measures()}
        counts, definitions = small_tables.replace_rows(
            self._connection, "measures", self._source, [rows[measure] for measure in sorted(rows)]
        )
        self._changes.count("measures", counts)
        self._changes.definitions += definitions

    def _put_answers(self) -> dict[int, int]:
        """Keep the bodies as they came, compressed; gives the id of each answer by its number."""
        last = self._run("SELECT coalesce(max(id), 0) FROM answers WHERE source = ?").fetchone()[0]
        ids = {answer.number: last + place for place, answer in enumerate(self._figures.answers, 1)}
        for answer in self._figures.answers:
            self._task.stop_if_cancelled()
            self._run(
                "INSERT INTO answers (source, id, tbl, title, request, updated, next_update, fetched_at, hash, bytes,"
                " rows, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(ids[answer.number], answer.table, answer.title, answer.request, answer.updated, answer.next_update),
                *(self._at, hashlib.sha256(answer.body).hexdigest(), len(answer.body), answer.rows),
                gzip_bytes(answer.body),
            )
        return ids

    def _write_figures(self, answers: Mapping[int, int]) -> None:
        codes = small_tables.known_codes(self._connection, file_rows.listed_codes(self._connection), self._source)
        by_measure: dict[str, dict[FigureKey, TracedFigure]] = {name: {} for name in self._figures.covered}
        for key, figure in self._checks.figures(codes, task=self._task).items():
            by_measure.setdefault(figure.measure, {})[key] = figure
        for place, measure in enumerate(sorted(by_measure)):
            self._task.report(place, len(by_measure), _("Reading figures"))
            self._replace_figures(measure, by_measure[measure], answers)
        self._run("DELETE FROM answers WHERE source = ?1 AND id NOT IN (SELECT answer FROM figures WHERE source = ?1)")

    def _replace_figures(
        self, measure: str, came: Mapping[FigureKey, TracedFigure], answers: Mapping[int, int]
    ) -> None:
        covered = self._figures.covered.get(measure, frozenset())
        stored = stored_figures(self._connection, self._source, measure)
        before = {key: value for key, value in stored.items() if key[2] in covered or key in came}
        after: dict[FigureKey, Counted] = {key: counted(figure) for key, figure in came.items()}
        self._connection.executemany(
            "DELETE FROM figures WHERE source = ? AND measure = ? AND area = ? AND period = ? AND grp = ?",
            ((self._source, *key) for key in before),
        )
        self._connection.executemany(
            "INSERT INTO figures (source, measure, area, period, grp, value, numerator, denominator, state, answer,"
            " answer_row, answer_column) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (self._source, *key, *after[key], answers[figure.answer], figure.row, figure.column)
                for key, figure in came.items()
            ),
        )
        keep_revisions(self._connection, self._source, self._sequence, before, after)
        self._changes.count("figures", small_tables.compare_rows(before, after))

    def _drop_measures(self) -> None:
        """Forget measures that nobody defines now and that have no figures any more, with all that hangs on them."""
        came = {measure.id for measure in self._figures.measures}
        empty = self._run(
            "SELECT id FROM measures WHERE source = ?1 AND id NOT IN (SELECT measure FROM figures WHERE source = ?1)"
        ).fetchall()
        gone = [measure for (measure,) in empty if measure not in came]
        for measure in gone:
            self._run("DELETE FROM measures WHERE source = ? AND id = ?", measure)
            self._run("DELETE FROM revisions WHERE source = ? AND measure = ?", measure)
            self._run("DELETE FROM breaks WHERE source = ? AND measure = ?", measure)
        self._changes.count("measures", RowCounts(gone=len(gone)))

    def _drop_lists(self) -> None:
        """Funds and groups that no figure is of any more leave the lists of this source."""
        for table, before in self._lists.items():
            used = self._used(table)
            after = [row for row in self._listed(table) if row["code"] in used or _stays(table, row)]
            self._put_list(table, after)
            self._changes.count(table, small_tables.compare_codes(before, after))
        listed = file_rows.listed_codes(self._connection)
        for table in self._lists:
            small_tables.drop_codes(self._connection, table, listed[table])

    def _used(self, table: str) -> set[str]:
        column = {"areas": "area", "benefit_groups": "grp"}[table]
        rows = self._run(f"SELECT DISTINCT {column} FROM figures WHERE source = ?")  # noqa: S608 - our own names
        return {code for (code,) in rows}

    def _write_queries(self) -> None:
        """Remember what was asked and when it changes next; a table not read now keeps what was remembered of it."""
        rows = self._run("SELECT tbl, title, query, updated, next_update FROM queries WHERE source = ?").fetchall()
        former = {row[0].casefold(): row for row in rows}
        read = {answer.table.casefold(): answer for answer in self._figures.answers}
        coming = {table.casefold(): date for table, date in self._figures.next_updates.items()}
        self._run("DELETE FROM queries WHERE source = ?")
        for table, query in self._arrival.queries.items():
            name = table.casefold()
            row = _query_row(table, query, read.get(name), former.get(name), next_update=coming.get(name, ""))
            if row is not None:
                self._run(
                    "INSERT INTO queries (source, tbl, title, query, updated, next_update) VALUES (?, ?, ?, ?, ?, ?)",
                    *row,
                )

    def _write_breaks(self) -> None:
        for measure in {measure.id for measure in self._figures.measures}:
            self._run("DELETE FROM breaks WHERE source = ? AND measure = ?", measure)
        for told in self._figures.breaks:
            self._run(
                "INSERT OR REPLACE INTO breaks (source, measure, period, sentence_da, sentence_en)"
                " VALUES (?, ?, ?, ?, ?)",
                *(told.measure, told.period, told.sentence_da, told.sentence_en),
            )

    def _write_problems(self) -> None:
        """Put the problems of this sync in place of those before; a table that was not read again keeps its own."""
        stored = self._run("SELECT id, file FROM problems WHERE source = ?").fetchall()
        told = {problem.file.casefold() for problem in self._checks.problems}
        for number, file in stored:
            if not _names_one_of(file, self._kept) or file.casefold() in told:
                self._run("DELETE FROM problems WHERE source = ? AND id = ?", number)
        for problem in self._checks.problems:
            self._run(
                "INSERT INTO problems (source, synced_at, file, row, column_name, reason) VALUES (?, ?, ?, ?, ?, ?)",
                *(self._at, problem.file, problem.row, problem.column, problem.reason),
            )
        self._changes.problems = tuple(self._checks.problems)

    def _settle_sequence(self) -> None:
        if self._changes.total or self._changes.definitions:
            log_changes(self._connection, self._source, self._sequence, self._changes)
        else:
            self._sequence -= 1
        self._connection.execute("UPDATE sources SET sequence = ? WHERE id = ?", (self._sequence, self._source))
        self._changes.sequence = self._sequence

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Run a statement whose first parameter is this source."""
        return self._connection.execute(statement, (self._source, *values))


def _put_source(connection: sqlite3.Connection, arrival: ServiceArrival, at: str) -> tuple[int, int]:
    """The source's own facts; gives its id and the number of the release being written."""
    figures = arrival.figures
    facts: dict[str, str | int | bytes] = {
        "name": arrival.name, "location": arrival.location, "kind": arrival.kind.value, "key_id": "",
        "publisher": figures.publisher, "publisher_name": figures.publisher_name, "sequence": 0,
        "released": figures.released, "next_release": figures.next_release, "definitions_version": "",
        "access": "public", "minimum_count": 1, "share_minimum_count": SHARE_MINIMUM_COUNT, "demonstration": 0,
        "unsigned": 0, "sole_proprietors": 0, "outcome_window": 1, "etag": "", "description": b"", "signature": b"",
        "synced_at": at,
    }  # fmt: skip
    updates = ", ".join(f"{column} = excluded.{column}" for column in facts if column not in {"name", "sequence"})
    connection.execute(
        f"INSERT INTO sources ({', '.join(facts)}) VALUES ({', '.join('?' * len(facts))})"  # noqa: S608 - our own names
        f" ON CONFLICT (name) DO UPDATE SET {updates}",
        tuple(facts.values()),
    )
    source, sequence = connection.execute("SELECT id, sequence FROM sources WHERE name = ?", (arrival.name,)).fetchone()
    return source, sequence + 1


def _stays(table: str, row: Row) -> bool:
    """Whether a code is listed without a figure of it: every area but funds."""
    return table == "areas" and row["kind"] != AreaKind.FUND


def _query_row(
    table: str, query: str, read: ServiceAnswer | None, former: Sequence[str] | None, *, next_update: str
) -> tuple[str, str, str, str, str] | None:
    if read is not None:
        return table, read.title, query, read.updated, read.next_update
    return None if former is None else (table, former[1], former[2], former[3], next_update or former[4])


def _names_one_of(file: str, tables: set[str]) -> bool:
    """Whether the file that a problem names is an answer to one of the tables."""
    return any(word in tables for word in re.findall(r"[^\W_]+", file.casefold()))
