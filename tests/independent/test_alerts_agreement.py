"""Alerts of the demonstration equal those worked out a second time with scipy and statsmodels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from tests.independent.recompute import Filter, Releases, Table, badges, find

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.alerts import municipality_alerts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.model.alerts import AlertKind
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

Z998 = float(stats.norm.ppf(0.999))
Unit = tuple[str, str, int, int, float]
"""Kind and code of a unit, x, n and p0."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Releases, Figures]]:
    """The small demonstration, once as files and once synced."""
    folder = tmp_path_factory.mktemp("alerts")
    write_demonstration(folder / "demo", size="small", task=Task())
    home = Home(folder / "home")
    workspace = Workspace.open(home)
    add_source(workspace, name="demo", location=str(folder / "demo"), key=DEMONSTRATION_KEY)
    sync(home, workspace, task=Task())
    workspace.close()
    snapshot = open_newest(home)
    assert snapshot is not None
    yield Releases(folder / "demo"), Figures.open(snapshot)
    snapshot.close()


def outside(x: int, n: int, p0: float) -> int:
    """1 above, -1 below the 99.8 % limits, else 0."""
    if n < 10:
        return int(stats.binom.sf(x - 1, n, p0) <= 0.001) - int(stats.binom.cdf(x, n, p0) <= 0.001)
    half = Z998 * np.sqrt(p0 * (1 - p0) / n)
    return int(x / n > min(1, p0 + half)) - int(x / n < max(0, p0 - half))


def p_value(x: int, n: int, p0: float) -> float:
    """Twice the smaller tail."""
    if n < 10:
        return float(min(1, 2 * min(stats.binom.sf(x - 1, n, p0), stats.binom.cdf(x, n, p0))))
    return float(2 * stats.norm.sf(abs(x / n - p0) / np.sqrt(p0 * (1 - p0) / n)))


def units_of(release: Releases, code: str) -> list[Unit]:
    """Everything in a municipality that could lie outside its limits."""
    asked = Filter(municipality=(code,))
    rows = find(release, asked)
    references = badges(release, asked, rows)["reference_rate"]
    found = [
        ("employer", str(cvr), int(row["jobs"]), int(row["completed"]), references[cvr]) for cvr, row in rows.iterrows()
    ]
    first, last = release.period(asked)
    country = release.outcomes[release.outcomes["number"].between(first, last)]
    whole = _sections(release, country)
    here = _sections(release, country[country["municipality"] == code])
    found += [
        ("branch", name, int(row["jobs"]), int(row["completed"]), whole.loc[name, "rate"])
        for name, row in here.iterrows()
    ]
    everything = here.sum()
    p0 = whole["jobs"].sum() / whole["completed"].sum()
    found.append(("municipality", code, int(everything["jobs"]), int(everything["completed"]), p0))
    return [unit for unit in found if unit[4] is not None and unit[3] and _could(unit[3], float(unit[4]))]


def _could(n: int, p0: float) -> bool:
    return outside(n, n, p0) > 0 or outside(0, n, p0) < 0


def _sections(release: Releases, facts: Table) -> Table:
    section = facts["branch"].astype(str).map({code: release.lineage(code)[-1] for code in release.branches.index})
    jobs = facts[["job_same_employer", "job_same_branch", "job_other_branch"]].sum(axis=1)
    sums = facts.assign(jobs=jobs, section=section).groupby("section")[["jobs", "completed"]].sum()
    sums = sums[sums["completed"] > 0]
    return sums.assign(rate=sums["jobs"] / sums["completed"])


def test_what_is_checked_flagged_and_holds_over_the_list_agrees(ground: tuple[Releases, Figures]) -> None:
    release, figures = ground
    codes = [area.code for area in figures.codes.areas.values() if area.kind == "municipality"]
    by_flags = sorted(codes, key=lambda code: (-municipality_alerts(figures, code).outside, code))
    assert municipality_alerts(figures, by_flags[0]).outside
    for code in [*by_flags[:6], *by_flags[-4:]]:
        units = units_of(release, code)
        told = municipality_alerts(figures, code)
        stands = multipletests([p_value(*unit[2:]) for unit in units], alpha=0.05, method="fdr_bh")[0]
        expected = {(*unit[:2], bool(holds)) for unit, holds in zip(units, stands, strict=True) if outside(*unit[2:])}
        rows = [alert for alert in told.rows if alert.kind is AlertKind.OUTSIDE]
        assert told.checked == len(units)
        assert {(alert.unit_kind.value, alert.unit, alert.stands) for alert in rows} == expected
