"""What leaves the Branches page: its lists and heat maps as CSV or on the clipboard, funnel and heat map as PDF.

The employers of a funnel leave as a list of employers does, by the same door and under the same guard.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from jobcentre_desk.desk.branch_page import shared_branch_page
from jobcentre_desk.desk.branches import branch_rows, occupation_rows
from jobcentre_desk.desk.exports import employers_text, save_employers, unwritable_file
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_units import employers_of_funnel
from jobcentre_desk.desk.guard import remember_list, remember_standings, share_minimum
from jobcentre_desk.desk.handouts_branch import branch_document
from jobcentre_desk.desk.heat_map import INTAKE, RESULTS, table_of_map
from jobcentre_desk.desk.table_exports import save_table
from jobcentre_desk.files import write_atomically
from jobcentre_desk.model.branch_pages import BranchPage, JobKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.task import Task

FUNNEL, SHEET = "funnel", "sheet"
ROWS = {"branches": branch_rows, "occupations": occupation_rows}
"""The tables that are lists of codes, as they are worked out."""
MOST_COPIED = 2_000
"""Employers of a funnel put on the clipboard at once; more belong in a file."""


def copied_branch_table(figures: Figures, scope: Scope, which: str, *, kind: JobKind) -> str:
    """One of the page's tables for the clipboard, headers first; of a funnel the 2,000 with most completed."""
    if which == FUNNEL:
        found = employers_of_funnel(figures, scope)
        return employers_text(figures, found, range(min(found.total, MOST_COPIED)), task=Task())
    from jobcentre_desk.documents.csv_export import tab_text

    words = tab_text(_table(shared_branch_page(figures, scope, kind=kind), which))
    _remember(figures, scope, which, kind)
    return words


def save_branch_table(
    figures: Figures, scope: Scope, which: str, path: Path, *, kind: JobKind = JobKind.ANY, task: Task
) -> None:
    """Write one of the page's tables as CSV, or funnel and heat map as PDF (`which` = "sheet").

    Raises FileUnwritable, and what was there is then still there.
    """
    if which == FUNNEL:
        save_employers(figures, employers_of_funnel(figures, scope), path, task=task)
        return
    page = shared_branch_page(figures, scope, kind=kind)
    task.stop_if_cancelled()
    if which == SHEET:
        _save_sheet(figures, page, path)
        remember_list(figures, employers_of_funnel(figures, scope))
        remember_map(figures, scope, RESULTS[kind])
    else:
        save_table(_table(page, which), path)
        _remember(figures, scope, which, kind)


def remember_map(figures: Figures, scope: Scope, name: str) -> None:
    """Remember that a heat map has left; `name` is what the guard knows it as."""
    if figures.shared_before is not None and figures.outcome_window == 1:
        figures.shared_before.remember(table_of_map(figures, scope, name, minimum=share_minimum(figures)))


def _remember(figures: Figures, scope: Scope, which: str, kind: JobKind) -> None:
    if which in ROWS:
        remember_standings(ROWS[which](figures, scope), figures, kind=which, scope=scope)
    else:
        remember_map(figures, scope, INTAKE if which == INTAKE else RESULTS[kind])


def _save_sheet(figures: Figures, page: BranchPage, path: Path) -> None:
    from jobcentre_desk.documents.pdf import pdf_bytes

    document = branch_document(figures, page, printed=dt.datetime.now().astimezone().date())
    try:
        write_atomically(path, pdf_bytes(document))
    except OSError as error:
        raise unwritable_file(path, error) from error


def _table(page: BranchPage, name: str) -> TableOf:
    tables = {
        "results": page.results.table,
        "intake": page.intake.table,
        "branches": page.branches.table,
        "occupations": page.occupations.table,
    }
    return tables[name]
