"""The states of the window that are pictured and looked through: a page or dialog each, and how to get there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from tests.pictures import alert_states, branch_states, municipality_states
from tests.pictures.stick_states import copy_to_stick, open_stick, stick_looked_at

from jobcentre_desk.desk.publisher_keys import KeyOffer
from jobcentre_desk.desk.sync import SourceResult, SyncResult
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.command_palette import CommandPalette
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.employer_columns import Column
from jobcentre_desk.gui.employers_header import EmployersHeader
from jobcentre_desk.gui.export_dialog import ExportDialog
from jobcentre_desk.gui.heat_map_view import HeatMapHeader
from jobcentre_desk.gui.help_window import HelpWindow
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.settings_dialog import SettingsDialog
from jobcentre_desk.gui.source_dialog import SourceDialog
from jobcentre_desk.gui.table_header import TableHeader
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.text import translate as _

D = TypeVar("D", bound=QWidget)
CELL_PADDING = 6
"""The least left and right of the words of a table's cell."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """`reach` brings the window there and gives what is to be pictured."""

    name: str
    reach: Callable[[WindowDesk], QWidget]
    figures: bool = True


def page(name: str) -> Callable[[WindowDesk], QWidget]:
    """The page `name`."""

    def reach(desk: WindowDesk) -> QWidget:
        desk.window.open_page(name)
        return desk.window

    return reach


def employer(desk: WindowDesk) -> QWidget:
    """The Employer page of the first employer of the list."""
    figures = desk.session.figures()
    assert figures is not None
    from jobcentre_desk.desk.find import find_employers, rows
    from jobcentre_desk.model.outcomes import Scope

    first = rows(figures, find_employers(figures, Scope(min_completed=5)), 0, 1)[0]
    desk.context.open_employer(first.cvr, None)
    return desk.window


def municipality(desk: WindowDesk) -> QWidget:
    """The Municipality page of Randers."""
    desk.context.open_municipality("730")
    return desk.window


def figures_tab(name: str) -> Callable[[WindowDesk], QWidget]:
    """A tab of Figures."""

    def reach(desk: WindowDesk) -> QWidget:
        shown = desk.window.open_page("figures")
        shown.show_tab(name)  # type: ignore[attr-defined] # the Figures page
        return desk.window

    return reach


def refused(desk: WindowDesk) -> QWidget:
    """Figures with a refused release and the notice about it."""
    file = "tables/outcomes-2026q01-1f2e3d4c5b6a7980.csv.gz"
    problems = (
        RowProblem(file=file, row=4182, column="job_same_employer", reason="7 jobs, but only 5 completed"),
        RowProblem(file=file, row=4183, column="job_same_employer", reason="8 jobs, but only 6 completed"),
        RowProblem(file="tables/employers-0a1b2c3d4e5f6071.csv.gz", row=911, column="cvr", reason="wrong check digit"),
    )
    name = desk.workspace.sources()[0].name
    error = _("The release was refused. Send the list to the publisher, and fetch again.")
    failed = SourceResult(
        name=name, result="failed", sequence=1, error=error, error_id="publication_refused", problems=problems
    )
    result = SyncResult(None, (failed,))
    desk.syncing.last_result = result
    desk.window.open_page("figures")
    desk.syncing.ended.emit(result)
    return desk.window


def next_key(desk: WindowDesk) -> QWidget:
    """Figures with the next key of a publisher to compare."""
    shown = desk.window.open_page("figures")
    assert isinstance(shown, FiguresPage)
    offer = KeyOffer(
        name="Demonstration",
        publisher="STAR (opdigtet)",
        key_id="7BD7C2A4E1F05B93",
        next_key="",
        next_key_id="2C94B0D81A6E37F5",
        put_off=False,
    )
    shown.sources.show_keys((offer,))
    return desk.window


def export(desk: WindowDesk) -> QWidget:
    """Saving the list of employers."""
    desk.window.open_page("employers").findChildren(EmployersHeader)[0].export_wanted.emit()
    return dialog(desk, ExportDialog)


def municipality_table(desk: WindowDesk) -> QWidget:
    """The Municipality page with its chart shown as a table."""
    municipality(desk)
    assert settle(desk)
    for card in desk.window.findChildren(ChartCard):
        card.toggle()
    return desk.window


def search(desk: WindowDesk) -> QWidget:
    """The search over everything, with something found."""
    desk.window.palette_asked.emit()
    palette = dialog(desk, CommandPalette)
    palette.field.setText("ra")
    palette.search.look_for("ra")
    return palette


def help_page(desk: WindowDesk) -> QWidget:
    """The help of the Employers page."""
    desk.window.help_asked.emit("employers")
    return dialog(desk, HelpWindow)


def settings(desk: WindowDesk) -> QWidget:
    """The settings."""
    desk.window.settings_asked.emit()
    return dialog(desk, SettingsDialog)


def add_source(desk: WindowDesk) -> QWidget:
    """Adding a source."""
    opened = SourceDialog(desk.context, desk.window)
    opened.open()
    return opened


