"""The figures of a list of employers worked out a second time, from a publication's files alone.

Nothing of the program is used: pandas adds, scipy and statsmodels do the statistics. Written from the
definitions, so that a mistake in the program and a mistake here would have to be the same one.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import optimize, special, stats
from statsmodels.stats.proportion import proportion_confint

WINDOWS = (4, 8, 12, 10_000)
COUNTS = ["started", "completed", "job_same_employer", "job_same_branch", "job_other_branch"]
LEVEL_NAMES = {1: "section", 2: "division", 3: "group", 4: "class"}
FLOAT = np.float64
Table = Any
"""A DataFrame or Series; their stubs know too many kinds of cells to be of help here."""


@dataclass(frozen=True)
class Filter:
    """What a person asks for, as the command line takes it; quarters are numbers year * 4 + quarter - 1."""

    municipality: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    occupation: tuple[str, ...] = ()
    benefit_group: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    min_completed: int = 1
    text: str = ""
    order: str = "fair"


@dataclass(frozen=True)
class Prior:
    """A fitted beta prior."""

    alpha: float
    beta: float
    employers: int


@dataclass
class Releases:
    """One publication, read whole."""

    folder: Path
    _priors: dict[tuple[int, str], Prior] = field(default_factory=dict)

    @cached_property
    def description(self) -> dict[str, object]:
        """The object `publication` of the description."""
        whole = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        publication = whole["publication"]
        assert isinstance(publication, dict)
        return publication

    @cached_property
    def known_through(self) -> int:
        """Number of the last quarter whose outcomes are known."""
        return quarter_number(str(self.description["outcomes_known_through"]))

    def _read(self, table: str) -> Table:
        files = sorted((self.folder / "tables").glob(f"{table}-*.csv.gz"))
        frames = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
        return pd.concat(frames, ignore_index=True)

    @cached_property
    def employers(self) -> Table:
        """Employers by cvr."""
        return self._read("employers").set_index("cvr")

    @cached_property
    def branches(self) -> Table:
        """Branches by code."""
        return self._read("branches").set_index("code")

    @cached_property
    def occupations(self) -> Table:
        """Occupations by code."""
        return self._read("occupations").set_index("code")

    @cached_property
    def outcomes(self) -> Table:
        """All outcomes with numbers as numbers; a quarter after the last known one keeps NaN jobs."""
        table = self._read("outcomes")
        for column in COUNTS:
            table[column] = pd.to_numeric(table[column].replace("", None)).astype(FLOAT)
        table["number"] = table["quarter"].map({q: quarter_number(q) for q in table["quarter"].unique()})
        for column in ("cvr", "municipality", "branch", "occupation", "benefit_group", "programme"):
            table[column] = table[column].astype("category")
        return table

    @cached_property
    def folded_names(self) -> tuple[Table, Table]:
        """Names in both folds, with the cvr behind."""
        names = self.employers["name"]
        return names.map(fold_first), names.map(fold_second)

    def lineage(self, branch: str) -> list[str]:
        """The branch itself, its parent and so on."""
        found = [branch]
        while (parent := str(self.branches.loc[found[-1], "parent"])) != "":
            found.append(parent)
        return found

    @cached_property
    def ancestor(self) -> Table:
        """Per employer its own branch at each level, "" where it has none."""
        columns = {level: {} for level in LEVEL_NAMES}  # type: dict[int, dict[str, str]]
        for branch in self.employers["branch"].unique():
            for code in self.lineage(branch):
                columns[int(self.branches.loc[code, "level"])][branch] = code
        own = self.employers["branch"]
        return pd.DataFrame({level: own.map(codes).fillna("") for level, codes in columns.items()})

    def period(self, asked: Filter) -> tuple[int, int]:
        """First and last quarter of a question."""
        first_known = int(self.outcomes["number"].min())
        if asked.first is None and asked.last is None:
            return self.known_through - 3, self.known_through
        return (
            first_known if asked.first is None else asked.first,
            self.known_through if asked.last is None else asked.last,
        )

    def prior(self, branch: str, quarters: int) -> tuple[str, Prior]:
        """The prior of an employer of `branch` for a period of `quarters` quarters, with the name of its level."""
        window = next(w for w in WINDOWS if w >= quarters)
        for code in [*self.lineage(branch), "all"]:
            fitted = self._fit(window, code)
            if fitted.employers >= 100:
                name = code if code == "all" else f"{LEVEL_NAMES[int(self.branches.loc[code, 'level'])]}:{code}"
                return name, fitted
        raise AssertionError("fewer than 100 employers in the country")

    def _fit(self, window: int, code: str) -> Prior:
        key = (window, code)
        if key not in self._priors:
            x, n = self._totals(window)
            if code != "all":
                level = int(self.branches.loc[code, "level"])
                inside = (self.ancestor[level].reindex(n.index) == code).to_numpy()
                x, n = x[inside], n[inside]
            self._priors[key] = fit_prior(x.to_numpy(), n.to_numpy()) if len(n) >= 100 else Prior(0, 0, len(n))
        return self._priors[key]

    def _totals(self, window: int) -> tuple[Table, Table]:
        table = self.outcomes
        known = table[(table["number"] <= self.known_through) & (table["number"] > self.known_through - window)]
        sums = known.groupby("cvr", observed=True)[COUNTS].sum()
        sums = sums[sums["completed"] >= 1]
        sums.index = sums.index.astype(str)
        jobs = sums["job_same_employer"] + sums["job_same_branch"] + sums["job_other_branch"]
        return jobs, sums["completed"]


def find(release: Releases, asked: Filter) -> Table:
    """The rows of the list in the order asked for, with every figure but the places."""
    first, last = release.period(asked)
    facts = _in_scope(release, asked, first, last, everywhere=False)
    rows = _sums(release, facts)
    rows = rows[rows["completed"] >= max(1, asked.min_completed)]
    rows = _with_text(release, rows, asked.text)
    rows["rate"] = rows["jobs"] / rows["completed"]
    rows["low"], rows["high"] = proportion_confint(rows["jobs"], rows["completed"], method="wilson")
    quarters = last - first + 1
    by_branch = {b: release.prior(b, quarters) for b in rows["branch"].unique()}
    rows["prior_level"] = rows["branch"].map({b: name for b, (name, _) in by_branch.items()})
    rows["alpha"] = rows["branch"].map({b: p.alpha for b, (_, p) in by_branch.items()})
    rows["beta"] = rows["branch"].map({b: p.beta for b, (_, p) in by_branch.items()})
    rows["fair_rate"] = (rows["jobs"] + rows["alpha"]) / (rows["completed"] + rows["alpha"] + rows["beta"])
    return _ordered(release, rows, asked.order)


def badges(release: Releases, asked: Filter, rows: Table) -> Table:
    """The reference and verdict of each row of `rows`."""
    first, last = release.period(asked)
    country = _sums(release, _in_scope(release, asked, first, last, everywhere=True))
    country = country[country["completed"] >= 1]
    levels = {level: country.groupby(release.ancestor[level].reindex(country.index)) for level in LEVEL_NAMES}
    totals = {level: grouped[["jobs", "completed"]].sum() for level, grouped in levels.items()}
    sizes = {level: grouped.size() for level, grouped in levels.items()}
    found = []
    for cvr, row in rows.iterrows():
        own = float(country.loc[str(cvr), "completed"])
        reference = ""
        for code in release.lineage(str(row["branch"])):
            level = int(release.branches.loc[code, "level"])
            if sizes[level].get(code, 0) >= 20 and own <= 0.2 * float(totals[level].loc[code, "completed"]):
                reference = code
                p0 = float(totals[level].loc[code, "jobs"] / totals[level].loc[code, "completed"])
                break
        verdict = verdict_of(row["jobs"], row["completed"], p0) if reference else "no_reference"
        found.append((cvr, reference, p0 if reference else None, verdict))
    return pd.DataFrame(found, columns=["cvr", "reference_branch", "reference_rate", "against_branch"]).set_index("cvr")


def places_by_drawing(rows: Table, *, draws: int, seed: int) -> Table:
    """The 95 % range of each row's place among all rows, by `draws` draws from the posteriors."""
    random = np.random.default_rng(seed)
    a = (rows["jobs"] + rows["alpha"]).to_numpy()
    b = (rows["completed"] - rows["jobs"] + rows["beta"]).to_numpy()
    ranks = np.empty((draws, len(rows)), dtype=np.int32)
    for i in range(draws):
        theta = random.beta(a, b)
        ranks[i] = stats.rankdata(-theta, method="ordinal")
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0)
    return pd.DataFrame({"low": low, "high": high}, index=rows.index)


