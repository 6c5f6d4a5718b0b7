"""The distance to the peers taken apart: what each variable adds, with a tick to drop it and a weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.measure_dialog import MeasureDialog
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.municipalities import MeasureOffer, PeerDistance, PeerVariable, VariableStanding
from jobcentre_desk.text import percent
from jobcentre_desk.text import translate as _

_HIGHEST_WEIGHT = 5.0
_MOST_UNTICKED = 6


class PeerDistanceCard(CardFrame):
    """`variables_chosen` carries the variables with their weights; none stand for the usual ones."""

    variables_chosen = Signal(object)

    def __init__(
        self, distance: PeerDistance, parent: QWidget | None = None, *, add_source: Callable[[], None] | None = None
    ) -> None:
        super().__init__(_("What makes them similar"), parent)
        self._distance = distance
        usual = LinkButton(_("The usual ones"))
        usual.use_role(TypeRole.CAPTION)
        usual.clicked.connect(lambda: self.variables_chosen.emit(()))
        copy = LinkButton(_("Copy as a table"), icon_name="copy")
        copy.use_role(TypeRole.CAPTION)
        copy.clicked.connect(self.copy)
        self.header.addWidget(copy)
        self.header.addWidget(usual)
        self.body.addWidget(plain_label(distance.sentence, TypeRole.CAPTION, wrap=True, quiet=True))
        self.body.addLayout(self._rows())
        self._add_foot(add_source)

    def copy(self) -> None:
        """Put the variables on the clipboard, headers first."""
        from jobcentre_desk.documents.csv_export import tab_text

        QGuiApplication.clipboard().setText(tab_text(self._distance.table))

    def _rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        heads = ("", _("Variable"), _("Own"), _("Peers"), _("Of the distance"), _("Weight"))
        for column, words in enumerate(heads):
            side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(plain_label(words, TypeRole.CAPTION_STRONG, quiet=True), 0, column, side)
        used = [row for row in self._distance.variables if row.variable.weight > 0]
        unused = [row for row in self._distance.variables if row.variable.weight <= 0]
        for number, row in enumerate([*used, *unused[:_MOST_UNTICKED]], start=1):
            self._add_row(grid, number, row)
        return grid

    def _add_row(self, grid: QGridLayout, number: int, row: VariableStanding) -> None:
        used = row.variable.weight > 0
        tick = QCheckBox()
        tick.setChecked(used)
        tick.setAccessibleName(_("Use {variable}").format(variable=row.name))
        tick.toggled.connect(partial(self._on_ticked, row.variable))
        weight = QDoubleSpinBox()
        weight.setRange(0.5, _HIGHEST_WEIGHT)
        weight.setSingleStep(0.5)
        weight.setDecimals(1)
        weight.setValue(row.variable.weight if used else 1.0)
        weight.setEnabled(used)
        weight.setKeyboardTracking(False)
        weight.setAccessibleName(_("Weight of {variable}").format(variable=row.name))
        weight.valueChanged.connect(partial(self._on_weighted, row.variable))
        part = "–" if row.part is None else percent(row.part)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(tick, number, 0)
        grid.addWidget(ElidedLabel(row.name, TypeRole.BODY), number, 1)
        for column, words in enumerate((row.own, row.middle, part), start=2):
            grid.addWidget(plain_label(words), number, column, right)
        grid.addWidget(weight, number, 5)

    def _add_foot(self, add_source: Callable[[], None] | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        if len([v for v in self._distance.variables if v.variable.weight <= 0]) > _MOST_UNTICKED:
            more = LinkButton(_("Add a variable …"), icon_name="plus")
            more.clicked.connect(self._ask_for_more)
            row.addWidget(more)
        row.addStretch(1)
        if self._distance.missing:
            self.body.addWidget(plain_label(self._distance.missing, TypeRole.CAPTION, wrap=True, quiet=True))
            if add_source is not None:
                link = LinkButton(_("Open Figures"))
                link.clicked.connect(add_source)
                row.addWidget(link)
        self.body.addLayout(row)

    def _used(self) -> list[PeerVariable]:
        return [row.variable for row in self._distance.variables if row.variable.weight > 0]

    def _on_ticked(self, variable: PeerVariable, ticked: bool) -> None:  # noqa: FBT001 - a slot of Qt
        others = [each for each in self._used() if not _is_same(each, variable)]
        chosen = [*others, replace(variable, weight=1.0)] if ticked else others
        if chosen:
            self.variables_chosen.emit(tuple(chosen))

    def _on_weighted(self, variable: PeerVariable, weight: float) -> None:
        changed = [replace(each, weight=weight) if _is_same(each, variable) else each for each in self._used()]
        self.variables_chosen.emit(tuple(changed))

    def _ask_for_more(self) -> None:
        rows = {f"{r.variable.measure}|{r.variable.group}": r for r in self._distance.variables if not r.own}
        offers = [
            MeasureOffer(id=key, name=row.name, group=row.variable.measure.partition(".")[0], source="")
            for key, row in rows.items()
        ]
        dialog = MeasureDialog(_("Add a variable"), offers, self.window())
        dialog.chosen.connect(lambda key: self._on_ticked(rows[key].variable, True))
        dialog.open()


def _is_same(first: PeerVariable, second: PeerVariable) -> bool:
    return (first.measure, first.group) == (second.measure, second.group)
