"""Column blocks hold the same numbers as the facts they were made from."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.builders.random_outcomes import FIRST, KNOWN_THROUGH, Row, columns_of, random_outcomes

from jobcentre_desk.cache.outcome_blocks import (
    NARROW,
    WIDE,
    OutcomeBlocks,
    completed,
    jobs,
    quarter_blocks,
    read_block,
    repacked,
)
from jobcentre_desk.model.periods import Quarter


def facts_of(quarter: Quarter, *, seed: int = 1, hide: float = 0.1) -> list[Row]:
    return [row for row in random_outcomes(seed, hide=hide).rows if row.quarter == quarter]


def stored(*quarters: tuple[Quarter, list[Row]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE blocks (source INTEGER, quarter INTEGER, name TEXT, data BLOB)")
    for quarter, rows in quarters:
        blobs = quarter_blocks(columns_of(rows)).items()
        connection.executemany("INSERT INTO blocks VALUES (1, ?, ?, ?)", [(quarter.index, *blob) for blob in blobs])
    return connection


def test_the_same_facts_give_the_same_bytes() -> None:
    columns = columns_of(facts_of(KNOWN_THROUGH))
    assert quarter_blocks(columns) == quarter_blocks(columns)


def test_facts_out_of_order_are_refused() -> None:
    columns = columns_of(facts_of(KNOWN_THROUGH))
    reversed_columns = replace(columns, municipality=columns.municipality[::-1])
    with pytest.raises(ValueError, match="sorted by municipality"):
        quarter_blocks(reversed_columns)


def test_counts_come_back_and_a_null_counts_as_nothing_but_is_marked() -> None:
    rows = facts_of(KNOWN_THROUGH)
    block = read_block(1, quarter_blocks(columns_of(rows)), known=True)
    assert len(block) == len(rows)
    assert int(completed(block.outcome).sum()) == sum(row.completed or 0 for row in rows)
    assert int(jobs(block.outcome).sum()) == sum(row.jobs for row in rows)
    assert int(block.same_employer.sum()) == sum(row.same or 0 for row in rows)
    assert block.null_rows is not None
    assert int(block.null_rows.sum()) == sum(row.hidden for row in rows) > 0


def test_nulls_of_a_quarter_that_is_not_known_yet_are_not_marked_as_hidden() -> None:
    blobs = quarter_blocks(columns_of(facts_of(KNOWN_THROUGH)))
    assert read_block(1, blobs, known=False).null_rows is None


@pytest.mark.parametrize("name", ["branch", "occupation"])
def test_a_permutation_lists_the_facts_of_each_id(name: str) -> None:
    block = read_block(1, quarter_blocks(columns_of(facts_of(KNOWN_THROUGH))), known=True)
    ids, rows, offsets = getattr(block, name), getattr(block, f"{name}_rows"), getattr(block, f"{name}_offsets")
    for code in range(len(offsets) - 1):
        assert sorted(rows[offsets[code] : offsets[code + 1]]) == np.flatnonzero(ids == code).tolist()


def test_sums_by_employer_add_up_its_facts() -> None:
    rows = facts_of(KNOWN_THROUGH)
    block = read_block(1, quarter_blocks(columns_of(rows)), known=True)
    for place, employer in enumerate(block.sum_employer.tolist()):
        own = [row for row in rows if row.employer == employer]
        assert completed(block.sum_outcome)[place] == sum(row.completed or 0 for row in own)
        facts = block.employer_rows[block.sum_offsets[place] : block.sum_offsets[place + 1]]
        assert len(facts) == len(own)
        assert set(block.employer[facts].tolist()) == {employer}


def test_large_counts_are_kept_whole() -> None:
    row = replace(facts_of(KNOWN_THROUGH, hide=0)[0], completed=70_000, same=66_000, same_branch=0, other_branch=1)
    small = replace(row, quarter=FIRST, completed=3, same=1)
    blocks = OutcomeBlocks.load(stored((FIRST, [small]), (KNOWN_THROUGH, [row])), 1, KNOWN_THROUGH.index)
    assert blocks.wide
    assert {block.outcome.dtype for block in blocks.quarters.values()} == {WIDE}
    large = blocks.quarters[KNOWN_THROUGH.index]
    assert (int(completed(large.outcome)[0]), int(jobs(large.outcome)[0])) == (70_000, 66_001)
    assert blocks.largest == {FIRST.index: 3, KNOWN_THROUGH.index: 70_000}


def test_a_quarter_whose_sums_alone_are_large_is_read_with_wide_facts() -> None:
    row = replace(facts_of(KNOWN_THROUGH, hide=0)[0], completed=40_000, same=1, same_branch=0, other_branch=0)
    other = replace(row, occupation="9333" if row.occupation != "9333" else "52")
    block = read_block(1, quarter_blocks(columns_of([row, other])), known=True)
    assert block.outcome.dtype == block.sum_outcome.dtype == WIDE
    assert completed(block.outcome).tolist() == [40_000, 40_000]
    assert completed(block.sum_outcome).tolist() == [80_000]


def test_repacking_keeps_both_counts() -> None:
    narrow = np.array([5 | 3 << 16], dtype=NARROW)
    wide = repacked(narrow)
    assert (completed(wide)[0], jobs(wide)[0]) == (5, 3)
    assert repacked(wide) is wide


def test_running_sums_equal_the_quarters_added_one_by_one(tmp_path: Path) -> None:
    with random_outcomes(3).figures(tmp_path) as figures:
        blocks = figures.load_blocks().outcomes
        employers = len(figures.employers)
        quarters = sorted(blocks.quarters)
        for start in range(len(quarters)):
            for stop in range(start + 1, len(quarters) + 1):
                chosen = [blocks.quarters[quarter] for quarter in quarters[start:stop]]
                expected = sum(np.bincount(b.sum_employer, b.sum_outcome, employers) for b in chosen)
                assert np.array_equal(blocks.packed_sums(quarters[start:stop], employers), expected)
