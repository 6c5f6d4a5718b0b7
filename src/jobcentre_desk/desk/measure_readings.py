"""What stands beside the definition of a measure: who publishes it, its breaks in series, and where it was read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from jobcentre_desk import text
from jobcentre_desk.cache.readings import Reading, read_from
from jobcentre_desk.cache.revisions import read_breaks
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import measure_sources
from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

_BREAKS = re.compile(r"([&,;])")
"""Where a long request may go on in the next line; a space without width goes in there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReading:
    """`definitions` are all there are by the name of their source, the one shown first at the head.

    `others` name who publishes figures beside `shown`; `breaks` and `readings` are finished sentences.
    """

    shown: str
    others: tuple[str, ...]
    definitions: tuple[tuple[str, Measure], ...]
    breaks: tuple[str, ...]
    readings: tuple[str, ...]


def measure_reading(figures: Figures, measure: str) -> MeasureReading | None:
    """All that is known of one measure beside its numbers; None for a measure that is not there."""
    sources = measure_sources(figures).get(measure)
    if sources is None:
        return None
    return MeasureReading(
        shown=sources.shown,
        others=sources.others,
        definitions=tuple(sorted(sources.definitions, key=lambda named: named[0] != sources.shown)),
        breaks=tuple(
            _("Counted otherwise from {period} ({source}): {reason}").format(
                period=period_words(one.period), source=one.source, reason=both(one.sentence_da, one.sentence_en)
            )
            for one in read_breaks(figures.snapshot)
            if one.measure == measure
        ),
        readings=tuple(_reading(reading) for reading in read_from(figures.snapshot, measure)),
    )


def _reading(reading: Reading) -> str:
    return _("{source}, table {table} ({title}), fetched {date}: {request}").format(
        source=reading.source,
        table=reading.table,
        title=reading.title or reading.table,
        date=_date(reading.fetched_at),
        request=_BREAKS.sub(lambda sign: f"{sign[0]}\u200b", reading.request),
    )


def _date(written: str) -> str:
    try:
        return text.date(dt.datetime.fromisoformat(written).astimezone().date())
    except ValueError:
        return "–"
