"""The Employer page: one sentence, employer beside branch and country, both kinds of job, trend, occupations, notes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import LinkButton, icon_button, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.notes import NotesList, write_note
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.pages import EmployerPage as EmployerContent
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

CopiedTables = tuple[TableOf, TableOf, TableOf]
"""The tables as the guard lets them be copied: beside, trend, occupations."""

_TREND_HEIGHT = 270


class EmployerPage(Page):
    """Shows one employer; reached from the list, the search or the shortlist."""

    page_name: ClassVar[str] = "employer"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cvr = ""
        self._scope = Scope()
        self._content: EmployerContent | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(_nobody_chosen(context))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def title(self) -> str:
        return self._content.comparison.employer.name if self._content else _("Employer")

    def subtitle(self) -> str:
        if self._content is None:
            return ""
        employer = self._content.comparison.employer
        return f"{self._content.branch_title} · {self._content.municipality_name} · CVR {employer.cvr}"

    def can_go_back(self) -> bool:
        return self._content is not None

    def top_bar_widgets(self) -> list[QWidget]:
        if self._content is None:
            return []
        widgets: list[QWidget] = []
        if self._content.scope_line:
            whole = secondary_button(self._content.scope_line, icon_name="close")
            whole.setToolTip(_("Show the whole employer"))
            whole.clicked.connect(lambda _checked=False: self.show_employer(self._cvr, None))
            widgets.append(whole)
        listed = self._cvr in self._context.workspace.shortlist()
        star = icon_button(
            "star-filled" if listed else "star", _("Take off the shortlist") if listed else _("Put on the shortlist")
        )
        star.clicked.connect(self.toggle_shortlist)
        note = secondary_button(_("Note"), icon_name="note")
        note.clicked.connect(lambda _checked=False: write_note(self._context, self, self._cvr, self._show_notes))
        sheet = primary_button(_("Sheet for the employer"), icon_name="document")
        sheet.clicked.connect(self.save_sheet)
        return [*widgets, star, note, sheet]

    def figures_changed(self) -> None:
        if self._cvr:
            self._load()

    def state(self) -> object:
        return self._cvr, self._scope

    def restore(self, state: object) -> None:
        if isinstance(state, tuple) and len(state) == 2 and state[0]:
            self.show_employer(state[0], state[1])

    def show_employer(self, cvr: str, scope: Scope | None) -> None:
        """Show another employer; `scope` narrows it to occupations, benefit groups, programmes or a period."""
        self._cvr, self._scope = cvr, scope or Scope()
        self._load()

    def toggle_shortlist(self) -> None:
        """Put the employer on the shortlist, or take it off."""
        workspace = self._context.workspace
        if self._cvr in workspace.shortlist():
            workspace.remove_from_shortlist(self._cvr)
        else:
            workspace.add_to_shortlist(self._cvr)
        self.header_changed.emit()

    def save_sheet(self) -> None:
        """Ask where to, and write the one-page PDF."""
        if self._content is not None:
            name = self._content.comparison.employer.name
            self._context.choose_save_file(self, f"{name}.pdf", self._write_sheet)

    def _write_sheet(self, path: Path) -> None:
        figures, cvr, scope = self._context.figures(), self._cvr, self._scope
        if figures is None:
            return

        def work(_task: Task) -> Path:
            from jobcentre_desk.desk.exports import save_employer_sheet

            save_employer_sheet(figures, cvr, path, scope=scope)
            return path

        self._context.jobs.start(work, self, self._on_sheet_written)

    def _on_sheet_written(self, path: Path) -> None:
        self._context.notices.inform(_("The sheet is saved: {path}").format(path=path), cause="sheet")

    def _load(self) -> None:
        figures, cvr, scope = self._context.figures(), self._cvr, self._scope
        if figures is None:
            return

        def work(_task: Task) -> tuple[EmployerContent, CopiedTables]:
            from jobcentre_desk.desk.employer_page import employer_page
            from jobcentre_desk.desk.exports import copied_tables

            content = employer_page(figures, cvr, scope=scope)
            return content, copied_tables(figures, content, scope=scope)

        self._context.jobs.start(
            work, self, self._on_content_ready, on_failed=self._on_content_failed, replaces="employer"
        )

    def _on_content_failed(self, fault: DeskError) -> None:
        """Nothing is left standing that belongs to other figures, as when another source is looked at."""
        self._content = None
        self._stack.setCurrentIndex(0)
        self.header_changed.emit()
        self._context.notices.fail(str(fault), cause="employer")

    def _on_content_ready(self, ready: tuple[EmployerContent, CopiedTables]) -> None:
        content, copied = ready
        self._content = content
        self._context.notices.clear("employer")
        self._scroll.setWidget(self._laid_out(content, copied))
        self._stack.setCurrentWidget(self._scroll)
        self.header_changed.emit()
        self._context.show_result(content.period_line)

    def _laid_out(self, content: EmployerContent, copied: CopiedTables) -> QWidget:
        ground = QWidget()
        beside, trend, occupations = copied
        grid = QGridLayout(ground)
        grid.setContentsMargins(GAP, GAP, GAP, GAP)
        grid.setSpacing(GAP)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(GAP)
        left.addWidget(_sentence_card(content))
        left.addWidget(ChartCard(content.beside, shared=beside))
        left.addWidget(self._notes_card())
        left.addStretch(1)
        right.addWidget(_trend_card(content, trend))
        right.addWidget(_settle_card(content))
        right.addWidget(ChartCard(content.occupations, shared=occupations))
        right.addStretch(1)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.addWidget(_definition_card(content, self._context), 1, 0, 1, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.setRowStretch(0, 1)
        return ground

    def _notes_card(self) -> CardFrame:
        card = CardFrame(_("Notes (only on this computer)"))
        self._notes = NotesList(self._context, self._cvr)
        card.body.addWidget(self._notes)
        return card

    def _show_notes(self) -> None:
        self._notes.refresh()


def _sentence_card(content: EmployerContent) -> CardFrame:
    card = CardFrame()
    sentence = SentenceLabel(TypeRole.SENTENCE)
    sentence.show_sentence(content.sentence, content.sentence_strong)
    card.body.addWidget(sentence)
    card.body.addWidget(plain_label(content.caution, TypeRole.CAPTION, wrap=True, quiet=True))
    for line in content.other_lines:
        card.body.addWidget(plain_label(line, TypeRole.BODY, wrap=True))
    return card


def _trend_card(content: EmployerContent, copied: TableOf) -> ChartCard:
    card = ChartCard(content.trend, shared=copied)
    card.setFixedHeight(scaled(_TREND_HEIGHT))
    return card


def _settle_card(content: EmployerContent) -> CardFrame:
    card = CardFrame(_("Given whom they took"))
    for line in (content.case_mix_line, content.settle_line):
        if line:
            card.body.addWidget(plain_label(line, TypeRole.BODY, wrap=True))
    return card


def _definition_card(content: EmployerContent, context: PageContext) -> CardFrame:
    card = CardFrame()
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addWidget(plain_label(_("How it is counted"), TypeRole.STRONG), 0, Qt.AlignmentFlag.AlignTop)
    lines = QVBoxLayout()
    lines.setSpacing(2)
    lines.addWidget(plain_label(content.definition, TypeRole.CAPTION, wrap=True, quiet=True))
    source = f"{content.period_line} · {content.origin.line}"
    lines.addWidget(plain_label(source, TypeRole.CAPTION, wrap=True, quiet=True))
    row.addLayout(lines, 1)
    link = LinkButton(_("The whole definition"))
    link.clicked.connect(partial(context.show_help, "employer"))
    row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(row)
    return card


def _nobody_chosen(context: PageContext) -> QWidget:
    ground = QWidget()
    layout = QVBoxLayout(ground)
    layout.addStretch(2)
    words = plain_label(_("No employer is chosen"), TypeRole.TITLE)
    layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
    how = plain_label(_("Choose one in the list of employers, or search with Ctrl+K."), quiet=True)
    layout.addWidget(how, 0, Qt.AlignmentFlag.AlignHCenter)
    link = LinkButton(_("Go to the list"))
    link.clicked.connect(lambda _checked=False: context.open_page("employers"))
    layout.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return ground
