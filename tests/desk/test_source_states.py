"""How a source stands: by what the snapshot holds, by the day, and by what came of the last sync."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk import text
from jobcentre_desk.cache.snapshot import LoadedSource, open_newest, sources
from jobcentre_desk.desk.source_states import SourceState, Standing, source_states
from jobcentre_desk.desk.sync import SyncResult, sync
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

TODAY = dt.date(2026, 7, 1)


@pytest.fixture
def publisher() -> Publisher:
    return Publisher.new()


@pytest.fixture
def folder(publisher: Publisher, tmp_path: Path) -> Path:
    made = tmp_path / "publication"
    publisher.write(made)
    return made


@pytest.fixture
def synced(home: Home, publisher: Publisher, folder: Path) -> SyncedHome:
    """A home that lists the publication and has not fetched it."""
    made = SyncedHome.at(home)
    made.add(folder, publisher.key, basis="Agreement 7")
    return made


def held(synced: SyncedHome) -> list[LoadedSource]:
    snapshot = open_newest(synced.home)
    if snapshot is None:
        return []
    try:
        return sources(snapshot)
    finally:
        snapshot.close()


def state(synced: SyncedHome, result: SyncResult | None = None, *, today: dt.date = TODAY) -> SourceState:
    [found] = source_states(synced.workspace.sources(), held(synced), result, today=today)
    return found


def fetch(synced: SyncedHome) -> SyncResult:
    return sync(synced.home, synced.workspace, task=Task())


def test_a_source_that_was_never_fetched_says_so_and_holds_nothing(synced: SyncedHome) -> None:
    found = state(synced)
    assert (found.standing, found.words) == (Standing.NOT_LOADED, "not fetched yet")
    assert (found.through, found.fetched, found.release, found.publisher) == ("–", "–", "", "")


def test_a_source_in_order_tells_its_release_its_last_quarter_and_the_access(synced: SyncedHome) -> None:
    found = state(synced, fetch(synced))
    assert (found.standing, found.words, found.error) == (Standing.IN_ORDER, "in order", "")
    assert found.release == "release 1"
    assert found.through.startswith("Q")
    assert found.fetched != "–"
    assert found.access.startswith("Access: Agreement 7 (confirmed")


def test_a_release_past_its_date_is_out_of_date_and_still_shown(synced: SyncedHome) -> None:
    fetch(synced)
    [loaded] = held(synced)
    entries = synced.workspace.sources()
    stale = replace(loaded, stale_after="2026-06-30")
    [found] = source_states(entries, [stale], None, today=TODAY)
    assert (found.standing, found.words) == (Standing.STALE, "out of date")
    [found] = source_states(entries, [stale], None, today=dt.date(2026, 6, 30))
    assert found.standing is Standing.IN_ORDER


def test_a_folder_that_is_gone_is_not_reached_and_its_figures_stay(synced: SyncedHome, folder: Path) -> None:
    fetch(synced)
    shutil.rmtree(folder)
    found = state(synced, fetch(synced))
    assert (found.standing, found.words) == (Standing.UNREACHABLE, "not reached")
    assert found.error
    assert found.release == "release 1"


def test_a_refused_release_brings_its_rows_and_a_first_one_is_not_taken_over(
    synced: SyncedHome, publisher: Publisher, folder: Path
) -> None:
    fetch(synced)
    broken = changed("outcomes", TABLES["outcomes"][0].replace("3,4,1,1,0", "3,4,9,9,0"), *TABLES["outcomes"][1:])
    publisher.write(folder, sequence=2, tables=broken)
    found = state(synced, fetch(synced))
    assert (found.standing, found.words) == (Standing.REFUSED, "release refused")
    assert found.problems
    synced.workspace.remove_source("north")
    synced.add(folder, publisher.key)
    [first] = source_states(synced.workspace.sources(), [], fetch(synced), today=TODAY)
    assert (first.standing, first.words, first.access) == (Standing.REFUSED, "not taken over", "")


def test_an_unsigned_source_says_so_before_and_after_it_is_fetched(home: Home, folder: Path) -> None:
    unsigned = SyncedHome.at(home)
    unsigned.add(folder, unsigned=True)
    assert state(unsigned).unsigned
    found = state(unsigned, fetch(unsigned))
    assert (found.words, found.unsigned) == ("in order, not signed", True)


def test_dates_that_nobody_can_read_are_left_out(synced: SyncedHome) -> None:
    fetch(synced)
    [loaded] = held(synced)
    [entry] = synced.workspace.sources()
    odd = replace(loaded, next_release="soon", stale_after="later", synced_at="yesterday", known_through=None)
    [found] = source_states([replace(entry, confirmed_at="")], [odd], None, today=TODAY)
    assert (found.next_release, found.fetched, found.through) == ("", "–", "–")
    assert found.access == "Access: Agreement 7"
    assert found.standing is Standing.IN_ORDER


def test_the_next_release_is_a_date_in_words(synced: SyncedHome) -> None:
    fetch(synced)
    [loaded] = held(synced)
    dated = replace(loaded, next_release="2026-11-02")
    [found] = source_states(synced.workspace.sources(), [dated], None, today=TODAY)
    assert found.next_release == text.date(dt.date(2026, 11, 2))
    assert found.next_release_day == dt.date(2026, 11, 2)
