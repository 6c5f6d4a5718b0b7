"""How each of Qt's own controls is painted: pure functions of painter, option and theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QPlainTextEdit,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from jobcentre_desk.gui.theme import Theme, TypeRole, font

RADIUS = 4.0
KIND = "kind"
"""The property that says what a push button is: primary, secondary (or none), quiet, choice."""

_State = QStyle.StateFlag
_VERTICAL = Qt.Orientation.Vertical


def rounded(rect: QRectF, radius: float = RADIUS) -> QPainterPath:
    """A rectangle with the corners of the design."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def draw_check_box(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """A 16 px box: accent with a drawn tick, a dash when partly chosen, else an edge."""
    box = QRectF(option.rect)
    side = min(box.width(), box.height())
    box = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen, partly = _on(option, _State.State_On), _on(option, _State.State_NoChange)
    filled = theme.accent if _on(option, _State.State_Enabled) else theme.edge
    if not (chosen or partly):
        painter.setPen(QPen(theme.edge if _on(option, _State.State_Enabled) else theme.line, 1.2))
        painter.setBrush(theme.hover if _hovered(option) else theme.base)
        painter.drawPath(rounded(box, 3))
        return
    painter.fillPath(rounded(box, 3), filled)
    painter.setPen(
        QPen(theme.on_accent, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.drawPolyline(_dash(box) if partly else _tick(box))


def draw_radio_button(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """A ring, with a disc of the accent when chosen."""
    box = _edge_box(option)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = _on(option, _State.State_On)
    painter.setPen(QPen(theme.accent if chosen else theme.edge, 1.4))
    painter.setBrush(theme.hover if _hovered(option) else theme.base)
    painter.drawEllipse(box)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawEllipse(box.center(), box.width() / 4, box.height() / 4)


def draw_button(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None = None) -> None:
    """Primary is filled with the accent, secondary has an edge, quiet has neither until the mouse is over it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    kind, ground, edge = _kind(widget), theme.base, theme.edge
    if not _on(option, _State.State_Enabled):
        ground, edge = theme.base, theme.line
    elif kind == "primary":
        ground = edge = theme.accent
        if _hovered(option) or _on(option, _State.State_Sunken):
            ground = edge = theme.accent.lighter(118) if theme.dark else theme.accent.darker(118)
    elif _on(option, _State.State_On):
        ground = theme.highlight
    elif _hovered(option) or _on(option, _State.State_Sunken):
        ground = theme.hover
    elif kind == "quiet":
        return
    painter.setPen(Qt.PenStyle.NoPen if kind == "quiet" else QPen(edge, 1))
    painter.setBrush(ground)
    painter.drawPath(rounded(_edge_box(option)))


def draw_button_label(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None = None) -> None:
    """Icon and words of a push button, together in its middle."""
    if not isinstance(option, QStyleOptionButton):
        return
    enabled = _on(option, _State.State_Enabled)
    color = theme.text if enabled else theme.edge
    if enabled and _kind(widget) == "primary":
        color = theme.on_accent
    rect, gap = QRect(option.rect), 6 if option.text else 0
    words = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width() if option.text else 0
    icon = 0 if option.icon.isNull() else option.iconSize.width()
    left = rect.left() + max(4, (rect.width() - words - icon - (gap if icon else 0)) // 2)
    if icon:
        mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
        box = QRect(left, rect.center().y() - icon // 2 + 1, icon, icon)
        option.icon.paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)
        left += icon + gap
    painter.setPen(color)
    painter.drawText(
        QRect(left, rect.top(), rect.right() - left + 1, rect.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextHideMnemonic,
        option.text,
    )


def draw_field(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None = None) -> None:
    """A field to type in: base ground and an edge; inside a table cell the accent is the edge."""
    if widget is not None and not getattr(widget, "hasFrame", lambda: True)():
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.edge if _on(option, _State.State_Enabled) else theme.line, 1))
    painter.setBrush(theme.base)
    painter.drawPath(rounded(_edge_box(option)))


def draw_chevron(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """The arrow that opens a branch of a tree; no lines between the rows."""
    if not _on(option, _State.State_Children):
        return
    way = "down" if _on(option, _State.State_Open) else "right"
    chevron(painter, QRectF(option.rect).center(), theme.text2, way=way)


def chevron(painter: QPainter, middle: QPointF, color: QColor, *, way: str, size: float = 3.5) -> None:
    """A drawn arrow head of the line width of the icons; `way` is down, up, right or left."""
    turn = {"down": 0, "left": 90, "up": 180, "right": -90}[way]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(middle)
    painter.rotate(turn)
    painter.setPen(QPen(color, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(-size, -size / 2), QPointF(0, size / 2), QPointF(size, -size / 2)])
    painter.restore()


def draw_cell_focus(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None = None) -> None:
    """The ring inside the current cell of a table or list; other controls have it outside (see FocusRing)."""
    if not isinstance(widget, QAbstractItemView) or not _on(option, _State.State_KeyboardFocusChange):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.focus, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded(QRectF(option.rect).adjusted(2, 2, -2, -2), 3))


