"""A whole release read from its folder and checked as a reader would: signature, hashes, every row."""

from __future__ import annotations

from pathlib import Path

from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.publication import CODE_LISTS, DESCRIPTION, SIGNATURE, Publication, Resource
from jobcentre_desk.publishing.columns import EmployerIds, KnownCodes
from jobcentre_desk.publishing.read_employers import read_employers
from jobcentre_desk.publishing.read_outcomes import read_outcomes
from jobcentre_desk.publishing.read_tables import known_codes, read_small_table
from jobcentre_desk.publishing.row_problems import refuse_rows
from jobcentre_desk.publishing.row_rules import Row
from jobcentre_desk.publishing.verify import check_resource, verify_description
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _


def read_back(folder: Path, *, key_line: str | None, task: Task) -> Publication:
    """Check a release in its folder from signature to last row; raises PublicationRefused with what is wrong."""
    publication = read_signed(folder, key_line=key_line)
    check_tables(folder, publication, task=task)
    return publication


def read_signed(folder: Path, *, key_line: str | None) -> Publication:
    """The verified description of a release in its folder (unsigned is allowed where `key_line` is None)."""
    signature = folder / SIGNATURE
    return verify_description(
        _read(folder / DESCRIPTION),
        _read(signature) if key_line is not None and signature.is_file() else None,
        key_line=key_line,
    )


def check_tables(folder: Path, publication: Publication, *, task: Task) -> None:
    """Check hashes and rows of every file that a description names, one file in memory at a time."""
    codes = _read_codes(folder, publication)
    for done, resource in enumerate(publication.resources):
        task.report(done, len(publication.resources), _("Checking the release"))
        if resource.table not in {*CODE_LISTS, "employers", "measures"}:
            _check_rows(publication, resource, _csv(folder, resource), codes)


def _read_codes(folder: Path, publication: Publication) -> KnownCodes:
    rows: dict[str, list[Row]] = {}
    by_table = {resource.table: resource for resource in publication.resources}
    for table in (*CODE_LISTS, "measures"):
        if table in by_table:
            rows[table] = _small_rows(by_table[table], _csv(folder, by_table[table]), None)
    codes = known_codes(rows)
    if "employers" not in by_table:
        return codes
    csv = _csv(folder, by_table["employers"])
    employers = read_employers(csv, file=by_table["employers"].path, codes=codes)
    return known_codes(rows, employers=EmployerIds.of(employers.cvr))


def _check_rows(publication: Publication, resource: Resource, csv: bytes, codes: KnownCodes) -> None:
    if resource.quarter is None:
        _small_rows(resource, csv, codes)
        return
    read_outcomes(
        csv,
        file=resource.path,
        quarter=resource.quarter,
        codes=codes,
        known_through=publication.outcomes_known_through,
        outcome_window=publication.outcome_window,
        minimum_count=publication.minimum_count,
    )


def _small_rows(resource: Resource, csv: bytes, codes: KnownCodes | None) -> list[Row]:
    measure = resource.name.removeprefix("figures-") if resource.table == "figures" else ""
    rows, problems = read_small_table(resource.table, csv, file=resource.path, codes=codes, measure=measure)
    refuse_rows(problems)
    return rows


def _csv(folder: Path, resource: Resource) -> bytes:
    return check_resource(resource, _read(folder / resource.path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PublicationRefused(
            _("The file {path} of the publication cannot be read.").format(path=path),
            _("Check that the folder holds the whole release and that you may read it."),
        ) from error
