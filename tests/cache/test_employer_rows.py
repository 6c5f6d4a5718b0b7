"""Employers from release to release: parsing only lines that differ gives what parsing everything gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders.small_publication import table_csv

from jobcentre_desk.cache.arrivals import RowCounts
from jobcentre_desk.cache.employer_blocks import employer_blocks, updated_employer_blocks
from jobcentre_desk.cache.employer_rows import employer_ids, replace_employers
from jobcentre_desk.cache.migrations import migrate
from jobcentre_desk.model.employers import is_cvr
from jobcentre_desk.publishing.columns import KnownCodes
from jobcentre_desk.publishing.row_problems import RowsRefused

SOURCE = 3
CODES = KnownCodes(areas={"851": 1, "860": 2}, municipalities=frozenset({"851", "860"}), branches={"G": 1, "H": 2})
CVRS = [f"{number:08d}" for number in range(10_000_000, 10_000_400) if is_cvr(f"{number:08d}")][:12]
NAMES = st.sampled_from(["Brød A/S", "Fragt", '"Hansen, Søn"', "Łódź"])
EMPLOYERS = st.dictionaries(
    st.sampled_from(CVRS), st.tuples(NAMES, st.sampled_from("GH"), st.sampled_from(["851", "860"]))
)

Employers = dict[str, tuple[str, str, str]]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(_empty()) as opened:
        yield opened


def _empty() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    migrate(opened)
    return opened


def _csv(employers: Employers) -> bytes:
    lines = [f"{cvr},{name},{branch},{area},1-4,false,false" for cvr, (name, branch, area) in employers.items()]
    return table_csv("employers", *lines)


def _replace(connection: sqlite3.Connection, csv: bytes, before: bytes = b"") -> RowCounts:
    changes = replace_employers(connection, SOURCE, csv, before=before, file="employers.csv", codes=CODES)
    assert changes.ids is not None
    assert len(changes.ids) == sum((changes.counts.new, changes.counts.changed, changes.counts.gone))
    blocks = employer_blocks(connection, SOURCE)
    assert not before or updated_employer_blocks(connection, SOURCE, changes.ids) == blocks
    by_blocks = employer_ids(connection, SOURCE, changes.ids)
    connection.execute("DELETE FROM employer_blocks")
    connection.executemany("INSERT INTO employer_blocks VALUES (?, ?, ?)", [(SOURCE, *blob) for blob in blocks.items()])
    by_rows = employer_ids(connection, SOURCE, None)
    assert by_blocks.cvr.tolist() == by_rows.cvr.tolist()
    assert by_blocks.ids.tolist() == by_rows.ids.tolist()
    return changes.counts


def _rows(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    columns = "cvr, name, branch, municipality, size_band, sole_proprietor, advertising_protected"
    return connection.execute(f"SELECT {columns} FROM employers WHERE listed = 1 ORDER BY cvr").fetchall()


@settings(max_examples=60, deadline=None)
@given(st.lists(EMPLOYERS, min_size=1, max_size=4))
def test_the_difference_of_two_files_gives_what_the_whole_file_gives(releases: Sequence[Employers]) -> None:
    with closing(_empty()) as stepwise, closing(_empty()) as whole:
        before = b""
        known: Employers = {}
        for employers in releases:
            counts = _replace(stepwise, _csv(employers), before)
            assert counts == _expected(known, employers)
            ids = dict(stepwise.execute("SELECT cvr, id FROM employers"))
            before, known = _csv(employers), employers
        _replace(whole, before)
        assert _rows(stepwise) == _rows(whole)
        assert len(set(ids.values())) == len(ids)


def _expected(before: Employers, after: Employers) -> RowCounts:
    kept = before.keys() & after.keys()
    changed = sum(before[cvr] != after[cvr] for cvr in kept)
    return RowCounts(new=len(after) - len(kept), changed=changed, gone=len(before) - len(kept))


def test_an_employer_keeps_its_id_when_it_goes_and_comes_back(connection: sqlite3.Connection) -> None:
    one, both = (dict.fromkeys(cvrs, ("Brød A/S", "G", "851")) for cvrs in (CVRS[:1], CVRS[:2]))
    _replace(connection, _csv(both))
    ids = dict(connection.execute("SELECT cvr, id FROM employers"))
    assert _replace(connection, _csv(one), _csv(both)) == RowCounts(gone=1)
    assert employer_ids(connection, SOURCE, ()).ids.tolist() == [1]
    assert _replace(connection, _csv(both), _csv(one)) == RowCounts(new=1)
    assert dict(connection.execute("SELECT cvr, id FROM employers")) == ids


def test_a_problem_is_told_with_the_row_of_the_whole_file(connection: sqlite3.Connection) -> None:
    good = dict.fromkeys(CVRS[:5], ("Brød A/S", "G", "851"))
    _replace(connection, _csv(good))
    bad = good | {CVRS[3]: ("Brød A/S", "X", "851")}
    with pytest.raises(RowsRefused) as refusal:
        _replace(connection, _csv(bad), _csv(good))
    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [(5, "branch")]


def test_a_number_that_stands_twice_is_refused_also_when_only_one_line_is_new(connection: sqlite3.Connection) -> None:
    good = _csv(dict.fromkeys(CVRS[:3], ("Brød A/S", "G", "851")))
    _replace(connection, good)
    twice = good + f"{CVRS[0]},Andet,H,851,1-4,false,false\n".encode()
    with pytest.raises(RowsRefused):
        _replace(connection, twice, good)
