"""Colours and type of the window: every role of the palette in light and dark, and the type scale."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

TEXT_FACTORS = (100, 115, 130)
SCREEN_FONT = "Segoe UI" if sys.platform == "win32" else "Source Sans Pro"
SHIPPED_WEIGHTS = ("Regular", "Semibold")
_text_factor = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One colour for each role; `*_tint` is ground for a word of that role, `*_strong` for plain text."""

    dark: bool
    window: QColor
    base: QColor
    alternate: QColor
    rail: QColor
    line: QColor
    hover: QColor
    text: QColor
    text2: QColor
    text3: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor
    highlight: QColor
    focus: QColor
    above: QColor
    above_tint: QColor
    above_strong: QColor
    below: QColor
    below_tint: QColor
    below_strong: QColor
    same: QColor
    same_tint: QColor
    interval: QColor
    band: QColor
    warning: QColor
    warning_ground: QColor
    error: QColor
    error_ground: QColor
    information_ground: QColor
    demo: QColor
    on_demo: QColor
    series: tuple[QColor, ...]

    @property
    def link(self) -> QColor:
        """Links wear the accent."""
        return self.accent

    def grounds(self) -> tuple[QColor, ...]:
        """The grounds any text may stand on: what the contrast of a role is measured against."""
        return (self.base, self.window, self.alternate, self.rail, self.highlight, self.hover)


def _colours(*hexes: str) -> tuple[QColor, ...]:
    return tuple(QColor(code) for code in hexes)


LIGHT = Theme(
    dark=False,
    window=QColor("#F2F4F5"),
    base=QColor("#FFFFFF"),
    alternate=QColor("#F7F9FA"),
    rail=QColor("#E6EAEC"),
    line=QColor("#D3D9DD"),
    hover=QColor("#EAF2F3"),
    text=QColor("#17212B"),
    text2=QColor("#434F5B"),
    text3=QColor("#56626D"),
    edge=QColor("#73808B"),
    accent=QColor("#0F5C66"),
    on_accent=QColor("#FFFFFF"),
    highlight=QColor("#D5E8EA"),
    focus=QColor("#0B57D0"),
    above=QColor("#1B5FAA"),
    above_tint=QColor("#E2EDF8"),
    above_strong=QColor("#B9D5F0"),
    below=QColor("#A34409"),
    below_tint=QColor("#FAE9DD"),
    below_strong=QColor("#F3C6A6"),
    same=QColor("#56626E"),
    same_tint=QColor("#ECEFF1"),
    interval=QColor("#75818D"),
    band=QColor("#DDE3E7"),
    warning=QColor("#8A5A00"),
    warning_ground=QColor("#FFF3D6"),
    error=QColor("#B3261E"),
    error_ground=QColor("#FCE8E6"),
    information_ground=QColor("#E3F0F1"),
    demo=QColor("#6B3FA0"),
    on_demo=QColor("#FFFFFF"),
    series=_colours("#0F5C66", "#8F991F", "#506BD0", "#B47378", "#350579", "#765D27", "#409EB3", "#4D1412"),
)

DARK = Theme(
    dark=True,
    window=QColor("#15191E"),
    base=QColor("#1C2229"),
    alternate=QColor("#212830"),
    rail=QColor("#11151A"),
    line=QColor("#38424D"),
    hover=QColor("#24303A"),
    text=QColor("#E8ECEF"),
    text2=QColor("#B4BEC8"),
    text3=QColor("#A0ABB6"),
    edge=QColor("#7C8894"),
    accent=QColor("#63C5D0"),
    on_accent=QColor("#08262A"),
    highlight=QColor("#1E4248"),
    focus=QColor("#8AB4FF"),
    above=QColor("#7DB7F2"),
    above_tint=QColor("#1D334A"),
    above_strong=QColor("#27517D"),
    below=QColor("#F2A266"),
    below_tint=QColor("#43291A"),
    below_strong=QColor("#6B3D1B"),
    same=QColor("#A3AEB9"),
    same_tint=QColor("#2B343D"),
    interval=QColor("#8A96A2"),
    band=QColor("#313B45"),
    warning=QColor("#F0C05A"),
    warning_ground=QColor("#3B2F12"),
    error=QColor("#FF9C92"),
    error_ground=QColor("#44201D"),
    information_ground=QColor("#18353A"),
    demo=QColor("#C7A6F2"),
    on_demo=QColor("#23123A"),
    series=_colours("#63C5D0", "#F5D334", "#6184EE", "#C49090", "#BDECB8", "#925B89", "#729E04", "#107E54"),
)


class TypeRole(Enum):
    """A step of the type scale: px at 100 %, and the weight."""

    SMALL = (11, 400)
    CAPTION = (12, 400)
    CAPTION_STRONG = (12, 600)
    BODY = (13, 400)
    STRONG = (13, 600)
    SECTION = (15, 600)
    SENTENCE = (16, 400)
    TITLE = (18, 600)
    HEADLINE = (22, 600)
    BIG_FIGURE = (28, 600)


def theme_of(shown: QWidget | QApplication | None) -> Theme:  # noqa: ARG001 - asked for in the name of what is painted
    """The theme `shown` is painted in: the program's, which is there before Qt has told every widget of a change."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def font(role: TypeRole) -> QFont:
    """The screen font at `role`, grown by the reader's text factor."""
    size, weight = role.value
    made = QFont([SCREEN_FONT])
    if SCREEN_FONT == "Segoe UI" and weight == 600:
        made.setFamilies(["Segoe UI Semibold", "Segoe UI"])
    made.setPixelSize(scaled(size))
    made.setWeight(QFont.Weight(weight))
    return made


def scaled(pixels: int) -> int:
    """A length that follows the reader's text factor, in logical px."""
    return round(pixels * _text_factor / 100)


def apply_theme(application: QApplication, *, theme: str, text_factor: int) -> Theme:
    """Put palette and font on the whole program; `theme` is "light", "dark" or "system", which follows the desktop."""
    global _text_factor  # noqa: PLW0603 - one reader, one text size; asked for some 300 times before the first paint
    _text_factor = text_factor
    chosen = _chosen(theme)
    application.setPalette(palette(chosen))
    application.setFont(font(TypeRole.BODY))
    return chosen


def follow_desktop(theme: str) -> None:
    """Let the desktop's own parts (title bar, file chooser) follow `theme` as well."""
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))


def load_fonts() -> None:
    """Make Source Sans Pro known to Qt; on Windows the screen font is there already."""
    if sys.platform == "win32":
        return
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        return
    for weight in SHIPPED_WEIGHTS:
        QFontDatabase.addApplicationFont(str(Path(package.origin).parent / "files" / f"SourceSansPro-{weight}.ttf"))


def palette(theme: Theme) -> QPalette:
    """`theme` as Qt's own roles; what is switched off wears the colour of a control's edge."""
    role = QPalette.ColorRole
    made = QPalette()
    for of_palette, colour in _palette_roles(theme).items():
        made.setColor(of_palette, colour)
    for greyed in (role.Text, role.WindowText, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, greyed, theme.edge)
    return made


def _palette_roles(theme: Theme) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.text3,
        role.Button: theme.base,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.highlight,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Light: theme.base,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.edge,
    }


def _chosen(theme: str) -> Theme:
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if theme == "dark" else LIGHT
