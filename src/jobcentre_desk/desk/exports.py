"""The one door for everything that leaves the screen: it applies the guard, then writes whole files or none."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jobcentre_desk.desk.cards import suggest_cards
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_page import page_of
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found, rows
from jobcentre_desk.desk.guard import (
    SharedSheet,
    contact_rows,
    remember_list,
    remember_sheet,
    share_minimum,
    shared_list,
    shared_rows,
    shared_sheet,
)
from jobcentre_desk.desk.handouts import cards_document, employer_document
from jobcentre_desk.desk.handouts_municipality import municipality_document
from jobcentre_desk.desk.measures import SUCCESS_RATE
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.desk.other_outcomes import outcome_lines, shared_others
from jobcentre_desk.desk.wording import state_word, verdict_word
from jobcentre_desk.errors import FileUnwritable, InputRefused
from jobcentre_desk.files import write_atomically
from jobcentre_desk.model.charts import IntervalChart, TableOf, TrendChart
from jobcentre_desk.model.municipalities import NO_CHOICE, PeerChoice
from jobcentre_desk.model.outcomes import EmployerRow, Scope, State
from jobcentre_desk.model.pages import Document, EmployerComparison, EmployerPage
from jobcentre_desk.task import Task
from jobcentre_desk.text import EN_DASH, both, count, language, percent, percent_range
from jobcentre_desk.text import translate as _

ROWS_AT_A_TIME = 5_000
BYTE_ORDER_MARK = "\ufeff"
XLSX = ".xlsx"
COUNTS = ("started", "completed", "job_same_employer", "job_elsewhere")
"""The counts of a list, in the order of its columns."""


def shared_employer_page(figures: Figures, cvr: str, *, scope: Scope) -> EmployerPage:
    """The page of an employer as it may leave the screen.

    Raises InputRefused for an unknown employer and for a sole proprietor.
    """
    return _shared_page(figures, compare_employer(figures, cvr, scope=scope), scope=scope)[0]


def page_to_copy(figures: Figures, page: EmployerPage, *, scope: Scope) -> EmployerPage | None:
    """The page as its tables may be copied; None for a person."""
    if page.comparison.employer.sole_proprietor:
        return None
    return _shared_page(figures, page.comparison, scope=scope)[0]


def copied_employer_table(
    figures: Figures, comparison: EmployerComparison, part: str, *, scope: Scope
) -> TableOf | None:
    """The table of one part of an employer's page for the clipboard, and remembered; None where nothing leaves.

    `part` is "place" (its row of the funnel) or one that `save_employer_table` knows; `comparison` is what the screen
    shows. Guarded anew, as other tables may have left since the page was made. Raises InputRefused for a person.
    """
    from jobcentre_desk.desk.employer_branch import own_row

    page, sheet = _shared_page(figures, comparison, scope=scope)
    chart = _employer_charts(page).get(part)
    table = own_row(page.comparison) if part == "place" else chart.table if chart else None
    if table is not None:
        remember_sheet(figures, sheet, scope=scope)
    return table


def save_employer_sheet(figures: Figures, cvr: str, path: Path, *, scope: Scope) -> None:
    """Write the one-page PDF of an employer; raises FileUnwritable and what `shared_employer_page` raises."""
    page, sheet = _shared_page(figures, compare_employer(figures, cvr, scope=scope), scope=scope)
    _save_document(employer_document(page, printed=_today()), path)
    remember_sheet(figures, sheet, scope=scope)


def save_employer_workbook(figures: Figures, cvr: str, path: Path, *, scope: Scope) -> None:
    """Write the page of an employer as xlsx: what the figures are, the numbers, every chart as its table.

    Raises as `save_employer_sheet`.
    """
    from jobcentre_desk.desk.employer_branch import shared_branch
    from jobcentre_desk.desk.employer_workbook import employer_workbook
    from jobcentre_desk.documents.workbook import workbook_bytes

    page, sheet = _shared_page(figures, compare_employer(figures, cvr, scope=scope), scope=scope)
    branch = shared_branch(figures, page.comparison, scope=scope)
    _save(path, workbook_bytes(employer_workbook(page, branch, printed=_today())))
    remember_sheet(figures, sheet, scope=scope)


def save_employer_table(figures: Figures, cvr: str, part: str, path: Path, *, scope: Scope) -> None:
    """Write the table of one part of an employer's page ("beside", "trend", "occupations", "case_mix") as CSV or xlsx.

    Raises as `save_employer_sheet`, and InputRefused for a part that the page does not have.
    """
    from jobcentre_desk.desk.table_exports import save_table

    page, sheet = _shared_page(figures, compare_employer(figures, cvr, scope=scope), scope=scope)
    chart = _employer_charts(page).get(part)
    if chart is None:
        raise InputRefused(
            _("This page has no such table: {name}.").format(name=part),
            _("Choose another part of the page."),
            error_id="no_such_part",
        )
    save_table(chart.table, path, about=(page.comparison.employer.name, page.period_line, page.origin.line))
    remember_sheet(figures, sheet, scope=scope)


def _employer_charts(page: EmployerPage) -> dict[str, IntervalChart | TrendChart | None]:
    return {"beside": page.beside, "trend": page.trend, "occupations": page.occupations, "case_mix": page.case_mix}


def save_cards(figures: Figures, municipality: str, path: Path) -> None:
    """Write the cards of a municipality, one on each page, those its figures suggest first."""
    page = municipality_page(figures, municipality)
    document = cards_document(
        suggest_cards(figures, municipality),
        area=figures.codes.areas[municipality],
        origin=page.origin,
        definition=page.definition,
        printed=_today(),
    )
    _save_document(document, path)


def save_municipality_sheet(  # noqa: PLR0913 - what a person chose on the page
    figures: Figures,
    code: str,
    path: Path,
    *,
    peers: str = "expected",
    period: str | None = None,
    group: str = "all",
    source: str = "",
    measure: str = "",
    choice: PeerChoice = NO_CHOICE,
) -> None:
    """Write the sheet of a municipality: its sentence, gap, peers and history, of the period and group asked for.

    With `source` only of figures of the source so named; `measure` as on the page.
    """
    page = municipality_page(
        figures,
        code,
        peers=peers,
        period=period,
        group=group,
        source=source,
        measure=measure,
        choice=choice,
        least=share_minimum(figures),
    )
    _save_document(municipality_document(page, printed=_today()), path)


def employers_text(figures: Figures, found: Found, positions: Sequence[int], *, task: Task) -> str:
    """The rows at `positions` of a list for the clipboard: cells parted by tabs, headers first, hidden rows last."""
    from jobcentre_desk.documents.csv_export import tab_text

    wanted: list[EmployerRow] = []
    for start, stop in _runs(positions):
        task.stop_if_cancelled()
        wanted += rows(figures, found, start, stop)
    shared = shared_rows(wanted, figures, found)
    last = [row for row in shared if row.state is State.HIDDEN]
    told = [row for row in shared if row.state is not State.HIDDEN] + sorted(last, key=lambda row: row.cvr)
    remember_list(figures, found)
    return tab_text(employers_table(figures, told))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLosses:
    """What a list loses on its way out: counts withheld in its rows, and employers who are not in it at all."""

    counts_hidden: int = 0
    sole_proprietors: int = 0
    advertising_protected: int = 0


def list_losses(figures: Figures, found: Found, *, for_contact: bool, task: Task) -> ListLosses:
    """What `save_employers` will hide and leave out of this list."""
    hidden = persons = protected = 0
    for part, contacts, shared in _shared_parts(figures, found, for_contact=for_contact, task=task):
        hidden += sum(row.counts.shown(name) is None for row in shared for name in COUNTS)
        persons += len(contacts) - len(shared)
        protected += len(part) - len(contacts)
    return ListLosses(counts_hidden=hidden, sole_proprietors=persons, advertising_protected=protected)


def save_employers(figures: Figures, found: Found, path: Path, *, task: Task, for_contact: bool = False) -> None:
    """Write a list, all of it and in its order; `for_contact` leaves out who is protected from advertising.

    As xlsx where the file is called so, else as CSV: in Danish cells are parted by `;`, as a Danish spreadsheet
    expects, and in English by commas. The last columns are source, release, its date and definition version.
    """
    parts = _shared_parts(figures, found, for_contact=for_contact, task=task)
    wanted = [row for _part, _contacts, shared in parts for row in shared]
    if path.suffix.lower() == XLSX:
        content = _list_workbook(figures, found, wanted, for_contact=for_contact)
    else:
        content = _list_csv(_with_release(figures, employers_table(figures, wanted)))
    _save(path, content)
    remember_list(figures, found)


def _list_csv(table: TableOf) -> bytes:
    from jobcentre_desk.documents.csv_export import csv_text

    return (BYTE_ORDER_MARK + csv_text(table, delimiter=";" if language() == "da" else ",")).encode()


def _with_release(figures: Figures, table: TableOf) -> TableOf:
    """The list with the release it is counted from at its end; the source too, where it does not stand there yet."""
    from jobcentre_desk.desk.provenance import origin_cells, provenance_header

    source = "" if figures.outcome_source is None else figures.outcome_source.name
    header, cells = provenance_header()[:-1], origin_cells(figures, source, SUCCESS_RATE)
    if table.header[-1] == header[0]:
        header, cells = header[1:], cells[1:]
    return replace(
        table,
        header=(*table.header, *header),
        rows=tuple((*row, *cells) for row in table.rows),
        numeric=(*table.numeric, *(False,) * len(header)),
    )


def _list_workbook(figures: Figures, found: Found, wanted: list[EmployerRow], *, for_contact: bool) -> bytes:
    from jobcentre_desk.desk.list_workbook import list_workbook
    from jobcentre_desk.documents.workbook import workbook_bytes

    return workbook_bytes(list_workbook(figures, found, wanted, for_contact=for_contact, printed=_today()))


def _shared_parts(
    figures: Figures, found: Found, *, for_contact: bool, task: Task
) -> Iterator[tuple[list[EmployerRow], list[EmployerRow], list[EmployerRow]]]:
    """A list some rows at a time: as it is, those who may be in it, and their rows as they may leave the screen."""
    found = shared_list(figures, found)
    for start in range(0, found.total, ROWS_AT_A_TIME):
        task.report(start, found.total, _("Writing the list"))
        part = rows(figures, found, start, start + ROWS_AT_A_TIME)
        contacts = contact_rows(part, figures) if for_contact else part
        yield part, contacts, shared_rows(contacts, figures, found)


def employers_table(figures: Figures, shared: Sequence[EmployerRow]) -> TableOf:
    """Rows that went through the guard as a table of finished texts; with the source where there are several."""
    looked_at = figures.outcome_source
    source = (looked_at.name,) if looked_at is not None and len(figures.outcome_sources) > 1 else ()
    branches, areas = figures.codes.branches, figures.codes.areas
    return TableOf(
        header=(
            _("CVR number"),
            _("Employer"),
            _("Branch"),
            _("Municipality"),
            _("Started"),
            _("Completed"),
            _("Job with the same employer"),
            _("Job elsewhere"),
            _("Share"),
            _("Uncertainty (95 %)"),
            _("Against the branch"),
            _("State"),
            *((_("Source"),) if source else ()),
        ),
        rows=tuple(
            (
                row.cvr,
                row.name,
                both(branches[row.branch].title_da, branches[row.branch].title_en),
                both(areas[row.municipality].name_da, areas[row.municipality].name_en),
                *_numbers(row),
                verdict_word(row.against_branch),
                state_word(row.state),
                *source,
            )
            for row in shared
        ),
        numeric=(*(False,) * 4, *(True,) * 6, False, False, *(False,) * len(source)),
    )


def _shared_page(figures: Figures, comparison: EmployerComparison, *, scope: Scope) -> tuple[EmployerPage, SharedSheet]:
    """The guard first, then words and charts; the trend sums true quarters and hides what the guard says."""
    sheet = shared_sheet(comparison, figures, scope=scope)
    page = page_of(figures, sheet.comparison, scope=scope, quarters=sheet.trend, least=share_minimum(figures))
    others = shared_others(figures, comparison.employer.cvr, scope=scope)
    return replace(page, other_lines=(*outcome_lines(others), *sheet.lines)), sheet


def _runs(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Positions that follow one another, as (start, stop)."""
    start = stop = None
    for position in positions:
        if position != stop:
            if start is not None and stop is not None:
                yield start, stop
            start = position
        stop = position + 1
    if start is not None and stop is not None:
        yield start, stop


