"""The main window at work: session, jobs, sync, notices and dialogs joined to the window that shows them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui import file_choosers
from jobcentre_desk.gui.context import Command, PageContext
from jobcentre_desk.gui.daily_sync import DailyFacts, DailySync
from jobcentre_desk.gui.figures_age import age_words, is_stale, newest_fetch
from jobcentre_desk.gui.jobs import Jobs
from jobcentre_desk.gui.main_thread_collector import MainThreadCollector
from jobcentre_desk.gui.main_window import WELCOME, MainWindow
from jobcentre_desk.gui.page_list import page_list
from jobcentre_desk.gui.session import Session
from jobcentre_desk.gui.syncing import Syncing
from jobcentre_desk.gui.theme import apply_theme, follow_desktop, theme_of
from jobcentre_desk.gui.window_notices import WindowNotices, is_online
from jobcentre_desk.gui.window_place import place_of, restore_place
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

if TYPE_CHECKING:
    from jobcentre_desk.desk.sync import SyncResult
    from jobcentre_desk.model.outcomes import Scope


class WindowDesk(QObject):
    """Owns the window and all that lives as long as it does."""

    def __init__(self, home: Home, settings: Settings, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.home = home
        self._collector = MainThreadCollector(self)
        self._collector.begin()
        self.workspace = Workspace.open(home)
        self.jobs = Jobs(self)
        self.session = Session(home, settings, self.jobs, self, order=self._order_of_sources)
        self.syncing = Syncing(home, self.workspace, self.jobs, self)
        self.window = MainWindow(page_list(), self._allowed)
        self.daily = DailySync(self.syncing, self._daily_facts(), self)
        self.notices = WindowNotices(self.window)
        self.context = self._make_context()
        self.window.use_context(self.context)
        restore_place(self.window, settings.window_geometry)
        self.window.rebuild()
        self._connect()
        self.window.open_page(settings.last_page)

    def begin(self) -> None:
        """After the first paint: open the figures on a thread; then see whether new ones are to be fetched."""
        self.window.first_painted.connect(self.session.open_figures)
        if not self.session.has_snapshot():
            self.window.first_painted.connect(self.daily.begin)

    def close(self) -> None:
        """End all work and let the files go."""
        self.jobs.close()
        figures = self.session.figures()
        if figures is not None:
            figures.snapshot.close()
        self.workspace.close()
        self._collector.end()

    def tell_unusable_settings(self, names: list[str]) -> None:
        """Say which settings could not be read, and what the workspace had to mend."""
        if names:
            self.notices.warn(
                _("Some settings could not be read and are as in a new installation: {names}.").format(
                    names=", ".join(names)
                )
            )
        for mended in self.workspace.notices:
            self.notices.warn(mended)

    # Joining

    def _make_context(self) -> PageContext:
        return PageContext(
            home=self.home,
            workspace=self.workspace,
            jobs=self.jobs,
            notices=self.notices,
            syncing=self.syncing,
            figures=self.session.figures,
            figures_opened=lambda: self.session.opened or not self.session.has_snapshot(),
            first_page=self.session.first_page,
            settings=self.session.settings,
            change_settings=self.session.change_settings,
            open_employer=self._open_employer,
            open_municipality=self._open_municipality,
            open_page=self._open_page,
            reopen_figures=self.session.open_figures,
            see_outcomes_of=self.session.see_outcomes_of,
            show_help=self._show_help,
            show_result=self._show_result,
            sync=self.syncing.start,
            choose_save_file=file_choosers.choose_save_file,
            choose_open_file=file_choosers.choose_open_file,
            choose_folder=file_choosers.choose_folder,
            state={},
        )

    def _connect(self) -> None:
        window, session = self.window, self.session
        session.figures_opened.connect(self._on_figures_opened)
        session.look_changed.connect(self._on_look_changed)
        session.failed.connect(self._on_failed)
        self.jobs.failed.connect(self._on_failed)
        self.syncing.ended.connect(self._on_sync_ended)
        self.syncing.failed.connect(self._on_sync_failed)
        window.closing.connect(self._on_window_closing)
        window.palette_asked.connect(self._on_palette_asked)
        window.help_asked.connect(self._show_help)
        window.settings_asked.connect(self._on_settings_asked)
        window.language_asked.connect(self._on_language_asked)
        window.page_shown.connect(self._on_page_shown)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_desktop_look_changed)
        self._show_age()

    def _allowed(self, name: str) -> str:
        """Without figures a page that needs them gives way to the first start, as does Figures without a source."""
        known = {entry.name: entry for entry in page_list()}
        if name not in known and name != WELCOME:
            name = "employers"
        if self.session.has_snapshot():
            return "employers" if name == WELCOME else name
        if name == "figures" and self.workspace.sources():
            return name
        return WELCOME

    def _order_of_sources(self) -> list[str]:
        return [entry.name for entry in self.workspace.sources()]

    def _open_page(self, name: str) -> None:
        self.window.open_page(name)

    def _show_result(self, words: str) -> None:
        self.window.status_bar.show_result(words)

    def _open_employer(self, cvr: str, scope: Scope | None) -> None:
        from jobcentre_desk.gui.pages.employer_page import EmployerPage

        page = self.window.open_page("employer")
        if isinstance(page, EmployerPage):
            page.show_employer(cvr, scope)

    def _open_municipality(self, code: str) -> None:
        from jobcentre_desk.gui.pages.municipality_page import MunicipalityPage

        page = self.window.open_page("municipality")
        if isinstance(page, MunicipalityPage):
            page.show_municipality(code)

    # What happens

    def _on_figures_opened(self) -> None:
        self._show_age()
        self.window.figures_changed()
        self.daily.begin()

    def _show_age(self) -> None:
        figures = self.session.figures()
        bar = self.window.status_bar
        if figures is not None or self.session.opened or not self.session.has_snapshot():
            bar.show_age(age_words(figures), stale=is_stale(figures, dt.datetime.now().astimezone().date()))
        bar.show_connection(online=is_online(self.syncing.last_result))
        sources = figures.sources if figures is not None else ()
        self.window.top_bar.show_marks(
            demonstration=any(source.demonstration for source in sources),
            unsigned=any(source.unsigned and not source.own_file for source in sources),
        )

    def _daily_facts(self) -> DailyFacts:
        return DailyFacts(
            wanted=lambda: self.session.settings().daily_sync,
            has_sources=lambda: bool(self.workspace.sources()),
            fetched=self._newest_fetch,
            last_try=lambda: self.session.settings().last_try,
            keep_try=lambda moment: self.session.change_settings(last_try=moment),
        )

    def _newest_fetch(self) -> dt.datetime | None:
        figures = self.session.figures()
        return newest_fetch(figures.sources) if figures is not None else None

    def _on_sync_ended(self, result: SyncResult) -> None:
        self.notices.tell_sync(result, self.context, asked_by_person=self.syncing.asked_by_person)
        figures = self.session.figures()
        if figures is None or (result.snapshot is not None and result.snapshot.number != figures.snapshot.number):
            self.session.open_figures()
        self._show_age()

    def _on_sync_failed(self, fault: DeskError) -> None:
        if self.syncing.asked_by_person:
            self._on_failed(fault)

    def _on_failed(self, fault: DeskError) -> None:
        self.notices.fail(str(fault), cause=fault.id)

    def _on_look_changed(self) -> None:
        settings = self.session.settings()
        text.use_language(settings.language)
        follow_desktop(settings.theme)
        apply_theme(self._application, theme=settings.theme, text_factor=settings.text_factor)
        self.window.rebuild()
        self._show_age()

    def _on_desktop_look_changed(self) -> None:
        if self.session.settings().theme == "system":
            self._on_look_changed()

    def _on_language_asked(self) -> None:
        self.session.change_settings(language="en" if text.language() == "da" else "da")

    def _on_page_shown(self, name: str) -> None:
        if name != WELCOME:
            self.session.change_settings(last_page=name)

    def _on_window_closing(self) -> None:
        self.session.change_settings(window_geometry=place_of(self.window))

    def _on_palette_asked(self) -> None:
        from jobcentre_desk.gui.command_palette import CommandPalette

        CommandPalette(self.context, page_list(), self._commands(), self.window).open_over(self.window)

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command(_("Fetch all figures now"), "sync", self.syncing.start),
            Command(_("Add a source"), "plus", self._on_add_source_asked),
            Command(_("Open a stick"), "folder", self._on_open_stick_asked),
            Command(_("Copy to stick"), "export", self._on_copy_to_stick_asked),
            Command(_("Alerts of my municipality"), "bell", self._on_municipality_alerts_asked),
            Command(_("Alerts of the shortlist"), "bell", lambda: self._show_alerts("")),
            Command(_("Monthly report …"), "export", self._on_reports_asked),
            Command(_("Change settings"), "settings", self._on_settings_asked),
            Command(_("Explain this page"), "help", lambda: self._show_help(self.window.current())),
            Command(_("Switch between Danish and English"), "web", self._on_language_asked),
            Command(_("Switch between light and dark"), "chart", self._on_other_theme_asked),
        )

    def _on_add_source_asked(self) -> None:
        from jobcentre_desk.gui.source_dialog import SourceDialog

        SourceDialog(self.context, self.window).open()

    def _on_open_stick_asked(self) -> None:
        from jobcentre_desk.gui.stick_dialog import StickDialog

        StickDialog(self.context, self.window).open()

    def _on_copy_to_stick_asked(self) -> None:
        from jobcentre_desk.gui.copy_to_stick_dialog import CopyToStickDialog

        CopyToStickDialog(self.context, self.window).open()

    def _on_municipality_alerts_asked(self) -> None:
        from jobcentre_desk.gui.pages.municipality_page import FIRST_MUNICIPALITY

        self._show_alerts(self.session.settings().home_municipality or FIRST_MUNICIPALITY)

    def _on_reports_asked(self) -> None:
        from jobcentre_desk.gui.pages.municipality_page import FIRST_MUNICIPALITY
        from jobcentre_desk.gui.report_dialog import show_reports

        show_reports(self.context, self.session.settings().home_municipality or FIRST_MUNICIPALITY, self.window)

    def _show_alerts(self, code: str) -> None:
        from jobcentre_desk.gui.alerts_dialog import AlertsDialog

        AlertsDialog(self.context, code, self.window).open()

    def _on_other_theme_asked(self) -> None:
        self.session.change_settings(theme="light" if theme_of(self.window).dark else "dark")

    def _on_settings_asked(self) -> None:
        from jobcentre_desk.gui.settings_dialog import SettingsDialog

        SettingsDialog(self.context, self.window).open()

    def _show_help(self, page: str) -> None:
        from jobcentre_desk.gui.help_window import show_help

        show_help(page, self.window)
