"""Choosing tables: what is ticked from the start, and what is asked of each table afterwards."""

from __future__ import annotations

import pytest

from jobcentre_desk import text
from jobcentre_desk.gui.table_choice import TableChoice
from jobcentre_desk.model.services import TableOffer, TableQuery

PRESETS = (TableQuery(table="a", latest=14, dimensions=(("region", ("*",)),)), TableQuery(table="b"))


def offer(table: str, title: str = "", subject: str = "Subject") -> TableOffer:
    return TableOffer(table=table, title=title or table, subject=subject, updated="", next_update="")


@pytest.fixture(autouse=True)
def _english() -> None:
    text.use_language("en")


def test_presets_are_ticked_and_need_no_queries() -> None:
    choice = TableChoice.of([offer("a"), offer("b"), offer("c")], PRESETS, ())
    assert choice.chosen == {"a", "b"}
    assert choice.queries() == ()


def test_table_that_was_added_is_asked_for_as_a_whole_and_presets_stay() -> None:
    choice = TableChoice.of([offer("a"), offer("b"), offer("c")], PRESETS, ()).toggled("c").toggled("b")
    assert choice.queries() == (PRESETS[0], TableQuery(table="c"))


def test_queries_of_before_are_kept_as_they_were() -> None:
    former = (TableQuery(table="a", latest=3),)
    choice = TableChoice.of([offer("a"), offer("b")], PRESETS, former)
    assert choice.chosen == {"a"}
    assert choice.toggled("b").queries() == (*former, PRESETS[1])


def test_chosen_table_that_is_not_offered_is_listed_all_the_same() -> None:
    choice = TableChoice.of([offer("a")], PRESETS, ())
    assert [subject for subject, _tables in choice.groups()] == ["Subject", "Not in the list of the service"]


@pytest.mark.parametrize("typed", ["sygedagpenge borgere", "SØGENDE", "soegende", "sogende", "y01"])
def test_words_find_a_table_whatever_their_order_and_letters(typed: str) -> None:
    choice = TableChoice.of([offer("y01", "Søgende borgere", "Sygedagpenge"), offer("z")], (), ())
    [(_subject, [found])] = choice.groups(fitting=typed)
    assert found.table == "y01"


def test_only_chosen_tables_are_shown_when_asked() -> None:
    choice = TableChoice.of([offer("a"), offer("c")], PRESETS[:1], ())
    assert [table.table for _subject, tables in choice.groups(only_chosen=True) for table in tables] == ["a"]
