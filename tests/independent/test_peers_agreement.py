"""Peers by distance and parts of the gap, worked out a second time with scipy and pandas, for all 98 municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import zscore
from tests.independent.recompute import Releases, Table

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.expected import GROUPS
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.gap_parts import branch_parts, employer_parts
from jobcentre_desk.desk.municipality import compare_municipality
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.desk.traineeship_figures import traineeship_figures
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.municipalities import PeerChoice, PeerVariable
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

EXPECTED = "y30r21.expected_share"
WEIGHTS = {"unemployment_benefit": 1.0, "sickness_benefit": 2.5, "cash_benefit": 0.5}
JOBS = ["job_same_employer", "job_same_branch", "job_other_branch"]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Releases, Figures]]:
    """The small demonstration, once as files and once synced."""
    folder = tmp_path_factory.mktemp("peers")
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


def municipalities(figures: Figures) -> list[str]:
    return sorted(code for code, area in figures.codes.areas.items() if area.kind is AreaKind.MUNICIPALITY)


def shares(figures: Figures) -> Table:
    rows = figures.snapshot.connect().execute(
        "SELECT area, grp, value FROM figures WHERE measure = ? AND period = '2026QMAT02'", (EXPECTED,)
    )
    table = pd.DataFrame(rows.fetchall(), columns=["area", "group", "value"])
    table["value"] = table["value"].astype(float)
    return table.pivot(index="area", columns="group", values="value").sort_index()


@pytest.mark.parametrize("weights", [dict.fromkeys(WEIGHTS, 1.0), WEIGHTS], ids=["alike", "weighted"])
def test_the_peers_by_distance_of_all_98_are_those_scipy_finds(
    ground: tuple[Releases, Figures], weights: dict[str, float]
) -> None:
    _releases, figures = ground
    table = shares(figures)[list(weights)]
    z = zscore(table.to_numpy(), axis=0)
    distances = cdist(z, z, metric="euclidean", w=np.array(list(weights.values())))
    choice = PeerChoice(variables=tuple(PeerVariable(measure=EXPECTED, group=g, weight=w) for g, w in weights.items()))
    for row, code in enumerate(table.index):
        order = sorted((distances[row, other], peer) for other, peer in enumerate(table.index) if peer != code)
        found = compare_municipality(figures, code, measures=(EXPECTED,), peers="distance", choice=choice).peers
        assert [peer.code for peer in found] == [peer for _distance, peer in order[:5]]
        assert [float(peer.distance) for peer in found] == pytest.approx([d for d, _peer in order[:5]], abs=1e-4)


def test_the_usual_variables_are_the_expected_shares_where_no_background_is_loaded(
    ground: tuple[Releases, Figures],
) -> None:
    _releases, figures = ground
    usual = compare_municipality(figures, "730", measures=(EXPECTED,), peers="distance")
    chosen = PeerChoice(variables=tuple(PeerVariable(measure=EXPECTED, group=group) for group in GROUPS[1:]))
    assert (
        usual.peers == compare_municipality(figures, "730", measures=(EXPECTED,), peers="distance", choice=chosen).peers
    )


def year(ground: tuple[Releases, Figures]) -> Table:
    """The rows of outcomes of the latest known year, their counts as numbers."""
    releases, figures = ground
    known = figures.known_through
    assert known is not None
    wanted = {str(known.plus(-back)) for back in range(4)}
    rows = releases.outcomes[releases.outcomes["quarter"].isin(wanted)].copy()
    rows["jobs"] = rows[JOBS].sum(axis=1)
    return rows


def test_the_outcomes_of_every_municipality_are_the_sums_of_its_rows(ground: tuple[Releases, Figures]) -> None:
    _releases, figures = ground
    counted = year(ground).groupby("municipality")[["completed", "jobs"]].sum()
    found = {f.area: f for f in traineeship_figures(figures, "traineeship.success_rate") if f.period == "2026QMAT01"}
    for code in municipalities(figures):
        n = int(counted["completed"].get(code, 0))
        assert (found[code].denominator or 0) == n
        if n:
            assert found[code].numerator == int(counted["jobs"][code])
            assert found[code].value == f"{100 * counted['jobs'][code] / n:.2f}"
    assert found["000"].denominator == int(counted["completed"].sum())


def test_the_branches_that_make_up_half_are_those_of_a_second_reckoning(ground: tuple[Releases, Figures]) -> None:
    _releases, figures = ground
    rows = year(ground)
    rows["division"] = rows["branch"].str[:2]
    usual = rows.groupby("division")[["completed", "jobs"]].sum()
    rate = usual["jobs"] / usual["completed"]
    own = rows.groupby(["municipality", "division"])[["completed", "jobs"]].sum()
    for code in municipalities(figures):
        found = branch_parts(figures, code)
        here = own.loc[code] if code in own.index.get_level_values(0) else own.iloc[:0]
        here = here[here["completed"] > 0] if len(here) else here
        gaps = {part.code: part.persons for part in found.every}
        if not len(here):
            assert gaps == {}
            continue
        again = (rate.reindex(here.index) * here["completed"] - here["jobs"]).sort_values(ascending=False)
        assert gaps == pytest.approx(again.to_dict())
        below = again[again > 1e-9]
        assert found.persons == pytest.approx(below.sum())
        if len(below):
            enough = int((below.cumsum() < below.sum() / 2 - 1e-9).sum()) + 1
            assert found.half == enough == len(found.parts)


def test_no_fewer_employers_would_make_up_half(ground: tuple[Releases, Figures]) -> None:
    _releases, figures = ground
    for code in ("101", "730", "851", "492"):
        found = employer_parts(figures, code, most=10_000)
        gaps = [part.persons for part in found.parts]
        assert gaps == sorted(gaps, reverse=True)
        assert len(gaps) == found.half
        if gaps:
            assert sum(gaps) >= found.persons / 2 - 1e-9
            assert sum(gaps[:-1]) < found.persons / 2
