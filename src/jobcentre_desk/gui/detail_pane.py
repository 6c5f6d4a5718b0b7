"""The pane beside the table: the employer under the cursor, its figures beside branch and country, and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.desk.wording import verdict_word
from jobcentre_desk.gui.badge import Badge
from jobcentre_desk.gui.buttons import icon_button, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.employer_cells import bar_of, place_text, reason_of
from jobcentre_desk.gui.employer_source import Titles
from jobcentre_desk.gui.icons import icon
from jobcentre_desk.gui.pane_rows import PaneRows
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.gui.trend_strip import TrendStrip
from jobcentre_desk.model.charts import IntervalBar
from jobcentre_desk.model.outcomes import EmployerRow, Place
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.model.pages import EmployerPage

WIDE, NARROW = 340, 272
COUNTS_FROM = 320


class DetailPane(QFrame):
    """What is known from the row stands at once; the rest follows with `show_page`."""

    page_wanted = Signal()
    sheet_wanted = Signal()
    star_wanted = Signal()
    note_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cvr, self._completed = "", 0
        self._name = plain_label("", TypeRole.SECTION, wrap=True)
        self._line = plain_label("", TypeRole.CAPTION, wrap=True, quiet=True)
        self._figure = plain_label("", TypeRole.BIG_FIGURE)
        self._of = plain_label("", TypeRole.CAPTION, quiet=True)
        self._badge = Badge()
        self._whole = plain_label(_("The whole employer, all workplaces:"), TypeRole.CAPTION, quiet=True)
        self._sentence = SentenceLabel(TypeRole.BODY)
        self._beside, self._kinds = PaneRows(counts=False), PaneRows(counts=True)
        self._difference = plain_label("", TypeRole.CAPTION, wrap=True, quiet=True)
        self._trend_title = plain_label("", TypeRole.STRONG, wrap=True)
        self._trend = TrendStrip()
        self._why = plain_label("", TypeRole.CAPTION, wrap=True, quiet=True)
        self._why_title = plain_label("", TypeRole.STRONG)
        self._parts: dict[str, QWidget] = {}
        self._lay_out()
        self.show_nobody()

    @property
    def cvr(self) -> str:
        """The employer shown, or ""."""
        return self._cvr

    def first_button(self) -> QWidget:
        """Where F6 puts the cursor."""
        return self._opens

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self._cvr = ""
        self._name.setText(_("No employer is chosen"))
        self._line.setText(_("Choose one in the list to see it beside its branch and the country."))
        for part in self._parts.values():
            part.hide()
        self._foot.hide()

    def show_employer(self, row: EmployerRow, titles: Titles) -> None:
        """Show what the row holds; parts that need the whole page stay as they are for a moment."""
        if row.cvr != self._cvr:
            for name in ("beside", "kinds", "trend", "why"):
                self._parts[name].hide()
            self._sentence.hide()
            self._whole.hide()
        self._cvr, self._completed = row.cvr, row.counts.completed
        self._name.setText(row.name)
        places = (titles.branch(row.branch), titles.area(row.municipality), f"CVR {row.cvr}")
        self._line.setText(" · ".join(part for part in places if part))
        self._show_figure(row)
        self._parts["top"].show()
        self._foot.show()

    def show_page(self, page: EmployerPage) -> None:
        """Show the rest: sentence, bars, both kinds of job, trend."""
        if page.comparison.employer.cvr != self._cvr:
            return
        self._whole.setVisible(page.comparison.own.counts.completed != self._completed)
        self._sentence.show_sentence(page.sentence, page.sentence_strong)
        self._sentence.show()
        groups = page.beside.groups
        self._beside.show_bars(groups[0].bars if groups else ())
        difference = _difference_words(page)
        self._difference.setText(difference)
        self._difference.setVisible(bool(difference))
        self._kinds.show_bars(_kinds_of_job(page))
        self._parts["beside"].show()
        self._kinds.show_counts(shown=self._is_wide())
        self._parts["kinds"].setVisible(len(groups) > 1)
        self._trend.show_trend(page.trend)
        self._trend_title.setText(page.trend.title)
        self._parts["trend"].setVisible(bool(page.trend.points))

    def _is_wide(self) -> bool:
        return self.width() >= scaled(COUNTS_FROM)

    def show_place(self, place: Place | None, words: str) -> None:
        """Say why the employer stands where it does; nothing for one without a place."""
        if place is not None:
            self._why_title.setText(_("Why place {place}?").format(place=place_text(place)))
            self._why.setText(words)
        self._parts["why"].setVisible(place is not None)

    def show_star(self, *, starred: bool) -> None:
        """Whether the employer is on the shortlist."""
        words = _("Take off the shortlist (L)") if starred else _("Put on the shortlist (L)")
        theme = theme_of(self)
        name, colour = ("star-filled", theme.accent) if starred else ("star", theme.text)
        self._star.setIcon(icon(name, colour, size=scaled(16)))
        self._star.setToolTip(words)
        self._star.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        if not isinstance(self.parentWidget(), QSplitter):
            painter.fillRect(0, 0, 1, self.height(), theme.edge)

    def _show_figure(self, row: EmployerRow) -> None:
        rate, reason = row.rate, reason_of(row)
        bar = bar_of(row)
        self._figure.setText(bar.value_text or text.EN_DASH)
        if rate.value is None or rate.low is None or rate.high is None:
            self._of.setText(reason)
        else:
            interval = text.percent_range(rate.low, rate.high)
            first = _("in a job after the traineeship")
            second = _("{x} of {n} · uncertainty {interval}").format(
                x=text.count(rate.x), n=text.count(rate.n), interval=interval
            )
            self._of.setText(f"{first}\n{second}")
        self._badge.setVisible(not reason)
        self._badge.show_verdict(row.against_branch, verdict_word(row.against_branch))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._foot = self._buttons()
        column.addWidget(self._scrolled(), 1)
        column.addWidget(self._foot)

    def _scrolled(self) -> QScrollArea:
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(14, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        for name, part in (
            ("top", self._top()),
            ("beside", _part(plain_label(_("Beside"), TypeRole.STRONG), self._beside, self._difference)),
            ("kinds", _part(plain_label(_("Two kinds of job"), TypeRole.STRONG), self._kinds)),
            ("trend", _part(self._trend_title, self._trend)),
            ("why", _part(self._why_title, self._why)),
        ):
            self._parts[name] = part
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(ground)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        ground.setAutoFillBackground(False)
        return area

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._line)
        close = icon_button("close", _("Close the pane (Space)"), self, kind="quiet")
        close.setFixedSize(scaled(26), scaled(26))
        close.clicked.connect(self.close_wanted)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addLayout(words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _top(self) -> QWidget:
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._figure)
        row.addWidget(self._of, 1)
        column.addLayout(row)
        column.addWidget(self._badge)
        column.addWidget(self._whole)
        column.addWidget(self._sentence)
        return ground

    def _buttons(self) -> QWidget:
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(14, 8, 12, 12)
        row.setSpacing(8)
        opens = self._opens = primary_button(_("Open page"), ground)
        opens.setToolTip(_("Open the employer's page (Enter)"))
        sheet = secondary_button(_("Sheet"), ground, icon_name="document")
        sheet.setToolTip(_("Save the one-page sheet for the employer as PDF"))
        self._star = icon_button("star", _("Put on the shortlist (L)"), ground)
        note = icon_button("note", _("Write a note"), ground)
        for button, signal in (
            (opens, self.page_wanted),
            (sheet, self.sheet_wanted),
            (self._star, self.star_wanted),
            (note, self.note_wanted),
        ):
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return ground


class _Rule(QWidget):
    """A thin line between parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).line)


def _part(title: QWidget, *widgets: QWidget) -> QWidget:
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 2, 0, 0)
    column.setSpacing(4)
    column.addWidget(_Rule())
    column.addSpacing(4)
    column.addWidget(title)
    for widget in widgets:
        column.addWidget(widget)
    return ground


def _kinds_of_job(page: EmployerPage) -> tuple[IntervalBar, ...]:
    """The employer's own bar of each kind of job, named by its kind."""
    found = []
    for words, group in zip((_("Job same place"), _("Job elsewhere")), page.beside.groups[1:], strict=False):
        own = next((bar for bar in group.bars if bar.own), group.bars[0])
        found.append(replace(own, label=words, own=False))
    return tuple(found)


def _difference_words(page: EmployerPage) -> str:
    difference = page.comparison.difference
    if difference is None:
        return ""
    value, low, high = (text.points(part) for part in difference)
    return _("Difference to the rest of the branch: {value} percentage points ({low} to {high}).").format(
        value=value, low=low, high=high
    )
