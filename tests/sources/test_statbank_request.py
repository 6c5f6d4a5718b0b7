"""What StatBank is asked: levels and periods of a query, the form of the answer, and questions cut into pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders.small_statbank import table

from jobcentre_desk.model.services import KnownTable, TableQuery
from jobcentre_desk.sources import statbank_request
from jobcentre_desk.sources.statbank_areas import KnownAreas
from jobcentre_desk.sources.statbank_request import (
    MOST_BYTES_OF_PIECE,
    MOST_CELLS_OF_CSV,
    Chosen,
    Form,
    NotAskable,
    Question,
    choose,
    questions,
    trailing,
)
from jobcentre_desk.sources.statbank_tables import Level, TableInfo, Variable

AREAS = KnownAreas.of(())


def chosen(*dimensions: tuple[str, tuple[str, ...]], latest: int = 0, read: TableInfo | None = None) -> Chosen:
    return choose(read or table(), TableQuery(table="TEST1", dimensions=dimensions, latest=latest), AREAS)


def codes(asked: Chosen, name: str) -> list[str]:
    return [level.id for level in asked.levels.get(name, ())]


def large(levels: int, *, may_be_left_out: bool = True, total: bool = True) -> TableInfo:
    """The table with one more variable of many levels."""
    named = [Level(f"L{number:05d}", f"Niveau {number}", f"Level {number}") for number in range(levels)]
    held = ([Level("TOT", "I alt", "Total")] if total else []) + named
    more = Variable(
        id="MANY", name_da="mange", name_en="many", may_be_left_out=may_be_left_out, is_time=False, levels=tuple(held)
    )
    read = table()
    return replace(read, variables=(*read.variables[:-1], more, read.variables[-1]))


def test_a_variable_left_out_of_the_query_is_left_out_of_the_question() -> None:
    assert "KØN" not in chosen().levels


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        (("/",), ["TOT"]),
        (("*",), ["TOT", "M", "K"]),
        (("K", "M"), ["M", "K"]),
        (("/", "Women"), ["TOT", "K"]),
        (("kvinder",), ["K"]),
    ],
)
def test_levels_are_asked_by_code_or_name_in_the_order_of_the_table(wanted: tuple[str, ...], asked: list[str]) -> None:
    assert codes(chosen(("KØN", wanted)), "KØN") == asked
    assert codes(chosen(("sex", wanted)), "KØN") == asked


def test_what_the_table_does_not_have_is_told_and_the_rest_is_asked() -> None:
    asked = chosen(("KØN", ("M", "X", "Y")), ("HERKOMST", ("*",)))
    assert codes(asked, "KØN") == ["M"]
    assert asked.told[0] == "Table TEST1 has no variable HERKOMST; it is not broken down by it."
    assert "Table TEST1 has no level X, Y in sex." in asked.told


def test_a_needed_variable_without_any_of_its_levels_cannot_be_asked() -> None:
    with pytest.raises(NotAskable, match="none of the levels asked for in many"):
        chosen(("MANY", ("nothing",)), read=large(3, may_be_left_out=False))


def test_a_needed_variable_that_the_query_leaves_out_is_asked_at_its_total_or_at_every_level() -> None:
    assert codes(chosen(read=large(3, may_be_left_out=False)), "MANY") == ["TOT"]
    assert len(codes(chosen(read=large(3, may_be_left_out=False, total=False)), "MANY")) == 3


def test_the_newest_periods_are_asked() -> None:
    assert codes(chosen(latest=2), "Tid") == ["2024K4", "2025K1"]
    assert chosen(latest=2).asked_periods == {"2024Q04", "2025Q01"}
    assert len(codes(chosen(latest=0), "Tid")) == 5


def test_periods_without_a_place_are_told_and_left_out() -> None:
    asked = chosen(read=table(periods=("2023H1", "2024K1")))
    assert codes(asked, "Tid") == ["2024K1"]
    assert "no month, quarter or year (2023H1)" in asked.told[0]
    with pytest.raises(NotAskable, match="no month, quarter or year"):
        chosen(read=table(periods=("2023H1", "2023H2")))


def test_areas_that_are_none_of_ours_are_named_once() -> None:
    assert [sentence for sentence in chosen().told if "Province" in sentence] == [
        "Not taken from table TEST1, since they are no municipality, region or country: Province."
    ]


def test_all_levels_are_asked_by_a_star() -> None:
    payload = questions(chosen(("KØN", ("*",)), latest=1))[0].payload
    assert payload["variables"] == [
        {"code": "OMRÅDE", "values": ["*"]},
        {"code": "KØN", "values": ["*"]},
        {"code": "Tid", "values": ["2025K1"]},
    ]


def test_the_form_depends_on_the_size_and_on_what_can_be_listed() -> None:
    small = questions(chosen())
    bulk = questions(chosen(read=large(3)), small=0)
    rows = questions(chosen(read=large(3, total=False)), small=0)
    assert [one.form for one in (*small, *bulk, *rows)] == [Form.JSON_STAT, Form.BULK, Form.CSV]
    assert [one["code"] for one in bulk[0].payload["variables"]] == ["OMRÅDE", "KØN", "MANY", "Tid"]
    assert [one["code"] for one in rows[0].payload["variables"]] == ["OMRÅDE", "Tid"]


def test_large_questions_are_cut_into_pieces_that_fit_and_together_ask_everything_once() -> None:
    asked = chosen(("KØN", ("*",)), ("MANY", ("*",)), read=large(600))
    pieces = questions(asked, small=0)
    assert len(pieces) == 1
    bounds = statbank_request.MOST_CELLS_OF_CSV, statbank_request.MOST_BYTES_OF_PIECE
    assert bounds == (900_000, 12_000_000)
    wide = chosen(("KØN", ("*",)), ("MANY", ("*",)), read=_wide(1900))
    pieces = questions(wide, small=0)
    assert len(pieces) > 1
    assert all(one.most_bytes <= MOST_BYTES_OF_PIECE and one.chosen.cells <= MOST_CELLS_OF_CSV for one in pieces)
    met = [cell for one in pieces for cell in _cells(one.chosen)]
    assert len(met) == len(set(met)) == wide.cells


def test_more_figures_than_a_person_can_want_are_refused() -> None:
    with pytest.raises(NotAskable, match="choose fewer periods or levels"):
        chosen(("MANY", ("*",)), read=large(2001))


def test_a_question_is_halved_by_periods_first_until_one_cell_is_left() -> None:
    question = Question(chosen(latest=4), Form.CSV)
    first, second = question.halves()
    assert codes(first.chosen, "Tid") + codes(second.chosen, "Tid") == codes(question.chosen, "Tid")
    halves = Question(chosen(latest=1), Form.CSV).halves()
    assert [len(half.chosen.levels["OMRÅDE"]) for half in halves] == [2, 3]
    one = replace(
        question.chosen, levels={"OMRÅDE": first.chosen.levels["OMRÅDE"][:1], "Tid": first.chosen.levels["Tid"][:1]}
    )
    assert Question(one, Form.CSV).halves() == ()


def test_rows_are_asked_by_code_when_two_levels_have_one_name() -> None:
    assert questions(chosen(("KØN", ("*",))), small=0)[0].payload["valuePresentation"] == "Value"
    read = table()
    same = replace(
        read.variables[1], levels=tuple(replace(level, name_en="Same") for level in read.variables[1].levels)
    )
    asked = chosen(("KØN", ("*",)), read=replace(read, variables=(read.variables[0], same, read.variables[2])))
    assert questions(asked, small=0)[0].payload["valuePresentation"] == "Code"


def test_a_table_read_before_is_asked_for_its_newest_periods_and_for_what_it_lacks() -> None:
    query = TableQuery(table="TEST1", latest=0)
    read = table(periods=tuple(f"{year}K{quarter}" for year in range(2015, 2025) for quarter in range(1, 5)))
    asked = choose(read, query, AREAS)
    held = asked.asked_periods - {"2016Q02"}
    known = KnownTable(table="TEST1", updated="2025", query=query, periods=held)
    newest = {"2023Q03", "2023Q04", "2024Q01", "2024Q02", "2024Q03", "2024Q04"}
    assert trailing(asked, known, query).asked_periods == newest | {"2016Q02"}


def test_another_query_than_before_asks_for_everything() -> None:
    query = TableQuery(table="TEST1", latest=0)
    known = KnownTable(
        table="TEST1", updated="", query=TableQuery(table="TEST1", latest=2), periods=frozenset({"2024Q01"})
    )
    asked = choose(table(), query, AREAS)
    assert trailing(asked, known, query) is asked
    assert trailing(asked, None, query) is asked


def _wide(levels: int) -> TableInfo:
    """A table whose labels are so long that its rows do not fit into one piece."""
    read = large(levels)
    many = read.variables[2]
    long = tuple(replace(level, name_en=level.name_en.ljust(200, "x")) for level in many.levels)
    wide = tuple(replace(many, levels=long) if variable is many else variable for variable in read.variables)
    periods = tuple(Level(f"{year}", f"{year}", f"{year}") for year in range(2010, 2050))
    return replace(read, variables=(*wide[:1], wide[2], replace(wide[-1], levels=periods)))


def _cells(asked: Chosen) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for variable in asked.table.variables:
        levels = asked.levels.get(variable.id, ())
        found = [(*before, level.id) for before in found for level in levels] if levels else found
    return found
