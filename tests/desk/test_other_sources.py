"""Where two sources publish the same, the first in order is shown whole and the other is named beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome
from tests.builders.two_publishers import FIRST, MUNICIPALITIES, NEWER, OLDER, SECOND, tables, two_publishers
from tests.builders.y30r21 import publish_y30r21

from jobcentre_desk.cache.figures import figures_of, others_of
from jobcentre_desk.cache.revisions import LoadedBreak
from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.cli.json_forms import municipality_form
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import measure_definitions, measure_sources
from jobcentre_desk.desk.municipality import compare_municipality
from jobcentre_desk.desk.municipality_figures import periods_of
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.desk.other_sources import breaks_of, of_group, source_lines
from jobcentre_desk.desk.source_list import remove_source
from jobcentre_desk.desk.source_order import move_source, ordered
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import ExpectedAndActual
from jobcentre_desk.model.publication import Access
from jobcentre_desk.paths import Home

Opened = Callable[[Sequence[str]], Figures]


@pytest.fixture
def home(home: Home, tmp_path: Path) -> Home:
    two_publishers(home, tmp_path)
    return home


@pytest.fixture
def opened(home: Home) -> Iterator[Opened]:
    """The figures of the newest snapshot in an order of sources."""
    with ExitStack() as stack:

        def make(order: Sequence[str]) -> Figures:
            snapshot = open_newest(home)
            assert snapshot is not None
            stack.callback(snapshot.close)
            return Figures.open(snapshot, order=order)

        yield make


def test_the_first_source_in_order_is_shown_and_the_other_named_beside_it(opened: Opened) -> None:
    form = municipality_form(compare_municipality(opened((FIRST, SECOND)), "730"))
    assert (form["expected"]["source"], form["expected"]["actual"], form["period"]) == (FIRST, 10.08, OLDER)
    assert form["expected"]["others"] == [
        {
            "source": SECOND,
            "expected": 10.1,
            "actual": 10.28,
            "difference": 0.18,
            "period": OLDER,
            "newest": NEWER,
            "demonstration": False,
        }
    ]
    shares = {measure["id"]: measure for measure in form["measures"]}["y30r21.actual_share"]
    assert (shares["source"], shares["value"], shares["period"]) == (FIRST, 10.08, OLDER)
    assert shares["others"] == [
        {"source": SECOND, "value": 10.28, "period": OLDER, "newest": NEWER, "demonstration": False}
    ]


def test_another_order_shows_the_other_source_with_its_own_newest_period(opened: Opened) -> None:
    figures = opened((SECOND, FIRST))
    form = municipality_form(compare_municipality(figures, "730"))
    assert (form["expected"]["source"], form["expected"]["actual"], form["period"]) == (SECOND, 9.7, NEWER)
    assert [(other["source"], other["actual"], other["period"]) for other in form["expected"]["others"]] == [
        (FIRST, 10.08, OLDER)
    ]
    assert [period for period, _words in periods_of(figures)] == [NEWER, OLDER]


def test_a_line_never_mixes_two_sources(opened: Opened) -> None:
    for order in ((FIRST, SECOND), (SECOND, FIRST)):
        figures = opened(order)
        shown = figures_of(figures.snapshot, "y30r21.actual_share", order=order)
        beside = others_of(figures.snapshot, "y30r21.actual_share", order=order)
        assert ({figure.source for figure in shown}, {figure.source for figure in beside}) == ({order[0]}, {order[1]})


def test_the_page_names_its_source_and_says_what_the_other_publishes(opened: Opened) -> None:
    page = municipality_page(opened((FIRST, SECOND)), "730")
    assert page.origin.publisher_name == f"The {FIRST}"
    space = "\N{NO-BREAK SPACE}"
    also = (
        f"Also published by {SECOND}: 10.28{space}%, expected 10.10{space}% (the year to the end of Q4{space}2022)."
        f" Its newest figures: the year to the end of Q2{space}2023."
    )
    assert page.source_lines == (f"These are the figures of {FIRST}.", also)
    turned = municipality_page(opened((SECOND, FIRST)), "730")
    assert turned.origin.publisher_name == f"The {SECOND}"
    assert "10.08" in turned.source_lines[1]
    assert len(turned.source_lines) == 2


def test_figures_of_one_source_alone_can_be_asked_for(opened: Opened) -> None:
    figures = opened((FIRST, SECOND))
    assert compare_municipality(figures, "730", source=SECOND).expected.actual == "9.70"
    with pytest.raises(InputRefused) as refused:
        compare_municipality(figures, "730", source="nobody")
    assert refused.value.error_id == "no_figures_from"
    assert FIRST in refused.value.hint


def test_a_measure_is_defined_in_the_words_of_the_source_that_is_shown(opened: Opened) -> None:
    for order, words in (((FIRST, SECOND), "As the ministry says."), ((SECOND, FIRST), "As collected.")):
        figures = opened(order)
        assert {measure.sentence_en for measure in measure_definitions(figures)} == {words}
        who = measure_sources(figures)["y30r21.actual_share"]
        assert (who.shown, who.others, [name for name, _measure in who.definitions]) == (order[0], order[1:], [*order])
        asked = measure_definitions(figures, "y30r21.difference", source=SECOND)
        assert [measure.sentence_en for measure in asked] == ["As collected."]
    with pytest.raises(InputRefused):
        measure_definitions(opened(()), source="nobody")


def test_moving_a_source_changes_what_is_shown_and_removing_it_brings_the_other_back(
    home: Home, opened: Opened
) -> None:
    synced = SyncedHome.at(home)
    assert move_source(synced.workspace, SECOND, 1) == [SECOND, FIRST]
    assert compare_municipality(opened(ordered(synced.workspace.sources())), "730").expected.actual == "9.70"
    remove_source(synced.workspace, SECOND)
    synced.sync(name=FIRST)
    left = compare_municipality(opened(ordered(synced.workspace.sources())), "730")
    assert (left.expected.source, left.expected.actual, left.expected.others) == (FIRST, "10.08", ())
    assert synced.rows(
        "SELECT count(*) FROM figures f JOIN sources s ON s.id = f.source WHERE s.name != 'ministry'"
    ) == [(0,)]
    with pytest.raises(InputRefused):
        move_source(synced.workspace, FIRST, 0)


def test_a_break_in_the_series_is_told_with_its_reason() -> None:
    told = LoadedBreak(source=FIRST, measure="m", period="2026Q01", sentence_da="Ny model.", sentence_en="A new model.")
    assert breaks_of((told,), ("m",), source=FIRST) == (("2026Q01", "A new model."),)
    assert breaks_of((told,), ("m",), source=SECOND) == ()
    shown = ExpectedAndActual(
        expected=None,
        actual=None,
        difference=None,
        official_rank=None,
        persons_difference=None,
        period="2026Q01",
        group="all",
        breaks=(("2026Q01", "A new model."),),
    )
    assert source_lines(shown) == ("Counted otherwise from Q1\N{NO-BREAK SPACE}2026: A new model.",)


def test_a_measure_that_is_not_parted_by_benefit_group_belongs_to_all_of_them_together() -> None:
    figure = Figure(
        measure="m", area="730", period="2026Q01", group="", value="1", numerator=None, denominator=None,
        state=State.KNOWN, source=FIRST, release=1,
    )  # fmt: skip
    assert of_group((figure,), "all") == (figure,)
    assert of_group((figure,), "cash_benefit") == ()


@pytest.fixture
def with_funds(home: Home, tmp_path: Path, opened: Opened) -> Figures:
    """A third source publishes y30r21 for a municipality, an unemployment fund and the whole country."""
    shares = tables({OLDER: ("9.00", "9.50", "0.50", "40")})
    areas = [*shares["areas"], "fund-12,fund,HK,HK,,,,,"]
    of_one = [line for line in shares["figures"] if ",707," in line]
    more = [line.replace(",707,", f",{area},") for line in of_one for area in ("fund-12", "000")]
    publisher = Publisher.new()
    publisher.write(
        tmp_path / "funds",
        tables=shares | {"areas": areas, "figures": [*shares["figures"], *more]},
        publisher="funds",
        outcomes_known_through=None,
        access=Access.PUBLIC,
        demonstration=False,
    )
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "funds", publisher.key, name="funds")
    assert synced.sync(name="funds").result == "new"
    return opened(("funds",))


def test_funds_and_the_country_are_no_peers_of_a_municipality(with_funds: Figures) -> None:
    comparison = compare_municipality(with_funds, "730")
    assert comparison.expected.source == "funds"
    assert {peer.code for peer in comparison.peers} <= set(MUNICIPALITIES)
    assert {standing.country for standing in comparison.measures} != {None}
    assert municipality_page(with_funds, "730").strips.rows[0].own == 0.5


@pytest.mark.published
def test_recorded_figures_stand_beside_those_collected_later(
    home: Home, shared_folder: Path, tmp_path: Path, opened: Opened
) -> None:
    published = publish_y30r21(shared_folder, tmp_path / "recorded")
    synced = SyncedHome.at(home)
    synced.add(published.folder, published.key_file.read_text(encoding="utf-8"), name="recorded")
    assert synced.sync(name="recorded").result == "new"
    move_source(synced.workspace, "recorded", 1)
    figures = opened(ordered(synced.workspace.sources()))
    comparison = compare_municipality(figures, "730")
    assert (comparison.expected.source, comparison.expected.actual, comparison.expected.official_rank) == (
        "recorded", "10.08", 57,
    )  # fmt: skip
    assert [other.source for other in comparison.expected.others] == [FIRST, SECOND]
    ranks = next(standing for standing in comparison.measures if standing.id == "y30r21.rank")
    assert (ranks.source, ranks.others) == ("recorded", ())
