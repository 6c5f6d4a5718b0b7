"""The commands and their options: a contract, so names stay once given."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from jobcentre_desk import __version__
from jobcentre_desk.text import translate as _

DEFAULT_LIMIT = 200
FORMATS = ("table", "json", "csv")
ORDERS = ("fair", "raw", "completed", "name")
PEERS = ("expected", "distance", "statbank_group")
REPORT_FILES = ("pdf", "xlsx", "both")
SIZES = ("small", "country", "tenfold")

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command, its help in the language in use."""
    parser = argparse.ArgumentParser(prog="jobcentre-desk", description=_("Without a command the window opens."))
    parser.add_argument("--version", action="version", version=f"jobcentre-desk {__version__}")
    _common(parser)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"))
    _add_source_commands(commands)
    _add_import_command(commands)
    _add_employer_commands(commands)
    _add_municipality_commands(commands)
    _add_publisher_commands(commands)
    _add_snapshot_commands(commands)
    return parser


def whole_number(typed: str) -> int:
    """A whole number from 0 up, as counts and places are; ValueError, which argparse tells as wrong usage."""
    if not typed.isdecimal():
        raise ValueError(typed)
    return int(typed)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, default=argparse.SUPPRESS, help=_("keep all state in one folder"))
    parser.add_argument("--language", choices=("da", "en"), default=argparse.SUPPRESS, help=_("Danish or English"))


def _command(commands: Commands, name: str, about: str, *, lists: bool = False) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    _common(parser)
    parser.add_argument(
        "--format", dest="output", choices=FORMATS, default="table", help=_("how the result is written")
    )
    if lists:
        parser.add_argument(
            "--share", action="store_true", help=_("hide small counts as in everything that leaves the screen")
        )
    return parser


def _add_source_commands(commands: Commands) -> None:
    demo = _command(commands, "demo", _("write the demonstration publication, with invented figures"))
    demo.add_argument("--size", choices=SIZES, default="small")
    demo.add_argument("--release", type=int, default=1, metavar="N")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")

    source = _command(
        commands, "source", _("the sources of figures: add, list, move or remove them, confirm a next key")
    )
    actions = source.add_subparsers(dest="action", required=True)
    _add_adding(actions)
    _add_source_actions(actions)

    sync = _command(commands, "sync", _("fetch new figures from the sources"))
    sync.add_argument("names", nargs="*", metavar="NAME")

    about = _("hand publications on without a network: copy them to a stick or folder, or take them from there")
    stick = _command(commands, "stick", about)
    way = stick.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="PLACE", help=_("copy to this folder, or to this .zip"))
    way.add_argument("--from", dest="taken_from", type=Path, metavar="PLACE", help=_("take what is newer there"))
    way.add_argument("--look", type=Path, metavar="PLACE", help=_("tell what lies there; nothing is taken"))
    stick.add_argument("names", nargs="*", metavar="NAME", help=_("these sources alone"))


def _add_adding(actions: Commands) -> None:
    add = _command(actions, "add", _("add a source"))
    add.add_argument("name")
    add.add_argument(
        "location",
        nargs="?",
        default="",
        help=_("https address, folder or .zip; jobindsats or statbank (left out where NAME says so)"),
    )
    trust = add.add_mutually_exclusive_group()
    trust.add_argument("--key", type=Path, metavar="FILE", help=_("the publisher's public key"))
    trust.add_argument("--unsigned", action="store_true", help=_("load without a signature; every page then says so"))
    add.add_argument("--at-least", type=whole_number, default=0, metavar="N", help=_("refuse releases before this one"))
    add.add_argument("--basis", default="", metavar="TEXT", help=_("who gave access, and on what legal basis"))
    add.add_argument("--sole-proprietors", action="store_true", help=_("the access covers sole proprietors"))
    add.add_argument("--at", default="", metavar="URL", help=_("another address of jobindsats or statbank"))
    add.add_argument(
        "--table",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help=_("ask for these tables, not the usual ones"),
    )


