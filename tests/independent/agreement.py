"""Holds the program's list of employers against the independent recomputation, filter by filter.

`python -m tests.independent.agreement FOLDER HOME --filters 200` prints how far the two are apart.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tests.independent.recompute import (
    Filter,
    Releases,
    Table,
    badges,
    find,
    fold_first,
    places_by_drawing,
    quarter_number,
)

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk import find as desk_find
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.places import places
from jobcentre_desk.model.outcomes import EmployerRow, Order, Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import Home

RATE_TOLERANCE = 1e-9
INTERVAL_TOLERANCE = 1e-6
PRIOR_TOLERANCE = 1e-4
BADGES_COMPARED = 60
PLACES_COMPARED_BELOW = 3_000


@dataclass(frozen=True)
class Difference:
    """One thing on which the two do not agree."""

    filter: Filter
    what: str
    program: object
    recomputed: object


def random_filters(release: Releases, count: int, *, seed: int) -> list[Filter]:
    """Questions as people ask them: one or a few of each list, now and then all of it."""
    chance = random.Random(seed)
    table = release.outcomes
    lists = {
        name: sorted(table[name].cat.categories)
        for name in ("municipality", "branch", "occupation", "benefit_group", "programme")
    }
    lists["branch"] = sorted(release.branches.index)
    lists["occupation"] = sorted(release.occupations.index)
    quarters = sorted({quarter_number(q) for q in table["quarter"].unique()})
    return [_random_filter(chance, lists, quarters, release) for _ in range(count)]


def disagreements(release: Releases, figures: Figures, asked: Filter) -> list[Difference]:
    """Everything on which program and recomputation differ for one question."""
    expected = find(release, asked)
    found = desk_find.find_employers(figures, scope_of(asked))
    rows = desk_find.rows(figures, found, 0, found.total)
    ids = [row.cvr for row in rows]
    if found.total != len(expected) or not _same_order(asked, ids, expected):
        return [Difference(asked, "ids", ids[:5], list(expected.index)[:5])]
    if not rows:
        return []
    expected = expected.loc[ids]
    differences = [*_compare_columns(asked, rows, expected), *_compare_badges(release, asked, rows, expected)]
    if 0 < len(rows) < PLACES_COMPARED_BELOW:
        differences += _compare_places(asked, figures, found, expected)
    return differences


def prior_disagreements(release: Releases, figures: Figures, asked: Filter) -> list[Difference]:
    """Stored priors against an independent optimiser."""
    found = desk_find.find_employers(figures, scope_of(asked))
    first, last = release.period(asked)
    differences = []
    for name, stored in desk_find.priors_used(figures, found).items():
        code = name.partition(":")[2] or "all"
        fitted = release._fit(next(w for w in (4, 8, 12, 10_000) if w >= last - first + 1), code)
        for key, value in (("alpha", fitted.alpha), ("beta", fitted.beta)):
            if abs(stored[key] - value) > PRIOR_TOLERANCE * value:
                differences.append(Difference(asked, f"{name} {key}", stored[key], value))
    return differences


def scope_of(asked: Filter) -> Scope:
    """The same question in the program's words."""
    return Scope(
        municipalities=asked.municipality,
        branches=asked.branch,
        occupations=asked.occupation,
        benefit_groups=asked.benefit_group,
        programmes=asked.programme,
        first=None if asked.first is None else Quarter(asked.first),
        last=None if asked.last is None else Quarter(asked.last),
        min_completed=asked.min_completed,
        text=asked.text,
        order=Order(asked.order),
    )


def _random_filter(
    chance: random.Random, lists: dict[str, list[str]], quarters: list[int], release: Releases
) -> Filter:
    def some(name: str, share: float, most: int) -> tuple[str, ...]:
        return tuple(chance.sample(lists[name], chance.randint(1, most))) if chance.random() < share else ()

    first, last = None, None
    if chance.random() < 0.4:
        first = chance.choice([q for q in quarters if q <= release.known_through])
        last = chance.choice([q for q in quarters if q >= first]) if chance.random() < 0.7 else None
    text = ""
    if chance.random() < 0.2:
        name = fold_first(chance.choice(list(release.employers["name"])))
        start = chance.randrange(max(1, len(name) - 3))
        text = name[start : start + chance.randint(2, 5)].strip()
    return Filter(
        municipality=some("municipality", 0.6, 6),
        branch=some("branch", 0.4, 3),
        occupation=some("occupation", 0.25, 3),
        benefit_group=some("benefit_group", 0.25, 2),
        programme=some("programme", 0.2, 1),
        first=first,
        last=last,
        min_completed=chance.choice([1, 1, 2, 3, 5, 10]),
        text=text if len(text) > 1 else "",
        order=chance.choice(["fair", "fair", "fair", "raw", "completed", "name"]),
    )


