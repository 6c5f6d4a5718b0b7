"""The settings: language, theme, text size, home municipality, and fetching figures every day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from jobcentre_desk.gui.buttons import SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.municipality_choice import fill_municipalities
from jobcentre_desk.gui.theme import TEXT_FACTORS
from jobcentre_desk.text import translate as _


class SettingsDialog(DeskDialog):
    """Changes nothing until "Save settings"; language and look then change at once, with the page kept."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Change settings"), parent)
        self._context = context
        settings = context.settings()
        self.language = SegmentedChoice([("da", "Dansk"), ("en", "English")], settings.language)
        self.look = SegmentedChoice(
            [("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))], settings.theme
        )
        sizes = [(str(factor), f"{factor} %") for factor in TEXT_FACTORS]
        self.text_size = SegmentedChoice(sizes, str(settings.text_factor))
        self.municipality = QComboBox()
        fill_municipalities(self.municipality, context.figures(), settings.home_municipality)
        self.daily = QCheckBox(_("Fetch new figures when those here are a day old"))
        self.daily.setChecked(settings.daily_sync)
        self._lay_out()

    def accept(self) -> None:
        """Save, close, and change the look."""
        super().accept()
        self._context.change_settings(
            language=self.language.current(),
            theme=self.look.current(),
            text_factor=int(self.text_size.current()),
            home_municipality=str(self.municipality.currentData() or ""),
            daily_sync=self.daily.isChecked(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(plain_label(_("Language")), self.language)
        form.addRow(plain_label(_("Colours")), self.look)
        form.addRow(plain_label(_("Text size")), self.text_size)
        form.addRow(plain_label(_("My municipality")), self.municipality)
        self.column.addLayout(form)
        self.column.addWidget(self.daily)
        cancel, save = secondary_button(_("Cancel")), primary_button(_("Save settings"))
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.accept)
        self.add_buttons(cancel, save)
