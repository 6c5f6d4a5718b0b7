"""Making a group of peers of one's own: a name, and a tick for each municipality."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.gui.wide_dialog import WideDialog
from jobcentre_desk.model.municipalities import PeerGroup
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n


class PeerGroupDialog(WideDialog):
    """`group_kept` carries the group; the municipality it is for is not offered."""

    group_kept = Signal(object)

    def __init__(
        self, areas: Sequence[tuple[str, str]], parent: QWidget | None = None, *, former: PeerGroup | None = None
    ) -> None:
        title = _("Change the group") if former else _("A group of your own")
        super().__init__(title, parent, size=(480, 600), least=(380, 360))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name, self.narrow, self.list = QLineEdit(former.name if former else ""), QLineEdit(), QListWidget()
        self.keep = primary_button(_("Keep the group"))
        self._told = plain_label("", TypeRole.CAPTION, quiet=True)
        self._fill(areas, former.codes if former else ())
        self._lay_out(named=former is not None)
        self.name.textChanged.connect(self._tell)
        self.narrow.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._tell)
        self._tell()

    def codes(self) -> tuple[str, ...]:
        """The municipalities that are ticked."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            str(row.data(Qt.ItemDataRole.UserRole)) for row in rows if row.checkState() is Qt.CheckState.Checked
        )

    def _fill(self, areas: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        for code, words in areas:
            row = QListWidgetItem(words)
            row.setData(Qt.ItemDataRole.UserRole, code)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if code in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(row)

    def _lay_out(self, *, named: bool) -> None:
        self.name.setPlaceholderText(_("Name of the group"))
        self.name.setAccessibleName(_("Name of the group"))
        self.name.setReadOnly(named)
        self.narrow.setPlaceholderText(_("Search for a municipality"))
        self.narrow.setAccessibleName(_("Search for a municipality"))
        self.narrow.setClearButtonEnabled(True)
        self.list.setAccessibleName(_("Municipalities"))
        self.list.setMinimumHeight(scaled(140))
        for widget in (self.name, self.narrow):
            self.column.addWidget(widget)
        self.column.addWidget(self.list, 1)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._on_keep_clicked)
        told = QHBoxLayout()
        told.addWidget(self._told)
        told.addStretch(1)
        self.column.addLayout(told)
        self.add_buttons(cancel, self.keep)

    def _narrow(self, typed: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(typed.casefold() not in item.text().casefold())

    def _tell(self) -> None:
        number = len(self.codes())
        words = _n("{n} municipality chosen", "{n} municipalities chosen", number)
        self._told.setText(words.format(n=count(number)))
        self.keep.setEnabled(bool(number and self.name.text().strip()))

    def _on_keep_clicked(self) -> None:
        group = PeerGroup(name=self.name.text(), codes=self.codes())
        self.accept()
        self.group_kept.emit(group)
