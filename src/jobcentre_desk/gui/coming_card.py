"""What comes next, on the Figures page: the days on which sources publish, and which tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.source_details import ComingRelease

FEW = 6
DAY_WIDTH = 96


class ComingCard(CardFrame):
    """The first few days; a link shows them all."""

    def __init__(self) -> None:
        super().__init__(_("Next releases"))
        self._coming: tuple[ComingRelease, ...] = ()
        self._whole = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, scaled(DAY_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.all = LinkButton("")
        self.all.clicked.connect(self._on_all_clicked)
        row = QHBoxLayout()
        row.addWidget(self.all)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_releases(self, coming: tuple[ComingRelease, ...]) -> None:
        """Show what comes, the soonest first."""
        self._coming = coming
        self._show()

    def _show(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = self._coming if self._whole else self._coming[:FEW]
        for row, release in enumerate(shown):
            day = plain_label(text.date(release.day), quiet=True)
            self._grid.addWidget(day, row, 0, Qt.AlignmentFlag.AlignTop)
            told = _("{release} (due, not fetched yet)").format(release=release.words) if release.due else release.words
            words = plain_label(told, wrap=True)
            words.setToolTip(plain_tooltip(", ".join(release.tables)))
            self._grid.addWidget(words, row, 1)
        if not shown:
            self._grid.addWidget(plain_label(_("No source has announced one."), quiet=True, wrap=True), 0, 0, 1, 2)
        self.all.setVisible(len(self._coming) > FEW)
        self.all.setText(_("Fewer") if self._whole else _("All {n}").format(n=text.count(len(self._coming))))
        self.all.setAccessibleName(self.all.text())
        self.all.updateGeometry()

    def _on_all_clicked(self) -> None:
        self._whole = not self._whole
        self._show()
