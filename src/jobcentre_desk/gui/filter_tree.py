"""A filter list as a tree with boxes and counts; as high as its open choices, so that only the panel scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTreeView, QWidget

from jobcentre_desk.gui.count_delegate import CountDelegate
from jobcentre_desk.gui.employer_look import look_of
from jobcentre_desk.gui.filter_choices import NEIGHBOURS, FilterChoices
from jobcentre_desk.gui.filter_tree_model import FilterTreeModel, Index

INDENT = 18
EXPANDED_BY_SEARCH = 60
"""More matches than this stay closed under what is above them."""


class FilterTree(QTreeView):
    """`changed` tells that the person has clicked a box; `typed` that a letter should go to the search field."""

    changed = Signal()
    typed = Signal(str)
    rows_changed = Signal()

    def __init__(self, choices: FilterChoices, *, name: str, most_rows: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FilterTreeModel(choices, self)
        self._most_rows = most_rows
        self._shows_all = not most_rows
        self.setModel(self._model)
        self._delegate = CountDelegate(self, self._model)
        self.setItemDelegate(self._delegate)
        self._set_up(name)
        self._model.toggled.connect(self._on_model_toggled)
        self.clicked.connect(self._model.toggle)
        self.expanded.connect(lambda _index: self._resized())
        self.collapsed.connect(lambda _index: self._resized())
        self._open_neighbours()

    def _set_up(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(INDENT)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setAnimated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_choices(self, choices: FilterChoices) -> None:
        """Show another list."""
        self._model.show_choices(choices)
        self._open_neighbours()
        self._resized()

    def show_all(self, *, shows_all: bool) -> None:
        """Show every choice, or only the first few."""
        self._shows_all = shows_all
        self._resized()

    @property
    def shows_all(self) -> bool:
        """Whether every choice is shown."""
        return self._shows_all

    @property
    def is_limited(self) -> bool:
        """Whether there are more choices than the first few."""
        return bool(self._most_rows) and self._open_rows() > self._most_rows

    def rows_at_top(self) -> int:
        """The choices of the coarsest level."""
        return self._model.rowCount()

    def left_out(self) -> int:
        """Rows under the last one that is shown."""
        return max(0, self._open_rows() - self._shown_rows())

    def _shown_rows(self) -> int:
        rows = self._open_rows()
        return rows if self._shows_all or self._model.searching else min(rows, self._most_rows)

    def _resized(self) -> None:
        self.updateGeometry()
        self.rows_changed.emit()

    def chosen(self) -> tuple[str, ...]:
        """The codes chosen."""
        return self._model.choices.chosen()

    def chosen_title(self) -> str:
        """The title of the one choice that is made, or "" for none or several."""
        chosen = self.chosen()
        return self._model.choices.title(chosen[0]) if len(chosen) == 1 else ""

    def choose(self, codes: Iterable[str]) -> None:
        """Choose these codes, without a signal."""
        self._model.choices.choose(codes)
        self.viewport().update()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """New counts beside the choices; nothing moves."""
        self._model.show_counts(counts)
        self.viewport().update()

    def grey_counts(self) -> None:
        """The counts shown belong to an older choice."""
        self._model.counts_are_old = True
        self.viewport().update()

    def search(self, words: str) -> None:
        """Show only the choices that fit, opened."""
        self._model.search(words)
        if self._model.searching:
            self._expand_matches()
        else:
            self._open_neighbours()
        self._resized()

    def sizeHint(self) -> QSize:
        return QSize(200, max(1, self._shown_rows()) * self._delegate.row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._delegate.row_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._model.toggle(self.currentIndex())
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The panel scrolls, never the tree inside it."""
        event.ignore()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A cursor that walks past the last row shown opens the rest."""
        super().currentChanged(current, previous)
        if current.isValid() and self.left_out() and self.visualRect(current).bottom() > self.sizeHint().height():
            self.show_all(shows_all=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and hasattr(self, "_delegate"):
            self._delegate.look = look_of(self)

    def _on_model_toggled(self) -> None:
        self.viewport().update()
        self.changed.emit()

    def _open_neighbours(self) -> None:
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if self._model.key(index) == NEIGHBOURS:
                self.expand(index)

    def _expand_matches(self) -> None:
        waiting = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        opened = len(waiting)
        while waiting and opened < EXPANDED_BY_SEARCH:
            index = waiting.pop(0)
            if self._model.hasChildren(index):
                self.expand(index)
                under = [self._model.index(row, 0, index) for row in range(self._model.rowCount(index))]
                opened += len(under)
                waiting += under

    def _open_rows(self, parent: QModelIndex | None = None) -> int:
        above = parent or QModelIndex()
        rows = self._model.rowCount(above)
        for row in range(rows if rows < 200 else 0):
            index = self._model.index(row, 0, above)
            if self.isExpanded(index):
                rows += self._open_rows(index)
        return rows
