"""The figures of one employer beside its branch and the country, worked out a second time from the files alone.

`python -m tests.independent.employer_figures FOLDER HOME --employers 500` prints on what the program differs. pandas
adds, scipy and statsmodels do the statistics; the case mix is a plain loop over the definition.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from tests.independent.recompute import Filter, Releases, Table, _closure, _sums, badges, verdict_of

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.pages import EmployerComparison
from jobcentre_desk.paths import Home

KINDS = ("jobs", "job_same_employer", "job_elsewhere")
LEAST_OTHERS = 20
NEAR = 1e-9


@dataclass(frozen=True)
class Difference:
    """One figure of one employer on which the two do not agree."""

    cvr: str
    what: str
    program: object
    recomputed: object


def random_employers(release: Releases, count: int, *, seed: int) -> list[str]:
    """Employers with a completed traineeship somewhere in the known quarters."""
    known = release.outcomes[release.outcomes["number"] <= release.known_through]
    with_any = sorted(known.loc[known["completed"] > 0, "cvr"].astype(str).unique())
    return random.Random(seed).sample(with_any, min(count, len(with_any)))


def disagreements(release: Releases, figures: Figures, cvr: str) -> list[Difference]:
    """Everything on which program and recomputation differ for one employer."""
    told = compare_employer(figures, cvr, scope=Scope())
    again = Recomputed(release, cvr)
    pairs = [*_counts(told, again), *_rates(told, again), *_comparison(told, again), *_series(told, again)]
    return [Difference(cvr, what, ours, theirs) for what, ours, theirs in pairs if not _same(ours, theirs)]


class Recomputed:
    """One employer's figures out of the files, for the four, eight or twelve quarters that hold ten completed."""

    def __init__(self, release: Releases, cvr: str) -> None:
        self.release, self.cvr = release, cvr
        self.facts = release.outcomes[release.outcomes["cvr"] == cvr]
        self.first, self.last = self._period()
        inside = release.outcomes["number"].between(self.first, self.last)
        self.everybody = release.outcomes[inside]
        self.sums = _sums(release, self.everybody)
        self.own = self.sums.loc[cvr] if cvr in self.sums.index else None
        self.branch, self.rate = self._reference()

    def _period(self) -> tuple[int, int]:
        last = self.release.known_through
        for quarters in (4, 8, 12):
            first = max(last + 1 - quarters, int(self.release.outcomes["number"].min()))
            if self.facts.loc[self.facts["number"].between(first, last), "completed"].sum() >= 10:
                break
        return first, last

    def _reference(self) -> tuple[str, float | None]:
        if self.own is None or not self.own["completed"]:
            return "", None
        asked = Filter(first=self.first, last=self.last)
        row = badges(self.release, asked, self.sums.loc[[self.cvr]]).iloc[0]
        return str(row["reference_branch"]), row["reference_rate"]

    def branch_sums(self) -> Table:
        """Totals of the reference branch, the employer included."""
        inside = _closure(self.release.branches, (self.branch,))
        own_branch = self.release.employers["branch"].reindex(self.sums.index)
        return self.sums[own_branch.isin(inside)].drop(columns=["branch"]).sum()

    def expected_rate(self) -> float:
        """What the others with the same branch, occupation and benefit group reached, weighed by the employer's own."""
        columns = ["branch", "occupation", "benefit_group"]
        own = self.everybody[(self.everybody["cvr"] == self.cvr) & (self.everybody["completed"] > 0)]
        others = self.everybody[self.everybody["cvr"] != self.cvr]
        people = own.groupby(columns, observed=True)["completed"].sum()
        total = sum(count * self._others_rate(others, *key) for key, count in people.items())
        return float(total / people.sum())

    def _others_rate(self, others: Table, branch: str, occupation: str, group: str) -> float:
        for part in self._merged(others, branch, occupation, group):
            n = part["completed"].sum()
            if n >= LEAST_OTHERS:
                break
        return float(part[["job_same_employer", "job_same_branch", "job_other_branch"]].to_numpy().sum() / n)

    def _merged(self, others: Table, branch: str, occupation: str, group: str) -> Iterator[Table]:
        branches, occupations = self.release.branches, self.release.occupations
        in_branch = others[others["branch"].isin(_closure(branches, (branch,)))]
        exact = in_branch[in_branch["occupation"].isin(_closure(occupations, (occupation,)))]
        yield exact[exact["benefit_group"] == group]
        while True:
            yield in_branch[in_branch["occupation"].isin(_closure(occupations, (occupation,)))]
            parent = str(occupations.loc[occupation, "parent"])
            if not parent:
                break
            occupation = parent
        with_occupation = others[others["occupation"].isin(_closure(occupations, (occupation,)))]
        for wider in self.release.lineage(branch)[1:]:
            yield with_occupation[with_occupation["branch"].isin(_closure(branches, (wider,)))]
        yield others


