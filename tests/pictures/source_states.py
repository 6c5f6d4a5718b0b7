"""The states of everything about sources: adding one of each kind, tables, a file of one's own, the Figures page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from tests.builders.service_home import own_file
from tests.pictures.window_states import WindowState, figures_tab

from jobcentre_desk.desk.sync import SourceResult, SyncResult
from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.gui.jobs import Job
from jobcentre_desk.gui.key_dialog import KeyDialog
from jobcentre_desk.gui.mapping_dialog import MappingDialog
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.source_dialog import SourceDialog
from jobcentre_desk.gui.table_browser import TableBrowser
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import SourceKind, SourceProgress, TableOffer, TableQuery
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

SUBJECTS = {
    "A-dagpenge": (("y01a02", "Antal personer og fuldtidspersoner på a-dagpenge"), ("y01c01", "Aktiverede")),
    "Forventet og faktisk": (("y30r21", "Forventet og faktisk antal og andel på offentlig forsørgelse"),),
    "Kontanthjælp": (("y60a02", "Antal personer på kontanthjælp"), ("y60c02", "Aktiverede på kontanthjælp")),
    "Virksomhedsrettede tilbud": (("y14d03", "Beskæftigelse efter virksomhedsrettede tilbud"),),
}
OFFERS = tuple(
    TableOffer(table=table, title=title, subject=subject, updated="2026-10-14", next_update="2026-12-14")
    for subject, tables in SUBJECTS.items()
    for table, title in tables
)
PRESETS = tuple(TableQuery(table=table) for table in ("y14d03", "y30r21", "y01a02", "y60a02"))


def add_source(kind: SourceKind) -> Callable[[WindowDesk], QWidget]:
    """Adding a source of one kind."""

    def reach(desk: WindowDesk) -> QWidget:
        opened = SourceDialog(desk.context, desk.window, kind=kind)
        opened.open()
        return opened

    return reach


def refused_key(desk: WindowDesk) -> QWidget:
    """Jobindsats with everything open and a key that is missing."""
    opened = SourceDialog(desk.context, desk.window, kind=SourceKind.JOBINDSATS)
    opened.open()
    opened.services[SourceKind.JOBINDSATS].more.click()
    opened.accept()
    return opened


def tables(desk: WindowDesk) -> QWidget:
    """Choosing tables."""
    return _browser(desk, lambda _task: OFFERS)


def tables_refused(desk: WindowDesk) -> QWidget:
    """Choosing tables while the service does not answer."""

    def fail(_task: Task) -> tuple[TableOffer, ...]:
        raise SourceUnreachable(_("{host} did not answer in time.").format(host="api.jobindsats.dk"), _("Try again."))

    return _browser(desk, fail)


def change_key(desk: WindowDesk) -> QWidget:
    """Changing the key of Jobindsats."""
    entry = next(entry for entry in desk.workspace.sources() if entry.kind is SourceKind.JOBINDSATS)
    opened = KeyDialog(desk.context, entry, desk.window)
    opened.open()
    return opened


def mapping(faulty: int, *, load: bool = False) -> Callable[[WindowDesk], QWidget]:
    """Loading a file of one's own, with so many faulty rows; `load` tries it, and the problems are listed."""

    def reach(desk: WindowDesk) -> QWidget:
        opened = MappingDialog(
            desk.context, own_file(desk.context.home.root / "praktik.csv", faulty=faulty), desk.window
        )
        opened.open()
        assert settle(desk)
        opened.fields.publisher.setText("Norddjurs Kommune")
        opened.fields.basis.setText("LAB § 4")
        opened.fields.access.setChecked(True)
        if load:
            opened.accept()
        return opened

    return reach


