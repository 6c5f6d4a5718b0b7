"""The contrast of every role, recomputed as WCAG 2 does it, and what colour-blind readers can tell apart."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel

from jobcentre_desk.gui import theme as themes
from jobcentre_desk.gui.theme import DARK, LIGHT, Theme, TypeRole

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
TEXTS = ("text", "text2", "text3", "accent", "above", "below", "same")
GRAPHICS = ("edge", "interval", "focus")
OWN_GROUND = (
    ("warning", "warning_ground"),
    ("error", "error_ground"),
    ("above", "above_tint"),
    ("below", "below_tint"),
    ("same", "same_tint"),
    ("text", "information_ground"),
    ("text", "warning_ground"),
    ("text", "error_ground"),
    ("text", "above_strong"),
    ("text", "below_strong"),
    ("on_accent", "accent"),
    ("on_demo", "demo"),
)
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
TRITAN = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))


def linear(colour: QColor) -> tuple[float, float, float]:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)  # type: ignore[return-value]


def luminance(colour: QColor) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def seen_lab(colour: QColor, matrix: tuple[tuple[float, ...], ...] | None) -> tuple[float, float, float]:
    """CIELAB (D65) of `colour` as a reader with the deficiency of `matrix` sees it."""
    rgb = linear(colour)
    if matrix:
        rgb = tuple(min(1.0, max(0.0, sum(m * v for m, v in zip(row, rgb, strict=True)))) for row in matrix)  # type: ignore[assignment]
    red, green, blue = rgb
    xyz = (
        (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def colour_difference(one: QColor, other: QColor, matrix: tuple[tuple[float, ...], ...] | None) -> float:
    """CIE76; stricter figures (CIEDE2000) are in the design, this guards against a colour being changed carelessly."""
    pairs = zip(seen_lab(one, matrix), seen_lab(other, matrix), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@BOTH
@pytest.mark.parametrize("role", TEXTS)
def test_words_reach_contrast_4_5_on_every_ground(theme: Theme, role: str) -> None:
    assert min(contrast(getattr(theme, role), ground) for ground in theme.grounds()) >= 4.5


@BOTH
@pytest.mark.parametrize("role", GRAPHICS)
def test_graphics_reach_contrast_3_on_every_ground(theme: Theme, role: str) -> None:
    assert min(contrast(getattr(theme, role), ground) for ground in theme.grounds()) >= 3


@BOTH
@pytest.mark.parametrize(("role", "ground"), OWN_GROUND)
def test_words_reach_contrast_4_5_on_the_ground_made_for_them(theme: Theme, role: str, ground: str) -> None:
    assert contrast(getattr(theme, role), getattr(theme, ground)) >= 4.5


@BOTH
def test_series_reach_contrast_3_on_a_card(theme: Theme) -> None:
    assert len(theme.series) == 8
    assert min(contrast(colour, theme.base) for colour in theme.series) >= 3


@BOTH
@pytest.mark.parametrize("matrix", [None, PROTAN, DEUTAN, TRITAN], ids=["normal", "protan", "deutan", "tritan"])
def test_verdicts_stay_apart_for_colour_blind_readers(
    theme: Theme, matrix: tuple[tuple[float, ...], ...] | None
) -> None:
    verdicts = (theme.above, theme.below, theme.same)
    pairs = [(one, other) for i, one in enumerate(verdicts) for other in verdicts[i + 1 :]]
    assert min(colour_difference(one, other, matrix) for one, other in pairs) >= 11


def test_own_unit_needs_more_than_colour_for_some_readers() -> None:
    """Accent against grey nearly vanishes (protan): the own unit is also larger, outlined and named."""
    assert colour_difference(LIGHT.accent, LIGHT.same, PROTAN) < 11


@BOTH
def test_theme_is_known_at_once_after_a_change(theme: Theme, qapp: QApplication) -> None:
    themes.apply_theme(qapp, theme="dark" if theme.dark else "light", text_factor=100)
    assert themes.theme_of(QLabel()) is theme


def test_every_role_has_a_colour_in_both_themes() -> None:
    for field in dataclasses.fields(Theme):
        for theme in (LIGHT, DARK):
            value = getattr(theme, field.name)
            colours = value if isinstance(value, tuple) else (value,)
            assert all(isinstance(colour, bool) or colour.isValid() for colour in colours), field.name


def test_screen_font_has_danish_and_polish_letters_and_a_real_semibold(qapp: QApplication) -> None:
    themes.load_fonts()
    shown = QFontInfo(themes.font(TypeRole.STRONG))
    assert shown.family().startswith(themes.SCREEN_FONT)
    assert shown.weight() == 600
    assert QFontDatabase.hasFamily(themes.SCREEN_FONT)


def test_text_factor_scales_every_role(qapp: QApplication) -> None:
    themes.apply_theme(qapp, theme="light", text_factor=130)
    assert [themes.font(role).pixelSize() for role in (TypeRole.CAPTION, TypeRole.BODY, TypeRole.BIG_FIGURE)] == [
        16,
        17,
        36,
    ]
    themes.apply_theme(qapp, theme="light", text_factor=100)
    assert themes.font(TypeRole.BODY).pixelSize() == 13
