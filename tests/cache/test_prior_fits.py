"""Priors are fitted on employer totals, by window and by every branch with enough employers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders.by_hand import closed
from tests.builders.random_outcomes import BRANCHES, KNOWN_THROUGH, SOURCE, RandomOutcomes, random_outcomes

from jobcentre_desk.cache.prior_fits import LEAST_EMPLOYERS, Priors, fit_priors
from jobcentre_desk.statistics.priors import fit_beta_binomial


def totals(outcomes: RandomOutcomes, window: int, branch: str = "") -> tuple[list[int], list[int]]:
    inside = closed(BRANCHES, (branch,)) if branch else {code for code, *_rest in BRANCHES}
    x: dict[int, int] = {}
    n: dict[int, int] = {}
    hidden = set()
    for row in outcomes.rows:
        if KNOWN_THROUGH.plus(-window) < row.quarter <= KNOWN_THROUGH and outcomes.own_branch[row.employer] in inside:
            x[row.employer] = x.get(row.employer, 0) + row.jobs
            n[row.employer] = n.get(row.employer, 0) + (row.completed or 0)
            hidden |= {row.employer} if row.hidden else set()
    kept = [employer for employer, completed in n.items() if completed and employer not in hidden]
    return [x[employer] for employer in kept], [n[employer] for employer in kept]


@pytest.mark.parametrize("hide", [0.0, 0.05])
def test_each_window_and_level_is_fitted_on_its_own_employers(tmp_path: Path, hide: float) -> None:
    outcomes = random_outcomes(1, employers=400, hide=hide)
    with outcomes.figures(tmp_path) as figures:
        rows = fit_priors(figures.snapshot.connect(), SOURCE, KNOWN_THROUGH.index)
    assert {row[0] for row in rows} == {4, 8, 10}
    for window, level, alpha, beta, employers, capped in rows:
        x, n = totals(outcomes, window, level.partition(":")[2] if level != "all" else "")
        fitted = fit_beta_binomial(x, n)
        assert (alpha, beta) == pytest.approx((fitted.alpha, fitted.beta))
        assert (employers, bool(capped)) == (len(n), fitted.capped)
        assert level == "all" or employers >= LEAST_EMPLOYERS
    assert {"all", "section:G", "division:47", "class:47.11"} <= {row[1] for row in rows}


def test_levels_with_too_few_employers_are_left_out(tmp_path: Path) -> None:
    with random_outcomes(2, employers=60).figures(tmp_path) as figures:
        rows = fit_priors(figures.snapshot.connect(), SOURCE, KNOWN_THROUGH.index)
    assert {row[1] for row in rows} == {"all"}


def test_without_known_quarters_there_is_nothing_to_fit(tmp_path: Path) -> None:
    with random_outcomes(2, employers=60).figures(tmp_path) as figures:
        assert fit_priors(figures.snapshot.connect(), SOURCE, None) == []
        assert fit_priors(figures.snapshot.connect(), SOURCE, 100) == []


def test_a_question_takes_the_smallest_window_that_holds_its_quarters() -> None:
    priors = Priors({4: {}, 8: {}, 12: {}, 22: {}})
    assert [priors.window_for(quarters) for quarters in (1, 4, 5, 12, 13, 22, 24)] == [4, 4, 8, 12, 22, 22, 22]
    assert Priors({}).window_for(4) is None
