"""The kinds of source in words: their names, what they give, and the dates a service writes."""

from __future__ import annotations

import datetime as dt

from jobcentre_desk import text
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.text import translate as _


def kind_name(kind: SourceKind) -> str:
    """The name of a kind of source, short enough for a button."""
    return {
        SourceKind.PUBLICATION: _("Publication"),
        SourceKind.JOBINDSATS: _("Jobindsats"),
        SourceKind.STATBANK: _("StatBank"),
        SourceKind.AUTHORITY_FILE: _("Own file"),
    }[kind]


def kind_sentence(kind: SourceKind) -> str:
    """What a source of this kind gives, and what it takes."""
    return {
        SourceKind.PUBLICATION: _(
            "What your municipality or agency has published for its offices: an address, a folder or a zip file, "
            "signed with the publisher's key."
        ),
        SourceKind.JOBINDSATS: _(
            "Figures on municipalities from the agency STAR: benefits, activation, courses, jobs afterwards. "
            "It takes a key."
        ),
        SourceKind.STATBANK: _(
            "Background figures on municipalities from Statistics Denmark: population, education, income, "
            "employment. Open to all, no key."
        ),
        SourceKind.AUTHORITY_FILE: _(
            "A CSV file or Excel sheet with figures on employers that your authority may see. It stays on this machine."
        ),
    }[kind]


def release_date(written: str) -> str:
    """A date of a release calendar in words; what is no date is shown as it was written, "–" when empty."""
    try:
        return text.date(dt.date.fromisoformat(written[:10]))
    except ValueError:
        return written or "–"
