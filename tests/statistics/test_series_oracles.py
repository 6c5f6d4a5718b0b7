"""Published inputs with known results for counts, trends, control charts, alerts, targets and overdispersion."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from jobcentre_desk.statistics.alerts import cusum_shifts, discoveries
from jobcentre_desk.statistics.control_charts import drift_ends, in_run, run_ends, two_of_three, xmr_chart
from jobcentre_desk.statistics.counts import TAIL95, TAIL998, poisson_interval
from jobcentre_desk.statistics.proportions import Z95, wilson
from jobcentre_desk.statistics.targets import achievable_benchmark
from jobcentre_desk.statistics.trends import LIMIT998, cochran_armitage, weighted_slope

pytestmark = pytest.mark.published

Case = Mapping[str, Any]

OUT_OF_SCOPE = {"phe_ratio_significance": "its file is not there"}

R_NORMAL_123 = (
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
)  # fmt: skip
"""The 20 values that R draws with set.seed(123) and rnorm(20), which the published chart was made of."""


def cases(shared_folder: Path, method: str) -> list[Case]:
    found: list[Case] = json.loads((shared_folder / "oracles" / f"{method}.json").read_text("utf-8"))["cases"]
    return [case for case in found if case["id"] not in OUT_OF_SCOPE]


def byar(count: float, confidence: float) -> tuple[float | None, float]:
    """Byar's approximation (Breslow & Day 1987, p. 69): an oracle only, the program's limits are exact."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    low = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    above = count + 1
    return (low if low > 0 else None), above * (1 - 1 / (9 * above) + z / (3 * above**0.5)) ** 3


def test_exact_limits_of_small_counts_agree_with_the_published_ones(shared_folder: Path) -> None:
    checked = 0
    for case in cases(shared_folder, "poisson_byar_exact"):
        if "Exact" not in case["note"]:
            continue
        inputs, expected = case["inputs"], case["expected"]
        for suffix, tail in (("95", TAIL95), ("998", TAIL998)):
            low, high = poisson_interval(inputs["x"], tail)
            scale = inputs["multiplier"] / inputs["n"]
            assert float(low) * scale == pytest.approx(expected[f"lower{suffix}"], abs=case["tolerance"])
            assert float(high) * scale == pytest.approx(expected[f"upper{suffix}"], abs=case["tolerance"])
            checked += 1
    assert checked >= 4


def test_byars_limits_used_as_a_second_opinion_are_the_published_ones_and_close_to_ours(shared_folder: Path) -> None:
    checked = 0
    for case in cases(shared_folder, "poisson_byar_exact"):
        if "confidence" not in case["inputs"]:
            continue
        count, confidence = case["inputs"]["x"], case["inputs"]["confidence"]
        low, high = byar(count, confidence)
        assert high == pytest.approx(case["expected"]["upper"], abs=case["tolerance"])
        assert low == (pytest.approx(case["expected"]["lower"], abs=case["tolerance"]) if low else None)
        exact_high = float(poisson_interval(count, (1 - confidence) / 2)[1])
        assert exact_high == pytest.approx(high, rel=0.02)
        checked += 1
    assert checked >= 4


def test_limits_of_ratios_are_those_of_the_expected_count(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "funnel_ratio") if c["id"] == "funnelplotr_poisson_limits")
    expected = np.array(case["inputs"]["expected"], dtype=float)
    for suffix, tail in (("95", TAIL95), ("998", TAIL998)):
        low, high = poisson_interval(expected, tail)
        assert low / expected == pytest.approx(case["expected"][f"ll{suffix}"], abs=case["tolerance"])
        assert high / expected == pytest.approx(case["expected"][f"ul{suffix}"], abs=case["tolerance"])


def test_the_exact_limits_flag_the_providers_that_the_published_funnel_flags(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "funnel_overdispersion") if c["id"] == "medpar_unadjusted")
    path = shared_folder / "oracles" / "data" / Path(case["inputs"]["data"]).name
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    observed = np.array([float(row["observed"]) for row in rows])
    expected = np.array([float(row["expected"]) for row in rows])
    low, high = poisson_interval(expected, TAIL998)
    assert len(rows) == case["expected"]["points"]
    assert int(((observed < low) | (observed > high)).sum()) == case["expected"]["outliers"]


