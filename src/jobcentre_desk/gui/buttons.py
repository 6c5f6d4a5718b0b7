"""Buttons of the design: primary, secondary, quiet, icon alone, link, and a choice of few as one row of buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from jobcentre_desk.gui.control_drawing import KIND, rounded
from jobcentre_desk.gui.icons import draw_icon, icon
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of


def primary_button(words: str, parent: QWidget | None = None, *, icon_name: str = "") -> QPushButton:
    """The one button of a page or dialog that does what the person came for."""
    return _push_button(words, parent, kind="primary", icon_name=icon_name)


def secondary_button(words: str, parent: QWidget | None = None, *, icon_name: str = "") -> QPushButton:
    """A button with an edge."""
    return _push_button(words, parent, kind="secondary", icon_name=icon_name)


def icon_button(icon_name: str, words: str, parent: QWidget | None = None, *, kind: str = "secondary") -> QPushButton:
    """An icon alone, 30 × 30; `words` are its tooltip and what a screen reader says."""
    made = _push_button("", parent, kind=kind, icon_name=icon_name)
    made.setFixedSize(scaled(30), scaled(30))
    made.setToolTip(words)
    made.setAccessibleName(words)
    return made


def _push_button(words: str, parent: QWidget | None, *, kind: str, icon_name: str) -> QPushButton:
    made = QPushButton(words.replace("&", "&&"), parent)
    made.setProperty(KIND, kind)
    made.setAutoDefault(False)
    if kind == "primary":
        made.setFont(font(TypeRole.STRONG))
    if icon_name:
        theme = theme_of(made)
        color = theme.on_accent if kind == "primary" else theme.text
        made.setIcon(icon(icon_name, color, size=scaled(16), disabled=theme.edge))
        made.setIconSize(QSize(scaled(16), scaled(16)))
    return made


class LinkButton(QToolButton):
    """Underlined words that do something; never HTML."""

    def __init__(self, words: str, parent: QWidget | None = None, *, icon_name: str = "") -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.use_role(TypeRole.BODY)

    def use_role(self, role: TypeRole) -> None:
        """Write the words at another step of the type scale."""
        chosen = font(role)
        chosen.setUnderline(True)
        self.setFont(chosen)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The words, the icon before them, and never less than 24 high to hit."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + self._words_at() + 1, max(24, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        """As wide as the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Icon and words in the accent; grey when switched off."""
        theme = theme_of(self)
        color = theme.accent if self.isEnabled() else theme.edge
        painter = QPainter(self)
        if self._icon_name:
            side = scaled(14)
            draw_icon(painter, self._icon_name, QRectF(0, (self.height() - side) / 2, side, side), color)
        painter.setPen(color)
        painter.drawText(self.rect().adjusted(self._words_at(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _words_at(self) -> int:
        return scaled(14) + 5 if self._icon_name else 0


class SegmentedChoice(QFrame):
    """A choice of two to five as one row: ← and → move, the chosen one is 600 on Highlight with a line under it."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, _Segment] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for i, (key, words) in enumerate(choices):
            button = _Segment(words, self, first=i == 0, last=i == len(choices) - 1)
            self._buttons[key] = button
            self._group.addButton(button, i)
            row.addWidget(button)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit(self.current()))
        self.choose(current)

    def current(self) -> str:
        """The key of the chosen one, or ""."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose `key` without a signal; a key that is none of the choices leaves none chosen."""
        self._group.setExclusive(key in self._buttons)
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)

    def button(self, key: str) -> QPushButton:
        """The button of one choice (to switch it off, or to give it a tooltip)."""
        return self._buttons[key]

    def rename(self, key: str, words: str) -> None:
        """Give one choice other words (a count in them, say)."""
        self._buttons[key].setText(words.replace("&", "&&"))
        self._buttons[key].setAccessibleName(words)
        self._buttons[key].updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → choose the one beside."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        keys = list(self._buttons)
        to = keys.index(self.current()) + step if self.current() in keys else -1
        if step and 0 <= to < len(keys):
            self.choose(keys[to])
            self._buttons[keys[to]].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(keys[to])
        else:
            super().keyPressEvent(event)


class _Segment(QPushButton):
    """One button of a segmented choice; wide enough for its words at 600, so that nothing moves when chosen."""

    def __init__(self, words: str, parent: QWidget, *, first: bool, last: bool) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._first, self._last = first, last
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """The words at 600 and 12 px to either side."""
        width = QFontMetrics(font(TypeRole.STRONG)).horizontalAdvance(self._words())
        return QSize(width + 24, scaled(30))

    def minimumSizeHint(self) -> QSize:
        """As wide as the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Ground, edge (shared with the neighbour), words, and the accent line under the chosen one."""
        theme, painter = theme_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self._last else 0.5, -0.5)
        shape = rounded(box.adjusted(0 if self._first else -8, 0, 0 if self._last else 8, 0))
        painter.setClipRect(self.rect())
        chosen = self.isChecked()
        ground = theme.highlight if chosen else theme.hover if self.underMouse() and self.isEnabled() else theme.base
        painter.setPen(QPen(theme.edge if self.isEnabled() else theme.line, 1))
        painter.setBrush(ground)
        painter.drawPath(shape)
        if not self._first:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        if chosen:
            painter.fillRect(QRectF(box.left() + 1, box.bottom() - 2, box.width() - 1, 2), theme.accent)
        painter.setFont(font(TypeRole.STRONG if chosen else TypeRole.BODY))
        painter.setPen(theme.text if self.isEnabled() else theme.edge)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words())

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes or goes."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.update()
        return super().event(event)

    def _words(self) -> str:
        return self.text().replace("&&", "&")
