"""A publisher's next key: offered once, confirmed by a person, then the same publisher and the same highest release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.snapshot import open_newest, sources
from jobcentre_desk.desk.publisher_keys import (
    KeyOffer,
    accept_next_key,
    key_ids,
    key_offers,
    put_off_next_key,
)
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.workspace.store import Workspace


@dataclass(frozen=True)
class Scene:
    """A publisher with its present and its next key, whose release 3 announces the next one; a home that has it."""

    present: Publisher
    following: Publisher
    folder: Path
    home: SyncedHome

    @property
    def entry(self) -> SourceEntry:
        return self.home.workspace.sources()[0]

    def offers(self) -> tuple[KeyOffer, ...]:
        newest = open_newest(self.home.home)
        assert newest is not None
        try:
            return key_offers(self.home.workspace.sources(), sources(newest))
        finally:
            newest.close()

    def accept(self, key_id: str = "") -> SourceEntry:
        newest = open_newest(self.home.home)
        try:
            compared = key_id or trust.key_id(self.following.key)
            return accept_next_key(self.home.workspace, newest, "north", next_key_id=compared)
        finally:
            if newest is not None:
                newest.close()


@pytest.fixture
def scene(tmp_path: Path, home: Home) -> Scene:
    present, following, folder = Publisher.new(), Publisher.new(), tmp_path / "publication"
    present.write(folder, sequence=3, next_key=following.key)
    synced = SyncedHome.at(home)
    synced.add(folder, present.key)
    assert synced.sync().result == "new"
    return Scene(present, following, folder, synced)


def test_an_announced_key_is_offered_with_both_ids_to_compare(scene: Scene) -> None:
    [offer] = scene.offers()
    assert (offer.name, offer.publisher, offer.put_off) == ("north", "Nordjylland, opdigtet", False)
    assert (offer.key_id, offer.next_key_id) == (trust.key_id(scene.present.key), trust.key_id(scene.following.key))


def test_a_release_signed_with_a_key_nobody_confirmed_is_refused(scene: Scene) -> None:
    scene.following.write(scene.folder, sequence=4)
    result = scene.home.sync()
    assert result.result == "failed"
    assert trust.key_id(scene.following.key) in str(result.error)


def test_a_confirmed_key_is_kept_and_not_offered_again(scene: Scene) -> None:
    scene.accept()
    kept = Workspace.open(scene.home.home).sources()[0]
    assert (kept.key, kept.next_key) == (scene.present.key, scene.following.key)
    assert kept.next_key_confirmed_at
    assert scene.offers() == ()


def test_both_keys_sign_until_the_first_release_under_the_next_one(scene: Scene) -> None:
    scene.accept()
    assert scene.home.sync().result == "unchanged"
    scene.present.write(scene.folder, sequence=4, next_key=scene.following.key)
    assert scene.home.sync().sequence == 4
    scene.following.write(scene.folder, sequence=5)
    result = scene.home.sync()
    assert (result.result, result.sequence, result.files_fetched) == ("new", 5, 0)
    assert (scene.entry.key, scene.entry.next_key) == (scene.following.key, "")
    assert scene.home.rows("SELECT key_id FROM sources") == [(trust.key_id(scene.following.key),)]
    scene.present.write(scene.folder, sequence=6)
    assert scene.home.sync().result == "failed"


@pytest.mark.parametrize("signer", ["present", "following"])
def test_an_older_release_is_refused_whichever_of_the_two_keys_signed_it(scene: Scene, signer: str) -> None:
    scene.accept()
    publisher: Publisher = getattr(scene, signer)
    publisher.write(scene.folder, sequence=2)
    assert scene.home.sync().error_id == "older_release"
    publisher.write(scene.folder, sequence=3, released="2026-05-01")
    assert scene.home.sync().error_id == "other_release"


def test_the_highest_release_goes_over_to_the_next_key_even_when_the_figures_are_lost(scene: Scene) -> None:
    scene.accept()
    for path in scene.home.home.snapshots.iterdir():
        path.unlink()
    scene.home.workspace.remove_source("north")
    scene.home.add(scene.folder, scene.following.key)
    scene.following.write(scene.folder, sequence=2)
    assert scene.home.sync().error_id == "older_release"


def test_a_release_under_the_next_key_raises_the_mark_of_the_former_one(scene: Scene) -> None:
    scene.accept()
    scene.following.write(scene.folder, sequence=9)
    assert scene.home.sync().sequence == 9
    seen = scene.home.workspace.sequence_seen(trust.key_id(scene.present.key))
    assert seen is not None
    assert seen.sequence == 9


def test_a_key_that_was_put_off_can_still_be_confirmed(scene: Scene) -> None:
    put_off_next_key(scene.home.workspace, scene.offers()[0])
    assert [offer.put_off for offer in scene.offers()] == [True]
    assert key_ids(scene.entry) == (trust.key_id(scene.present.key),)
    scene.accept()
    assert scene.offers() == ()


def test_another_id_than_the_announced_one_confirms_nothing(scene: Scene) -> None:
    with pytest.raises(InputRefused, match=trust.key_id(scene.following.key)):
        scene.accept(key_id="0123456789ABCDEF")
    assert scene.entry.next_key == ""


def test_where_no_key_is_announced_none_can_be_confirmed(scene: Scene) -> None:
    scene.present.write(scene.folder, sequence=4)
    scene.home.sync()
    with pytest.raises(InputRefused, match="no next key"):
        scene.accept()


def test_the_demonstration_key_vouches_for_no_other(tmp_path: Path, home: Home) -> None:
    demonstration = Publisher(trust.demonstration_secret_key(), trust.DEMONSTRATION_KEY)
    demonstration.write(tmp_path / "publication", next_key=Publisher.new().key)
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication")
    assert synced.sync().result == "new"
    assert Scene(demonstration, demonstration, tmp_path, synced).offers() == ()


def test_a_key_announced_under_another_key_than_the_sources_own_is_not_offered(scene: Scene) -> None:
    scene.home.workspace.remove_source("north")
    scene.home.add(scene.folder, Publisher.new().key)
    assert scene.offers() == ()
