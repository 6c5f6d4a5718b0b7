"""`import`: an authority's own file into a source of its own."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from jobcentre_desk.cli.output import print_json, print_rows
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

_SHORT_RESULT = ("name", "result", "sequence", "rows_new", "rows_changed", "rows_gone", "seconds")


def import_file(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`import FILE --mapping FILE`, and `import FILE --suggest`, which prints a mapping to begin with."""
    workspace = Workspace.open(home)
    try:
        if options.suggest:
            return _suggest(options.file, workspace, task)
        return _import(options, home, workspace, task)
    finally:
        workspace.close()


def _suggest(path: Path, workspace: Workspace, task: Task) -> int:
    """Print what the columns probably are; how the file was read is told on stderr."""
    from jobcentre_desk.desk.import_mapping import mapping_data
    from jobcentre_desk.desk.imports import column_problems, look_at_file, suggest_mapping

    look = look_at_file(path, task=task)
    mapping = suggest_mapping(workspace, look)
    print_json(mapping_data(mapping))
    sys.stderr.write(look.decided_by + "\n")
    for column, sentences in column_problems(look, mapping).items():
        sys.stderr.write(_("{column}: {sentence}").format(column=column, sentence=sentences[0]) + "\n")
    missing = ", ".join(mapping.missing())
    if missing:
        sys.stderr.write(_("No column is said to be {names}.").format(names=missing) + "\n")
    return 0


def _import(options: argparse.Namespace, home: Home, workspace: Workspace, task: Task) -> int:
    from jobcentre_desk.desk import imports
    from jobcentre_desk.desk.import_mapping import read_mapping
    from jobcentre_desk.publishing.row_problems import RowsRefused

    try:
        taken = imports.import_file(
            home,
            workspace,
            options.file,
            read_mapping(options.mapping),
            name=options.name or options.file.stem,
            publisher_name=options.publisher,
            basis=options.basis,
            sole_proprietors=options.sole_proprietors,
            known_through=_quarter(options.known_through),
            task=task,
        )
    except RowsRefused as refused:
        rows = [asdict(problem) for problem in refused.problems]
        if options.output != "json":  # JSON has them in its error
            print_rows({}, rows=rows, output=options.output)
        raise
    outcome = asdict(next(source for source in taken.sync.sources if source.name == taken.entry.name))
    short = {key: outcome[key] for key in _SHORT_RESULT}
    form = {"name": taken.entry.name, "rows": taken.rows, "notes": list(taken.notes), "source": outcome}
    print_rows(form, rows=[short], output=options.output)
    for note in taken.notes:
        sys.stderr.write(note + "\n")
    return 0


def _quarter(typed: str) -> Quarter | None:
    quarter = Quarter.parse(typed)
    if typed and quarter is None:
        raise InputRefused(
            _("{typed} is not a quarter.").format(typed=typed),
            _("Write it as 2025Q03 or 2025Q3."),
            error_id="bad_quarter",
        )
    return quarter
