"""Making a publication from a publisher's folder: checked, masked where asked, written, signed and read back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from jobcentre_desk.errors import FileUnwritable, InputRefused, PublicationRefused
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import CODE_LISTS, Publication, RowProblem
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.columns import EmployerIds, KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.format import MASKED_WINDOW, read_publication_object
from jobcentre_desk.publishing.masking import mask_window, window_ends, with_all
from jobcentre_desk.publishing.outcome_csv import outcomes_bytes
from jobcentre_desk.publishing.outcome_input import split_outcomes
from jobcentre_desk.publishing.publisher_input import TRAINEESHIPS, PublisherInput, find_input
from jobcentre_desk.publishing.read_employers import employers_bytes, read_employers
from jobcentre_desk.publishing.read_tables import known_codes, read_small_table, table_bytes
from jobcentre_desk.publishing.release_folder import ReleaseFolder, former_release
from jobcentre_desk.publishing.row_problems import RowsRefused, refuse_rows
from jobcentre_desk.publishing.row_rules import Row
from jobcentre_desk.publishing.traineeships import read_traineeships
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

_NAMING = (*CODE_LISTS, "measures")
_POINTING = ("figures", "evidence", "practices", "cards")


class _Outcomes(Protocol):
    """Counts by quarter, from `outcomes.csv` or from traineeships."""

    @property
    def quarters(self) -> tuple[Quarter, ...]: ...

    def read(self, quarter: Quarter) -> OutcomeColumns: ...


@dataclass(slots=True)
class _Job:
    """One publication being made: what was given, where it goes, and the problems met so far."""

    given: PublisherInput
    release: ReleaseFolder
    publication: Publication
    task: Task
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def masked(self) -> bool:
        return self.publication.outcome_window == MASKED_WINDOW

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Keep the problems of a refused table, so that the others are checked too."""
        try:
            yield
        except RowsRefused as refused:
            self.problems += refused.problems


def publish(
    input_folder: Path,
    out: Path,
    *,
    secret_key: trust.SecretKey | None,
    minimum_count: int = 1,
    sequence: int | None = None,
    task: Task,
) -> Publication:
    """Make the next release in `out` from a folder of tables and `publication.json`, and read it back.

    `minimum_count` above 1 masks outcomes (and wins over publication.json's); `sequence` None is one more than the
    last in `out`; `secret_key` None leaves the release unsigned. Raises InputRefused, PublicationRefused (RowsRefused
    with rows and reasons) or FileUnwritable; the former release then still stands.
    """
    given = find_input(input_folder)
    with _writing(out):
        former = _former(out, sequence)
        number = _next_sequence(former, sequence)
        facts = read_publication_object(given.publication_json(), sequence=number, minimum_count=minimum_count)
        given.check(facts.access)
        _check_publisher(facts, former)
        job = _Job(given, ReleaseFolder(out, former), _with_window(facts, given), task)
        _write_tables(job)
        return job.release.finish(job.publication, secret_key, task=task)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileUnwritable(
            _("The publication cannot be written to {folder}.").format(folder=out),
            _("Choose a folder that you may write to, with enough room."),
        ) from error


def _former(out: Path, sequence: int | None) -> Publication | None:
    try:
        return former_release(out)
    except PublicationRefused as error:
        if sequence is not None:
            return None
        raise InputRefused(
            _("The last release in {folder} cannot be read, so its number is not known.").format(folder=out),
            _("Say the number of the new one with --sequence."),
        ) from error


def _next_sequence(former: Publication | None, asked: int | None) -> int:
    last = former.sequence if former else 0
    if asked is None:
        return last + 1
    if asked <= last:
        raise InputRefused(
            _("Release {asked} is not after the last one, {last}.").format(asked=asked, last=last),
            _("The number of a release only grows; leave out --sequence to take the next."),
        )
    return asked


def _check_publisher(facts: Publication, former: Publication | None) -> None:
    if former is not None and former.publisher != facts.publisher:
        raise InputRefused(
            _("The output folder holds releases of another publisher, {publisher}.").format(publisher=former.publisher),
            _("Choose another folder, or check “publisher” in publication.json."),
        )


