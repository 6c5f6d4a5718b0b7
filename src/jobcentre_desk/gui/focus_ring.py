"""The ring around the control that has the keyboard: one frame that follows it, drawn outside its edge."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from jobcentre_desk.gui.control_drawing import draw_focus_ring
from jobcentre_desk.gui.theme import theme_of

RINGED = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
MARGIN = 4
"""2 px of air and the 2 px ring."""
TYPED_IN = (QAbstractSpinBox, QLineEdit, QPlainTextEdit)


class _RingStyle(QProxyStyle):
    """The look of the ring alone; a style of its own, since only the ring needs a style hint."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's own name
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in {QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin}:
            return MARGIN
        return super().pixelMetric(metric, option, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element == QStyle.ControlElement.CE_FocusFrame:
            draw_focus_ring(painter, option, theme_of(widget))
        else:
            super().drawControl(element, option, painter, widget)


class FocusRing(QObject):
    """Moves the ring with the keyboard; a click with the mouse shows it in fields alone, as browsers do."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._frame: QFocusFrame | None = None
        self._style = _RingStyle()
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        self._drop()
        if now is None or not _wants_ring(now):
            return
        self._frame = QFocusFrame(now)
        self._frame.setStyle(self._style)
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
