"""Descriptions of StatBank's tables: periods, totals, both languages, and descriptions that are none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.builders.small_statbank import info, table

from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_areas import KnownAreas, area_variable, areas_of
from jobcentre_desk.sources.statbank_tables import Level, Variable, period_of, read_offers, read_table, updates


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2021M10", "2021M10"),
        ("2007Q1", "2007Q01"),
        ("2007K4", "2007Q04"),
        ("2024", "2024Y01"),
        ("2024H1", None),
        ("2024U07", None),
        ("2010:2014", None),
        ("2010/2011", None),
        ("2021M13", None),
        ("2021K5", None),
        ("AUG - DEC 2024", None),
    ],
)
def test_periods_are_those_of_the_program_or_none(written: str, period: str | None) -> None:
    read = period_of(written)
    assert (str(read) if read else None) == period


@pytest.mark.parametrize(
    ("levels", "total"),
    [
        ((("1", "Mænd", "Men"), ("TOT", "I alt", "Total")), "TOT"),
        ((("IALT", "Alder i alt", "Age, total"), ("15", "15 år", "15 years")), "IALT"),
        ((("00", "I alt", "Total"), ("80", "Dansk statsborger", "Danish citizens")), "00"),
        ((("000", "Afgørelser i alt", "Decisions, total"), ("1", "Straffelov i alt", "Criminal code, total")), "000"),
        ((("101", "Personer i gruppen", "People"), ("116", "Gennemsnit i alt", "Average, total")), None),
    ],
)  # fmt: skip
def test_the_total_is_found_by_code_or_name_but_a_part_is_none(
    levels: tuple[tuple[str, str, str], ...], total: str | None
) -> None:
    held = tuple(Level(*level) for level in levels)
    variable = Variable(id="X", name_da="x", name_en="x", may_be_left_out=True, is_time=False, levels=held)
    found = variable.total()
    assert (found.id if found else None) == total


def test_a_table_has_its_names_in_both_languages() -> None:
    read = table()
    copenhagen = read.variables[0].levels[2]
    assert (read.title_da, read.title_en) == ("Personer", "Persons")
    assert (copenhagen.name_da, copenhagen.name_en) == ("København", "Copenhagen")
    assert read.variable("sex") is read.variable("KØN") is read.variables[1]


def test_footnotes_are_plain_text_of_a_bounded_length() -> None:
    read = table(footnote={"text": "One\r\n \x07two " + "x" * 5000, "mandatory": True})
    assert read.footnote_en.startswith("One two xxx")
    assert len(read.footnote_en) <= 1500


def test_the_area_variable_is_found_by_code_and_name_alike() -> None:
    areas = KnownAreas.of(())
    found = area_variable(table(), areas)
    assert found is not None
    assert areas_of(found, areas) == {"000": "000", "084": "084", "101": "101", "147": "147"}


@pytest.mark.parametrize(
    "label", ["Copenhagen", "København", "KØBENHAVN", "Høje Taastrup", "Høje-Taastrup", "Hele landet"]
)
def test_areas_are_known_by_their_names_in_both_languages(label: str) -> None:
    assert KnownAreas.of(()).named(label) in {"101", "169", "000"}


def test_other_words_than_tables_are_refused() -> None:
    with pytest.raises(ServiceRefused, match="otherwise than it used to"):
        read_table(info("da"), {"id": "TEST1", "variables": "none"})
    with pytest.raises(ServiceRefused, match="otherwise than it used to"):
        updates({"tables": []})


@pytest.mark.published
def test_the_recorded_description_is_read_in_both_languages(shared_folder: Path) -> None:
    folder = shared_folder / "data" / "statbank"
    danish, english = (
        json.loads((folder / name).read_bytes())
        for name in ("table_info_straf42_da.body.json", "table_info_straf42.body.json")
    )
    read = read_table(danish, english)
    assert (read.title_da, read.title_en, read.suppressed) == ("Strafferetlige afgørelser", "Decisions, total", "0")
    assert [len(variable.levels) for variable in read.variables] == [
        len(variable["values"]) for variable in english["variables"]
    ]
    for variable, other in zip(read.variables, english["variables"], strict=True):
        assert [level.name_en for level in variable.levels] == [value["text"].strip() for value in other["values"]]
    totals = [total.id for variable in read.variables if (total := variable.total())]
    assert totals == ["00", "TOT", "000", "TOT", "TOT"]


@pytest.mark.published
def test_the_recorded_list_of_tables_is_offered_whole(shared_folder: Path) -> None:
    listed = json.loads(gzip.decompress((shared_folder / "data/statbank/tables_all.body.json.gz").read_bytes()))
    offered = read_offers(listed, [{"description": "People", "tables": [{"id": "FOLK1A"}]}])
    assert [(one.table, one.updated, one.latest_period) for one in offered] == [
        (one["id"], one["updated"], one["latestPeriod"]) for one in listed
    ]
    assert offered[0].subject == "People"
    assert {one.next_update for one in offered} == {""}
