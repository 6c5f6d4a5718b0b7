"""Every sentence of the Branches and occupations page, each from one function of counts, limits and state."""

from __future__ import annotations

from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Verdict
from jobcentre_desk.statistics.overdispersion import FEWEST_CASES, FEWEST_UNITS, Overdispersion
from jobcentre_desk.text import EN_DASH, count, decimal, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

WHOLE_FROM = 9.5
"""From here on a number that chance gives is told without decimals."""
TENTH = 0.1


def kind_words(kind: JobKind) -> str:
    """The words of a choice of jobs."""
    return {
        JobKind.ANY: _("In a job, all"),
        JobKind.SAME_EMPLOYER: _("Job same employer"),
        JobKind.ELSEWHERE: _("Job elsewhere"),
    }[kind]


def share_words(kind: JobKind) -> str:
    """What a share is a share of, as it begins a sentence."""
    return {
        JobKind.ANY: _("Share who went on to a job."),
        JobKind.SAME_EMPLOYER: _("Share who went on to a job with the same employer."),
        JobKind.ELSEWHERE: _("Share who went on to a job with another employer."),
    }[kind]


def rate_heading(kind: JobKind) -> str:
    """The heading over the shares of a list."""
    return {
        JobKind.ANY: _("In a job"),
        JobKind.SAME_EMPLOYER: _("Same employer"),
        JobKind.ELSEWHERE: _("Elsewhere"),
    }[kind]


def against_word(verdict: Verdict, *, has_branch: bool) -> str:
    """The word beside the mark of an employer held against the branch of the page, or against the country."""
    if not has_branch:
        return country_word(verdict)
    return {
        Verdict.ABOVE: _("above the branch"),
        Verdict.BELOW: _("below the branch"),
        Verdict.CANNOT_TELL: _("cannot be told apart"),
        Verdict.NO_REFERENCE: _("no branch to compare with"),
        Verdict.HIDDEN: _("hidden"),
    }[verdict]


def country_word(verdict: Verdict) -> str:
    """The word beside the mark of what is held against the whole country."""
    return {
        Verdict.ABOVE: _("above the country"),
        Verdict.BELOW: _("below the country"),
        Verdict.CANNOT_TELL: _("cannot be told apart"),
        Verdict.NO_REFERENCE: EN_DASH,
        Verdict.HIDDEN: _("hidden"),
    }[verdict]


def limit_word(level: float) -> str:
    """Which limits a unit lies outside; "" for none."""
    if not level:
        return ""
    return _("outside {level} %").format(level=decimal(level, places=1 if level % 1 else 0))


def by_chance(number: float) -> str:
    """A number that chance gives, as it is told: "about 7", "about 0.3", "less than 0.1"."""
    if number < TENTH:
        return _("less than {number}").format(number=decimal(TENTH, places=1))
    told = count(round(number)) if number >= WHOLE_FROM else decimal(number, places=1)
    return _("about {number}").format(number=told)


def funnel_sentence(
    units: int, *, outside: int, chance: float, outside_sure: int, chance_sure: float, has_branch: bool
) -> str:
    """How many employers there are, how many lie outside both limits, and how many chance alone would put there."""
    parts = [
        _n("{units} employer.", "{units} employers.", units).format(units=count(units)),
        _n(
            "{outside} lies outside the 95 % limits; chance alone gives {chance}.",
            "{outside} lie outside the 95 % limits; chance alone gives {chance}.",
            outside,
        ).format(outside=count(outside), chance=by_chance(chance)),
        _n(
            "{outside} lies outside 99.8 %, where chance gives {chance}.",
            "{outside} lie outside 99.8 %, where chance gives {chance}.",
            outside_sure,
        ).format(outside=count(outside_sure), chance=by_chance(chance_sure)),
    ]
    if units > outside:
        branch, country = _("The rest cannot be told apart from the branch."), _("The rest cannot be told apart.")
        parts.append(branch if has_branch else country)
    return " ".join(parts)


