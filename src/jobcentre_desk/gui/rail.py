"""The rail at the left: one button a page, help and settings below; icons alone in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from jobcentre_desk.gui.control_drawing import rounded
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.page_list import PageEntry
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.text import translate as _

WIDE, NARROW = 96, 52
NARROW_BELOW = 1200
ICON = 21


class RailButton(QToolButton):
    """Icon over word; the chosen one stands on Base with a 3 px accent bar at the left."""

    def __init__(self, icon_name: str, word: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._wide = True
        self.setText(word)
        self.setAccessibleName(word)
        self.setToolTip(f"{word} ({key})" if key else word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_word(self, *, wide: bool) -> None:
        """Show icon and word, or the icon alone."""
        self._wide = wide
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """54 high with the word, 44 without."""
        return QSize(scaled(WIDE) - 10, scaled(54)) if self._wide else QSize(NARROW - 8, 44)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Ground, accent bar, icon, word."""
        theme, painter = theme_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, box = self.isChecked(), QRectF(self.rect())
        if chosen:
            painter.fillPath(rounded(box), theme.base)
            painter.fillRect(QRectF(0, 11, 3, box.height() - 22), theme.accent)
        elif self.underMouse():
            painter.fillPath(rounded(box), theme.hover)
        color = theme.accent if chosen else theme.text2
        side = scaled(ICON) if self._wide else ICON
        top = 8.0 if self._wide else (box.height() - side) / 2
        draw_icon(painter, self._icon_name, QRectF((box.width() - side) / 2, top, side, side), color)
        if self._wide:
            painter.setFont(_word_font(strong=chosen))
            painter.setPen(color)
            below = self.rect().adjusted(0, int(top + side), 0, -4)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())


class Rail(QWidget):
    """The pages and, at its foot, help and settings."""

    page_chosen = Signal(str)
    help_asked = Signal()
    settings_asked = Signal()

    def __init__(self, pages: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Pages"))
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 6, 5, 6)
        column.setSpacing(2)
        for entry in pages:
            column.addWidget(self._page_button(entry))
        column.addStretch(1)
        self._help = RailButton("help", _("Help F1"), "F1", self)
        self._help.setToolTip(_("Explain this page (F1)"))
        self._help.clicked.connect(self.help_asked)
        self._settings = RailButton("settings", _("Settings"), "", self)
        self._settings.clicked.connect(self.settings_asked)
        column.addWidget(self._help)
        column.addWidget(self._settings)
        self.set_wide(wide=True)

    def choose(self, name: str) -> None:
        """Mark the page `name` as the one shown."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def button(self, name: str) -> RailButton:
        """The button of one page."""
        return self._buttons[name]

    def set_wide(self, *, wide: bool) -> None:
        """96 px with words, or 52 px with icons and tooltips alone."""
        self.setFixedWidth(scaled(WIDE) if wide else NARROW)
        for button in (*self._buttons.values(), self._help, self._settings):
            button.show_word(wide=wide)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """The ground of the rail and the line at its right."""
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.rail)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.line)

    def _page_button(self, entry: PageEntry) -> RailButton:
        key = QKeySequence(f"Ctrl+{entry.number}").toString(QKeySequence.SequenceFormat.NativeText)
        button = RailButton(entry.icon, entry.word(), key, self)
        button.setCheckable(True)
        button.clicked.connect(lambda _=False, name=entry.name: self.page_chosen.emit(name))
        self._buttons[entry.name] = button
        self._group.addButton(button)
        return button


def _word_font(*, strong: bool) -> QFont:
    chosen = font(TypeRole.SMALL)
    if strong:
        chosen = font(TypeRole.CAPTION_STRONG)
        chosen.setPixelSize(scaled(11))
    return chosen
