"""The fields for adding a service: its key where it takes one, its tables, and under "More" name and address."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.gui.buttons import LinkButton, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.key_field import KeyField
from jobcentre_desk.gui.kind_words import kind_name
from jobcentre_desk.gui.table_browser import TableBrowser
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.services import TableOffer, TableQuery
    from jobcentre_desk.task import Task
    from jobcentre_desk.workspace.store import Workspace


class ServiceForm(QWidget):
    """`adding` gives the work that keeps the source; keys go to a keyring, which may ask for a password first."""

    edited = Signal()

    def __init__(self, context: PageContext, kind: SourceKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.kind = context, kind
        self.queries: tuple[TableQuery, ...] = ()
        self.key = KeyField(context.jobs) if kind is SourceKind.JOBINDSATS else None
        self.tables = plain_label("", wrap=True)
        self.tables.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.choose = secondary_button(_("Choose tables …"))
        self.more = LinkButton(_("More"))
        self.name, self.address = QLineEdit(self._free_name()), QLineEdit()
        self._more_fields = QWidget()
        self._lay_out()
        self._tell_tables()
        self._connect()

    def first_field(self) -> QWidget:
        """Where the keyboard begins."""
        return self.key.field if self.key else self.choose

    def adding(self, *, asked: bool) -> Callable[[Task], str]:
        """The work that keeps the source and gives its name; where `asked`, the service is to take the key first.

        Raises InputRefused where the key is missing.
        """
        key = self.key.key() if self.key else ""
        if self.key is not None and not key:
            raise InputRefused(
                _("The key is missing."), _("Paste it from the mail; without one Jobindsats gives no figures.")
            )
        address = self.address.text().strip()
        add = partial(_add, self._context.workspace, self.kind, self.name.text(), address, self.queries, key)
        return partial(_ask_and_add, self._ask(), add) if asked and key else add

    # Layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if self.key is not None:
            self._add_key(column, self.key)
        column.addWidget(plain_label(_("Tables"), TypeRole.STRONG))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tables, 1)
        row.addWidget(self.choose)
        column.addLayout(row)
        column.addSpacing(4)
        more = QHBoxLayout()
        more.addWidget(self.more)
        more.addStretch(1)
        column.addLayout(more)
        self._add_more_fields(column)

    def _add_key(self, column: QVBoxLayout, key: KeyField) -> None:
        column.addWidget(plain_label(_("Key"), TypeRole.STRONG))
        column.addWidget(key)
        where = _(
            "The agency STAR gives one key to each organisation, by mail and within 14 days. "
            "Ask around first: your municipality may have one already."
        )
        column.addWidget(wrapped_label(where, TypeRole.CAPTION, quiet=True))
        column.addSpacing(8)

    def _add_more_fields(self, column: QVBoxLayout) -> None:
        fields = QVBoxLayout(self._more_fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(4)
        for words, field, hint in (
            (_("What you call it"), self.name, ""),
            (_("Another address"), self.address, _("https://…, when the usual one is not to be asked")),
        ):
            fields.addWidget(plain_label(words, TypeRole.STRONG))
            field.setAccessibleName(words)
            field.setPlaceholderText(hint)
            fields.addWidget(field)
            fields.addSpacing(4)
        self.name.setMaxLength(60)
        self._more_fields.hide()
        column.addWidget(self._more_fields)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        for field in (self.name, self.address):
            field.textEdited.connect(self.edited)
        if self.key is not None:
            self.key.changed.connect(self.edited)

    # What happens

    def _on_more_clicked(self) -> None:
        shown = self._more_fields.isHidden()
        self._more_fields.setVisible(shown)
        self.more.setText(_("Less") if shown else _("More"))
        self.more.setAccessibleName(self.more.text())
        if shown:
            self.name.setFocus()

    def _on_choose_clicked(self) -> None:
        from jobcentre_desk.desk.source_list import preset_queries

        browser = TableBrowser(
            self._context.jobs,
            self._ask(),
            kind=self.kind,
            presets=preset_queries(self.kind),
            former=self.queries,
            parent=self,
        )
        browser.tables_chosen.connect(self._on_tables_chosen)
        browser.open()

    def _ask(self) -> Callable[[Task], tuple[TableOffer, ...]]:
        key = self.key.key() if self.key else ""
        return partial(_offers, self.kind, self.address.text().strip(), key)

    def _on_tables_chosen(self, queries: tuple[TableQuery, ...]) -> None:
        self.queries = queries
        self._tell_tables()

    def _tell_tables(self) -> None:
        from jobcentre_desk.desk.source_list import preset_queries

        tables = {query.table for query in self.queries or preset_queries(self.kind)}
        words = (
            _n("The {n} table chosen.", "The {n} tables chosen.", len(tables))
            if self.queries
            else _n("The {n} table the program uses.", "The {n} tables the program uses.", len(tables))
        )
        self.tables.setText(words.format(n=text.count(len(tables))))

    def _free_name(self) -> str:
        taken = {entry.name.casefold() for entry in self._context.workspace.sources()}
        usual, number = kind_name(self.kind), 1
        while (name := usual if number == 1 else f"{usual} {number}").casefold() in taken:
            number += 1
        return name


def _ask_and_add(ask: Callable[[Task], object], add: Callable[[Task], str], task: Task) -> str:
    ask(task)
    return add(task)


def _add(
    workspace: Workspace,
    kind: SourceKind,
    name: str,
    address: str,
    queries: tuple[TableQuery, ...],
    key: str,
    task: Task,
) -> str:
    from jobcentre_desk.desk.source_list import add_service

    task.stop_if_cancelled()
    return add_service(workspace, kind=kind, name=name, address=address, queries=queries, key=key).entry.name


def _offers(kind: SourceKind, address: str, key: str, task: Task) -> tuple[TableOffer, ...]:
    from jobcentre_desk.desk.source_list import table_offers

    return table_offers(kind, address=address, key=key, task=task)
