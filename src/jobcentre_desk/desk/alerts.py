"""Alerts with a budget: what stands out in a municipality or on the shortlist, with the number chance alone gives.

Checked are all traineeships of the municipality, its branches and its published measures, and the employers; each
against the 99.8 % limits of its own reference by the one funnel rule. Series with at least 30 a quarter are looked
through for a drift. What was dismissed stays away until a period says it that has nothing in common with the former.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from jobcentre_desk.desk import alert_wording as words
from jobcentre_desk.desk.alert_checks import Checked, checked_branches, checked_employers, checked_whole
from jobcentre_desk.desk.alert_series import checked_measures, employer_shifts, municipality_shift
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality import area_name
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.alerts import Alert, AlertList
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.statistics.alerts import discoveries, expected_by_chance
from jobcentre_desk.text import translate as _

SHORTLIST = "shortlist"
"""The scope of the alerts about the shortlist."""
NOBODY: Mapping[str, str] = {}


def municipality_alerts(figures: Figures, code: str, *, dismissed: Mapping[str, str] = NOBODY) -> AlertList:
    """What stands out in a municipality: its employers, branches, published measures, and all of it together.

    `dismissed` is the latest period by the key of an alert. Raises InputRefused for a code that is none.
    """
    area = figures.codes.areas.get(code)
    if area is None or area.kind is not AreaKind.MUNICIPALITY:
        raise InputRefused(
            _("{code} is not the code of a municipality.").format(code=code),
            _("Use one of the 98 codes of Statistics Denmark, such as 730 for Randers."),
            error_id="unknown_code",
        )
    name, parts = area_name(area), [checked_measures(figures, code, key=code)]
    series, drifts = 0, list[Alert]()
    if figures.quarters and figures.known_through is not None:
        scope, unit = Scope(municipalities=(code,)), (code, name)
        employers, found = checked_employers(figures, scope, key=code)
        parts += [
            checked_whole(figures, found, unit, key=code),
            checked_branches(figures, scope, key=code),
            employers,
        ]
        for shifts in (
            municipality_shift(figures, found.narrowing, unit, key=code),
            employer_shifts(figures, found, key=code),
        ):
            series, drifts = series + shifts.series, [*drifts, *shifts.alerts]
    return _list(name, code, parts, drifts, series=series, dismissed=dismissed)


def shortlist_alerts(figures: Figures, cvrs: Iterable[str], *, dismissed: Mapping[str, str] = NOBODY) -> AlertList:
    """What stands out among the employers of the shortlist, with all their workplaces in the country."""
    employers, found = checked_employers(figures, Scope(), key=SHORTLIST, cvrs=frozenset(cvrs))
    shifts = employer_shifts(figures, found, key=SHORTLIST)
    name = words.shortlist_name()
    return _list(name, SHORTLIST, [employers], shifts.alerts, series=shifts.series, dismissed=dismissed)


def _list(
    subject: str,
    scope: str,
    parts: Sequence[Checked],
    drifts: Sequence[Alert],
    *,
    series: int,
    dismissed: Mapping[str, str],
) -> AlertList:
    checked = sum(len(part.state) for part in parts)
    outside = _flagged(parts)
    alerts = [*outside, *drifts]
    away = [alert for alert in alerts if alert.period_from <= dismissed.get(alert.key, "")]
    expected = expected_by_chance(checked)
    notes = (words.too_small_sentence(), words.series_sentence(series), words.list_rule_sentence() if outside else "")
    return AlertList(
        subject=subject,
        scope=scope,
        checked=checked,
        expected_by_chance=expected,
        outside=len(outside),
        series=series,
        rows=tuple(alert for alert in alerts if alert not in away),
        dismissed=tuple(away),
        sentence=words.budget_sentence(checked, len(outside), expected=expected),
        note=" ".join(note for note in notes if note),
    )


def _flagged(parts: Sequence[Checked]) -> list[Alert]:
    """The alerts of all that lies outside, the surest first; each tells whether it holds over the whole list."""
    p_values = np.concatenate([part.p_values for part in parts])
    stands = discoveries(p_values)
    found, first = list[tuple[float, str, Alert]](), 0
    for part in parts:
        for place in np.flatnonzero(part.state).tolist():
            alert = replace(part.alert_at(place), stands=bool(stands[first + place]))
            found.append((float(p_values[first + place]), alert.key, alert))
        first += len(part.state)
    return [alert for _p, _key, alert in sorted(found, key=lambda one: one[:2])]
