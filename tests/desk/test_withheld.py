"""Counts withheld of many rows at once: as one by one, by what two tables tell, and with partners."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.desk.small_counts import small_names
from jobcentre_desk.desk.withheld import (
    EVERYTHING,
    STARTED,
    WITH_COMPLETED,
    WITH_JOBS,
    bits_of,
    columns_of,
    names_of,
    small_bits,
    told_bits,
    with_partners,
)
from jobcentre_desk.model.outcomes import Counts

counts_of = st.builds(
    lambda started, same, elsewhere, nobody, waiting: Counts(
        started=started,
        completed=same + elsewhere + nobody,
        job_same_employer=same,
        job_elsewhere=elsewhere,
        not_yet_known=waiting,
    ),
    *[st.integers(0, 12)] * 5,
)


@given(counts_of, st.integers(1, 6))
def test_many_rows_at_once_lose_what_one_row_loses(counts: Counts, minimum: int) -> None:
    (bits,) = small_bits(columns_of([counts]), minimum).tolist()
    assert names_of(bits) == small_names(counts, minimum)
    assert bits_of(names_of(bits)) == bits


def _columns(*rows: tuple[int, int, int, int, int]) -> np.ndarray:
    return np.array(rows).T


def test_a_table_that_differs_from_an_earlier_one_by_few_is_withheld() -> None:
    earlier = _columns((20, 0, 20, 10, 5), (20, 0, 20, 10, 5), (20, 0, 20, 10, 5), (20, 0, 20, 10, 5))
    now = _columns((20, 0, 19, 10, 5), (18, 0, 15, 9, 5), (10, 0, 10, 5, 0), (20, 0, 20, 10, 5))
    nothing = np.zeros(4, dtype=np.uint8)
    assert told_bits(now, earlier, nothing, 3).tolist() == [WITH_COMPLETED, STARTED | WITH_JOBS, 0, 0]


def test_what_was_withheld_before_tells_nothing() -> None:
    earlier, now = _columns((20, 0, 20, 10, 5)), _columns((19, 0, 19, 9, 5))
    assert told_bits(now, earlier, np.array([EVERYTHING], dtype=np.uint8), 3).tolist() == [0]
    assert told_bits(now, earlier, np.array([WITH_JOBS], dtype=np.uint8), 3).tolist() == [STARTED | WITH_COMPLETED]


def test_one_withheld_row_takes_the_smallest_other_along() -> None:
    columns = _columns((9, 0, 9, 5, 2), (2, 0, 5, 5, 5), (0, 0, 30, 15, 6), (12, 0, 0, 0, 0))
    bits = np.array([0, STARTED, WITH_JOBS, 0], dtype=np.uint8)
    made = with_partners(columns, bits)
    assert made.tolist() == [STARTED, STARTED | WITH_JOBS, WITH_JOBS, 0]
    fixed = np.array([STARTED, 0, 0, 0], dtype=np.uint8)
    assert with_partners(columns, bits, fixed=fixed).tolist()[3] == STARTED


def test_two_withheld_rows_are_enough() -> None:
    columns = _columns((9, 0, 9, 5, 2), (2, 0, 5, 5, 5), (1, 0, 30, 15, 6))
    bits = np.array([0, STARTED, STARTED], dtype=np.uint8)
    assert with_partners(columns, bits).tolist() == bits.tolist()
