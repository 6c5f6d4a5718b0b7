"""The part of a report with the alerts of the municipality, as they may leave the screen, and what chance gives."""

from __future__ import annotations

from collections.abc import Iterator

from jobcentre_desk.desk.alert_exports import SharedAlerts, alerts_table, left_out_sentence, shared_alerts
from jobcentre_desk.desk.alert_wording import unit_word
from jobcentre_desk.desk.alerts import municipality_alerts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.pages import Block, DocumentTable, Paragraph
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Sheet
from jobcentre_desk.text import translate as _


def shared_of(figures: Figures, code: str) -> SharedAlerts:
    """The alerts of a municipality without those that may not leave the screen."""
    return shared_alerts(figures, municipality_alerts(figures, code))


def alert_part(shared: SharedAlerts) -> ReportPart:
    """What stands out in the municipality, with the number that was checked and the number chance gives."""
    table = alerts_table(shared.alerts)
    lines = tuple(line for line in (shared.alerts.sentence, left_out_sentence(shared.left_out)) if line)
    sheet = Sheet(name=_("Alerts"), header=table.header, rows=table.rows, lines=lines)
    return ReportPart(title=_("Alerts"), blocks=tuple(_blocks(shared)), sheets=(sheet,))


def _blocks(shared: SharedAlerts) -> Iterator[Block]:
    alerts = shared.alerts
    yield Paragraph(text=" ".join(part for part in (alerts.sentence, left_out_sentence(shared.left_out)) if part))
    if alerts.rows:
        rows = tuple(
            (alert.unit_name, unit_word(alert.unit_kind), alert.period_words, alert.sentence) for alert in alerts.rows
        )
        header = (_("Name"), _("Kind"), _("Period"), _("In words"))
        yield DocumentTable(table=TableOf(header=header, rows=rows, numeric=(False,) * 4))
    yield Paragraph(text=alerts.note, role="caption")
