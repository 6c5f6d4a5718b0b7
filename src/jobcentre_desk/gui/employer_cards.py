"""The cards of the Employer page: each made of what the page says, with the table that may be copied."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.former_link import former_link
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.model.charts import Chart, TableOf
from jobcentre_desk.model.employer_branch import WhatWorks
from jobcentre_desk.model.pages import EmployerPage
from jobcentre_desk.text import translate as _

_TREND_HEIGHT = 270
_MARKER_HEIGHT, _CONTROL_HEIGHT = 24, 66


def sentence_card(content: EmployerPage) -> CardFrame:
    """The one sentence of the page, and what other sources have."""
    card = CardFrame()
    sentence = SentenceLabel(TypeRole.SENTENCE)
    sentence.show_sentence(content.sentence, content.sentence_strong)
    card.body.addWidget(sentence)
    card.body.addWidget(plain_label(content.caution, TypeRole.CAPTION, wrap=True, quiet=True))
    for line in content.other_lines:
        card.body.addWidget(plain_label(line, TypeRole.BODY, wrap=True))
    return card


def chart_card(chart: Chart, shared: Chart | None) -> ChartCard:
    """A chart whose table is copied as `shared` has it; where that is withheld whole, the copy says so."""
    return ChartCard(chart, shared=withheld_table() if shared is None else shared.table)


def withheld_table() -> TableOf:
    """What is copied of a table that does not leave the screen."""
    return TableOf(header=(_("Hidden to protect people: too few to show."),), rows=(), numeric=(False,))


def trend_card(content: EmployerPage, shared: EmployerPage | None) -> ChartCard:
    """The trend, high enough for what stands under it."""
    card = chart_card(content.trend, shared.trend if shared else None)
    height = _TREND_HEIGHT
    height += _MARKER_HEIGHT if content.trend.marker else 0
    height += _CONTROL_HEIGHT if content.trend.control else 0
    card.setFixedHeight(scaled(height))
    return card


def case_mix_card(content: EmployerPage, shared: EmployerPage | None) -> CardFrame:
    """What is usual of people like those the employer took; a sentence where nothing can be expected."""
    chart = content.case_mix
    if chart is None:
        card = CardFrame(_("Given whom they took"))
        words = _("There are no others like them to compare with.")
        card.body.addWidget(plain_label(words, TypeRole.BODY, wrap=True, quiet=True))
        return card
    made = chart_card(chart, shared.case_mix if shared else None)
    made.body.insertWidget(1, plain_label(chart.sentence, TypeRole.BODY, wrap=True))
    return made


def works_card(works: WhatWorks, shared: TableOf) -> CardFrame:
    """What ends in a job more often in the branch, a line each."""
    card = CardFrame(works.title)
    for line in works.lines:
        card.body.addWidget(plain_label(line, TypeRole.BODY, wrap=True))
    card.body.addWidget(plain_label(works.sentence, TypeRole.CAPTION, wrap=True, quiet=True))
    if works.lines:
        copy = LinkButton(_("Copy"), icon_name="copy")
        copy.use_role(TypeRole.CAPTION)
        copy.clicked.connect(partial(copy_table, shared))
        card.header.addWidget(copy)
    return card


def definition_card(content: EmployerPage, context: PageContext) -> CardFrame:
    """How it is counted, of when, and where from."""
    from jobcentre_desk.desk.measures import SUCCESS_RATE

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
    links = QVBoxLayout()
    links.addWidget(link)
    links.addWidget(former_link(context, SUCCESS_RATE))
    links.addStretch(1)
    row.addLayout(links)
    card.body.addLayout(row)
    return card


def copy_table(table: TableOf) -> None:
    """Put a table on the clipboard, headers first."""
    from PySide6.QtGui import QGuiApplication

    from jobcentre_desk.documents.csv_export import tab_text

    QGuiApplication.clipboard().setText(tab_text(table))
