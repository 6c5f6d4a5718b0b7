"""Invented figures of y30r21: expected and actual shares on public support, coherent to the last digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.publishing.demo_csv import coded, empty, table_csv
from jobcentre_desk.publishing.demo_recipe import Recipe

_FIGURES = 6

PERIODS = ("2023QMAT04", "2024QMAT02", "2024QMAT04", "2025QMAT02", "2025QMAT04", "2026QMAT02")
GROUPS = ("all", "unemployment_benefit", "sickness_benefit", "cash_benefit")

_MEAN_SHARE = (0.0, 2.6, 2.0, 3.3)
_SPREAD = (0.0, 0.16, 0.12, 0.24)
"""By group: a usual expected share in percent, and how far the actual one lies from it (standard deviation)."""

_WORKING_AGE = 0.64

Hundredths = npt.NDArray[np.int64]


def figure_tables(recipe: Recipe) -> Iterator[tuple[str, bytes]]:
    """Each measure of y30r21 with the CSV of its figures: 98 municipalities × 6 periods × 4 groups."""
    for name, values in _measures(recipe).items():
        yield name, _figures_csv(recipe, name, values)


def _measures(recipe: Recipe) -> Mapping[str, npt.NDArray[np.bytes_]]:
    """Arrays of published digits by (municipality, period, group)."""
    expected, actual = _shares(recipe)
    difference = actual - expected
    persons_expected, persons_actual = _persons(recipe, expected), _persons(recipe, actual)
    return {
        "y30r21.expected_share": _decimals(expected),
        "y30r21.actual_share": _decimals(actual),
        "y30r21.difference": _decimals(difference),
        "y30r21.rank": _ranks(difference).astype(np.bytes_),
        "y30r21.expected_persons": persons_expected.astype(np.bytes_),
        "y30r21.actual_persons": persons_actual.astype(np.bytes_),
        "y30r21.persons_difference": (persons_actual - persons_expected).astype(np.bytes_),
    }


def _shares(recipe: Recipe) -> tuple[Hundredths, Hundredths]:
    """Expected and actual shares in hundredths of a percent; `all` is the sum of the three groups."""
    rng = recipe.rng(_FIGURES)
    places = (len(recipe.municipalities), 1, len(GROUPS))
    shape = (len(recipe.municipalities), len(PERIODS), len(GROUPS))
    conditions = rng.normal(1, 0.17, (len(recipe.municipalities), 1, 1))
    mean = np.array(_MEAN_SHARE) * np.clip(conditions * rng.normal(1, 0.06, places), 0.5, 1.6)
    trend = 1 + 0.01 * np.arange(len(PERIODS))[None, :, None] * rng.normal(-0.5, 1, places)
    expected = np.rint(100 * mean * trend).astype(np.int64)
    lasting = rng.normal(0, 1, places)
    passing = rng.normal(0, 0.35, shape)
    actual = expected + np.rint(100 * np.array(_SPREAD) * (lasting + passing)).astype(np.int64)
    for shares_of in (expected, actual):
        shares_of[:, :, 0] = shares_of[:, :, 1:].sum(axis=2)
    return expected, actual


def _persons(recipe: Recipe, hundredths: Hundredths) -> Hundredths:
    """Full-time persons of a share, rounded to ten as the real table does."""
    population = recipe.inhabitants[:, None, None] * 1000 * _WORKING_AGE
    return np.rint(hundredths / 10_000 * population / 10).astype(np.int64) * 10


def _ranks(difference: Hundredths) -> Hundredths:
    """1 for the municipality furthest below what was expected; ties by code."""
    order = np.argsort(difference, axis=0, kind="stable")
    return np.argsort(order, axis=0) + 1


def _decimals(hundredths: Hundredths) -> npt.NDArray[np.bytes_]:
    signs = np.where(hundredths < 0, "-", "")
    whole, rest = np.divmod(np.abs(hundredths), 100)
    text = [f"{sign}{w}.{r:02d}" for sign, w, r in zip(signs.flat, whole.flat, rest.flat, strict=True)]
    return np.array(text, dtype=np.bytes_).reshape(hundredths.shape)


def _figures_csv(recipe: Recipe, measure: str, values: npt.NDArray[np.bytes_]) -> bytes:
    rows = values.size
    area, period, group = (place.ravel() for place in np.indices(values.shape))
    columns = dict.fromkeys(TABLE_COLUMNS["figures"], empty(rows))
    columns |= {
        "measure": coded([measure], np.zeros(rows, dtype=np.int64)),
        "area": coded(recipe.municipalities, area),
        "period": coded(PERIODS, period),
        "group": coded(GROUPS, group),
        "value": values.ravel(),
        "state": coded(["known"], np.zeros(rows, dtype=np.int64)),
    }
    return table_csv(columns)
