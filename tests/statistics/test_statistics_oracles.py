"""Published inputs with known results, for every statistic of this program that has one."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from scipy import stats

from jobcentre_desk.statistics.funnels import funnel_limits_normal
from jobcentre_desk.statistics.places import places
from jobcentre_desk.statistics.priors import fair_rate, fit_beta_binomial
from jobcentre_desk.statistics.proportions import Z95, newcombe_difference, rates, wilson

pytestmark = pytest.mark.published

Case = Mapping[str, Any]

OUT_OF_SCOPE = {
    "pisa_uk_marginal": "confidence sets from pairwise differences are a method the product does not have",
    "surgical_random_posterior_mean": "a logit-normal model is a method the product does not have",
}
FILES_NOT_PUBLISHED = {"phe_limits_100rows"}


def z_of(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def cases(shared_folder: Path, method: str) -> list[Case]:
    found: list[Case] = json.loads((shared_folder / "oracles" / f"{method}.json").read_text("utf-8"))["cases"]
    return found


def data_rows(shared_folder: Path, name: str) -> list[dict[str, str]]:
    with (shared_folder / "oracles" / "data" / Path(name).name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def clopper_pearson(x: int, n: int) -> tuple[float, float]:
    """Exact interval (Clopper & Pearson 1934): an oracle only, never shown by the program."""
    low = 0.0 if x == 0 else stats.beta.ppf(0.025, x, n - x + 1)
    high = 1.0 if x == n else stats.beta.ppf(0.975, x + 1, n - x)
    return float(low), float(high)


def moment_prior(shares: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Beta prior by moments (BDA3 p. 103): an oracle only, the program fits by maximum likelihood."""
    mean, variance = float(shares.mean()), float(shares.var(ddof=1))
    weight = mean * (1 - mean) / variance - 1
    return mean * weight, (1 - mean) * weight


def james_stein(shares: np.ndarray[Any, Any], n: int) -> np.ndarray[Any, Any]:
    """James-Stein estimates (Efron & Morris 1977): an oracle only."""
    mean = shares.mean()
    spread = ((shares - mean) ** 2).sum()
    kept = 1 - (len(shares) - 3) * mean * (1 - mean) / n / spread
    return np.asarray(mean + kept * (shares - mean))


def test_wilson_intervals_agree_with_the_published_ones(shared_folder: Path) -> None:
    checked = 0
    for case in cases(shared_folder, "wilson_interval"):
        inputs, expected = case["inputs"], case["expected"]
        scale = inputs.get("multiplier", 1)
        for suffix, z in (("", z_of(inputs.get("confidence", 0.95))), ("95", Z95), ("998", z_of(0.998))):
            if f"lower{suffix}" in expected:
                low, high = wilson(inputs["x"], inputs["n"], z)
                assert float(low) * scale == pytest.approx(expected[f"lower{suffix}"], abs=case["tolerance"])
                assert float(high) * scale == pytest.approx(expected[f"upper{suffix}"], abs=case["tolerance"])
                checked += 1
        if "value" in expected:
            assert float(rates(inputs["x"], inputs["n"])) * scale == pytest.approx(expected["value"])
    assert checked >= 13


def test_the_exact_interval_used_as_a_second_opinion_agrees_with_the_published_ones(shared_folder: Path) -> None:
    for case in cases(shared_folder, "exact_intervals"):
        low, high = clopper_pearson(case["inputs"]["x"], case["inputs"]["n"])
        assert low == pytest.approx(case["expected"]["lower"], abs=case["tolerance"])
        assert high == pytest.approx(case["expected"]["upper"], abs=case["tolerance"])


def test_wilson_lies_inside_the_exact_interval_or_near_it(shared_folder: Path) -> None:
    for case in cases(shared_folder, "exact_intervals"):
        exact_low, exact_high = clopper_pearson(case["inputs"]["x"], case["inputs"]["n"])
        low, high = wilson(case["inputs"]["x"], case["inputs"]["n"])
        assert exact_low - 0.01 < float(low)
        assert float(high) < exact_high + 0.01


def test_differences_of_two_rates_agree_with_newcombes_table(shared_folder: Path) -> None:
    for case in cases(shared_folder, "difference_of_proportions"):
        inputs = case["inputs"]
        _value, low, high = newcombe_difference(inputs["x1"], inputs["n1"], inputs["x2"], inputs["n2"])
        assert float(low) == pytest.approx(case["expected"]["lower"], abs=case["tolerance"])
        assert float(high) == pytest.approx(case["expected"]["upper"], abs=case["tolerance"])


