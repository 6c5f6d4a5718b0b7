"""The first start: where shall the figures come from? A publication, a service, or the demonstration; and language."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.municipality_choice import fill_municipalities
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.text import translate as _

WIDTH = 640
BUTTON = 150


class FirstStartPage(Page):
    """Stands in for every page until there are figures."""

    page_name: ClassVar[str] = "welcome"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.add_source = primary_button(_("Choose …"))
        self.add_service = secondary_button(_("Enter a key"))
        self.try_demo = secondary_button(_("Try DEMO"))
        self._below = QStackedWidget()
        self._bar, self._far = QProgressBar(), plain_label("", TypeRole.CAPTION, quiet=True)
        self.municipality = QComboBox()
        self._lay_out()
        self.add_source.clicked.connect(self._on_add_source_clicked)
        self.add_service.clicked.connect(self._on_add_service_clicked)
        self.try_demo.clicked.connect(context.syncing.start_demonstration)
        context.syncing.changed.connect(self._on_syncing_changed)
        self._on_syncing_changed()

    def title(self) -> str:
        """Welcome."""
        return _("Welcome")

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setFixedWidth(scaled(WIDTH))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(plain_label(_("Where shall the figures come from?"), TypeRole.HEADLINE))
        promise = _(
            "The program fetches published figures once and works without a network from then on. "
            "Nothing about you is sent anywhere."
        )
        column.addWidget(wrapped_label(promise, TypeRole.SENTENCE, quiet=True))
        column.addSpacing(4)
        for card in self._ways():
            column.addWidget(card)
        self._below.addWidget(self._choices())
        self._below.addWidget(self._progress())
        column.addWidget(self._below)
        column.addStretch(2)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)

    def first_control(self) -> QWidget:
        return self.add_source

    def _ways(self) -> list[CardFrame]:
        return [
            _way(
                "folder",
                _("From a folder, a stick or an address"),
                _("The publication that your municipality or agency has made."),
                self.add_source,
            ),
            _way(
                "sync",
                _("From Jobindsats and Statistics Denmark"),
                _("Figures on municipalities. Jobindsats takes a key; Statistics Denmark is open to all."),
                self.add_service,
            ),
            _way(
                "play",
                _("See the program with invented figures"),
                _("About 4,000 invented employers, marked DEMO on every page. Takes a few seconds."),
                self.try_demo,
            ),
        ]

    def _choices(self) -> QWidget:
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        language = SegmentedChoice([("da", "Dansk"), ("en", "English")], text.language())
        language.chosen.connect(lambda chosen: self._context.change_settings(language=chosen))
        fill_municipalities(self.municipality, None, self._context.settings().home_municipality)
        self.municipality.activated.connect(self._on_municipality_activated)
        guide = LinkButton(_("Guide (F1)"), icon_name="help")
        guide.clicked.connect(lambda: self._context.show_help(self.page_name))
        row.addWidget(plain_label(_("Language")))
        row.addWidget(language)
        row.addSpacing(12)
        row.addWidget(plain_label(_("My municipality")))
        row.addWidget(self.municipality)
        row.addStretch(1)
        row.addWidget(guide)
        return row_widget

    def _progress(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        self._bar.setTextVisible(False)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self._context.syncing.cancel)
        row.addWidget(self._bar, 1)
        row.addWidget(self._far)
        row.addWidget(cancel)
        return holder

    def _on_add_source_clicked(self) -> None:
        from jobcentre_desk.gui.source_dialog import SourceDialog

        SourceDialog(self._context, self).open()

    def _on_add_service_clicked(self) -> None:
        from jobcentre_desk.gui.source_dialog import SourceDialog

        SourceDialog(self._context, self, kind=SourceKind.JOBINDSATS).open()

    def _on_municipality_activated(self) -> None:
        self._context.change_settings(home_municipality=str(self.municipality.currentData() or ""))

    def _on_syncing_changed(self) -> None:
        running = self._context.syncing.running
        done, total, what = self._context.syncing.progress
        self._below.setCurrentIndex(1 if running else 0)
        self.add_source.setEnabled(not running)
        self.add_service.setEnabled(not running)
        self.try_demo.setEnabled(not running)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._far.setText(what or _("Getting ready …"))


class _Icon(QWidget):
    """An icon in the accent."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(scaled(24), scaled(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """The icon fills the box."""
        painter = QPainter(self)
        draw_icon(painter, self._name, QRectF(self.rect()), theme_of(self).accent)


def _way(icon_name: str, title: str, sentence: str, button: QPushButton) -> CardFrame:
    card = CardFrame()
    row = QHBoxLayout()
    row.setContentsMargins(4, 4, 2, 4)
    row.setSpacing(16)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(plain_label(title, TypeRole.SECTION))
    words.addWidget(wrapped_label(sentence, quiet=True))
    button.setFixedWidth(scaled(BUTTON))
    row.addWidget(_Icon(icon_name), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addLayout(words, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    card.body.addLayout(row)
    return card
