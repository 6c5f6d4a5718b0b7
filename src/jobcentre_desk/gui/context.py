"""What every page is handed: the figures of the moment, the user's own, jobs, notices and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.jobs import Jobs
from jobcentre_desk.gui.syncing import Syncing
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.first_page import FirstPage
    from jobcentre_desk.model.outcomes import Scope
    from jobcentre_desk.workspace.store import Workspace

Link = tuple[str, Callable[[], None]]
"""A link of a notice: its words and what it does."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the search over everything can do: its words, its icon, and the doing."""

    words: str
    icon: str
    act: Callable[[], object]


class Notices(Protocol):
    """The one notice bar under the top bar; newest first, errors stay until closed.

    `cause` names what a notice is about: a later notice of the same cause takes its place, `clear` takes it away.
    """

    def inform(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say something that needs no answer."""

    def warn(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say that something is not as it should be, and what then."""

    def fail(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say that something could not be done, and what then; stays until closed."""

    def clear(self, cause: str) -> None:
        """Take away the notice of `cause`, if it is still there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """Handed to every page when it is built; the functions answer for the moment they are called.

    `figures` is None until a snapshot is open; `figures_opened` tells whether one has been looked for. `first_page`
    gives the ready rows of the newest snapshot, which are there before `figures` is (then it gives None).
    `reopen_figures` reads them again (in another order of the sources, say), `see_outcomes_of` shows the outcomes of
    another source; both work behind the window. The choosers
    open a file dialog and call back when a file was chosen. `show_result` writes the left end of the status bar
    ("23 employers · found in 9 ms").
    """

    home: Home
    workspace: Workspace
    jobs: Jobs
    notices: Notices
    syncing: Syncing
    figures: Callable[[], Figures | None]
    figures_opened: Callable[[], bool]
    first_page: Callable[[], FirstPage | None]
    settings: Callable[[], Settings]
    change_settings: Callable[..., None]
    open_employer: Callable[[str, Scope | None], None]
    open_municipality: Callable[[str], None]
    open_page: Callable[[str], None]
    reopen_figures: Callable[[], None]
    see_outcomes_of: Callable[[str], None]
    show_help: Callable[[str], None]
    show_result: Callable[[str], None]
    sync: Callable[[tuple[str, ...]], None]
    choose_save_file: Callable[[QWidget, str, Callable[[Path], None]], None]
    choose_open_file: Callable[[QWidget, str, Callable[[Path], None]], None]
    choose_folder: Callable[[QWidget, Callable[[Path], None]], None]
    state: dict[str, Any]
    """What pages keep for one another while the program runs (the latest search, say)."""
