"""The part of a report on what changed: rows of the releases, values of the municipality revised, definitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobcentre_desk.cache.revisions import Revision
from jobcentre_desk.desk.expected import GROUPS
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import measure_definitions
from jobcentre_desk.desk.municipality_wording import group_title, period_words, published_number
from jobcentre_desk.desk.release_changes import ReleaseChange, release_changes
from jobcentre_desk.desk.report_expected import number
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import Block, DocumentTable, Heading, Paragraph
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Sheet
from jobcentre_desk.text import both, count, date
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_REVISIONS = 20
"""Revised values printed; the workbook has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGround:
    """What the releases that count changed: `revisions` by area, `first` the sources with one release so far."""

    since: dt.date | None
    releases: tuple[ReleaseChange, ...]
    first: frozenset[str]
    revisions: Mapping[str, tuple[Revision, ...]]
    names: Mapping[str, str]
    groups: Mapping[str, str]


def change_ground(figures: Figures, revisions: Iterable[Revision], *, since: dt.date | None = None) -> ChangeGround:
    """What changed in releases taken over on `since` or later; None = in the last release of each source.

    `revisions` are all there are.
    """
    every = release_changes(figures)
    releases = _newest_of_each(every) if since is None else [one for one in every if _day(one.synced_at) >= since]
    wanted = {(one.source, one.sequence) for one in releases}
    by_area: dict[str, list[Revision]] = {}
    for revision in revisions:
        if (revision.source, revision.sequence) in wanted:
            by_area.setdefault(revision.area, []).append(revision)
    known = [one.source for one in every]
    groups = {code.code: both(code.title_da, code.title_en) for code in figures.codes.benefit_groups}
    return ChangeGround(
        since=since,
        releases=tuple(releases),
        first=frozenset(source for source in known if known.count(source) == 1),
        revisions={area: tuple(found) for area, found in by_area.items()},
        names={one.id: both(one.name_da, one.name_en) for one in measure_definitions(figures)},
        groups=groups | {group: group_title(group) for group in GROUPS} | {"": group_title("all")},
    )


def change_part(ground: ChangeGround, code: str) -> ReportPart:
    """What changed since the last release, or since the day asked for."""
    revisions = ground.revisions.get(code, ())
    if ground.since is None:
        title = _("Changed by the last release")
    else:
        title = _("Changed since {date}").format(date=date(ground.since))
    return ReportPart(
        title=title,
        blocks=tuple(_blocks(ground, revisions)),
        sheets=(_revision_sheet(ground, revisions), *_definition_sheets(ground)),
    )


def _blocks(ground: ChangeGround, revisions: Sequence[Revision]) -> Iterator[Block]:
    if not ground.releases:
        yield Paragraph(text=_("No release has been taken over in that time."))
    for release in ground.releases:
        yield from _release_blocks(ground, release)
    yield Heading(text=_("Figures of the municipality that were revised"), level=3)
    yield from _revision_blocks(ground, revisions)
    definitions = _definition_rows(ground)
    yield Heading(text=_("Definitions that were changed"), level=3)
    if not definitions:
        yield Paragraph(text=_("No definition was changed."))
        return
    header = (_("Measure"), _("What"), _("Before"), _("Now"))
    yield DocumentTable(table=TableOf(header=header, rows=definitions, numeric=(False,) * 4))


def _release_blocks(ground: ChangeGround, release: ReleaseChange) -> Iterator[Block]:
    about = _("{release}, taken over {moment}.").format(release=release.title, moment=release.taken_over)
    if release.source in ground.first:
        first = _("It is the first release of this source on this computer: everything in it is new.")
        yield Paragraph(text=f"{about} {first}")
        return
    yield Paragraph(text=about)
    if release.rows.rows:
        yield DocumentTable(table=release.rows)


def _revision_blocks(ground: ChangeGround, revisions: Sequence[Revision]) -> Iterator[Block]:
    if not revisions:
        yield Paragraph(text=_("No figure of the municipality was revised."))
        return
    told = _n("{n} figure was revised.", "{n} figures were revised.", len(revisions))
    yield Paragraph(text=told.format(n=count(len(revisions))))
    yield DocumentTable(
        table=TableOf(
            header=_revision_header(),
            rows=tuple(_revision_row(ground, revision) for revision in revisions[:MOST_REVISIONS]),
            numeric=(False, False, False, True, True, False),
        )
    )
    more = len(revisions) - MOST_REVISIONS
    if more > 0:
        text = _n("{n} more is in the workbook.", "{n} more are in the workbook.", more)
        yield Paragraph(text=text.format(n=count(more)), role="caption")


def _revision_header() -> tuple[str, ...]:
    return (_("Measure"), _("Period"), _("Group"), _("Before"), _("Now"), _("Release"))


def _revision_row(ground: ChangeGround, revision: Revision) -> tuple[str, ...]:
    return (
        *_about(ground, revision),
        _value(revision.old_value, revision.old_state),
        _value(revision.new_value, revision.new_state),
        _release(revision),
    )


def _about(ground: ChangeGround, revision: Revision) -> tuple[str, str, str]:
    return (
        ground.names.get(revision.measure, revision.measure),
        period_words(revision.period),
        ground.groups.get(revision.group, revision.group),
    )


def _revision_sheet(ground: ChangeGround, revisions: Sequence[Revision]) -> Sheet:
    return Sheet(
        name=_("Revised"),
        header=(*_revision_header(), _("State before"), _("State now")),
        rows=tuple(
            (
                *_about(ground, revision),
                number(revision.old_value),
                number(revision.new_value),
                _release(revision),
                state_word(revision.old_state),
                state_word(revision.new_state),
            )
            for revision in revisions
        ),
    )


def _definition_sheets(ground: ChangeGround) -> Iterator[Sheet]:
    rows = _definition_rows(ground)
    if rows:
        header = (_("Measure"), _("What"), _("Before"), _("Now"))
        yield Sheet(name=_("Definitions changed"), header=header, rows=rows)


def _definition_rows(ground: ChangeGround) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (change.measure, change.part, change.old, change.new)
        for release in ground.releases
        for change in release.definitions
    )


def _newest_of_each(releases: Sequence[ReleaseChange]) -> list[ReleaseChange]:
    newest: dict[str, ReleaseChange] = {}
    for release in releases:
        newest.setdefault(release.source, release)
    return list(newest.values())


def _release(revision: Revision) -> str:
    return _("{source} {number}").format(source=revision.source, number=count(revision.sequence))


def _value(value: str | None, state: State) -> str:
    return published_number(value) if value is not None else state_word(state) or "–"


def _day(moment: str) -> dt.date:
    return dt.datetime.fromisoformat(moment).astimezone().date()
