"""The map of municipalities as tiles: classes with cuts that are published values, blanks told apart, marks."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.desk.tile_letters import tile_letters
from jobcentre_desk.desk.tile_map import Cuts, tile_map
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.comparison_charts import TileMap
from jobcentre_desk.model.measures import Figure, Polarity
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.paths import shipped

AREAS = {
    f"{number:03d}": Area(f"{number:03d}", AreaKind.MUNICIPALITY, f"By{number}", f"Town{number}", "", "", number, 1)
    for number in range(1, 13)
}


def figure(code: str, value: str | None, state: State = State.KNOWN) -> Figure:
    return Figure(
        measure="m.x", area=code, period="2025Y01", group="", value=value, numerator=None, denominator=None,
        state=state, source="star", release=1,
    )  # fmt: skip


def made(values: dict[str, Figure], polarity: Polarity = Polarity.LOW_IS_GOOD) -> TileMap:
    return tile_map(
        values, AREAS, own="001", peers=("002", "003"), title="T", unit="percentage points", polarity=polarity
    )


def test_differences_are_classed_by_how_far_they_lie_from_zero_on_either_side() -> None:
    digits = ["-0.50", "-0.30", "-0.10", "-0.01", "0.00", "0.01", "0.10", "0.30", "0.50", "0.02"]
    drawn = made({code: figure(code, value) for code, value in zip(AREAS, digits, strict=False)})
    steps = {tile.text: tile.step for tile in drawn.tiles if tile.step is not None}
    assert steps["−0.50"] == -2
    assert steps["+0.50"] == 2
    assert steps["0.00"] == steps["+0.01"] == steps["−0.01"] == 0
    assert drawn.wanted == -1
    assert "Cuts 0.10 and 0.50 percentage points to either side of 0." in drawn.sentence
    assert drawn.classes[0] == "−0.50 and lower"


def test_a_blank_tile_says_which_of_the_blanks_it_is_and_has_no_class() -> None:
    drawn = made({"001": figure("001", "1.0"), "002": figure("002", None, State.HIDDEN)})
    states = {tile.code: (tile.state, tile.step) for tile in drawn.tiles}
    assert states["002"] == (State.HIDDEN, None)
    assert states["003"] == (State.NOT_REPORTED, None)
    assert "1 of 12 have a figure." in drawn.sentence
    rows = {row[0]: row[1:] for row in drawn.table.rows}
    assert rows["Town2"] == ("hidden", "", "peer")
    assert rows["Town1"][2] == "own"


def test_a_measure_without_judgement_wants_neither_end() -> None:
    assert made({"001": figure("001", "1.0")}, Polarity.NO_JUDGEMENT).wanted == 0


def test_large_numbers_stand_in_thousands_and_the_sentence_says_so() -> None:
    drawn = made({code: figure(code, str(50_000 * number)) for number, code in enumerate(AREAS, 1)})
    assert "The tiles show thousands." in drawn.sentence
    assert next(tile.text for tile in drawn.tiles if tile.code == "012") == "600"


def test_a_map_of_nothing_says_so() -> None:
    drawn = made({})
    assert drawn.sentence == "No municipality has a figure in the period."
    assert all(tile.step is None for tile in drawn.tiles)


@given(st.lists(st.decimals(-5, 5, places=2), min_size=1, max_size=98))
def test_every_value_has_one_class_and_larger_values_no_lower_one(values: list[Decimal]) -> None:
    cuts = Cuts.of(values)
    steps = [cuts.step(value) for value in sorted(values)]
    assert steps == sorted(steps)
    assert all(-2 <= step <= 2 for step in steps)
    assert all(cuts.names()[step + 2] for step in steps) or len(set(values)) == 1 or 0 in cuts.at


def test_the_98_have_letters_of_their_own_of_at_most_four() -> None:
    with (shipped("data") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        areas = [Area(r["code"], AreaKind.MUNICIPALITY, r["name_da"], r["name_en"]) for r in csv.DictReader(file)]
    letters = tile_letters(areas)
    assert len(set(letters.values())) == 98
    assert max(map(len, letters.values())) <= 4
    assert (letters["730"], letters["707"], letters["430"]) == ("Rand", "NDju", "FaMi")


def test_names_alike_get_letters_apart() -> None:
    alike = [Area(str(n), AreaKind.MUNICIPALITY, "Testby", "Testby") for n in range(5)]
    assert len(set(tile_letters(alike).values())) == 5


@pytest.mark.parametrize("values", [["1"], ["1", "1", "1"], ["0", "0"], ["-1", "0", "1"]])
def test_few_or_equal_values_still_have_a_class(values: list[str]) -> None:
    cuts = Cuts.of([Decimal(value) for value in values])
    assert all(-2 <= cuts.step(Decimal(value)) <= 2 for value in values)
