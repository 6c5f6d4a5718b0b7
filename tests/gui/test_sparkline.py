"""Rolling rates as a small line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from jobcentre_desk.gui.sparkline import draw_sparkline
from jobcentre_desk.gui.theme import LIGHT

RECT = QRect(0, 0, 72, 32)


def inked(rates: tuple[float | None, ...]) -> set[int]:
    """The columns of pixels that hold ink."""
    image = QImage(RECT.size(), QImage.Format.Format_RGB32)
    image.fill(LIGHT.base)
    painter = QPainter(image)
    draw_sparkline(painter, RECT, rates, LIGHT)
    painter.end()
    return {x for x in range(72) if any(QColor(image.pixel(x, y)).lightness() < 160 for y in range(32))}


@pytest.mark.usefixtures("qapp")
def test_a_period_without_a_rate_leaves_a_gap() -> None:
    assert 36 in inked((0.4, 0.5, 0.5, 0.6))
    assert 36 not in inked((0.4, 0.5, None, None, 0.5, 0.6))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("rates", [(), (None, None)])
def test_nothing_known_paints_nothing(rates: tuple[float | None, ...]) -> None:
    assert inked(rates) == set()
