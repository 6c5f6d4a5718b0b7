"""The line over the Branches page: which branch, area, period and kind of job; and what may leave the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from jobcentre_desk.desk.branch_wording import kind_words
from jobcentre_desk.desk.wording import quarter_words
from jobcentre_desk.gui.branch_choice import BranchChoice
from jobcentre_desk.gui.buttons import SegmentedChoice, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.municipality_choice import danish_order
from jobcentre_desk.gui.theme import scaled, theme_of
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import EN_DASH, both
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures

LENGTHS = (4, 8, 12)
LABELS_FROM = 1180
"""Narrower than this the choices stand without the words before them, and Export is an icon."""

_NARROWEST = 108
"""A choice gives way to this in a narrow window; its list shows the words whole."""

Ends = tuple[Quarter | None, Quarter | None]
_DEFAULT: Ends = (None, None)


class BranchesHeader(QFrame):
    """`changed` tells that another scope or kind is asked for; `export_wanted` carries which table."""

    changed = Signal()
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.branch = BranchChoice()
        self.area, self.period = QComboBox(), QComboBox()
        self.area.setAccessibleName(_("Area"))
        self.period.setAccessibleName(_("Period"))
        for box in (self.area, self.period):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaxVisibleItems(24)
            box.setMinimumWidth(scaled(_NARROWEST))
        self.kind = SegmentedChoice([(kind.value, kind_words(kind)) for kind in JobKind], JobKind.ANY.value)
        self.export = secondary_button(_("Export"), icon_name="export")
        self.export.setAccessibleName(_("Export"))
        self.export.setToolTip(_("Export"))
        self.menu = self._export_menu()
        self.export.clicked.connect(self._open_menu)
        self._labels: list[QLabel] = []
        self._lay_out()
        self.branch.chosen.connect(lambda _code: self.changed.emit())
        self.area.activated.connect(lambda _index: self.changed.emit())
        self.period.activated.connect(lambda _index: self.changed.emit())
        self.kind.chosen.connect(lambda _kind: self.changed.emit())

    def scope(self) -> Scope:
        """What is asked for now."""
        branch = self.branch.branch()
        first, last = self.period.currentData() or _DEFAULT
        return Scope(
            branches=(branch,) if branch else (),
            municipalities=self.area.currentData() or (),
            first=first,
            last=last,
        )

    def job_kind(self) -> JobKind:
        """Which jobs are counted."""
        return JobKind(self.kind.current() or JobKind.ANY)

    def show_question(self, scope: Scope, kind: JobKind) -> None:
        """Show another scope and kind, without a signal; a period or area of its own is added to the choices."""
        self.branch.show_branch(scope.branches[0] if scope.branches else "")
        self._choose(self.area, scope.municipalities, ", ".join(scope.municipalities))
        self._choose(self.period, (scope.first, scope.last), _span(scope.first, scope.last))
        self.kind.choose(kind.value)

    def show_figures(self, figures: Figures, home: str) -> None:
        """Offer the branches, areas and quarters of the figures; what is chosen stays where it can."""
        chosen, kind = self.scope(), self.job_kind()
        self.branch.show_tree(figures.codes.branches)
        self.area.clear()
        for words, codes in _areas(figures, home):
            self.area.addItem(words, codes)
        self.period.clear()
        for words, ends in _periods(figures):
            self.period.addItem(words, ends)
        known = all(code in figures.codes.areas for code in chosen.municipalities)
        in_figures = chosen.branches if all(code in figures.codes.branches for code in chosen.branches) else ()
        kept = chosen.changed(branches=in_figures, municipalities=chosen.municipalities if known else ())
        self.show_question(kept, kind)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(LABELS_FROM)
        for label in self._labels:
            label.setVisible(wide)
        self.export.setText(_("Export") if wide else "")

    def sizeHint(self) -> QSize:
        return QSize(900, scaled(46))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for words, choice in ((_("Branch"), self.branch), (_("Area"), self.area), (_("Period"), self.period)):
            label = plain_label(words, quiet=True)
            self._labels.append(label)
            row.addWidget(label)
            row.addWidget(choice)
            row.addSpacing(4)
        row.addStretch(1)
        row.addWidget(self.kind)
        row.addWidget(self.export)

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for which, words in (
            ("funnel", _("The employers of the funnel as CSV …")),
            ("results", _("Branch × occupation, results, as CSV …")),
            ("intake", _("Branch × occupation, whom they take, as CSV …")),
            ("branches", _("Branches as CSV …")),
            ("occupations", _("Occupations as CSV …")),
            ("sheet", _("Funnel and heat map as PDF …")),
        ):
            menu.addAction(words).triggered.connect(lambda _checked=False, which=which: self.export_wanted.emit(which))
        return menu

    def _choose(self, box: QComboBox, data: object, words: str) -> None:
        place = next((i for i in range(box.count()) if box.itemData(i) == data), -1)
        if place < 0 and box.count():
            box.addItem(words, data)
            place = box.count() - 1
        box.setCurrentIndex(place)

    def _open_menu(self) -> None:
        size = self.menu.sizeHint()
        corner = QPoint(self.export.width() - size.width(), self.export.height() + 2)
        self.menu.popup(self.export.mapToGlobal(corner))


def _areas(figures: Figures, home: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The country, the home municipality alone and with its neighbours, the regions, every municipality."""
    areas = figures.codes.areas
    yield _("Whole country"), ()
    if home in areas:
        near = tuple(code for code in areas[home].neighbours if code in areas)
        yield _name(areas[home]), (home,)
        if near:
            yield _("{name} and neighbours").format(name=_name(areas[home])), (home, *near)
    for kind in (AreaKind.REGION, AreaKind.MUNICIPALITY):
        found = [area for area in areas.values() if area.kind is kind and area.code != home]
        for area in sorted(found, key=lambda area: danish_order(_name(area))):
            yield _name(area), (area.code,)


def _periods(figures: Figures) -> Iterator[tuple[str, Ends]]:
    """The last 4, 8 and 12 known quarters, and all of them."""
    known = figures.known_through
    if known is None or not figures.quarters:
        return
    for quarters in LENGTHS:
        first = known.plus(1 - quarters)
        if first >= figures.quarters[0] or quarters == LENGTHS[0]:
            yield _span(max(first, figures.quarters[0]), known), _DEFAULT if quarters == LENGTHS[0] else (first, known)
    if known.index - figures.quarters[0].index >= LENGTHS[-1]:
        yield _span(figures.quarters[0], known), (figures.quarters[0], known)


def _span(first: Quarter | None, last: Quarter | None) -> str:
    words = [quarter_words(end) for end in (first, last) if end is not None]
    return f" {EN_DASH} ".join(words)


def _name(area: Area) -> str:
    return both(area.name_da, area.name_en)