def _with_window(facts: Publication, given: PublisherInput) -> Publication:
    masked = facts.minimum_count > 1 and given.has_outcomes
    if masked and facts.outcomes_known_through is None:
        raise InputRefused(
            _("Masking needs “outcomes_known_through”: windows of four quarters count back from it."),
            _("Add it to publication.json."),
        )
    return replace(facts, outcome_window=MASKED_WINDOW if masked else 1)


def _write_tables(job: _Job) -> None:
    naming = {table: _read_small(job, table, None) for table in _NAMING if table in job.given}
    if job.masked:
        naming = {table: with_all(table, rows) for table, rows in naming.items()}
    codes = known_codes(naming)
    pointing = {table: _read_small(job, table, codes) for table in _POINTING if table in job.given}
    for table, rows in (naming | pointing).items():
        if table == "figures":
            _write_figures(job, rows)
        else:
            job.release.write_table(table, table_bytes(table, rows))
    if "employers" in job.given:
        codes = replace(codes, employers=_write_employers(job, codes))
    refuse_rows(job.problems)
    if job.given.has_outcomes:
        _write_outcomes(job, codes)
    refuse_rows(job.problems)


def _read_small(job: _Job, table: str, codes: KnownCodes | None) -> list[Row]:
    job.task.stop_if_cancelled()
    rows, problems = read_small_table(table, job.given.content(table), file=job.given.name(table), codes=codes)
    job.problems += problems
    return rows


def _write_figures(job: _Job, rows: Sequence[Row]) -> None:
    by_measure: dict[str, list[Row]] = {}
    for row in rows:
        by_measure.setdefault(str(row["measure"]), []).append(row)
    for measure, its_rows in sorted(by_measure.items()):
        job.release.write_table("figures", table_bytes("figures", its_rows), measure=measure)


def _write_employers(job: _Job, codes: KnownCodes) -> EmployerIds:
    with job.collecting():
        employers = read_employers(job.given.content("employers"), file=job.given.name("employers"), codes=codes)
        job.release.write_table("employers", employers_bytes(employers, codes))
        return EmployerIds.of(employers.cvr)
    return EmployerIds.of(())


def _write_outcomes(job: _Job, codes: KnownCodes) -> None:
    with tempfile.TemporaryDirectory() as pieces, job.collecting():
        outcomes = _read_outcomes(job, codes, Path(pieces))
        for done, (quarter, quarters) in enumerate(windows := _windows(job, outcomes)):
            job.task.report(done, len(windows), _("Writing outcomes"))
            with job.collecting():
                columns = [outcomes.read(one) for one in quarters]
                if job.masked:
                    columns = [mask_window(columns, minimum_count=job.publication.minimum_count, codes=codes)]
                csv = outcomes_bytes(columns[0], quarter=quarter, codes=codes)
                job.release.write_table("outcomes", csv, quarter=quarter)


def _read_outcomes(job: _Job, codes: KnownCodes, pieces: Path) -> _Outcomes:
    known = job.publication.outcomes_known_through
    if TRAINEESHIPS in job.given:
        with job.given.open_text(TRAINEESHIPS) as lines:
            file = job.given.name(TRAINEESHIPS)
            return read_traineeships(lines, file=file, codes=codes, known_through=known, task=job.task)
    with job.given.open("outcomes") as binary:
        file = job.given.name("outcomes")
        return split_outcomes(binary, pieces, file=file, codes=codes, known_through=known, task=job.task)


def _windows(job: _Job, outcomes: _Outcomes) -> list[tuple[Quarter, list[Quarter]]]:
    """Each file of outcomes to write: the quarter that names it, and the quarters of input that go into it."""
    known = job.publication.outcomes_known_through
    if not job.masked or known is None:
        return [(quarter, [quarter]) for quarter in outcomes.quarters]
    there = set(outcomes.quarters)
    return [
        (end, [q for q in (end.plus(back) for back in range(1 - MASKED_WINDOW, 1)) if q in there])
        for end in window_ends(outcomes.quarters, known)
    ]
