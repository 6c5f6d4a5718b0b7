"""Funnels and heat maps in a document: every point outside the limits is drawn, and nothing falls out of the box."""

from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import register_fonts
from jobcentre_desk.documents.funnel_drawing import MOST_POINTS, draw_funnel_chart, drawn_places
from jobcentre_desk.documents.heat_map_drawing import draw_heat_map, heat_map_height, wrapped_name
from jobcentre_desk.documents.pdf import pdf_bytes
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart, FunnelLine, FunnelOutlier, HeatCell, HeatMap
from jobcentre_desk.model.outcomes import State, Verdict
from jobcentre_desk.model.pages import Document, DocumentChart, Heading
from jobcentre_desk.statistics.funnels import funnel_state

NOTHING = TableOf(header=(), rows=(), numeric=())


def funnel(points: int) -> FunnelChart:
    """Points around 40 %, one of them named."""
    chance = np.random.default_rng(3)
    n = chance.integers(1, 200, points)
    x = chance.binomial(n, np.clip(chance.normal(0.4, 0.12, points), 0, 1))
    stairs = FunnelLine(n=tuple(map(float, range(1, 10))), rate=(0.1,) * 9, steps=True)
    curve = FunnelLine(n=(10.0, 50.0, 200.0), rate=(0.2, 0.3, 0.35))
    named = FunnelOutlier(
        code="1", name="Østbjerg & Søn", n=12, rate=0.9, low=0.7, high=1.0, verdict=Verdict.ABOVE, level=95, listed=True
    )
    return FunnelChart(
        title="Funnel",
        sentence="Many employers.",
        reference=0.4,
        reference_name="the branch 40 %",
        n=array("q", n.tolist()),
        rate=array("d", (x / n).tolist()),
        verdict=array("q", funnel_state(x, n, 0.4).astype(int).tolist()),
        unit=array("q", range(points)),
        lines95=(stairs, stairs, curve, curve),
        lines998=(stairs, stairs, curve, curve),
        wide=(curve, curve),
        named=(named,),
        hidden=2,
        table=NOTHING,
    )


def test_every_point_is_drawn_while_they_are_few() -> None:
    assert drawn_places(funnel(300)) == list(range(300))


def test_of_many_points_all_outside_the_limits_are_drawn_and_the_crowd_is_thinned() -> None:
    chart = funnel(40_000)
    drawn = set(drawn_places(chart))
    outside = {place for place, verdict in enumerate(chart.verdict) if verdict}
    assert outside <= drawn
    assert len(chart.n) > MOST_POINTS
    assert len(drawn) < len(chart.n)
    spots = {(chart.n[place], round(chart.rate[place] * 500)) for place in drawn - outside}
    assert spots == {
        (n, round(rate * 500)) for n, rate, told in zip(chart.n, chart.rate, chart.verdict, strict=True) if not told
    }


@pytest.mark.parametrize("points", [0, 1, 250])
def test_a_funnel_of_any_size_is_drawn(points: int) -> None:
    chart = funnel(points)
    if not points:
        chart = replace(chart, lines95=(), lines998=(), wide=(), named=())
    register_fonts()
    draw_funnel_chart(Pen(Canvas("unused.pdf"), 260), chart, width=480, height=260)
    document = Document(
        title="t",
        language="en",
        demonstration=True,
        blocks=(Heading(text="Funnel", level=1), DocumentChart(chart=chart, height_mm=90)),
        footer_left="",
        footer_right="",
    )
    assert pdf_bytes(document).startswith(b"%PDF")


def heat_map() -> HeatMap:
    """Every kind of cell once."""
    known = HeatCell(rate=0.5, n=12, verdict=Verdict.ABOVE, sure=True, state=State.KNOWN, text="50 %", note="12")
    hidden = HeatCell(
        rate=None, n=7, verdict=Verdict.HIDDEN, sure=False, state=State.HIDDEN, text="hidden", note="at least 7"
    )
    nobody = HeatCell(rate=None, n=0, verdict=Verdict.NO_REFERENCE, sure=False, state=State.KNOWN, text="–", note="")
    below = replace(known, verdict=Verdict.BELOW, sure=False)
    return HeatMap(
        title="Map",
        sentence="Cells.",
        row_codes=("A", ""),
        rows=("Wholesale", "All"),
        column_codes=("1", ""),
        columns=("Labourers in mining and transport", "All"),
        cells=((known, hidden), (nobody, below)),
        own_row=0,
        table=NOTHING,
    )


def test_a_heat_map_with_every_kind_of_cell_is_drawn() -> None:
    register_fonts()
    chart = heat_map()
    height = heat_map_height(chart)
    draw_heat_map(Pen(Canvas("unused.pdf"), height), chart, width=480, height=height)
    document = Document(
        title="t",
        language="en",
        demonstration=False,
        blocks=(DocumentChart(chart=chart, height_mm=60),),
        footer_left="",
        footer_right="",
    )
    assert pdf_bytes(document).startswith(b"%PDF")


def test_long_names_take_at_most_four_lines() -> None:
    register_fonts()
    lines = wrapped_name("Labourers in mining, construction, manufacturing and transport of many kinds", 40)
    assert len(lines) == 4
    assert " ".join(lines).startswith("Labourers in mining,")
