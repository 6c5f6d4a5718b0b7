"""A column that scrolls down and never sideways, exactly as high as its wrapped sentences need at its width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ColumnScroll(QScrollArea):
    """Asks its layout for the height at the width it has.

    Qt's own `widgetResizable` asks a layout of wrapped labels for the height at its least width, which is far too much.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_column(self, column: QWidget) -> None:
        """Scroll `column`, which needs a layout; what was shown before goes."""
        old = self.takeWidget()
        if old is not None:
            old.removeEventFilter(self)
            old.hide()
            old.deleteLater()
        self.setWidget(column)
        column.installEventFilter(self)
        column.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        column = self.widget()
        layout = column.layout() if column is not None else None
        if column is None or layout is None:
            return
        width = self.viewport().width()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        column.resize(width, max(needed, self.viewport().height()))