def empty_funnel_sentence(hidden: int) -> str:
    """Why a funnel has no points."""
    if hidden:
        return _("The counts of every employer here are hidden, or too few to be shown.")
    return _("No employer here has a completed traineeship with a known outcome in the period.")


def hidden_sentence(hidden: int) -> str:
    """How many employers are not drawn because a count is hidden; "" for none."""
    if not hidden:
        return ""
    return _n(
        "{n} employer is not drawn: its counts are hidden.",
        "{n} employers are not drawn: their counts are hidden.",
        hidden,
    ).format(n=count(hidden))


def spread_sentence(found: Overdispersion | None, outside_wide: int) -> str:
    """Whether the employers differ by more than chance altogether, and how many lie outside even the wider limits."""
    if found is None:
        return _(
            "Fewer than {units} employers have at least {cases} completed traineeships: whether they differ more than "
            "chance gives cannot be told."
        ).format(units=count(FEWEST_UNITS), cases=count(FEWEST_CASES))
    phi = decimal(found.phi)
    if not found.found:
        return _("φ = {phi}: altogether the employers differ no more than chance gives.").format(phi=phi)
    return _n(
        "φ = {phi}: the employers truly differ more than chance gives. {outside} lies outside even the wider limits "
        "that allow for it (dotted).",
        "φ = {phi}: the employers truly differ more than chance gives. {outside} lie outside even the wider limits "
        "that allow for it (dotted).",
        outside_wide,
    ).format(phi=phi, outside=count(outside_wide))


def own_branch_sentence(branch: str) -> str:
    """That a list holds each employer against its own branch, where the chart holds all against one above them."""
    return _(
        "Here every employer is held against {branch}; on the list each is held against the narrow branch of its own."
    ).format(branch=branch)


def cut_table_sentence(shown: int) -> str:
    """That a table holds only so many of the units of a chart."""
    return _("The table has the {n} furthest away; all are on the list of employers.").format(n=count(shown))


def results_sentence(kind: JobKind, p0: float | None, *, told: int, cells: int, chance: float) -> str:
    """What the cells of the heat map are, when one has colour, and how many chance alone would colour."""
    if p0 is None or not cells:
        return _("Nobody completed a traineeship here in the period.")
    parts = [
        share_words(kind),
        _("A cell has colour only when it can be told apart from the whole country ({rate}).").format(rate=percent(p0)),
        _("The small number is completed traineeships."),
        _n(
            "{told} of {cells} cell can be told apart; chance alone gives {chance}.",
            "{told} of {cells} cells can be told apart; chance alone gives {chance}.",
            cells,
        ).format(told=count(told), cells=count(cells), chance=by_chance(chance)),
    ]
    return " ".join(parts)


def intake_sentence(started: int) -> str:
    """What the cells of the other heat map are: whom the branches take, not what it led to."""
    if not started:
        return _("Nobody started a traineeship here in the period.")
    return _(
        "Share of the branch's {n} started traineeships in each occupation: whom they take, not what it led to. "
        "The small number is started traineeships."
    ).format(n=count(started))


def collapsed_sentence() -> str:
    """That a publisher who masks has joined the occupations."""
    return _("The publisher joined all occupations to protect people: these figures cannot tell them apart.")


def list_sentence(kind: JobKind, p0: float | None, *, told: int, rows: int, chance: float) -> str:
    """What a list of branches or occupations shows and how many of its rows chance alone would set apart."""
    if p0 is None or not rows:
        return _("Nobody completed a traineeship here in the period.")
    return " ".join(
        [
            share_words(kind),
            _n(
                "{told} of {rows} can be told apart from the whole country ({rate}); chance alone gives {chance}.",
                "{told} of {rows} can be told apart from the whole country ({rate}); chance alone gives {chance}.",
                rows,
            ).format(told=count(told), rows=count(rows), rate=percent(p0), chance=by_chance(chance)),
            _("Few traineeships weigh less in the order."),
        ]
    )


def at_least(number: int) -> str:
    """A sum of which a part is hidden."""
    return _("at least {n}").format(n=count(number))
