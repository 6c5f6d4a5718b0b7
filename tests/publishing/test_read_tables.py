"""Every small table: good rows come through as written, each rule refuses its own mistake."""

from __future__ import annotations

import pytest
from tests.builders.small_publication import TABLES, table_csv

from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.publishing.columns import KnownCodes
from jobcentre_desk.publishing.read_tables import known_codes, read_small_table, table_bytes
from jobcentre_desk.publishing.row_rules import Row

SMALL = tuple(table for table in TABLE_COLUMNS if table not in {"employers", "outcomes"})
NAMING = ("areas", "branches", "occupations", "benefit_groups", "programmes", "measures")


@pytest.fixture(scope="module")
def codes() -> KnownCodes:
    rows = {table: read_small_table(table, table_csv(table, *TABLES[table]), file=table)[0] for table in NAMING}
    return known_codes(rows)


@pytest.mark.parametrize("table", SMALL)
def test_good_rows_come_through_and_write_back_the_same(table: str, codes: KnownCodes) -> None:
    content = table_csv(table, *TABLES[table])
    rows, problems = read_small_table(table, content, file="f", codes=codes)
    assert problems == []
    assert len(rows) == len(TABLES[table])
    again, _problems = read_small_table(table, table_bytes(table, rows), file="f", codes=codes)
    assert again == rows


def test_questions_keep_their_three_lines(codes: KnownCodes) -> None:
    rows, _problems = read_small_table("cards", table_csv("cards", *TABLES["cards"]), file="f", codes=codes)
    assert rows[0]["questions_da"] == "Et?\nTo?\nTre?"


def test_municipalities_are_the_areas_of_that_kind(codes: KnownCodes) -> None:
    assert codes.municipalities == {"851", "860", "820"}
    assert list(codes.areas.values()) == sorted(codes.areas.values())


