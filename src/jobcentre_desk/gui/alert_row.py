"""One alert: the mark of its direction, what it is about, why it is flagged, and the button that puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton, icon_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.mark_painter import MarkView
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.model.alerts import Alert
from jobcentre_desk.text import translate as _


class AlertRow(QWidget):
    """Delete puts the alert away while the keyboard is on the row; dismissed ones are taken back instead."""

    open_wanted = Signal(object)
    put_away = Signal(object)

    def __init__(self, alert: Alert, parent: QWidget | None = None, *, dismissed: bool = False) -> None:
        super().__init__(parent)
        self.alert = alert
        self.name = LinkButton(alert.unit_name)
        self.name.use_role(TypeRole.STRONG)
        self.name.clicked.connect(lambda _checked=False: self.open_wanted.emit(alert))
        if dismissed:
            self.button = icon_button("sync", _("Take {name} back into the list").format(name=alert.unit_name))
        else:
            self.button = icon_button("close", _("Dismiss the alert about {name}").format(name=alert.unit_name))
        self.button.clicked.connect(lambda _checked=False: self.put_away.emit(alert))
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.put_away.emit(self.alert)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        from jobcentre_desk.desk import alert_wording as words

        alert = self.alert
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        mark = MarkView()
        mark.show_mark(alert.direction.value, theme_of(self).text2)
        mark.setAccessibleName(words.direction_word(alert.direction))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(plain_label(alert.sentence, wrap=True))
        parts = (
            words.unit_word(alert.unit_kind),
            words.kind_word(alert.kind),
            alert.period_words,
            words.stands_word(alert.kind, stands=alert.stands),
        )
        caption = " · ".join(part for part in parts if part)
        lines.addWidget(plain_label(caption, TypeRole.CAPTION, wrap=True, quiet=True))
        row.addLayout(lines, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
