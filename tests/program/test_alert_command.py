"""`alerts` from outside: what stands out, what chance gives, and what was dismissed."""

from __future__ import annotations

import pytest
from tests.program.driver import Program

from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import Workspace

WITH_AN_ALERT = "751"
"""Aarhus, where one branch of the small demonstration stands out."""


def test_alerts_have_every_promised_key(program: Program) -> None:
    found = program.ask("alerts", WITH_AN_ALERT)
    assert {"checked", "expected_by_chance", "outside", "series", "sentence", "rows", "dismissed"} <= found.keys()
    assert found["expected_by_chance"] == pytest.approx(0.002 * found["checked"])
    assert found["sentence"].startswith(f"{found['checked']} checked, {found['outside']} flagged")
    [row] = found["rows"]
    assert {"unit_kind", "unit", "period", "direction", "x", "n", "sentence", "key", "holds_over_list"} <= row.keys()
    assert program.ask("alerts", WITH_AN_ALERT, "--share")["left_out"] == 0


def test_a_dismissed_alert_stays_away_over_the_next_release_and_stands_in_the_history(
    empty_program: Program,
) -> None:
    out = empty_program.home.parent / "published"
    assert empty_program.run("demo", "--out", str(out)).code == 0
    assert empty_program.run("source", "add", "demo", str(out), "--key", f"{out}.pub").code == 0
    assert empty_program.run("sync").code == 0
    [row] = empty_program.ask("alerts", WITH_AN_ALERT)["rows"]
    workspace = Workspace.open(Home(empty_program.home))
    workspace.dismissed_alerts.dismiss(row["key"], row["period"], sentence=row["sentence"], by="Kim")
    after = empty_program.ask("alerts", WITH_AN_ALERT)
    assert (after["rows"], [one["key"] for one in after["dismissed"]]) == ([], [row["key"]])
    assert empty_program.run("demo", "--out", str(out), "--release", "2").code == 0
    assert empty_program.run("sync").code == 0
    assert row["key"] not in {one["key"] for one in empty_program.ask("alerts", WITH_AN_ALERT)["rows"]}
    [kept] = empty_program.ask("alerts", "--history")["rows"]
    assert (kept["key"], kept["period"], kept["by"]) == (row["key"], row["period"], "Kim")


def test_the_shortlist_of_an_empty_workspace_has_nothing_to_check(program: Program) -> None:
    assert program.ask("alerts", "--shortlist")["checked"] == 0


@pytest.mark.parametrize("words", [(), (WITH_AN_ALERT, "--shortlist"), ("999",)])
def test_what_cannot_be_looked_through_is_refused_with_a_remedy(program: Program, words: tuple[str, ...]) -> None:
    answer = program.run("alerts", *words)
    assert answer.code == 1
    assert answer.err.count(".") >= 2