def draw_focus_ring(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """The 2 px ring with 2 px air around the control that has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.focus, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded(QRectF(option.rect).adjusted(1, 1, -1, -1), RADIUS + 2))


def draw_frame(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None = None) -> None:
    """The frame of lists and tables: one line; a text box has the edge of a field."""
    if isinstance(widget, QFrame) and widget.frameShape() == QFrame.Shape.NoFrame:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.edge if isinstance(widget, QPlainTextEdit) else theme.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded(_edge_box(option)))


def draw_tip(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """The ground of a tooltip."""
    painter.fillRect(option.rect, theme.base)
    painter.setPen(QPen(theme.edge, 1))
    painter.drawRect(QRect(option.rect).adjusted(0, 0, -1, -1))


def draw_header_section(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """A column header: no columns lines, one edge under it."""
    rect = QRect(option.rect)
    painter.fillRect(rect, theme.base)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.edge)


def draw_header_label(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """Words of a column header: 600, second text colour, at the bottom, in one or more lines."""
    if not isinstance(option, QStyleOptionHeader):
        return
    painter.setFont(font(TypeRole.CAPTION_STRONG))
    painter.setPen(theme.text2)
    sideways = option.textAlignment & Qt.AlignmentFlag.AlignHorizontal_Mask
    flags = Qt.AlignmentFlag.AlignBottom | sideways | Qt.TextFlag.TextWordWrap
    painter.drawText(QRect(option.rect).adjusted(0, 0, 0, -4), flags, option.text)


def draw_progress_groove(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """The track of a progress bar, 6 high."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(rounded(_bar(option), 3), theme.band)


def draw_progress(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """The done part; with no known end a third of the track, which stands still."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    track, span = _bar(option), option.maximum - option.minimum
    part = (option.progress - option.minimum) / span if span > 0 else 1 / 3
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if part > 0:
        painter.fillPath(rounded(QRectF(track.left(), track.top(), track.width() * min(1.0, part), 6), 3), theme.accent)


def draw_splitter(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None = None) -> None:
    """The line between two panes, taken with the mouse 2 px to either side."""
    rect = QRect(option.rect)
    painter.fillRect(rect, theme.base)
    if _on(option, _State.State_Horizontal):
        painter.fillRect(QRect(rect.center().x(), rect.top(), 1, rect.height()), theme.line)
    else:
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), theme.line)


def draw_scroll_bar(painter: QPainter, option: QStyleOptionSlider, slider: QRect, theme: Theme) -> None:
    """A rounded handle on the ground of the page; no arrows, no track."""
    upright = option.orientation == _VERTICAL
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.maximum <= option.minimum:
        return
    handle = QRectF(slider).adjusted(2, 1, -2, -1) if upright else QRectF(slider).adjusted(1, 2, -1, -2)
    held = _on(option, _State.State_Sunken) or _hovered(option)
    painter.fillPath(rounded(handle, 3), theme.edge if held else theme.interval)


def draw_combo_box(painter: QPainter, option: QStyleOptionComboBox, theme: Theme) -> None:
    """A field with a chevron at its right end; its words are drawn by the label."""
    enabled = _on(option, _State.State_Enabled)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.edge if enabled else theme.line, 1))
    painter.setBrush(theme.hover if enabled and _hovered(option) else theme.base)
    painter.drawPath(rounded(_edge_box(option)))
    right = QPointF(option.rect.right() - 14, option.rect.center().y() + 1)
    chevron(painter, right, theme.text2 if enabled else theme.edge, way="down")


def elided(words: str, width: int, role: TypeRole) -> str:
    """`words` cut with an ellipsis to fit `width` px in the font of `role`."""
    return QFontMetrics(font(role)).elidedText(words, Qt.TextElideMode.ElideRight, width)


def _kind(widget: QWidget | None) -> str:
    return str(widget.property(KIND) or "secondary") if widget is not None else "secondary"


def _on(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _hovered(option: QStyleOption) -> bool:
    return _on(option, _State.State_MouseOver) and _on(option, _State.State_Enabled)


def _edge_box(option: QStyleOption) -> QRectF:
    return QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)


def _bar(option: QStyleOption) -> QRectF:
    rect = QRectF(option.rect)
    return QRectF(rect.left(), rect.center().y() - 3, rect.width(), 6)


def _tick(box: QRectF) -> list[QPointF]:
    width, height = box.width(), box.height()
    spots = ((0.25, 0.53), (0.43, 0.70), (0.76, 0.33))
    return [QPointF(box.left() + x * width, box.top() + y * height) for x, y in spots]


def _dash(box: QRectF) -> list[QPointF]:
    return [QPointF(box.left() + x * box.width(), box.center().y()) for x in (0.27, 0.73)]
