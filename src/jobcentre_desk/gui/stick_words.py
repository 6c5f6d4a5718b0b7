"""What the stick dialogs say of one publication, and of what came of copying."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from jobcentre_desk.text import count, date, decimal
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.handing_on import HandedOn
    from jobcentre_desk.desk.stick_looking import StickPublication
    from jobcentre_desk.desk.sticks import StickResult

MEGABYTE = 1_000_000


def handed_words(handed: HandedOn) -> str:
    """A publication that can be copied, on one line."""
    return _("{name}: release {number} of {day}, {size} MB").format(
        name=handed.source,
        number=count(handed.publication.sequence),
        day=day_words(handed.publication.released),
        size=_megabytes(handed.bytes),
    )


def lacking_words(handed: HandedOn) -> str:
    """Why a publication cannot be copied, and what helps."""
    words = _n(
        "{n} of its files is not kept on this computer. Fetch once more with the network first.",
        "{n} of its files are not kept on this computer. Fetch once more with the network first.",
        handed.lacking,
    )
    return words.format(n=count(handed.lacking))


def found_words(found: StickPublication) -> str:
    """A publication on a stick: release, date, size and key."""
    parts = [
        _("Release {number} of {day}").format(number=count(found.sequence), day=day_words(found.released)),
        _("{size} MB").format(size=_megabytes(found.bytes)),
        _("key id {key}").format(key=found.key_id) if found.key_id else _("not signed"),
    ]
    return " · ".join(parts)


def copied_words(result: StickResult) -> str:
    """What lies where now, and what to tell whoever receives it."""
    lines = [
        _("Release {number} of {publisher} (key id {key}) was copied and read back: {place}").format(
            number=count(copied.sequence),
            publisher=copied.publisher_name,
            key=copied.key_id,
            place=copied.place,
        )
        for copied in result.publications
    ]
    lines.append(_("Tell the key id by phone, not by mail; the check list beside the files says what to do with them."))
    return "\n".join(lines)


def day_words(released: str) -> str:
    """A release's date."""
    return date(dt.date.fromisoformat(released[:10]))


def _megabytes(length: int) -> str:
    return decimal(length / MEGABYTE, places=1)
