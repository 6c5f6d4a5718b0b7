"""Outcomes of a quarter as rows: what changed is counted on the key, and rows read back are the facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcentre_desk.cache.arrivals import RowCounts
from jobcentre_desk.cache.migrations import migrate
from jobcentre_desk.cache.outcome_rows import (
    ROW_COLUMNS,
    delete_quarter,
    quarters_of_rows,
    read_quarter,
    replace_quarter,
)
from jobcentre_desk.publishing.columns import OutcomeColumns

KINDS = {"municipality": np.int16, "branch": np.int16, "occupation": np.int16, "benefit_group": np.int8}
IDS = st.integers(1, 3)
KEYS = st.tuples(IDS, IDS, IDS, IDS, IDS, st.just(1))
COUNTS = st.tuples(*[st.integers(-1, 4)] * 5)
FACTS = st.dictionaries(KEYS, COUNTS, max_size=12)

SOURCE = 3

Facts = dict[tuple[int, ...], tuple[int, ...]]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(_empty()) as opened:
        yield opened


def _empty() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    migrate(opened)
    return opened


def _columns(facts: Facts) -> OutcomeColumns:
    rows = sorted((key[1], key[2], key[3], key[0], *key[4:], *counts) for key, counts in facts.items())
    in_order = [(row[3], row[0], row[1], row[2], *row[4:]) for row in rows]
    arrays = np.array(in_order, dtype=np.int32).reshape(-1, len(ROW_COLUMNS)).T
    kinds = KINDS | {"programme": np.int8}
    return OutcomeColumns(
        **{name: array.astype(kinds.get(name, np.int32)) for name, array in zip(ROW_COLUMNS, arrays, strict=True)}
    )


def _facts(columns: OutcomeColumns) -> Facts:
    rows = zip(*(getattr(columns, name).tolist() for name in ROW_COLUMNS), strict=True)
    return {row[:6]: row[6:] for row in rows}


@settings(max_examples=80, deadline=None)
@given(FACTS, FACTS)
def test_a_new_version_of_a_quarter_is_counted_on_the_key(before: Facts, after: Facts) -> None:
    with closing(_empty()) as connection:
        assert replace_quarter(connection, SOURCE, 8100, _columns(before)) == RowCounts(new=len(before))
        counts = replace_quarter(connection, SOURCE, 8100, _columns(after))
        kept = before.keys() & after.keys()
        changed = sum(before[key] != after[key] for key in kept)
        assert counts == RowCounts(len(after) - len(kept), changed, len(before) - len(kept))
        assert _facts(read_quarter(connection, SOURCE, 8100)) == after


def test_quarters_stay_apart(connection: sqlite3.Connection) -> None:
    fact: Facts = {(1, 1, 1, 1, 1, 1): (1, 2, 0, -1, 0)}
    for quarter in (8100, 8103):
        replace_quarter(connection, SOURCE, quarter, _columns(fact))
    assert quarters_of_rows(connection, SOURCE) == [8100, 8103]
    assert delete_quarter(connection, SOURCE, 8100) == RowCounts(gone=1)
    assert quarters_of_rows(connection, SOURCE) == [8103]
    assert connection.execute("SELECT DISTINCT quarter FROM blocks").fetchall() == [(8103,)]


def test_ids_are_the_quarter_and_the_place_in_it(connection: sqlite3.Connection) -> None:
    replace_quarter(connection, SOURCE, 8100, _columns({(i, 1, 1, 1, 1, 1): (1, 1, 0, 0, 0) for i in (1, 2, 3)}))
    assert [row[0] for row in connection.execute("SELECT id FROM outcomes")] == [
        30_810_000_000_000 + i for i in range(3)
    ]
