"""The simulations run, and every promise is kept in a few worlds already."""

from __future__ import annotations

from benchmarks.simulations import Promise, promises


def test_every_promise_is_kept_in_a_few_worlds() -> None:
    told = promises(12)
    assert len(told) == 7
    assert [promise.name for promise in told if not promise.kept] == []


def test_a_figure_outside_its_limits_is_broken() -> None:
    assert not Promise("coverage", 0.91, 0.92, 0.97).kept
    assert not Promise("coverage", 0.98, 0.92, 0.97).kept
    assert Promise("coverage", 0.92, 0.92, 0.97).kept
