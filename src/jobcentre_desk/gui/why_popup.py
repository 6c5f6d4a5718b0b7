"""The explanation behind "Why?": what fair order is, beside raw order, in plain words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from jobcentre_desk.desk.wording import caution_sentence
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _


class WhyPopup(QFrame):
    """A small popup that closes with a click elsewhere or Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(scaled(400))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        column.addWidget(plain_label(_("Why fair order?"), TypeRole.SECTION))
        for sentence in _explanation():
            column.addWidget(plain_label(sentence, wrap=True))
        self.setAccessibleName(" ".join(_explanation()))

    def show_under(self, widget: QWidget) -> None:
        """Open under `widget`, its right end at the widget's."""
        column = self.layout()
        assert column is not None, "the layout was made with the popup"
        self.resize(self.width(), column.heightForWidth(self.width()))
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 4))
        edge = widget.window().mapToGlobal(QPoint(8, 0)).x()
        self.move(max(edge, corner.x()), corner.y())
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.setPen(QPen(theme.edge, 1))
        painter.setBrush(theme.base)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _explanation() -> tuple[str, ...]:
    return (
        _("In raw order two out of two comes before forty out of fifty, though two traineeships say next to nothing."),
        _(
            "In fair order each rate is weighed with what is usual in the branch: few traineeships count for less, "
            "many speak for themselves."
        ),
        _("The place is a range, because a rate is never known exactly."),
        caution_sentence(),
    )
