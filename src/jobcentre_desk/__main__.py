"""The program's door: without a command the window, with one the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

WINDOW_OPTIONS = ("--home", "--language", "--picture")


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or run the command named in `arguments`; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = window_options(given)
    if chosen is None or chosen.get("--language", "da") not in {"da", "en"}:
        from jobcentre_desk.cli import main as run_command

        return run_command(given)
    if not has_screen(os.environ):
        return _tell_no_screen(chosen.get("--language", "da"))
    from jobcentre_desk import app, paths

    home = paths.Home(Path(chosen["--home"]).absolute()) if "--home" in chosen else paths.default_home()
    picture = Path(chosen["--picture"]) if "--picture" in chosen else None
    return app.run(home, language=chosen.get("--language", ""), picture=picture)


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether a window can open; without a display, or a platform of Qt that needs none, Qt would abort."""
    return sys.platform != "linux" or any(map(environment.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def _tell_no_screen(language: str) -> int:
    from jobcentre_desk.text import translate as _
    from jobcentre_desk.text import use_language

    use_language(language)
    told = _("There is no screen to open the window on.")
    remedy = _("Start it where there is one, or use a command: 'jobcentre-desk --help' lists them.")
    sys.stderr.write(f"{told} {remedy}\n")
    return 1


def window_options(given: Sequence[str]) -> dict[str, str] | None:
    """The options of the window; None when anything else stands there, which the command line knows about."""
    chosen: dict[str, str] = {}
    waiting = list(given)
    while waiting:
        name, separator, value = waiting.pop(0).partition("=")
        if name not in WINDOW_OPTIONS or not (separator or waiting):
            return None
        chosen[name] = value if separator else waiting.pop(0)
    return chosen


if __name__ == "__main__":
    sys.exit(main())
