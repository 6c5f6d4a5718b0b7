"""Alerts on their way out: few people and sole proprietors stay on the screen, and it is said how many."""

from __future__ import annotations

from pathlib import Path

from tests.builders.random_outcomes import KNOWN_THROUGH, OpenOutcomes, RandomOutcomes, Row

from jobcentre_desk.desk.alert_exports import alerts_table, copied_alerts, left_out_sentence, save_alerts, shared_alerts
from jobcentre_desk.desk.alerts import municipality_alerts, shortlist_alerts
from jobcentre_desk.model.alerts import AlertUnit


def outcomes(*odd: tuple[int, int]) -> RandomOutcomes:
    """Sixty employers of 8 in 20, and those of `odd` with their own completed and jobs, numbered from 61."""
    counts = [(20, 8)] * 60 + list(odd)
    rows = [
        Row(KNOWN_THROUGH, number, "730", "47.11", "9333", "cash", "traineeship", 0, completed, jobs, 0, 0)
        for number, (completed, jobs) in enumerate(counts, 1)
    ]
    own = {row.employer: "47.11" for row in rows}
    return RandomOutcomes(rows, own, {number: f"Employer {number}" for number in own})


def test_large_counts_leave_and_small_ones_stay(opened: OpenOutcomes) -> None:
    world = outcomes((40, 36), (20, 19), (40, 2))
    figures = opened(world)
    found = shortlist_alerts(figures, [world.cvr(number) for number in (1, 61, 62, 63)])
    assert {alert.unit for alert in found.rows} == {world.cvr(number) for number in (61, 62, 63)}
    shared = shared_alerts(figures, found)
    assert [alert.unit for alert in shared.alerts.rows] == [world.cvr(61)]
    assert shared.left_out == 2
    assert left_out_sentence(2) == "2 alerts are left out: they tell on few people."
    assert left_out_sentence(0) == ""


def test_a_sole_proprietor_never_leaves(opened: OpenOutcomes) -> None:
    world = outcomes((40, 36))
    world.sole_proprietors = {61}
    figures = opened(world)
    found = municipality_alerts(figures, "730")
    assert world.cvr(61) in {alert.unit for alert in found.rows}
    assert world.cvr(61) not in copied_alerts(figures, found)[0]


def test_branches_and_the_municipality_leave_where_their_counts_may(opened: OpenOutcomes) -> None:
    world = outcomes()
    elsewhere = [
        Row(KNOWN_THROUGH, number, "751", "47.11", "9333", "cash", "traineeship", 0, 20, 14, 0, 0)
        for number in range(100, 160)
    ]
    world.rows += elsewhere
    world.own_branch |= {row.employer: "47.11" for row in elsewhere}
    world.names |= {row.employer: f"Employer {row.employer}" for row in elsewhere}
    figures = opened(world)
    found = municipality_alerts(figures, "730")
    assert {AlertUnit.BRANCH, AlertUnit.MUNICIPALITY} <= {alert.unit_kind for alert in found.rows}
    shared = shared_alerts(figures, found)
    assert {AlertUnit.BRANCH, AlertUnit.MUNICIPALITY} <= {alert.unit_kind for alert in shared.alerts.rows}


def test_the_file_holds_a_line_for_each_alert(opened: OpenOutcomes, tmp_path: Path) -> None:
    world = outcomes((40, 36), (20, 19), (40, 2))
    figures = opened(world)
    found = shortlist_alerts(figures, [world.cvr(61), world.cvr(62), world.cvr(63)])
    path = tmp_path / "alerts.csv"
    assert save_alerts(figures, found, path) == 2
    header, line = path.read_text("utf-8-sig").splitlines()
    assert header.startswith("Kind,Name,Code,Period,Direction,Why,In the list,In words")
    assert "Employer 61" in line
    assert "above" in line


def test_nobody_may_leave_is_a_table_with_headers_alone(opened: OpenOutcomes) -> None:
    figures = opened(outcomes())
    found = shortlist_alerts(figures, [])
    assert alerts_table(shared_alerts(figures, found).alerts).rows == ()
