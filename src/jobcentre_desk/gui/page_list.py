"""The pages of the window in the order of the rail: name, icon, key, word, and how each one is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.page import Page
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page; `number` is the digit of its key (Ctrl+1)."""

    name: str
    icon: str
    number: int
    word: Callable[[], str]
    build: Callable[[PageContext], Page]


def page_list() -> tuple[PageEntry, ...]:
    """The pages that exist; each is imported when it is first opened."""
    return (
        PageEntry(name="employers", icon="employers", number=1, word=lambda: _("Employers"), build=_employers),
        PageEntry(name="employer", icon="employer", number=2, word=lambda: _("Employer"), build=_employer),
        PageEntry(name="branches", icon="branches", number=3, word=lambda: _("Branches"), build=_branches),
        PageEntry(
            name="municipality", icon="municipality", number=4, word=lambda: _("Municipality"), build=_municipality
        ),
        PageEntry(name="figures", icon="figures", number=7, word=lambda: _("Figures"), build=_figures),
    )


def _employers(context: PageContext) -> Page:
    from jobcentre_desk.gui.pages.employers_page import EmployersPage

    return EmployersPage(context)


def _employer(context: PageContext) -> Page:
    from jobcentre_desk.gui.pages.employer_page import EmployerPage

    return EmployerPage(context)


def _branches(context: PageContext) -> Page:
    from jobcentre_desk.gui.pages.branches_page import BranchesPage

    return BranchesPage(context)


def _municipality(context: PageContext) -> Page:
    from jobcentre_desk.gui.pages.municipality_page import MunicipalityPage

    return MunicipalityPage(context)


def _figures(context: PageContext) -> Page:
    from jobcentre_desk.gui.pages.figures_page import FiguresPage

    return FiguresPage(context)
