"""The dialogs about sticks, brought to the states that are pictured."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QWidget

from jobcentre_desk import text
from jobcentre_desk.desk.stick_looking import StickPublication, StickState
from jobcentre_desk.gui.copy_to_stick_dialog import CopyToStickDialog
from jobcentre_desk.gui.stick_dialog import StickDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.text import translate as _


def copy_to_stick(desk: WindowDesk) -> QWidget:
    """Copying the publications that are here to a stick."""
    opened = CopyToStickDialog(desk.context, desk.window)
    opened.open()
    return opened


def open_stick(desk: WindowDesk) -> QWidget:
    """A stick just about to be chosen."""
    opened = StickDialog(desk.context, desk.window)
    opened.open()
    return opened


def stick_looked_at(desk: WindowDesk) -> QWidget:
    """A stick with a newer release, one that is here already, and one of an unknown publisher."""
    opened = StickDialog(desk.context, desk.window)
    opened.open()
    opened.show_found(tuple(_found(state, sentence) for state, sentence in _sentences().items()))
    return opened


def _sentences() -> dict[StickState, str]:
    return {
        StickState.NEWER: _("Newer than release {here} of {day} that is here: it comes in.").format(
            here=11, day=text.date(dt.date(2026, 4, 15))
        ),
        StickState.SAME: _("The same release is in use here already."),
        StickState.UNKNOWN: _(
            "No source here trusts the key {key}. Compare it with the publisher by phone, then add the source."
        ).format(key="2C94B0D81A6E37F5"),
    }


def _found(state: StickState, sentence: str) -> StickPublication:
    return StickPublication(
        place=Path("/media/stick") / f"publisher-{state.value}",
        state=state,
        sentence=sentence,
        publisher_name="STAR (opdigtet)",
        key_id="2C94B0D81A6E37F5",
        sequence=12,
        released="2026-07-15",
        bytes=34_700_000,
        source="STAR",
    )
