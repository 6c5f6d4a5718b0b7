"""Alerts as they may leave the screen: through the guard first, then as a table that is copied or saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from jobcentre_desk.desk import alert_wording as words
from jobcentre_desk.desk.alerts import SHORTLIST
from jobcentre_desk.desk.branches import branch_rows
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found, find_employers, rows
from jobcentre_desk.desk.guard import (
    remember_list,
    remember_standings,
    share_minimum,
    shared_rows,
    shared_standings,
)
from jobcentre_desk.desk.table_exports import save_table
from jobcentre_desk.model.alerts import Alert, AlertList, AlertUnit
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.statistics.disclosure import is_small
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n


@dataclass(frozen=True, slots=True)
class SharedAlerts:
    """The alerts that may leave, and how many were left out as they tell on few people."""

    alerts: AlertList
    left_out: int


def shared_alerts(figures: Figures, alerts: AlertList) -> SharedAlerts:
    """The alerts without those about a sole proprietor or made of counts that may not leave the screen.

    Nothing is told of an alert that is left out but that there is one: its direction alone would tell on its counts.
    """
    allowed = _units_shown(figures, alerts)
    kept = tuple(alert for alert in alerts.rows if (alert.unit_kind, alert.unit) in allowed)
    return SharedAlerts(replace(alerts, rows=kept, dismissed=()), len(alerts.rows) - len(kept))


def alerts_table(alerts: AlertList) -> TableOf:
    """Alerts as a table of finished texts, one a row."""
    return TableOf(
        header=(
            _("Kind"),
            _("Name"),
            _("Code"),
            _("Period"),
            _("Direction"),
            _("Why"),
            _("In the list"),
            _("In words"),
        ),
        rows=tuple(
            (
                words.unit_word(alert.unit_kind),
                alert.unit_name,
                alert.unit,
                alert.period_words,
                words.direction_word(alert.direction),
                words.kind_word(alert.kind),
                words.stands_word(alert.kind, stands=alert.stands),
                alert.sentence,
            )
            for alert in alerts.rows
        ),
        numeric=(False,) * 8,
    )


def left_out_sentence(left_out: int) -> str:
    """How many alerts stay on the screen; "" for none."""
    if not left_out:
        return ""
    return _n(
        "{n} alert is left out: it tells on few people.", "{n} alerts are left out: they tell on few people.", left_out
    ).format(n=count(left_out))


def copied_alerts(figures: Figures, alerts: AlertList) -> tuple[str, int]:
    """The alerts for the clipboard, headers first, and how many were left out."""
    from jobcentre_desk.documents.csv_export import tab_text

    shared = shared_alerts(figures, alerts)
    remember_alerts(figures, shared.alerts)
    return tab_text(alerts_table(shared.alerts)), shared.left_out


def save_alerts(figures: Figures, alerts: AlertList, path: Path) -> int:
    """Write the alerts as CSV; gives how many were left out. Raises FileUnwritable."""
    shared = shared_alerts(figures, alerts)
    save_table(alerts_table(shared.alerts), path)
    remember_alerts(figures, shared.alerts)
    return shared.left_out


def remember_alerts(figures: Figures, alerts: AlertList) -> None:
    """Remember that alerts have left, as the guard of later exports must know what was shared."""
    kinds, scope = {alert.unit_kind for alert in alerts.rows}, _scope_of(alerts)
    if AlertUnit.EMPLOYER in kinds:
        remember_list(figures, _flagged_employers(figures, alerts))
    if AlertUnit.BRANCH in kinds:
        remember_standings(branch_rows(figures, scope), figures, kind="branches", scope=scope)


def _units_shown(figures: Figures, alerts: AlertList) -> set[tuple[AlertUnit, str]]:
    kinds = {alert.unit_kind for alert in alerts.rows}
    shown = {(AlertUnit.MEASURE, alert.unit) for alert in alerts.rows if alert.unit_kind is AlertUnit.MEASURE}
    shown |= {(alert.unit_kind, alert.unit) for alert in alerts.rows if _is_whole(alert, share_minimum(figures))}
    if AlertUnit.EMPLOYER in kinds:
        shown |= {(AlertUnit.EMPLOYER, cvr) for cvr in _employers_shown(figures, alerts)}
    if AlertUnit.BRANCH in kinds:
        scope = _scope_of(alerts)
        standings = shared_standings(branch_rows(figures, scope), figures, scope=scope)
        shown |= {(AlertUnit.BRANCH, row.code) for row in standings.rows if row.rate.value is not None}
    return shown


def _is_whole(alert: Alert, minimum: int) -> bool:
    """A municipality as a whole whose counts are not small; a drift of it rests on 30 a quarter."""
    if alert.unit_kind is not AlertUnit.MUNICIPALITY:
        return False
    return alert.x is None or alert.n is None or not bool(is_small(alert.x, alert.n, minimum))


def _employers_shown(figures: Figures, alerts: AlertList) -> set[str]:
    """The flagged employers whose rate, and the branch it is held against, may leave the screen."""
    found = _flagged_employers(figures, alerts)
    listed = rows(figures, found, 0, found.total)
    reference_of = {row.cvr: row.reference_branch for row in listed}
    shared = shared_rows(listed, figures, found)
    return {row.cvr for row in shared if row.rate.value is not None and row.reference_branch == reference_of[row.cvr]}


def _flagged_employers(figures: Figures, alerts: AlertList) -> Found:
    asked = {alert.unit for alert in alerts.rows if alert.unit_kind is AlertUnit.EMPLOYER}
    return find_employers(figures, _scope_of(alerts), cvrs=asked)


def _scope_of(alerts: AlertList) -> Scope:
    return Scope() if alerts.scope == SHORTLIST else Scope(municipalities=(alerts.scope,))
