"""Improvement cards under one another: suggested ones first with their reason, the others folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.desk.municipality_wording import component_title
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.mark_painter import MarkView
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.model.cards import CardSuggestion
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n


class CardList(QWidget):
    """The cards of one municipality; a click on a title opens what the card says."""

    def __init__(self, suggestions: Sequence[CardSuggestion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        suggested = [s for s in suggestions if s.suggested]
        others = [s for s in suggestions if not s.suggested]
        for suggestion in suggested:
            layout.addWidget(CardRow(suggestion))
        if not suggested:
            layout.addWidget(plain_label(_("No gap was found that is large and lasting enough."), wrap=True))
        self._others = QWidget()
        under = QVBoxLayout(self._others)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(10)
        for suggestion in others:
            under.addWidget(CardRow(suggestion))
        self._others.setVisible(not suggested)
        if others and suggested:
            link = LinkButton(_n("Show {n} more card", "Show {n} more cards", len(others)).format(n=len(others)))
            link.clicked.connect(lambda _checked=False: self._show_others(link))
            layout.addWidget(link)
        layout.addWidget(self._others)

    def _show_others(self, link: LinkButton) -> None:
        self._others.show()
        link.hide()


class CardRow(QWidget):
    """One card: component, title, reason, and on demand its questions and practice."""

    def __init__(self, suggestion: CardSuggestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = suggestion.card
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        title = LinkButton(both(card.title_da, card.title_en))
        title.use_role(TypeRole.STRONG)
        title.clicked.connect(self._toggle)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(plain_label(suggestion.reason, TypeRole.BODY, wrap=True))
        line = QHBoxLayout()
        line.setSpacing(6)
        mark = MarkView()
        mark.show_mark(card.component.value, theme_of(self).text2)
        line.addWidget(mark)
        line.addWidget(plain_label(component_title(card.component), TypeRole.CAPTION, quiet=True))
        line.addStretch(1)
        layout.addLayout(line)
        self._more = _content(suggestion)
        self._more.hide()
        layout.addWidget(self._more)

    def _toggle(self) -> None:
        self._more.setVisible(self._more.isHidden())


def _content(suggestion: CardSuggestion) -> QWidget:
    card = suggestion.card
    ground = QWidget()
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(12, 4, 0, 4)
    layout.setSpacing(4)
    layout.addWidget(plain_label(both(card.why_da, card.why_en), wrap=True))
    layout.addWidget(plain_label(_("Talk with each other about"), TypeRole.STRONG))
    questions = card.questions_da if both("da", "en") == "da" else card.questions_en
    for question in questions:
        layout.addWidget(plain_label(f"• {question}", wrap=True))
    for heading, words in (
        (_("Try this"), both(card.practice_da, card.practice_en)),
        (_("See whether it helped"), both(card.look_at_da, card.look_at_en)),
    ):
        layout.addWidget(plain_label(heading, TypeRole.STRONG))
        layout.addWidget(plain_label(words, wrap=True))
    layout.addWidget(plain_label(card.source, TypeRole.CAPTION, wrap=True, quiet=True))
    return ground
