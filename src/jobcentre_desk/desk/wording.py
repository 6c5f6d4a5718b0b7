"""Every sentence about a figure, each from one function of interval, reference, n, state and polarity.

A sentence never calls anyone best or worst and never tells of an employer's success: people went on to a job.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import Period, Rate, State, Verdict
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import EN_DASH, count, percent, percent_range, points
from jobcentre_desk.text import quarter as quarter_text
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

FEW = 5
"""With fewer completed traineeships a sentence says that they say little."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finished sentence and the part of it to set bold ("" = none)."""

    text: str
    strong: str = ""


def verdict_word(verdict: Verdict) -> str:
    """The word beside the mark of an employer held against its branch."""
    return {
        Verdict.ABOVE: _("above its branch"),
        Verdict.BELOW: _("below its branch"),
        Verdict.CANNOT_TELL: _("cannot be told apart"),
        Verdict.NO_REFERENCE: _("no branch to compare with"),
        Verdict.HIDDEN: _("hidden"),
    }[verdict]


def state_word(state: State) -> str:
    """The word beside the mark of a figure that is not there; "" for a known one."""
    return {
        State.KNOWN: "",
        State.HIDDEN: _("hidden"),
        State.NOT_REPORTED: _("not reported"),
        State.NOT_LOADED: _("not loaded"),
        State.NOT_YET_KNOWN: _("not yet known"),
    }[state]


def state_sentence(state: State) -> str:
    """Why a figure is not there, as a sentence; "" for a known one."""
    return {
        State.KNOWN: "",
        State.HIDDEN: _("Hidden to protect people: too few to show."),
        State.NOT_REPORTED: _("Nothing was reported in the period."),
        State.NOT_LOADED: _("The period holds a quarter that no loaded publication has."),
        State.NOT_YET_KNOWN: _("It is not yet known how many went on to a job."),
    }[state]


def wanted(difference: float | Decimal, polarity: Polarity) -> bool | None:
    """Whether a difference lies on the wanted side; None at 0 and for measures without judgement."""
    if difference == 0 or polarity is Polarity.NO_JUDGEMENT:
        return None
    return (difference > 0) is (polarity is Polarity.HIGH_IS_GOOD)


def rate_text(rate: Rate, state: State) -> str:
    """A rate with its interval: "67 % (52–79 %)"; the word of the state where there is none, "–" at no cases."""
    if state is not State.KNOWN:
        return state_word(state)
    if rate.value is None or rate.low is None or rate.high is None:
        return EN_DASH
    return f"{percent(rate.value)} ({percent_range(rate.low, rate.high)})"


def interval_text(low: float | None, high: float | None) -> str:
    """The limits of a rate: "52–79 %"; "" where there are none."""
    return "" if low is None or high is None else percent_range(low, high)


def share_text(rate: Rate, state: State) -> str:
    """The counts behind a rate: "28 of 42"; "" where they are not known."""
    if state is not State.KNOWN:
        return ""
    return _("{x} of {n}").format(x=count(rate.x), n=count(rate.n))


def employer_sentence(own: Rate, state: State, rest: Rate, *, verdict: Verdict) -> Sentence:
    """The one sentence of the Employer page: how many went on to a job, beside the rest of the branch."""
    if state is not State.KNOWN:
        return Sentence(state_sentence(state))
    if own.n == 0:
        return Sentence(_("No traineeship was completed here in the period."))
    strong = _n("{x} went on to a job", "{x} went on to a job", own.x).format(x=count(own.x))
    first = _n("Of {n} completed traineeship, {jobs}.", "Of {n} completed traineeships, {jobs}.", own.n)
    parts = [first.format(n=count(own.n), jobs=strong)]
    if rest.value is not None and verdict is not Verdict.NO_REFERENCE:
        parts.append(_("In the rest of the branch it is {rate}.").format(rate=percent(rest.value)))
    parts.append(chance_sentence(own.n, verdict=verdict))
    return Sentence(" ".join(part for part in parts if part), strong)


