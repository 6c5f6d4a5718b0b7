"""The Employer page on the demonstration, worked out a second time: trend, limits, place, and what works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from tests.independent.recompute import Releases, verdict_of

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_branch import employer_branch
from jobcentre_desk.desk.employer_page import employer_page
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

Table = Any
LARGE, RANDOM = 25, 25
JOBS = ["job_same_employer", "job_same_branch", "job_other_branch"]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Releases, Figures]]:
    """The small demonstration, once as files and once synced."""
    folder = tmp_path_factory.mktemp("employer-pages")
    write_demonstration(folder / "demo", size="small", task=Task())
    home = Home(folder / "home")
    workspace = Workspace.open(home)
    add_source(workspace, name="demo", location=str(folder / "demo"), key=DEMONSTRATION_KEY)
    sync(home, workspace, task=Task())
    workspace.close()
    snapshot = open_newest(home)
    assert snapshot is not None
    yield Releases(Path(folder / "demo")), Figures.open(snapshot)
    snapshot.close()


@pytest.fixture(scope="module")
def known(ground: tuple[Releases, Figures]) -> Table:
    """All rows whose outcomes are known, with their jobs."""
    release, _figures = ground
    facts = release.outcomes[release.outcomes["number"] <= release.known_through].copy()
    facts["jobs"] = facts[JOBS].sum(axis=1)
    return facts


@pytest.fixture(scope="module")
def chosen(known: Table) -> list[str]:
    """The employers with most completed, and others by chance."""
    done = known.groupby("cvr", observed=True)["completed"].sum().sort_values(ascending=False)
    others = done[done > 0].iloc[LARGE:].sample(RANDOM, random_state=4)
    return [*done.index[:LARGE], *others.index]


def by_period(known: Table, cvr: str, last: int, quarters: int) -> Table:
    """Completed and jobs of one employer in periods that end with the last known quarter, oldest first."""
    own = known[known["cvr"] == cvr]
    first = int(known["number"].min())
    periods = range((last - first + 1) // quarters)
    back = (last - own["number"]) // quarters
    sums = own.groupby(back)[["completed", "jobs"]].sum().reindex(periods, fill_value=0.0)
    return sums.iloc[::-1]


def settled(known: Table, cvr: str, last: int) -> tuple[int, Table] | None:
    """The shortest periods of which the last five hold ten each."""
    for quarters in (1, 2, 4):
        table = by_period(known, cvr, last, quarters)
        if len(table) >= 5 and (table["completed"].tail(5) >= 10).all():
            return quarters, table
    return None


def test_trends_and_limits_are_those_of_a_second_reckoning(
    ground: tuple[Releases, Figures], known: Table, chosen: list[str]
) -> None:
    release, figures = ground
    computed = banded = 0
    for cvr in chosen:
        chart = employer_page(figures, cvr, scope=Scope()).trend
        found = settled(known, cvr, release.known_through)
        assert chart.marker is not None
        assert (chart.marker.mark == "cannot_be_computed") is (found is None)
        if found is None:
            continue
        computed += 1
        five = found[1].tail(5)
        time = np.repeat(np.arange(5), five["completed"].astype(int))
        went = np.concatenate(
            [np.repeat([1, 0], [int(x), int(n - x)]) for n, x in zip(five["completed"], five["jobs"], strict=True)]
        )
        chi_square = len(time) * np.nan_to_num(np.corrcoef(time, went)[0, 1]) ** 2
        if chi_square <= stats.chi2.ppf(0.998, 1):
            assert chart.marker.mark == "no_clear_change"
        series = found[1].tail(12)
        rated = series[(series["completed"] > 0)[::-1].cumprod()[::-1].astype(bool)]
        assert (chart.control is not None) is (len(rated) >= 8)
        if chart.control is not None:
            banded += 1
            assert_limits(chart.control.low, chart.control.high, rated)
    assert computed >= 10
    assert banded >= 5


def assert_limits(low: tuple[float | None, ...], high: tuple[float | None, ...], rated: Table) -> None:
    centre = rated["jobs"].sum() / rated["completed"].sum()
    half = 3 * np.sqrt(centre * (1 - centre) / rated["completed"].to_numpy())
    told = [(a, b) for a, b in zip(low, high, strict=True) if a is not None and b is not None]
    assert np.array(told)[:, 0] == pytest.approx(np.clip(centre - half, 0, 1))
    assert np.array(told)[:, 1] == pytest.approx(np.clip(centre + half, 0, 1))


def in_branch(release: Releases, known: Table, branch: str, first: int, last: int) -> Table:
    """The rows of employers registered in a branch or under it, in some quarters."""
    own = known["cvr"].astype(str).map(release.employers["branch"])
    inside = own.map({code: branch in release.lineage(code) for code in own.unique()})
    return known[inside & known["number"].between(first, last)]


def test_what_works_and_the_place_are_those_of_a_second_reckoning(
    ground: tuple[Releases, Figures], known: Table, chosen: list[str]
) -> None:
    release, figures = ground
    random = np.random.default_rng(9)
    placed = told = 0
    for cvr in chosen[::7]:
        comparison = compare_employer(figures, cvr, scope=Scope())
        if not comparison.reference_branch:
            continue
        found = employer_branch(figures, comparison, scope=Scope())
        quarters = len(comparison.period.span)
        facts = in_branch(
            release, known, comparison.reference_branch, release.known_through + 1 - quarters, release.known_through
        )
        assert found.works is not None
        above, checked = expected_cells(facts)
        assert found.works.checked == checked
        assert {(cell.kind, cell.code) for cell in found.works.cells} <= above
        assert len(found.works.cells) == min(5, len(above))
        told += len(above)
        if found.place is not None:
            placed += 1
            low, high, total = drawn_place(release, facts, cvr, quarters, random)
            assert found.employers == total
            assert abs(found.place.low - low) <= max(2, 0.04 * total)
            assert abs(found.place.high - high) <= max(2, 0.04 * total)
    assert placed >= 5
    assert told >= 1


def expected_cells(facts: Table) -> tuple[set[tuple[str, str]], int]:
    """The cells above the branch by the rule of the badge, and how many had enough cases."""
    p0 = facts["jobs"].sum() / facts["completed"].sum()
    above, checked = set(), 0
    for name in ("occupation", "benefit_group", "programme"):
        each = facts.groupby([name, "cvr"], observed=True)["completed"].sum()
        each = each[each > 0].groupby(level=0, observed=True).agg(["count", "max", "sum"])
        jobs = facts.groupby(name, observed=True)["jobs"].sum()
        enough = each[(each["sum"] >= 10) & (each["count"] >= 4) & (each["max"] <= 0.8 * each["sum"])]
        if len(enough) < 2:
            continue
        checked += len(enough)
        above |= {(name, code) for code, row in enough.iterrows() if verdict_of(jobs[code], row["sum"], p0) == "above"}
    return above, checked


def drawn_place(
    release: Releases, facts: Table, cvr: str, quarters: int, random: np.random.Generator
) -> tuple[float, float, int]:
    """Between which places the true rate of an employer lies in 95 % of 20,000 draws of all of them."""
    sums = facts.groupby("cvr", observed=True)[["completed", "jobs"]].sum()
    sums = sums[sums["completed"] > 0]
    priors = [release.prior(release.employers.loc[str(one), "branch"], quarters)[1] for one in sums.index]
    alpha, beta = (np.array([getattr(prior, side) for prior in priors]) for side in ("alpha", "beta"))
    x, n = sums["jobs"].to_numpy(), sums["completed"].to_numpy()
    draws = random.beta(x + alpha, n - x + beta, (20_000, len(sums)))
    at = list(map(str, sums.index)).index(cvr)
    places = 1 + (draws > draws[:, [at]]).sum(axis=1)
    low, high = np.quantile(places, [0.025, 0.975])
    return float(low), float(high), len(sums)


def test_two_periods_alone_would_give_the_trend_that_statsmodels_gives() -> None:
    from jobcentre_desk.statistics.trends import cochran_armitage

    table = Table2x2(np.array([[12, 18], [22, 8]]))
    odds = table.test_nominal_association().statistic
    assert cochran_armitage([12, 22], [30, 30]) == pytest.approx(odds)
    assert pd.notna(odds)
