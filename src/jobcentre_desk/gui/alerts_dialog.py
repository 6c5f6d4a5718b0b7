"""What stands out in a municipality or on the shortlist: looked through on a thread, copied and saved by the guard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.alert_list import AlertListView
from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.gui.wide_dialog import WideDialog
from jobcentre_desk.model.alerts import Alert, AlertList, AlertUnit
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.task import Task

SIZE, LEAST = (760, 620), (460, 340)


class AlertsDialog(WideDialog):
    """`code` is a municipality; "" asks about the shortlist. A click on a name closes it and opens the page."""

    def __init__(self, context: PageContext, code: str, parent: QWidget | None = None) -> None:
        super().__init__(_title(context, code), parent, size=SIZE, least=LEAST)
        self._context, self._code = context, code
        self.alerts: AlertList | None = None
        self.told = plain_label(_("Looking through all of it …"), TypeRole.CAPTION, wrap=True, quiet=True)
        self.about = plain_label("", TypeRole.CAPTION, wrap=True, quiet=True)
        self.list = AlertListView(context)
        self.copy_button = secondary_button(_("Copy"), icon_name="copy")
        self.save_button = secondary_button(_("Export"), icon_name="export")
        self.close_button = primary_button(_("Close"))
        self._lay_out()
        self._connect()
        self.ask()

    def ask(self) -> None:
        """Look through it all (again)."""
        figures = self._context.figures()
        if figures is None:
            self._say(_("There are no figures yet."))
            return
        workspace = self._context.workspace
        shortlist = workspace.shortlist()
        if not self._code and not shortlist:
            self._say(_("The shortlist is empty. The star beside an employer puts it there."))
            return
        work = partial(_looked_through, figures, self._code, shortlist, workspace.dismissed_alerts.periods())
        self._context.jobs.start(work, self, self._show, on_failed=self._tell, replaces="alerts")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put what may leave the screen on the clipboard, headers first."""
        figures = self._context.figures()
        if figures is not None and self.alerts is not None:
            self._context.jobs.start(
                partial(_copied, figures, self.alerts), self, self._on_copied, on_failed=self._tell
            )

    def save_to(self, path: Path) -> None:
        """Write what may leave the screen as CSV."""
        figures = self._context.figures()
        if figures is not None and self.alerts is not None:
            work = partial(_saved, figures, self.alerts, path)
            self._context.jobs.start(work, self, partial(self._on_saved, path), on_failed=self._tell)

    # What happens

    def _show(self, alerts: AlertList) -> None:
        self.alerts = alerts
        self.told.hide()
        self.about.setText(_about(self._context))
        self.list.show_alerts(alerts)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(alerts.rows))

    def _tell(self, fault: DeskError) -> None:
        self._say(str(fault))

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()

    def _on_copied(self, copied: tuple[str, int]) -> None:
        QGuiApplication.clipboard().setText(copied[0])
        self._tell_done(_("The alerts are copied with headers."), copied[1])

    def _on_saved(self, path: Path, left_out: int) -> None:
        self._tell_done(_("Saved: {path}").format(path=path), left_out)

    def _tell_done(self, words: str, left_out: int) -> None:
        from jobcentre_desk.desk.alert_exports import left_out_sentence

        self._say(" ".join(part for part in (words, left_out_sentence(left_out)) if part))

    def _on_save_clicked(self) -> None:
        self._context.choose_save_file(self, f"{_('alerts')}.csv", self.save_to)

    def _open(self, alert: Alert) -> None:
        self.accept()
        context = self._context
        if alert.unit_kind is AlertUnit.EMPLOYER:
            context.open_employer(alert.unit, None)
        elif alert.unit_kind is AlertUnit.MUNICIPALITY:
            context.open_municipality(alert.unit)
        elif alert.unit_kind is AlertUnit.MEASURE:
            context.state["measure"] = alert.unit
            context.open_page("figures")
        else:
            self._open_branch(alert.unit)

    def _open_branch(self, branch: str) -> None:
        """The employers of the branch in the municipality."""
        from jobcentre_desk.model.outcomes import Scope

        self._context.state["employers scope"] = Scope(municipalities=(self._code,), branches=(branch,))
        self._context.open_page("employers")

    # Layout

    def _lay_out(self) -> None:
        self.column.addWidget(self.told)
        ground = QWidget()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.list)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        palette = ground.palette()
        palette.setColor(ground.backgroundRole(), theme_of(self).base)
        ground.setPalette(palette)
        scroll.setWidget(ground)
        self.column.addWidget(scroll, 1)
        self.column.addWidget(self.about)
        row = self.add_buttons(self.save_button, self.close_button)
        row.insertWidget(0, self.copy_button)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(False)

    def _connect(self) -> None:
        self.list.changed.connect(self.ask)
        self.list.open_wanted.connect(self._open)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.close_button.clicked.connect(self.accept)


def _title(context: PageContext, code: str) -> str:
    figures = context.figures()
    area = figures.codes.areas.get(code) if figures is not None else None
    if not code:
        return _("Alerts: the shortlist")
    return _("Alerts: {name}").format(name=both(area.name_da, area.name_en) if area else code)


def _about(context: PageContext) -> str:
    """What is counted and where it comes from."""
    from jobcentre_desk.desk.wording import caution_sentence, definition_sentence

    figures = context.figures()
    origin = figures.origin().line if figures is not None else ""
    return " ".join(part for part in (definition_sentence(), caution_sentence(), origin) if part)


def _looked_through(
    figures: Figures, code: str, shortlist: list[str], dismissed: Mapping[str, str], _task: Task
) -> AlertList:
    from jobcentre_desk.desk.alerts import municipality_alerts, shortlist_alerts

    if code:
        return municipality_alerts(figures, code, dismissed=dismissed)
    return shortlist_alerts(figures, shortlist, dismissed=dismissed)


def _copied(figures: Figures, alerts: AlertList, _task: Task) -> tuple[str, int]:
    from jobcentre_desk.desk.alert_exports import copied_alerts

    return copied_alerts(figures, alerts)


def _saved(figures: Figures, alerts: AlertList, path: Path, _task: Task) -> int:
    from jobcentre_desk.desk.alert_exports import save_alerts

    return save_alerts(figures, alerts, path)
