"""The first rows of a file as a table, under a header that says what each column is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.mapping_header import MappingHeader, RowNumbers
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.table_of_view import CellDelegate
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.model.imports import COUNTS, FileLook, ImportMapping, Target
from jobcentre_desk.text import translate as _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW, WIDEST = 26, 260


class PreviewModel(QAbstractTableModel):
    """The cells as they stand in the file; counts at the right."""

    def __init__(self, header: MappingHeader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = header
        self._look: FileLook | None = None
        self._mapping = ImportMapping(columns=())

    def show_look(self, look: FileLook, mapping: ImportMapping) -> None:
        """Show another file, or the same one read otherwise."""
        self.beginResetModel()
        self._look, self._mapping = look, mapping
        self.endResetModel()

    def show_mapping(self, mapping: ImportMapping) -> None:
        """Columns that are counted now stand at the right."""
        self._mapping = mapping
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._look is None else len(self._look.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._look is None else len(self._look.layout.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._look is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._look.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            target = self._mapping.target_of(self._look.layout.columns[index.column()])
            side = Qt.AlignmentFlag.AlignRight if target in COUNTS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._look is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return text.count(self._look.row_numbers[section]) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._look.layout.columns[section]
        return plain_tooltip(self._header.reasons(section)) if role == Qt.ItemDataRole.ToolTipRole else None


class MappingPreview(QTableView):
    """`target_chosen` carries the name of a column and what the person says it is."""

    target_chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = MappingHeader(self)
        self._model = PreviewModel(self.heading, self)
        self.setModel(self._model)
        self.setHorizontalHeader(self.heading)
        self.heading.target_chosen.connect(self.target_chosen)
        self.heading.section_reached.connect(self._on_section_reached)
        self.setAccessibleName(_("The first rows of the file"))
        self.setShowGrid(False)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setVerticalHeader(RowNumbers(self))
        self.verticalHeader().setDefaultSectionSize(scaled(ROW))
        self.setCornerWidget(QWidget())
        self.setCornerButtonEnabled(False)

    def show_look(self, look: FileLook, mapping: ImportMapping) -> None:
        """Show the first rows of a file, and over each column what it is."""
        self._model.show_look(look, mapping)
        self.heading.show_columns(look.layout.columns, mapping)
        metrics = self.fontMetrics()
        for section in range(len(look.layout.columns)):
            cells = max((metrics.horizontalAdvance(row[section]) for row in look.rows), default=0) + 14
            width = max(self.heading.widest_heading(section), cells)
            self.setColumnWidth(section, min(width, scaled(WIDEST)))

    def show_mapping(self, mapping: ImportMapping) -> None:
        """Show what each column is now."""
        self._model.show_mapping(mapping)
        self.heading.show_mapping(mapping)

    def show_findings(self, findings: tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]) -> None:
        """Write over each column how many of the rows shown break its rule, or how its numbers are read."""
        self.heading.show_findings(*findings)

    def order_keys(self, before: QWidget, after: QWidget) -> None:
        """Let the keyboard go from `before` over the choices, column by column, into the table and on to `after`."""
        for widget in (*self.heading.choices(), self, after):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _on_section_reached(self, section: int) -> None:
        if self._model.rowCount():
            row = max(0, self.rowAt(0))
            self.scrollTo(self._model.index(row, section))

    def choose(self, column: str, target: Target) -> None:
        """Say what a column is, as the person would."""
        choice = self.heading.choice(column)
        choice.setCurrentIndex(choice.findData(target.value))
        choice.activated.emit(choice.currentIndex())
