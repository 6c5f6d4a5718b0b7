"""What is read out of an answer of Jobindsats: each row once, digits kept, nothing added up, everything else told."""

from __future__ import annotations

import re

import pytest
from tests.builders.jobindsats_reading import HandMade, reasons, values
from tests.service.jobindsats_tables import GROUPS, SICK, Value

from jobcentre_desk.model.outcomes import State
from jobcentre_desk.sources.jobindsats_rows import decimal_of
from jobcentre_desk.sources.service_client import Digits

COUNT, SHARE = "x01.mgrpx01-1", "x01.mgrpx01-2"
PRACTICE = ".tilb-2ptv-1"
PLAIN = HandMade(columns=("Periode", "Område", "Antal aktiverede", "Andel aktiverede (pct.)"), hierarchies={})
TOTAL_ROW = ("2026M05", "Hele landet", "Tilbud i alt", 22681, 0.3)


def test_figures_stand_where_their_labels_say() -> None:
    read = HandMade().read(TOTAL_ROW, ("2026M05", "Aarhus", "Virksomhedspraktik i alt", 7212, 0.1))
    assert values(read) == {
        (COUNT, "000", "2026M05", "all"): "22681",
        (SHARE, "000", "2026M05", "all"): "0.3",
        (COUNT + PRACTICE, "751", "2026M05", "all"): "7212",
        (SHARE + PRACTICE, "751", "2026M05", "all"): "0.1",
    }
    names = {measure.id: (measure.name_da, measure.name_en, measure.unit) for measure in read.measures}
    assert names[COUNT + PRACTICE] == (
        "Antal aktiverede: Virksomhedspraktik i alt", "Antal aktiverede: Traineeships in all", "persons",
    )  # fmt: skip
    assert names[SHARE][2] == "percent"
    assert read.problems == ()


def test_each_figure_points_at_its_cell() -> None:
    read = HandMade().read(TOTAL_ROW, ("2026M05", "Aarhus", "Løntilskud", 10, 0.2))
    traced = [(figure.answer, figure.row, figure.column, figure.value) for figure in read.figures]
    assert traced == [
        (1, 1, "Antal aktiverede", "22681"),
        (1, 1, "Andel aktiverede (pct.)", "0.3"),
        (1, 2, "Antal aktiverede", "10"),
        (1, 2, "Andel aktiverede (pct.)", "0.2"),
    ]


def test_the_same_row_twice_is_merged() -> None:
    twin = ("2026M05", "Aarhus", "Virksomhedspraktik i alt", 7212, 0.1)
    read = HandMade().read(twin, twin)
    assert len(read.figures) == 2
    assert (read.problems, read.answers[0].rows) == ((), 2)


def test_rows_that_contradict_each_other_are_told_and_neither_is_used() -> None:
    read = HandMade().read(
        TOTAL_ROW, ("2026M05", "Hele landet", "Tilbud i alt", 22682, 0.3), ("2026M06", *TOTAL_ROW[1:])
    )
    assert values(read) == {
        (SHARE, "000", "2026M05", "all"): "0.3",
        (COUNT, "000", "2026M06", "all"): "22681",
        (SHARE, "000", "2026M06", "all"): "0.3",
    }
    (problem,) = read.problems
    assert (problem.file, problem.row, problem.column) == ("x01, answer 1", 2, "Antal aktiverede")
    assert "22681 (answer 1, row 1)" in problem.reason
    assert "22682" in problem.reason


def test_a_number_and_nothing_for_the_same_figure_is_a_contradiction() -> None:
    read = HandMade().read(TOTAL_ROW, (*TOTAL_ROW[:3], None, 0.3))
    assert list(values(read)) == [(SHARE, "000", "2026M05", "all")]
    assert len(read.problems) == 1


def test_parts_that_do_not_add_up_to_the_total_stay_as_published() -> None:
    total, practice, subsidy = 6117, 4675, 1460
    read = HandMade().read(
        ("2026M05", "Hele landet", "Tilbud i alt", total, 0.1),
        ("2026M05", "Hele landet", "Virksomhedspraktik i alt", practice, 0.1),
        ("2026M05", "Hele landet", "Løntilskud", subsidy, 0.0),
    )
    counts = [value for (measure, *_), value in values(read).items() if measure.startswith(COUNT)]
    assert counts == ["6117", "4675", "1460"]
    assert read.problems == ()


