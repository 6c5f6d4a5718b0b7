"""One employer as the table shows it: every text finished once, so that painting only paints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobcentre_desk import text
from jobcentre_desk.desk.wording import state_word, verdict_word
from jobcentre_desk.gui.employer_columns import Column
from jobcentre_desk.gui.employer_source import Titles
from jobcentre_desk.model.charts import IntervalBar
from jobcentre_desk.model.outcomes import EmployerRow, Place, State, Verdict
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

NONE = text.EN_DASH


@dataclass(frozen=True, slots=True)
class EmployerCells:
    """The texts of one row by column; `mark` names the blank that stands where a number is missing."""

    row: EmployerRow
    texts: tuple[str, ...]
    second_line: str
    bar: IntervalBar
    badge: Verdict
    blank: str
    reason: str


def cells_of(row: EmployerRow, titles: Titles) -> EmployerCells:
    """Make the texts of one employer."""
    branch, area = titles.branch(row.branch), titles.area(row.municipality)
    rate = "" if row.rate.value is None else text.percent(row.rate.value)
    texts = ("", row.name, branch, area, *_numbers(row), rate, "", verdict_word(row.against_branch), "")
    blank = "" if row.state is State.KNOWN else row.state.value
    second = " · ".join(part for part in (branch, area) if part)
    return EmployerCells(row, texts, second, bar_of(row), row.against_branch, blank, reason_of(row))


def _numbers(row: EmployerRow) -> tuple[str, str, str, str]:
    counts = row.counts
    if row.state in {State.NOT_REPORTED, State.NOT_LOADED}:
        return ("", "", "", "")
    if row.state is State.NOT_YET_KNOWN:
        return (text.count(counts.started), "", "", "")
    numbers = (counts.started, counts.completed, counts.job_same_employer, counts.job_elsewhere)
    if counts.hidden_cells:
        started, completed, same, elsewhere = (f"≥ {text.count(number)}" if number else "" for number in numbers)
    else:
        started, completed, same, elsewhere = (text.count(number) for number in numbers)
    return (started, completed, same, elsewhere)


def bar_of(row: EmployerRow) -> IntervalBar:
    """The interval bar of an employer with the reference it is held against."""
    rate = row.rate
    return IntervalBar(
        label=row.name,
        value=rate.value,
        low=rate.low,
        high=rate.high,
        reference=row.reference_rate,
        verdict=row.against_branch,
        state=row.state,
        value_text="" if rate.value is None else text.percent(rate.value),
        note=_("{x} of {n}").format(x=text.count(rate.x), n=text.count(rate.n)),
        own=True,
    )


def reason_of(row: EmployerRow) -> str:
    """Why an employer has no rate, as a short phrase; empty for one that has."""
    if row.rate.value is not None:
        return ""
    waiting = row.counts.not_yet_known
    return {
        State.KNOWN: _("no completed traineeship in the period"),
        State.HIDDEN: _("hidden: the numbers are too small to show"),
        State.NOT_REPORTED: _("not reported in the period"),
        State.NOT_LOADED: _("not loaded: a quarter of the period is missing"),
        State.NOT_YET_KNOWN: _n("not yet known: {n} completed", "not yet known: {n} completed", waiting).format(
            n=text.count(waiting)
        ),
    }[row.state]


def place_text(place: Place | None) -> str:
    """A place as a range: "1–10"; a single place stands alone."""
    if place is None:
        return NONE
    low, high = text.count(place.low), text.count(place.high)
    return low if place.low == place.high else f"{low}{text.EN_DASH}{high}"


def spoken(cells: EmployerCells, column: Column, place: str) -> str:
    """A cell in words, for a screen reader."""
    row = cells.row
    match column:
        case Column.PLACE:
            return _("true place probably {place}").format(place=place) if place else _("place being worked out")
        case Column.NAME:
            return f"{row.name}, {cells.second_line}" if cells.second_line else row.name
        case Column.INTERVAL | Column.RATE if row.rate.value is not None:
            return interval_words(cells.bar)
        case Column.INTERVAL | Column.RATE | Column.BADGE if cells.reason:
            return cells.reason
        case _:
            return cells.texts[column] or state_word(row.state)


def trend_words(rates: Sequence[float | None]) -> str:
    """Rolling rates in words: the first and the last that are known."""
    known = [rate for rate in rates if rate is not None]
    if not known:
        return ""
    return _("from {first} to {last} over the last eight quarters").format(
        first=text.percent(known[0]), last=text.percent(known[-1])
    )


def interval_words(bar: IntervalBar) -> str:
    """A bar in words: rate, interval, reference."""
    if bar.value is None:
        return state_word(bar.state)
    if bar.low is None or bar.high is None:
        return bar.value_text
    words = _("{rate}, uncertainty {interval}").format(
        rate=bar.value_text, interval=text.percent_range(bar.low, bar.high)
    )
    if bar.reference is None:
        return words
    return _("{words}, the branch {branch}").format(words=words, branch=text.percent(bar.reference))
