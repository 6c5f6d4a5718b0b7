"""Reports of one municipality or all of them as files: made first, then written, whole files or none.

Everything is made before the first file is written, so that a run that is cancelled leaves the folder as it was. A
report that cannot be made or written is named, and the others are written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.desk.exports import unwritable_file
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.guard import remembering
from jobcentre_desk.desk.municipality import area_name
from jobcentre_desk.desk.reports import (
    ReportGround,
    read_report,
    remember_report,
    report_document,
    report_ground,
    report_workbook,
    unknown_municipality,
)
from jobcentre_desk.errors import DeskError
from jobcentre_desk.files import write_atomically
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.reports import Report
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

PDF, XLSX = "pdf", "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """One report with the files it was written to."""

    code: str
    name: str
    period: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedReport:
    """A municipality whose report could not be made or written, and why."""

    code: str
    name: str
    error: DeskError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRun:
    """What became of every report asked for."""

    folder: Path
    language: str
    saved: tuple[SavedReport, ...]
    failed: tuple[FailedReport, ...]


def municipality_codes(figures: Figures) -> tuple[str, ...]:
    """The codes of all municipalities, in order."""
    return tuple(sorted(area.code for area in figures.codes.areas.values() if area.kind is AreaKind.MUNICIPALITY))


def save_reports(
    figures: Figures,
    codes: Sequence[str],
    folder: Path,
    *,
    kinds: Sequence[str] = (PDF,),
    period: str | None = None,
    since: dt.date | None = None,
    printed: dt.date | None = None,
    task: Task,
) -> ReportRun:
    """Write the reports of the municipalities `codes` to `folder`, which is made where there is none.

    Of `period` (None = the latest) with what changed from `since` on (None = in the last release of each source).
    Raises InputRefused for a code of no municipality and for a period without figures, before anything is written.
    """
    _refuse_unknown(figures, codes)
    ground = report_ground(figures, period=period, since=since)
    day = printed or dt.datetime.now().astimezone().date()
    made, failed = _made(ground, codes, kinds, printed=day, task=task)
    saved = list(_written(folder, made, failed))
    written = {one.code for one in saved}
    _remember(ground, [report for report, _contents_of in made if report.code in written])
    order = {code: number for number, code in enumerate(codes)}
    return ReportRun(
        folder=folder,
        language=ground.language,
        saved=tuple(saved),
        failed=tuple(sorted(failed, key=lambda one: order[one.code])),
    )


def _made(
    ground: ReportGround, codes: Sequence[str], kinds: Sequence[str], *, printed: dt.date, task: Task
) -> tuple[list[tuple[Report, Mapping[str, bytes]]], list[FailedReport]]:
    """The reports with the contents of their files, and those that could not be made; raises when none could."""
    made: list[tuple[Report, Mapping[str, bytes]]] = []
    failed: list[FailedReport] = []
    for number, code in enumerate(dict.fromkeys(codes)):
        name = area_name(ground.figures.codes.areas[code])
        task.report(number, len(codes), _("Making the report of {municipality}").format(municipality=name))
        try:
            report = read_report(ground, code)
            made.append((report, _contents(report, kinds, printed=printed)))
        except DeskError as error:
            failed.append(FailedReport(code=code, name=name, error=error))
    task.report(len(codes), len(codes), _("Writing the reports"))
    if failed and not made:
        raise failed[0].error
    return made, failed


def _remember(ground: ReportGround, reports: Sequence[Report]) -> None:
    """Tell the guard of later exports what has left, all of it at once: each time takes a write to the disk."""
    with remembering(ground.figures):
        for report in reports:
            remember_report(ground, report)


def report_name(report: Report, kind: str) -> str:
    """The name of a file: `report-730-2026QMAT02-da.pdf`."""
    return f"report-{report.code}-{report.period}-{report.language}.{kind}"


def _refuse_unknown(figures: Figures, codes: Sequence[str]) -> None:
    known = set(municipality_codes(figures))
    for code in codes:
        if code not in known:
            raise unknown_municipality(code)


def _contents(report: Report, kinds: Sequence[str], *, printed: dt.date) -> dict[str, bytes]:
    return {report_name(report, kind): _MAKERS[kind](report, printed) for kind in kinds}


def _pdf(report: Report, printed: dt.date) -> bytes:
    from jobcentre_desk.documents.pdf import pdf_bytes

    return pdf_bytes(report_document(report, printed=printed))


def _xlsx(report: Report, _printed: dt.date) -> bytes:
    from jobcentre_desk.documents.workbook import workbook_bytes

    return workbook_bytes(report_workbook(report))


_MAKERS: dict[str, Callable[[Report, dt.date], bytes]] = {PDF: _pdf, XLSX: _xlsx}


def _written(
    folder: Path, made: Sequence[tuple[Report, Mapping[str, bytes]]], failed: list[FailedReport]
) -> Iterator[SavedReport]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable_file(folder, error) from error
    for report, contents in made:
        try:
            for name, content in contents.items():
                _write(folder / name, content)
        except DeskError as error:
            failed.append(FailedReport(code=report.code, name=report.name, error=error))
        else:
            files = tuple(folder / name for name in contents)
            yield SavedReport(code=report.code, name=report.name, period=report.period, files=files)


def _write(path: Path, content: bytes) -> None:
    try:
        write_atomically(path, content)
    except OSError as error:
        raise unwritable_file(path, error) from error
