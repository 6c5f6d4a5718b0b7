"""Alerts: no more than chance gives where nothing differs, drifts, published series, and what was dismissed."""

from __future__ import annotations

import random
from contextlib import closing

import pytest
from tests.builders.random_outcomes import KNOWN_THROUGH, OpenOutcomes, RandomOutcomes, Row
from tests.builders.service_figures import arrival, figure, service_figures
from tests.desk.conftest import World

from jobcentre_desk.cache.area_series import begin_of, series_of_area
from jobcentre_desk.cache.service_writer import write_service_figures
from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.cache.snapshot_writer import next_snapshot
from jobcentre_desk.desk.alerts import SHORTLIST, municipality_alerts, shortlist_alerts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.alerts import AlertKind, AlertUnit
from jobcentre_desk.model.outcomes import Verdict
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

LEAVES = ("47.11", "47.12", "49.41")


def fact(employer: int, completed: int | None, jobs: int | None, *, branch: str = "47.11", back: int = 0) -> Row:
    """One row of an employer in 730, `back` quarters before the last known."""
    return Row(
        KNOWN_THROUGH.plus(-back), employer, "730", branch, "9333", "cash", "traineeship", 0, completed, jobs, 0, 0
    )


def outcomes(rows: list[Row]) -> RandomOutcomes:
    """Employers of the branch of their first row."""
    own: dict[int, str] = {}
    for row in rows:
        own.setdefault(row.employer, row.branch)
    return RandomOutcomes(rows, own, {employer: f"Employer {employer}" for employer in own})


def no_difference(seed: int, employers: int) -> RandomOutcomes:
    """Employers who all have the same chance of a job, with 1 to 60 completed."""
    chance = random.Random(seed)
    rows = []
    for employer in range(1, employers + 1):
        completed = chance.choice((1, 3, 8, 12, 20, 35, 60))
        jobs = sum(chance.random() < 0.4 for _ in range(completed))
        rows.append(fact(employer, completed, jobs, branch=chance.choice(LEAVES)))
    return outcomes(rows)


def test_where_nothing_differs_at_most_twice_the_stated_chance_is_flagged(opened: OpenOutcomes) -> None:
    lists = [municipality_alerts(opened(no_difference(seed, 1500)), "730") for seed in range(5)]
    stated = sum(found.expected_by_chance for found in lists)
    flagged = sum(found.outside for found in lists)
    assert stated == pytest.approx(0.002 * sum(found.checked for found in lists))
    assert stated > 5
    assert flagged <= 2 * stated
    assert sum(alert.stands for found in lists for alert in found.rows) <= 2


def one_that_stands_out() -> RandomOutcomes:
    """Forty employers of 40 %, one of 30 in 30, one of 2 in 2, and one whose jobs are hidden."""
    rows = [fact(employer, 20, 8, back=employer % 4) for employer in range(1, 41)]
    return outcomes([*rows, fact(41, 30, 30), fact(42, 2, 2), fact(43, 30, None)])


def test_who_stands_out_is_told_with_numbers_reference_and_period(opened: OpenOutcomes) -> None:
    figures = opened(one_that_stands_out())
    found = municipality_alerts(figures, "730")
    [alert] = [one for one in found.rows if one.unit_kind is AlertUnit.EMPLOYER]
    assert (alert.kind, alert.direction, alert.x, alert.n, alert.stands) == (
        AlertKind.OUTSIDE, Verdict.ABOVE, 30, 30, True,
    )  # fmt: skip
    assert (alert.period, alert.period_from) == (str(KNOWN_THROUGH), str(KNOWN_THROUGH.plus(-3)))
    assert alert.sentence.startswith("Of 30 completed traineeships, 30 went on to a job. In its branch it is 42")
    assert found.checked == 42  # 41 employers and the municipality; of its branch a count is hidden
    assert found.sentence == "42 checked, 1 flagged, about 0.1 expected by chance."


def test_one_too_small_to_stand_out_is_not_counted(opened: OpenOutcomes) -> None:
    small = outcomes([fact(employer, 2, 1) for employer in range(1, 31)])
    found = shortlist_alerts(opened(small), [small.cvr(1)])
    assert (found.checked, found.expected_by_chance) == (0, 0)
    assert found.sentence == "Nothing is large enough to be checked."


def test_the_shortlist_is_checked_by_itself(opened: OpenOutcomes) -> None:
    world = one_that_stands_out()
    figures = opened(world)
    found = shortlist_alerts(figures, [world.cvr(41), world.cvr(1), "12345674"])
    assert (found.checked, found.outside, found.scope) == (2, 1, SHORTLIST)
    assert [alert.unit for alert in found.rows] == [world.cvr(41)]
    assert shortlist_alerts(figures, []).checked == 0


def test_a_dismissed_alert_stays_away_until_a_wholly_new_period_says_so(opened: OpenOutcomes) -> None:
    figures = opened(one_that_stands_out())
    [alert] = municipality_alerts(figures, "730").rows
    for period, away in ((alert.period, True), (alert.period_from, True), (str(KNOWN_THROUGH.plus(-4)), False)):
        found = municipality_alerts(figures, "730", dismissed={alert.key: period})
        assert (alert in found.dismissed, alert in found.rows) == (away, not away)
        assert found.outside == 1
    assert str(KNOWN_THROUGH) not in alert.key


