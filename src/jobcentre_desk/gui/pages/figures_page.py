"""The Figures page: where the figures come from, what the measures mean, and what each release changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import SegmentedChoice, secondary_button
from jobcentre_desk.gui.changes_view import ChangesView
from jobcentre_desk.gui.glossary_view import GlossaryView
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.sources_view import SourcesView
from jobcentre_desk.gui.theme import scaled, theme_of
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext

BAR = 44
TABS = ("sources", "measures", "changes")


class FiguresPage(Page):
    """Three tabs: sources, measures, changes."""

    page_name: ClassVar[str] = "figures"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        words = (_("Sources"), _("Measures"), _("Changes"))
        self.tabs = SegmentedChoice(list(zip(TABS, words, strict=True)), TABS[0])
        self.stick = secondary_button(_("Stick …"), icon_name="export")
        self.stick_menu = QMenu(self)
        self.stick_menu.addAction(_("Open a stick …"), self._on_open_stick_asked)
        self.stick_menu.addAction(_("Copy to stick …"), self._on_copy_to_stick_asked)
        self.stick.clicked.connect(
            lambda: self.stick_menu.popup(self.stick.mapToGlobal(QPoint(0, self.stick.height())))
        )
        self.add, self.fetch = (
            secondary_button(_("Add a source"), icon_name="plus"),
            secondary_button(_("Fetch all"), icon_name="sync"),
        )
        self.sources, self.glossary, self.changes = SourcesView(context), GlossaryView(context), ChangesView(context)
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.chosen.connect(self.show_tab)
        self.add.clicked.connect(self._on_add_clicked)
        self.fetch.clicked.connect(lambda: context.sync(()))
        context.syncing.changed.connect(self._on_syncing_changed)
        self._on_syncing_changed()

    def title(self) -> str:
        return _("Figures")

    def show_tab(self, name: str) -> None:
        """Show one of the tabs: sources, measures or changes."""
        self.tabs.choose(name)
        self._stack.setCurrentIndex(TABS.index(name))

    def figures_changed(self) -> None:
        for view in (self.sources, self.glossary, self.changes):
            view.show_figures()
        self._on_syncing_changed()

    def state(self) -> dict[str, Any]:
        return {"tab": self.tabs.current(), "measure": self.glossary.chosen()}

    def restore(self, state: object) -> None:
        if isinstance(state, dict):
            self.show_tab(state.get("tab", TABS[0]))
            self.glossary.choose(state.get("measure", ""))

    def focus_filter(self) -> None:
        self.show_tab("measures")
        self.glossary.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        wanted = self._context.state.pop("measure", "")
        if wanted:
            self.show_tab("measures")
            self.glossary.choose(wanted)

    def _lay_out(self) -> None:
        bar = _Bar()
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(12)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.stick)
        row.addWidget(self.add)
        row.addWidget(self.fetch)
        for view in (self.sources, self.glossary, self.changes):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _on_add_clicked(self) -> None:
        from jobcentre_desk.gui.source_dialog import SourceDialog

        SourceDialog(self._context, self).open()

    def _on_open_stick_asked(self) -> None:
        from jobcentre_desk.gui.stick_dialog import StickDialog

        StickDialog(self._context, self).open()

    def _on_copy_to_stick_asked(self) -> None:
        from jobcentre_desk.gui.copy_to_stick_dialog import CopyToStickDialog

        CopyToStickDialog(self._context, self).open()

    def _on_syncing_changed(self) -> None:
        self.fetch.setEnabled(not self._context.syncing.running and bool(self._context.workspace.sources()))


class _Bar(QWidget):
    """The row of tabs and buttons: Base ground and a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(scaled(BAR))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
