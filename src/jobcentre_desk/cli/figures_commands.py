"""Commands that answer from the newest snapshot."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobcentre_desk.cli import json_forms
from jobcentre_desk.cli.alert_command import alerts
from jobcentre_desk.cli.newest import newest_figures
from jobcentre_desk.cli.output import print_rows
from jobcentre_desk.cli.provenance_form import add_provenance
from jobcentre_desk.cli.report_command import report
from jobcentre_desk.cli.source_commands import Command
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import Order, Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures

Object = dict[str, Any]


def employers(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`employers`: the list in the order asked for, each with interval, badge and place."""
    from jobcentre_desk.desk import find
    from jobcentre_desk.desk.places import places

    with newest_figures(home, outcomes_from=options.source) as figures:
        found = find.find_employers(figures, scope_of(options))
        if options.xlsx:
            from jobcentre_desk.desk.exports import save_employers

            save_employers(figures, found, as_workbook(options.xlsx), task=task)
            sys.stderr.write(_("Written: {path}").format(path=options.xlsx) + "\n")
        if options.share:
            from jobcentre_desk.desk import guard

            found = guard.shared_list(figures, found)
        stop = found.total if options.limit == 0 else min(found.total, options.offset + options.limit)
        rows = find.rows(figures, found, options.offset, stop)
        placed = places(figures, found, options.offset, stop)
        if options.share:
            place_of = {row.cvr: place for row, place in zip(rows, placed, strict=True)}
            rows = guard.shared_rows(rows, figures, found)
            placed = [place_of[row.cvr] if row.rate.value is not None else None for row in rows]
            guard.remember_list(figures, found)
        forms = [json_forms.employer_row_form(row, place) for row, place in zip(rows, placed, strict=True)]
        result = {
            "total": found.total,
            "source": _outcome_source(figures),
            "period": json_forms.period_form(found.period),
            "scope": json_forms.scope_form(found.scope),
            "priors": find.priors_used(figures, found),
            "rows": forms,
        }
    print_rows(result, rows=forms, output=options.output, columns=json_forms.EMPLOYER_COLUMNS)
    if not forms and options.output == "table":
        sys.stderr.write(_("No employer fits all of it. Take a filter away, or use more quarters.") + "\n")
    return 0


