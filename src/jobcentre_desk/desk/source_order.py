"""Which source is shown first where several publish the same: the order of their list, which a person can change."""

from __future__ import annotations

from collections.abc import Iterable

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace


def ordered(entries: Iterable[SourceEntry]) -> list[str]:
    """The names of the sources as `Workspace.sources` gives them, the one that is shown first at the head."""
    return [entry.name for entry in entries]


def rule_sentence() -> str:
    """The rule, as it stands over the list of sources."""
    return _(
        "Where two sources publish the same, the one that stands higher here is shown and the other is named "
        "beside it. New sources go last, but before demonstration figures."
    )


def move_source(workspace: Workspace, name: str, place: int) -> list[str]:
    """Move a source to a place counted from 1, and give the names in their new order.

    Raises InputRefused for a name that is no source and a place that is none.
    """
    if place < 1:
        raise InputRefused(_("Places are counted from 1."), _("Give 1 for the source that is to be shown first."))
    workspace.move_source(name, place)
    return ordered(workspace.sources())
