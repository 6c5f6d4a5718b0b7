"""Commands that bring figures in, publish them and check them."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from jobcentre_desk.cli.import_command import import_file
from jobcentre_desk.cli.newest import newest_snapshot
from jobcentre_desk.cli.output import print_json, print_rows
from jobcentre_desk.cli.source_list_commands import source
from jobcentre_desk.cli.stick_command import stick
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

if TYPE_CHECKING:
    from jobcentre_desk.desk.sync import SourceResult

_SHORT_RESULT = (
    "name", "result", "sequence", "rows_new", "rows_changed", "rows_gone", "bytes_fetched", "seconds",
    "warnings",
)  # fmt: skip

MOST_WARNINGS = 10

Command = Callable[[argparse.Namespace, Home, Task], int]


def write_demonstration(options: argparse.Namespace, _home: Home, task: Task) -> int:
    """`demo`: write the demonstration publication and its public key."""
    from jobcentre_desk.publishing.demo import write_demonstration as write

    publication = write(options.out, size=options.size, release=options.release, task=task)
    row = {"out": str(options.out), "key": f"{options.out}.pub", "sequence": publication.sequence}
    print_rows(row, rows=[row], output=options.output)
    return 0


def sync(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`sync`: fetch what is new; 1 when any source failed, the others are kept."""
    from jobcentre_desk.desk.sync import sync as fetch_all

    workspace = Workspace.open(home)
    try:
        result = fetch_all(home, workspace, options.names, task=task)
        offers = _key_offers(home, workspace)
    finally:
        workspace.close()
    rows = [asdict(outcome) for outcome in result.sources]
    snapshot = result.snapshot
    named = {"number": snapshot.number, "path": str(snapshot.path)} if snapshot else None
    short = [{key: row[key] for key in _SHORT_RESULT} for row in rows]
    print_rows({"snapshot": named, "sources": rows}, rows=short, output=options.output)
    failed = [outcome for outcome in result.sources if outcome.result == "failed"]
    for outcome in failed:
        sys.stderr.write(f"{outcome.name}: {outcome.error}\n")
    for warning in _warnings(result.sources):
        sys.stderr.write(warning + "\n")
    for offer in offers:
        sys.stderr.write(offer + "\n")
    return 1 if failed else 0


def _warnings(results: Sequence[SourceResult]) -> Iterator[str]:
    """What services gave that could not be used, the first few of each in a sentence."""
    from jobcentre_desk.publishing.row_problems import describe

    for result in results:
        for problem in result.problems[:MOST_WARNINGS] if result.warnings else ():
            told = describe(problem) if problem.row else f"{problem.file}: {problem.reason}"
            yield f"{result.name}: {told}"
        if result.warnings > MOST_WARNINGS:
            more = _("{name}: {n} more could not be used; 'sync --format json' lists them.")
            yield more.format(name=result.name, n=count(result.warnings - MOST_WARNINGS))


def _key_offers(home: Home, workspace: Workspace) -> list[str]:
    """A sentence for each next key that a publisher announced and nobody confirmed or put off."""
    from jobcentre_desk.cache.snapshot import sources
    from jobcentre_desk.cache.upgrade import open_current
    from jobcentre_desk.desk.publisher_keys import key_offers

    newest = open_current(home, check_hash=False)
    if newest is None:
        return []
    try:
        offers = key_offers(workspace.sources(), sources(newest))
    finally:
        newest.close()
    told = _("{name} announces {next} as its publisher's next key. Compare it by phone, then 'source accept-key'.")
    return [told.format(name=offer.name, next=offer.next_key_id) for offer in offers if not offer.put_off]


def publish(options: argparse.Namespace, _home: Home, task: Task) -> int:
    """`publish INPUT` and `publish keys`."""
    from jobcentre_desk.publishing import trust, writer

    if options.input == "keys":
        keys = trust.generate_keys(options.out, _new_password(options))
        row: dict[str, object] = {"secret": str(keys.secret), "public": str(keys.public), "key_id": keys.key_id}
    else:
        secret = trust.load_secret_key(_secret_key_path(options), _ask_password)
        publication = writer.publish(
            Path(options.input),
            options.out,
            secret_key=secret,
            minimum_count=options.minimum_count,
            sequence=options.sequence,
            task=task,
        )
        key_id = trust.key_id(trust.public_key_of(secret))
        row = {"out": str(options.out), "sequence": publication.sequence, "key_id": key_id}
    print_rows(row, rows=[row], output=options.output)
    return 0


def check(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`check`: 0 when everything agrees, 1 with the list of problems."""
    from jobcentre_desk.desk.check import check as check_everything

    result = check_everything(home, repair=options.repair, task=task)
    rows = [asdict(problem) for problem in result.problems]
    print_rows({"ok": result.ok, "problems": rows}, rows=rows, output=options.output)
    if not result.ok and not options.repair:
        sys.stderr.write(_("'check --repair' sets damaged files aside and mends what it can.") + "\n")
    return 0 if result.ok else 1


def open_snapshot(options: argparse.Namespace, home: Home, _task: Task) -> int:
    """`open-snapshot`: the path of the newest snapshot, for sqlite-utils or Datasette."""
    snapshot = newest_snapshot(home)
    path = str(snapshot.path)
    snapshot.close()
    if options.output == "json":
        print_json({"path": path})
    else:
        sys.stdout.write(path + "\n")
    return 0


def _new_password(options: argparse.Namespace) -> str | None:
    if options.no_password:
        return None
    password = getpass.getpass(_("Password for the new secret key: "))
    if not password or password != getpass.getpass(_("The same password again: ")):
        raise InputRefused(_("The two passwords differ or are empty."), _("Try again, or use --no-password."))
    return password


def _ask_password() -> str:
    return getpass.getpass(_("Password for the secret key: "))


def _secret_key_path(options: argparse.Namespace) -> Path:
    if options.key is None:
        raise InputRefused(
            _("A publication must be signed, and no secret key was given."),
            _("Add --key FILE; 'publish keys --out DIR' makes a pair of keys."),
        )
    path: Path = options.key
    return path


COMMANDS: dict[str, Command] = {
    "demo": write_demonstration,
    "source": source,
    "import": import_file,
    "sync": sync,
    "stick": stick,
    "publish": publish,
    "check": check,
    "open-snapshot": open_snapshot,
}