def _add_source_actions(actions: Commands) -> None:
    _command(actions, "list", _("list the sources"))
    tables = _command(actions, "tables", _("list the tables that a service offers"))
    tables.add_argument("name")
    tables.add_argument("--search", default="", metavar="T", help=_("words in the number, title or subject"))
    choose = _command(actions, "choose", _("choose the tables a service is asked for"))
    choose.add_argument("name")
    choose.add_argument("tables", nargs="*", metavar="TABLE", help=_("none = the usual ones"))
    _command(actions, "change-key", _("keep another key for a service")).add_argument("name")
    _command(actions, "remove", _("remove a source and its figures")).add_argument("name")
    move = _command(actions, "move", _("move a source in the list: what stands higher is shown where sources overlap"))
    move.add_argument("name")
    move.add_argument("place", type=whole_number, metavar="PLACE", help=_("1 = shown first"))
    accept = _command(actions, "accept-key", _("confirm the next key that a source's publisher announced"))
    accept.add_argument("name")
    accept.add_argument("--id", default="", metavar="ID", help=_("the key id as the publisher reads it out by phone"))


def _add_source_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", default="", metavar="NAME", help=_("figures of this source, not of the first in the list")
    )


def _add_import_command(commands: Commands) -> None:
    about = _("take an authority's own file (CSV or xlsx) in as a source, or correct the one of that name")
    parser = _command(commands, "import", about)
    parser.add_argument("file", type=Path, metavar="FILE")
    columns = parser.add_mutually_exclusive_group(required=True)
    columns.add_argument("--mapping", type=Path, metavar="FILE", help=_("what the columns are, as JSON"))
    columns.add_argument("--suggest", action="store_true", help=_("print a mapping to begin with; nothing is loaded"))
    parser.add_argument("--name", default="", metavar="NAME", help=_("name of the source; else that of the file"))
    parser.add_argument("--publisher", default="", metavar="TEXT", help=_("who made the file; else the name"))
    parser.add_argument("--basis", default="", metavar="TEXT", help=_("who gave access, and on what legal basis"))
    parser.add_argument(
        "--known-through",
        default="",
        metavar="Q",
        help=_("last quarter whose outcomes are known; else as the file shows"),
    )
    parser.add_argument("--sole-proprietors", action="store_true", help=_("the access covers sole proprietors"))


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", default="", metavar="Q", help=_("first quarter, as 2025Q03"))
    parser.add_argument("--to", dest="last", default="", metavar="Q", help=_("last quarter, as 2026Q01"))


def _add_filters(parser: argparse.ArgumentParser) -> None:
    for name in ("municipality", "branch", "occupation", "benefit-group", "programme"):
        parser.add_argument(f"--{name}", nargs="+", action="extend", default=[], metavar="CODE")
    _add_period(parser)
    parser.add_argument(
        "--min-completed", type=whole_number, default=1, metavar="N", help=_("least completed traineeships")
    )
    parser.add_argument("--text", default="", metavar="T", help=_("part of the name, or the CVR number"))


def _add_workbook(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help=_("write it as a workbook, small counts hidden"))


def _add_employer_commands(commands: Commands) -> None:
    employers = _command(commands, "employers", _("find employers, in fair order"), lists=True)
    _add_filters(employers)
    _add_source_choice(employers)
    employers.add_argument("--order", choices=ORDERS, default="fair")
    employers.add_argument(
        "--limit", type=whole_number, default=DEFAULT_LIMIT, metavar="N", help=_("rows shown; 0 = all")
    )
    employers.add_argument("--offset", type=whole_number, default=0, metavar="N")
    _add_workbook(employers)

    employer = _command(commands, "employer", _("one employer beside its branch and the country"), lists=True)
    employer.add_argument("cvr", metavar="CVR")
    for name in ("occupation", "benefit-group", "programme"):
        employer.add_argument(f"--{name}", nargs="+", action="extend", default=[], metavar="CODE")
    _add_period(employer)
    _add_source_choice(employer)
    employer.add_argument("--pdf", type=Path, metavar="FILE", help=_("write the one-page sheet"))
    _add_workbook(employer)

    for name, about in (
        ("branches", _("the same comparison for branches")),
        ("occupations", _("the same comparison for occupations")),
    ):
        standings = _command(commands, name, about, lists=True)
        _add_filters(standings)
        _add_source_choice(standings)


