"""The look of Qt's own controls: Fusion underneath; check box, buttons, fields, scroll bar, focus ring are ours."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from jobcentre_desk.gui import control_drawing as drawing
from jobcentre_desk.gui.theme import scaled, theme_of

CHECK_BOX = 16
SCROLL_BAR = 10
CONTROL_HEIGHT = 30

_Primitive = QStyle.PrimitiveElement
_Control = QStyle.ControlElement
_Complex = QStyle.ComplexControl
_Part = QStyle.SubControl
_State = QStyle.StateFlag
_Metric = QStyle.PixelMetric
_Size = QStyle.ContentsType


class DeskStyle(QProxyStyle):
    """Fusion with the parts of the design that are the same on every page; nothing in it moves.

    It answers no style hints: Qt asks for some 2,000 before the first paint, 10 µs each when Python answers.
    """

    _METRICS: ClassVar[dict[QStyle.PixelMetric, int]] = {
        _Metric.PM_ScrollBarExtent: SCROLL_BAR,
        _Metric.PM_ScrollBarSliderMin: 32,
        _Metric.PM_IndicatorWidth: CHECK_BOX,
        _Metric.PM_IndicatorHeight: CHECK_BOX,
        _Metric.PM_ExclusiveIndicatorWidth: CHECK_BOX,
        _Metric.PM_ExclusiveIndicatorHeight: CHECK_BOX,
        _Metric.PM_CheckBoxLabelSpacing: 8,
        _Metric.PM_RadioButtonLabelSpacing: 8,
        _Metric.PM_ButtonShiftHorizontal: 0,
        _Metric.PM_ButtonShiftVertical: 0,
        _Metric.PM_ButtonIconSize: 16,
        _Metric.PM_SmallIconSize: 16,
        _Metric.PM_DefaultFrameWidth: 1,
        _Metric.PM_HeaderMargin: 6,
        _Metric.PM_SplitterWidth: 5,
        _Metric.PM_TreeViewIndentation: 18,
    }

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._primitives = {
            _Primitive.PE_IndicatorCheckBox: drawing.draw_check_box,
            _Primitive.PE_IndicatorItemViewItemCheck: drawing.draw_check_box,
            _Primitive.PE_IndicatorRadioButton: drawing.draw_radio_button,
            _Primitive.PE_PanelButtonCommand: drawing.draw_button,
            _Primitive.PE_PanelLineEdit: drawing.draw_field,
            _Primitive.PE_FrameLineEdit: drawing.draw_field,
            _Primitive.PE_IndicatorBranch: drawing.draw_chevron,
            _Primitive.PE_FrameFocusRect: drawing.draw_cell_focus,
            _Primitive.PE_Frame: drawing.draw_frame,
            _Primitive.PE_PanelTipLabel: drawing.draw_tip,
        }
        self._controls = {
            _Control.CE_HeaderSection: drawing.draw_header_section,
            _Control.CE_HeaderLabel: drawing.draw_header_label,
            _Control.CE_HeaderEmptyArea: drawing.draw_header_section,
            _Control.CE_ProgressBarGroove: drawing.draw_progress_groove,
            _Control.CE_ProgressBarContents: drawing.draw_progress,
            _Control.CE_Splitter: drawing.draw_splitter,
            _Control.CE_PushButtonLabel: drawing.draw_button_label,
        }

    def polish(self, polished: object) -> Any:
        """Air between the edge of a field and its words."""
        if isinstance(polished, QLineEdit) and polished.hasFrame() and polished.textMargins().isNull():
            polished.setTextMargins(6, 0, 6, 0)
        return super().polish(polished)  # type: ignore[call-overload]

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """The few lengths that differ from Fusion."""
        fixed = self._METRICS.get(metric)
        return fixed if fixed is not None else super().pixelMetric(metric, option, widget)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        """Controls are 30 high; buttons keep 12 px left and right of their words."""
        made = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type] # Qt takes none
        if kind == _Size.CT_PushButton and isinstance(option, QStyleOptionButton):
            made.setWidth(_button_width(option))
        if kind == _Size.CT_ComboBox:
            made.setWidth(size.width() + 42)
        if kind == _Size.CT_HeaderSection:
            made.setWidth(made.width() + 12)
        if kind in {_Size.CT_PushButton, _Size.CT_LineEdit, _Size.CT_ComboBox, _Size.CT_SpinBox}:
            made.setHeight(max(scaled(CONTROL_HEIGHT), size.height()))
        return made

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Hand the element to the function that draws it, or to Fusion."""
        draw = self._primitives.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        draw(painter, option, theme_of(widget), widget)
        painter.restore()

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Hand the element to the function that draws it, or to Fusion."""
        draw = self._controls.get(element)
        if draw is None:
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        draw(painter, option, theme_of(widget), widget)
        painter.restore()

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Scroll bars and combo boxes are ours, the rest Fusion's."""
        painter.save()
        if control == _Complex.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            slider = self.subControlRect(control, option, _Part.SC_ScrollBarSlider, widget)
            drawing.draw_scroll_bar(painter, option, slider, theme_of(widget))
        elif control == _Complex.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            drawing.draw_combo_box(painter, option, theme_of(widget))
        else:
            super().drawComplexControl(control, option, painter, widget)
        painter.restore()

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """A scroll bar without arrow buttons."""
        if control == _Complex.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return _scroll_bar_part(option, part)
        if control == _Complex.CC_ComboBox and part == _Part.SC_ComboBoxEditField:
            return QRect(option.rect).adjusted(8, 1, -26, -1)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type] # Qt takes none


def _button_width(option: QStyleOptionButton) -> int:
    text = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width()
    icon = 0 if option.icon.isNull() else option.iconSize.width()
    if not option.text:
        return max(scaled(CONTROL_HEIGHT), icon + 12)
    return text + icon + (6 if icon else 0) + 26


def _scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Groove and slider over the whole length; arrow buttons are empty."""
    whole = QRect(option.rect)
    upright = option.orientation == Qt.Orientation.Vertical
    length = whole.height() if upright else whole.width()
    span = option.maximum - option.minimum
    slider = length if span <= 0 else max(32, round(length * option.pageStep / (span + option.pageStep)))
    slider = min(slider, length)
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - slider, option.upsideDown
    )
    lengths = {
        _Part.SC_ScrollBarGroove: (0, length),
        _Part.SC_ScrollBarSlider: (start, slider),
        _Part.SC_ScrollBarSubPage: (0, start),
        _Part.SC_ScrollBarAddPage: (start + slider, length - start - slider),
    }
    if part not in lengths:
        return QRect()
    at, long = lengths[part]
    return (
        QRect(whole.x(), whole.y() + at, whole.width(), long)
        if upright
        else QRect(whole.x() + at, whole.y(), long, whole.height())
    )
