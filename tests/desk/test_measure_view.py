"""A chosen measure of a municipality: its sentence, charts, facts, funds, and what may leave the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pictures.make_pictures import fill
from tests.service.jobindsats_service import KEY, JobindsatsService
from tests.service.statbank_service import StatBankService

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measure_choice import START, measure_offers, start_measure
from jobcentre_desk.desk.municipality import compare_municipality
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.desk.municipality_shown import shown_page
from jobcentre_desk.desk.source_list import add_service, queries_of_tables
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.municipalities import PeerChoice, PeerGroup, PeerVariable
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.api_key import ENVIRONMENT
from jobcentre_desk.task import Task
from jobcentre_desk.text import use_language
from jobcentre_desk.workspace.store import Workspace

RATE = "traineeship.success_rate"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """The small demonstration."""
    home = Home(tmp_path_factory.mktemp("view") / "home")
    fill(home)
    snapshot = open_newest(home)
    assert snapshot is not None
    yield Figures.open(snapshot)
    snapshot.close()


@pytest.fixture(scope="module")
def services(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """The recorded tables of Jobindsats and StatBank: y30r21, unemployment by fund, background."""
    home = Home(tmp_path_factory.mktemp("services") / "home")
    workspace = Workspace.open(home)
    jobindsats, statbank = SourceKind.JOBINDSATS, SourceKind.STATBANK
    with (
        pytest.MonkeyPatch.context() as patch,
        JobindsatsService.of(shared_folder / "data" / "jobindsats") as first,
        StatBankService(shared_folder / "data" / "statbank") as second,
    ):
        patch.setenv(ENVIRONMENT, KEY)
        queries = queries_of_tables(jobindsats, ("y25i01", "y30r21"))
        add_service(workspace, kind=jobindsats, name="Jobindsats", address=first.base, queries=queries)
        queries = queries_of_tables(statbank, ("AUK01", "FOLK1AM", "LBESK69"))
        add_service(workspace, kind=statbank, name="StatBank", address=second.address, queries=queries)
        sync(home, workspace, task=Task())
    workspace.close()
    snapshot = open_newest(home)
    assert snapshot is not None
    yield Figures.open(snapshot)
    snapshot.close()


def test_the_page_opens_with_the_difference_and_keeps_its_sentence(demonstration: Figures) -> None:
    page = municipality_page(demonstration, "730")
    assert page.chosen is not None
    assert page.chosen.id == START == start_measure(demonstration)
    assert page.chosen.sentence == page.sentence
    assert page.chosen.strips == page.strips
    assert [code for code, _words in page.chosen.groups] == [
        "all", "unemployment_benefit", "sickness_benefit", "cash_benefit"
    ]  # fmt: skip
    assert len(page.chosen.tiles.tiles) == 98
    assert sum(tile.peer for tile in page.chosen.tiles.tiles) == 5


def test_a_share_with_counts_has_interval_place_target_and_persons(demonstration: Figures) -> None:
    page = municipality_page(demonstration, "730", measure=RATE)
    view, standing = page.chosen, page.standing
    assert view is not None
    assert standing is not None
    assert standing.low is not None
    assert standing.high is not None
    assert standing.value is not None
    assert standing.low < float(standing.value) < standing.high
    assert standing.place_low is not None
    assert standing.place_high is not None
    assert 1 <= standing.place_low <= standing.place_high <= 98
    assert view.target is not None
    assert view.target.reached_by
    assert view.target.persons is not None
    assert [row[0] for row in view.facts.rows][:3] == ["Own figure", "Middle of the peers", "The whole country"]
    assert view.history.points[-1].low is not None
    assert page.branch_parts is not None
    assert page.employer_parts is not None


def test_the_command_gives_the_place_of_a_share_with_counts(demonstration: Figures) -> None:
    [standing] = compare_municipality(demonstration, "730", measures=(RATE,)).measures
    assert (standing.period, standing.state) == ("2026QMAT01", State.KNOWN)
    assert standing.place_low is not None
    assert standing.leading is not None


def test_what_leaves_the_screen_names_no_small_count(demonstration: Figures) -> None:
    codes = [code for code, area in demonstration.codes.areas.items() if area.kind == "municipality"]
    for code in codes[::7]:
        _shown, shared, _goal, _levels = shown_page(
            demonstration, code, measure=RATE, peers="expected", period=None, group="all"
        )
        for parts in (shared.branch_parts, shared.employer_parts):
            assert parts is not None
            for part in parts.parts:
                assert part.completed >= 3
                assert part.jobs not in (1, 2)
                assert part.completed - part.jobs not in (1, 2)
        assert shared.standing is not None
        assert shared.standing.n is None or shared.standing.n >= 3


def test_a_small_municipality_is_hidden_on_paper_and_shown_on_the_screen(demonstration: Figures) -> None:
    shown, shared, _goal, _levels = shown_page(
        demonstration, "492", measure=RATE, peers="expected", period=None, group="all"
    )
    assert shown.standing is not None
    assert shared.standing is not None
    assert (shown.standing.n, shown.standing.state) == (3, State.KNOWN)
    assert (shared.standing.n, shared.standing.state) == (None, State.HIDDEN)
    assert shared.chosen is not None
    assert next(tile.state for tile in shared.chosen.tiles.tiles if tile.code == "492") is State.HIDDEN


def test_a_number_of_persons_has_no_target_and_no_goal(demonstration: Figures) -> None:
    shown, _shared, goal, levels = shown_page(
        demonstration, "730", measure="traineeship.completed", peers="expected", period=None, group="all"
    )
    assert shown.chosen is not None
    assert (shown.chosen.target, shown.chosen.gap_text, goal, levels) == (None, "", None, ())


def test_a_new_goal_is_begun_from_what_peers_reach_with_the_definition_of_today(demonstration: Figures) -> None:
    shown, _shared, goal, levels = shown_page(
        demonstration, "730", measure=START, peers="expected", period=None, group="cash_benefit"
    )
    assert goal is not None
    assert shown.chosen is not None
    assert shown.chosen.target is not None
    assert (goal.target, goal.group, goal.year, goal.id) == (shown.chosen.target.value, "cash_benefit", 2027, "")
    assert goal.definition_version == "1"
    assert [digits for _words, digits, _persons in levels] == [shown.chosen.target.value, shown.chosen.target.modest]


def test_learning_names_the_group_and_what_a_peer_says_that_it_does(demonstration: Figures) -> None:
    page = municipality_page(demonstration, "730")
    assert page.teachers
    assert all("Below the expected now" in teacher.reason for teacher in page.teachers)
    assert all(": −" in teacher.differences[0] for teacher in page.teachers)
    assert any(teacher.practices for teacher in page.teachers)
    by_rate = municipality_page(demonstration, "730", measure=RATE)
    assert all("where the middle of the peers is" in teacher.reason for teacher in by_rate.teachers)


def test_a_group_of_ones_own_is_compared_with_whole(demonstration: Figures) -> None:
    choice = PeerChoice(own=PeerGroup(name="Us", codes=("101", "147", "707", "730")))
    page = municipality_page(demonstration, "730", peers="own", choice=choice)
    assert sorted(peer.code for peer in page.comparison.peers) == ["101", "147", "707"]
    assert "3 municipalities of your own group" in page.sentence
    with pytest.raises(InputRefused, match="no group of municipalities of your own"):
        municipality_page(demonstration, "730", peers="own")


def test_a_measure_without_figures_is_refused_with_a_remedy(demonstration: Figures) -> None:
    with pytest.raises(InputRefused, match=r"no measure nothing\.here"):
        municipality_page(demonstration, "730", measure="nothing.here")


def test_names_follow_the_language_when_it_is_switched(demonstration: Figures) -> None:
    english = municipality_page(demonstration, "730")
    assert measure_offers(demonstration)[0].name == "Actual full-time persons"
    use_language("da")
    danish = municipality_page(demonstration, "730")
    assert measure_offers(demonstration)[0].name != "Actual full-time persons"
    assert english.branch_parts is not None
    assert danish.branch_parts is not None
    pairs = zip(english.branch_parts.parts, danish.branch_parts.parts, strict=True)
    assert all(one.code == other.code and one.name != other.name for one, other in pairs)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_sentence_of_any_measure_calls_anybody_best_or_worst(demonstration: Figures, language: str) -> None:
    use_language(language)
    for offer in measure_offers(demonstration):
        for code in ("730", "492", "825"):
            page = municipality_page(demonstration, code, measure=offer.id, peers="distance")
            assert page.chosen is not None
            said = " ".join(
                [
                    page.chosen.sentence,
                    page.chosen.tiles.sentence,
                    page.chosen.history.sentence,
                    *([page.chosen.target.sentence] if page.chosen.target else []),
                    *(teacher.reason for teacher in page.teachers),
                ]
            ).casefold()
            assert not any(word in said.split() for word in ("best", "worst", "bedst", "bedste", "værst", "success"))
            assert "{" not in said
            assert "  " not in said


@pytest.mark.published
def test_a_measure_by_fund_shows_the_funds_and_says_that_municipalities_are_not_loaded(services: Figures) -> None:
    page = municipality_page(services, "707", measure="y25i01.rate")
    assert page.chosen is not None
    assert page.chosen.funds is not None
    assert page.chosen.funds.sentence.startswith("Unemployment")
    assert len(page.chosen.funds.strip.rows[0].others) == len(page.chosen.funds.table.rows) > 10
    assert page.chosen.sentence.endswith("It is not loaded for municipalities.")
    assert {tile.state for tile in page.chosen.tiles.tiles} == {State.NOT_LOADED}


@pytest.mark.published
def test_peers_by_distance_use_the_background_that_is_loaded(services: Figures) -> None:
    page = municipality_page(services, "707", peers="distance")
    assert page.distance is not None
    assert page.distance.missing == ""
    used = [row for row in page.distance.variables if row.variable.weight > 0]
    assert [row.variable.measure for row in used] == ["folk1am.indhold"]
    assert used[0].part == 1.0
    assert len(page.distance.variables) > 4
    own = float(used[0].own.replace(",", ""))
    peers = [peer.code for peer in page.comparison.peers]
    rows = services.snapshot.connect().execute(
        "SELECT f.area, CAST(f.value AS REAL) FROM figures f JOIN areas a ON a.code = f.area"
        " WHERE f.measure = 'folk1am.indhold' AND a.kind = 'municipality'"
        " AND f.period = (SELECT max(period) FROM figures WHERE measure = 'folk1am.indhold')"
    )
    nearest = sorted((abs(value - own), code) for code, value in rows if code != "707")
    assert sorted(peers) == sorted(code for _gap, code in nearest[:5])


@pytest.mark.published
def test_variables_of_several_sources_may_be_mixed_and_weighted(services: Figures) -> None:
    chosen = (
        PeerVariable(measure="folk1am.indhold", weight=0.5),
        PeerVariable(measure="y30r21.expected_share", group="cash_benefit", weight=2.0),
    )
    page = municipality_page(services, "707", peers="distance", choice=PeerChoice(variables=chosen))
    assert page.distance is not None
    parts = [row.part for row in page.distance.variables if row.part is not None]
    assert sum(parts) == pytest.approx(1.0)
    assert "by the weights given" in page.distance.sentence


@pytest.mark.published
def test_norddjurs_on_cash_benefit_has_the_published_figures_on_the_map(services: Figures) -> None:
    page = municipality_page(services, "707", group="cash_benefit")
    assert page.chosen is not None
    tiles = {tile.letters: tile for tile in page.chosen.tiles.tiles}
    assert (tiles["NDju"].text, tiles["Jamm"].text, tiles["VHim"].text) == ("+0.12", "−0.68", "−0.81")
    assert (tiles["NDju"].own, tiles["Ball"].peer, tiles["Jamm"].step) == (True, True, -2)
    assert page.chosen.tiles.wanted == -1
    assert page.gap_text == "≈\N{NO-BREAK SPACE}60\N{NO-BREAK SPACE}persons"