def _add_municipality_commands(commands: Commands) -> None:
    municipality = _command(
        commands, "municipality", _("one municipality beside its peers and the country"), lists=True
    )
    municipality.add_argument("code", metavar="CODE")
    municipality.add_argument("--measure", nargs="+", action="extend", default=[], metavar="ID")
    municipality.add_argument("--peers", choices=PEERS, default="expected")
    municipality.add_argument("--period", metavar="P")
    municipality.add_argument("--group", default="all", metavar="G")
    municipality.add_argument("--pdf", type=Path, metavar="FILE", help=_("write the municipality's sheet"))
    _add_source_choice(municipality)

    about = _("what stands out in a municipality or on the shortlist, and what chance gives")
    alerts = _command(commands, "alerts", about, lists=True)
    alerts.add_argument("code", nargs="?", default="", metavar="CODE")
    alerts.add_argument("--shortlist", action="store_true", help=_("the employers of the shortlist"))
    alerts.add_argument("--history", action="store_true", help=_("the alerts that were dismissed"))
    _add_source_choice(alerts)

    cards = _command(commands, "cards", _("improvement cards for a municipality"))
    actions = cards.add_subparsers(dest="action", required=True)
    _command(actions, "suggest", _("the cards, those the figures suggest first")).add_argument("code", metavar="CODE")
    pdf = _command(actions, "pdf", _("write the cards as PDF"))
    pdf.add_argument("--municipality", required=True, metavar="CODE")
    pdf.add_argument("--out", type=Path, required=True, metavar="FILE")

    _add_report_command(commands)
    measures = _command(commands, "measures", _("the definition of every measure"))
    measures.add_argument("id", nargs="?", metavar="ID")
    _add_source_choice(measures)


def _add_report_command(commands: Commands) -> None:
    report = _command(commands, "report", _("write the monthly report of municipalities as files"))
    which = report.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help=_("all municipalities"))
    which.add_argument("codes", nargs="*", metavar="CODE", default=[])
    report.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("the folder they are written to"))
    report.add_argument("--files", choices=REPORT_FILES, default="pdf", help=_("what is written"))
    report.add_argument("--period", metavar="P", help=_("the period of expected and actual; else the latest"))
    report.add_argument(
        "--since", default="", metavar="DAY", help=_("what changed from this day on; else in the last releases")
    )


def _add_publisher_commands(commands: Commands) -> None:
    publish = _command(commands, "publish", _("make and sign a publication, or make keys with 'publish keys'"))
    publish.add_argument("input", help=_("folder with one CSV per table and publication.json, or the word keys"))
    publish.add_argument("--out", type=Path, required=True, metavar="DIR")
    publish.add_argument("--key", type=Path, metavar="FILE", help=_("the publisher's secret key"))
    publish.add_argument("--minimum-count", type=int, default=1, metavar="N", help=_("mask counts below N"))
    publish.add_argument("--sequence", type=int, metavar="N", help=_("go on from a lost folder"))
    publish.add_argument("--no-password", action="store_true", help=_("a secret key without a password"))


def _add_snapshot_commands(commands: Commands) -> None:
    check = _command(commands, "check", _("check snapshots, blocks against rows, and the workspace"))
    check.add_argument("--repair", action="store_true", help=_("set damaged files aside and rebuild what can be"))
    _command(commands, "open-snapshot", _("print the path of the newest snapshot"))