BROKEN: tuple[tuple[str, str, str], ...] = (
    ("areas", "001,country,Alt,All,,,,,", "code"),
    ("areas", "086,region,Øst,East,000,,,,", "code"),
    ("areas", "085x,region,Øst,East,000,,,,", "code"),
    ("areas", "100,municipality,Ny,New,081,,,,", "code"),
    ("areas", "861,municipality,Ny,New,081,,,,", "code"),
    ("areas", "0840,municipality,Ny,New,081,,,,", "code"),
    ("areas", "hk,fund,HK,HK,,,,,", "code"),
    ("areas", "840,town,Ny,New,081,,,,", "kind"),
    ("areas", "840,municipality,,New,081,,,,", "name_da"),
    ("areas", "840,municipality,Ny,New,082,,,,", "parent"),
    ("areas", "840,municipality,Ny,New,851,,,,", "parent"),
    ("areas", "840,municipality,Ny,New,840,,,,", "parent"),
    ("areas", "840,municipality,Ny,New,081,,5.5,1,", "tile_column"),
    ("areas", "840,municipality,Ny,New,081,,5,-1,", "tile_row"),
    ("areas", "840,municipality,Ny,New,081,,,,851;999", "neighbours"),
    ("areas", "840,municipality,Ny,New,081,,,,840", "neighbours"),
    ("areas", "840,municipality,Ny,New,081,,,,081", "neighbours"),
    ("areas", "851,municipality,Andet,Other,081,,,,", "code"),
    ("branches", "I,,0,Hotel,Hotel", "level"),
    ("branches", "I,,5,Hotel,Hotel", "level"),
    ("branches", "56,,2,Hotel,Hotel", "parent"),
    ("branches", "56,I,2,Hotel,Hotel", "parent"),
    ("branches", "56,47,2,Hotel,Hotel", "parent"),
    ("branches", "56,56,2,Hotel,Hotel", "parent"),
    ("branches", "56,G,2,,Hotel", "title_da"),
    ("occupations", "5223,522,4,Andet,Other", "code"),
    ("benefit_groups", "ø,Andet,Other", "code"),
    ("programmes", "traineeship,Andet,Other", "code"),
    ("measures", "Rank,N,N,,,,,unit,low_is_good,,,,,,,,", "id"),
    ("measures", "m,N,N,,,,,unit,good,,,,,,,,", "polarity"),
    ("measures", "m,N,N,,,,,,low_is_good,,,,,,,,", "unit"),
    ("figures", "y30r21.other,851,2022QMAT04,all,57,,,known", "measure"),
    ("figures", "y30r21.rank,999,2022QMAT04,all,57,,,known", "area"),
    ("figures", "y30r21.rank,851,2022QMAT05,all,57,,,known", "period"),
    ("figures", "y30r21.rank,851,2022QMAT02,other,57,,,known", "group"),
    ("figures", 'y30r21.rank,851,2022QMAT02,all,"57,5",,,known', "value"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,NaN,,,known", "value"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,,,,known", "value"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,57,,,hidden", "value"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,,3,,hidden", "numerator"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,1,-1,,known", "numerator"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,1,1,-2,known", "denominator"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,,,,not_loaded", "state"),
    ("figures", "y30r21.rank,851,2022QMAT02,all,1,,,", "state"),
    ("figures", "y30r21.rank,851,2022QMAT04,all,58,,,known", "group"),
    ("evidence", "e2,a,b,c,2,d,DK,1,1,1,1,1,,,,,,", "direction"),
    ("evidence", "e2,a,b,c,1,d,DK,1.1,1,1,1,1,,,,,,", "quality"),
    ("evidence", "e2,a,b,c,1,d,DK,1,1,1,1,,,,,,,", "combination"),
    ("evidence", "e2,a,b,c,1,d,DK,1,1,1,1,1,,,6,,,", "cost_level"),
    ("evidence", "e2,a,b,c,1,d,DK,1,1,1,1,1,,,,,,javascript:x", "url"),
    ("practices", "p2,999,T,,,,,", "municipality"),
    ("practices", "p2,081,T,,,,,", "municipality"),
    ("practices", "p2,851,T,,,,,31-01-2026", "published"),
    ("cards", "c2,other,T,T,,,,,,,,,,,,,,,,", "component"),
    ("cards", "c2,citizen_contact,T,T,,,,,y30r21.other,,,,,,,,,,,", "finding_measure"),
)  # fmt: skip


@pytest.mark.parametrize(("table", "line", "column"), BROKEN)
def test_each_rule_refuses_its_row_and_names_the_column(table: str, line: str, column: str, codes: KnownCodes) -> None:
    content = table_csv(table, *TABLES[table], line)
    rows, problems = read_small_table(table, content, file="f", codes=codes)
    assert {(problem.file, problem.row, problem.column) for problem in problems} == {
        ("f", len(TABLES[table]) + 2, column)
    }
    assert problems[0].reason.endswith(".")
    assert len(rows) == len(TABLES[table])


def test_identical_rows_are_merged(codes: KnownCodes) -> None:
    content = table_csv("figures", TABLES["figures"][0], TABLES["figures"][0])
    rows, problems = read_small_table("figures", content, file="f", codes=codes)
    assert (len(rows), problems) == (1, [])


def test_a_file_of_figures_holds_its_own_measure_alone() -> None:
    content = table_csv("figures", *TABLES["figures"])
    assert read_small_table("figures", content, file="f", measure="y30r21.rank")[1] == []
    problems = read_small_table("figures", content, file="f", measure="y30r21.difference")[1]
    assert {problem.column for problem in problems} == {"measure"}


def test_practices_and_cards_travel_without_the_lists_they_point_into() -> None:
    for table in ("practices", "cards"):
        content = table_csv(table, *TABLES[table])
        assert read_small_table(table, content, file="f", codes=KnownCodes())[1] == []


def test_figures_do_not_travel_without_areas_and_measures() -> None:
    _rows, problems = read_small_table(
        "figures", table_csv("figures", *TABLES["figures"]), file="f", codes=KnownCodes()
    )
    assert {problem.column for problem in problems} == {"area", "measure"}


def test_the_value_that_is_wrong_stands_in_the_reason_as_plain_short_text() -> None:
    line = f"y30r21.rank,851,2022QMAT04,all,{'9' * 500}\u202e,,,known"
    problem = read_small_table("figures", table_csv("figures", line), file="f")[1][0]
    assert "\u202e" not in problem.reason
    assert len(problem.reason) < 120


def test_empty_cells_are_none_and_names_like_na_are_names() -> None:
    rows: list[Row] = read_small_table("programmes", table_csv("programmes", "x,NA,null"), file="f")[0]
    assert rows == [{"code": "x", "title_da": "NA", "title_en": "null"}]
