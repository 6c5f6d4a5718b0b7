"""The invented traineeship outcomes of one quarter, drawn from a stream of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.demo_employers import DemoEmployers, Workplaces, employers_at, make_workplaces
from jobcentre_desk.publishing.demo_recipe import DemoSize, Floats, Ints, Recipe, pick

_OUTCOMES, _REVISIONS, _MUNICIPALITIES = 3, 4, 5
_REVISION_STEP, _REVISION_START = 5, 3

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class DemoWorld:
    """What all quarters of a release share."""

    recipe: Recipe
    size: DemoSize
    employers: DemoEmployers
    workplaces: Workplaces
    municipality_effect: Floats

    @classmethod
    def of(cls, recipe: Recipe, size: DemoSize, employers: DemoEmployers) -> DemoWorld:
        """The world of these employers."""
        spread = recipe.numbers["employers"]["municipality_spread"]
        effect = recipe.rng(_MUNICIPALITIES).normal(0, spread, len(recipe.municipalities))
        return cls(recipe, size, employers, make_workplaces(recipe, size, employers), effect)


@dataclass(frozen=True, slots=True, eq=False)
class RowKeys:
    """What names each row of a quarter, as places in the recipe's lists; all columns are equally long."""

    municipality: Ints
    branch: Ints
    occupation: Ints
    employer: Ints
    benefit_group: Ints
    programme: Ints

    def __len__(self) -> int:
        return len(self.employer)

    def one_of_each(self) -> RowKeys:
        """Each different key once, in the order of the columns."""
        columns = [getattr(self, field.name) for field in fields(self)]
        packed = np.zeros(len(self), dtype=np.int64)
        for column in columns:
            packed = packed * (int(column.max(initial=0)) + 1) + column
        chosen = np.unique(packed, return_index=True)[1]
        return RowKeys(*(column[chosen] for column in columns))


@dataclass(frozen=True, slots=True, eq=False)
class QuarterRows:
    """The rows of one quarter: their keys and, equally long, their counts."""

    keys: RowKeys
    started: Counts
    completed: Counts
    job_same_employer: Counts
    job_same_branch: Counts
    job_other_branch: Counts


def quarter_rows(world: DemoWorld, quarter: Quarter, release: int) -> QuarterRows:
    """The rows of one quarter as `release` tells them: drawn once, then revised by each that came back to it."""
    rows = _draw_rows(world, quarter)
    for later in range(2, release + 1):
        if revised_quarter(world.recipe, later) == quarter:
            rows = _revised(world, rows, later)
    return rows


def revised_quarter(recipe: Recipe, release: int) -> Quarter:
    """The earlier quarter that a release revises: known since release 1 and before its last known one."""
    earlier = recipe.known_through.index - recipe.first_quarter.index
    return recipe.first_quarter.plus((_REVISION_STEP * (release - 2) + _REVISION_START) % earlier)


def _draw_rows(world: DemoWorld, quarter: Quarter) -> QuarterRows:
    rng = world.recipe.rng(_OUTCOMES, world.size.number, quarter.index)
    employer = _active_employers(world, quarter, rng)
    keys = _draw_keys(world, employer, rng).one_of_each()
    started, completed = _draw_sizes(world, keys.employer, rng)
    return QuarterRows(keys, started, completed, *_draw_jobs(world, quarter, keys, completed, rng))


def _draw_keys(world: DemoWorld, employer: Ints, rng: np.random.Generator) -> RowKeys:
    recipe = world.recipe
    municipality, branch = _draw_workplaces(world, employer, rng)
    occupation = _pick_in_rows(recipe.occupations.cumulated, branch, rng)
    group = pick(recipe.schemes.group_share, rng.random(len(employer)))
    programme = _pick_in_rows(recipe.schemes.programme_cumulated, group, rng)
    return RowKeys(municipality, branch, occupation, employer, group, programme)


def _active_employers(world: DemoWorld, quarter: Quarter, rng: np.random.Generator) -> Ints:
    """One entry per row: how many rows an employer has is Poisson around its activity and the season."""
    recipe, size = world.recipe, world.size
    numbers = recipe.numbers["season"]
    season = numbers["by_number"][quarter.number - 1] * numbers.get(str(quarter), 1.0)
    quarters = recipe.last_quarter.index - recipe.first_quarter.index + 1
    first = max(1, quarter.index - recipe.last_quarter.index + 1)
    active = employers_at(size, first, recipe)
    activity = world.employers.activity
    a_quarter = size.outcome_rows / quarters / activity[: size.employers].sum()
    rows = rng.poisson(activity[:active] * a_quarter * season)
    return np.repeat(np.arange(active, dtype=np.int32), rows)


