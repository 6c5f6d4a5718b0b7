"""Opening a stick: which publications lie there, how each stands beside what is here, and taking what is newer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import LinkButton, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.source_row import state_color
from jobcentre_desk.gui.stick_words import found_words
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.stick_looking import StickPublication
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.task import Task

WIDTH, MOST_HIGH = 640, 400
ICONS = {"newer": "download", "same": "check", "older": "clock", "unknown": "key", "refused": "error"}


class StickDialog(DeskDialog):
    """Begins by asking for the stick, then shows what lies there; what is newer is taken with all checks of a sync."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Open a stick"), parent, width=WIDTH)
        self._context = context
        self._place = Path()
        self.found: tuple[StickPublication, ...] = ()
        self.state = wrapped_label("")
        self.list = ColumnScroll()
        self.list.viewport().setAutoFillBackground(False)
        self.folder = secondary_button(_("Stick or folder …"), icon_name="folder")
        self.zip = secondary_button(_("Zip file …"), icon_name="document")
        self.take, self._cancel = primary_button(_("Take what is newer")), secondary_button(_("Close"))
        self._lay_out()
        self.folder.clicked.connect(lambda: context.choose_folder(self, self.look_at))
        self.zip.clicked.connect(lambda: context.choose_open_file(self, "*.zip", self.look_at))
        self.take.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        context.syncing.changed.connect(self._show_whether_takable)

    def look_at(self, place: Path) -> None:
        """Look what lies at `place`."""
        self._place = place
        self.found = ()
        self._show_list()
        self.state.setText(_("Looking at {place} …").format(place=place))
        self.state.show()
        work = partial(_look, self._context, place)
        self._context.jobs.start(work, self, self.show_found, on_failed=self._on_failed, replaces="stick")

    def accept(self) -> None:
        """Take what is newer, as a sync that can be watched and cancelled on the Figures page."""
        names = self._takable()
        super().accept()
        self._context.open_page("figures")
        self._context.syncing.start_from_stick(self._place, names)

    def _lay_out(self) -> None:
        column = self.column
        about = _(
            "Choose the stick, folder or .zip that the publications were copied to. Nothing changes before you say so."
        )
        column.addWidget(wrapped_label(about, quiet=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder)
        row.addWidget(self.zip)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(self.list)
        self.state.hide()
        self.list.hide()
        self.add_buttons(self._cancel, self.take)
        self._show_whether_takable()

    def show_found(self, found: tuple[StickPublication, ...]) -> None:
        """Show what lies on the stick."""
        self.found = found
        self.state.setVisible(not found)
        if not found:
            self.state.setText(
                _("There is no publication at {place}: no datapackage.json, in no folder and no .zip.").format(
                    place=self._place
                )
            )
        self._show_list()

    def _show_list(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for each in self.found:
            card = FoundCard(each)
            card.add_asked.connect(partial(self._on_add_asked, each.place))
            column.addWidget(card)
        column.addStretch(1)
        self.list.show_column(holder)
        holder.setAutoFillBackground(False)
        self.list.setVisible(bool(self.found))
        if self.found:
            width = self.width() - 2 * self.column.contentsMargins().left()
            needed = column.totalHeightForWidth(width) if column.hasHeightForWidth() else column.sizeHint().height()
            self.list.setFixedHeight(min(needed, scaled(MOST_HIGH)))
        self._show_whether_takable()

    def _takable(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.source for each in self.found if each.state == "newer"))

    def _show_whether_takable(self) -> None:
        self.take.setEnabled(bool(self._takable()) and not self._context.syncing.running)

    def _on_failed(self, fault: DeskError) -> None:
        self.state.setText(str(fault))
        self.state.show()

    def _on_add_asked(self, place: Path) -> None:
        from jobcentre_desk.gui.source_dialog import SourceDialog

        parent = self.parentWidget()
        self.reject()
        opened = SourceDialog(self._context, parent)
        opened.begin_with(place)
        opened.open()


class FoundCard(CardFrame):
    """One publication on the stick; `add_asked` when its publisher is to be added as a source."""

    add_asked = Signal()

    def __init__(self, found: StickPublication) -> None:
        super().__init__()
        self.found = found
        self.setAccessibleName(f"{found.publisher_name or found.place.name}: {found.sentence}")
        self.body.setSpacing(2)
        self.body.setContentsMargins(scaled(40), 8, 12, 10)
        self.body.addWidget(ElidedLabel(found.publisher_name or found.place.name, TypeRole.STRONG))
        if found.sequence:
            self.body.addWidget(ElidedLabel(found_words(found), TypeRole.CAPTION))
        self.body.addWidget(ElidedLabel(str(found.place), TypeRole.CAPTION))
        self.body.addSpacing(2)
        self.body.addWidget(plain_label(found.sentence, wrap=True))
        self.add = LinkButton(_("Add it as a source …"), icon_name="plus")
        self.add.clicked.connect(self.add_asked)
        self.add.setVisible(found.state == "unknown")
        if found.state == "unknown":
            row = QHBoxLayout()
            row.addWidget(self.add)
            row.addStretch(1)
            self.body.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter, side = theme_of(self), QPainter(self), scaled(16)
        name = ICONS[self.found.state]
        draw_icon(painter, name, QRectF(14, 11, side, side), state_color(theme, name))


def _look(context: PageContext, place: Path, task: Task) -> tuple[StickPublication, ...]:
    from jobcentre_desk.desk.sticks import look_at_stick

    return look_at_stick(context.home, context.workspace, place, task=task)
