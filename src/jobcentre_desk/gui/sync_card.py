"""A running sync on the Figures page: how far each source is in bytes and rows, and Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.services import SourceProgress

KILO = 1000


class SyncCard(CardFrame):
    """Hidden while nothing runs."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._syncing = context.syncing
        self._what = ElidedLabel("", TypeRole.CAPTION)
        self._far = plain_label("", quiet=True)
        self._bar = _bar()
        self._lines: dict[str, _Line] = {}
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self._syncing.cancel)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(plain_label(_("Fetching figures"), TypeRole.SECTION))
        row.addWidget(self._what, 1)
        row.addWidget(self._far)
        row.addWidget(cancel)
        self.body.addLayout(row)
        self.body.addWidget(self._bar)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        calm = _("You can go on working. What you see changes only when everything is fetched and checked.")
        self.body.addWidget(plain_label(calm, TypeRole.CAPTION, quiet=True, wrap=True))
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far the sync and each of its sources is, or hide."""
        done, total, what = self._syncing.progress
        self.setVisible(self._syncing.running)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText("" if self._syncing.sources else what)
        self._far.setText(text.percent(min(1.0, done / total)) if total else "")
        self._show_sources(self._syncing.sources)

    def _show_sources(self, sources: dict[str, SourceProgress]) -> None:
        for name in self._lines.keys() - sources.keys():
            self._lines.pop(name).remove()
        for name, progress in sources.items():
            if name not in self._lines:
                self._lines[name] = _Line(self._grid, self._grid.rowCount(), name)
            self._lines[name].show_progress(progress)


class _Line:
    """One source: its name, what is done with it, a bar where the end is known, and bytes and rows so far."""

    def __init__(self, grid: QGridLayout, row: int, name: str) -> None:
        self._stage, self._bar = ElidedLabel("", TypeRole.CAPTION), _bar()
        self._bar.setFixedWidth(scaled(120))
        self._far = plain_label("", TypeRole.CAPTION, quiet=True)
        named: QLabel = plain_label(name, TypeRole.CAPTION_STRONG)
        self._widgets = (named, self._stage, self._bar, self._far)
        for column, widget in enumerate(self._widgets):
            grid.addWidget(widget, row, column)

    def show_progress(self, progress: SourceProgress) -> None:
        self._stage.setText(progress.stage)
        known = progress.bytes_total > 0
        self._bar.setVisible(known)
        self._bar.setRange(0, max(1, progress.bytes_total // KILO))
        self._bar.setValue(progress.bytes_fetched // KILO)
        self._far.setText(far_words(progress))

    def remove(self) -> None:
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()


def far_words(progress: SourceProgress) -> str:
    """Bytes and rows so far, in words; "" before anything has come."""
    parts = []
    if progress.bytes_total:
        parts.append(
            _("{done} of {total}").format(
                done=size_words(progress.bytes_fetched), total=size_words(progress.bytes_total)
            )
        )
    elif progress.bytes_fetched:
        parts.append(size_words(progress.bytes_fetched))
    if progress.rows_read:
        rows = _n("{n} row", "{n} rows", progress.rows_read)
        parts.append(rows.format(n=text.count(progress.rows_read)))
    return " · ".join(parts)


def size_words(size: int) -> str:
    """A number of bytes as people read it: 640 kB, 12.4 MB."""
    if size < KILO * KILO:
        return _("{n} kB").format(n=text.count(-(-size // KILO)))
    return _("{n} MB").format(n=text.decimal(size / KILO / KILO, places=1))


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setTextVisible(False)
    made.setFixedHeight(12)
    return made
