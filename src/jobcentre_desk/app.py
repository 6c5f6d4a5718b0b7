"""Builds the program with a window: application, session, jobs, pages, and who listens to whom."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from jobcentre_desk import text
from jobcentre_desk.gui.crash_reporter import CrashReporter
from jobcentre_desk.gui.focus_ring import FocusRing
from jobcentre_desk.gui.icons import program_icon
from jobcentre_desk.gui.style import DeskStyle
from jobcentre_desk.gui.theme import apply_theme, follow_desktop, load_fonts
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings, read_settings

DONE = 0
PICTURE_SIZE = (1366, 720)


def run(
    home: Home,
    arguments: Sequence[str] = (),
    *,
    language: str = "",
    prepared: Callable[[WindowDesk], object] | None = None,
    picture: Path | None = None,
) -> int:
    """Open the window on `home` and stay until it is closed; gives the exit code.

    `language` ("da" or "en") goes before the language of the settings. `prepared` is handed everything just before
    the window is shown, for those who measure. With `picture` the window is shown only until its figures are there,
    written to that PNG file, and closed.
    """
    settings, problems = read_settings(home.settings)
    if language:
        settings = _with_language(settings, language)
    text.use_language(settings.language)
    application = make_application([sys.argv[0], *arguments], settings)
    reporter = CrashReporter(home)
    reporter.install()
    desk = WindowDesk(home, settings, application)
    desk.tell_unusable_settings(problems)
    if prepared is not None:
        prepared(desk)
    desk.window.show()
    desk.begin()
    desk.window.first_painted.connect(partial(_start_log, home))
    code = application.exec() if picture is None else _take_picture(desk, picture)
    desk.close()
    reporter.remove()
    return code or DONE


def _start_log(home: Home) -> None:
    from jobcentre_desk.log import start_log  # brings sockets and pickles, which the first paint can do without

    start_log(home.log)


def _take_picture(desk: WindowDesk, path: Path) -> int:
    from jobcentre_desk.gui.window_picture import save_picture, settle

    desk.window.resize(*PICTURE_SIZE)
    return DONE if settle(desk) and save_picture(desk.window, path) else 1


def make_application(arguments: Sequence[str], settings: Settings) -> QApplication:
    """The application, dressed."""
    QCoreApplication.setApplicationName("Jobcentre Desk")
    application = QApplication(list(arguments))
    dress(application, settings)
    return application


def dress(application: QApplication, settings: Settings) -> None:
    """Give an application our style, fonts, palette, focus ring, and Qt's own few words in the language chosen."""
    application.setApplicationDisplayName("")
    application.setStyle(DeskStyle())
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        QApplication.setEffectEnabled(effect, False)
    load_fonts()
    follow_desktop(settings.theme)
    apply_theme(application, theme=settings.theme, text_factor=settings.text_factor)
    application.setWindowIcon(program_icon())
    FocusRing(application)
    _translate_qt(application, settings.language)


def _translate_qt(application: QApplication, language: str) -> None:
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)


def _with_language(settings: Settings, language: str) -> Settings:
    import msgspec

    return msgspec.structs.replace(settings, language=language)
