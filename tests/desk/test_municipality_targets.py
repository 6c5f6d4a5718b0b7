"""What peers reach in a measure, and the gap to it in persons."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jobcentre_desk.desk.expected import ExpectedRow
from jobcentre_desk.desk.municipality_places import place_of
from jobcentre_desk.desk.municipality_targets import persons_to, target_of
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.municipalities import Target
from jobcentre_desk.model.outcomes import State

AREAS = {code: Area(code, AreaKind.MUNICIPALITY, f"By {code}", f"Town {code}") for code in map(str, range(100, 130))}
NO_ROW = ExpectedRow()


def measure(measure_id: str = "m.x", polarity: Polarity = Polarity.HIGH_IS_GOOD, unit: str = "percent") -> Measure:
    texts = dict.fromkeys([n for n in Measure.__dataclass_fields__ if n not in ("id", "polarity", "unit")], "")
    return Measure(id=measure_id, polarity=polarity, unit=unit, **texts)


def figure(code: str, value: str | None, counts: tuple[int, int] | None = None) -> Figure:
    return Figure(
        measure="m.x", area=code, period="2025Y01", group="", value=value,
        numerator=counts[0] if counts else None, denominator=counts[1] if counts else None,
        state=State.KNOWN, source="star", release=1,
    )  # fmt: skip


def counted(counts: dict[str, tuple[int, int]]) -> dict[str, Figure]:
    return {code: figure(code, f"{100 * x / n:.2f}", (x, n)) for code, (x, n) in counts.items()}


def target(values: dict[str, Figure], chosen: Measure | None = None, row: ExpectedRow = NO_ROW) -> Target | None:
    peers = [code for code in values if code != "100"]
    return target_of(chosen or measure(), values, AREAS, own="100", peers=peers, row=row)


def test_with_counts_the_target_is_the_achievable_benchmark_of_the_peers() -> None:
    found = target(counted({"100": (40, 100), "101": (60, 100), "102": (100, 200), "103": (2, 2), "104": (90, 300)}))
    assert found is not None
    # (x+1)/(n+2): 103 has 0.75, 101 0.598; together they cover 102 of 602 cases, the first tenth.
    assert found.value == f"{100 * 62 / 102:.2f}"
    assert found.reached_by == ("Town 103", "Town 101")
    assert found.modest == "55.00"
    assert (found.persons, found.modest_persons) == (21, 15)


def test_where_low_is_wanted_the_benchmark_is_a_low_share() -> None:
    values = counted({"100": (40, 100), "101": (60, 100), "102": (20, 100), "103": (50, 100)})
    found = target(values, measure(polarity=Polarity.LOW_IS_GOOD))
    assert found is not None
    assert (found.value, found.reached_by, found.persons) == ("20.00", ("Town 102",), 20)


def test_without_counts_the_target_is_the_quartile_on_the_wanted_side() -> None:
    values = {code: figure(code, value) for code, value in zip(AREAS, ("3.00", "1.00", "2.00", "3.00"), strict=False)}
    values["104"], values["105"] = figure("104", "4.00"), figure("105", "5.00")
    low = target(values, measure(polarity=Polarity.LOW_IS_GOOD))
    high = target(values)
    assert low is not None
    assert high is not None
    assert (low.value, high.value, low.modest) == ("2.00", "4.00", "3.00")
    assert low.persons is None
    assert "A quarter of the peers reach 2.00" in low.sentence


def test_the_gap_of_y30r21_is_told_in_the_published_persons_rounded_to_ten() -> None:
    difference = measure("y30r21.difference", Polarity.LOW_IS_GOOD, "percentage points")
    row = ExpectedRow(expected_share=Decimal("10.00"), expected_persons=3000)
    own = figure("100", "0.20")
    assert persons_to(difference, own, row, level=Decimal("0.05")) == 50
    assert persons_to(difference, own, row, level=Decimal("0.30")) == 0
    assert persons_to(difference, own, NO_ROW, level=Decimal("0.05")) is None


@pytest.mark.parametrize(
    "chosen",
    [
        measure(polarity=Polarity.NO_JUDGEMENT),
        measure(unit="persons"),
        measure("y30r21.expected_share", Polarity.LOW_IS_GOOD),
    ],
    ids=["no judgement", "persons", "expected share"],
)
def test_there_is_no_target_without_judgement_for_persons_or_for_the_expected(chosen: Measure) -> None:
    assert target(counted({"100": (1, 4), "101": (2, 4), "102": (3, 4)}), chosen) is None


def test_who_has_reached_the_level_hears_it_and_has_no_gap() -> None:
    found = target(counted({"100": (99, 100), "101": (60, 100), "102": (50, 100)}))
    assert found is not None
    assert found.persons == 0
    assert found.sentence.endswith("That level is reached already.")


def test_places_count_from_the_wanted_end_and_hold_the_order_of_sure_shares() -> None:
    values = counted({code: (300 + 40 * i, 2000) for i, code in enumerate(list(AREAS)[:20])})
    last = list(AREAS)[19]
    high = place_of(values, AREAS, last, polarity=Polarity.HIGH_IS_GOOD)
    low = place_of(values, AREAS, last, polarity=Polarity.LOW_IS_GOOD)
    assert high is not None
    assert low is not None
    assert high[0] == 1
    assert low[1] == 20
    assert place_of(values, AREAS, "129", polarity=None) is None
    assert place_of({c: figure(c, "1.0") for c in AREAS}, AREAS, last, polarity=None) is None
