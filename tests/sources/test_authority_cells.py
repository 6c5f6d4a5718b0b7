"""Cells of an authority's file: periods, numbers, codes and names as people and spreadsheets write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.model.employers import is_cvr
from jobcentre_desk.model.imports import Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.sources.authority_cells import ColumnReader
from jobcentre_desk.sources.authority_codes import read_code
from jobcentre_desk.sources.authority_names import target_by_name
from jobcentre_desk.sources.authority_numbers import Parting, parting_of, read_count
from jobcentre_desk.sources.authority_periods import Grain, is_longer_than_a_quarter, read_period
from jobcentre_desk.sources.authority_table import StoredNumber

# Periods


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "2025Q03",
            "2025Q3",
            "2025K3",
            "2025k3",
            "3. kvt. 2025",
            "3. kvartal 2025",
            "3.kvt 2025",
            "Q3 2025",
            "K3 2025",
        ),
        *("2025 3. kvartal", "2025-Q3", "2025 K3", "Q3, 2025", "3\N{NO-BREAK SPACE}kvt.\N{NO-BREAK SPACE}2025"),
        *("kvartal 3 2025", "2025, 3. kvartal", "3. quarter 2025", " 2025Q3 "),
    ],
)
def test_a_quarter_is_read_however_it_is_written(raw: str) -> None:
    period = read_period(raw)
    assert period is not None
    assert (period.text, period.grain) == ("2025Q03", Grain.QUARTER)


@pytest.mark.parametrize(
    "raw",
    [
        "2026M06",
        "2026-06",
        "202606",
        "2026/06",
        "juni 2026",
        "Jun. 2026",
        "June 2026",
        "2026 juni",
        "06-2026",
        "6/2026",
    ],
)
def test_a_month_lies_in_its_quarter(raw: str) -> None:
    period = read_period(raw)
    assert period is not None
    assert (period.text, period.quarter, period.grain) == ("2026M06", Quarter.of(2026, 2), Grain.MONTH)


@pytest.mark.parametrize("raw", ["2026-04-30", "30-04-2026", "30.04.2026", "30/4/2026", "2026-04-30T00:00:00"])
def test_a_date_is_read_with_the_day_first(raw: str) -> None:
    period = read_period(raw)
    assert period is not None
    assert (period.text, period.quarter, period.grain) == ("2026-04-30", Quarter.of(2026, 2), Grain.DAY)


@pytest.mark.parametrize("raw", ["2025", "2025Y01", "2025QMAT04", "2025MYTD06", "2024-2025", "2024–2025", "år 2025"])
def test_what_is_longer_than_a_quarter_is_known_as_such(raw: str) -> None:
    assert read_period(raw) is None
    assert is_longer_than_a_quarter(raw)


@pytest.mark.parametrize(
    "raw",
    ["", "Q5 2025", "2025-13", "31-02-2025", "04/30/2026", "nu 2025", "0000Q1", "0000-01", "2205Q3", "1899-12-31"],
)
def test_what_is_no_period_is_none(raw: str) -> None:
    assert read_period(raw) is None
    assert not is_longer_than_a_quarter(raw)


@given(st.dates(min_value=dt.date(1980, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_every_date_lies_in_the_quarter_of_the_calendar(day: dt.date) -> None:
    period = read_period(f"{day.day}-{day.month}-{day.year}")
    assert period is not None
    assert (period.quarter.year, period.quarter.number) == (day.year, (day.month + 2) // 3)


@given(st.text(max_size=30))
def test_no_text_is_more_than_a_period_or_none(raw: str) -> None:
    assert read_period(raw) is None or not is_longer_than_a_quarter(raw)


# Numbers


@pytest.mark.parametrize(
    ("column", "parting"),
    [
        (["1", "234", ""], Parting.NONE),
        (["1.234", "5", "12.345.678"], Parting.POINT),
        (["1,234", "5"], Parting.COMMA),
        (["1.234", "5.0"], Parting.DECIMALS),
        (["5,0", "7,00"], Parting.DECIMALS),
        (["1.234", "1,234"], Parting.DECIMALS),
        (["1.234", "ca. 5"], Parting.POINT),
        ([StoredNumber("1.234")], Parting.NONE),
    ],
)
def test_what_a_point_means_is_decided_by_the_whole_column(column: list[str], parting: Parting) -> None:
    assert parting_of(column) is parting


@pytest.mark.parametrize(
    ("cell", "parting", "number"),
    [
        ("12", Parting.NONE, 12),
        (" 012 ", Parting.NONE, 12),
        ("1 234", Parting.NONE, 1234),
        ("1\N{NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", Parting.NONE, 1234567),
        ("1.234", Parting.POINT, 1234),
        ("1.234", Parting.DECIMALS, None),
        ("1,234", Parting.COMMA, 1234),
        ("1,234", Parting.POINT, None),
        ("5,0", Parting.DECIMALS, 5),
        ("5.50", Parting.DECIMALS, None),
        ("-3", Parting.NONE, -3),
        ("\N{MINUS SIGN}1.000", Parting.POINT, -1000),
        (StoredNumber("1.234"), Parting.POINT, None),
        ("1e3", Parting.NONE, None),
        ("١٢", Parting.NONE, None),
        ("--1", Parting.NONE, None),
        ("*", Parting.NONE, None),
    ],
)
def test_a_count_is_whole_or_nothing(cell: str, parting: Parting, number: int | None) -> None:
    assert read_count(cell, parting) == number


@given(st.integers(0, 99_999_999), st.sampled_from([".", ",", " "]))
def test_thousands_parted_one_way_read_as_the_number(number: int, sign: str) -> None:
    column = [f"{number:,}".replace(",", sign), f"{1_234_567:,}".replace(",", sign)]
    assert read_count(column[0], parting_of(column)) == number


# Employers


def test_a_cvr_number_may_have_blanks_and_the_letters_of_the_country() -> None:
    reader = ColumnReader(Target.CVR)
    assert {reader.read(cell).value for cell in ("10000009", " 10 00 00 09 ", "DK10000009", "DK-10000009")} == {
        "10000009"
    }


def test_a_zero_is_put_back_only_where_excel_dropped_it_and_the_check_digit_holds() -> None:
    lost = next(text for number in range(1_000_000, 1_000_100) if is_cvr("0" + (text := str(number))))
    reader = ColumnReader(Target.CVR)
    mended = reader.read(StoredNumber(lost))
    assert (mended.value, mended.note) == (
        f"0{lost}",
        "A zero that Excel dropped from the front of CVR numbers is put back.",
    )
    assert "no CVR number" in reader.read(lost).reason
    assert "no CVR number" in reader.read(StoredNumber(str(int(lost) + 1))).reason


@pytest.mark.parametrize("cell", ["ja", "Ja", "1", "x", "X", "true", "yes", StoredNumber("1")])
def test_yes_is_said_in_many_ways(cell: str) -> None:
    assert ColumnReader(Target.SOLE_PROPRIETOR).read(cell).value is True


@pytest.mark.parametrize("cell", ["nej", "0", "", "false", "-", StoredNumber("0")])
def test_so_is_no(cell: str) -> None:
    assert ColumnReader(Target.ADVERTISING_PROTECTED).read(cell).value is False


# Codes


@pytest.mark.parametrize(
    ("target", "cell", "code"),
    [
        (Target.MUNICIPALITY, "851", "851"),
        (Target.MUNICIPALITY, "0851", "851"),
        (Target.MUNICIPALITY, "851 Aalborg", "851"),
        (Target.MUNICIPALITY, "aalborg kommune", "851"),
        (Target.MUNICIPALITY, "Københavns Kommune", "101"),
        (Target.MUNICIPALITY, "Århus", "751"),
        (Target.MUNICIPALITY, "Bornholms Regionskommune", "400"),
        (Target.MUNICIPALITY, "Copenhagen", "101"),
        (Target.MUNICIPALITY, StoredNumber("851"), "851"),
        (Target.BRANCH, "47.11", "47.11"),
        (Target.BRANCH, "4711", "47.11"),
        (Target.BRANCH, "471", "47.1"),
        (Target.BRANCH, "47", "47"),
        (Target.BRANCH, "G", "G"),
        (Target.BRANCH, "471100", "47.11"),
        (Target.BRANCH, "47.11.00", "47.11"),
        (Target.BRANCH, "47.1100 Supermarkeder", "47.11"),
        (Target.BRANCH, "0111", "01.11"),
        (Target.BRANCH, StoredNumber("11100"), "01.11"),
        (Target.BRANCH, StoredNumber("471100"), "47.11"),
        (Target.BRANCH, StoredNumber("1.11"), "01.11"),
        (Target.OCCUPATION, "5223", "5223"),
        (Target.OCCUPATION, "522310", "5223"),
        (Target.OCCUPATION, "5223 - Salgsassistent", "5223"),
        (Target.OCCUPATION, "52", "52"),
        (Target.OCCUPATION, StoredNumber("110"), "0110"),
        (Target.BENEFIT_GROUP, "cash_benefit", "cash_benefit"),
        (Target.BENEFIT_GROUP, "A-dagpenge", "unemployment_benefit"),
        (Target.BENEFIT_GROUP, "JOBAFKLARINGSFORLØB", "job_clarification"),
        (Target.PROGRAMME, "Løntilskud, privat arbejdsgiver", "wage_subsidy_private"),
    ],
)
def test_a_code_is_known_however_it_is_written(target: Target, cell: str, code: str) -> None:
    assert (read_code(target, cell).code, read_code(target, cell).reason) == (code, "")


@pytest.mark.parametrize(
    ("target", "cell"),
    [
        (Target.MUNICIPALITY, "000"),
        (Target.MUNICIPALITY, "08510"),
        (Target.BRANCH, "4.711"),
        (Target.BRANCH, "47.1.1"),
        (Target.BRANCH, "47110"),
        (Target.BRANCH, StoredNumber("4.711")),
        (Target.OCCUPATION, "52.23"),
        (Target.OCCUPATION, "52231"),
        (Target.BENEFIT_GROUP, "all"),
    ],
)
def test_what_is_no_code_is_refused(target: Target, cell: str) -> None:
    assert "is not in the table" in read_code(target, cell).reason


def test_a_code_whose_zeros_excel_dropped_is_refused_where_it_may_be_two() -> None:
    read = read_code(Target.BRANCH, StoredNumber("811"))
    assert read.reason == "Excel stored this code as the number 811, which may be 81.1 / 08.11; write codes as text."


@pytest.mark.parametrize(("target", "table"), [(Target.BRANCH, "branches"), (Target.OCCUPATION, "occupations")])
def test_every_code_of_the_lists_is_read_as_itself(target: Target, table: str) -> None:
    codes = [row["code"] for row in code_list_rows(table)]
    assert [code for code in codes if read_code(target, code).code != code] == []
    assert [code for code in codes if read_code(target, code.replace(".", "")).code != code] == []


def test_a_number_excel_stored_never_becomes_another_code_in_silence() -> None:
    for target, table in ((Target.BRANCH, "branches"), (Target.OCCUPATION, "occupations")):
        for code in (row["code"] for row in code_list_rows(table) if row["code"][0].isdigit()):
            for stored in {str(int(code.replace(".", ""))), repr(float(code)) if "." in code else str(int(code))}:
                read = read_code(target, StoredNumber(stored))
                assert read.code in {code, ""}, (code, stored)


def test_every_municipality_is_known_by_its_names() -> None:
    for row in code_list_rows("areas"):
        if row["kind"] == "municipality":
            names = (row["name_da"], row["name_en"], f"{row['name_da']} Kommune", f"{row['code']} {row['name_da']}")
            assert {read_code(Target.MUNICIPALITY, name).code for name in names} == {row["code"]}


# Names of columns


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("CVR-nr.", Target.CVR),
        ("Virksomhedens CVR-nummer", Target.CVR),
        ("Virksomhedsnavn", Target.NAME),
        ("Arbejdsstedskommune", Target.MUNICIPALITY),
        ("Branchekode (DB25)", Target.BRANCH),
        ("DB25", Target.BRANCH),
        ("DISCO-08", Target.OCCUPATION),
        ("Ydelsesgruppe", Target.BENEFIT_GROUP),
        ("Tilbudstype", Target.PROGRAMME),
        ("Påbegyndte forløb", Target.STARTED),
        ("Antal gennemførte forløb", Target.COMPLETED),
        ("Ansat i samme virksomhed", Target.JOB_SAME_EMPLOYER),
        ("Job hos samme arbejdsgiver", Target.JOB_SAME_EMPLOYER),
        ("Anden virksomhed, samme branche", Target.JOB_SAME_BRANCH),
        ("Anden virksomhed, anden branche", Target.JOB_OTHER_BRANCH),
        ("Job et andet sted", Target.JOB_ELSEWHERE),
        ("Reklamebeskyttet", Target.ADVERTISING_PROTECTED),
        ("job_other_branch", Target.JOB_OTHER_BRANCH),
        ("Advertising protected", Target.ADVERTISING_PROTECTED),
        ("Bemærkning", Target.NOTHING),
        ("", Target.NOTHING),
    ],
)
def test_a_column_is_known_by_its_name(name: str, target: Target) -> None:
    assert target_by_name(name) is target