def verdict_of(x: float, n: float, p0: float) -> str:
    """Above, below or cannot tell, by the funnel rule."""
    if n < 10:
        if stats.binom.sf(x - 1, n, p0) <= 0.025:
            return "above"
        return "below" if stats.binom.cdf(x, n, p0) <= 0.025 else "cannot_tell"
    half = 1.959964 * np.sqrt(p0 * (1 - p0) / n)
    if x / n > p0 + half:
        return "above"
    return "below" if x / n < p0 - half else "cannot_tell"


def fit_prior(x: np.ndarray, n: np.ndarray) -> Prior:
    """Marginal maximum likelihood of the beta-binomial, alpha + beta at most 200."""
    distinct, weight = np.unique(np.stack([x, n]), axis=1, return_counts=True)
    dx, dn = distinct

    def loss(point: np.ndarray) -> float:
        mean, size = special.expit(point[0]), np.exp(point[1])
        a, b = mean * size, (1 - mean) * size
        value = special.betaln(dx + a, dn - dx + b) - special.betaln(a, b)
        return -float(np.sum(weight * value))

    start = np.array([special.logit(x.sum() / n.sum()), np.log(10.0)])
    options = {"xatol": 1e-10, "fatol": 1e-10, "maxiter": 20_000, "maxfev": 20_000}
    best = optimize.minimize(loss, start, method="Nelder-Mead", options=options)
    mean, size = special.expit(best.x[0]), np.exp(best.x[1])
    if size > 200:
        size = 200.0
        line = optimize.minimize_scalar(
            lambda u: loss(np.array([u, np.log(200.0)])), bracket=(start[0] - 0.5, start[0] + 0.5), tol=1e-12
        )
        mean = special.expit(line.x)
    return Prior(float(mean * size), float((1 - mean) * size), len(x))