def _draw_workplaces(world: DemoWorld, employer: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The workplace of each row (the first more often), and now and then another branch than its own."""
    first = world.workplaces.first
    count = first[employer + 1] - first[employer]
    place = first[employer] + np.floor(rng.random(len(employer)) ** 1.5 * count).astype(np.int64)
    branch = world.workplaces.branch[place]
    odd = rng.random(len(employer)) < world.recipe.numbers["outcomes"]["other_branch_row"]
    other = pick(world.recipe.classes.weight, rng.random(len(employer)))
    return world.workplaces.municipality[place].astype(np.int32), np.where(odd, other, branch).astype(np.int32)


def _pick_in_rows(cumulated: Floats, row: npt.NDArray[np.integer], rng: np.random.Generator) -> Ints:
    """One part per draw, by the cumulated shares in that row of the table."""
    draws = rng.random(len(row))
    chosen = np.zeros(len(row), dtype=np.int32)
    order = np.argsort(row, kind="stable")
    bounds = np.searchsorted(row[order], np.arange(len(cumulated) + 1))
    for shares_of, start, stop in zip(cumulated, bounds[:-1], bounds[1:], strict=True):
        here = order[start:stop]
        chosen[here] = np.searchsorted(shares_of, draws[here], side="right")
    return chosen


def _draw_sizes(world: DemoWorld, employer: Ints, rng: np.random.Generator) -> tuple[Counts, Counts]:
    """Started and completed of each row; large employers take several at once. Never both nothing."""
    numbers = world.recipe.numbers["outcomes"]
    large = world.employers.size_band[employer] >= world.recipe.size_bands.index("100-249")
    draws = rng.random(len(employer))
    completed = np.where(large, pick(numbers["completed_large"], draws), pick(numbers["completed"], draws))
    step = pick(numbers["started_beside_completed"], rng.random(len(employer))) - 1
    started = np.maximum(completed + step, 0)
    started[(started == 0) & (completed == 0)] = 1
    return started.astype(np.int64), completed.astype(np.int64)


def _draw_jobs(
    world: DemoWorld, quarter: Quarter, keys: RowKeys, completed: Counts, rng: np.random.Generator
) -> tuple[Counts, Counts, Counts]:
    """Jobs with the same employer, elsewhere in the branch, and in another branch."""
    numbers = world.recipe.numbers["outcomes"]
    base = np.log(numbers["same_employer"] / (1 - numbers["same_employer"]))
    same_share = _logistic(base + world.recipe.schemes.programme_same_employer[keys.programme])
    jobs = rng.binomial(completed, _chances(world, quarter, keys))
    same_employer = rng.binomial(jobs, same_share)
    same_branch = rng.binomial(jobs - same_employer, numbers["same_branch"])
    return same_employer, same_branch, jobs - same_employer - same_branch


def _chances(world: DemoWorld, quarter: Quarter, keys: RowKeys) -> Floats:
    """The chance that a completed traineeship of each row is followed by a job."""
    recipe = world.recipe
    years = (quarter.index - recipe.first_quarter.index) / 4
    return _logistic(
        recipe.numbers["outcomes"]["base"]
        + recipe.numbers["outcomes"]["trend_a_year"] * years
        + recipe.classes.success[keys.branch]
        + recipe.occupations.success[keys.occupation]
        + recipe.schemes.group_success[keys.benefit_group]
        + recipe.schemes.programme_success[keys.programme]
        + world.municipality_effect[keys.municipality]
        + world.employers.effect[keys.employer]
    )


def _logistic(logit: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logit)))


def _revised(world: DemoWorld, rows: QuarterRows, release: int) -> QuarterRows:
    """Late reports: in 0.5 % of the rows one more completed, half of them in a job in another branch."""
    rng = world.recipe.rng(_REVISIONS, world.size.number, release)
    total = len(rows.keys)
    count = max(1, round(total * world.recipe.numbers["outcomes"]["revised_rows"]))
    late = rng.permutation(total)[:count]
    completed, other = rows.completed.copy(), rows.job_other_branch.copy()
    completed[late] += 1
    other[late[: count // 2]] += 1
    return replace(rows, completed=completed, job_other_branch=other)
