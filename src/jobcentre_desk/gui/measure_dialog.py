"""Choosing a measure: typed words narrow a list grouped by table and source; Enter takes the one that is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QWidget

from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.command_palette import Hit, HitDelegate, HitModel
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.gui.wide_dialog import WideDialog
from jobcentre_desk.model.municipalities import MeasureOffer
from jobcentre_desk.text import translate as _

SIZE, LEAST = (620, 560), (420, 320)


class MeasureDialog(WideDialog):
    """`chosen` carries the id of the measure that was taken; the dialog is then closed."""

    chosen = Signal(str)

    def __init__(
        self, title: str, offers: Sequence[MeasureOffer], parent: QWidget | None = None, *, current: str = ""
    ) -> None:
        super().__init__(title, parent, size=SIZE, least=LEAST)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offers = tuple(offers)
        self.field, self.list, self.model = QLineEdit(), QListView(), HitModel(self)
        self._lay_out()
        self.field.textEdited.connect(self.look_for)
        self.field.returnPressed.connect(lambda: self._take(self.list.currentIndex()))
        self.list.clicked.connect(self._take)
        self.look_for("")
        self._mark(next((i for i, hit in enumerate(self.model.hits) if hit.detail == current), self._first()))

    def look_for(self, typed: str) -> None:
        """Show the measures that hold every word typed, under the headings of their tables."""
        hits: list[Hit] = []
        for group, offers in _by_group(offer for offer in self._offers if fits(offer, typed)):
            hits.append(Hit(words=group))
            hits += [Hit(words=o.name, detail=o.id, icon="measure", act=self._taker(o.id)) for o in offers]
        self.model.show_hits(hits)
        self._mark(self._first())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        row = self.list.currentIndex().row() + step
        while step and 0 <= row < len(self.model.hits) and self.model.hits[row].act is None:
            row += step
        if step:
            self._mark(row)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.field.setPlaceholderText(_("Search: name, table or source"))
        self.field.setAccessibleName(_("Search for a measure"))
        self.field.setClearButtonEnabled(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(scaled(160))
        self.list.setAccessibleName(_("Measures"))
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)

    def _first(self) -> int:
        return next((i for i, hit in enumerate(self.model.hits) if hit.act), -1)

    def _mark(self, row: int) -> None:
        if 0 <= row < len(self.model.hits):
            self.list.setCurrentIndex(self.model.index(row))

    def _taker(self, measure: str) -> Callable[[], object]:
        return lambda: self.chosen.emit(measure)

    def _take(self, index: QModelIndex) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit) and hit.act is not None:
            self.accept()
            hit.act()


def fits(offer: MeasureOffer, typed: str) -> bool:
    """Whether every word typed stands in the name, id, table or source of a measure, as people spell."""
    held = _folded(f"{offer.name} {offer.id} {offer.group}")
    return all(word in held for word in _folded(typed).split())


@lru_cache(maxsize=8192)
def _folded(words: str) -> str:
    from jobcentre_desk.cache.names import fold

    return fold(words)


def _by_group(offers: Iterable[MeasureOffer]) -> list[tuple[str, list[MeasureOffer]]]:
    groups: dict[str, list[MeasureOffer]] = {}
    for offer in offers:
        groups.setdefault(offer.group, []).append(offer)
    return list(groups.items())