def _counts(told: EmployerComparison, again: Recomputed) -> Iterator[tuple[str, Any, Any]]:
    yield "first quarter", told.period.span.first.index, again.first
    yield "last quarter", told.period.span.last.index, again.last
    sides = [(told.own, again.own), (told.country, again.sums.drop(columns=["branch"]).sum())]
    if again.branch:
        sides.append((told.reference, again.branch_sums()))
    for name, (side, sums) in zip(("own", "country", "reference"), sides, strict=False):
        if sums is None:
            continue
        for column in ("started", "completed", "job_same_employer", "job_elsewhere"):
            yield f"{name} {column}", getattr(side.counts, column), int(sums[column])


def _rates(told: EmployerComparison, again: Recomputed) -> Iterator[tuple[str, Any, Any]]:
    own = again.own
    if own is None or not own["completed"]:
        return
    low, high = proportion_confint(own["jobs"], own["completed"], method="wilson")
    yield "rate", told.own.rate.value, own["jobs"] / own["completed"]
    yield "low", told.own.rate.low, max(float(low), 0.0)
    yield "high", told.own.rate.high, min(float(high), 1.0)


def _comparison(told: EmployerComparison, again: Recomputed) -> Iterator[tuple[str, Any, Any]]:
    own = again.own
    if own is None or not own["completed"]:
        return
    yield "reference branch", told.reference_branch, again.branch
    if not again.branch:
        return
    branch = again.branch_sums()
    badges_told = (told.against_branch.any, told.against_branch.same_employer, told.against_branch.elsewhere)
    for kind, badge in zip(KINDS, badges_told, strict=True):
        p0 = branch[kind] / branch["completed"]
        yield f"badge of {kind}", badge.value, verdict_of(own[kind], own["completed"], p0)
    rest_n, rest_x = branch["completed"] - own["completed"], branch["jobs"] - own["jobs"]
    low, high = confint_proportions_2indep(
        own["jobs"], own["completed"], rest_x, rest_n, method="newcomb", compare="diff"
    )
    assert told.difference is not None
    for name, ours, theirs in zip(
        ("difference", "its low", "its high"),
        told.difference,
        (own["jobs"] / own["completed"] - rest_x / rest_n, low, high),
        strict=True,
    ):
        yield name, ours, float(theirs)
    yield "expected rate", told.expected_rate, again.expected_rate()


def _series(told: EmployerComparison, again: Recomputed) -> Iterator[tuple[str, Any, Any]]:
    by_quarter = again.facts.groupby("number")[["started", "completed"]].sum()
    for quarter in told.quarters:
        number = int(quarter.quarter[:4]) * 4 + int(quarter.quarter[5:]) - 1
        row = by_quarter.loc[number] if number in by_quarter.index else {"started": 0, "completed": 0}
        yield f"started in {quarter.quarter}", quarter.started, int(row["started"])
        yield f"completed in {quarter.quarter}", quarter.completed, int(row["completed"])
    known = again.everybody[(again.everybody["cvr"] == again.cvr) & (again.everybody["completed"] > 0)]
    by_occupation = known.groupby("occupation", observed=True)["completed"].sum()
    ours = {standing.code: standing.rate.n for standing in told.occupations if standing.rate.n}
    yield "occupations", ours, {str(code): int(count) for code, count in by_occupation.items() if count}


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, float) and isinstance(theirs, (int, float)):
        return abs(ours - float(theirs)) <= NEAR
    return bool(ours == theirs)


def main() -> int:
    """Compare many employers and print what differs."""
    parser = argparse.ArgumentParser(description="Work figures of employers out a second time.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--employers", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    release = Releases(given.folder)
    snapshot = open_newest(Home(given.home))
    assert snapshot is not None, "the home has no figures"
    figures = Figures.open(snapshot)
    chosen = random_employers(release, given.employers, seed=given.seed)
    found = [difference for cvr in chosen for difference in disagreements(release, figures, cvr)]
    snapshot.close()
    for difference in found[:50]:
        sys.stdout.write(f"{difference}\n")
    sys.stdout.write(f"{len(chosen)} employers, {len(found)} differences\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