def during(desk: WindowDesk) -> QWidget:
    """A running sync: one source done, one half way, one waiting."""
    shown = _figures(desk)
    job = Job(owner=shown, on_done=print, on_failed=None, on_progress=None, replaces="", title="", done=5, total=6)
    desk.syncing._job, desk.syncing.names = job, ()
    for progress in (
        SourceProgress(name="Jobindsats", stage="y25i07", bytes_fetched=2_677_721, rows_read=12_480),
        SourceProgress(
            name="Danmarks Statistik", stage="FOLK1AM", bytes_fetched=640_000, bytes_total=3_400_000, rows_read=91
        ),
    ):
        desk.syncing.sources[progress.name] = progress
    desk.syncing.changed.emit()
    desk.syncing._job = None  # what runs no more is not asked again by the states after this one
    return desk.window


def offline(desk: WindowDesk) -> QWidget:
    """No source could be reached."""
    told = _("{host} cannot be reached: {reason}. Check the network and the address.")
    reason = _("no network")
    return _ended(
        desk,
        *(
            SourceResult(
                name=name,
                result="failed",
                sequence=1,
                error=told.format(host=host, reason=reason),
                error_id=SourceUnreachable.id,
            )
            for name, host in (("Jobindsats", "api.jobindsats.dk"), ("Danmarks Statistik", "api.statbank.dk"))
        ),
    )


def failing(desk: WindowDesk) -> QWidget:
    """One source is refused, another one is not reached, and the list of warnings of a third is open."""
    problem = RowProblem(file="tables/outcomes-2026q01.csv.gz", row=4182, column="completed", reason="1 < 5")
    shown = _ended(
        desk,
        SourceResult(
            name="Demonstration",
            result="failed",
            sequence=1,
            error=_("The release was refused. Send the list to the publisher, and fetch again."),
            error_id="publication_refused",
            problems=(problem,),
        ),
    )
    page = desk.window.page("figures")
    assert isinstance(page, FiguresPage)
    page.sources.show_warnings("Jobindsats")
    return shown


def tab(name: str) -> Callable[[WindowDesk], QWidget]:
    """A tab of Figures after the sync is forgotten."""

    def reach(desk: WindowDesk) -> QWidget:
        _figures(desk)
        return figures_tab(name)(desk)

    return reach


def _figures(desk: WindowDesk) -> FiguresPage:
    """The Figures page as if nothing had been fetched in this window."""
    desk.syncing.last_result = None
    desk.syncing.sources.clear()
    shown = desk.window.open_page("figures")
    assert isinstance(shown, FiguresPage)
    shown.show_tab("sources")
    shown.sources.show_warnings("")
    shown.figures_changed()
    return shown


def _ended(desk: WindowDesk, *results: SourceResult) -> QWidget:
    _figures(desk)
    result = SyncResult(None, results)
    desk.syncing.last_result = result
    desk.syncing.ended.emit(result)
    return desk.window


def _browser(desk: WindowDesk, ask: Callable[[Task], tuple[TableOffer, ...]]) -> QWidget:
    opened = TableBrowser(desk.jobs, ask, kind=SourceKind.JOBINDSATS, presets=PRESETS, parent=desk.window)
    opened.open()
    return opened


BEFORE_STATES = (WindowState("figures-before", figures_tab("sources")),)
"""On a home with sources of which nothing is here yet."""

SERVICE_STATES = (
    WindowState("add-jobindsats", add_source(SourceKind.JOBINDSATS)),
    WindowState("add-statbank", add_source(SourceKind.STATBANK)),
    WindowState("add-own-file", add_source(SourceKind.AUTHORITY_FILE)),
    WindowState("add-key-missing", refused_key),
    WindowState("tables", tables),
    WindowState("tables-refused", tables_refused),
    WindowState("change-key", change_key),
    WindowState("mapping", mapping(0)),
    WindowState("mapping-problems", mapping(12)),
    WindowState("mapping-refused", mapping(12, load=True)),
    WindowState("figures-after", tab("sources")),
    WindowState("figures-services-measures", tab("measures")),
    WindowState("figures-services-changes", tab("changes")),
    WindowState("figures-during", during),
    WindowState("figures-offline", offline),
    WindowState("figures-failing", failing),
)
"""On a home with services, a file of one's own and the demonstration."""
