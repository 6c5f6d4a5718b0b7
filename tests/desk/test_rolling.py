"""Rolling rates beside each employer of a list: four known quarters at a time, whatever the list's own period."""

from __future__ import annotations

import pytest
from tests.builders.by_hand import in_scope
from tests.builders.random_outcomes import KNOWN_THROUGH, OpenOutcomes, RandomOutcomes, Row, random_outcomes

from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.rolling import POINTS, STEP, Rolling, rolling_rates
from jobcentre_desk.model.outcomes import Scope


def rolled_by_hand(facts: list[Row]) -> Rolling:
    """The rates of one employer's facts, four quarters at a time."""
    rates: list[float | None] = []
    for back in reversed(range(POINTS)):
        last = KNOWN_THROUGH.plus(-back)
        inside = [row for row in facts if last.plus(1 - STEP) <= row.quarter <= last]
        done = sum(row.completed or 0 for row in inside)
        hidden = any(row.hidden for row in inside)
        rates.append(sum(row.jobs for row in inside) / done if done and not hidden else None)
    return tuple(rates)


def facts_by_cvr(outcomes: RandomOutcomes, scope: Scope) -> dict[str, list[Row]]:
    """Every fact inside the lists of a scope, whatever its quarter."""
    found: dict[str, list[Row]] = {}
    for row in outcomes.rows:
        if in_scope(row, scope.changed(first=row.quarter, last=row.quarter)):
            found.setdefault(outcomes.cvr(row.employer), []).append(row)
    return found


@pytest.mark.parametrize("hide", [0.0, 0.2])
@pytest.mark.parametrize("scope", [Scope(), Scope(municipalities=("730", "751"), branches=("47",))])
def test_each_point_is_the_rate_of_four_quarters_added_up(opened: OpenOutcomes, scope: Scope, hide: float) -> None:
    outcomes = random_outcomes(7, hide=hide)
    figures = opened(outcomes)
    facts = facts_by_cvr(outcomes, scope)
    found = find_employers(figures, scope)
    rolled = rolling_rates(figures, found, 0, found.total)
    assert len(rolled) == found.total
    for row, rates in zip(rows(figures, found, 0, found.total), rolled, strict=True):
        assert rates == pytest.approx(rolled_by_hand(facts[row.cvr]))


def test_rows_in_view_alone_are_worked_out_in_their_order(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(8))
    found = find_employers(figures, Scope())
    assert rolling_rates(figures, found, 10, 15) == rolling_rates(figures, found, 0, 20)[10:15]


def test_the_points_end_with_the_last_known_quarter_in_a_list_of_an_earlier_period(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(9)
    figures = opened(outcomes)
    early = Scope(first=KNOWN_THROUGH.plus(-8), last=KNOWN_THROUGH.plus(-6))
    found = find_employers(figures, early)
    [rates] = rolling_rates(figures, found, 0, 1)
    [row] = rows(figures, found, 0, 1)
    assert rates == pytest.approx(rolled_by_hand(facts_by_cvr(outcomes, Scope())[row.cvr]))