def _numbers(row: EmployerRow) -> tuple[str, ...]:
    counts, rate = row.counts, row.rate
    shown = [counts.shown(name) for name in COUNTS]
    numbers = tuple(state_word(State.HIDDEN) if number is None else count(number) for number in shown)
    if rate.value is None or rate.low is None or rate.high is None:
        return (*numbers, state_word(row.state) or EN_DASH, "")
    return (*numbers, percent(rate.value), percent_range(rate.low, rate.high))


def _save_document(document: Document, path: Path) -> None:
    from jobcentre_desk.documents.pdf import pdf_bytes

    _save(path, pdf_bytes(document))


def _save(path: Path, content: bytes) -> None:
    try:
        write_atomically(path, content)
    except OSError as error:
        raise unwritable_file(path, error) from error


def unwritable_file(path: Path, error: OSError) -> FileUnwritable:
    """Why a file could not be written, as a sentence with its remedy; what was there is still there."""
    told = path.name
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        message = _("{name} could not be saved: the folder or file is read-only.").format(name=told)
    elif error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        message = _("{name} could not be saved: the disk is full.").format(name=told)
    elif error.errno == errno.ENOENT:
        message = _("{name} could not be saved: there is no folder {folder}.").format(name=told, folder=path.parent)
    else:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        message = _("{name} could not be saved: {reason}.").format(name=told, reason=reason)
    return FileUnwritable(message, _("Choose another place, or close the program that has it open."))


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
