"""Paints one choice of a filter: box, title, and the number of employers at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from jobcentre_desk import text
from jobcentre_desk.gui.employer_look import Look, look_of
from jobcentre_desk.gui.filter_tree_model import FilterTreeModel
from jobcentre_desk.gui.tree_choice import Tick

BOX = 16
SIDE = 12
_STATE = {
    Tick.OFF: QStyle.StateFlag.State_Off,
    Tick.PARTLY: QStyle.StateFlag.State_NoChange,
    Tick.ON: QStyle.StateFlag.State_On,
}


class CountDelegate(QStyledItemDelegate):
    """Counts that are older than the latest choice are greyed until the new ones are there."""

    def __init__(self, tree: QWidget, model: FilterTreeModel) -> None:
        super().__init__(tree)
        self._model = model
        self.look: Look = look_of(tree)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(0, self.row_height())

    def row_height(self) -> int:
        """The height of one choice."""
        return max(24, self.look.body_metrics.height() + 6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme = self.look.theme
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        box = QRect(rect.left() + 2, rect.center().y() - BOX // 2 + 1, BOX, BOX)
        self._draw_box(painter, box, self._model.tick(index), option)
        count = self._model.count(index)
        shown = "" if count is None else text.count(count)
        width = self.look.caption_metrics.horizontalAdvance(shown)
        self._draw_count(painter, rect.adjusted(0, 0, -SIDE, 0), shown)
        title = rect.adjusted(BOX + 10, 0, -SIDE - width - (8 if width else 0), 0)
        painter.setFont(self.look.body)
        painter.setPen(theme.text3 if count == 0 else theme.text)
        words = self.look.body_metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(theme.focus)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_count(self, painter: QPainter, rect: QRect, shown: str) -> None:
        theme = self.look.theme
        painter.setFont(self.look.caption)
        painter.setPen(theme.line if self._model.counts_are_old else theme.text2)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)

    def _draw_box(self, painter: QPainter, rect: QRect, tick: Tick, option: QStyleOptionViewItem) -> None:
        button = QStyleOptionButton()
        button.rect = rect
        button.palette = option.palette
        button.state = QStyle.StateFlag.State_Enabled | _STATE[tick]
        widget = option.widget
        style = widget.style() if widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, button, painter, widget)
