"""The tree of subjects and tables: its columns, its rows with a line under each, and what is open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from jobcentre_desk.gui.table_offer_model import TITLE, TableOfferModel
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.text import translate as _

ROW, PADDING, HEADER_MARGIN = 30, 12, 6
Index = QModelIndex | QPersistentModelIndex


class TableTree(QTreeView):
    """Space ticks; ← and → close and open a subject."""

    def __init__(self, model: TableOfferModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(_("Subjects and tables"))
        self.setAnimated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._size_columns(model)

    def open_up(self, *, whole: bool, most: int) -> None:
        """Open every subject when `whole` and no more than `most` tables are shown; else those with chosen tables."""
        model = self.model()
        assert isinstance(model, TableOfferModel)
        for row in range(model.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
        if whole and model.rows_found() <= most:
            self.expandAll()
            return
        for row, (_subject, tables) in enumerate(model.groups):
            if any(table.table in model.choice.chosen for table in tables):
                self.expand(model.index(row, TITLE))

    def _size_columns(self, model: TableOfferModel) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setFont(font(TypeRole.CAPTION_STRONG))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        metrics, strong = self.fontMetrics(), header.fontMetrics()
        least = ("", "AUP01234", "30. sept. 2026", "30. sept. 2026", _("yes"))
        for column in range(TITLE + 1, model.columnCount()):
            words = str(model.headerData(column, Qt.Orientation.Horizontal))
            width = max(metrics.horizontalAdvance(least[column]), strong.horizontalAdvance(words))
            header.resizeSection(column, width + 2 * PADDING)


class _RowDelegate(QStyledItemDelegate):
    """The words of Qt with a line under each row; a subject goes over the whole width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), scaled(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        words = QStyleOptionViewItem(option)
        if index.column() != TITLE:
            words.rect = option.rect.adjusted(HEADER_MARGIN - 3, 0, 0, 0)
        super().paint(painter, words, index)
        painter.fillRect(0, option.rect.bottom(), option.rect.right() + 1, 1, theme_of(option.widget).line)
