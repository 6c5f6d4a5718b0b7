"""The menu of saved filters: keep what is chosen under a name, use it again, rename it, delete it with undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.workspace_records import SavedFilter
from jobcentre_desk.text import translate as _

LONGEST_NAME = 60


class SavedFilters(QObject):
    """Fills a menu anew each time it opens; `applied` carries the scope of the filter that was chosen."""

    applied = Signal(object)

    def __init__(self, context: PageContext, scope: Callable[[], Scope], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._scope = scope
        self._page = parent
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Write the menu from what the workspace holds now."""
        self.menu.clear()
        self.menu.addAction(_("Save these choices …"), self._ask_for_new_name)
        kept = self._context.workspace.saved_filters()
        if not kept:
            return
        self.menu.addSeparator()
        for saved in kept:
            self.menu.addAction(_menu_words(saved.name), partial(self.applied.emit, saved.scope))
        self.menu.addSeparator()
        rename, delete = self.menu.addMenu(_("Rename")), self.menu.addMenu(_("Delete"))
        for saved in kept:
            rename.addAction(_menu_words(saved.name), partial(self._ask_for_other_name, saved))
            delete.addAction(_menu_words(saved.name), partial(self.delete, saved))

    def save(self, name: str) -> None:
        """Keep the choices of the moment under `name`; a filter of that name is replaced."""
        self._kept(lambda: self._context.workspace.save_filter(SavedFilter(name=name, scope=self._scope())))
        self._context.notices.inform(_("The choices are saved as {name}.").format(name=name), cause="filters")

    def rename(self, old: str, new: str) -> None:
        """Give a saved filter another name."""
        if new != old:
            self._kept(lambda: self._context.workspace.rename_filter(old, new))

    def delete(self, saved: SavedFilter) -> None:
        """Delete a saved filter; the notice offers to undo it."""
        self._kept(lambda: self._context.workspace.delete_filter(saved.name))

        def undo() -> None:
            self._context.notices.clear("filters")
            self._kept(lambda: self._context.workspace.save_filter(saved))

        words = _("The saved filter {name} is deleted.").format(name=saved.name)
        self._context.notices.inform(words, ((_("Undo"), undo),), cause="filters")

    def _kept(self, change: Callable[[], object]) -> None:
        try:
            change()
        except DeskError as fault:
            self._context.notices.fail(str(fault), cause="filters")

    def _ask_for_new_name(self) -> None:
        dialog = NameDialog(_("Save these choices"), "", self._page)
        dialog.named.connect(self.save)
        dialog.open()

    def _ask_for_other_name(self, saved: SavedFilter) -> None:
        dialog = NameDialog(_("Rename the saved filter"), saved.name, self._page)
        dialog.named.connect(lambda name: self.rename(saved.name, name))
        dialog.open()


class NameDialog(QDialog):
    """Asks for a name; `named` carries it, never empty."""

    named = Signal(str)

    def __init__(self, title: str, former: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(scaled(420))
        self.field = QLineEdit(former)
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setAccessibleName(_("Name"))
        self._save = primary_button(_("Save"))
        cancel = secondary_button(_("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(_("Name")))
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._save)
        column.addSpacing(8)
        column.addLayout(row)
        cancel.clicked.connect(self.reject)
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save_clicked)
        self.field.textChanged.connect(self._on_field_changed)
        self._on_field_changed()

    def _on_field_changed(self) -> None:
        self._save.setEnabled(bool(text.clean(self.field.text())))

    def _on_save_clicked(self) -> None:
        self.named.emit(text.clean(self.field.text(), longest=LONGEST_NAME))
        self.accept()


def _menu_words(name: str) -> str:
    return name.replace("&", "&&")