def chance_sentence(n: int, *, verdict: Verdict) -> str:
    """What a badge means: differs from its branch by more than chance, or cannot be told apart; "" for a hidden one."""
    if verdict is Verdict.HIDDEN:
        return ""
    if verdict in (Verdict.ABOVE, Verdict.BELOW):
        return _("A difference this large seldom comes about by chance.")
    if verdict is Verdict.NO_REFERENCE:
        return _("No branch is large enough to compare with.")
    if n < FEW:
        return _("So few traineeships say little by themselves.")
    return _("The employer cannot be told apart from its branch: the difference may be chance.")


def settle_sentence(needed: int | None, n: int, *, verdict: Verdict) -> str:
    """About how many more traineeships would settle the comparison; "" where that cannot be said."""
    if needed is None or verdict is not Verdict.CANNOT_TELL:
        return ""
    more = needed - n
    return _n(
        "About {more} more completed traineeship would settle it, if as many go on to a job as can be expected now.",
        "About {more} more completed traineeships would settle it, if as many go on to a job as can be expected now.",
        more,
    ).format(more=count(more))


def difference_sentence(difference: tuple[float, float, float] | None) -> str:
    """The employer against the rest of its branch in percentage points, with the interval of the difference."""
    if difference is None:
        return ""
    value, low, high = (points(part) for part in difference)
    return _n(
        "{value} percentage point from the rest of the branch (between {low} and {high}).",
        "{value} percentage points from the rest of the branch (between {low} and {high}).",
        abs(round(difference[0] * 100)),
    ).format(value=value, low=low, high=high)


def case_mix_sentence(expected: float | None, rate: float | None) -> str:
    """The employer beside what people like those it took usually reach."""
    if expected is None or rate is None:
        return ""
    return _(
        "With this branch, these occupations and benefit groups it is usually {expected}. Here it is {rate}."
    ).format(expected=percent(expected), rate=percent(rate))


def caution_sentence() -> str:
    """The line that stands beside fair order and every comparison of employers."""
    return _("This shows what happened, not what the traineeship caused; employers take different people.")


def definition_sentence() -> str:
    """What going on to a job means, where no source defines the measure."""
    return _("In a job = employed on ordinary terms after a completed traineeship, by the same employer or another.")


def quarter_words(quarter: Quarter) -> str:
    """A quarter in words: "Q2 2025"."""
    return quarter_text(quarter.year, quarter.number)


def quarter_of_year(quarter: Quarter) -> str:
    """The quarter without its year, for an axis: "Q2"."""
    return _("Q{number}").format(number=quarter.number)


def span_words(period: Period) -> str:
    """A period in words: "Q2 2025 – Q1 2026"; one quarter alone stands by itself."""
    first, last = period.span.first, period.span.last
    if first == last:
        return quarter_words(first)
    return f"{quarter_words(first)} {EN_DASH} {quarter_words(last)}"


def period_sentence(period: Period, *, completed: int, least: int) -> str:
    """The period, that it was widened and why, and from when outcomes are not yet known."""
    parts = [span_words(period)]
    if period.widened:
        parts.append(_widened_sentence(len(period.known), completed=completed, least=least))
    known = period.known_through
    if known is not None and period.span.last > known:
        parts.append(_("Outcomes after {quarter} are not yet known.").format(quarter=quarter_words(known)))
    return " · ".join(parts)


def _widened_sentence(quarters: int, *, completed: int, least: int) -> str:
    if completed >= least:
        text = _("{quarters} quarters, because fewer hold less than {least} completed traineeships.")
    else:
        text = _("{quarters} quarters, and even they hold less than {least} completed traineeships.")
    return text.format(quarters=count(quarters), least=count(least))


def not_yet_known_sentence(completed: int) -> str:
    """How many completed traineeships wait for their outcome; "" when none does."""
    if not completed:
        return ""
    return _n(
        "The outcome of {n} later completed traineeship is not yet known.",
        "The outcomes of {n} later completed traineeships are not yet known.",
        completed,
    ).format(n=count(completed))


def trend_sentence(points_known: int, quarters: int, *, points_hidden: int = 0) -> str:
    """What a point of the Employer page's trend is, or why there is none."""
    if not points_known and points_hidden:
        return _("The counts of every period are too small to be shown.")
    if not points_known:
        return _("No period with known outcomes to show.")
    return _n(
        "Each point holds {quarters} quarter, with its uncertainty.",
        "Each point holds {quarters} quarters, with its uncertainty.",
        quarters,
    ).format(quarters=count(quarters))
