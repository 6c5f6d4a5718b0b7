"""From the blocks of a document to what reportlab sets on pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import singledispatch
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.lib.units import mm  # noqa: TID253
from reportlab.platypus import Flowable, HRFlowable, Table, TableStyle  # noqa: TID253

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import BOLD, REGULAR, SEMIBOLD, printable, text_width
from jobcentre_desk.documents.funnel_drawing import draw_funnel_chart
from jobcentre_desk.documents.heat_map_drawing import draw_heat_map
from jobcentre_desk.documents.interval_drawing import draw_interval_chart
from jobcentre_desk.documents.set_text import CellText, SetParagraph
from jobcentre_desk.documents.strip_drawing import draw_strip_chart
from jobcentre_desk.documents.tile_map_drawing import draw_tile_map
from jobcentre_desk.documents.trend_drawing import draw_trend_chart
from jobcentre_desk.documents.type_scale import TEXT_WIDTH, style
from jobcentre_desk.model import pages
from jobcentre_desk.model.charts import IntervalChart, StripChart, TableOf, TrendChart
from jobcentre_desk.model.comparison_charts import FunnelChart, HeatMap, TileMap

DEMO_WIDTH = 46.0
BUTT = 0
"""Lines end where the text ends."""
LABEL_SHARE = 0.215
CELL_GAP = 10.0
"""Points between the longest text of a column and the next one."""
BARE = (
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
)
"""A table's own look without any padding or font of reportlab's."""
HEADING_ROLES = {1: "title", 2: "section", 3: "minor"}


@singledispatch
def flowables(block: object) -> list[Flowable]:
    """What is set on the page for one block of a document."""
    raise TypeError(type(block).__name__)


def markup(text: str, strong: str = "") -> str:
    """`text` as reportlab's markup with every letter meant as itself; `strong` inside it is set bold."""
    plain = escape(printable(text))
    part = escape(printable(strong))
    if not part or part not in plain:
        return plain
    before, after = plain.split(part, 1)
    return f'{before}<font name="{BOLD}">{part}</font>{after}'


class Drawn(Flowable, ABC):  # type: ignore[misc]
    """A flowable as wide as the room it is given, which draws itself with a pen."""

    def __init__(self, height: float, *, before: float = 0, after: float = 0) -> None:
        super().__init__()
        self.width, self.height = TEXT_WIDTH, height
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """The size it takes: where a page is made smaller to fit, the room is wider by as much."""
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        """Draw on the canvas reportlab gave."""
        self.draw_with(Pen(self.canv, self.height))

    @abstractmethod
    def draw_with(self, pen: Pen) -> None:
        """Draw with a pen whose box is the flowable's."""


class _KickerLine(Drawn):
    def __init__(self, kicker: pages.Kicker) -> None:
        super().__init__(16, after=3)
        self._kicker = kicker

    def draw_with(self, pen: Pen) -> None:
        right = self.width * (1 - (DEMO_WIDTH + 8) / TEXT_WIDTH)
        half = self.width / 2
        left = 0.0
        if self._kicker.mark:
            pen.mark(self._kicker.mark, 0, 0, 16, colour=colours.SECONDARY)
            left = 22
        pen.text(self._kicker.text, left, 11.5, colour=colours.SECONDARY, width=half - left)
        pen.text(self._kicker.right, right, 11.5, colour=colours.SECONDARY, anchor="end", width=half - DEMO_WIDTH)


class _ChartBox(Drawn):
    def __init__(self, block: pages.DocumentChart) -> None:
        super().__init__(block.height_mm * mm, after=6)
        self._chart = block.chart

    def draw_with(self, pen: Pen) -> None:
        match self._chart:
            case IntervalChart():
                draw_interval_chart(pen, self._chart, width=self.width, height=self.height)
            case TrendChart():
                draw_trend_chart(pen, self._chart, width=self.width, height=self.height)
            case StripChart():
                draw_strip_chart(pen, self._chart, width=self.width, height=self.height)
            case FunnelChart():
                draw_funnel_chart(pen, self._chart, width=self.width, height=self.height)
            case HeatMap():
                draw_heat_map(pen, self._chart, width=self.width, height=self.height)
            case TileMap():
                draw_tile_map(pen, self._chart, width=self.width, height=self.height)


class _ChoiceLine(Drawn):
    def __init__(self, choices: pages.Choices) -> None:
        super().__init__(18, before=10, after=6)
        self._choices = choices

    def draw_with(self, pen: Pen) -> None:
        x = pen.text(self._choices.label, 0, 12.5, font=SEMIBOLD) + 22
        for option in self._choices.options:
            self.canv.setStrokeColor(HexColor(colours.CONTROL_EDGE))
            self.canv.setLineWidth(0.8)
            self.canv.roundRect(x, 3.5, 11, 11, 1.5, stroke=1, fill=0)
            x += 17 + pen.text(option, x + 17, 12.5) + 20


class _SetTable(Flowable):  # type: ignore[misc]
    """A table as wide as the room it is given, laid out anew for each width: reportlab keeps the first for good."""

    def __init__(
        self,
        rows: list[list[Any]],
        shares: list[float],
        look: list[tuple[Any, ...]],
        *,
        before: float = 0,
        after: float = 0,
        header_rows: int = 0,
    ) -> None:
        super().__init__()
        self._rows, self._shares, self._look, self._header_rows = rows, shares, look, header_rows
        self.spaceBefore, self.spaceAfter = before, after
        self._table: Table | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        whole = sum(self._shares)
        self._table = Table(
            self._rows,
            colWidths=[available_width * share / whole for share in self._shares],
            style=TableStyle([*BARE, *self._look]),
            repeatRows=self._header_rows,
        )
        self.width, self.height = self._table.wrap(available_width, available_height)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        assert self._table is not None
        return list(self._table.split(available_width, available_height))

    def draw(self) -> None:
        assert self._table is not None
        self._table.drawOn(self.canv, 0, 0)


