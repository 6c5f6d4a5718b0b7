"""One command from the line to its exit code: 0 done, 1 refused, 2 wrong usage, 130 cancelled."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from jobcentre_desk import text
from jobcentre_desk.cli.output import print_json
from jobcentre_desk.cli.parser import build_parser
from jobcentre_desk.errors import DeskError, FileUnwritable
from jobcentre_desk.log import start_log
from jobcentre_desk.paths import Home, default_home
from jobcentre_desk.settings import read_settings
from jobcentre_desk.task import Task, TaskCancelled
from jobcentre_desk.text import translate as _

DONE, REFUSED, CANCELLED = 0, 1, 130


def main(argv: Sequence[str]) -> int:
    """Run the command in `argv` (without the program's name) and give its exit code."""
    _write_utf8()
    home, language = _chosen_before_parsing(argv)
    text.use_language(language)
    options = build_parser().parse_args(argv)
    start_log(home.log)
    try:
        return _run(options, home)
    except DeskError as error:
        return _refuse(error, options)
    except PermissionError as error:
        return _refuse(_unwritable(error), options)
    except (TaskCancelled, KeyboardInterrupt):
        sys.stderr.write(_("Cancelled. Nothing was changed.") + "\n")
        return CANCELLED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _run(options: argparse.Namespace, home: Home) -> int:
    from jobcentre_desk.cli import figures_commands, source_commands

    commands = source_commands.COMMANDS | figures_commands.COMMANDS
    task = Task(_show_progress if sys.stderr.isatty() else None)
    _cancel_on_interrupt(task)
    return commands[options.command](options, home, task)


def _chosen_before_parsing(argv: Sequence[str]) -> tuple[Home, str]:
    """Home and language, needed before the parser can speak."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--home", type=Path)
    early.add_argument("--language")
    found, _rest = early.parse_known_args(argv)
    home = Home(found.home.absolute()) if found.home else default_home()
    settings, _problems = read_settings(home.settings)
    return home, found.language or settings.language


def _refuse(error: DeskError, options: argparse.Namespace) -> int:
    sys.stderr.write(f"{error.message} {error.hint}".replace("\n", " ") + "\n")
    if options.output == "json":
        problems = [asdict(problem) for problem in getattr(error, "problems", ())]
        form = {"id": error.error_id, "message": error.message, "hint": error.hint}
        print_json({"error": form | ({"problems": problems} if problems else {})})
    return REFUSED


def _unwritable(error: OSError) -> DeskError:
    return FileUnwritable(
        _("{path} cannot be written or read: access is denied.").format(path=error.filename or ""),
        _("Choose another folder with --home, or ask for the right to write there."),
    )


def _show_progress(done: int, total: int, what: str) -> None:
    share = f"{done / total:4.0%} " if total else ""
    sys.stderr.write(f"\r\x1b[K{share}{what}")


def _cancel_on_interrupt(task: Task) -> None:
    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        task.cancel()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, on_interrupt)


def _write_utf8() -> None:
    """A Windows console or pipe may default to a code page without æøå."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
