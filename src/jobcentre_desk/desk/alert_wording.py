"""Every sentence about an alert: why something is flagged, and how many flags chance alone would give."""

from __future__ import annotations

from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.model.alerts import AlertKind, AlertUnit
from jobcentre_desk.model.outcomes import Verdict
from jobcentre_desk.text import count, decimal, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

SMALLEST_CHANCE = 0.05
"""A number expected by chance below this would be written as 0."""
WHOLE_FROM = 10
"""From here on a number expected by chance is told without decimals."""


def rate_alert_sentence(x: int, n: int, *, reference: float, unit: AlertUnit, direction: Verdict) -> str:
    """Why a rate is flagged: how many went on to a job, what it is held against, and which limits it lies outside."""
    jobs = _n("{x} went on to a job", "{x} went on to a job", x).format(x=count(x))
    first = _n("Of {n} completed traineeship, {jobs}.", "Of {n} completed traineeships, {jobs}.", n)
    beside = {
        AlertUnit.EMPLOYER: _("In its branch it is {rate}."),
        AlertUnit.BRANCH: _("In the same branch in the whole country it is {rate}."),
    }.get(unit, _("In the whole country it is {rate}.")).format(rate=percent(reference))
    return " ".join([first.format(n=count(n), jobs=jobs), beside, limits_sentence(direction)])


def limits_sentence(direction: Verdict) -> str:
    """Which of the 99.8 % limits is passed."""
    if direction is Verdict.ABOVE:
        return _("That is above the 99.8 % limits; by chance alone 2 in 1,000 lie outside them.")
    return _("That is below the 99.8 % limits; by chance alone 2 in 1,000 lie outside them.")


def measure_alert_sentence(value: str, reference: str, *, periods: int, direction: Verdict) -> str:
    """Why a published value is flagged: beside the mean of its own periods, outside the limits of its control chart."""
    first = _n(
        "It was {value}, where the mean of {n} period is {mean}.",
        "It was {value}, where the mean of {n} periods is {mean}.",
        periods,
    ).format(value=value, n=count(periods), mean=reference)
    return f"{first} {limits_sentence(direction)}"


def shift_sentence(quarters: int, *, direction: Verdict) -> str:
    """Why a series is flagged: its level has drifted, little by little."""
    if direction is Verdict.ABOVE:
        text = _n(
            "Over {n} quarter the share has drifted above its former level, little by little.",
            "Over {n} quarters the share has drifted above its former level, little by little.",
            quarters,
        )
    else:
        text = _n(
            "Over {n} quarter the share has drifted below its former level, little by little.",
            "Over {n} quarters the share has drifted below its former level, little by little.",
            quarters,
        )
    return text.format(n=count(quarters))


def chance_words(expected: float) -> str:
    """A number of flags expected by chance: "about 0.4", "about 12"; "less than 0.1" where it would be written as 0."""
    if expected < SMALLEST_CHANCE:
        return _("less than {number}").format(number=decimal(0.1, places=1))
    number = count(round(expected)) if expected >= WHOLE_FROM else decimal(expected, places=1)
    return _("about {number}").format(number=number)


def budget_sentence(checked: int, flagged: int, *, expected: float) -> str:
    """The budget of a list of alerts, or that nothing could be checked."""
    if not checked:
        return _("Nothing is large enough to be checked.")
    if not flagged:
        return _("Nothing stands out among {checked}; {chance} would be expected by chance.").format(
            checked=count(checked), chance=chance_words(expected)
        )
    return _n(
        "{checked} checked, {flagged} flagged, {chance} expected by chance.",
        "{checked} checked, {flagged} flagged, {chance} expected by chance.",
        flagged,
    ).format(checked=count(checked), flagged=count(flagged), chance=chance_words(expected))


def series_sentence(series: int) -> str:
    """How many series were looked through for a drift; "" for none."""
    if not series:
        return ""
    return _n(
        "{n} series with at least 30 completed traineeships a quarter was looked through for a drift.",
        "{n} series with at least 30 completed traineeships a quarter were looked through for a drift.",
        series,
    ).format(n=count(series))


def too_small_sentence() -> str:
    """What is not counted among those checked."""
    return _("Those with so few traineeships that they could not stand out are not counted.")


def list_rule_sentence() -> str:
    """What the mark of an alert that holds over the whole list means."""
    return _(
        "“Holds over the whole list”: of all alerts with this mark at most one in twenty is probably chance "
        "(Benjamini-Hochberg)."
    )


def stands_word(kind: AlertKind, *, stands: bool) -> str:
    """Whether an alert of the 99.8 % limits holds with the length of the list in mind; "" for a drift."""
    if kind is AlertKind.SHIFT:
        return ""
    return _("holds over the whole list") if stands else _("may be chance in so long a list")


def direction_word(direction: Verdict) -> str:
    """Above or below, and no more than that."""
    return _("above") if direction is Verdict.ABOVE else _("below")


def kind_word(kind: AlertKind) -> str:
    """Which of the two rules flagged it."""
    return _("outside the 99.8 % limits") if kind is AlertKind.OUTSIDE else _("slow drift")


def unit_word(unit: AlertUnit) -> str:
    """What kind of thing is flagged."""
    return {
        AlertUnit.MUNICIPALITY: _("Municipality"),
        AlertUnit.BRANCH: _("Branch"),
        AlertUnit.EMPLOYER: _("Employer"),
        AlertUnit.MEASURE: _("Measure"),
    }[unit]


def rate_name() -> str:
    """The measure of all alerts about traineeships."""
    return _("Went on to a job")


def shortlist_name() -> str:
    """What a list of alerts about the shortlist is about."""
    return _("The shortlist")


def dismissed_words(period: str, when: str, by: str) -> str:
    """When an alert was dismissed, by whom where that is told, and of which period it spoke."""
    if by:
        return _("Dismissed {when} by {name}; it spoke of {period}.").format(
            when=when, name=by, period=period_words(period)
        )
    return _("Dismissed {when}; it spoke of {period}.").format(when=when, period=period_words(period))


def nothing_left_sentence(dismissed: int) -> str:
    """Said where all alerts of a list are dismissed."""
    return _n(
        "{n} alert is dismissed; it comes back only when a new period says so.",
        "{n} alerts are dismissed; they come back only when a new period says so.",
        dismissed,
    ).format(n=count(dismissed))
