"""The ring around the control that has the keyboard: one frame that follows it, drawn outside its edge."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

RINGED = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
TYPED_IN = (QAbstractSpinBox, QLineEdit, QPlainTextEdit)


class FocusRing(QObject):
    """Moves the ring with the keyboard; a click with the mouse shows it in fields alone, as browsers do."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._frame: QFocusFrame | None = None
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        self._drop()
        if now is None or not _wants_ring(now):
            return
        self._frame = QFocusFrame(now)
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame.setWidget(now)
        self._frame.destroyed.connect(self._on_frame_destroyed)

    def _drop(self) -> None:
        frame, self._frame = self._frame, None
        if frame is not None:
            frame.destroyed.disconnect(self._on_frame_destroyed)
            frame.setWidget(None)  # type: ignore[arg-type] # Qt takes none
            frame.deleteLater()

    def _on_frame_destroyed(self) -> None:
        self._frame = None


def _wants_ring(widget: QWidget) -> bool:
    if not isinstance(widget, RINGED) or widget.property("ringless"):
        return False
    if isinstance(widget.parentWidget(), QAbstractItemView):
        return False
    by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
    return not by_mouse or isinstance(widget, TYPED_IN)
