"""Groups of peers of one's own: made, changed and removed from the Municipality page, each with undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.municipality_choice import municipalities
from jobcentre_desk.gui.peer_group_dialog import PeerGroupDialog
from jobcentre_desk.model.municipalities import PeerGroup, PeerVariable
from jobcentre_desk.text import translate as _

OWN = "own:"
"""Stands before the name of a group where a kind of peers is chosen."""
USUAL = "expected"


class PeerGroups:
    """What a page does about own groups and the variables of the distance; `show` is told which peers to show."""

    def __init__(self, context: PageContext, page: QWidget, show: Callable[[str], None]) -> None:
        self._context, self._page, self._show = context, page, show
        self._records = context.workspace.municipalities

    def named(self, peers: str) -> PeerGroup | None:
        """The group that a kind of peers (`own:NAME`) stands for; None for another kind or a group that is gone."""
        name = peers.removeprefix(OWN) if peers.startswith(OWN) else ""
        return next((group for group in self._records.peer_groups() if group.name == name), None)

    def tell(self, peers: str) -> None:
        """Say which group is compared with, with the ways to change or remove it."""
        group = self.named(peers)
        if group is not None:
            links = ((_("Change the group"), partial(self.ask, "", group)), (_("Remove"), partial(self.remove, group)))
            words = _("Compared with the group {name}.").format(name=group.name)
            self._context.notices.inform(words, links, cause="peer group")

    def ask(
        self, municipality: str, former: PeerGroup | None = None, *, on_left: Callable[[], None] | None = None
    ) -> None:
        """Open the dialog in which a group is made or changed; `municipality` itself is not offered."""
        areas = [pair for pair in municipalities(self._context.figures()) if pair[0] != municipality]
        dialog = PeerGroupDialog(areas, self._page.window(), former=former)
        dialog.group_kept.connect(partial(self.keep, former=former))
        if on_left is not None:
            dialog.rejected.connect(on_left)
        dialog.open()

    def keep(self, group: PeerGroup, former: PeerGroup | None = None) -> None:
        """Keep a group and compare with it."""
        kept = self._records.keep_peer_group(group)

        def undo() -> None:
            self._records.remove_peer_group(kept.name)
            back = OWN + self._records.keep_peer_group(former).name if former is not None else USUAL
            self._context.notices.clear("peer group")
            self._show(back)

        self._show(OWN + kept.name)
        words = _("The group {name} is kept.").format(name=kept.name)
        self._context.notices.inform(words, ((_("Undo"), undo),), cause="peer group")

    def remove(self, group: PeerGroup) -> None:
        """Erase a group and go back to the usual peers."""
        self._records.remove_peer_group(group.name)

        def undo() -> None:
            kept = self._records.keep_peer_group(group)
            self._context.notices.clear("peer group")
            self._show(OWN + kept.name)

        self._show(USUAL)
        words = _("The group {name} is removed.").format(name=group.name)
        self._context.notices.inform(words, ((_("Undo"), undo),), cause="peer group")

    def keep_variables(self, variables: tuple[PeerVariable, ...]) -> None:
        """Keep the variables of the distance and find peers by them."""
        former = self._records.peer_variables()
        self._records.keep_peer_variables(variables)

        def undo() -> None:
            self._records.keep_peer_variables(former)
            self._context.notices.clear("peer variables")
            self._show("distance")

        words = _("Peers are now found on other variables.")
        self._context.notices.inform(words, ((_("Undo"), undo),), cause="peer variables")
        self._show("distance")
