"""A municipality beside its peers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from jobcentre_desk.desk.expected import median, persons_to_the_middle, read_expected
from jobcentre_desk.desk.municipality import compare, settle
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures, gather
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import MunicipalityComparison

Maker = Callable[..., MunicipalityFigures]


def compared(
    figures: MunicipalityFigures, code: str, *, period: str | None = None, group: str = "all", peers: str = "expected"
) -> MunicipalityComparison:
    return compare(figures, settle(figures, code, period=period, group=group, peers=peers))


def share(expected: str, difference: str = "0.10") -> dict[str, str | None]:
    actual = str(Decimal(expected) + Decimal(difference))
    return {"expected_share": expected, "actual_share": actual, "difference": difference}


@pytest.mark.published
def test_randers_has_its_published_figures_and_five_nearest_peers(recorded: MunicipalityFigures) -> None:
    comparison = compared(recorded, "730", period="2022QMAT04")
    assert (comparison.expected.expected, comparison.expected.actual) == ("10.05", "10.08")
    assert comparison.expected.official_rank == 57
    assert "official" in comparison.expected.official_note
    assert comparison.expected.difference == "0.03"
    names = [peer.name for peer in comparison.peers]
    assert names == ["Guldborgsund", "Ishøj", "Langeland", "Brøndby", "Svendborg"]
    assert [Decimal(peer.distance) for peer in comparison.peers] == sorted(
        Decimal(peer.distance) for peer in comparison.peers
    )


@pytest.mark.published
def test_the_latest_period_and_all_groups_stand_in_for_what_is_not_asked(recorded: MunicipalityFigures) -> None:
    comparison = compared(recorded, "707")
    assert (comparison.period, comparison.group, comparison.peers_by) == ("2022QMAT04", "all", "expected")
    assert comparison.expected.persons_difference == -30


@pytest.mark.published
def test_every_municipality_has_five_peers_of_every_kind_and_each_group(recorded: MunicipalityFigures) -> None:
    for code in recorded.areas:
        for peers in ("expected", "distance"):
            comparison = compared(recorded, code, group="cash_benefit", peers=peers)
            assert len(comparison.peers) == 5
            assert code not in [peer.code for peer in comparison.peers]


@pytest.mark.published
def test_peers_of_statistics_denmarks_group_lie_in_the_same_group(recorded: MunicipalityFigures) -> None:
    comparison = compared(recorded, "730", peers="statbank_group")
    groups = {recorded.areas[peer.code].peer_group for peer in comparison.peers}
    assert groups == {recorded.areas["730"].peer_group}


@pytest.mark.published
def test_the_leading_peer_has_the_lowest_actual_share(recorded: MunicipalityFigures) -> None:
    comparison = compared(recorded, "730")
    standings = {standing.id: standing for standing in comparison.measures}
    leading = standings["y30r21.actual_share"].leading
    assert leading is not None
    assert Decimal(leading[0]) == min(Decimal(peer.actual or 0) for peer in comparison.peers)
    assert standings["y30r21.expected_share"].leading is None
    assert standings["y30r21.rank"].leading is None


def test_peers_as_near_as_each_other_stand_in_the_order_of_their_codes(small: Maker) -> None:
    figures = small(
        ("101", "2022QMAT04", "all", share("10.00")),
        ("401", "2022QMAT04", "all", share("10.05")),
        ("201", "2022QMAT04", "all", share("9.95")),
        ("301", "2022QMAT04", "all", share("10.04")),
    )
    assert [peer.code for peer in compared(figures, "101").peers] == ["301", "201", "401"]


def test_a_peer_whose_share_is_hidden_is_no_peer(small: Maker) -> None:
    figures = small(
        ("101", "2022QMAT04", "all", share("10.00")),
        ("201", "2022QMAT04", "all", {"expected_share": None}),
        ("301", "2022QMAT04", "all", share("12.00")),
    )
    assert [peer.code for peer in compared(figures, "101").peers] == ["301"]


def test_a_municipality_without_an_expected_share_has_no_peers(small: Maker) -> None:
    figures = small(("101", "2022QMAT04", "all", {"actual_share": "9.00"}), ("201", "2022QMAT04", "all", share("9.00")))
    for peers in ("expected", "distance", "statbank_group"):
        comparison = compared(figures, "101", peers=peers)
        assert comparison.peers == ()
        assert comparison.expected.expected is None
        assert comparison.measures[0].peers_median is None


def test_values_stand_beside_the_median_of_the_peers_and_the_country(small: Maker) -> None:
    figures = small(
        ("101", "2022QMAT04", "all", share("10.00", "0.30")),
        ("201", "2022QMAT04", "all", share("10.01", "0.10")),
        ("301", "2022QMAT04", "all", share("10.02", "0.20")),
        country={"difference": "0.02"},
    )
    standing = next(s for s in compared(figures, "101").measures if s.id == "y30r21.difference")
    assert (standing.value, standing.peers_median, standing.country) == ("0.30", "0.15", "0.02")
    assert standing.leading == ("0.10", "201", "Town 201")
    assert standing.n is None


def test_blanks_say_whether_a_value_is_hidden_not_reported_or_not_loaded(small: Maker) -> None:
    figures = small(
        ("101", "2022QMAT04", "all", {"expected_share": "10.00", "difference": None}),
        ("201", "2022QMAT04", "all", {**share("10.01"), "rank": "1"}),
    )
    states = {standing.id: standing.state for standing in compared(figures, "101").measures}
    assert states["y30r21.difference"] is State.HIDDEN
    assert states["y30r21.rank"] is State.NOT_REPORTED
    assert states["y30r21.actual_persons"] is State.NOT_LOADED


def test_a_share_with_its_counts_has_an_interval_in_percent(small: Maker) -> None:
    figures = small(("101", "2022QMAT04", "all", share("10.00")))
    counted = Figure(
        measure="y30r21.actual_share", area="101", period="2022QMAT04", group="all", value="10.10", numerator=101,
        denominator=1000, state=State.KNOWN, source="star", release=1,
    )  # fmt: skip
    with_counts = MunicipalityFigures(
        figures.areas, figures.measures, {"y30r21.actual_share": (counted,)}, figures.expected
    )
    standing = compared(with_counts, "101").measures[0]
    assert standing.n == 1000
    assert standing.low == pytest.approx(8.38, abs=0.01)
    assert standing.high == pytest.approx(12.12, abs=0.01)


@pytest.mark.parametrize("code", ["999", "081", "Randers", ""])
def test_a_code_that_is_no_municipality_is_refused_with_the_next_step(small: Maker, code: str) -> None:
    figures = small(("101", "2022QMAT04", "all", share("10.00")))
    with pytest.raises(InputRefused) as refused:
        compared(figures, code)
    assert refused.value.error_id == "unknown_code"
    assert "730" in refused.value.hint


@pytest.mark.parametrize(
    ("asked", "error_id"),
    [
        ({"peers": "friends"}, "unknown_code"),
        ({"group": "everyone"}, "unknown_code"),
        ({"period": "2031QMAT04"}, "unknown_period"),
    ],
)
def test_other_unknown_choices_are_refused(small: Maker, asked: dict[str, str], error_id: str) -> None:
    figures = small(("101", "2022QMAT04", "all", share("10.00")))
    with pytest.raises(InputRefused) as refused:
        compared(figures, "101", **asked)
    assert refused.value.error_id == error_id


def test_without_any_figures_the_person_is_told_to_add_a_source(small: Maker) -> None:
    figures = small(("101", "2022QMAT04", "all", {}))
    with pytest.raises(InputRefused) as refused:
        compared(figures, "101")
    assert refused.value.error_id == "no_figures"


def test_a_monthly_measure_is_answered_with_expected_and_actual_of_the_latest_year(small: Maker) -> None:
    figures = small(("101", "2022QMAT04", "all", share("10.00")))
    monthly = Figure(
        measure="y01a02.persons", area="101", period="2026M06", group="all", value="12", numerator=None,
        denominator=None, state=State.KNOWN, source="star", release=1,
    )  # fmt: skip
    asked = MunicipalityFigures(figures.areas, {}, {"y01a02.persons": (monthly,)}, figures.expected)
    comparison = compared(asked, "101")
    assert comparison.period == "2026M06"
    assert comparison.measures[0].name == "y01a02.persons"
    assert comparison.expected.period == "2022QMAT04"


def test_the_gap_in_persons_is_rounded_to_ten(small: Maker) -> None:
    figures = small(("101", "2022QMAT04", "all", {**share("3.52", "0.12"), "expected_persons": "800"}))
    row = figures.expected.row("101", "2022QMAT04", "all")
    assert persons_to_the_middle(row, Decimal("-0.05")) == 40
    assert persons_to_the_middle(row, Decimal("0.12")) == 0
    assert persons_to_the_middle(row, Decimal("0.30")) == -40
    assert persons_to_the_middle(row, None) is None


def test_the_median_of_two_middle_values_is_their_mean_and_of_nothing_nothing() -> None:
    assert median([Decimal("0.1"), Decimal("0.4"), Decimal("0.2"), Decimal("0.3")]) == Decimal("0.25")
    assert median([]) is None


def test_periods_stand_in_the_order_of_time_and_other_tables_are_passed_over(small: Maker) -> None:
    figures = small(
        ("101", "2022QMAT02", "all", share("1.00")),
        ("101", "2021QMAT04", "all", share("1.00")),
        ("101", "unreadable", "all", share("1.00")),
    )
    assert figures.expected.periods == ("unreadable", "2021QMAT04", "2022QMAT02")
    assert figures.expected.last_periods("2030QMAT04") == ()
    assert read_expected([]).periods == ()
    other = replace(figures.values["y30r21.difference"][0], measure="y01a02.persons")
    assert read_expected([other]).rows == {}


def test_a_measure_of_other_periods_is_shown_in_its_own_latest_unless_a_period_is_asked_for(small: Maker) -> None:
    yearly = small(("101", "2022QMAT04", "all", share("10.00")))
    monthly = [
        Figure(
            measure="y25i01.unemployed", area="101", period=period, group="", value=value, numerator=None,
            denominator=None, state=State.KNOWN, source="jobindsats", release=1,
        )
        for period, value in (("2026M05", "311"), ("2026M06", "322"))
    ]  # fmt: skip
    figures = gather(yearly.areas, yearly.measures, monthly, wanted=["y25i01.unemployed"])
    figures = replace(figures, expected=yearly.expected)
    (latest,) = compared(figures, "101").measures
    assert (latest.period, latest.value, latest.source) == ("2026M06", "322", "jobindsats")
    (asked,) = compared(figures, "101", period="2026M05").measures
    assert (asked.period, asked.value) == ("2026M05", "311")