def test_a_rounded_share_of_nought_stands_beside_its_persons() -> None:
    read = PLAIN.read(("2026M05", "Hele landet", 34, 0.0))
    assert list(values(read).values()) == ["34", "0.0"]


def test_a_null_that_could_be_worked_out_stays_hidden() -> None:
    read = HandMade().read(
        ("2026M05", "Læsø", "Tilbud i alt", 34, 0.1),
        ("2026M05", "Læsø", "Virksomhedspraktik i alt", 33, 0.1),
        ("2026M05", "Læsø", "Løntilskud", None, None),
    )
    hidden = [figure for figure in read.figures if figure.value is None]
    assert [figure.state for figure in hidden] == [State.HIDDEN, State.HIDDEN]
    assert all(figure.numerator is None and figure.denominator is None for figure in read.figures)
    assert {figure.state for figure in read.figures if figure.value is not None} == {State.KNOWN}
    assert all("hidden (under 3) or missing" in measure.why_it_may_differ_en for measure in read.measures)
    assert all("færre end 3" in measure.why_it_may_differ_da for measure in read.measures)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Digits("22681"), "22681"), (Digits("0.30"), "0.30"), (Digits("-0.05"), "-0.05"), (Digits("1.5E-2"), "0.015"),
        (Digits("1e5"), "100000"), ("9,08", "9.08"), ("-0,20", "-0.20"), ("43070", "43070"),
        ("1.234", None), ("1.234,5", None), ("", None), ("..", None), ("−5", None), (Digits("1e400"), None),
        (Digits("1e-400"), None), (Digits("9" * 100), None), ("12 ", None),
    ],
)  # fmt: skip
def test_digits_are_kept_and_doubtful_numbers_refused(cell: str, value: str | None) -> None:
    assert decimal_of(cell) == value


def test_danish_commas_become_points() -> None:
    assert list(values(PLAIN.read(("2026M05", "Aarhus", "43070", "9,08"))).values()) == ["43070", "9.08"]


def test_a_cell_that_is_no_number_is_told_and_its_row_otherwise_read() -> None:
    read = PLAIN.read(("2026M05", "Aarhus", "1.234", 9.1), ("2026M05", "Odense", 5, 9.1))
    assert len(read.figures) == 3
    assert (read.problems[0].row, read.problems[0].column) == (1, "Antal aktiverede")
    assert reasons(read) == ["“1.234” cannot be read as a number."]


def test_an_unknown_column_is_told_in_one_sentence_and_the_rest_is_read() -> None:
    odd = HandMade(columns=(*HandMade().columns, "Antal drømme"))
    read = odd.read((*TOTAL_ROW, 7))
    assert len(read.figures) == 2
    assert reasons(read) == ["“Antal drømme” is a column that is not known here, so it was not used."]


def test_an_unknown_dimension_never_makes_figures_overwrite_each_other() -> None:
    odd = HandMade(columns=("Periode", "Område", "Tilbud", "Alder", *HandMade().measures))
    young, old = (*TOTAL_ROW[:3], "16-24", 10, 0.3), (*TOTAL_ROW[:3], "25-66", 20, 0.3)
    read = odd.read(young, old)
    assert list(values(read)) == [(SHARE, "000", "2026M05", "all")]
    assert len(read.problems) == 2


def test_labels_are_cleaned_before_they_are_shown() -> None:
    odd = HandMade(columns=(*HandMade().columns, "Antal\u202e\x00 dr\x1bømme"))
    read = odd.read((*TOTAL_ROW, 7), ("2026M05", "Ud\u0000landet", "Tilbud i alt", 3, 0.1, 7))
    assert reasons(read) == [
        "“Antal dr ømme” is a column that is not known here, so it was not used.",
        "“Ud landet” is no area that is known here.",
    ]


def test_a_new_level_is_told_in_one_sentence_and_the_rest_is_read() -> None:
    rows = [("2026M05", "Hele landet", "Drømmetilbud", 5, 0.1), ("2026M06", "Hele landet", "Drømmetilbud", 6, 0.1)]
    read = HandMade().read(TOTAL_ROW, *rows)
    assert len(read.figures) == 2
    assert reasons(read) == ["“Drømmetilbud” is a level that the table did not announce; its figures were left out."]
    assert (read.problems[0].row, read.problems[0].column) == (2, "Tilbud")


