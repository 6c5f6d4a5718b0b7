"""What a figure tells of itself: publication, definition version, release, and what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jobcentre_desk.cache.figures import definitions, publishers_of
from jobcentre_desk.cache.revisions import FigureKey, Revision, read_revisions, stored_figure, trace_of
from jobcentre_desk.cache.snapshot import LoadedSource
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import SUCCESS_RATE
from jobcentre_desk.desk.municipality_wording import published_number
from jobcentre_desk.desk.other_sources import NO_GROUP
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import MunicipalityPage
from jobcentre_desk.model.provenance import FormerValue, Provenance, ReadAt
from jobcentre_desk.text import EN_DASH, count, date
from jobcentre_desk.text import translate as _

TRAINEESHIPS = SUCCESS_RATE.partition(".")[0] + "."
"""What the ids of measures counted from outcomes begin with."""


def provenance_of(
    figures: Figures, measure: str, area: str, *, period: str, group: str = "all", source: str = ""
) -> Provenance | None:
    """Where a published figure comes from: of the source it is shown from, or of `source`; None when there is none.

    A measure that is counted from outcomes of traineeships has the release of their source, and nothing before it:
    former releases keep no outcomes.
    """
    shown = source or _published_by(figures, measure)
    loaded = next((one for one in figures.sources if one.name == shown), None)
    for stands_for in (group, NO_GROUP) if group == "all" else (group,):
        key = (measure, area, period, stands_for)
        stored = None if loaded is None else stored_figure(figures.snapshot, key, loaded.id)
        if loaded is not None and stored is not None:
            return _told(figures, loaded, key, stored)
    if measure.startswith(TRAINEESHIPS) and figures.outcome_source is not None:
        return _told(figures, figures.outcome_source, (measure, area, period, group), (None, State.KNOWN))
    return None


def former_values(revisions: Iterable[Revision], *, period: str, group: str) -> tuple[FormerValue, ...]:
    """The earlier values of one figure, the newest first."""
    return tuple(former_value(one) for one in revisions if (one.period, one.group) == (period, group))


def former_value(revision: Revision) -> FormerValue:
    """What a figure was until the release that revised it."""
    return FormerValue(
        value=revision.old_value,
        state=revision.old_state,
        changed_by=revision.sequence,
        changed_at=revision.synced_at,
    )


def provenance_lines(told: Provenance) -> tuple[str, ...]:
    """A figure's provenance as finished sentences: source and release, former values, where it was read."""
    return tuple(line for line in (source_sentence(told), former_sentence(told), read_sentence(told)) if line)


def figure_lines(
    figures: Figures, measure: str, area: str, *, period: str, group: str, beside: str = ""
) -> tuple[str, ...]:
    """What a figure was before and where it was read, on a page that names the publisher `beside` already.

    Source and release stand there too where they are another's; a figure that has nothing to tell gives no line.
    """
    told = provenance_of(figures, measure, area, period=period, group=group)
    if told is None:
        return ()
    lines = provenance_lines(told)
    return lines[1:] if told.publisher_name == beside else lines


def page_lines(figures: Figures, content: MunicipalityPage, code: str) -> tuple[str, ...]:
    """What the chosen figure of a municipality's page tells beside the origin of the page; none without one."""
    view, publisher = content.chosen, content.origin.publisher_name
    if view is None:
        return ()
    return figure_lines(figures, view.id, code, period=view.period, group=view.group, beside=publisher)


def source_sentence(told: Provenance) -> str:
    """Source, release with its date, and definition version; that it is invented where it is."""
    line = _("{publisher}, release {release} of {date}, definition {version}.").format(
        publisher=told.publisher_name,
        release=count(told.release),
        date=_day(told.released),
        version=told.definition_version or EN_DASH,
    )
    return f"{line} {_('The figure is invented.')}" if told.demonstration else line


def former_sentence(told: Provenance) -> str:
    """What the figure was before, newest first; "" for one that never changed."""
    return former_sentences(told.former)


def former_sentences(former: Iterable[FormerValue]) -> str:
    """What a figure was before, a sentence for each value; "" for none."""
    return " ".join(
        _("It was {value} until release {release}.").format(value=former_words(one), release=count(one.changed_by))
        for one in former
    )


def former_words(former: FormerValue) -> str:
    """A former value in the language in use, or the word of its state."""
    return published_number(former.value) if former.value is not None else state_word(former.state) or EN_DASH


