"""The way from a definition to what stood there before: old beside new, on the Figures page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext


def former_link(context: PageContext, measure: str) -> LinkButton:
    """A link to the former definitions and values of a measure."""
    link = LinkButton(_("Former definitions and values"))
    link.clicked.connect(partial(_open_measure, context, measure))
    return link


def _open_measure(context: PageContext, measure: str, _checked: object = None) -> None:
    context.state["measure"] = measure
    context.open_page("figures")
