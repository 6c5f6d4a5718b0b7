"""The interval bar and the marks, as painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from jobcentre_desk.gui.interval_bar import SIDE, IntervalBarView, draw_interval, scale_position
from jobcentre_desk.gui.mark_painter import draw_mark
from jobcentre_desk.gui.theme import DARK, LIGHT, Theme
from jobcentre_desk.model.charts import IntervalBar
from jobcentre_desk.model.marks import MARKS
from jobcentre_desk.model.outcomes import State, Verdict

RECT = QRect(0, 0, 210, 32)


def bar(
    verdict: Verdict = Verdict.CANNOT_TELL, *, value: float | None = 0.6, state: State = State.KNOWN
) -> IntervalBar:
    return IntervalBar(
        label="Employer",
        value=value,
        low=None if value is None else 0.4,
        high=None if value is None else 0.8,
        reference=0.2,
        verdict=verdict,
        state=state,
        value_text="",
        note="",
    )


def painted(shown: IntervalBar, theme: Theme) -> QImage:
    image = QImage(RECT.size(), QImage.Format.Format_RGB32)
    image.fill(theme.base)
    painter = QPainter(image)
    draw_interval(painter, RECT, shown, theme)
    painter.end()
    return image


def colour_at(image: QImage, fraction: float, y: int = 15) -> str:
    return QColor(image.pixel(round(scale_position(RECT, fraction)), y)).name()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_bar_wears_a_colour_only_when_it_can_be_told_apart(theme: Theme) -> None:
    assert colour_at(painted(bar(Verdict.ABOVE), theme), 0.5) == theme.above.name()
    assert colour_at(painted(bar(Verdict.BELOW), theme), 0.5) == theme.below.name()
    for verdict in (Verdict.CANNOT_TELL, Verdict.NO_REFERENCE):
        assert colour_at(painted(bar(verdict), theme), 0.5) == theme.interval.name()


@pytest.mark.usefixtures("qapp")
def test_the_point_stands_at_the_rate_in_text_with_base_around_it() -> None:
    image = painted(bar(), LIGHT)
    assert colour_at(image, 0.6) == LIGHT.text.name()
    x = round(scale_position(RECT, 0.6))
    assert QColor(image.pixel(x - 2, 15)).name() == LIGHT.base.name()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("shown", [bar(value=None), bar(state=State.HIDDEN)])
def test_without_a_rate_nothing_is_painted(shown: IntervalBar) -> None:
    empty = QImage(RECT.size(), QImage.Format.Format_RGB32)
    empty.fill(LIGHT.base)
    assert painted(shown, LIGHT) == empty


def test_the_scale_keeps_points_at_both_ends_whole() -> None:
    assert scale_position(QRectF(10, 0, 100, 20), 0) == 10 + SIDE
    assert scale_position(QRectF(10, 0, 100, 20), 1.7) == 110 - SIDE


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", sorted(MARKS))
def test_every_mark_paints_inside_its_box_in_the_colour_asked_for(name: str) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_mark(painter, QRect(8, 8, 24, 24), name, QColor("black"))
    painter.end()
    inked = [(x, y) for x in range(40) for y in range(40) if QColor(image.pixel(x, y)).lightness() < 128]
    assert inked
    assert all(7 <= x <= 32 and 7 <= y <= 32 for x, y in inked)


def test_a_bar_as_a_widget_is_told_in_words(qtbot: QtBot) -> None:
    view = IntervalBarView()
    qtbot.addWidget(view)
    view.show_bar(bar(), "60 %, uncertainty 40–80 %")
    view.grab()
    assert view.accessibleName() == "60 %, uncertainty 40–80 %"
