"""Published figures that a later release changes: the former value stays beside the new one, with the release."""

from __future__ import annotations

from pathlib import Path

from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.revisions import Revision, read_revisions
from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.source_list import remove_source
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.paths import Home

FIRST, *REST = TABLES["figures"]


def revisions(home: Home) -> tuple[Revision, ...]:
    """All revisions of the newest snapshot."""
    snapshot = open_newest(home)
    assert snapshot is not None
    try:
        return read_revisions(snapshot)
    finally:
        snapshot.close()


def test_a_changed_figure_of_a_publication_keeps_its_former_value(tmp_path: Path, home: Home) -> None:
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    synced = SyncedHome.at(home)
    synced.add(folder, publisher.key)
    synced.sync()
    assert revisions(home) == ()
    measure, area, period, group, value, *_counts = FIRST.split(",")
    publisher.write(folder, sequence=2, tables=changed("figures", FIRST.replace(f",{value},", ",98,"), *REST))
    assert synced.sync().rows_changed == 1
    [revision] = revisions(home)
    assert (revision.source, revision.sequence) == ("north", 2)
    assert (revision.measure, revision.area, revision.period, revision.group) == (measure, area, period, group)
    assert (revision.old_value, revision.new_value, revision.new_state) == (value, "98", State.KNOWN)
    remove_source(synced.workspace, "north")
    synced.add(folder, publisher.key, name="again")
    synced.sync(name="again")
    assert revisions(home) == ()


def test_figures_that_a_release_drops_are_revisions_too(tmp_path: Path, home: Home) -> None:
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    synced = SyncedHome.at(home)
    synced.add(folder, publisher.key)
    synced.sync()
    publisher.write(folder, sequence=2, tables=changed("figures"))
    synced.sync()
    gone = revisions(home)
    assert len(gone) == len(TABLES["figures"])
    assert {revision.new_state for revision in gone} == {State.NOT_REPORTED}
