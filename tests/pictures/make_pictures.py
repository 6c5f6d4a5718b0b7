"""Writes build/pictures/*.png: every page and dialog, light and dark, Danish and English, at two sizes of the screen.

Run it with `python -m tests.pictures.make_pictures [folder]`; it works with a screen, under Xvfb, or without any.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.builders.service_home import add_unfetched, fill_services
from tests.pictures.source_states import BEFORE_STATES, SERVICE_STATES
from tests.pictures.window_states import STATES, WindowState, reach

from jobcentre_desk import app, text
from jobcentre_desk.desk.demonstration import add_demonstration
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import save_picture, settle
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

SIZES = {"1366": (1366, 720), "1920": (1920, 1032)}
THEMES = ("light", "dark")


def main() -> int:
    """Write all pictures; the folder may be given as the only argument."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures")
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = app.make_application([sys.argv[0]], Settings(theme="light"))
    with tempfile.TemporaryDirectory() as scratch:
        homes = {name: Home(Path(scratch) / name) for name in ("empty", "demonstration", "services", "before")}
        for name in ("demonstration", "services"):
            fill(homes[name])
        fill_services(homes["services"])
        add_unfetched(homes["before"])
        for theme, language, (size, box) in itertools.product(THEMES, text.LANGUAGES, SIZES.items()):
            settings = Settings(language=language, theme=theme, daily_sync=False, home_municipality="730")
            for name, home in homes.items():
                states = states_on(name)
                take(application, home, settings, states=states, box=box, name=f"{size}-{theme}-{language}", to=folder)
    sys.stdout.write(f"{folder.resolve()}\n")
    return 0


def states_on(home: str) -> list[WindowState]:
    """The states that are pictured on one of the homes: empty, demonstration, services, before."""
    if home in {"empty", "demonstration"}:
        return [state for state in STATES if state.figures is (home == "demonstration")]
    return list(SERVICE_STATES if home == "services" else BEFORE_STATES)


def fill(home: Home) -> None:
    """Bring the small demonstration into `home`."""
    workspace = Workspace.open(home)
    sync(home, workspace, (add_demonstration(home, workspace, task=Task()),), task=Task())


def take(
    application: QApplication,
    home: Home,
    settings: Settings,
    *,
    states: list[WindowState],
    box: tuple[int, int],
    name: str,
    to: Path,
) -> None:
    """Picture each of `states` in a window of its own settings."""
    text.use_language(settings.language)
    app.dress(application, settings)
    for state in states:
        desk = WindowDesk(home, settings, application)
        desk.window.resize(*box)
        desk.window.show()
        desk.begin()
        settle(desk)
        save_picture(reach(desk, state), to / f"{state.name}-{name}.png")
        desk.window.close()
        desk.close()
        desk.window.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