def _same_order(asked: Filter, ids: list[str], expected: Table) -> bool:
    """Whether both lists hold the same ids in the same order.

    In fair order two employers whose fair rates differ by less than its tolerance may stand either way round: the
    priors come from two optimisers.
    """
    if asked.order != "fair" or ids == list(expected.index):
        return ids == list(expected.index)
    if sorted(ids) != sorted(expected.index):
        return False
    steps = np.diff(expected["fair_rate"].loc[ids].to_numpy())
    return bool(np.all(steps <= INTERVAL_TOLERANCE))


def _compare_columns(asked: Filter, rows: list[EmployerRow], expected: Table) -> list[Difference]:
    ours: dict[str, tuple[list[float | int | None], float]] = {
        "started": ([r.counts.started for r in rows], 0),
        "completed": ([r.counts.completed for r in rows], 0),
        "job_same_employer": ([r.counts.job_same_employer for r in rows], 0),
        "job_elsewhere": ([r.counts.job_elsewhere for r in rows], 0),
        "not_yet_known": ([r.counts.not_yet_known for r in rows], 0),
        "rate": ([r.rate.value for r in rows], RATE_TOLERANCE),
        "low": ([r.rate.low for r in rows], INTERVAL_TOLERANCE),
        "high": ([r.rate.high for r in rows], INTERVAL_TOLERANCE),
        "fair_rate": ([r.fair_rate for r in rows], INTERVAL_TOLERANCE),
    }
    differences = []
    for name, (values, tolerance) in ours.items():
        gap = np.abs(np.array(values, dtype=float) - expected[name].to_numpy(dtype=float))
        if not np.all(gap <= tolerance):
            at = int(np.argmax(gap))
            differences.append(Difference(asked, f"{name} of {rows[at].cvr}", values[at], expected[name].iloc[at]))
    levels = [r.prior_level for r in rows]
    if levels != list(expected["prior_level"]):
        differences.append(Difference(asked, "prior_level", levels[:3], list(expected["prior_level"])[:3]))
    return differences


def _compare_badges(release: Releases, asked: Filter, rows: list[EmployerRow], expected: Table) -> list[Difference]:
    verdicts = badges(release, asked, expected.head(BADGES_COMPARED))
    differences = []
    for row in rows[:BADGES_COMPARED]:
        other = verdicts.loc[row.cvr]
        if (row.against_branch.value, row.reference_branch) != (other["against_branch"], other["reference_branch"]):
            ours = (row.against_branch.value, row.reference_branch, row.reference_rate)
            differences.append(Difference(asked, f"badge of {row.cvr}", ours, tuple(other)))
    return differences


def _compare_places(asked: Filter, figures: Figures, found: desk_find.Found, expected: Table) -> list[Difference]:
    shown = min(found.total, 200)
    ours = places(figures, found, 0, shown)
    drawn = places_by_drawing(expected, draws=20_000, seed=1).head(shown)
    allowed = max(2.0, 0.04 * found.total)
    differences = []
    for place, (cvr, other) in zip(ours, drawn.iterrows(), strict=True):
        assert place is not None
        if abs(place.low - other["low"]) > allowed or abs(place.high - other["high"]) > allowed:
            differences.append(Difference(asked, f"place of {cvr} among {found.total}", place, tuple(other)))
    return differences


def main() -> int:
    """Compare as many filters as asked and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--filters", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    snapshot = open_newest(Home(options.home))
    assert snapshot is not None
    release, figures = Releases(options.folder), Figures.open(snapshot)
    found: list[Difference] = []
    rows = 0
    for asked in random_filters(release, options.filters, seed=options.seed):
        found += disagreements(release, figures, asked) + prior_disagreements(release, figures, asked)
        rows += desk_find.find_employers(figures, scope_of(asked)).total
    for difference in found[:40]:
        sys.stdout.write(f"{difference}\n")
    sys.stdout.write(f"{options.filters} filters, {rows} rows, {len(found)} differences\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
