"""What a person asked for, checked and turned into quarters and ids: the period rule, unknown codes, masked sources."""

from __future__ import annotations

from collections.abc import Iterable

from jobcentre_desk.desk.figures import Figures, no_outcomes
from jobcentre_desk.desk.narrowing import IdSet, Narrowing
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.classifications import ALL
from jobcentre_desk.model.outcomes import Period, Scope
from jobcentre_desk.model.periods import Quarter, QuarterSpan
from jobcentre_desk.text import translate as _

DEFAULT_QUARTERS = 4


LISTS = {
    "municipality": ("areas", "municipalities"),
    "branch": ("branches", "branches"),
    "occupation": ("occupations", "occupations"),
    "benefit_group": ("benefit_groups", "benefit_groups"),
    "programme": ("programmes", "programmes"),
}
"""Column of the blocks -> its code list, and the field of `Scope` and `FacetCounts`."""
COLLAPSED = ("occupation", "benefit_group", "programme")
"""What a publisher who masks collapses to the code `all`."""


def narrowing_of(figures: Figures, scope: Scope) -> Narrowing:
    """The ids a scope asks for; branches, occupations and areas bring everything under them.

    InputRefused for a code that no list has, and for a filter that a masked source cannot answer.
    """
    asked = {column: getattr(scope, field) for column, (_list, field) in LISTS.items()}
    if figures.outcome_window > 1:
        asked = {column: _uncollapsed(column, codes) for column, codes in asked.items()}
    return Narrowing(
        sets={column: id_set(figures, column, codes) for column, codes in asked.items() if codes},
    )


def id_set(figures: Figures, column: str, codes: Iterable[str]) -> IdSet:
    """The ids of some codes and everything under them; InputRefused for a code that the list does not have."""
    name = LISTS[column][0]
    ids = figures.codes.ids[name]
    for code in codes:
        if code not in ids or (name == "areas" and figures.codes.areas[code].kind is AreaKind.FUND):
            raise _unknown(column, code)
    closed = _areas_under(figures, codes) if name == "areas" else figures.codes.tree(name).closure(codes)
    return IdSet.of([ids[code] for code in closed], max(ids.values()) + 1)


def _areas_under(figures: Figures, codes: Iterable[str]) -> set[str]:
    inside = set(codes)
    areas = figures.codes.areas.values()
    while more := {area.code for area in areas if area.parent in inside} - inside:
        inside |= more
    return inside


def _unknown(column: str, code: str) -> InputRefused:
    sentences = {
        "municipality": _("There is no municipality with the code {code}."),
        "branch": _("There is no branch with the code {code}."),
        "occupation": _("There is no occupation with the code {code}."),
        "benefit_group": _("There is no benefit group with the code {code}."),
        "programme": _("There is no programme with the code {code}."),
    }
    hint = _("Use a code of the lists in the figures; the window shows them with their names.")
    return InputRefused(sentences[column].format(code=code), hint, error_id="unknown_code")


def _uncollapsed(column: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    if column not in COLLAPSED or not codes:
        return codes
    if set(codes) == {ALL}:
        return ()
    raise InputRefused(
        _("These figures do not tell occupations, benefit groups or programmes apart: the publisher joined them."),
        _("Take that filter away."),
        error_id="collapsed_dimension",
    )


def resolve_period(figures: Figures, first: Quarter | None, last: Quarter | None) -> Period:
    """The quarters of a question: none given = the last four known; one end missing = first or last known quarter.

    A masked source is asked in whole windows (`widened`). QuarterOutOfRange when no known quarter is inside.
    """
    known_through = figures.known_through
    if not figures.quarters or known_through is None or figures.quarters[0] > known_through:
        raise no_outcomes()
    earliest = first_quarter(figures)
    if first is None and last is None:
        first = max(earliest, known_through.plus(1 - DEFAULT_QUARTERS))
    asked = QuarterSpan(first or earliest, last or known_through)
    if len(asked) == 0 or asked.first > known_through or asked.last < earliest:
        raise _out_of_range(asked, QuarterSpan(earliest, known_through))
    span = _whole_windows(asked, known_through, figures.outcome_window)
    return Period(span=span, known_through=known_through, widened=span != asked)


def first_quarter(figures: Figures) -> Quarter:
    """The first quarter with figures; the first of its window where the source is masked."""
    return figures.quarters[0].plus(1 - figures.outcome_window)


def loaded_quarters(figures: Figures) -> set[int]:
    """Indices of the quarters that a loaded publication has figures of; a window stands for all its quarters."""
    back = range(figures.outcome_window)
    return {quarter.index - k for quarter in figures.quarters for k in back}


def _whole_windows(span: QuarterSpan, known_through: Quarter, window: int) -> QuarterSpan:
    """Windows count back from the last known quarter."""
    before_first = (known_through.index - span.first.index) // window * window
    before_last = (known_through.index - span.last.index) // window * window
    return QuarterSpan(known_through.plus(-before_first - window + 1), known_through.plus(-before_last))


def _out_of_range(asked: QuarterSpan, known: QuarterSpan) -> QuarterOutOfRange:
    return QuarterOutOfRange(
        _("There is no known quarter from {first} to {last}.").format(first=asked.first, last=asked.last),
        _("Outcomes are known from {first} to {last}; choose quarters among them.").format(
            first=known.first, last=known.last
        ),
    )


def reference_narrowing(narrowing: Narrowing) -> Narrowing:
    """What a reference is narrowed to: the whole country and all branches, with the other filters of the list."""
    return narrowing.without("municipality", "branch")
