"""What the invented outcomes look like: plausible, coherent, and steady from release to release."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from jobcentre_desk.model.employers import is_cvr
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.demo_employers import DemoEmployers, employers_at, make_employers, make_workplaces
from jobcentre_desk.publishing.demo_figures import figure_tables
from jobcentre_desk.publishing.demo_names import cvr_numbers
from jobcentre_desk.publishing.demo_outcomes import DemoWorld, QuarterRows, quarter_rows, revised_quarter
from jobcentre_desk.publishing.demo_recipe import Recipe, pick, read_recipe, shares
from jobcentre_desk.publishing.read_tables import read_small_table

RECIPE = read_recipe()
SMALL = RECIPE.size("small")
YEAR = tuple(Quarter.of(2025, number) for number in (1, 2, 3, 4))


@pytest.fixture(scope="module")
def world() -> DemoWorld:
    return DemoWorld.of(RECIPE, SMALL, make_employers(RECIPE, SMALL, 1))


@pytest.fixture(scope="module")
def year(world: DemoWorld) -> list[QuarterRows]:
    return [quarter_rows(world, quarter, 1) for quarter in YEAR]


def _jobs(rows: QuarterRows) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(rows.job_same_employer + rows.job_same_branch + rows.job_other_branch)


def _completed(rows: list[QuarterRows], employers: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(
        np.sum([np.bincount(r.keys.employer, weights=r.completed, minlength=employers) for r in rows], axis=0)
    )


def test_invented_cvr_numbers_pass_the_check_and_are_all_different() -> None:
    numbers = [number.decode() for number in cvr_numbers(320_000)]
    assert len(set(numbers)) == 320_000
    assert all(is_cvr(number) for number in numbers[::97])
    assert all(number.startswith("0") for number in numbers)


def test_names_need_no_quotes_and_carry_danish_letters() -> None:
    names = make_employers(RECIPE, SMALL, 1).name
    assert not any(mark in name for name in names for mark in ',"\n\r\t;')
    assert all(2 <= len(name) <= 80 and name == name.strip() and "  " not in name for name in names)
    assert all(any(letter in name for name in names) for letter in "æøåÆØÅŁü&")
    assert len(set(names)) > 0.9 * len(names)


def test_sole_proprietors_are_small_and_have_one_workplace(world: DemoWorld) -> None:
    employers = world.employers
    sole = employers.sole_proprietor
    assert 0.1 < sole.mean() < 0.3
    assert (employers.size_band[sole] == 0).all()
    assert (np.diff(world.workplaces.first)[sole] == 1).all()
    assert 0 < employers.advertising_protected.mean() < 0.2


def test_large_employers_have_workplaces_in_several_municipalities(world: DemoWorld) -> None:
    count = np.diff(world.workplaces.first)
    assert (count == 1).mean() > 0.85
    assert count.max() > 10
    largest = int(np.argmax(count))
    first, last = world.workplaces.first[largest : largest + 2]
    assert len(set(world.workplaces.municipality[first:last].tolist())) > 5


def test_a_workplace_is_nearly_always_in_its_employers_branch(world: DemoWorld, year: list[QuarterRows]) -> None:
    same = [(rows.keys.branch == world.employers.branch[rows.keys.employer]).mean() for rows in year]
    assert 0.9 < np.mean(same) < 1


def test_most_employers_complete_one_to_five_traineeships_a_year(world: DemoWorld, year: list[QuarterRows]) -> None:
    completed = _completed(year, len(world.employers))
    some = completed[completed > 0]
    assert ((some >= 1) & (some <= 5)).mean() > 0.7
    assert some.max() > 50


def test_completed_may_exceed_started_and_no_row_is_empty(year: list[QuarterRows]) -> None:
    for rows in year:
        assert (rows.completed > rows.started).any()
        assert (rows.completed + rows.started > 0).all()
        assert (_jobs(rows) <= rows.completed).all()


def test_a_third_or_more_go_on_to_a_job_and_it_differs_by_group_and_programme(year: list[QuarterRows]) -> None:
    groups = np.concatenate([rows.keys.benefit_group for rows in year])
    jobs, completed = (np.concatenate(part) for part in ([_jobs(r) for r in year], [r.completed for r in year]))
    assert 0.30 < jobs.sum() / completed.sum() < 0.45
    by_group = np.bincount(groups, weights=jobs) / np.bincount(groups, weights=completed)
    codes = RECIPE.schemes.groups
    assert by_group[codes.index("unemployment_benefit")] > by_group[codes.index("resource_scheme")] + 0.15


def test_few_employers_are_truly_better_or_worse(world: DemoWorld) -> None:
    assert 0.03 < (np.abs(world.employers.effect) > 0.6).mean() < 0.09


def test_summer_is_quieter_than_late_autumn(year: list[QuarterRows]) -> None:
    assert len(year[2].keys) < 0.9 * len(year[3].keys)


def test_no_key_comes_twice_in_a_quarter(year: list[QuarterRows]) -> None:
    keys = np.stack([getattr(year[0].keys, field.name) for field in fields(year[0].keys)])
    assert len(np.unique(keys, axis=1).T) == len(year[0].keys)


def test_a_later_release_changes_nothing_about_earlier_employers() -> None:
    first, third = make_employers(RECIPE, SMALL, 1), make_employers(RECIPE, SMALL, 3)
    assert len(first) == 4000
    assert len(third) == employers_at(SMALL, 3, RECIPE) == 4008
    for field in fields(DemoEmployers):
        assert list(getattr(third, field.name)[:4000]) == list(getattr(first, field.name))
    places = [make_workplaces(RECIPE, SMALL, employers) for employers in (first, third)]
    assert (places[1].municipality[: len(places[0].municipality)] == places[0].municipality).all()


def test_new_employers_appear_from_their_first_quarter_on(world: DemoWorld) -> None:
    second = DemoWorld.of(RECIPE, SMALL, make_employers(RECIPE, SMALL, 2))
    before, after = (quarter_rows(second, Quarter.of(2026, number), 2) for number in (3, 4))
    assert before.keys.employer.max() < 4000
    assert after.keys.employer.max() >= 4000


def test_a_revision_changes_half_a_percent_of_the_rows_and_no_key(world: DemoWorld) -> None:
    quarter = revised_quarter(RECIPE, 2)
    old, new = quarter_rows(world, quarter, 1), quarter_rows(world, quarter, 2)
    changed = (old.completed != new.completed) | (old.job_other_branch != new.job_other_branch)
    assert changed.sum() == max(1, round(0.005 * len(old.keys)))
    assert (old.keys.employer == new.keys.employer).all()
    assert (_jobs(new) <= new.completed).all()


def test_revised_quarters_were_known_from_the_first_release_on() -> None:
    quarters = {revised_quarter(RECIPE, release) for release in range(2, 23)}
    assert len(quarters) == 21
    assert max(quarters) < RECIPE.known_through


@pytest.mark.parametrize(("draw", "part"), [(0.0, 0), (0.249, 0), (0.25, 1), (0.999, 1)])
def test_a_draw_falls_into_the_part_its_share_covers(draw: float, part: int) -> None:
    assert pick(shares([1, 3]), np.array([draw])).tolist() == [part]


def _figures(recipe: Recipe) -> dict[str, dict[tuple[str, str, str], float]]:
    found = {}
    for measure, content in figure_tables(recipe):
        rows, problems = read_small_table("figures", content, file=measure, measure=measure)
        assert problems == []
        assert len(rows) == 98 * 6 * 4
        found[measure.removeprefix("y30r21.")] = {
            (str(row["area"]), str(row["period"]), str(row["group"])): float(str(row["value"])) for row in rows
        }
    return found


def test_invented_figures_agree_with_each_other() -> None:
    figures = _figures(RECIPE)
    for key, expected in figures["expected_share"].items():
        assert figures["difference"][key] == pytest.approx(figures["actual_share"][key] - expected, abs=1e-9)
        persons = figures["actual_persons"][key] - figures["expected_persons"][key]
        assert figures["persons_difference"][key] == persons
    last = {area: value for (area, period, group), value in figures["difference"].items()
            if (period, group) == ("2026QMAT02", "all")}  # fmt: skip
    rank = {area: figures["rank"][area, "2026QMAT02", "all"] for area in last}
    assert sorted(rank.values()) == list(range(1, 99))
    assert [last[area] for area in sorted(last, key=rank.__getitem__)] == sorted(last.values())


def test_gaps_differ_by_group_so_that_different_cards_are_suggested() -> None:
    gaps = _figures(RECIPE)["persons_difference"]
    groups = ("unemployment_benefit", "sickness_benefit", "cash_benefit")
    patterns = {tuple(gaps[area, "2026QMAT02", group] >= 10 for group in groups) for area, _period, _group in gaps}
    assert len(patterns) == 8