def test_a_changed_label_of_a_measure_is_told_in_one_sentence_and_the_rest_is_read() -> None:
    changed = HandMade(columns=("Periode", "Område", "Tilbud", "Antal personer i tilbud", "Andel aktiverede (pct.)"))
    read = changed.read(TOTAL_ROW)
    assert list(values(read)) == [(SHARE, "000", "2026M05", "all")]
    assert reasons(read) == [
        "“Antal personer i tilbud” stands where “Antal aktiverede” was expected; its figures were not used."
    ]


def test_a_label_changed_everywhere_is_told_by_the_name_it_had() -> None:
    before = HandMade().read(TOTAL_ROW)
    renamed = HandMade(
        columns=("Periode", "Område", "Tilbud", "Personer i tilbud", "Andel aktiverede (pct.)"),
        measures=("Personer i tilbud", "Andel aktiverede (pct.)"),
    )
    read = renamed.read(TOTAL_ROW, former=before.measures)
    assert len(read.figures) == 2
    assert reasons(read) == [
        "“Antal aktiverede” is now called “Personer i tilbud”; check that it still means the same."
    ]


def test_a_measure_that_is_gone_is_told_and_its_figures_are_not_covered() -> None:
    before = HandMade().read(TOTAL_ROW)
    fewer = HandMade(columns=HandMade().columns[:4], measures=("Antal aktiverede",))
    read = fewer.read(TOTAL_ROW[:4], former=before.measures)
    assert reasons(read) == ["“Andel aktiverede (pct.)” is no longer in the table; the figures loaded earlier stay."]
    assert set(read.covered) == {COUNT}


def test_an_area_that_is_not_known_is_told_once() -> None:
    read = PLAIN.read(("2026M05", "Udlandet", 3, 0.1), ("2026M06", "Udlandet", 3, 0.1), ("2026M05", "Aarhus", 3, 0.1))
    assert len(read.figures) == 2
    assert reasons(read) == ["“Udlandet” is no area that is known here."]


def test_regions_are_known_with_and_without_the_word() -> None:
    read = PLAIN.read(("2026M05", "Region Midtjylland", 3, 0.1), ("2026M05", "Hovedstaden", 3, 0.1))
    assert {figure.area for figure in read.figures} == {"082", "084"}


def test_a_period_that_was_not_asked_for_is_left_out() -> None:
    read = PLAIN.read(("2026M04", "Aarhus", 3, 0.1), ("2026M05", "Aarhus", 3, 0.1), ("I alt", "Aarhus", 3, 0.1))
    assert {figure.period for figure in read.figures} == {"2026M05"}
    assert len(read.problems) == 2


def test_rows_of_another_length_or_with_other_cells_are_left_out() -> None:
    read = PLAIN.read(("2026M05", "Aarhus", 3), ("2026M05", "Aarhus", [3], 0.1), ("2026M05", "Odense", True, 0.1))
    assert (read.figures, read.problems[0].row) == ((), 1)
    assert len(read.problems) == 1


def test_benefit_groups_get_the_codes_of_our_list() -> None:
    groups = {"_ygrpmm12": (*GROUPS, SICK, Value("/4/", "Kontanthjælp"), Value("/5/", "Fleksjob og ø"))}
    table = HandMade(columns=("Periode", "Område", "Ydelsesgrupper", *HandMade().measures), hierarchies=groups)
    names = [group.name for group in groups["_ygrpmm12"]]
    read = table.read(*(("2026M05", "Aarhus", name, number, 0.1) for number, name in enumerate(names, 3)))
    assert [figure.group for figure in read.figures if figure.measure == COUNT] == [
        "all", "unemployment_benefit", "cash_benefit", "sickness_benefit", "kontanthjaelp", "fleksjob-og-oe",
    ]  # fmt: skip
    assert ("cash_benefit", "Kontanthjælp mv.", "Cash benefit") in read.benefit_groups
    assert ("fleksjob-og-oe", "Fleksjob og ø", "Fleksjob og ø") in read.benefit_groups


def test_funds_are_areas_of_the_country() -> None:
    funds = {"_akassedp": (Value("/", "A-kasse i alt"), Value("/7/", "FOAs A-kasse"))}
    table = HandMade(columns=("Periode", "Område", "A-kasse", *HandMade().measures), hierarchies=funds)
    read = table.read(
        ("2026M05", "Hele landet", "A-kasse i alt", 9, 0.1), ("2026M05", "Hele landet", "FOAs A-kasse", 5, 0.1)
    )
    assert {figure.area for figure in read.figures} == {"000", "fund-7"}
    assert [(area.code, area.name_da, area.parent) for area in read.areas] == [("fund-7", "FOAs A-kasse", "000")]


