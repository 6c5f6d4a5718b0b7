"""Choosing the tables of a service: subjects and tables with boxes, search, and the dates of the release calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.kind_words import kind_name, release_date
from jobcentre_desk.gui.table_choice import TableChoice, fold_ahead
from jobcentre_desk.gui.table_offer_model import TableOfferModel
from jobcentre_desk.gui.table_tree import TableTree
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.gui.wide_dialog import WideDialog
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcentre_desk.errors import DeskError
    from jobcentre_desk.gui.jobs import Jobs
    from jobcentre_desk.model.services import SourceKind, TableOffer, TableQuery
    from jobcentre_desk.task import Task

SIZE, LEAST = (940, 640), (640, 420)
ALL, CHOSEN = "all", "chosen"
OPEN_UP_TO = 120
"""More tables found than this stay closed under their subjects."""

Ask = Callable[["Task"], "tuple[TableOffer, ...]"]


class TableBrowser(WideDialog):
    """`tables_chosen` carries the queries; `ask` fetches what the service offers, behind the window."""

    tables_chosen = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        ask: Ask,
        *,
        kind: SourceKind,
        presets: Sequence[TableQuery],
        former: Sequence[TableQuery] = (),
        parent: QWidget | None = None,
    ) -> None:
        title = _("Choose tables of {source}").format(source=kind_name(kind))
        super().__init__(title, parent, size=SIZE, least=LEAST)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs, self._ask, self._kind = jobs, ask, kind
        self._presets, self._former = tuple(presets), tuple(former)
        self.model = TableOfferModel(TableChoice.of((), self._presets, self._former), self)
        self.tree = TableTree(self.model)
        self.search = QLineEdit()
        self.shown = SegmentedChoice([(ALL, _("All")), (CHOSEN, _("Chosen"))], ALL)
        self.fault, self.again = wrapped_label(""), LinkButton(_("Try again"), icon_name="sync")
        self.about = wrapped_label("", TypeRole.CAPTION, quiet=True)
        self.counted = plain_label("", TypeRole.CAPTION, quiet=True)
        self.use = primary_button(_("Use these tables"))
        self._lay_out()
        self._connect()
        self.fetch()

    def fetch(self) -> None:
        """Ask the service what it offers; what stands in the list stays meanwhile."""
        self._fault_row.hide()
        self._waiting.show()
        self._job = self._jobs.start(
            partial(_ask, self._ask), self, self._on_offered, on_failed=self._on_refused, replaces="table offers"
        )
        self._show_choice()

    def done(self, result: int) -> None:
        """Close; nobody waits for the list any more."""
        self._jobs.cancel(self._job)
        super().done(result)

    def accept(self) -> None:
        """Give the chosen tables and close."""
        self.tables_chosen.emit(self.model.choice.queries())
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F and ↓ in the search field go where they point."""
        if event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    # Layout

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Find a table: its name, id or subject"))
        self.search.setAccessibleName(_("Find a table"))
        self.search.setClearButtonEnabled(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.shown)
        self.column.addLayout(row)
        self.column.addWidget(self._waiting_row())
        self.column.addWidget(self._refused_row())
        self._empty = plain_label(_("No table fits these words."), quiet=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self.about.setMinimumHeight(2 * scaled(16))
        self.column.addWidget(self.about)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self.add_buttons(cancel, self.use).insertWidget(0, self.counted)

    def _waiting_row(self) -> QWidget:
        self._waiting = QWidget()
        row = QHBoxLayout(self._waiting)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, 0)
        bar.setFixedSize(scaled(120), 12)
        words = _("Asking {source} which tables there are …").format(source=kind_name(self._kind))
        row.addWidget(bar)
        row.addWidget(plain_label(words, quiet=True), 1)
        return self._waiting

    def _refused_row(self) -> QWidget:
        self._fault_row = QWidget()
        column = QVBoxLayout(self._fault_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme_of(self).error)
        self.fault.setPalette(palette)
        column.addWidget(self.fault)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        column.addLayout(row)
        return self._fault_row

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show_choice)
        self.shown.chosen.connect(self._show_choice)
        self.again.clicked.connect(self.fetch)
        self.model.toggled.connect(self._on_toggled)
        self.tree.selectionModel().currentChanged.connect(self._show_about)

    # What happens

    def _on_offered(self, offers: tuple[TableOffer, ...]) -> None:
        self._waiting.hide()
        chosen = self.model.choice.chosen
        choice = TableChoice.of(offers, self._presets, self._former)
        for table in choice.chosen ^ chosen:
            choice = choice.toggled(table)
        self.model.choice = choice
        self._show_choice()

    def _on_refused(self, fault: DeskError) -> None:
        self._waiting.hide()
        told = _("{fault} Below are the tables chosen so far.").format(fault=fault)
        self.fault.setText(told)
        self.fault.setAccessibleName(told)
        self._fault_row.show()

    def _on_toggled(self) -> None:
        self._tell_counted()
        self._show_about(self.tree.currentIndex())

    def _show_choice(self) -> None:
        words, only_chosen = self.search.text(), self.shown.current() == CHOSEN
        self.model.show_choice(self.model.choice, fitting=words, only_chosen=only_chosen)
        self.tree.open_up(whole=bool(words) or only_chosen, most=OPEN_UP_TO)
        self._stack.setCurrentIndex(0 if self.model.rows_found() else 1)
        self._tell_counted()
        self._show_about(self.tree.currentIndex())

    def _tell_counted(self) -> None:
        n = len(self.model.choice.chosen)
        words = _n("{n} table chosen", "{n} tables chosen", n)
        self.counted.setText(words.format(n=text.count(n)))
        self.use.setEnabled(n > 0)

    def _show_about(self, index: QModelIndex) -> None:
        offer = self.model.offer(index)
        if offer is None:
            suggested = _(
                "“Suggested” are the tables this program compares municipalities with, ticked from the start."
            )
            self.about.setText(suggested)
            return
        self.about.setText(" ".join(self._sentences(offer)))

    def _sentences(self, offer: TableOffer) -> list[str]:
        told = [f"{offer.title} ({offer.table})."]
        if self.model.choice.is_preset(offer.table):
            told.append(_("Suggested: the program compares municipalities with it."))
        else:
            told.append(_("When chosen, all its measures are fetched for all municipalities, not broken down further."))
        if offer.measures:
            told.append(_("Measures: {names}.").format(names=", ".join(name for _id, name in offer.measures)))
        if offer.next_update:
            told.append(_("Next release {date}.").format(date=release_date(offer.next_update)))
        return told


def _ask(ask: Ask, task: Task) -> tuple[TableOffer, ...]:
    offers = ask(task)
    fold_ahead(offers)
    return offers
