"""The command that hands publications on without a network: `stick --out`, `stick --from`, `stick --look`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jobcentre_desk.cli.output import print_rows
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

Object = dict[str, Any]
FAILED = 1

_SHORT_COPY = ("source", "publisher", "key_id", "sequence", "released", "files", "bytes", "place")
_SHORT_FOUND = ("place", "state", "source", "publisher", "key_id", "sequence", "released", "here", "here_released")
_SHORT_RESULT = ("name", "result", "sequence", "rows_new", "rows_changed", "rows_gone", "seconds")


def stick(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`stick`: copy to a stick, take from one, or tell what lies on it."""
    workspace = Workspace.open(home)
    try:
        if options.out is not None:
            return _copy(options, home, workspace, task)
        if options.look is not None:
            return _look(options, home, workspace, task)
        return _take(options, home, workspace, task)
    finally:
        workspace.close()


def _copy(options: argparse.Namespace, home: Home, workspace: Workspace, task: Task) -> int:
    from jobcentre_desk.desk.sticks import copy_to_stick

    result = copy_to_stick(home, workspace, options.out, names=options.names, task=task)
    rows = [_plain(asdict(copied)) for copied in result.publications]
    form = {"publications": rows, "access": result.access_sentence or None}
    print_rows(form, rows=[_short(row, _SHORT_COPY) for row in rows], output=options.output)
    if result.access_sentence:
        sys.stderr.write(result.access_sentence + "\n")
    return 0


def _look(options: argparse.Namespace, home: Home, workspace: Workspace, task: Task) -> int:
    from jobcentre_desk.desk.sticks import look_at_stick

    found = look_at_stick(home, workspace, options.look, task=task)
    rows = [_plain(asdict(each)) for each in found if not options.names or each.source in options.names]
    print_rows({"publications": rows}, rows=[_short(row, _SHORT_FOUND) for row in rows], output=options.output)
    for row in rows:
        sys.stderr.write(f"{row['place']}: {row['sentence']}\n")
    return 0


def _take(options: argparse.Namespace, home: Home, workspace: Workspace, task: Task) -> int:
    from jobcentre_desk.desk.sticks import take_from_stick

    result = take_from_stick(home, workspace, options.taken_from, names=options.names, task=task)
    rows = [asdict(outcome) for outcome in result.sources]
    snapshot = result.snapshot
    form = {
        "snapshot": {"number": snapshot.number, "path": str(snapshot.path)} if snapshot else None,
        "sources": rows,
    }
    print_rows(form, rows=[_short(row, _SHORT_RESULT) for row in rows], output=options.output)
    failed = [outcome for outcome in result.sources if outcome.result == "failed"]
    for outcome in failed:
        sys.stderr.write(f"{outcome.name}: {outcome.error}\n")
    return FAILED if failed else 0


def _plain(row: Object) -> Object:
    return {name: str(value) if isinstance(value, Path) else value for name, value in row.items()}


def _short(row: Object, names: tuple[str, ...]) -> Object:
    return {name: row[name] for name in names}
