"""Adding sources: what must be said about one, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher

from jobcentre_desk.desk.source_list import add_source, remove_source
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.workspace.store import Workspace


@pytest.fixture
def workspace(home: Home) -> Workspace:
    return Workspace.open(home)


def test_a_source_is_kept_as_it_was_given(workspace: Workspace) -> None:
    key = Publisher.new().key
    file = trust.public_key_file(key).decode()
    entry = add_source(
        workspace, name="north", location="https://figures.example.dk/north", key=file, at_least=3, basis="STAR, § 6"
    )
    assert (entry.key, entry.at_least, entry.basis) == (key, 3, "STAR, § 6")
    assert entry.confirmed_at
    assert workspace.sources() == [entry]


def test_a_folder_is_kept_with_its_full_path(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert add_source(workspace, name="north", location="publication").location == str(tmp_path / "publication")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "--key"},
        {"location": "http://figures.example.dk"},
        {"key": "no key at all"},
        {"key": Publisher.new().key, "unsigned": True},
        {"at_least": -1},
    ],
)
def test_what_cannot_be_a_source_is_refused_and_not_kept(workspace: Workspace, wrong: dict[str, object]) -> None:
    given: dict[str, object] = {"name": "north", "location": "https://figures.example.dk"} | wrong
    with pytest.raises(InputRefused):
        add_source(workspace, **given)  # type: ignore[arg-type]
    assert workspace.sources() == []


def test_a_name_is_taken_only_once(workspace: Workspace) -> None:
    add_source(workspace, name="north", location="https://figures.example.dk")
    with pytest.raises(InputRefused):
        add_source(workspace, name="north", location="https://other.example.dk")
    remove_source(workspace, "north")
    with pytest.raises(InputRefused):
        remove_source(workspace, "north")
