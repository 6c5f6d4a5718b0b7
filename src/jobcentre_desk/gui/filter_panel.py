"""The filter panel: area, branch, occupation, benefit group, programme, period, least completed and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSplitter, QToolButton, QVBoxLayout, QWidget

from jobcentre_desk.cache.code_lists import CodeLists
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.filter_choices import AreaChoices, CodeChoices, FilterChoices
from jobcentre_desk.gui.filter_section import BODY_LEFT, SIDE, FilterSection, TreeSection
from jobcentre_desk.gui.filter_tree import FilterTree
from jobcentre_desk.gui.icons import icon
from jobcentre_desk.gui.outcome_source_choice import OutcomeSourceChoice
from jobcentre_desk.gui.period_choice import PeriodChoice
from jobcentre_desk.gui.stepper import Stepper
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.model.classifications import CodeTree
from jobcentre_desk.model.outcomes import FacetCounts, Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import translate as _

LEAST_LETTERS = 2
WIDE, NARROW = 248, 212
TREES = ("municipalities", "branches", "occupations", "benefit_groups", "programmes")
MOST_ROWS = {"branches": 8, "benefit_groups": 6}
"""Choices shown before "All" is asked for."""

_EMPTY = CodeTree(())


class FilterPanel(QFrame):
    """Everything that narrows the list but its order; `scope_changed` carries what is asked for now."""

    scope_changed = Signal(object)
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self.text_field = QLineEdit()
        self.saved_button = LinkButton(_("Saved"), icon_name="star")
        self._sections = {name: self._tree_section(name) for name in TREES}
        self.source_choice = OutcomeSourceChoice()
        self._source = FilterSection(_("Figures from"), _indented(self.source_choice))
        self._period = PeriodChoice()
        self._least = Stepper(
            _("Least completed traineeships"),
            less=_("One completed less"),
            more=_("One completed more"),
            unit=_("traineeships"),
        )
        self._lay_out()
        self._connect()

    def scope(self) -> Scope:
        """What is asked for now."""
        return self._scope

    def show_scope(self, scope: Scope) -> None:
        """Show another scope, without a signal."""
        self._scope = scope
        for name, section in self._sections.items():
            section.tree.choose(getattr(scope, name))
            section.show_summary()
        self._period.show_ends(scope.first, scope.last)
        self._least.show_value(scope.min_completed)
        if self.text_field.text().strip() != scope.text:
            blocked = self.text_field.blockSignals(True)
            self.text_field.setText(scope.text)
            self.text_field.blockSignals(blocked)

    def show_lists(self, codes: CodeLists, home: str) -> None:
        """Show the code lists of a snapshot; `home` is the code of the home municipality ("" = none chosen)."""
        choices: dict[str, FilterChoices] = {name: CodeChoices(codes.tree(name)) for name in TREES[1:]}
        choices["municipalities"] = AreaChoices(codes.areas, home)
        for name, section in self._sections.items():
            section.tree.show_choices(choices[name])
        self.show_scope(self._scope)

    def show_quarters(self, quarters: tuple[Quarter, ...], known_through: Quarter | None) -> None:
        """The quarters the period can be chosen from."""
        self._period.show_quarters(quarters, known_through)

    def show_sources(self, sources: Sequence[tuple[str, str]], current: str) -> None:
        """The sources of outcomes as (name, words); with one alone there is nothing to choose."""
        self.source_choice.show_sources(sources, current)
        self._source.setVisible(len(sources) > 1)

    def show_counts(self, counts: FacetCounts) -> None:
        """Employers beside every choice."""
        for name, section in self._sections.items():
            section.tree.show_counts(getattr(counts, name))

    def grey_counts(self) -> None:
        """The counts belong to an older scope."""
        for section in self._sections.values():
            section.tree.grey_counts()

    def section(self, name: str) -> TreeSection:
        """The section of a list ("branches" ...)."""
        return self._sections[name]

    def focus_text(self) -> None:
        """Put the cursor in the text field."""
        self.text_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text_field.selectAll()

    def close_search(self) -> bool:
        """Close a search field that is open in a section; False when there is none."""
        return any(section.close_search() for section in self._sections.values())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.fillRect(0, self._head_height(), self.width(), 1, theme.line)
        if not isinstance(self.parentWidget(), QSplitter):
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.edge)

    def _head_height(self) -> int:
        return self.text_field.geometry().bottom() + 10

    def _tree_section(self, name: str) -> TreeSection:
        words, hint = {
            "municipalities": (_("Area"), _("Find a municipality")),
            "branches": (_("Branch"), _("Find a branch")),
            "occupations": (_("Occupation"), _("Find an occupation")),
            "benefit_groups": (_("Benefit group"), ""),
            "programmes": (_("Programme"), ""),
        }[name]
        tree = FilterTree(CodeChoices(_EMPTY), name=words, most_rows=MOST_ROWS.get(name, 0))
        return TreeSection(words, tree, search_hint=hint, is_open=name != "programmes")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        ground = QWidget()
        sections = QVBoxLayout(ground)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(0)
        sections.addWidget(self._source)
        self._source.hide()
        for section in self._sections.values():
            sections.addWidget(section)
        sections.addWidget(FilterSection(_("Period"), _indented(self._period)))
        sections.addWidget(FilterSection(_("Least completed"), _indented(self._least)))
        sections.addStretch(1)
        area = QScrollArea()
        area.setWidget(ground)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        ground.setAutoFillBackground(False)
        column.addWidget(area, 1)

    def _head(self) -> QVBoxLayout:
        words = QHBoxLayout()
        words.setSpacing(scaled(14))
        words.addWidget(plain_label(_("Find"), TypeRole.SECTION))
        words.addStretch(1)
        reset = LinkButton(_("Reset"))
        reset.clicked.connect(self.reset_wanted)
        for link in (reset, self.saved_button):
            link.use_role(TypeRole.CAPTION)
            words.addWidget(link)
        self.saved_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.text_field.setPlaceholderText(_("Name or CVR"))
        self.text_field.setAccessibleName(_("Name or CVR"))
        self.text_field.setClearButtonEnabled(True)
        self.text_field.setFixedHeight(scaled(28))
        glass = icon("search", theme_of(self).text3, size=scaled(16))
        self.text_field.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 8, SIDE, 12)
        head.setSpacing(8)
        head.addLayout(words)
        head.addWidget(self.text_field)
        return head

    def _connect(self) -> None:
        self.text_field.textChanged.connect(self._on_text_changed)
        self._period.changed.connect(self._on_period_changed)
        self._least.changed.connect(lambda value: self._change(min_completed=value))
        for name, section in self._sections.items():
            section.changed.connect(lambda name=name: self._on_tree_changed(name))

    def _on_tree_changed(self, name: str) -> None:
        section = self._sections[name]
        section.tree.viewport().update()
        self._change(**{name: section.tree.chosen()})

    def _on_period_changed(self) -> None:
        first, last = self._period.ends()
        self._change(first=first, last=last)

    def _on_text_changed(self, words: str) -> None:
        kept = words.strip()
        self._change(text=kept if len(kept) >= LEAST_LETTERS else "")

    def _change(self, **changes: object) -> None:
        changed = replace(self._scope, **changes)  # type: ignore[arg-type]
        if changed != self._scope:
            self._scope = changed
            self.scope_changed.emit(changed)


def _indented(widget: QWidget) -> QWidget:
    ground = QWidget()
    row = QHBoxLayout(ground)
    row.setContentsMargins(BODY_LEFT, 0, SIDE, 4)
    row.addWidget(widget)
    return ground
