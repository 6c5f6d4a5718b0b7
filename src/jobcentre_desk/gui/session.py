"""What is open while the window stands: settings, the snapshot's figures, and the ready first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal

from jobcentre_desk.errors import DeskError, SnapshotUnusable
from jobcentre_desk.gui.jobs import Jobs
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings, write_settings
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.first_page import FirstPage


class Session(QObject):
    """Opens the newest snapshot behind the window and keeps the settings on disk.

    `figures_opened` is sent for the first figures, for new ones, and when it is sure that there are none;
    `look_changed` when language, theme or text size have changed; `failed` carries a DeskError.
    """

    figures_opened = Signal()
    look_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        home: Home,
        settings: Settings,
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        order: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(parent)
        self.home, self.jobs = home, jobs
        self._order = order
        self._settings = settings
        self._figures: Figures | None = None
        self._first_page: FirstPage | None = None
        self._first_page_read = False
        self._told_unremembered = False
        self.opened = False

    def settings(self) -> Settings:
        """The settings of the moment."""
        return self._settings

    def change_settings(self, **changes: Any) -> None:
        """Change some settings and write them; a disk that cannot be written is told once, the change holds."""
        before = self._settings
        self._settings = msgspec.structs.replace(before, **changes)
        if self._settings == before:
            return
        try:
            write_settings(self.home.settings, self._settings)
        except OSError:
            self.failed.emit(
                DeskError(
                    _("Your settings could not be saved: the folder {folder} cannot be written.").format(
                        folder=self.home.root
                    ),
                    _("They hold until the program is closed."),
                )
            )
        if _look(before) != _look(self._settings):
            self.look_changed.emit()

    def figures(self) -> Figures | None:
        """The open figures; None before they are open and when there are none."""
        return self._figures

    def has_snapshot(self) -> bool:
        """Whether a snapshot lies in the home folder (it may not be open yet)."""
        return self._figures is not None or (not self.opened and any(self.home.snapshots.glob("snap-*.db")))

    def first_page(self) -> FirstPage | None:
        """The ready rows of the newest snapshot, read once without numpy; None when there are none."""
        if not self._first_page_read:
            self._first_page_read = True
            self._first_page = _read_first_page(self.home, self._outcome_order())
        return self._first_page

    def open_figures(self) -> None:
        """Open the newest snapshot on a thread, hash checked, blocks in memory where it holds outcomes.

        The sources stand in the order of the moment; the outcomes are those of the source that was chosen.
        """
        order, chosen = tuple(self._order()), self._settings.outcomes_from
        self._start(lambda task: self._open(order, chosen, task))

    def see_outcomes_of(self, name: str) -> None:
        """Look at the outcomes of the source `name` from now on, also after the next start; "" = the first in order."""
        figures = self._figures
        if figures is None:
            return
        first = figures.outcome_sources[0].name
        self.change_settings(outcomes_from="" if name == first else name)
        self._start(lambda _task: _with_blocks(figures.seen_from(name or first)))

    def _start(self, work: Callable[[Task], Figures | None]) -> None:
        self.jobs.start(work, self, self._on_opened, on_failed=self._on_open_failed, replaces="open figures")

    def _outcome_order(self) -> tuple[str, ...]:
        """The order in which sources are asked for outcomes: the chosen one, then as they stand."""
        return tuple(dict.fromkeys((self._settings.outcomes_from, *self._order())))

    def _open(self, order: tuple[str, ...], chosen: str, task: Task) -> Figures | None:
        from jobcentre_desk.cache.upgrade import open_current
        from jobcentre_desk.desk.figures import Figures
        from jobcentre_desk.desk.shared_before import SharedBefore
        from jobcentre_desk.workspace.store import Workspace

        snapshot = open_current(self.home, task=task)
        task.stop_if_cancelled()
        if snapshot is None:
            return None
        memory = SharedBefore(Workspace(self.home), tell=self._tell_unremembered)
        figures = Figures.open(snapshot, order=order, shared_before=memory)
        if any(source.name == chosen for source in figures.outcome_sources):
            figures = figures.seen_from(chosen)
        return _with_blocks(figures)

    def _tell_unremembered(self, fault: DeskError) -> None:
        """Once while the window stands; called by a job's thread, and shown by the window's."""
        if not self._told_unremembered:
            self._told_unremembered = True
            self.failed.emit(fault)

    def _on_opened(self, figures: Figures | None) -> None:
        self._figures, self.opened = figures, True
        self._first_page, self._first_page_read = None, True
        self.figures_opened.emit()

    def _on_open_failed(self, fault: DeskError) -> None:
        self.opened = True
        self.figures_opened.emit()
        self.failed.emit(fault)


def _look(settings: Settings) -> tuple[str, str, int]:
    return settings.language, settings.theme, settings.text_factor


def _with_blocks(figures: Figures) -> Figures:
    if figures.quarters:
        figures.load_blocks()
    return figures


def _read_first_page(home: Home, order: Sequence[str]) -> FirstPage | None:
    from jobcentre_desk.cache.snapshot import open_newest
    from jobcentre_desk.desk.first_page import ready_page

    try:
        snapshot = open_newest(home, check_hash=False)
    except SnapshotUnusable:
        return None
    if snapshot is None:
        return None
    page = ready_page(snapshot, order)
    snapshot.close()
    return page