def test_an_alert_dismissed_for_the_shortlist_still_stands_for_its_municipality(opened: OpenOutcomes) -> None:
    world = one_that_stands_out()
    figures = opened(world)
    [alert] = shortlist_alerts(figures, [world.cvr(41)]).rows
    assert municipality_alerts(figures, "730", dismissed={alert.key: alert.period}).dismissed == ()


def test_a_code_that_is_no_municipality_is_refused(opened: OpenOutcomes) -> None:
    with pytest.raises(InputRefused, match="081"):
        municipality_alerts(opened(one_that_stands_out()), "081")


# Drifts


def drifting(world: World, *, completed: int = 40, quarters: int = 16) -> None:
    """One large employer that falls from 50 to 20 % in its last four quarters, among others who do not change."""
    last = world.known_through
    for back in range(quarters):
        share = 0.2 if back < 4 else (0.48, 0.52)[back % 2]
        world.add(0, completed, same=round(share * completed), quarter=last.plus(-back))
    world.add_others(30, 20, same=8, elsewhere=0)


def test_a_slow_drift_is_told_where_every_quarter_is_large_enough(world: World) -> None:
    drifting(world)
    figures = world.figures()
    found = shortlist_alerts(figures, [figures.employers.cvr_text(0)])
    [alert] = [one for one in found.rows if one.kind is AlertKind.SHIFT]
    assert (alert.direction, alert.period, found.series) == (Verdict.BELOW, str(world.known_through), 1)
    assert alert.sentence == "Over 16 quarters the share has drifted below its former level, little by little."


@pytest.mark.parametrize(("completed", "quarters"), [(29, 16), (40, 12)])
def test_no_drift_is_looked_for_in_few_or_short_series(world: World, completed: int, quarters: int) -> None:
    drifting(world, completed=completed, quarters=quarters)
    figures = world.figures()
    assert shortlist_alerts(figures, [figures.employers.cvr_text(0)]).series == 0


def test_the_quarters_of_the_municipality_are_a_series_too(world: World) -> None:
    drifting(world)
    kinds = {(one.kind, one.unit_kind) for one in municipality_alerts(world.figures(), "730").rows}
    assert (AlertKind.SHIFT, AlertUnit.EMPLOYER) in kinds


# Published series


def monthly(world: World, *values: str, measure: str = "y30r21.actual_share") -> None:
    """Months of 2025 and 2026 of one measure in 730, with another municipality beside."""
    world.measures = (measure,)
    part = measure.partition(".")[2]
    for place, value in enumerate(values):
        period = f"{2025 + place // 12}M{place % 12 + 1:02d}"
        world.publish("730", period, "all", {part: value})
        world.publish("707", period, "all", {part: "5.0"})


LEVEL = ("5.0", "5.1", "4.9", "5.0", "5.2", "5.0", "4.9", "5.1", "5.0", "5.1", "4.9", "5.0")


def test_a_published_value_outside_its_own_limits_is_told_with_its_digits(world: World) -> None:
    monthly(world, *LEVEL, "6.0")
    world.add(0, 1, same=1)
    [alert] = municipality_alerts(world.figures(), "730").rows
    assert (alert.unit_kind, alert.unit, alert.period) == (AlertUnit.MEASURE, "y30r21.actual_share", "2026M01")
    assert alert.sentence.startswith("It was 6.0, where the mean of 13 periods is 5.1.")


@pytest.mark.parametrize("values", [(*LEVEL[1:], "5.1"), (*LEVEL[:10], "9.9"), ("5.0",) * 13])
def test_within_its_limits_too_short_or_constant_a_series_is_no_alert(world: World, values: tuple[str, ...]) -> None:
    monthly(world, *values)
    world.add(0, 1, same=1)
    assert municipality_alerts(world.figures(), "730").rows == ()


def test_years_to_the_end_of_a_quarter_are_taken_a_year_apart(world: World) -> None:
    world.measures = ("y30r21.actual_share",)
    for year in (2024, 2025, 2026):
        for number in range(1, 5):
            world.publish("730", f"{year}QMAT{number:02d}", "all", {"actual_share": f"{year}.{number}"})
    world.add(0, 1, same=1)
    [series] = series_of_area(world.figures().snapshot, "730")
    assert series.values == (("2024QMAT04", "2024.4"), ("2025QMAT04", "2025.4"), ("2026QMAT04", "2026.4"))
    assert [begin_of(code) for code in ("2026QMAT04", "2026QMAT01", "2026M03")] == [
        "2026QMAT01",
        "2025QMAT02",
        "2026M03",
    ]


def test_without_outcomes_the_published_measures_alone_are_checked(home: Home) -> None:
    came = service_figures(figure("34"))
    with next_snapshot(home, None, task=Task()) as building:
        write_service_figures(building.connection, arrival(came), task=Task())
        building.finish(lambda _snapshot, _source: "", touched={})
    snapshot = open_newest(home)
    assert snapshot is not None
    with closing(snapshot):
        figures = Figures.open(snapshot)
        found = municipality_alerts(figures, "860")
        assert (found.checked, found.series, found.rows) == (0, 0, ())
        with pytest.raises(QuarterOutOfRange):
            shortlist_alerts(figures, ["10000003"])
