"""What the Employer page can be saved as: its sheet, a workbook, and the table of each part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu

from jobcentre_desk.model.pages import EmployerPage
from jobcentre_desk.text import translate as _

PARTS = ("beside", "trend", "occupations", "case_mix")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST = 80


def fill_export_menu(
    menu: QMenu,
    content: EmployerPage,
    *,
    sheet: Callable[[], None],
    workbook: Callable[[], None],
    tables: Mapping[str, Callable[[], None]],
) -> None:
    """Offer PDF, xlsx, and the table of each part that the page has as CSV."""
    menu.addAction(_("Sheet for the employer (PDF) …"), sheet)
    menu.addAction(_("Workbook with everything (xlsx) …"), workbook)
    menu.addSeparator()
    charts = (content.beside, content.trend, content.occupations, content.case_mix)
    for part, chart in zip(PARTS, charts, strict=True):
        if chart is not None:
            words = _("{title} as CSV …").format(title=chart.title)
            menu.addAction(words.replace("&", "&&"), tables[part])


def file_name(name: str) -> str:
    """A name that every file system takes, made of what an employer is called."""
    plain = _NOT_IN_NAMES.sub(" ", name)[:LONGEST]
    return " ".join(plain.split()).strip(". ") or "-"