def read_sentence(told: Provenance) -> str:
    """Table, row and column of a figure of a service; "" for one that came in a file."""
    if told.read_at is None:
        return ""
    return _("Read from table {table}, row {row}, column {column}, fetched {date}.").format(
        table=told.read_at.table,
        row=count(told.read_at.row),
        column=told.read_at.column,
        date=_day(told.read_at.fetched_at),
    )


def provenance_header() -> tuple[str, ...]:
    """The headings of `provenance_cells` in a table that is saved."""
    return (_("Source"), _("Release"), _("Released"), _("Definition"), _("Was before"))


def provenance_cells(told: Provenance | None) -> tuple[str, ...]:
    """A figure's provenance as cells of a table: source, release, its date, definition version, former values."""
    if told is None:
        return ("",) * len(provenance_header())
    return (
        told.source,
        count(told.release),
        _day(told.released),
        told.definition_version,
        former_list(told.former),
    )


def origin_cells(figures: Figures, source: str, measure: str) -> tuple[str, ...]:
    """The cells before "was before": those of a measure as `source` has it; empty ones where it is not loaded."""
    loaded = next((one for one in figures.sources if one.name == source), None)
    if loaded is None:
        return ("",) * (len(provenance_header()) - 1)
    version = _definition_version(figures, measure, loaded)
    return (loaded.name, count(loaded.sequence), _day(loaded.released), version)


def former_list(former: Iterable[FormerValue]) -> str:
    """Former values in one cell, the newest first."""
    return "; ".join(
        f"{former_words(one)} ({_('until release {n}').format(n=count(one.changed_by))})" for one in former
    )


def shown_from(figures: Figures, measure: str) -> str:
    """The name of the source whose figures of a measure are shown, or whose outcomes it is counted from; "" = none."""
    counted = figures.outcome_source if measure.startswith(TRAINEESHIPS) else None
    return _published_by(figures, measure) or ("" if counted is None else counted.name)


def _published_by(figures: Figures, measure: str) -> str:
    publishers: dict[str, tuple[str, ...]] = figures.remembered(
        ("publishers of measures",), lambda: publishers_of(figures.snapshot, order=figures.order)
    )
    return next(iter(publishers.get(measure, ())), "")


def _told(figures: Figures, loaded: LoadedSource, key: FigureKey, stored: tuple[str | None, State]) -> Provenance:
    measure, area, period, group = key
    revisions = _revisions_of(figures, loaded.name, area).get(measure, ())
    trace = trace_of(figures.snapshot, key, loaded.name)
    return Provenance(
        source=loaded.name,
        publisher_name=loaded.publisher_name,
        release=loaded.sequence,
        released=loaded.released,
        taken_over=loaded.synced_at,
        definition_version=_definition_version(figures, measure, loaded),
        value=stored[0],
        state=stored[1],
        former=former_values(revisions, period=period, group=group),
        read_at=None
        if trace is None
        else ReadAt(
            table=trace.table,
            title=trace.title,
            request=trace.request,
            fetched_at=trace.fetched_at,
            row=trace.row,
            column=trace.column,
        ),
        demonstration=loaded.demonstration,
    )


def _revisions_of(figures: Figures, source: str, area: str) -> dict[str, list[Revision]]:
    """All revisions of an area by measure, read once: a page asks about many figures of one area."""

    def read() -> dict[str, list[Revision]]:
        by_measure: dict[str, list[Revision]] = {}
        for one in read_revisions(figures.snapshot, source=source, area=area):
            by_measure.setdefault(one.measure, []).append(one)
        return by_measure

    found: dict[str, list[Revision]] = figures.remembered(("revisions of an area", source, area), read)
    return found


def _definition_version(figures: Figures, measure: str, loaded: LoadedSource) -> str:
    """The version of the measure's own definition, else of all definitions of the source."""
    versions: dict[tuple[str, str], str] = figures.remembered(
        "versions of definitions",
        lambda: {
            (name, one.id): one.definition_version for name, one in definitions(figures.snapshot, order=figures.order)
        },
    )
    return versions.get((loaded.name, measure)) or loaded.definitions_version


def _day(written: str) -> str:
    try:
        return date(dt.datetime.fromisoformat(written).date())
    except ValueError:
        return EN_DASH
