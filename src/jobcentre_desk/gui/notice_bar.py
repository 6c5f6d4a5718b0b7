"""The notice bar under the top bar: one sentence at a time, newest first, errors until closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jobcentre_desk.gui.buttons import LinkButton, icon_button
from jobcentre_desk.gui.context import Link
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.text import translate as _

HEIGHT = 36
MOST_LINKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One finished sentence; `level` is information, warning or error (also the name of its icon)."""

    level: str
    text: str
    links: tuple[Link, ...] = ()
    cause: str = ""


class NoticeBar(QFrame):
    """Shows the newest notice and how many more there are; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notices: list[Notice] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(40, 0, 8, 0)
        self._row.setSpacing(12)
        self.setFixedHeight(scaled(HEIGHT))
        self.hide()

    def inform(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say something that needs no answer."""
        self.add(Notice(level="information", text=text, links=links, cause=cause))

    def warn(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say that something is not as it should be, and what then."""
        self.add(Notice(level="warning", text=text, links=links, cause=cause))

    def fail(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say that something could not be done, and what then; stays until closed."""
        self.add(Notice(level="error", text=text, links=links, cause=cause))

    def add(self, notice: Notice) -> None:
        """Put a notice in front; it takes the place of one with the same cause or the same words."""
        self.notices = [old for old in self.notices if not _same(old, notice)]
        if notice.level == "information":
            self.notices = [old for old in self.notices if old.level != "information"]
        self.notices.insert(0, notice)
        self._show_first()

    def clear(self, cause: str) -> None:
        """Take away the notice of `cause`, if it is still there."""
        self.notices = [notice for notice in self.notices if notice.cause != cause]
        self._show_first()

    def close_first(self) -> None:
        """Close the notice shown and show the next."""
        self.notices = self.notices[1:]
        self._show_first()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Ground and icon of the level, and a line under it."""
        if not self.notices:
            return
        theme, painter = theme_of(self), QPainter(self)
        ground, color = _colors(theme, self.notices[0].level)
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
        side = scaled(18)
        draw_icon(painter, self.notices[0].level, QRectF(14, (self.height() - side) / 2, side, side), color)

    def _show_first(self) -> None:
        _empty(self._row)
        self.setVisible(bool(self.notices))
        if not self.notices:
            return
        notice = self.notices[0]
        self.setAccessibleName(notice.text)
        self._row.addWidget(_sentence(notice.text), 1)
        for words, act in notice.links[:MOST_LINKS]:
            self._row.addWidget(self._link(words, act))
        if len(self.notices) > 1:
            self._row.addWidget(QLabel(_("{n} more").format(n=len(self.notices) - 1)))
        close = icon_button("close", _("Close this notice"), kind="quiet")
        close.setFixedSize(26, 26)
        close.clicked.connect(self.close_first)
        self._row.addWidget(close)
        self.update()

    def _link(self, words: str, act: Callable[[], None]) -> LinkButton:
        link = LinkButton(words, self)
        link.clicked.connect(lambda _=False: act())
        return link


def _sentence(text: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setFont(font(TypeRole.BODY))
    label.setToolTip(plain_tooltip(text))
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _colors(theme: Theme, level: str) -> tuple[QColor, QColor]:
    if level == "error":
        return theme.error_ground, theme.error
    if level == "warning":
        return theme.warning_ground, theme.warning
    return theme.information_ground, theme.accent


def _same(old: Notice, new: Notice) -> bool:
    return old.text == new.text or bool(new.cause and old.cause == new.cause)


def _empty(row: QHBoxLayout) -> None:
    while row.count():
        item = row.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
