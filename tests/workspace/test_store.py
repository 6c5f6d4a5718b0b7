"""The workspace as the rest of the program uses it."""

from __future__ import annotations

import pytest

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import Order, Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.workspace_records import SavedFilter, SequenceSeen, SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import LONGEST_NOTE, Workspace

SOURCE = SourceEntry(name="demo", location="/figures", key="RWQ", at_least=3, basis="Agreement 4", confirmed_at="now")
SCOPE = Scope(
    municipalities=("751", "746"), branches=("G",), first=Quarter.of(2024, 1), min_completed=5, order=Order.RAW
)


def test_looking_into_an_empty_home_makes_no_file(home: Home) -> None:
    workspace = Workspace.open(home)
    assert (workspace.sources(), workspace.shortlist(), workspace.all_notes(), workspace.check()) == ([], [], [], [])
    assert not home.root.exists()


def test_a_source_is_kept_whole_changed_and_removed(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.add_source(SOURCE)
    assert Workspace.open(home).sources() == [SOURCE]
    changed = SourceEntry(name="demo", location="/elsewhere", key="RWQ")
    workspace.update_source(changed)
    assert workspace.sources() == [changed]
    workspace.remove_source("demo")
    assert Workspace.open(home).sources() == []


def test_a_source_name_is_given_once_and_an_unknown_one_is_refused(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.add_source(SOURCE)
    with pytest.raises(InputRefused, match="already"):
        workspace.add_source(SOURCE)
    with pytest.raises(InputRefused, match="no source named x"):
        workspace.remove_source("x")


def test_the_highest_release_seen_outlives_the_source_and_never_falls(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.add_source(SOURCE)
    workspace.remember_sequence(SequenceSeen(key_id="A1", sequence=4, description_hash="d4"))
    workspace.remember_sequence(SequenceSeen(key_id="A1", sequence=3, description_hash="d3"))
    workspace.remove_source("demo")
    assert Workspace.open(home).sequence_seen("A1") == SequenceSeen(key_id="A1", sequence=4, description_hash="d4")
    assert workspace.sequence_seen("B2") is None


def test_a_saved_filter_comes_back_as_it_was(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.save_filter(SavedFilter(name="Shops in Aarhus", scope=SCOPE))
    assert Workspace.open(home).saved_filters() == [SavedFilter(name="Shops in Aarhus", scope=SCOPE)]


def test_saving_a_filter_again_under_its_name_replaces_it(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.save_filter(SavedFilter(name="a", scope=SCOPE))
    workspace.save_filter(SavedFilter(name="a", scope=Scope()))
    assert workspace.saved_filters() == [SavedFilter(name="a", scope=Scope())]


def test_a_filter_is_renamed_unless_the_name_is_taken(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.save_filter(SavedFilter(name="a", scope=SCOPE))
    workspace.save_filter(SavedFilter(name="b", scope=Scope()))
    workspace.rename_filter("a", "Åbyhøj")
    assert [saved.name for saved in workspace.saved_filters()] == ["b", "Åbyhøj"]
    with pytest.raises(InputRefused):
        workspace.rename_filter("b", "Åbyhøj")
    with pytest.raises(InputRefused):
        workspace.rename_filter("gone", "c")
    workspace.delete_filter("b")
    assert [saved.name for saved in workspace.saved_filters()] == ["Åbyhøj"]


def test_the_shortlist_keeps_the_order_of_adding_and_each_employer_once(home: Home) -> None:
    workspace = Workspace.open(home)
    for cvr in ("10000009", "10000017", "10000009"):
        workspace.add_to_shortlist(cvr)
    assert workspace.shortlist() == ["10000009", "10000017"]
    workspace.remove_from_shortlist("10000009")
    workspace.remove_from_shortlist("10000009")
    assert Workspace.open(home).shortlist() == ["10000017"]


def test_notes_come_newest_first_and_keep_lines_and_danish_letters(home: Home) -> None:
    workspace = Workspace.open(home)
    first = workspace.write_note("10000009", "Ring til Søren\x00\nMandag <b>")
    second = workspace.write_note("10000009", "Łukasz tager imod")
    workspace.write_note("10000017", "En anden")
    assert first.text == "Ring til Søren\nMandag <b>"
    assert Workspace.open(home).notes("10000009") == [second, first]


def test_a_changed_note_keeps_the_time_it_was_written(home: Home) -> None:
    workspace = Workspace.open(home)
    note = workspace.write_note("10000009", "before")
    changed = workspace.change_note(note.id, "after")
    assert changed.written_at == note.written_at
    assert workspace.notes("10000009") == [changed]


def test_an_empty_note_is_refused_and_a_long_one_cut(home: Home) -> None:
    workspace = Workspace.open(home)
    with pytest.raises(InputRefused):
        workspace.write_note("10000009", " \n\t")
    lines = "\n".join(["x" * 400] * 10)
    assert len(workspace.write_note("10000009", lines).text) == LONGEST_NOTE


def test_what_one_window_writes_another_one_reads(home: Home) -> None:
    one, other = Workspace.open(home), Workspace.open(home)
    assert other.shortlist() == []
    one.add_to_shortlist("10000009")
    assert other.shortlist() == ["10000009"]
    other.remove_from_shortlist("10000009")
    assert one.shortlist() == []