def test_a_measure_that_nobody_described_is_defined_as_published() -> None:
    measure = PLAIN.read(("2026M05", "Aarhus", 3, 0.1)).measures[0]
    assert measure.sentence_en == "As published by Jobindsats, table x01, Aktiverede: “Antal aktiverede”."
    assert (measure.author, measure.source) == ("STAR, Jobindsats.dk", "Jobindsats.dk (STAR), x01: Aktiverede")


def test_no_more_problems_are_listed_than_a_person_reads() -> None:
    rows = [("2026M05", f"Ukendt {number}", 3, 0.1) for number in range(300)]
    assert len(PLAIN.read(*rows).problems) == 101


def test_only_the_measures_asked_for_are_read() -> None:
    from dataclasses import replace

    from tests.builders.jobindsats_reading import read

    with PLAIN.serving(("2026M05", "Aarhus", 3, 0.1)) as service:
        figures = read(service, replace(PLAIN.query, measures=("mgrpx01_2",)))
    assert list(values(figures)) == [(SHARE, "751", "2026M05", "all")]
    assert figures.problems == ()


def test_without_announced_measures_columns_of_numbers_are_read() -> None:
    bare = HandMade(columns=PLAIN.columns, measures=(), hierarchies={})
    read = bare.read(("2026M05", "Aarhus", 3, 0.1))
    assert {measure.id for measure in read.measures} == {"x01.antal-aktiverede", "x01.andel-aktiverede-pct"}


def test_a_column_whose_levels_are_all_new_is_still_known_by_its_place() -> None:
    read = HandMade().read(("2026M05", "Aarhus", "Helt nyt", 3, 0.1))
    assert read.figures == ()
    assert reasons(read) == ["“Helt nyt” is a level that the table did not announce; its figures were left out."]


def test_a_column_of_areas_is_found_under_another_label() -> None:
    odd = HandMade(columns=("Periode", "Geografi", "Tilbud", *HandMade().measures))
    assert len(odd.read(TOTAL_ROW).figures) == 2


def test_an_answer_without_periods_is_not_used() -> None:
    odd = HandMade(columns=("Tid", "Område", "Tilbud", *HandMade().measures))
    read = odd.read(TOTAL_ROW)
    assert read.figures == ()
    assert read.kept_tables == {"x01"}
    assert reasons(read) == ["The answer has no column of periods or of areas."]


def test_groups_of_measures_have_an_id_for_each_of_their_parts() -> None:
    parts = ("Sanktioner: Karantæne", "Sanktioner: Andre")
    table = HandMade(columns=("Periode", "Område", *parts), measures=("Sanktioner",), hierarchies={})
    read = table.read(("2026M05", "Aarhus", 3, 4))
    assert [measure.id for measure in read.measures] == ["x01.mgrpx01-1-karantaene", "x01.mgrpx01-1-andre"]


def test_long_ids_are_shortened_and_stay_different() -> None:
    deep = [Value("/" + "/".join(f"trin{n}" for n in range(9)) + f"/{end}/", f"Niveau {end}") for end in "ab"]
    wide = {f"_en_meget_lang_dimension_{n}": (Value("/", "I alt"), *deep) for n in range(3)}
    table = HandMade(columns=("Periode", "Område", "A", "B", "C", *HandMade().measures), hierarchies=wide)
    read = table.read(*(("2026M05", "Aarhus", f"Niveau {end}", "Niveau a", "Niveau a", 3, 0.1) for end in "ab"))
    names = {measure.id for measure in read.measures}
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", name) for name in names)
    assert len(names) == 2 * len(HandMade().measures)


def test_every_id_and_code_keeps_to_the_format() -> None:
    funds = {"_akassedp": (Value("/", "I alt"), Value("/Å 7/ø/", "FOA"))}
    table = HandMade(columns=("Periode", "Område", "A-kasse", *HandMade().measures), hierarchies=funds)
    read = table.read(("2026M05", "Hele landet", "FOA", 9, 0.1))
    assert [area.code for area in read.areas] == ["fund-aa-7-oe"]
