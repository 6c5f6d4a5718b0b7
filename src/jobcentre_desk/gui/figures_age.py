"""How old the figures are, as the status bar says it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from jobcentre_desk import text
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.cache.snapshot import LoadedSource
    from jobcentre_desk.desk.figures import Figures


def age_words(figures: Figures | None) -> str:
    """One line such as: Figures through Q1 2026 · fetched 2 Nov 2026."""
    if figures is None:
        return _("No figures")
    fetched = newest_fetch(figures.sources)
    parts = []
    if figures.known_through is not None:
        quarter = text.quarter(figures.known_through.year, figures.known_through.number)
        parts.append(_("Figures through {quarter}").format(quarter=quarter))
    if fetched is not None:
        parts.append(_("fetched {date}").format(date=text.date(fetched.date())))
    return " · ".join(parts)


def newest_fetch(sources: tuple[LoadedSource, ...]) -> dt.datetime | None:
    """When the newest of the figures were fetched, in local time."""
    moments = [moment for source in sources if (moment := moment_of(source.synced_at)) is not None]
    return max(moments, default=None)


def is_stale(figures: Figures | None, today: dt.date) -> bool:
    """Whether a source has passed the day its publisher calls it out of date."""
    if figures is None:
        return False
    days = [day_of(source.stale_after) for source in figures.sources]
    return any(day is not None and day < today for day in days)


def moment_of(written: str | None) -> dt.datetime | None:
    """A moment as snapshots write it (ISO 8601), in local time; None when there is none."""
    try:
        return dt.datetime.fromisoformat(written).astimezone() if written else None
    except ValueError:
        return None


def day_of(written: str | None) -> dt.date | None:
    """The day of a date or moment in ISO 8601; None when there is none."""
    try:
        return dt.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