@flowables.register
def _set_kicker(block: pages.Kicker) -> list[Flowable]:
    return [_KickerLine(block)]


@flowables.register
def _set_heading(block: pages.Heading) -> list[Flowable]:
    heading = SetParagraph(markup(block.text), style(HEADING_ROLES[block.level]))
    heading.keepWithNext = 1
    return [heading]


@flowables.register
def _set_paragraph(block: pages.Paragraph) -> list[Flowable]:
    return [SetParagraph(markup(block.text, block.strong), style(block.role))] if block.text else []


@flowables.register
def _set_bullet_list(block: pages.BulletList) -> list[Flowable]:
    rows = [[SetParagraph("•", style("bullet")), SetParagraph(markup(item), style("bullet"))] for item in block.items]
    return [_SetTable(rows, [14, TEXT_WIDTH - 14], [("BOTTOMPADDING", (0, 0), (-1, -1), 3)])] if rows else []


@flowables.register
def _set_fact_box(block: pages.FactBox) -> list[Flowable]:
    content: list[Flowable] = [SetParagraph(markup(block.title), style("section"))] if block.title else []
    for paragraph in block.paragraphs:
        content += flowables(paragraph)
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(colours.INFORMATION)),
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(colours.ACCENT), BUTT),
        ("LEFTPADDING", (0, 0), (-1, -1), 17),
        ("RIGHTPADDING", (0, 0), (-1, -1), 14),
        ("TOPPADDING", (0, 0), (-1, -1), 9),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    return [_SetTable([[content]], [TEXT_WIDTH], look, before=12, after=8)]


@flowables.register
def _set_form_lines(block: pages.FormLines) -> list[Flowable]:
    rows = [
        [SetParagraph(markup(label), style("label")), SetParagraph(markup(answer) or " ", style("answer"))]
        for label, answer in block.rows
    ]
    look = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.75, HexColor(colours.LINE), BUTT),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
    ]
    return [_SetTable(rows, [TEXT_WIDTH * LABEL_SHARE, TEXT_WIDTH * (1 - LABEL_SHARE)], look)] if rows else []


@flowables.register
def _set_choices(block: pages.Choices) -> list[Flowable]:
    return [_ChoiceLine(block)]


@flowables.register
def _set_document_table(block: pages.DocumentTable) -> list[Flowable]:
    table = block.table
    if not table.header:
        return []
    header = [_cell(text, "header cell", right=right) for text, right in zip(table.header, table.numeric, strict=True)]
    rows = [
        [_cell(text, "cell", right=right) for text, right in zip(row, table.numeric, strict=True)] for row in table.rows
    ]
    look = [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, HexColor(colours.CONTROL_EDGE), BUTT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(colours.LINE), BUTT),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-2, -1), 8),
    ]
    return [_SetTable([header, *rows], _column_widths(table), look, after=6, header_rows=1)]


@flowables.register
def _set_document_chart(block: pages.DocumentChart) -> list[Flowable]:
    return [_ChartBox(block)]


@flowables.register
def _set_spacer(_block: pages.Spacer) -> list[Flowable]:
    return [
        HRFlowable(
            width="100%", thickness=0.75, color=HexColor(colours.LINE), spaceBefore=8, spaceAfter=4, lineCap="butt"
        )
    ]


def _cell(text: str, role: str, *, right: bool) -> Flowable:
    return CellText(text, style(role, right=right))


def _column_widths(table: TableOf) -> list[float]:
    """Widths by what stands in the columns; words give way to numbers, and together they fill the line."""
    wanted, least = [], []
    for column, header in enumerate(table.header):
        cells = {row[column] for row in table.rows}
        widest = max((text_width(printable(cell), REGULAR, 9) for cell in cells), default=0.0)
        words = {word for cell in cells for word in cell.split(" ")}
        longest = max((text_width(printable(word), REGULAR, 9) for word in words), default=0.0)
        head = max((text_width(word, SEMIBOLD, 8.5) for word in printable(header).split(" ")), default=0.0)
        wanted.append(min(max(widest, head) + CELL_GAP, TEXT_WIDTH / 2))
        least.append(min(max(longest, head) + CELL_GAP, wanted[-1]))
    spare = TEXT_WIDTH - sum(wanted)
    if spare >= 0:
        return [width + spare / len(wanted) for width in wanted]
    if sum(least) >= TEXT_WIDTH:
        return [width * TEXT_WIDTH / sum(least) for width in least]
    return _narrowed(wanted, least)


def _narrowed(wanted: list[float], least: list[float]) -> list[float]:
    """The widest columns give way first, none below its longest word, until all fit the line."""
    low, high = 0.0, max(wanted)
    for _half in range(30):
        cap = (low + high) / 2
        widths = [max(narrow, min(width, cap)) for width, narrow in zip(wanted, least, strict=True)]
        low, high = (cap, high) if sum(widths) <= TEXT_WIDTH else (low, cap)
    return [max(narrow, min(width, low)) for width, narrow in zip(wanted, least, strict=True)]
