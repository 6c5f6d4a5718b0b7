"""The words of a trend: whether a rate rises or falls, why that cannot be told, and what the signs of chance mean."""

from __future__ import annotations

from jobcentre_desk.model.charts import TrendMarker
from jobcentre_desk.statistics.trends import FEWEST_CASES, PERIODS
from jobcentre_desk.text import count, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

QUARTER, HALF_YEAR, YEAR = 1, 2, 4


def trend_words(direction: int, quarters: int) -> TrendMarker:
    """The marker of a trend that was computed, over periods of so many quarters: 1 rising, -1 falling, 0 neither."""
    mark = {1: "rising", -1: "falling"}.get(direction, "no_clear_change")
    return TrendMarker(mark=mark, word=_trend_word(direction, quarters))


def _trend_word(direction: int, quarters: int) -> str:
    words = {
        (1, QUARTER): _("Rising over the last five quarters."),
        (1, HALF_YEAR): _("Rising over the last five half-years."),
        (1, YEAR): _("Rising over the last five years."),
        (-1, QUARTER): _("Falling over the last five quarters."),
        (-1, HALF_YEAR): _("Falling over the last five half-years."),
        (-1, YEAR): _("Falling over the last five years."),
        (0, QUARTER): _("No clear change over the last five quarters."),
        (0, HALF_YEAR): _("No clear change over the last five half-years."),
        (0, YEAR): _("No clear change over the last five years."),
    }
    general = {
        1: _("Rising over the last five periods."),
        -1: _("Falling over the last five periods."),
        0: _("No clear change over the last five periods."),
    }
    return words.get((direction, quarters)) or general[direction]


def too_few_cases(fewest: int, quarters: int) -> TrendMarker:
    """No trend, as one of the five periods has too few completed traineeships: how many the smallest has."""
    needs = {
        QUARTER: _("It needs {least} completed traineeships in each of the last five quarters; the smallest has {n}."),
        HALF_YEAR: _(
            "It needs {least} completed traineeships in each of the last five half-years; the smallest has {n}."
        ),
        YEAR: _("It needs {least} completed traineeships in each of the last five years; the smallest has {n}."),
    }
    other = _("It needs {least} completed traineeships in each of the last five periods; the smallest has {n}.")
    return _cannot(needs.get(quarters, other).format(least=count(FEWEST_CASES), n=count(fewest)))


def too_few_quarters(known: int, needed: int) -> TrendMarker:
    """No trend, as there are fewer than five periods."""
    text = _n(
        "It needs {needed} known quarters in a row; there is {n}.",
        "It needs {needed} known quarters in a row; there are {n}.",
        known,
    )
    return _cannot(text.format(needed=count(max(needed, PERIODS)), n=count(known)))


def hidden_periods() -> TrendMarker:
    """No trend, as one of the five periods is hidden."""
    return _cannot(_("One of the last five periods is hidden."))


def _cannot(reason: str) -> TrendMarker:
    return TrendMarker(mark="cannot_be_computed", word=_("The trend cannot be told."), reason=reason)


def control_sentence(centre: float, flagged: int) -> str:
    """What the band around a series is, and how many of its points say that more than chance is at work."""
    band = _("The band is what chance alone gives around {rate} (three standard errors).").format(rate=percent(centre))
    if not flagged:
        return f"{band} {_('No point says that more than chance is at work.')}"
    told = _n(
        "{n} ringed point says that more than chance is at work.",
        "{n} ringed points say that more than chance is at work.",
        flagged,
    )
    return f"{band} {told.format(n=count(flagged))}"


def outside() -> str:
    """A point outside the limits."""
    return _("outside the limits")


def shift() -> str:
    """A point in a run on one side of the middle."""
    return _("seven in a row on one side of the middle")


def drift() -> str:
    """A point in a run up or down."""
    return _("seven in a row rising or falling")


def near() -> str:
    """Two points of three near one limit."""
    return _("two of three close to a limit")
