"""What a person does with one source on the Figures page: other tables, another key or file, removal with undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.source_menu import SourceMenu
from jobcentre_desk.model.services import SERVICES
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.services import TableOffer, TableQuery
    from jobcentre_desk.model.workspace_records import SourceEntry
    from jobcentre_desk.task import Task
    from jobcentre_desk.workspace.store import Workspace


class SourceActions(QObject):
    """`changed` tells that the list of sources is another one."""

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._page = context, parent

    def menu(self, entry: SourceEntry) -> SourceMenu:
        """The menu of one source."""
        made = SourceMenu(entry.kind, self._page)
        made.fetch_asked.connect(partial(self._context.sync, (entry.name,)))
        made.tables_asked.connect(partial(self.choose_tables, entry))
        made.key_asked.connect(partial(self.change_key, entry))
        made.file_asked.connect(partial(self.load_file, entry))
        made.removal_asked.connect(partial(self.remove, entry.name))
        return made

    def choose_tables(self, entry: SourceEntry) -> None:
        """Choose other tables of a service; they are fetched at once."""
        from jobcentre_desk.desk.source_list import preset_queries
        from jobcentre_desk.gui.table_browser import TableBrowser

        browser = TableBrowser(
            self._context.jobs,
            partial(_offers, entry),
            kind=entry.kind,
            presets=preset_queries(entry.kind),
            former=entry.queries,
            parent=self._page,
        )
        browser.tables_chosen.connect(partial(self._take_tables, entry.name))
        browser.open()

    def change_key(self, entry: SourceEntry) -> None:
        """Ask for another key."""
        from jobcentre_desk.gui.key_dialog import KeyDialog

        KeyDialog(self._context, entry, self._page).open()

    def load_file(self, entry: SourceEntry) -> None:
        """Ask for the file that takes the place of the one loaded."""
        from jobcentre_desk.gui.source_dialog import FILES

        self._context.choose_open_file(self._page, FILES, partial(self._take_file, entry))

    def remove(self, name: str) -> None:
        """Remove a source; the notice offers to undo it."""
        entry = next((entry for entry in self._context.workspace.sources() if entry.name == name), None)
        if entry is not None:
            work = partial(_remove, self._context.workspace, entry)
            self._context.jobs.start(work, self, partial(self._tell_removed, entry))

    def _tell_removed(self, entry: SourceEntry, key: str) -> None:
        self.changed.emit()
        self._context.notices.inform(
            _("{name} is no longer a source. Its figures go with the next fetch.").format(name=entry.name),
            ((_("Undo"), partial(self._put_back, entry, key)), (_("Fetch now"), partial(self._context.sync, ()))),
            cause=f"removed {entry.name}",
        )

    def _put_back(self, entry: SourceEntry, key: str) -> None:
        self._context.notices.clear(f"removed {entry.name}")
        work = partial(_put_back, self._context.workspace, entry, key)
        self._context.jobs.start(work, self, lambda _done: self.changed.emit())

    def _take_tables(self, name: str, queries: tuple[TableQuery, ...]) -> None:
        from jobcentre_desk.desk.source_list import set_queries

        try:
            set_queries(self._context.workspace, name, queries)
        except DeskError as fault:
            self._context.notices.fail(str(fault), cause="tables")
            return
        self.changed.emit()
        self._context.sync((name,))

    def _take_file(self, entry: SourceEntry, path: Path) -> None:
        from jobcentre_desk.gui.mapping_dialog import MappingDialog

        MappingDialog(self._context, path, self._page, entry=entry).open()


def _remove(workspace: Workspace, entry: SourceEntry, _task: Task) -> str:
    """Remove a source behind the window, since a keyring may ask for a password; gives the key it had."""
    from jobcentre_desk.desk.source_keys import stored_key
    from jobcentre_desk.desk.source_list import remove_source

    key = stored_key(entry) if entry.kind in SERVICES else ""
    remove_source(workspace, entry.name)
    return key


def _put_back(workspace: Workspace, entry: SourceEntry, key: str, _task: Task) -> None:
    from jobcentre_desk.desk.source_keys import change_key

    workspace.add_source(entry)
    if key:
        change_key(entry, key)


def _offers(entry: SourceEntry, task: Task) -> tuple[TableOffer, ...]:
    from jobcentre_desk.desk.source_list import table_offers

    return table_offers(entry.kind, address=entry.address, task=task)