def employer(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`employer CVR`: one employer beside its branch and the country, and its sheet as PDF."""
    from jobcentre_desk.desk import exports, guard
    from jobcentre_desk.desk.employer import compare_employer
    from jobcentre_desk.desk.other_outcomes import other_outcomes, shared_others

    scope = _employer_scope(options)
    with newest_figures(home, outcomes_from=options.source) as figures:
        comparison = compare_employer(figures, options.cvr, scope=scope)
        if options.share:
            sheet = guard.shared_sheet(comparison, figures, scope=scope)
            comparison = sheet.comparison
            guard.remember_sheet(figures, sheet, scope=scope)
        if options.pdf:
            exports.save_employer_sheet(figures, options.cvr, options.pdf, scope=scope)
            sys.stderr.write(_("Written: {path}").format(path=options.pdf) + "\n")
        if options.xlsx:
            exports.save_employer_workbook(figures, options.cvr, as_workbook(options.xlsx), scope=scope)
            sys.stderr.write(_("Written: {path}").format(path=options.xlsx) + "\n")
        others = (shared_others if options.share else other_outcomes)(figures, options.cvr, scope=scope)
        form = json_forms.employer_form(comparison, source=_outcome_source(figures), others=others)
    print_rows(form, rows=_sides(form), output=options.output)
    return 0


def branches(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`branches`: the same comparison one level up."""
    from jobcentre_desk.desk.branches import branch_rows

    with newest_figures(home, outcomes_from=options.source) as figures:
        return _print_standings(branch_rows(figures, scope_of(options)), figures, options, kind="branches")


def occupations(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`occupations`: the same comparison by occupation."""
    from jobcentre_desk.desk.branches import occupation_rows

    with newest_figures(home, outcomes_from=options.source) as figures:
        return _print_standings(occupation_rows(figures, scope_of(options)), figures, options, kind="occupations")


def municipality(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`municipality CODE`: measures beside peers, country and the leading one; expected against actual."""
    from jobcentre_desk.desk import exports
    from jobcentre_desk.desk.municipality import compare_municipality

    with newest_figures(home) as figures:
        comparison = compare_municipality(
            figures,
            options.code,
            measures=tuple(options.measure),
            peers=options.peers,
            period=options.period,
            group=options.group,
            source=options.source,
        )
        if options.pdf:
            exports.save_municipality_sheet(
                figures,
                options.code,
                options.pdf,
                peers=options.peers,
                period=options.period,
                group=options.group,
                source=options.source,
            )
            sys.stderr.write(_("Written: {path}").format(path=options.pdf) + "\n")
        form = json_forms.municipality_form(comparison)
        if options.output == "json":
            add_provenance(form, figures, options.code)
    print_rows(form, rows=form["measures"], output=options.output)
    return 0


def cards(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`cards suggest CODE` and `cards pdf --municipality CODE --out FILE`."""
    from jobcentre_desk.desk import exports
    from jobcentre_desk.desk.cards import suggest_cards

    with newest_figures(home) as figures:
        if options.action == "pdf":
            exports.save_cards(figures, options.municipality, options.out)
            row: Object = {"area": options.municipality, "out": str(options.out)}
            print_rows(row, rows=[row], output=options.output)
            return 0
        suggestions = suggest_cards(figures, options.code)
        area = figures.codes.areas[options.code]
    rows = [json_forms.suggestion_form(suggestion) for suggestion in suggestions]
    print_rows({"area": json_forms.area_form(area), "cards": rows}, rows=rows, output=options.output)
    return 0


def measures(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`measures [ID]`: the definition of every measure, with the sources that publish figures of it."""
    from jobcentre_desk.desk.measures import measure_definitions, measure_sources

    with newest_figures(home) as figures:
        found = measure_definitions(figures, options.id, source=options.source)
        sources = measure_sources(figures)
        rows = [asdict(measure) | json_forms.measure_sources_form(sources[measure.id]) for measure in found]
    print_rows({"rows": rows}, rows=rows, output=options.output)
    return 0


def as_workbook(path: Path) -> Path:
    """The file of `--xlsx`; refused where it is called otherwise, so that nobody gets another format unawares."""
    if path.suffix.lower() != ".xlsx":
        raise InputRefused(
            _("{name} is no name of a workbook.").format(name=path.name),
            _("Let it end in .xlsx."),
            error_id="not_a_workbook",
        )
    return path


def scope_of(options: argparse.Namespace) -> Scope:
    """The filters typed, as a scope; a quarter that is none is refused."""
    return Scope(
        municipalities=tuple(options.municipality),
        branches=tuple(options.branch),
        occupations=tuple(options.occupation),
        benefit_groups=tuple(options.benefit_group),
        programmes=tuple(options.programme),
        first=_quarter(options.first),
        last=_quarter(options.last),
        min_completed=options.min_completed,
        text=options.text,
        order=Order(getattr(options, "order", "fair")),
    )


def _employer_scope(options: argparse.Namespace) -> Scope:
    return Scope(
        occupations=tuple(options.occupation),
        benefit_groups=tuple(options.benefit_group),
        programmes=tuple(options.programme),
        first=_quarter(options.first),
        last=_quarter(options.last),
    )


def _quarter(typed: str) -> Quarter | None:
    if not typed:
        return None
    quarter = Quarter.parse(typed)
    if quarter is None:
        raise InputRefused(
            _("{typed} is not a quarter.").format(typed=typed),
            _("Write it as 2025Q03 or 2025Q3."),
            error_id="bad_quarter",
        )
    return quarter


def _print_standings(result: Any, figures: Figures, options: argparse.Namespace, *, kind: str) -> int:
    from jobcentre_desk.desk import guard

    if options.share:
        scope, whole = scope_of(options), result
        result = guard.shared_standings(whole, figures, kind=kind, scope=scope)
        guard.remember_standings(whole, figures, kind=kind, scope=scope)
    rows = [json_forms.branch_form(row) for row in result.rows]
    form = {
        "total": len(rows),
        "source": _outcome_source(figures),
        "period": json_forms.period_form(result.period),
        "rows": rows,
    }
    print_rows(form, rows=rows, output=options.output)
    return 0


def _outcome_source(figures: Figures) -> str | None:
    return figures.outcome_source.name if figures.outcome_source else None


def _sides(form: Object) -> list[Object]:
    return [{"side": side, **form[side]} for side in ("own", "reference", "rest_of_branch", "country")]


COMMANDS: dict[str, Command] = {
    "employers": employers,
    "employer": employer,
    "branches": branches,
    "occupations": occupations,
    "municipality": municipality,
    "alerts": alerts,
    "cards": cards,
    "measures": measures,
    "report": report,
}
