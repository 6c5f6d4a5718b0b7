"""Every benchmark runs, at the smallest size; what it measures there says nothing."""

from __future__ import annotations

import pytest
from benchmarks.__main__ import ROWS, Row
from benchmarks.ground import Ground
from benchmarks.results import Limit, Result, as_json, table


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground("small", tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize(("name", "measure"), ROWS, ids=[name for name, _measure in ROWS])
def test_a_row_gives_samples_and_lines_that_can_be_printed(name: str, measure: Row, ground: Ground) -> None:
    results = measure(ground)
    assert results, name
    assert all(result.samples and min(result.samples) > 0 for result in results)
    assert len(list(table(results))) > len(results)
    assert [row["job"] for row in as_json(results)] == [result.job for result in results]


def test_p95_is_the_nearest_rank_and_a_ratio_above_one_is_over() -> None:
    result = Result(job="job", samples=tuple(float(n) for n in range(1, 21)), limits=())
    assert (result.statistic("median"), result.statistic("p95"), result.statistic("worst")) == (10.5, 19.0, 20.0)
    assert result.ratio(Limit(statistic="p95", at_most=9.5)) == 2.0


def test_a_row_over_its_limit_says_so() -> None:
    over = Result(job="slow", samples=(3.0,), limits=(Limit(statistic="median", at_most=2.0),))
    within = Result(job="quick", samples=(1.0,), limits=(Limit(statistic="median", at_most=2.0),))
    lines = list(table([over, within]))
    assert [line.endswith("over") for line in lines[1:]] == [True, False]