def test_the_trend_of_counted_cases_has_the_published_statistic(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "trend_fingertips") if c["id"] == "set1_cochran_armitage")
    chi_square = cochran_armitage(case["inputs"]["count"], case["inputs"]["denominator"])
    assert float(chi_square) == pytest.approx(case["expected"]["chi2"], abs=case["tolerance"])


def test_the_trend_of_values_with_intervals_is_the_published_one(shared_folder: Path) -> None:
    found = [c for c in cases(shared_folder, "trend_fingertips") if "value" in c["inputs"]]
    for case in found:
        inputs, expected = case["inputs"], case["expected"]
        errors = (np.array(inputs["upper"]) - np.array(inputs["lower"])) / 3.92
        kept = np.vstack([np.ones(5), 1.0 - np.eye(5)])
        slopes, slope_errors = weighted_slope(inputs["value"], kept / errors**2)
        chi_square = float((slopes[0] / slope_errors[0]) ** 2)
        if "chi2" in expected:
            assert chi_square == pytest.approx(expected["chi2"], abs=case["tolerance"])
        else:
            assert chi_square > LIMIT998
            assert (slopes > 0).all() == expected["trend"].startswith("Increasing")
    assert len(found) == 3


def test_the_limits_of_an_xmr_chart_are_the_published_ones(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "spc_xmr") if c["id"] == "sas_tires")
    limits = xmr_chart(case["inputs"]["y"])
    assert limits is not None
    constants = (limits.high - limits.centre)[0] * (3 / 1.128379) / 2.66  # SAS keeps more digits of the constant
    assert float(limits.centre[0]) == pytest.approx(case["expected"]["mean"], abs=case["tolerance"])
    assert float(limits.centre[0] + constants) == pytest.approx(case["expected"]["ucl"], abs=case["tolerance"])
    assert float(limits.centre[0] - constants) == pytest.approx(case["expected"]["lcl"], abs=case["tolerance"])


def test_one_odd_value_is_screened_out_of_the_limits_as_published(shared_folder: Path) -> None:
    case = next(c for c in cases(shared_folder, "spc_xmr") if c["id"] == "nhsr_r2_screened")
    values = np.array(R_NORMAL_123)
    values[14] = 10.0  # the fifteenth
    limits = xmr_chart(values)
    assert limits is not None
    assert float(limits.centre[0]) == pytest.approx(case["expected"]["mean"], abs=case["tolerance"])
    assert float(limits.low[0]) == pytest.approx(case["expected"]["lpl"], abs=case["tolerance"])
    assert float(limits.high[0]) == pytest.approx(case["expected"]["upl"], abs=case["tolerance"])


def test_the_regression_behind_the_expected_counts_is_the_published_one(shared_folder: Path) -> None:
    """An oracle only: the program standardises by strata and fits no regression."""
    case = next(c for c in cases(shared_folder, "funnel_overdispersion") if c["id"] == "medpar_glm")
    path = shared_folder / "oracles" / "data" / Path(case["inputs"]["data"]).name
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = [[float(row[name]) for row in rows] for name in ("hmo", "died", "age80", "type2", "type3")]
    design = np.column_stack([np.ones(len(rows)), *columns])
    fitted = sm.GLM([float(row["los"]) for row in rows], design, family=sm.families.Poisson()).fit()
    assert fitted.params == pytest.approx(case["expected"]["coef"], abs=case["tolerance"])


def test_the_signs_of_control_charts_are_the_published_ones(shared_folder: Path) -> None:
    checked = 0
    for case in cases(shared_folder, "spc_xmr"):
        inputs = case["inputs"]
        if not case["id"].startswith("rule"):
            continue
        if "side_of_mean" in inputs:
            got = two_of_three(inputs["close_to_limits"], inputs["side_of_mean"])
        elif inputs["rule"] == "trend7":
            got = drift_ends(np.sign(np.diff(inputs["v"], prepend=inputs["v"][0])))
        else:
            got = run_ends(inputs["v"]) if inputs["rule"] == "side7" else in_run(inputs["v"])
        assert got.astype(int).tolist() == case["expected"]["out"], case["id"]
        checked += 1
    assert checked == 7


