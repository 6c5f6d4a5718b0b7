"""The Municipality page: any measure beside peers and country, who the peers are, the gap and its parts, goals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.measure_dialog import MeasureDialog
from jobcentre_desk.gui.municipality_body import TABS, MunicipalityBody
from jobcentre_desk.gui.municipality_cards import Doings, Shown
from jobcentre_desk.gui.municipality_choice import municipalities
from jobcentre_desk.gui.municipality_choices import NEW_GROUP, WIDE, MunicipalityChoices
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.peer_groups import OWN, USUAL, PeerGroups
from jobcentre_desk.gui.report_dialog import show_reports
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.model.municipalities import MeasureView, PeerChoice
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures

FIRST_MUNICIPALITY = "101"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the page; `peers` is a kind of peers or `own:NAME`, "" = the usual measure or latest period."""

    code: str
    measure: str = ""
    group: str = "all"
    peers: str = USUAL
    period: str = ""

    @property
    def peers_by(self) -> str:
        """The kind of peers, without the name of a group of one's own."""
        return "own" if self.peers.startswith(OWN) else self.peers


class MunicipalityPage(Page):
    """Shows one municipality beside its peers."""

    page_name: ClassVar[str] = "municipality"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = Asked(code=context.settings().home_municipality or FIRST_MUNICIPALITY)
        self._tab = TABS[0]
        self._shown: Shown | None = None
        self._body: MunicipalityBody | None = None
        self._was_wide = False
        self._groups = PeerGroups(context, self, self._show_peers_of)
        self.choices = MunicipalityChoices()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.choices)
        self._layout = layout
        layout.addStretch(1)
        self._connect()
        self.figures_changed()

    def title(self) -> str:
        return _("Municipality")

    def top_bar_widgets(self) -> list[QWidget]:
        if self._shown is None:
            return []
        alerts = secondary_button(_("Alerts"), icon_name="bell")
        alerts.clicked.connect(self.show_alerts)
        report = secondary_button(_("Monthly report …"), icon_name="export")
        report.clicked.connect(self.show_reports)
        sheet = secondary_button(_("Sheet as PDF"), icon_name="document")
        sheet.clicked.connect(self.save_sheet)
        save = primary_button(_("Cards as PDF"), icon_name="cards")
        save.clicked.connect(self.save_cards)
        return [alerts, report, sheet, save]

    def figures_changed(self) -> None:
        figures = self._context.figures()
        if figures is not None:
            self.choices.show_areas(municipalities(figures), self._asked.code)
            self._show_peers()
            self._load()

    def state(self) -> object:
        return self._asked, self._tab

    def restore(self, state: object) -> None:
        if isinstance(state, tuple) and len(state) == 2:
            self._asked, self._tab = state
            self.figures_changed()

    def show_municipality(self, code: str) -> None:
        """Show another municipality."""
        self._ask(code=code)
        self.figures_changed()

    def show_alerts(self) -> None:
        """Open what stands out in the municipality."""
        from jobcentre_desk.gui.alerts_dialog import AlertsDialog

        AlertsDialog(self._context, self._asked.code, self).open()

    def show_reports(self) -> None:
        """Open the choice of what the monthly report is made of."""
        show_reports(self._context, self._asked.code, self)

    def show_measure(self, measure: str) -> None:
        """Show another measure, of all benefit groups and its latest period."""
        self._ask(measure=measure, group="all", period="")
        self._load()

    def focus_filter(self) -> None:
        self._on_measure_wanted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and self._is_wide() is not self._was_wide:
            self._lay_out()

    # Choices

    def _connect(self) -> None:
        choices = self.choices
        choices.area_chosen.connect(self.show_municipality)
        choices.measure_wanted.connect(self._on_measure_wanted)
        choices.group_chosen.connect(lambda group: self._ask_and_load(group=group))
        choices.period_chosen.connect(lambda period: self._ask_and_load(period=period))
        choices.peers_chosen.connect(self._on_peers_chosen)

    def _ask(self, **changes: str) -> None:
        self._asked = replace(self._asked, **changes)

    def _ask_and_load(self, **changes: str) -> None:
        self._ask(**changes)
        self._load()

    def _show_peers(self) -> None:
        groups = self._context.workspace.municipalities.peer_groups()
        if self._asked.peers.startswith(OWN) and self._groups.named(self._asked.peers) is None:
            self._ask(peers=USUAL)
        kinds = [
            (USUAL, _("same expected share")),
            ("distance", _("similar background")),
            ("statbank_group", _("municipality group")),
            *((OWN + group.name, group.name) for group in groups),
            (NEW_GROUP, _("A group of your own …")),
        ]
        self.choices.show_peers(kinds, self._asked.peers)

    def _on_measure_wanted(self) -> None:
        figures = self._context.figures()
        if figures is None:
            return
        from jobcentre_desk.desk.measure_choice import measure_offers

        current = self._shown.view.id if self._shown else ""
        dialog = MeasureDialog(_("Choose a measure"), measure_offers(figures), self.window(), current=current)
        dialog.chosen.connect(self.show_measure)
        dialog.open()
        dialog.field.setFocus()

    def _on_peers_chosen(self, peers: str) -> None:
        if peers == NEW_GROUP:
            self._groups.ask(self._asked.code, on_left=self._show_peers)
        else:
            self._ask_and_load(peers=peers)
            self._groups.tell(peers)

    def _show_peers_of(self, peers: str) -> None:
        """Show other peers, and the kinds of peers there are now."""
        self._ask(peers=peers)
        self._show_peers()
        self._load()

    # Loading

    def _load(self) -> None:
        figures = self._context.figures()
        if figures is None:
            return
        asked, choice = self._asked, self._choice()
        goals = self._context.workspace.municipalities.goals(asked.code)

        def work(_task: Task) -> Shown:
            from jobcentre_desk.desk.municipality_shown import shown_page
            from jobcentre_desk.desk.provenance import page_lines

            content, shared, proposed, levels = shown_page(
                figures,
                asked.code,
                measure=asked.measure,
                peers=asked.peers_by,
                period=asked.period or None,
                group=asked.group,
                choice=choice,
                goals=goals,
            )
            told = page_lines(figures, content, asked.code)
            return Shown(content=content, shared=shared, proposed=proposed, levels=levels, provenance=told)

        self._context.jobs.start(
            work, self, self._on_content_ready, on_failed=self._on_load_failed, replaces="municipality"
        )

    def _choice(self) -> PeerChoice:
        return PeerChoice(
            variables=self._context.workspace.municipalities.peer_variables(), own=self._groups.named(self._asked.peers)
        )

    def _on_content_ready(self, shown: Shown) -> None:
        self._shown = shown
        self._ask(group=shown.view.group or "all")
        self.choices.show_view(shown.view)
        self._show_peers()
        self._lay_out()
        self.header_changed.emit()

    def _on_load_failed(self, error: DeskError) -> None:
        self._context.notices.warn(f"{error.message} {error.hint}", cause="municipality")

    def _is_wide(self) -> bool:
        return self.width() >= scaled(WIDE)

    def _lay_out(self) -> None:
        """Show the page; what was scrolled down stays where it was."""
        assert self._shown is not None
        self._was_wide = self._is_wide()
        former = self._body
        places = [area.verticalScrollBar().value() for area in former.areas] if former else []
        doings = Doings(
            open_municipality=self.show_municipality,
            keep_variables=self._groups.keep_variables,
            goals_changed=self._load,
            save_table=self._ask_where_to_save,
        )
        body = MunicipalityBody(self._shown, self._context, doings, wide=self._was_wide, tab=self._tab)
        body.tab_chosen.connect(self._on_tab_chosen)
        if former is not None:
            self._layout.replaceWidget(former, body)
            former.hide()
            former.deleteLater()
        else:
            self._layout.takeAt(self._layout.count() - 1)
            self._layout.addWidget(body, 1)
        body.show()
        self._body = body
        if len(places) == len(body.areas):
            for area, place in zip(body.areas, places, strict=True):
                area.verticalScrollBar().rangeChanged.connect(partial(_scroll_back, area.verticalScrollBar(), place))

    def _on_tab_chosen(self, tab: str) -> None:
        self._tab = tab

    # Saving

    def save_cards(self) -> None:
        """Ask where to, and write the cards as PDF."""
        self._context.choose_save_file(self, _("cards") + f"-{self._asked.code}.pdf", self._write_cards)

    def save_sheet(self) -> None:
        """Ask where to, and write the page as a sheet of one A4."""
        name = _("municipality") + f"-{self._asked.code}.pdf"
        self._context.choose_save_file(self, name, self._write_sheet)

    def _ask_where_to_save(self, view: MeasureView, name: str) -> None:
        self._context.choose_save_file(self, f"{name}-{self._asked.code}.csv", partial(self._write_table, view))

    def _write_table(self, view: MeasureView, path: Path) -> None:
        def write(figures: Figures) -> None:
            from jobcentre_desk.desk.provenance_columns import places_table
            from jobcentre_desk.desk.table_exports import save_table

            save_table(places_table(figures, view), path)

        self._write(path, write, _("The table is saved: {path}"))

    def _write_cards(self, path: Path) -> None:
        code = self._asked.code

        def write(figures: Figures) -> None:
            from jobcentre_desk.desk.exports import save_cards

            save_cards(figures, code, path)

        self._write(path, write, _("The cards are saved: {path}"))

    def _write_sheet(self, path: Path) -> None:
        asked, choice = self._asked, self._choice()

        def write(figures: Figures) -> None:
            from jobcentre_desk.desk.exports import save_municipality_sheet

            save_municipality_sheet(
                figures,
                asked.code,
                path,
                peers=asked.peers_by,
                period=asked.period or None,
                group=asked.group,
                measure=asked.measure,
                choice=choice,
            )

        self._write(path, write, _("The sheet is saved: {path}"))

    def _write(self, path: Path, write: Callable[[Figures], None], words: str) -> None:
        """Write a file behind the window and say that it is there."""
        figures = self._context.figures()
        if figures is None:
            return

        def work(_task: Task) -> Path:
            write(figures)
            return path

        self._context.jobs.start(work, self, partial(self._on_written, words))

    def _on_written(self, words: str, path: Path) -> None:
        self._context.notices.inform(words.format(path=path), cause="saved")


def _scroll_back(bar: object, place: int, *_range: int) -> None:
    """Put a new scroll bar where the former one stood, once it knows how far it goes."""
    bar.setValue(place)  # type: ignore[attr-defined] # a QScrollBar
