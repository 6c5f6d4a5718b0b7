"""The card of an employer's place in its branch: what would settle the comparison at once, the rest when worked out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.employer_branch import EmployerBranch
from jobcentre_desk.model.pages import EmployerPage
from jobcentre_desk.text import translate as _


class PlaceCard(CardFrame):
    """Shows the difference from the branch; `show_branch` adds place, both kinds of job and the funnel."""

    def __init__(self, content: EmployerPage, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Place in the branch"), parent)
        self._context = context
        self.place = SentenceLabel(TypeRole.BODY)
        self.place.hide()
        self.body.addWidget(self.place)
        if content.settle_line:
            self.body.addWidget(plain_label(content.settle_line, TypeRole.BODY, wrap=True))
        elif not content.comparison.reference_branch:
            words = _("No branch is large enough to compare with.")
            self.body.addWidget(plain_label(words, TypeRole.BODY, wrap=True, quiet=True))

    def show_branch(self, branch: EmployerBranch) -> None:
        """Say where the employer probably lies in its branch."""
        if branch.place_line:
            self.place.show_sentence(branch.place_line, branch.place_strong)
            self.place.show()
        if branch.kinds_line:
            self.body.addWidget(plain_label(branch.kinds_line, TypeRole.CAPTION, wrap=True, quiet=True))

    def add_link(self, link: LinkButton) -> None:
        """A link to the right of the title."""
        self.header.addWidget(link)
