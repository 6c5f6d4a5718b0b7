"""Which periods, levels and areas are asked for, and in how many questions."""

from __future__ import annotations

import pytest
from tests.service import jobindsats_tables as tables
from tests.service.jobindsats_tables import Value

from jobcentre_desk.model.services import KnownTable, TableQuery
from jobcentre_desk.sources.jobindsats_request import (
    Question,
    period_kind,
    periods_to_ask,
    questions,
    unknown_names,
    with_what_there_is,
)
from jobcentre_desk.sources.jobindsats_tables import JobindsatsTable, read_table

MONTHS = tables.MONTHS
OFFERS = (Value("/", "Tilbud i alt"), *(Value(f"/{number}/", f"Tilbud {number}") for number in range(1, 10)))
FUNDS = (Value("/", "A-kasse i alt"), *(Value(f"/{number}/", f"Kasse {number}") for number in range(1, 25)))
QUERY = TableQuery(table="x01", dimensions=(("_nykom", ("*",)),), latest=14)


def table(**hierarchies: tuple[Value, ...]) -> JobindsatsTable:
    """A table with two measures, as its metadata tells it."""
    told = tables.Table(
        id="x01", title="X", subject="1000 X", kind="M", hierarchies=hierarchies, labels={}, periods=MONTHS,
        measures=(("A", ("A",)), ("B", ("B",))),
    )  # fmt: skip
    read = read_table(told.metadata(), name="x01")
    assert read is not None
    return read


def known(*periods: str, query: TableQuery = QUERY) -> KnownTable:
    return KnownTable(table="x01", updated="2026-06-21", query=query, periods=frozenset(periods))


def test_the_first_sync_takes_the_latest_periods() -> None:
    assert periods_to_ask(MONTHS, QUERY, kind="M", known=None) == list(MONTHS[-14:])


def test_no_limit_takes_all_periods() -> None:
    everything = TableQuery(table="x01", latest=0)
    assert periods_to_ask(MONTHS, everything, kind="M", known=None) == list(MONTHS)


def test_later_syncs_take_new_periods_and_a_trailing_window() -> None:
    asked = periods_to_ask(MONTHS, QUERY, kind="M", known=known(*MONTHS[-30:-1]))
    assert asked == list(MONTHS[-14:])


def test_a_period_missed_so_far_is_asked_for_again() -> None:
    long = TableQuery(table="x01", dimensions=QUERY.dimensions, latest=20)
    held = [month for month in MONTHS[-20:] if month != MONTHS[-18]]
    assert periods_to_ask(MONTHS, long, kind="M", known=known(*held, query=long)) == [MONTHS[-18], *MONTHS[-14:]]


def test_the_trailing_window_does_not_load_what_nobody_asked_for() -> None:
    short = TableQuery(table="x01", dimensions=QUERY.dimensions, latest=2)
    asked = periods_to_ask(MONTHS, short, kind="M", known=known(*MONTHS[-3:-1], query=short))
    assert asked == list(MONTHS[-3:])


def test_another_query_starts_anew() -> None:
    asked = periods_to_ask(MONTHS, QUERY, kind="M", known=known(*MONTHS, query=TableQuery(table="x01")))
    assert asked == list(MONTHS[-14:])


@pytest.mark.parametrize(("kind", "window"), [("M", 14), ("Q", 6), ("QMAT", 6), ("Y", 3)])
def test_the_window_fits_the_kind_of_period(kind: str, window: int) -> None:
    periods = [f"{2000 + number}{kind}01" for number in range(25)]
    assert len(periods_to_ask(periods, QUERY, kind=kind, known=known(*periods))) == max(window, 0)


def test_periods_are_named_and_geography_is_a_hierarchy() -> None:
    (question,) = questions(table(), QUERY, periods=("2026M05", "2026M06"), kind="M")
    assert question.path == "data/x01?mgroup.*=*&period.M=2026M05,2026M06&hierarchy._nykom=*&format=json"


def test_the_dimension_of_areas_is_never_asked_for_by_its_own_name() -> None:
    query = TableQuery(table="x01", dimensions=(("_omrade", ("/",)),))
    (question,) = questions(table(), query, periods=("2026M05",), kind="M")
    assert "_omrade" not in question.path
    assert "hierarchy._nykom=/" in question.path


