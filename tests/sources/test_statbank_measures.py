"""Measures of StatBank tables: ids, definitions in both languages, units, breaks, and the tables shipped."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.small_statbank import table

from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.publishing.schemas import ID_PATTERN
from jobcentre_desk.sources.statbank_measures import breaks_of, measure_id, measure_of, telling
from jobcentre_desk.sources.statbank_presets import preset_of, preset_queries, texts
from jobcentre_desk.sources.statbank_tables import Level, Variable

CODES = st.text("ABCÆØÅabc019-/+. _", min_size=1, max_size=12)


def branch(code: str = "C") -> tuple[tuple[Variable, Level], ...]:
    level = Level(code, "Industri", "Manufacturing")
    variable = Variable(
        id="BRANCHE07", name_da="branche", name_en="industry", may_be_left_out=True, is_time=False, levels=(level,)
    )
    return ((variable, level),)


@given(st.lists(st.tuples(CODES, CODES), max_size=9))
def test_every_id_is_one_that_a_measure_may_have(pairs: list[tuple[str, str]]) -> None:
    levels = tuple(
        (Variable(id=name, name_da="", name_en="", may_be_left_out=True, is_time=False, levels=()), Level(code, "", ""))
        for name, code in pairs
    )
    assert re.fullmatch(ID_PATTERN, measure_id("FOLK1AM", levels))


@pytest.mark.parametrize(("one", "other"), [("80-", "80/"), ("A.B", "A-B"), ("+1", "-1"), ("1 2", "1+2")])
def test_codes_that_lose_letters_stay_apart(one: str, other: str) -> None:
    assert measure_id("T", branch(one)) != measure_id("T", branch(other))


def test_totals_do_not_make_a_measure_of_their_own() -> None:
    sex = table().variables[1]
    assert telling(((sex, sex.levels[0]),)) == ()
    assert measure_id("TEST1", telling(((sex, sex.levels[1]),))) == "test1.indhold.koen-m"


def test_a_table_nobody_described_gets_an_honest_definition() -> None:
    read = table(suppressedDataValue="0", footnote={"text": "Mind the gap."})
    sex = read.variables[1]
    measure = measure_of(read, ((sex, sex.levels[1]),))
    assert (measure.name_da, measure.name_en) == ("Personer: Mænd", "Persons: Men")
    assert measure.sentence_en.startswith("Persons, as Statistics Denmark counts it in table TEST1. Here only “Men”.")
    assert "the table writes 0" in measure.sentence_en
    assert "Empty = hidden or missing; the source does not tell which." in measure.why_it_may_differ_en
    assert measure.why_it_may_differ_en.endswith("Note of the table: Mind the gap.")
    assert measure.why_it_may_differ_da.endswith("Tabellens note: Mind the gap.")
    assert (measure.unit, measure.polarity) == ("number", Polarity.NO_JUDGEMENT)
    assert measure.source == "Statistics Denmark, StatBank table TEST1 (CC BY 4.0)"
    assert measure.valid_from == "2024Q01"


def test_a_table_of_several_units_takes_the_unit_from_its_level() -> None:
    level = Level("116", "Gennemsnit (kr.)", "Average (DKK)")
    unit = Variable(id="ENHED", name_da="enhed", name_en="unit", may_be_left_out=False, is_time=False, levels=(level,))
    assert measure_of(table(unit="-"), ((unit, level),)).unit == "Average (DKK)"
    assert measure_of(table(unit="Per cent"), ()).unit == "percent"


@pytest.mark.parametrize(
    ("name", "levels", "kinds", "periods"),
    [
        ("LSK01", (), ("Q",), ["2026Q01"]),
        ("LSK02", (), ("Q",), ["2026Q01"]),
        ("LSK13", (), ("Q",), ["2026Q01"]),
        ("RAS301", branch(), ("Y",), ["2025Y01"]),
        ("LBESK03", branch(), ("M",), ["2025M01"]),
        ("RAS301", (), ("Y",), []),
        ("FOLK1AM", (), ("M",), []),
    ],
)
def test_series_break_where_the_file_says_so(
    name: str, levels: tuple[tuple[Variable, Level], ...], kinds: tuple[str, ...], periods: list[str]
) -> None:
    found = list(breaks_of(replace(table(), table=name), [("m", levels)], kinds))
    assert [one.period for one in found] == periods
    assert all(one.sentence_da and one.sentence_en and one.measure == "m" for one in found)


def test_the_file_has_both_languages_and_real_periods() -> None:
    held = texts()
    assert all(
        len(one.name_da) > 2 and one.sentence_da.endswith(".") and one.sentence_en.endswith(".") for one in held.tables
    )
    assert all(PublishedPeriod.parse(period) for one in held.breaks for period in one.periods.values())
    assert len({query.table for query in preset_queries()}) == len(preset_queries())
    described = preset_of("folk1am")
    assert described is not None
    assert described.name_en == "Population"


@pytest.mark.published
def test_the_tables_shipped_are_listed_with_the_variables_named(shared_folder: Path) -> None:
    listed = json.loads(gzip.decompress((shared_folder / "data/statbank/tables_all.body.json.gz").read_bytes()))
    by_id = {one["id"]: one for one in listed}
    for query in preset_queries():
        variables = by_id[query.table]["variables"]
        english = [name for name, _levels in query.dimensions if not name.isupper()]
        assert set(english) <= set(variables), query.table
        assert len(query.dimensions) <= len(variables)
        assert any("region" in name or "municipality" in name for name in variables), query.table