def test_slow_shifts_are_told_where_the_published_alerts_stand(shared_folder: Path) -> None:
    words = {1: "u", -1: "d", 0: " "}
    for case in cases(shared_folder, "cusum_alert_openprescribing"):
        series = [np.nan if value is None else value for value in case["inputs"]["percentiles"]]
        shifts = cusum_shifts(
            series, window=case["inputs"]["window"], sensitivity=case["inputs"]["sensitivity"], slack=0.5
        )
        assert [words[int(shift)] for shift in shifts] == case["expected"]["alerts"], case["id"]


def test_the_discoveries_of_benjamini_and_hochberg_are_theirs(shared_folder: Path) -> None:
    for case in cases(shared_folder, "multiple_testing_fdr"):
        flagged = discoveries(case["inputs"]["p"], case["inputs"]["alpha"])
        assert int(flagged.sum()) == case["expected"]["bh_rejected"]


def test_a_small_unit_does_not_set_the_benchmark(shared_folder: Path) -> None:
    for case in cases(shared_folder, "target_setting_abc"):
        names, x, n = zip(*case["inputs"]["units"], strict=True)
        found = achievable_benchmark(x, n, case["inputs"]["share"])
        assert found is not None
        assert [names[place] for place in found.units] == case["expected"]["subset"]
        assert found.rate == pytest.approx(case["expected"]["benchmark"], abs=case["tolerance"])


def test_a_smoothed_mean_used_as_a_second_opinion_is_the_published_one(shared_folder: Path) -> None:
    for case in cases(shared_folder, "spc_ewma"):
        inputs, smoothed = case["inputs"], [float(case["inputs"]["target"])]
        for value in inputs["x"]:
            smoothed.append(inputs["lam"] * value + (1 - inputs["lam"]) * smoothed[-1])
        assert smoothed == pytest.approx(case["expected"]["ewma"], abs=case["tolerance"])


def test_comparisons_with_a_benchmark_are_those_of_fingertips(shared_folder: Path) -> None:
    for case in cases(shared_folder, "fingertips_comparison"):
        inputs, expected = case["inputs"], case["expected"]
        if "benchmark_pct" in inputs:
            n, share = inputs["denominator"], inputs["benchmark_pct"] / 100
            for suffix, z in (("95", Z95), ("998", NormalDist().inv_cdf(0.999))):
                low, high = wilson(share * n, n, z)
                value = inputs["value_pct"] / 100
                assert ("high" if value > high else "low" if value < low else "same") == expected[f"at{suffix}"]
        elif "events" in inputs:
            for suffix, tail in (("95", TAIL95), ("998", TAIL998)):
                low, high = poisson_interval(round(inputs["expected"]), tail)
                assert bool(low <= inputs["events"] <= high) == (expected[f"at{suffix}"] == "same")
        else:
            assert two_intervals(inputs["area"], inputs["benchmark"]) == expected["result"]


def two_intervals(area: list[float | None], benchmark: list[float | None]) -> str:
    """Two units by whether their intervals overlap: an oracle only, the badge is one unit against one reference."""
    value, low, high = area
    other, other_low, other_high = benchmark
    if None in (value, low, high, other, other_low, other_high):
        return "none"
    assert low is not None
    assert high is not None
    assert other_low is not None
    assert other_high is not None
    return "higher" if low > other_high else "lower" if high < other_low else "same"


def test_no_case_of_these_oracles_is_left_out(shared_folder: Path) -> None:
    left_out = {
        case["id"]
        for path in sorted((shared_folder / "oracles").glob("*.json"))
        for case in json.loads(path.read_text("utf-8"))["cases"]
        if case["id"] in OUT_OF_SCOPE
    }
    assert left_out == set(OUT_OF_SCOPE)


def test_exact_limits_agree_with_scipy_far_beyond_the_published_counts() -> None:
    counts = np.array([0, 1, 2, 9, 10, 65, 999, 12_345, 7_776_456], dtype=float)
    for tail in (TAIL95, TAIL998):
        low, high = poisson_interval(counts, tail)
        assert low[1:] == pytest.approx(stats.gamma.ppf(tail, counts[1:]), rel=1e-10)
        assert high == pytest.approx(stats.gamma.isf(tail, counts + 1), rel=1e-10)
    assert np.isnan(poisson_interval(np.nan)[0])
