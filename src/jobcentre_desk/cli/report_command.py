"""`report`: the monthly report of one municipality, several or all of them, as files in a folder."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING, Any

from jobcentre_desk.cli.newest import newest_figures
from jobcentre_desk.cli.output import print_rows
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.report_run import ReportRun

FILES = {"pdf": ("pdf",), "xlsx": ("xlsx",), "both": ("pdf", "xlsx")}
"""What `--files` writes, by the word typed."""


def report(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`report --all|CODE… --out DIR`: exit 1 when one of them failed, the others are written."""
    from jobcentre_desk.desk.report_run import municipality_codes, save_reports

    since = _day(options.since)
    with newest_figures(home) as figures:
        codes = municipality_codes(figures) if options.all else tuple(dict.fromkeys(options.codes))
        run = save_reports(
            figures,
            codes,
            options.out,
            kinds=FILES[options.files],
            period=options.period,
            since=since,
            task=task,
        )
    print_rows(_form(run), rows=_form(run)["reports"], output=options.output)
    _tell(run)
    return 1 if run.failed else 0


def _form(run: ReportRun) -> dict[str, Any]:
    saved = [
        {"code": one.code, "name": one.name, "period": one.period, "files": [str(path) for path in one.files]}
        for one in run.saved
    ]
    failed = [
        {"code": one.code, "name": one.name, "error": {"id": one.error.error_id, "message": one.error.message}}
        for one in run.failed
    ]
    return {"folder": str(run.folder), "language": run.language, "reports": saved, "failed": failed}


def _tell(run: ReportRun) -> None:
    told = _n("{n} report is in {folder}.", "{n} reports are in {folder}.", len(run.saved))
    sys.stderr.write(told.format(n=count(len(run.saved)), folder=run.folder) + "\n")
    for one in run.failed:
        line = _("No report of {municipality}: {why}").format(municipality=one.name, why=one.error)
        sys.stderr.write(line.replace("\n", " ") + "\n")


def _day(typed: str) -> dt.date | None:
    if not typed:
        return None
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise InputRefused(
            _("{typed} is not a day.").format(typed=typed), _("Write it as 2026-11-01."), error_id="bad_day"
        ) from None
