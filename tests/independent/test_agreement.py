"""The program's lists of employers equal those worked out a second time from the publication's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.independent.agreement import disagreements, prior_disagreements, random_filters
from tests.independent.employer_figures import disagreements as employer_disagreements
from tests.independent.employer_figures import random_employers
from tests.independent.recompute import Releases

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

FILTERS = 14


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Releases, Figures]]:
    """The small demonstration, once as files and once synced."""
    folder = tmp_path_factory.mktemp("agreement")
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


def test_totals_rates_intervals_order_badges_and_places_agree(ground: tuple[Releases, Figures]) -> None:
    release, figures = ground
    asked = random_filters(release, FILTERS, seed=7)
    differences = [difference for one in asked for difference in disagreements(release, figures, one)]
    assert differences == []


def test_stored_priors_agree_with_an_independent_optimiser(ground: tuple[Releases, Figures]) -> None:
    release, figures = ground
    asked = random_filters(release, 4, seed=8)
    assert [difference for one in asked for difference in prior_disagreements(release, figures, one)] == []


def test_employers_beside_their_branch_agree_in_every_figure(ground: tuple[Releases, Figures]) -> None:
    release, figures = ground
    chosen = random_employers(release, 25, seed=9)
    assert [difference for cvr in chosen for difference in employer_disagreements(release, figures, cvr)] == []
