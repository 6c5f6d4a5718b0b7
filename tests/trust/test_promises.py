"""What makes a promise kept, and that the search for a key has teeth."""

from __future__ import annotations

from pathlib import Path

import pytest
from trust.memory import can_measure, peak_memory
from trust.results import Row, as_json, lines
from trust.secret_keys import CANARY, hits


def test_a_promise_is_kept_when_every_case_held_and_every_control_failed() -> None:
    row = Row(number=8, promise="no bad download gets in", cases=3, controls={"weak client": True})
    assert row.kept
    row.controls["another weak client"] = False
    assert not row.kept
    assert any("NOT SEEN" in line for line in lines(row))


def test_one_failure_or_no_case_at_all_breaks_a_promise() -> None:
    assert not Row(number=8, promise="nothing tried").kept
    row = Row(number=8, promise="tried", cases=2)
    row.expect([1], "holds")
    row.expect(0, "the figures changed")
    assert not row.kept
    assert row.failures == ["the figures changed"]
    assert as_json([row])[0]["kept"] is False


@pytest.mark.parametrize("written", [CANARY, CANARY[::-1], CANARY.encode().hex()])
def test_a_key_is_found_in_the_spellings_that_are_easily_undone(tmp_path: Path, written: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "note.txt").write_text(f"x{written}y")
    (tmp_path / "other.txt").write_text("nothing")
    assert list(hits(tmp_path)) == ["note.txt"]


@pytest.mark.skipif(not can_measure(), reason="This system does not tell the peak of a running process.")
def test_memory_that_was_given_back_counts_too() -> None:
    with peak_memory() as peak:
        assert len(b"x" * 80_000_000) > 0
    assert peak.extra > 60
