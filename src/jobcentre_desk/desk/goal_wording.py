"""The words about a goal for a year: how far it is, or that it is not yet known."""

from __future__ import annotations

from jobcentre_desk.text import percent
from jobcentre_desk.text import translate as _


def goal_word(share: float | None, *, final: bool) -> str:
    """How far a goal is in a word or two; `final` = the figure is of the year of the goal."""
    if share is None:
        return _("not yet known")
    if share >= 1:
        return _("reached")
    if final:
        return _("not reached: {share} of the way").format(share=percent(share))
    if share <= 0:
        return _("no step so far")
    return _("{share} of the way so far").format(share=percent(share))


def goal_sentence(
    *,
    year: int,
    target: str,
    baseline: str,
    baseline_period: str,
    now: str,
    now_period: str,
    changed: bool,
) -> str:
    """The goal in a sentence with the figure it was set from and the one there is now; "" for what is not known."""
    parts = [
        _("Goal for {year}: {target}. Set from {baseline} ({period}).").format(
            year=year, target=target, baseline=baseline, period=baseline_period
        )
    ]
    if not now:
        parts.append(_("No later figure is published yet."))
    else:
        parts.append(_("Now {now} ({period}).").format(now=now, period=now_period))
    if changed:
        parts.append(_("The measure is counted otherwise since the goal was set, so the two are not compared."))
    return " ".join(parts)
