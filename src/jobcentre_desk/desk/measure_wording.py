"""Every sentence about a chosen measure of a municipality: beside peers and country, its target, parts of the gap."""

from __future__ import annotations

from collections.abc import Sequence

from jobcentre_desk.desk.wording import Sentence
from jobcentre_desk.text import NO_BREAK_SPACE, count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n


def measure_sentence(name: str, measure: str, value: str, *, period: str, middle: str, country: str) -> Sentence:
    """The one sentence of a measure: own value, the middle of the peers, the country; "" for what is not published."""
    first = _("{measure} in {name}: {value} ({period}).").format(measure=measure, name=name, value=value, period=period)
    parts = [first]
    if middle and country:
        told = _("The middle of the peers is {middle}, in the whole country it is {country}.")
        parts.append(told.format(middle=middle, country=country))
    elif middle:
        parts.append(_("The middle of the peers is {middle}.").format(middle=middle))
    elif country:
        parts.append(_("In the whole country it is {country}.").format(country=country))
    return Sentence(" ".join(parts), value)


def no_figure_sentence(name: str, measure: str, *, why: str, period: str) -> str:
    """Said where the municipality has no figure of the measure; `why` is the sentence of the state."""
    told = _("{measure} in {name}: no figure ({period}).").format(measure=measure, name=name, period=period)
    return f"{told} {why}".strip()


def uncertainty_sentence(low: str, high: str) -> str:
    """Between which limits the true share probably lies; "" where the counts are not published."""
    return _("With its uncertainty between {low} and {high}.").format(low=low, high=high) if low and high else ""


def place_sentence(low: int | None, high: int | None, of: int) -> str:
    """The range of the true place; "" where it cannot be said."""
    if low is None or high is None:
        return ""
    return _("Its true place is probably between {low} and {high} of {of}.").format(
        low=count(low), high=count(high), of=count(of)
    )


def sides_sentence(name: str, lower: int, higher: int) -> str:
    """Said when all peers lie on one side of the municipality in the measure; else ""."""
    if lower and not higher:
        return _("All peers have a lower figure than {name}.").format(name=name)
    if higher and not lower:
        return _("All peers have a higher figure than {name}.").format(name=name)
    return ""


def not_loaded_sentence() -> str:
    """Said of a measure that is loaded for no municipality."""
    return _("It is not loaded for municipalities.")


def no_peers_sentence() -> str:
    """Said where nobody could be found to compare with in the way chosen."""
    return _("No peers could be found this way: choose another way to compare.")


def target_sentence(level: str, modest: str, *, names: Sequence[str], high_is_good: bool, reached: bool) -> str:
    """What the peers reach, who of them, and the modest level; that it is reached already, where it is."""
    if names:
        told = _n(
            "Peers reach {level}: {names}, which has at least a tenth of the cases.",
            "Peers reach {level}: {names}, which together have at least a tenth of the cases.",
            len(names),
        ).format(level=level, names=", ".join(names))
    elif high_is_good:
        told = _("A quarter of the peers reach {level} or more.").format(level=level)
    else:
        told = _("A quarter of the peers reach {level} or less.").format(level=level)
    parts = [told, _("The modest level is the middle of the peers: {modest}.").format(modest=modest)]
    if reached:
        parts.append(_("That level is reached already."))
    return " ".join(parts)


def gap_persons(persons: int | None, *, wants_more: bool) -> Sentence:
    """The gap to the middle of the peers in persons a year: the big figure and its line (as `strong`); "" for none."""
    if persons is None:
        return Sentence("")
    text = _n("≈ {n} person", "≈ {n} persons", persons).format(n=count(persons)).replace(" ", NO_BREAK_SPACE)
    if persons == 0:
        return Sentence(text, _("to the middle of the peers: it is reached or passed"))
    if wants_more:
        return Sentence(text, _("more a year, to be like the middle of the peers"))
    return Sentence(text, _("fewer a year, to be like the middle of the peers"))


def gap_in_units(difference: str) -> Sentence:
    """The gap where no persons are published: the difference in the unit of the measure."""
    return Sentence(difference, _("from the middle of the peers")) if difference else Sentence("")


def parts_sentence(persons: int, few: int, of: int, *, kind: str) -> str:
    """How many more would go on to a job at the reference, and in how few parts half of that lies.

    `kind` is "branch" or "employer".
    """
    if not few:
        return _("No part lies below what is usual in its branch.")
    first = _n(
        "If as many went on to a job as is usual in the same branch, {n} more person a year would.",
        "If as many went on to a job as is usual in the same branch, {n} more persons a year would.",
        persons,
    ).format(n=count(persons))
    if kind == "branch":
        second = _n("Half of it lies in {few} of {of} branch.", "Half of it lies in {few} of {of} branches.", of)
    else:
        second = _n("Half of it lies with {few} of {of} employer.", "Half of it lies with {few} of {of} employers.", of)
    caution = _("Where few completed, much of a difference is chance.")
    return " ".join([first, second.format(few=count(few), of=count(of)), caution])


def lies_apart(title: str, points: str) -> str:
    """Where a peer lies furthest on the wanted side: a benefit group or branch, and by how much."""
    return f"{title}: {points}"


def teacher_reason(below: int, known: int) -> str:
    """Why one can learn from a peer: below the expected now and lastingly."""
    told = _n(
        "Below the expected now, and in {below} of the last {n} period.",
        "Below the expected now, and in {below} of the last {n} periods.",
        known,
    )
    return told.format(below=count(below), n=count(known))


def teacher_reason_of_measure(value: str, middle: str) -> str:
    """Why one can learn from a peer in a measure: its figure lies on the wanted side of the middle of the peers."""
    return _("{value}, where the middle of the peers is {middle}.").format(value=value, middle=middle)


def fund_sentence(measure: str, funds: int, *, lowest: str, highest: str) -> str:
    """How many funds a measure is published for, and between which values they lie."""
    told = _n(
        "{measure} for {n} unemployment-insurance fund: {lowest}.",
        "{measure} for {n} unemployment-insurance funds, from {lowest} to {highest}.",
        funds,
    )
    return told.format(measure=measure, n=count(funds), lowest=lowest, highest=highest)


def history_sentence(known: int, *, axis_from: str, in_years: bool) -> str:
    """What a point of the history is, and where the axis starts."""
    if not known:
        return _("No period is published.")
    parts = [_n("{n} period is published.", "{n} periods are published.", known).format(n=count(known))]
    if in_years:
        parts.append(_("Each point is the year up to and including the quarter, so that neighbours overlap."))
    return " ".join([*parts, _("The axis starts at {start}.").format(start=axis_from)])
