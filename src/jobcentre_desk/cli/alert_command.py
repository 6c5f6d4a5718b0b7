"""`alerts`: what stands out in a municipality or on the shortlist, with the number chance alone gives."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from jobcentre_desk.cli.newest import newest_figures
from jobcentre_desk.cli.output import print_rows
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.model.alerts import Alert, AlertList

Object = dict[str, Any]
_COLUMNS = (
    *("kind", "unit_kind", "unit", "name", "measure", "period", "direction", "x", "n", "value", "reference"),
    *("holds_over_list", "sentence", "key"),
)


def alerts(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`alerts CODE`, `alerts --shortlist`, and `alerts --history`, which lists what was dismissed."""
    workspace = Workspace.open(home)
    if options.history:
        rows = [asdict(one) for one in workspace.dismissed_alerts.all()]
        print_rows({"rows": rows}, rows=rows, output=options.output)
        return 0
    if bool(options.code) is options.shortlist:
        raise InputRefused(
            _("It is not said what is to be looked through."),
            _("Give the code of a municipality, or --shortlist."),
            error_id="no_subject",
        )
    with newest_figures(home, outcomes_from=options.source) as figures:
        found, left_out = _asked(options, figures, workspace)
    rows = [alert_form(alert) for alert in found.rows]
    result = {
        "subject": found.subject,
        "checked": found.checked,
        "expected_by_chance": found.expected_by_chance,
        "outside": found.outside,
        "series": found.series,
        "left_out": left_out,
        "sentence": found.sentence,
        "note": found.note,
        "rows": rows,
        "dismissed": [alert_form(alert) for alert in found.dismissed],
    }
    if options.output == "table":
        sys.stderr.write(f"{found.sentence} {found.note}\n")
    print_rows(result, rows=rows, output=options.output, columns=_COLUMNS)
    return 0


def _asked(options: argparse.Namespace, figures: Figures, workspace: Workspace) -> tuple[AlertList, int]:
    from jobcentre_desk.desk.alert_exports import remember_alerts, shared_alerts
    from jobcentre_desk.desk.alerts import municipality_alerts, shortlist_alerts

    dismissed = workspace.dismissed_alerts.periods()
    if options.shortlist:
        found = shortlist_alerts(figures, workspace.shortlist(), dismissed=dismissed)
    else:
        found = municipality_alerts(figures, options.code, dismissed=dismissed)
    if not options.share:
        return found, 0
    shared = shared_alerts(figures, found)
    remember_alerts(figures, shared.alerts)
    return shared.alerts, shared.left_out


def alert_form(alert: Alert) -> Object:
    """One alert."""
    return {
        "kind": alert.kind.value,
        "unit_kind": alert.unit_kind.value,
        "unit": alert.unit,
        "name": alert.unit_name,
        "measure": alert.measure,
        "period": alert.period,
        "direction": alert.direction.value,
        "x": alert.x,
        "n": alert.n,
        "value": alert.value,
        "reference": alert.reference,
        "holds_over_list": alert.stands,
        "sentence": alert.sentence,
        "key": alert.key,
    }
