"""Taking a verified release over into the next snapshot: only files that differ are read, every row is checked."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from jobcentre_desk.cache import employer_rows, file_rows, outcome_rows, small_tables
from jobcentre_desk.cache.arrivals import Arrival, ReleaseChanges, RowCounts
from jobcentre_desk.cache.change_log import log_changes
from jobcentre_desk.cache.file_rows import StoredFile, needed_resources, stored_files
from jobcentre_desk.cache.publishers import remember_publisher
from jobcentre_desk.cache.revisions import keep_revisions, stored_figures
from jobcentre_desk.cache.source_rows import put_source
from jobcentre_desk.model.publication import CODE_LISTS, Resource
from jobcentre_desk.publishing.columns import KnownCodes
from jobcentre_desk.publishing.read_outcomes import read_outcomes
from jobcentre_desk.publishing.read_tables import read_small_table
from jobcentre_desk.publishing.row_problems import refuse_rows
from jobcentre_desk.publishing.row_rules import Row
from jobcentre_desk.publishing.verify import check_resource
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

FIGURES_PREFIX = "figures-"


def write_release(connection: sqlite3.Connection, arrival: Arrival, *, task: Task) -> ReleaseChanges:
    """Write one release into an open snapshot that has no name yet; a refusal leaves it to be thrown away.

    Raises PublicationRefused (RowsRefused with its problems) when a rule is broken.
    """
    return _ReleaseWriter(connection, arrival, task).write()


class _ReleaseWriter:
    def __init__(self, connection: sqlite3.Connection, arrival: Arrival, task: Task) -> None:
        self._connection = connection
        self._arrival = arrival
        self._task = task
        self._changes = ReleaseChanges()
        self._needed = {r.name: r for r in needed_resources(connection, arrival.name, arrival.publication)}
        self._source = put_source(connection, arrival)
        names = {resource.name for resource in arrival.publication.resources}
        stored = stored_files(connection, self._source)
        self._gone = {name: file for name, file in stored.items() if name not in names}

    def write(self) -> ReleaseChanges:
        lists_changed = any(table in self._needed or table in self._gone for table in CODE_LISTS)
        before = file_rows.codes_of(self._connection, self._source)
        for table in CODE_LISTS:
            self._write_code_list(table)
        listed = file_rows.listed_codes(self._connection)
        self._write_source_table("measures", codes=None)
        codes = small_tables.known_codes(self._connection, listed, self._source)
        self._write_employers(codes)
        self._write_outcomes(codes)
        for table in ("figures", "evidence", "practices", "cards"):
            self._write_source_table(table, codes=codes)
        small_tables.require_measures(self._connection, self._source)
        for table in CODE_LISTS if lists_changed else ():
            small_tables.require_unused(self._connection, table, before[table] - listed[table], source=self._source)
            small_tables.drop_codes(self._connection, table, listed[table])
        for name in self._gone:
            file_rows.forget_file(self._connection, self._source, name)
        remember_publisher(self._connection, self._arrival)
        log_changes(self._connection, self._source, self._arrival.publication.sequence, self._changes)
        return self._changes

    def _write_code_list(self, table: str) -> None:
        resource = self._needed.get(table)
        if resource is None and table not in self._gone:
            return
        before = self._rows_before(table)
        after: list[Row] = []
        if resource is None:
            file_rows.forget_file(self._connection, self._source, table)
        else:
            after = self._read_small(resource, codes=None)
            small_tables.put_codes(self._connection, table, after)
        self._changes.count(table, small_tables.compare_codes(before, after))

    def _rows_before(self, table: str) -> list[Row]:
        body = file_rows.read_body(self._connection, self._source, table)
        return read_small_table(table, body, file=table)[0] if body else []

    def _write_source_table(self, table: str, *, codes: KnownCodes | None) -> None:
        for resource in [resource for resource in self._needed.values() if resource.table == table]:
            self._replace(table, resource.name, self._read_small(resource, codes=codes))
        for name in [name for name, file in self._gone.items() if file.table == table]:
            self._replace(table, name, [])

    def _replace(self, table: str, name: str, rows: list[Row]) -> None:
        measure = measure_of(name)
        before = stored_figures(self._connection, self._source, measure) if table == "figures" else {}
        counts, definitions = small_tables.replace_rows(self._connection, table, self._source, rows, measure=measure)
        if before:
            after = stored_figures(self._connection, self._source, measure)
            keep_revisions(self._connection, self._source, self._arrival.publication.sequence, before, after)
        self._changes.count(table, counts)
        self._changes.definitions += definitions

    def _write_employers(self, codes: KnownCodes) -> None:
        resource = self._needed.get("employers")
        if resource is not None:
            self._task.report(0, 0, _("Reading employers"))
            before = file_rows.read_body(self._connection, self._source, "employers")
            gz_bytes, csv = self._read(resource)
            changes = employer_rows.replace_employers(
                self._connection, self._source, csv, before=before, file=resource.path, codes=codes
            )
            self._changes.employers = changes.ids
            self._put_file(resource, rows=csv.count(b"\n") - 1, gz_bytes=gz_bytes)
            self._changes.count("employers", changes.counts)
        elif "employers" in self._gone:
            changes = employer_rows.unlist_all(self._connection, self._source)
            self._changes.employers = changes.ids
            self._changes.count("employers", changes.counts)

    def _write_outcomes(self, codes: KnownCodes) -> None:
        needed = [resource for resource in self._needed.values() if resource.table == "outcomes"]
        if needed:
            ids = employer_rows.employer_ids(self._connection, self._source, self._changes.employers)
            codes = replace(codes, employers=ids)
        for place, resource in enumerate(needed):
            self._task.report(place, len(needed), _("Reading outcomes"))
            self._write_quarter(resource, codes)
        for file in self._gone.values():
            if file.table == "outcomes":
                counts = outcome_rows.delete_quarter(self._connection, self._source, _index(file))
                self._count_quarter(file, counts)
        if self._changes.tables.get("employers"):
            quarters = outcome_rows.quarters_of_rows(self._connection, self._source)
            employer_rows.require_listed(self._connection, self._source, quarters)

    def _write_quarter(self, resource: Resource, codes: KnownCodes) -> None:
        assert resource.quarter is not None
        gz_bytes, csv = self._read(resource)
        columns = read_outcomes(
            csv,
            file=resource.path,
            quarter=resource.quarter,
            codes=codes,
            known_through=self._arrival.publication.outcomes_known_through,
            outcome_window=self._arrival.publication.outcome_window,
            minimum_count=self._arrival.publication.minimum_count,
        )
        counts = outcome_rows.replace_quarter(self._connection, self._source, resource.quarter.index, columns)
        self._put_file(resource, rows=len(columns), gz_bytes=gz_bytes)
        self._count_quarter(resource, counts)

    def _count_quarter(self, file: Resource | StoredFile, counts: RowCounts) -> None:
        self._changes.count("outcomes", counts)
        self._changes.quarters[_index(file)] = counts

    def _read_small(self, resource: Resource, *, codes: KnownCodes | None) -> list[Row]:
        gz_bytes, csv = self._read(resource)
        rows, problems = read_small_table(
            resource.table, csv, file=resource.path, codes=codes, measure=measure_of(resource.name)
        )
        refuse_rows(problems)
        self._put_file(resource, rows=len(rows), gz_bytes=gz_bytes)
        return rows

    def _read(self, resource: Resource) -> tuple[bytes, bytes]:
        """The compressed bytes as they were proved, and the table inside."""
        self._task.stop_if_cancelled()
        gz_bytes = self._arrival.read_gzip(resource)
        return gz_bytes, check_resource(resource, gz_bytes)

    def _put_file(self, resource: Resource, *, rows: int, gz_bytes: bytes) -> None:
        if self._arrival.rows_read is not None:
            self._arrival.rows_read(rows)
        file_rows.put_file(self._connection, self._source, resource, rows=rows, gz_bytes=gz_bytes)


def measure_of(name: str) -> str:
    """The measure that a file of figures holds, by its name; "" for every other file."""
    return name.removeprefix(FIGURES_PREFIX) if name.startswith(FIGURES_PREFIX) else ""


def _index(file: Resource | StoredFile) -> int:
    assert file.quarter is not None
    return file.quarter.index