def test_the_prior_of_the_rat_tumours_is_the_published_one(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "empirical_bayes_beta_binomial") if c["id"] == "bayesgof_mle_70")
    rows = data_rows(shared_folder, case["inputs"]["data"])[:70]
    prior = fit_beta_binomial([int(r["y"]) for r in rows], [int(r["n"]) for r in rows])
    assert prior.alpha == pytest.approx(case["expected"]["alpha"], abs=case["tolerance"])
    assert prior.beta == pytest.approx(case["expected"]["beta"], abs=case["tolerance"])
    assert (prior.employers, prior.capped) == (70, False)


def test_the_moment_prior_used_as_a_second_opinion_is_the_published_one(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "empirical_bayes_beta_binomial") if c["id"] == "bda_moments")
    rows = data_rows(shared_folder, case["inputs"]["data"])[:70]
    shares = np.array([int(r["y"]) / int(r["n"]) for r in rows])
    alpha, beta = moment_prior(shares)
    assert float(shares.mean()) == pytest.approx(case["expected"]["mean"], abs=case["tolerance"])
    assert alpha == pytest.approx(case["expected"]["alpha"], abs=case["tolerance"])
    assert beta == pytest.approx(case["expected"]["beta"], abs=case["tolerance"])


def test_shrinkage_loses_less_than_raw_rates_as_efron_and_morris_found(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "empirical_bayes_beta_binomial") if c["id"] == "efron_morris_loss")
    hits, truth = np.array(case["inputs"]["hits"]), np.array(case["inputs"]["truth"])
    shares = np.round(hits / case["inputs"]["at_bats"], 3)
    assert float(((shares - truth) ** 2).sum()) == pytest.approx(case["expected"]["sse_raw"], abs=case["tolerance"])
    stein = james_stein(shares, case["inputs"]["at_bats"])
    assert float(((stein - truth) ** 2).sum()) == pytest.approx(case["expected"]["sse_js"], abs=case["tolerance"])


def test_fair_rates_agree_with_the_published_empirical_bayes_estimates(shared_folder: Path) -> None:
    found = [c for c in cases(shared_folder, "empirical_bayes_beta_binomial") if c["id"].startswith("ebbr")]
    for case in found:
        inputs, expected = case["inputs"], case["expected"]
        rate = fair_rate(inputs["x"], inputs["n"], inputs["alpha0"], inputs["beta0"])
        assert float(rate) == pytest.approx(expected["fitted"], abs=case["tolerance"])
    assert found


def test_funnel_limits_agree_with_the_published_ones(shared_folder: Path) -> None:
    skipped = set()
    for case in cases(shared_folder, "funnel_proportion"):
        if case["id"] in FILES_NOT_PUBLISHED:
            skipped.add(case["id"])
            continue
        for suffix, z in (("95", Z95), ("998", z_of(0.998))):
            low, high = funnel_limits_normal(case["inputs"]["p0"], case["inputs"]["n"], z)
            assert float(low) * 100 == pytest.approx(case["expected"][f"lower{suffix}"], abs=case["tolerance"])
            assert float(high) * 100 == pytest.approx(case["expected"][f"upper{suffix}"], abs=case["tolerance"])
    assert skipped == FILES_NOT_PUBLISHED


def test_places_of_the_surgical_hospitals_rest_on_the_published_posteriors(shared_folder: Path) -> None:
    skipped = set()
    for case in cases(shared_folder, "rank_uncertainty"):
        if case["id"] in OUT_OF_SCOPE:
            skipped.add(case["id"])
            continue
        x, n = np.array(case["inputs"]["x"]), np.array(case["inputs"]["n"])
        means = fair_rate(x, n, 1.0, 1.0)
        assert means == pytest.approx(np.array(case["expected"]["mean"]), abs=case["tolerance"])
        drawn = np.random.default_rng(7).beta(x + 1.0, n - x + 1.0, size=(20_000, len(x)))
        drawn_places = 1 + np.argsort(np.argsort(-drawn, axis=1), axis=1)
        first, last = places(x, n, 1.0, 1.0, np.arange(len(x)))
        assert np.abs(first - np.percentile(drawn_places, 2.5, axis=0)).max() <= 2
        assert np.abs(last - np.percentile(drawn_places, 97.5, axis=0)).max() <= 2
    assert skipped == set(OUT_OF_SCOPE)
