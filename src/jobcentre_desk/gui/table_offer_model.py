"""The tables of a service as a tree: subjects, and under each its tables with boxes and dates."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.kind_words import release_date
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.table_choice import TableChoice
from jobcentre_desk.gui.theme import TypeRole, font
from jobcentre_desk.model.services import TableOffer
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
TITLE, TABLE, UPDATED, NEXT, SUGGESTED = range(5)
_SUBJECT = 0
"""The internal id of a subject's row; that of a table is the place of its subject plus one."""


class TableOfferModel(QAbstractItemModel):
    """`toggled` tells that a box was clicked; the model then holds the new choice."""

    toggled = Signal()

    def __init__(self, choice: TableChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.groups = choice.groups()

    def show_choice(self, choice: TableChoice, *, fitting: str = "", only_chosen: bool = False) -> None:
        """Show the tables of `choice` that fit the words."""
        self.beginResetModel()
        self.choice = choice
        self.groups = choice.groups(fitting=fitting, only_chosen=only_chosen)
        self.endResetModel()

    def offer(self, index: Index) -> TableOffer | None:
        """The table of a row; None for a subject."""
        if not index.isValid() or index.internalId() == _SUBJECT:
            return None
        return self.groups[index.internalId() - 1][1][index.row()]

    def rows_found(self) -> int:
        """How many tables are shown."""
        return sum(len(tables) for _subject, tables in self.groups)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _SUBJECT)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override] # Qt has two by this name
        if not index.isValid() or index.internalId() == _SUBJECT:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _SUBJECT)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self.groups)
        is_subject = parent.internalId() == _SUBJECT and parent.column() == 0
        return len(self.groups[parent.row()][1]) if is_subject else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - the same for every row
        return SUGGESTED + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TITLE and self.offer(index) is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Table"), _("Id"), _("Updated"), _("Next release"), _("Suggested"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        offer = self.offer(index)
        if offer is None:
            return self._subject_data(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(offer, index.column())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TITLE:
            return Qt.CheckState.Checked if offer.table in self.choice.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TITLE:
            return plain_tooltip(offer.title)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ARG002 - toggles
        offer = self.offer(index)
        if offer is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.choice = self.choice.toggled(offer.table)
        above = self.parent(index)
        self.dataChanged.emit(index, index)
        self.dataChanged.emit(above, above)
        self.toggled.emit()
        return True

    def _subject_data(self, index: Index, role: int) -> Any:
        subject, tables = self.groups[index.row()]
        if index.column() != TITLE:
            return None
        if role == Qt.ItemDataRole.FontRole:
            return font(TypeRole.STRONG)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        chosen = sum(table.table in self.choice.chosen for table in tables)
        counted = _n("{chosen} of {n} table", "{chosen} of {n} tables", len(tables))
        return f"{subject} · {counted.format(chosen=text.count(chosen), n=text.count(len(tables)))}"

    def _words(self, offer: TableOffer, column: int) -> str:
        if column == SUGGESTED:
            return _("yes") if self.choice.is_preset(offer.table) else ""
        return (offer.title, offer.table, release_date(offer.updated), release_date(offer.next_update))[column]
