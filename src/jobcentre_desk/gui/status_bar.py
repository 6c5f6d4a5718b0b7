"""The status bar: the latest result, running work with Cancel, how old the figures are, and the connection."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.jobs import Job, Jobs
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.text import percent
from jobcentre_desk.text import translate as _

HEIGHT = 26
SHOWN_AFTER_MS = 200


class StatusBar(QWidget):
    """One line at the foot of the window; work is shown only when it takes longer than 200 ms."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.result = _caption("")
        self.result.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.age = _IconWord("clock", "", self)
        self.connection = _IconWord("online", "", self)
        self._bar, self._work = QProgressBar(self), _caption("")
        self._cancel = LinkButton(_("Cancel"), self)
        self._cancel.use_role(TypeRole.CAPTION)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._lay_out()
        self._delay = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._delay.timeout.connect(self._show_work)
        jobs.changed.connect(self._on_jobs_changed)
        self._on_jobs_changed()

    def show_result(self, text: str) -> None:
        """Write what was found, and in which time."""
        self.result.setText(text)

    def show_age(self, text: str, *, stale: bool) -> None:
        """Write how old the figures are; `stale` adds the warning sign."""
        self.age.show()
        self.age.show_word("warning" if stale else "clock", text)

    def show_connection(self, *, online: bool | None) -> None:
        """Say whether there is a network; None (nobody knows) says nothing."""
        self.connection.setVisible(online is not None)
        self.connection.show_word("online" if online else "offline", _("Connected") if online else _("Offline"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """The ground of the rail and a line above."""
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.rail)
        painter.fillRect(0, 0, self.width(), 1, theme.line)

    def _lay_out(self) -> None:
        self.setFixedHeight(scaled(HEIGHT))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 12)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(6)
        row.addWidget(self.result, 1)
        for widget in (self._bar, self._work, self._cancel):
            row.addWidget(widget)
            widget.hide()
        row.addWidget(self.age)
        self.age.hide()
        row.addWidget(self.connection)

    def _on_jobs_changed(self) -> None:
        if not self._jobs.running():
            self._delay.stop()
            self._show_work()
        elif self._bar.isVisible():
            self._show_work()
        elif not self._delay.isActive():
            self._delay.start()

    def _show_work(self) -> None:
        running = self._jobs.running()
        for widget in (self._bar, self._work, self._cancel):
            widget.setVisible(bool(running))
        if running:
            job = running[-1]
            self._bar.setRange(0, job.total)
            self._bar.setValue(job.done)
            self._work.setText(_words(job, len(running)))

    def _on_cancel_clicked(self) -> None:
        running = self._jobs.running()
        if running:
            self._jobs.cancel(running[-1])


class _IconWord(QWidget):
    """An icon of 14 px and a caption beside it."""

    def __init__(self, icon_name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name, self._words = icon_name, words
        self.setFont(font(TypeRole.CAPTION))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_word(self, icon_name: str, words: str) -> None:
        """Show another icon and other words."""
        self._icon_name, self._words = icon_name, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, 6 px, words."""
        return QSize(scaled(14) + 17 + self.fontMetrics().horizontalAdvance(self._words), scaled(HEIGHT) - 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Icon and words; a warning wears its colour."""
        theme, painter = theme_of(self), QPainter(self)
        color = theme.warning if self._icon_name == "warning" else theme.text2
        side = scaled(14)
        draw_icon(painter, self._icon_name, QRectF(10, (self.height() - side) / 2, side, side), color)
        painter.setPen(QColor(theme.text2))
        painter.drawText(self.rect().adjusted(side + 16, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)


def _caption(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font(TypeRole.CAPTION))
    palette = label.palette()
    palette.setColor(label.foregroundRole(), theme_of(label).text2)
    label.setPalette(palette)
    return label


def _words(job: Job, running: int) -> str:
    words = job.title
    if job.total > 0:
        words = f"{words} · {percent(min(1.0, job.done / job.total))}"
    return _("{work} · {n} jobs").format(work=words, n=running) if running > 1 else words
