"""The sources tab of Figures: a running sync, next keys, every source, what was refused or left out, what comes."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.check_card import CheckCard
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.coming_card import ComingCard
from jobcentre_desk.gui.next_key_card import NextKeyCard
from jobcentre_desk.gui.offline_card import OfflineCard
from jobcentre_desk.gui.refused_card import RefusedCard
from jobcentre_desk.gui.source_actions import SourceActions
from jobcentre_desk.gui.source_order_actions import SourceOrderActions
from jobcentre_desk.gui.source_row import SourceHeader, SourceRow
from jobcentre_desk.gui.sync_card import SyncCard
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.gui.warnings_card import WarningsCard
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.publisher_keys import KeyOffer
    from jobcentre_desk.desk.source_details import SourceDetail
    from jobcentre_desk.desk.source_states import SourceState
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.workspace_records import SourceEntry

RIGHT_WIDE, RIGHT, BESIDE_FROM, WIDE_FROM = 480, 396, 1000, 1500


class SourcesView(ColumnScroll):
    """Two columns where there is room, else one under the other."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sync = SyncCard(context)
        self._list = CardFrame()
        self._list.body.setContentsMargins(1, 0, 1, 1)
        self._list.body.setSpacing(0)
        self._keys, self._refused, self._left_out = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._asked_again: set[str] = set()
        self._listed = ""
        self._was_running = False
        self.source_actions = SourceActions(context, self)
        self.order = SourceOrderActions(context, self)
        self.check = CheckCard(context)
        self.next = ComingCard()
        self._lay_out()
        self.source_actions.changed.connect(self.show_figures)
        self.order.moved.connect(self.show_figures)
        context.syncing.changed.connect(self._on_syncing_changed)
        context.syncing.ended.connect(self.show_figures)
        self.show_figures()

    def show_figures(self, *_unused: object) -> None:
        """Show how every source stands now."""
        self._was_running = self._context.syncing.running
        held = self.order.row_with_keyboard(self._list)
        _empty(self._list.body)
        self._list.body.addWidget(self.order.rule_line())
        self._list.body.addWidget(SourceHeader())
        if self._is_opening():
            self._list.body.addWidget(_line(_("Opening the figures …")))
            return
        states, offers, details = self.states(), self.key_offers(), self.details()
        self._show_rows(states, offers, details)
        self._give_keyboard_back(held)
        self.show_keys(offers)
        self._show_refused(states)
        self._show_left_out(details)
        self._show_next(states)
        self.check.show_figures()

    def details(self) -> dict[str, SourceDetail]:
        """What the figures hold of each source beyond its state."""
        from jobcentre_desk.desk.source_details import source_details

        figures = self._context.figures()
        return source_details(figures) if figures is not None else {}

    def states(self) -> tuple[SourceState, ...]:
        """The sources as they stand."""
        from jobcentre_desk.desk.source_states import source_states

        figures, syncing = self._context.figures(), self._context.syncing
        loaded = figures.sources if figures is not None else ()
        today = dt.datetime.now().astimezone().date()
        return source_states(self._context.workspace.sources(), loaded, syncing.last_result, today=today)

    def _show_rows(
        self, states: tuple[SourceState, ...], offers: tuple[KeyOffer, ...], details: dict[str, SourceDetail]
    ) -> None:
        entries = {entry.name: entry for entry in self._context.workspace.sources()}
        waiting = {offer.name for offer in offers if offer.put_off}
        for state in states:
            row = self._row(state, entries[state.name], details.get(state.name), key_waits=state.name in waiting)
            self._list.body.addWidget(row)
        if not states:
            self._list.body.addWidget(
                _line(_("No source yet. Add the publication your municipality or agency has made."))
            )

    def _row(
        self, state: SourceState, entry: SourceEntry, detail: SourceDetail | None, *, key_waits: bool
    ) -> SourceRow:
        from jobcentre_desk.desk.source_details import about_source

        name = state.name
        row = SourceRow(
            state,
            fetching=self._context.syncing.running and self._is_fetched(name),
            alone=self._context.syncing.names == (name,),
            menu=self.source_actions.menu(entry),
            about=about_source(entry, detail),
            detail=detail,
            key_waits=key_waits,
        )
        row.fetch_asked.connect(partial(self._context.sync, (name,)))
        row.cancel_asked.connect(self._context.syncing.cancel)
        row.reason_asked.connect(partial(self._on_reason_asked, name))
        row.key_asked.connect(partial(self._on_key_asked, name))
        row.warnings_asked.connect(partial(self._on_warnings_asked, name))
        self.order.add_to(row.menu, name, before=row.menu.before_removal)
        self.order.add_keys(row, name)
        return row

    def _give_keyboard_back(self, held: str) -> None:
        """To the row it was in before the rows were made anew, as soon as that is on the screen."""
        for i in range(self._list.body.count()):
            item = self._list.body.itemAt(i)
            row = item.widget() if item else None
            if isinstance(row, SourceRow) and held and row.objectName() == held:
                QTimer.singleShot(0, row.more, row.more.setFocus)

    def key_offers(self) -> tuple[KeyOffer, ...]:
        """The next keys that publishers announced and nobody confirmed."""
        from jobcentre_desk.desk.publisher_keys import key_offers

        figures = self._context.figures()
        return key_offers(self._context.workspace.sources(), figures.sources if figures is not None else ())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column beside or below."""
        beside = self.width() >= BESIDE_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        width = scaled(RIGHT_WIDE if self.width() >= WIDE_FROM else RIGHT)
        self._columns.setStretch(0, 1 if beside else 0)
        self._columns.setStretch(2, 0 if beside else 1)
        self._right.setMaximumWidth(width if beside else 16_777_215)
        self._right.setMinimumWidth(width if beside else 0)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self._sync)
        left.addLayout(self._keys)
        left.addWidget(self._list)
        left.addLayout(self._refused)
        left.addLayout(self._left_out)
        left.addStretch(1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GAP)
        right.addWidget(self.check)
        right.addWidget(self.next)
        right.addStretch(1)
        holder = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._columns.setContentsMargins(GAP, GAP, GAP, GAP)
        self._columns.setSpacing(GAP)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._right)
        self._columns.addStretch(0)
        self.show_column(holder)

    def show_keys(self, offers: tuple[KeyOffer, ...]) -> None:
        """Offer each next key that was not put off, or was asked for again."""
        _empty(self._keys)
        self._keys.setSpacing(GAP)
        for offer in offers:
            if not offer.put_off or offer.name in self._asked_again:
                card = NextKeyCard(offer)
                card.confirmed.connect(partial(self._on_key_confirmed, offer))
                card.put_off.connect(partial(self._on_key_put_off, offer))
                self._keys.addWidget(card)

    def _show_refused(self, states: tuple[SourceState, ...]) -> None:
        _empty(self._refused)
        self._refused.setSpacing(GAP)
        failed = [state for state in states if state.error]
        away = tuple(state for state in failed if state.standing == "unreachable")
        if len(away) > 1:
            card = OfflineCard(away)
            card.again_asked.connect(partial(self._context.sync, card.names))
            self._refused.addWidget(card)
            failed = [state for state in failed if state not in away]
        for state in failed:
            self._refused.addWidget(RefusedCard(state, self._context))

    def _show_left_out(self, details: dict[str, SourceDetail]) -> None:
        """The warnings of the source whose list is open, when it still has any."""
        _empty(self._left_out)
        detail = details.get(self._listed)
        if detail is None or not detail.warnings:
            self._listed = ""
            return
        card = WarningsCard(self._context, self._listed, detail.warnings)
        card.closed.connect(partial(self._on_warnings_asked, self._listed))
        self._left_out.addWidget(card)

    def _show_next(self, states: tuple[SourceState, ...]) -> None:
        from jobcentre_desk.desk.source_details import coming_releases

        announced = [(state.name, state.next_release_day) for state in states if state.next_release_day]
        today = dt.datetime.now().astimezone().date()
        self.next.show_releases(coming_releases(self._context.figures(), announced, today=today))

    def _is_opening(self) -> bool:
        """Whether there are figures that are not open yet, so that nothing true can be said of a source."""
        return self._context.figures() is None and not self._context.figures_opened()

    def _is_fetched(self, name: str) -> bool:
        names = self._context.syncing.names
        return not names or name in names

    def _on_syncing_changed(self) -> None:
        self._sync.show_progress()
        if self._context.syncing.running != self._was_running:
            self.show_figures()

    def _on_reason_asked(self, name: str) -> None:
        for i in range(self._refused.count()):
            item = self._refused.itemAt(i)
            card = item.widget() if item else None
            one = isinstance(card, RefusedCard) and card.state.name == name
            if card is not None and (one or (isinstance(card, OfflineCard) and name in card.names)):
                self.ensureWidgetVisible(card)

    def _on_warnings_asked(self, name: str) -> None:
        self.show_warnings("" if self._listed == name else name)

    def show_warnings(self, name: str) -> None:
        """List what could not be used of one source ("" = no list)."""
        self._listed = name
        self._show_left_out(self.details())
        item = self._left_out.itemAt(0)
        card = item.widget() if item else None
        if card is not None:
            card.adjustSize()
            self.ensureWidgetVisible(card)

    def _on_key_asked(self, name: str) -> None:
        self._asked_again.add(name)
        self.show_figures()

    def _on_key_confirmed(self, offer: KeyOffer) -> None:
        from jobcentre_desk.desk.publisher_keys import accept_next_key

        figures, notices = self._context.figures(), self._context.notices
        try:
            accept_next_key(
                self._context.workspace,
                figures.snapshot if figures is not None else None,
                offer.name,
                next_key_id=offer.next_key_id,
            )
        except DeskError as fault:
            notices.fail(str(fault), cause="next key")
            return
        self.show_figures()
        told = _("Releases of {name} signed with the next key are taken over from now on.").format(name=offer.name)
        notices.inform(told, ((_("Fetch now"), partial(self._context.sync, (offer.name,))),), cause="next key")

    def _on_key_put_off(self, offer: KeyOffer) -> None:
        from jobcentre_desk.desk.publisher_keys import put_off_next_key

        self._asked_again.discard(offer.name)
        try:
            put_off_next_key(self._context.workspace, offer)
        except DeskError as fault:
            self._context.notices.fail(str(fault), cause="next key")
        self.show_figures()


def _line(words: str) -> QWidget:
    label = plain_label(words, wrap=True)
    label.setContentsMargins(8, 12, 8, 12)
    return label


def _empty(layout: QBoxLayout) -> None:
    while layout.count():
        _drop_last(layout)


def _drop_last(layout: QBoxLayout) -> None:
    item = layout.takeAt(layout.count() - 1)
    widget = item.widget() if item else None
    if widget is not None:
        widget.hide()
        widget.deleteLater()
