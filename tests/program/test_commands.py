"""The commands as a scheduled job or an analyst uses them: names and kinds of every key are a contract."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pypdf
import pytest
from tests.program.driver import Program

ROW_KEYS = {
    "cvr", "name", "branch", "municipality", "workplaces", "started", "completed", "not_yet_known",
    "job_same_employer", "job_elsewhere", "rate", "low", "high", "fair_rate", "prior_level", "place_low", "place_high",
    "against_branch", "reference_branch", "reference_rate", "hidden_cells", "state",
}  # fmt: skip
STANDING_KEYS = {"started", "completed", "job_same_employer", "job_elsewhere", "rate", "low", "high"}
MEASURE_KEYS = {
    "id",
    "value",
    "n",
    "low",
    "high",
    "state",
    "peers_median",
    "country",
    "leading",
    "place_low",
    "place_high",
}


def test_employers_have_every_promised_key(program: Program) -> None:
    found = program.ask("employers", "--min-completed", "3", "--limit", "5")
    assert {"total", "period", "scope", "priors", "rows"} <= found.keys()
    assert {"from", "to", "known_through", "quarters", "widened"} <= found["period"].keys()
    assert len(found["rows"]) == 5
    assert found["total"] > 5
    assert all(row.keys() >= ROW_KEYS for row in found["rows"])
    levels = {row["prior_level"] for row in found["rows"]}
    assert levels <= found["priors"].keys()
    assert all({"alpha", "beta", "employers", "window", "capped"} <= prior.keys() for prior in found["priors"].values())


def test_employers_stand_in_fair_order(program: Program) -> None:
    rows = program.ask("employers", "--limit", "0")["rows"]
    rated = [row["fair_rate"] for row in rows if row["fair_rate"] is not None]
    assert rated == sorted(rated, reverse=True)
    assert all(0 <= row["low"] <= row["rate"] <= row["high"] <= 1 for row in rows if row["rate"] is not None)


def test_limit_and_offset_walk_through_one_list(program: Program) -> None:
    whole = [row["cvr"] for row in program.ask("employers", "--limit", "40")["rows"]]
    second = program.ask("employers", "--limit", "20", "--offset", "20")
    assert [row["cvr"] for row in second["rows"]] == whole[20:]
    assert second["total"] > 40


def test_an_empty_result_is_an_answer(program: Program) -> None:
    found = program.run("employers", "--text", "zzzzzz", "--format", "json")
    assert found.code == 0
    assert found.json["rows"] == []
    assert found.json["total"] == 0


def test_csv_and_json_tell_the_same(program: Program) -> None:
    rows = program.ask("employers", "--limit", "10")["rows"]
    table = list(csv.DictReader(io.StringIO(program.run("employers", "--limit", "10", "--format", "csv").out)))
    assert [row["cvr"] for row in table] == [row["cvr"] for row in rows]
    assert [float(row["rate"]) for row in table] == [row["rate"] for row in rows]


def test_an_employer_beside_its_branch_and_the_country(program: Program) -> None:
    cvr = program.ask("employers", "--order", "completed", "--limit", "1")["rows"][0]["cvr"]
    found = program.ask("employer", cvr)
    assert {
        "employer",
        "period",
        "reference_branch",
        "difference",
        "expected_rate",
        "needed_n",
        "case_mix",
    } <= found.keys()
    assert all(found[side].keys() >= STANDING_KEYS for side in ("own", "reference", "rest_of_branch", "country"))
    assert found["own"]["completed"] + found["rest_of_branch"]["completed"] == found["reference"]["completed"]
    assert set(found["against_branch"]) == {"any", "same_employer", "elsewhere"}
    assert found["quarters"]
    assert found["occupations"]


def test_the_sheet_of_an_employer_is_one_page_with_its_font_inside(program: Program, tmp_path: Path) -> None:
    row = program.ask("employers", "--order", "completed", "--limit", "1")["rows"][0]
    out = tmp_path / "sheet.pdf"
    assert program.run("employer", row["cvr"], "--pdf", str(out), language="da").code == 0
    reader = pypdf.PdfReader(out)
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert row["cvr"] in text
    assert "DEMO" in text


@pytest.mark.parametrize("command", ["branches", "occupations"])
def test_branches_and_occupations_tell_codes_titles_and_intervals(program: Program, command: str) -> None:
    found = program.ask(command)
    expected = {"code", "title", "level", "parent", "employers", "rate", "low", "high", "against_country", "state"}
    assert found["rows"]
    assert all(row.keys() >= expected | STANDING_KEYS for row in found["rows"])
    assert found["total"] == len(found["rows"])


def test_a_municipality_beside_its_peers(program: Program) -> None:
    found = program.ask("municipality", "730")
    assert found["area"] == {"code": "730", "name": "Randers"}
    assert len(found["peers"]) == 5
    assert {"expected", "actual", "difference", "official_rank", "persons_difference", "period", "group"} <= found[
        "expected"
    ].keys()
    assert all(measure.keys() >= MEASURE_KEYS for measure in found["measures"])
    assert {measure["provenance"]["release"] for measure in found["measures"]} == {1}


def test_cards_are_suggested_with_their_reason_and_printed(program: Program, tmp_path: Path) -> None:
    cards = program.ask("cards", "suggest", "730")["cards"]
    assert len(cards) >= 12
    assert {card["component"] for card in cards} == {
        "employer_contact",
        "internal_organisation",
        "citizen_contact",
        "municipal_cooperation",
    }
    assert all({"id", "title", "reason", "measure", "value", "reference"} <= card.keys() for card in cards)
    out = tmp_path / "cards.pdf"
    assert program.run("cards", "pdf", "--municipality", "730", "--out", str(out)).code == 0
    assert len(pypdf.PdfReader(out).pages) >= 12


def test_measures_carry_their_definitions(program: Program) -> None:
    rows = program.ask("measures")["rows"]
    assert {"y30r21.expected_share", "y30r21.actual_share", "y30r21.rank"} <= {row["id"] for row in rows}
    assert all(row["sentence_da"] and row["sentence_en"] for row in rows)


def test_check_is_clean_and_the_snapshot_is_named(program: Program) -> None:
    assert program.ask("check") == {"ok": True, "problems": []}
    path = Path(program.run("open-snapshot").out.strip())
    assert path.is_file()
    assert path.name.startswith("snap-00000001-")


def test_a_second_sync_finds_nothing_new(program: Program) -> None:
    found = program.ask("sync")
    assert [source["result"] for source in found["sources"]] == ["unchanged"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("municipality", "999"), None),
        (("employers", "--municipality", "999"), None),
        (("employers", "--branch", "ZZ"), None),
        (("employers", "--from", "2025Q9"), "bad_quarter"),
        (("employers", "--from", "2090Q1"), "quarter_out_of_range"),
        (("employer", "12345678"), None),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    program: Program, words: tuple[str, ...], error: str | None
) -> None:
    for language in ("da", "en"):
        answer = program.run(*words, "--format", "json", language=language)
        assert answer.code == 1
        assert len(answer.err.strip().splitlines()) == 1
        assert "Traceback" not in answer.err
        told = answer.json["error"]
        assert told["message"]
        assert told["hint"]
        assert error is None or told["id"] == error


def test_wrong_usage_exits_with_two(program: Program) -> None:
    assert program.run("employers", "--order", "best").code == 2


def test_without_figures_the_way_to_get_them_is_told(empty_program: Program) -> None:
    answer = empty_program.run("employers")
    assert answer.code == 1
    assert "source add" in answer.err


def test_an_empty_list_still_has_its_columns_as_csv(program: Program) -> None:
    some = next(csv.reader(io.StringIO(program.run("employers", "--limit", "1", "--format", "csv").out)))
    none = list(csv.reader(io.StringIO(program.run("employers", "--text", "qqqq", "--format", "csv").out)))
    assert none == [some]


@pytest.mark.parametrize("option", ["--limit", "--offset", "--min-completed"])
def test_a_count_below_zero_is_wrong_usage(program: Program, option: str) -> None:
    answer = program.run("employers", option, "-1")
    assert answer.code == 2
    assert option in answer.err


def test_the_sheet_of_a_municipality_is_of_the_period_and_group_asked_for(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    asked = ("municipality", "730", "--period", "2025QMAT04", "--group", "cash_benefit", "--pdf", str(out))
    assert program.run(*asked).code == 0
    (page,) = pypdf.PdfReader(out).pages
    assert "Cash benefit · the year to the end of Q4 2025" in " ".join(page.extract_text().split())


def test_figures_set_aside_as_damaged_are_told_until_they_are_fetched_again(
    empty_program: Program, demonstration: Path
) -> None:
    program = empty_program
    assert program.run("source", "add", "demo", str(demonstration), "--key", f"{demonstration}.pub").code == 0
    path = Path(program.ask("sync")["snapshot"]["path"])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    found = program.run("check")
    assert found.code == 1
    assert "check --repair" in found.err
    refused = program.run("employers")
    assert (refused.code, refused.out) == (1, "")
    assert "damaged" in refused.err
    assert program.run("sync").code == 0
    again = program.run("employers", "--limit", "1")
    assert (again.code, again.err) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems always have a display.")
def test_without_a_screen_the_window_says_so_and_names_the_commands(empty_program: Program) -> None:
    answer = empty_program.run(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert answer.code == 1
    told = "There is no screen to open the window on. "
    remedy = "Start it where there is one, or use a command: 'jobcentre-desk --help' lists them."
    assert answer.err == told + remedy + "\n"