def quarter_number(code: str) -> int:
    """`2025Q03` as year * 4 + quarter - 1."""
    return int(code[:4]) * 4 + int(code[5:]) - 1


def quarter_code(number: int) -> str:
    """The code of a quarter number."""
    return f"{number // 4}Q{number % 4 + 1:02d}"


def fold_first(name: str) -> str:
    """Case folded, æ ø å ł spelt out, marks stripped."""
    plain = unicodedata.normalize("NFC", name).casefold()
    for letter, spelt in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ł", "l")):
        plain = plain.replace(letter, spelt)
    return _without_marks(plain)


def fold_second(name: str) -> str:
    """The same with ø as o and å as a."""
    plain = unicodedata.normalize("NFC", name).casefold()
    for letter, spelt in (("æ", "ae"), ("ø", "o"), ("å", "a"), ("ł", "l")):
        plain = plain.replace(letter, spelt)
    return _without_marks(plain)


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _closure(codes: Table, wanted: tuple[str, ...]) -> set[str]:
    inside = set(wanted)
    while True:
        more = set(codes.index[codes["parent"].isin(inside)]) - inside
        if not more:
            return inside
        inside |= more


def _in_scope(release: Releases, asked: Filter, first: int, last: int, *, everywhere: bool) -> Table:
    """The facts of a question; `everywhere` leaves municipality and branch aside, as a reference does."""
    table = release.outcomes
    keep = (table["number"] >= first) & (table["number"] <= last)
    wanted: dict[str, set[str]] = {
        "occupation": _closure(release.occupations, asked.occupation),
        "benefit_group": set(asked.benefit_group),
        "programme": set(asked.programme),
    }
    if not everywhere:
        wanted |= {"municipality": set(asked.municipality), "branch": _closure(release.branches, asked.branch)}
    for column, codes in wanted.items():
        if codes:
            keep &= table[column].isin(codes)
    return table[keep]


def _sums(release: Releases, facts: Table) -> Table:
    known = facts[facts["number"] <= release.known_through]
    later = facts[facts["number"] > release.known_through]
    rows = known.groupby("cvr", observed=True)[["completed", *COUNTS[2:]]].sum()
    rows.index = rows.index.astype(str)
    started = facts.groupby("cvr", observed=True)["started"].sum()
    started.index = started.index.astype(str)
    waiting = later.groupby("cvr", observed=True)["completed"].sum()
    waiting.index = waiting.index.astype(str)
    rows["started"] = started.reindex(rows.index).fillna(0)
    rows["not_yet_known"] = waiting.reindex(rows.index).fillna(0)
    rows["job_elsewhere"] = rows["job_same_branch"] + rows["job_other_branch"]
    rows["jobs"] = rows["job_same_employer"] + rows["job_elsewhere"]
    rows["branch"] = release.employers["branch"].reindex(rows.index)
    return rows


def _with_text(release: Releases, rows: Table, text: str) -> Table:
    if not text:
        return rows.copy()
    first, second = (names.reindex(rows.index) for names in release.folded_names)
    found = first.str.contains(fold_first(text), regex=False) | second.str.contains(fold_second(text), regex=False)
    return rows[found | rows.index.str.contains(text, regex=False)].copy()


def _ordered(release: Releases, rows: Table, order: str) -> Table:
    rows = rows.assign(cvr_key=rows.index, name_key=release.employers["name"].reindex(rows.index).map(fold_first))
    keys: dict[str, tuple[list[str], list[bool]]] = {
        "fair": (["fair_rate", "completed", "cvr_key"], [False, False, True]),
        "raw": (["rate", "cvr_key"], [False, True]),
        "completed": (["completed", "cvr_key"], [False, True]),
        "name": (["name_key", "cvr_key"], [True, True]),
    }
    by, ascending = keys[order]
    return rows.sort_values(by, ascending=ascending)