def test_without_geography_in_the_query_municipalities_are_asked_for() -> None:
    (question,) = questions(table(), TableQuery(table="x01"), periods=("2026M05",), kind="M")
    assert "hierarchy._nykom=*" in question.path


def test_dimensions_come_in_the_order_of_the_metadata() -> None:
    query = TableQuery(table="x01", dimensions=(("_b", ("*",)), ("_a", ("/1/", "/2/")), ("_nykom", ("/",))))
    (question,) = questions(table(_a=OFFERS, _b=OFFERS), query, periods=("2026M05",), kind="M")
    assert question.path.endswith("hierarchy._nykom=/&hierarchy._a=/1/,/2/&hierarchy._b=*&format=json")


def test_funds_are_asked_for_in_the_whole_country_alone() -> None:
    query = TableQuery(table="x01", dimensions=(("_nykom", ("*",)), ("_akassedp", ("*",))))
    by_area, by_fund = questions(table(_akassedp=FUNDS), query, periods=("2026M05",), kind="M")
    assert "hierarchy._nykom=*&hierarchy._akassedp=/" in by_area.path
    assert "hierarchy._nykom=/&hierarchy._akassedp=*" in by_fund.path


def test_funds_of_the_country_need_one_question() -> None:
    query = TableQuery(table="x01", dimensions=(("_hele_landet", ("/",)), ("_akassedp", ("*",))))
    (question,) = questions(table(_akassedp=FUNDS), query, periods=("2026M05",), kind="M")
    assert "hierarchy._hele_landet=/&hierarchy._akassedp=*" in question.path


def cells(question: Question) -> int:
    """What an answer may hold: two measures, ten offers, each area and period."""
    return 2 * 10 * question.place.count * len(question.periods)


@pytest.mark.parametrize("most_cells", [1_000, 4_000, 20_000, 1_000_000])
def test_no_question_asks_for_more_cells_than_the_limit(most_cells: int) -> None:
    query = TableQuery(table="x01", dimensions=(("_nykom", ("*",)), ("_offer", ("*",))))
    asked = questions(table(_offer=OFFERS), query, periods=MONTHS[:14], kind="M", most_cells=most_cells)
    assert max(cells(question) for question in asked) <= most_cells
    got = [
        (period, area)
        for question in asked
        for period in question.periods
        for area in (
            [level.id for level in question.place.hierarchy.levels]
            if question.place.levels == ("*",)
            else question.place.levels
        )
    ]
    assert len(got) == len(set(got)) == 14 * 99


def test_more_levels_than_the_limit_are_still_asked_for() -> None:
    query = TableQuery(table="x01", dimensions=(("_nykom", ("*",)), ("_offer", ("*",))))
    asked = questions(table(_offer=OFFERS), query, periods=MONTHS[:1], kind="M", most_cells=5)
    assert len(asked) == 99


def test_without_known_periods_the_latest_are_asked_for() -> None:
    (question,) = questions(table(), TableQuery(table="x01", latest=40), periods=(), kind="Q")
    assert "period.Q=latest:40" in question.path


def test_what_there_is_of_periods_is_understood_from_the_refusal() -> None:
    (question,) = questions(table(), TableQuery(table="x01", latest=40), periods=(), kind="Q")
    again = with_what_there_is(question, "Requested latest:40 for type Q, but only 29 periods are available.")
    assert again is not None
    assert "period.Q=latest:29" in again.path
    assert with_what_there_is(again, "Requested latest:29 for type Q, but only 29 periods are available.") is None
    assert with_what_there_is(question, "Unknown hierarchies: ['_omrade']") is None


def test_the_kind_of_period_is_that_of_the_updates() -> None:
    assert period_kind(table(), TableQuery(table="x01")) == "M"
    assert period_kind(table(), TableQuery(table="x01", period_kind="QMAT")) == "QMAT"


def test_dimensions_that_a_table_does_not_have_are_named() -> None:
    assert unknown_names(table(), TableQuery(table="x01", dimensions=(("_omrade", ("*",)), ("_gone", ("*",))))) == [
        "_gone"
    ]