def dialog(desk: WindowDesk, kind: type[D]) -> D:
    """The dialog of `kind` that is open."""
    return next(found for found in desk.window.findChildren(kind) if found.isVisible())


STATES = (
    WindowState("welcome", page("welcome"), figures=False),
    WindowState("employers", page("employers")),
    WindowState("employer", employer),
    WindowState("branches", branch_states.branches),
    WindowState("branches-map", branch_states.branches_map),
    WindowState("branches-intake", branch_states.branches_intake),
    WindowState("branches-list", branch_states.branches_list),
    WindowState("branches-tables", branch_states.branches_tables),
    WindowState("branches-nobody", branch_states.branches_nobody),
    WindowState("municipality", municipality),
    WindowState("municipality-measure", municipality_states.measure),
    WindowState("municipality-peers", municipality_states.peers),
    WindowState("municipality-goals", municipality_states.goals),
    WindowState("choose-measure", municipality_states.choose_measure),
    WindowState("own-group", municipality_states.own_group),
    WindowState("set-goal", municipality_states.set_goal),
    WindowState("figures-sources", figures_tab("sources")),
    WindowState("figures-measures", figures_tab("measures")),
    WindowState("figures-changes", figures_tab("changes")),
    WindowState("figures-refused", refused),
    WindowState("figures-next-key", next_key),
    WindowState("alerts", alert_states.alerts),
    WindowState("alerts-none", alert_states.alerts_none),
    WindowState("alerts-dismissed", alert_states.alerts_dismissed),
    WindowState("alerts-of-empty-shortlist", alert_states.alerts_of_empty_shortlist),
    WindowState("export", export),
    WindowState("municipality-table", municipality_table),
    WindowState("search", search),
    WindowState("help", help_page),
    WindowState("settings", settings),
    WindowState("add-source", add_source),
    WindowState("copy-to-stick", copy_to_stick),
    WindowState("copy-to-stick-nothing", copy_to_stick, figures=False),
    WindowState("open-stick", open_stick),
    WindowState("open-stick-found", stick_looked_at),
)


def reach(desk: WindowDesk, state: WindowState) -> QWidget:
    """Bring the window to `state` and let it settle."""
    shown = state.reach(desk)
    assert settle(desk), f"{state.name} does not come to rest"
    return shown


def clipped(shown: QWidget) -> list[str]:
    """Words of labels, buttons, combo boxes and headers with less room than they take, not meant to give way."""
    labels = [
        f"{label.text()!r} has {label.width()} x {label.height()}"
        for label in shown.findChildren(QLabel)
        if label.isVisible() and label.text() and not _gives_way(label) and _too_small(label)
    ]
    buttons = [
        f"{button.text()!r} has {button.width()} of {_words_width(button)}"
        for button in shown.findChildren(QPushButton)
        if button.isVisible() and button.text() and button.width() < _words_width(button)
    ]
    return labels + buttons + _cut_choices(shown) + _cut_headings(shown)


def _cut_choices(shown: QWidget) -> list[str]:
    found = []
    for box in shown.findChildren(QComboBox):
        words, option = box.fontMetrics().horizontalAdvance(box.currentText()), QStyleOptionComboBox()
        box.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
        if box.isVisible() and room < words:
            found.append(f"{box.currentText()!r} has {room} of {words}")
    return found


def _cut_headings(shown: QWidget) -> list[str]:
    return [
        f"{line!r} has {room} of {words}"
        for header in shown.findChildren(QHeaderView)
        if header.isVisible() and header.orientation() == Qt.Orientation.Horizontal
        for section in range(header.count())
        if not header.isSectionHidden(section) and not _is_scale(header, section)
        for line in str(header.model().headerData(section, Qt.Orientation.Horizontal) or "").split("\n")
        if (room := header.sectionSize(section) - 2 * CELL_PADDING) < (words := _heading_width(header, line))
    ]


def _is_scale(header: QHeaderView, section: int) -> bool:
    """Over the intervals of employers stands their scale; a heat map wraps its headings to what room there is."""
    return isinstance(header, HeatMapHeader) or (isinstance(header, TableHeader) and section == Column.INTERVAL)


def _heading_width(header: QHeaderView, line: str) -> int:
    metrics = header.look.strong_metrics if isinstance(header, TableHeader) else header.fontMetrics()
    return metrics.horizontalAdvance(line)


def _words_width(button: QPushButton) -> int:
    icon = 0 if button.icon().isNull() else button.iconSize().width() + 6
    return button.fontMetrics().horizontalAdvance(button.text()) + icon + 4


def _too_small(label: QLabel) -> bool:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return needed > label.height() + 1
    return label.width() < label.sizeHint().width() - 1


def _gives_way(label: QLabel) -> bool:
    """Labels that cut themselves with an ellipsis and keep the whole in a tooltip or accessible name."""
    ignored = label.sizePolicy().horizontalPolicy() == label.sizePolicy().Policy.Ignored
    return isinstance(label, ElidedLabel) or (ignored and not label.wordWrap())


def is_blank(image: QImage) -> bool:
    """Whether a picture has fewer than eight colours."""
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    return len(colors) < 8
