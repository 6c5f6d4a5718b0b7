"""Adding a source: first its kind, then only the fields of that kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError, SourceUnreachable
from jobcentre_desk.gui.buttons import SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.kind_words import kind_name, kind_sentence
from jobcentre_desk.gui.publication_form import PublicationForm
from jobcentre_desk.gui.service_form import ServiceForm
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.services import SERVICES, SourceKind
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.gui.jobs import Job

WIDTH, SIDE, RING = 600, 24, 4
AROUND, LEAST = 48, 120
"""What of the screen is left around the dialog (its title bar among it), and the least height of its fields."""
FILES = "*.csv *.txt *.xlsx"


class SourceDialog(DeskDialog):
    """Adds the source and fetches it at once; what is wrong is said in the dialog, which then stays open."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget | None = None,
        *,
        kind: SourceKind = SourceKind.PUBLICATION,
    ) -> None:
        super().__init__(_("Add a source"), parent, width=WIDTH)
        self._context = context
        self.kinds = SegmentedChoice([(each.value, kind_name(each)) for each in SourceKind], kind.value)
        self.publication, self._scroll = PublicationForm(context), ColumnScroll()
        self.services: dict[SourceKind, ServiceForm] = {}
        self._about = wrapped_label("", TypeRole.CAPTION, quiet=True)
        self.fault = wrapped_label("")
        self.add, self._cancel = primary_button(_("Add and fetch")), secondary_button(_("Cancel"))
        self._unasked = False
        self._adding: Job | None = None
        self._lay_out()
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.show_kind(kind)

    @property
    def kind(self) -> SourceKind:
        """The kind chosen now."""
        return SourceKind(self.kinds.current())

    def show_kind(self, kind: SourceKind) -> None:
        """Show the fields of one kind."""
        self.kinds.choose(kind.value)
        self._about.setText(kind_sentence(kind))
        if kind in SERVICES and kind not in self.services:
            self._build_service(kind)
        self.publication.setVisible(kind is SourceKind.PUBLICATION)
        for each, form in self.services.items():
            form.setVisible(each is kind)
        self._forget_fault()

    def accept(self) -> None:
        """Add the source and fetch it, or say what is wrong."""
        kind = self.kind
        if kind is SourceKind.AUTHORITY_FILE:
            self._context.choose_open_file(self, FILES, self.take_file)
            return
        try:
            if kind is SourceKind.PUBLICATION:
                self._on_added(self.publication.add())
                return
            work = self.services[kind].adding(asked=not self._unasked)
        except DeskError as fault:
            self._say(str(fault))
            return
        self._wait(_("Asking whether the key is taken …") if self.services[kind].key else _("Adding …"))
        self._adding = self._context.jobs.start(
            work, self, self._on_added, on_failed=self._on_refused, replaces="add a service"
        )

    def done(self, result: int) -> None:
        """Close; a service that is being asked is not added any more."""
        if self._adding is not None:
            self._context.jobs.cancel(self._adding)
        super().done(result)

    def begin_with(self, place: Path) -> None:
        """Begin with a publication at `place`; its key is still to be given."""
        self.show_kind(SourceKind.PUBLICATION)
        self.publication.begin_with(place)

    def take_file(self, path: Path) -> None:
        """Go on with a file of one's own: what its columns are is asked in a dialog of its own."""
        from jobcentre_desk.gui.mapping_dialog import MappingDialog

        super().accept()
        parent = self.parentWidget()
        MappingDialog(self._context, path, parent).open()

    def _on_added(self, name: str) -> None:
        super().accept()
        self._context.open_page("figures")
        self._context.sync((name,))

    def fit(self) -> None:
        """As high as the fields need; where the screen is too low for that, they scroll."""
        holder = self._scroll.widget()
        fields = holder.layout() if holder is not None else None
        if fields is None:
            return
        needed = 0 if self.kind is SourceKind.AUTHORITY_FILE else _height(fields, self.width() - 2 * (SIDE - RING))
        self._scroll.setFixedHeight(0)
        others = _height(self.column, self.width())
        room = self.screen().availableGeometry().height() - AROUND - others
        fitting = max(min(needed, LEAST), min(needed, room))
        self._scroll.setFixedHeight(fitting)
        self.setFixedHeight(others + fitting)

    # Layout

    def _lay_out(self) -> None:
        column = self.column
        column.setSpacing(4)
        column.setContentsMargins(SIDE - RING, SIDE - RING, SIDE - RING, SIDE - RING)
        title = column.itemAt(0)
        if title is not None and (label := title.widget()) is not None:
            label.setContentsMargins(RING, 0, RING, 0)
        column.addSpacing(8)
        column.addLayout(_inset(self.kinds, 8, self._about))
        column.addSpacing(8 - RING)
        holder = QWidget()
        self._forms = QVBoxLayout(holder)
        self._forms.setContentsMargins(RING, RING, RING, RING)
        self._forms.addWidget(self.publication)
        self._scroll.show_column(holder)
        for ground in (holder, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        column.addWidget(self._scroll)
        self.fault.hide()
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme_of(self).error)
        self.fault.setPalette(palette)
        column.addLayout(_inset(self.fault))
        column.addSpacing(12)
        self._cancel.clicked.connect(self.reject)
        self.add.clicked.connect(self.accept)
        self.add_buttons(self._cancel, self.add).setContentsMargins(RING, 0, RING, 0)

    def _build_service(self, kind: SourceKind) -> None:
        form = self.services[kind] = ServiceForm(self._context, kind)
        form.edited.connect(self._forget_fault)
        self._forms.addWidget(form)

    # What happens

    def _on_kind_chosen(self, kind: str) -> None:
        self.show_kind(SourceKind(kind))

    def _on_refused(self, fault: DeskError) -> None:
        """What was refused is said; a service that does not answer can be added without being asked."""
        self._go_on()
        self._say(str(fault))
        if isinstance(fault, SourceUnreachable):
            self._unasked = True
            self._name_primary(_("Add all the same"))

    def _wait(self, words: str) -> None:
        self.fault.hide()
        self.add.setEnabled(False)
        self.kinds.setEnabled(False)
        self._name_primary(words)

    def _go_on(self) -> None:
        self.add.setEnabled(True)
        self.kinds.setEnabled(True)
        self._name_primary(self._primary_words())

    def _forget_fault(self) -> None:
        self._unasked = False
        self._say("")
        self._name_primary(self._primary_words())

    def _primary_words(self) -> str:
        return _("Choose the file …") if self.kind is SourceKind.AUTHORITY_FILE else _("Add and fetch")

    def _name_primary(self, words: str) -> None:
        self.add.setText(words.replace("&", "&&"))

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)
        self.fault.setVisible(bool(sentence))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type] # Qt hands a QShowEvent
        form = self.services.get(self.kind, self.publication)
        if self.kind is not SourceKind.AUTHORITY_FILE:
            form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)


def _inset(*parts: QWidget | int) -> QVBoxLayout:
    """Widgets and spaces, one under the other, with the margin the fields keep for the focus ring."""
    column = QVBoxLayout()
    column.setContentsMargins(RING, 0, RING, 0)
    column.setSpacing(0)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addSpacing(part)
    return column


def _height(layout: QLayout, width: int) -> int:
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
